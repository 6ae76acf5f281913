"""Actors by name: the gazetteer before the tagger, and where the tagger knows better."""

from __future__ import annotations

import pytest
from doc_fixture import make_doc, make_scene, meant, word
from spacy.tokens import Span

from kgraph.build import Tables
from kgraph.extract.scene import Scene
from kgraph.language import Language


def text_at(scene: Scene, text: str) -> str:
    mention = scene.at[word(scene.doc, text).i]
    return scene.doc[mention.start : mention.end].text


def test_the_seat_of_a_government_is_the_state(tables: Tables, language: Language) -> None:
    doc = make_doc("Moscow condemned/condemn Kyiv", "NNP VBD NNP", "nsubj ROOT dobj", "1 1 1")
    scene = make_scene(doc, tables, language)
    assert (meant(scene, "Moscow"), meant(scene, "Kyiv")) == (["russia"], ["ukraine"])


def test_a_seat_after_in_is_a_place(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Talks/talk in   Washington began/begin",
        "NNS        IN   NNP        VBD",
        "nsubj      prep pobj       ROOT",
        "3          0    1          3",
        ents={"Washington": "GPE"},
    )
    scene = make_scene(doc, tables, language)
    (place,) = scene.at[word(doc, "Washington").i].actors
    assert (place.id, place.type, place.country) == ("washington", "place", "USA")


@pytest.mark.parametrize(
    "rows",
    [
        (
            "Washington -     Talks/talk began/begin",
            "NNP        :     NNS        VBD",
            "npadvmod   punct nsubj      ROOT",
            "3          3     3          3",
        ),
        (
            "BAGHDAD (     AP    )     -     Talks/talk began/begin",
            "NNP     -LRB- NNP   -RRB- :     NNS        VBD",
            "nmod    punct appos punct punct nsubj      ROOT",
            "5       2     0     2     0     6          6",
        ),
    ],
    ids=["with a dash", "with the agency"],
)
def test_a_dateline_is_no_state(rows: tuple[str, str, str, str], tables: Tables, language: Language) -> None:
    scene = make_scene(make_doc(*rows), tables, language)
    assert meant(scene, rows[0].split()[0]) == []


def test_a_hyphen_behind_a_seat_makes_no_dateline(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Tehran   -     backed/back forces/force left/leave",
        "NNP      HYPH  VBN         NNS          VBD",
        "npadvmod punct amod        nsubj        ROOT",
        "2        2     3           4            4",
    )
    assert meant(make_scene(doc, tables, language), "Tehran") == ["iran"]


def test_a_curly_apostrophe_matches_a_straight_one(tables: Tables, language: Language) -> None:
    straight = make_doc("Al-Aqsa Martyrs' Brigades", "NNP NNP NNPS", "compound compound ROOT", "2 2 2")
    curly = make_doc("Al-Aqsa Martyrs’ Brigades", "NNP NNP NNPS", "compound compound ROOT", "2 2 2")
    assert meant(make_scene(straight, tables, language), "Brigades") == ["al-aqsa-martyrs-brigades"]
    assert meant(make_scene(curly, tables, language), "Brigades") == ["al-aqsa-martyrs-brigades"]


def test_the_longest_known_name_is_the_mention(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Islamic Republic of   Iran left/leave",
        "NNP     NNP      IN   NNP  VBD",
        "amod    nsubj    prep pobj ROOT",
        "1       4        1    2    4",
    )
    assert text_at(make_scene(doc, tables, language), "Iran") == "Islamic Republic of Iran"


def test_a_person_named_like_a_state_is_a_person(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Ahmed Jordan left/leave", "NNP NNP VBD", "compound nsubj ROOT", "1 2 2", ents={"Ahmed Jordan": "PERSON"}
    )
    assert meant(make_scene(doc, tables, language), "Jordan") == ["ahmed-jordan"]


def test_a_body_with_a_state_in_its_name_is_not_that_state(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Museum of   Israel left/leave",
        "NNP    IN   NNP    VBD",
        "nsubj  prep pobj   ROOT",
        "3      0    1      3",
        ents={"Museum of Israel": "ORG"},
    )
    assert meant(make_scene(doc, tables, language), "Israel") == ["museum-of-israel"]


def test_the_senate_of_another_state_is_that_state(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "The Nigerian Senate left/leave",
        "DT  JJ       NNP    VBD",
        "det amod     nsubj  ROOT",
        "2   2        3      3",
        ents={"The Nigerian Senate": "ORG"},
    )
    assert meant(make_scene(doc, tables, language), "Senate") == ["nigeria"]


@pytest.mark.parametrize(
    ("rows", "name", "sector"),
    [
        (
            ("Government of Iraq left/leave", "NNP IN NNP VBD", "nsubj prep pobj ROOT", "3 0 1 3"),
            "Government of Iraq",
            "GOV",
        ),
        (
            ("Iraqi Defence Ministry left/leave", "JJ NNP NNP VBD", "amod compound nsubj ROOT", "2 2 3 3"),
            "Iraqi Defence Ministry",
            "GOV",
        ),
    ],
    ids=["of", "adjective"],
)
def test_a_body_of_state_is_the_state(
    rows: tuple[str, str, str, str], name: str, sector: str, tables: Tables, language: Language
) -> None:
    scene = make_scene(make_doc(*rows, ents={name: "ORG"}), tables, language)
    (actor,) = scene.at[0].actors
    assert (actor.id, actor.sector) == ("iraq", sector)


def test_the_people_of_a_state_are_its_civilians(tables: Tables, language: Language) -> None:
    doc = make_doc("Iranians/iranian left/leave", "NNPS VBD", "nsubj ROOT", "1 1")
    (actor,) = make_scene(doc, tables, language).at[0].actors
    assert (actor.id, actor.sector) == ("iran", "CVL")


def test_a_short_form_counts_where_the_actor_is_named_in_full(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "The Qassam   Brigades left/leave .     Al-Qassam returned/return .",
        "DT  NNP      NNPS     VBD        .     NNP       VBD             .",
        "det compound nsubj    ROOT       punct nsubj     ROOT            punct",
        "2   2        3        3          3     6         6               6",
    )
    assert meant(make_scene(doc, tables, language), "Al-Qassam") == ["izz-ad-din-al-qassam-brigades"]


def test_a_short_form_alone_is_nobody(tables: Tables, language: Language) -> None:
    doc = make_doc("Al-Qassam returned/return", "NNP VBD", "nsubj ROOT", "1 1")
    assert meant(make_scene(doc, tables, language), "Al-Qassam") == []


def test_an_ambiguous_form_counts_where_the_tagger_sees_a_body(tables: Tables, language: Language) -> None:
    rows = ("Congress left/leave", "NNP VBD", "nsubj ROOT", "1 1")
    tagged = make_scene(make_doc(*rows, ents={"Congress": "ORG"}), tables, language)
    untagged = make_scene(make_doc(*rows), tables, language)
    assert meant(tagged, "Congress") == ["united-states-congress"]
    assert meant(untagged, "Congress") != ["united-states-congress"]


def test_a_surname_is_the_person_named_before(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Ahmed    Tarek left/leave .     Tarek returned/return .",
        "NNP      NNP   VBD        .     NNP   VBD             .",
        "compound nsubj ROOT       punct nsubj ROOT            punct",
        "1        2     2          2     5     5               5",
        ents={"Ahmed Tarek": "PERSON"},
    )
    scene = make_scene(doc, tables, language)
    assert [actor.id for actor in scene.at[4].actors] == ["ahmed-tarek"]


def test_a_surname_with_a_particle_may_lose_it(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Omar     al-Sabir left/leave .     Sabir returned/return .",
        "NNP      NNP      VBD        .     NNP   VBD             .",
        "compound nsubj    ROOT       punct nsubj ROOT            punct",
        "1        2        2          2     5     5               5",
        ents={"Omar al-Sabir": "PERSON"},
    )
    assert meant(make_scene(doc, tables, language), "Sabir") == ["omar-al-sabir"]


def test_a_family_name_that_stands_first_is_the_surname(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Kim      Chol     Su    left/leave .     Kim   returned/return .",
        "NNP      NNP      NNP   VBD        .     NNP   VBD             .",
        "compound compound nsubj ROOT       punct nsubj ROOT            punct",
        "2        2        3     3          3     6     6               6",
        ents={"Kim Chol Su": "PERSON"},
    )
    scene = make_scene(doc, tables, language)
    assert [actor.id for actor in scene.at[5].actors] == ["kim-chol-su"]


def test_an_acronym_is_the_body_whose_initials_it_has(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Desert   Wells    Committee left/leave .     DWC   returned/return .",
        "NNP      NNP      NNP       VBD        .     NNP   VBD             .",
        "compound compound nsubj     ROOT       punct nsubj ROOT            punct",
        "2        2        3         3          3     6     6               6",
    )
    doc.ents = [Span(doc, 0, 3, label="ORG"), Span(doc, 5, 6, label="ORG")]
    assert meant(make_scene(doc, tables, language), "DWC") == ["desert-wells-committee"]


def test_an_acronym_that_an_article_explains_is_no_other_actor(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Desert   Relief   Committee (     DRC   )     left/leave .",
        "NNP      NNP      NNP       -LRB- NNP   -RRB- VBD        .",
        "compound compound nsubj     punct appos punct ROOT       punct",
        "2        2        6         4     2     4     6          6",
    )
    doc.ents = [Span(doc, 0, 3, label="ORG"), Span(doc, 4, 5, label="ORG")]
    assert meant(make_scene(doc, tables, language), "DRC") == ["desert-relief-committee"]
