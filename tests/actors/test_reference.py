"""Pronouns and descriptions: who was named before them, and where nobody can be told."""

from __future__ import annotations

import pytest
from doc_fixture import make_doc, make_scene, meant
from spacy.tokens import Doc

from kgraph.build import Tables
from kgraph.language import Language

Rows = tuple[str, str, str, str]


def after_a_meeting(words: str, tags: str, deps: str, heads: str) -> Doc:
    """ "Iran and Russia met. They warned Egypt.", with other words in the place of "They"."""
    return make_doc(
        f"Iran and Russia met/meet . {words} warned/warn Egypt .",
        f"NNP CC NNP VBD . {tags} VBD NNP .",
        f"nsubj cc conj ROOT punct {deps} ROOT dobj punct",
        f"3 0 0 3 3 {heads}",
    )


def test_it_is_the_body_that_was_subject_before(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Iran  attacked/attack Israel .     It    warned/warn Egypt .",
        "NNP   VBD             NNP    .     PRP   VBD         NNP   .",
        "nsubj ROOT            dobj   punct nsubj ROOT        dobj  punct",
        "1     1               1      1     5     5           5     5",
    )
    assert meant(make_scene(doc, tables, language), "It") == ["iran"]


def test_he_is_the_person_that_was_subject_before(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Dara     Navid met/meet Ahmed    Tarek .     He    warned/warn Egypt .",
        "NNP      NNP   VBD      NNP      NNP   .     PRP   VBD         NNP   .",
        "compound nsubj ROOT     compound dobj  punct nsubj ROOT        dobj  punct",
        "1        2     2        4        2     2     7     7           7     7",
        ents={"Dara Navid": "PERSON", "Ahmed Tarek": "PERSON"},
    )
    assert meant(make_scene(doc, tables, language), "He") == ["dara-navid"]


def test_a_state_is_not_he_and_a_person_is_not_it(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Egypt praised/praise Ahmed    Tarek ,     and he    thanked/thank it   .",
        "NNP   VBD            NNP      NNP   ,     CC  PRP   VBD           PRP  .",
        "nsubj ROOT           compound dobj  punct cc  nsubj conj          dobj punct",
        "1     1              3        1     1     1   7     1             7    7",
        ents={"Ahmed Tarek": "PERSON"},
    )
    scene = make_scene(doc, tables, language)
    assert (meant(scene, "he"), meant(scene, "it")) == (["ahmed-tarek"], ["egypt"])


def test_an_object_pronoun_is_not_the_subject_of_its_own_clause(tables: Tables, language: Language) -> None:
    # "stormed the camp after striking it": who strikes is not struck
    doc = make_doc(
        "Chad  stormed/storm the camp after striking/strike it   .",
        "NNP   VBD           DT  NN   IN    VBG             PRP  .",
        "nsubj ROOT          det dobj prep  pcomp           dobj punct",
        "1     1             3   1    1     4               5    1",
    )
    assert meant(make_scene(doc, tables, language), "it") == []


def test_the_it_of_weather_is_nobody(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Iran  left/leave .     It   rained/rain .",
        "NNP   VBD        .     PRP  VBD         .",
        "nsubj ROOT       punct expl ROOT        punct",
        "1     1          1     4    4           4",
    )
    assert meant(make_scene(doc, tables, language), "It") == []


def test_a_name_three_sentences_back_is_too_far(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Iran left/leave . Talks/talk failed/fail . Rain fell/fall . Snow fell/fall . It warned/warn Egypt .",
        "NNP VBD . NNS VBD . NN VBD . NN VBD . PRP VBD NNP .",
        "nsubj ROOT punct " * 4 + "nsubj ROOT dobj punct",
        "1 1 1 4 4 4 7 7 7 10 10 10 13 13 13 13",
    )
    assert meant(make_scene(doc, tables, language), "It") == []


def test_a_name_inside_a_quotation_is_not_meant_outside_of_it(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "“     Iran  left/leave ,     ”     Sudan said/say .     It    warned/warn Egypt .",
        "``    NNP   VBD        ,     ''    NNP   VBD      .     PRP   VBD         NNP   .",
        "punct nsubj ccomp      punct punct nsubj ROOT     punct nsubj ROOT        dobj  punct",
        "6     2     6          6     6     6     6        6     9     9           9     9",
    )
    assert meant(make_scene(doc, tables, language), "It") == ["sudan"]


@pytest.mark.parametrize(("pronoun", "tag"), [("Both", "DT"), ("They", "PRP")])
def test_two_that_were_subject_together_are_meant_together(
    pronoun: str, tag: str, tables: Tables, language: Language
) -> None:
    doc = after_a_meeting(pronoun, tag, "nsubj", "6 6 6 6")
    assert meant(make_scene(doc, tables, language), pronoun) == ["iran", "russia"]


def test_the_two_countries_are_the_last_two_named_together(tables: Tables, language: Language) -> None:
    doc = after_a_meeting("The two countries/country", "DT CD NNS", "det nummod nsubj", "7 7 8 8 8 8")
    assert meant(make_scene(doc, tables, language), "countries") == ["iran", "russia"]


def test_the_other_two_countries_are_not_those(tables: Tables, language: Language) -> None:
    doc = after_a_meeting("The other two countries/country", "DT JJ CD NNS", "det amod nummod nsubj", "8 8 8 9 9 9 9")
    assert meant(make_scene(doc, tables, language), "countries") == []


def test_the_two_countries_may_be_subject_and_object_of_the_sentence_before(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Iran  warned/warn Russia .     The two    countries/country met/meet .",
        "NNP   VBD         NNP    .     DT  CD     NNS               VBD      .",
        "nsubj ROOT        dobj   punct det nummod nsubj             ROOT     punct",
        "1     1           1      1     6   6      7                 7        7",
    )
    assert meant(make_scene(doc, tables, language), "countries") == ["iran", "russia"]


def test_its_army_is_that_of_the_body_it_means(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Iran  warned/warn Israel .     Its  army  left/leave .",
        "NNP   VBD         NNP    .     PRP$ NN    VBD        .",
        "nsubj ROOT        dobj   punct poss nsubj ROOT       punct",
        "1     1           1      1     5    6     6          6",
    )
    scene = make_scene(doc, tables, language)
    (actor,) = scene.at[5].actors
    assert (actor.id, actor.sector) == ("islamic-republic-of-iran-army", "MIL")


def test_its_counterpart_is_somebody_else(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Iran  left/leave .     Its  counterpart stayed/stay .",
        "NNP   VBD        .     PRP$ NN          VBD         .",
        "nsubj ROOT       punct poss nsubj       ROOT        punct",
        "1     1          1     4    5           5           5",
    )
    assert "iran" not in meant(make_scene(doc, tables, language), "counterpart")


@pytest.mark.parametrize(
    ("rows", "ids"),
    [
        (
            (
                "Hamas left/leave .     The group warned/warn Egypt .",
                "NNP   VBD        .     DT  NN    VBD         NNP   .",
                "nsubj ROOT       punct det nsubj ROOT        dobj  punct",
                "1     1          1     4   5     5           5     5",
            ),
            ["hamas"],
        ),
        (
            (
                "Hamas left/leave .     The rival group warned/warn Egypt .",
                "NNP   VBD        .     DT  JJ    NN    VBD         NNP   .",
                "nsubj ROOT       punct det amod  nsubj ROOT        dobj  punct",
                "1     1          1     5   5     6     6           6     6",
            ),
            [],
        ),
    ],
    ids=["the group", "the rival group"],
)
def test_a_definite_noun_is_the_last_actor_of_its_type_unless_something_tells_them_apart(
    rows: Rows, ids: list[str], tables: Tables, language: Language
) -> None:
    named = meant(make_scene(make_doc(*rows), tables, language), "group")
    assert [identity for identity in named if not identity.startswith("unnamed-")] == ids
