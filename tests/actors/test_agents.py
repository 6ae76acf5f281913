"""Actors by noun: officials, forces, gunmen."""

from __future__ import annotations

import pytest
from doc_fixture import make_doc, make_scene, meant, word
from spacy.tokens import Doc

from kgraph.build import Tables
from kgraph.language import Language
from kgraph.model import Actor


def actors(doc: Doc, text: str, tables: Tables, language: Language) -> tuple[Actor, ...]:
    mention = make_scene(doc, tables, language).at.get(word(doc, text).i)
    return mention.actors if mention is not None else ()


@pytest.mark.parametrize(
    ("noun", "sector"),
    [("officials/official", "GOV"), ("troops/troop", "MIL"), ("police", "COP"), ("warplanes/warplane", "MIL")],
)
def test_a_nationality_and_a_noun_are_the_state_with_the_sector_of_the_noun(
    noun: str, sector: str, tables: Tables, language: Language
) -> None:
    doc = make_doc(f"Iranian {noun} left/leave", "JJ NNS VBD", "amod nsubj ROOT", "1 2 2")
    (actor,) = actors(doc, noun.partition("/")[0], tables, language)
    assert (actor.id, actor.sector) == ("iran", sector)


def test_two_nationalities_before_one_noun_are_two_states(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Israeli and US   forces/force left/leave",
        "JJ      CC  NNP  NNS          VBD",
        "amod    cc  conj nsubj        ROOT",
        "3       0   0    3            4",
    )
    doc[3].head = doc[4]
    assert meant(make_scene(doc, tables, language), "forces") == ["israel", "united-states"]


def test_a_possessor_before_a_noun_is_the_state(tables: Tables, language: Language) -> None:
    doc = make_doc("Iran ’s army left/leave", "NNP POS NN VBD", "poss case nsubj ROOT", "2 0 3 3")
    (actor,) = actors(doc, "army", tables, language)
    assert (actor.country, actor.sector) == ("IRN", "MIL")


def test_diplomats_from_a_state_are_that_state(tables: Tables, language: Language) -> None:
    doc = make_doc("Diplomats/diplomat from Poland left/leave", "NNS IN NNP VBD", "nsubj prep pobj ROOT", "3 0 1 3")
    assert meant(make_scene(doc, tables, language), "Diplomats") == ["poland"]


def test_a_soldier_in_a_state_is_not_of_that_state(tables: Tables, language: Language) -> None:
    doc = make_doc("Soldiers/soldier in Iraq left/leave", "NNS IN NNP VBD", "nsubj prep pobj ROOT", "3 0 1 3")
    assert meant(make_scene(doc, tables, language), "Soldiers") == ["unnamed-soldier"]


def test_a_commander_in_a_force_is_the_force(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "A   commander in   the Quds     Force left/leave",
        "DT  NN        IN   DT  NNP      NNP   VBD",
        "det nsubj     prep det compound pobj  ROOT",
        "1   6         1    5   5        2     6",
    )
    assert meant(make_scene(doc, tables, language), "commander") == ["quds-force"]


def test_the_fighters_of_a_group_are_the_group(tables: Tables, language: Language) -> None:
    doc = make_doc("Hamas fighters/fighter left/leave", "NNP NNS VBD", "compound nsubj ROOT", "1 2 2")
    assert meant(make_scene(doc, tables, language), "fighters") == ["hamas"]


def test_gunmen_are_nobody_by_name(tables: Tables, language: Language) -> None:
    doc = make_doc("Masked/mask gunmen/gunman left/leave", "JJ NNS VBD", "amod nsubj ROOT", "1 2 2")
    (actor,) = actors(doc, "gunmen", tables, language)
    assert (actor.id, actor.type, actor.country) == ("unnamed-gunman", "armed_group", None)


def test_an_unnamed_actor_keeps_the_country_before_it(tables: Tables, language: Language) -> None:
    doc = make_doc("Syrian gunmen/gunman left/leave", "JJ NNS VBD", "amod nsubj ROOT", "1 2 2")
    (actor,) = actors(doc, "gunmen", tables, language)
    assert (actor.id, actor.country) == ("unnamed-gunman", "SYR")


def test_warplanes_without_a_state_are_nobody(tables: Tables, language: Language) -> None:
    doc = make_doc("Warplanes/warplane left/leave", "NNS VBD", "nsubj ROOT", "1 1")
    assert actors(doc, "Warplanes", tables, language) == ()


def test_the_foreign_minister_beside_a_name_is_that_person(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "The foreign minister ,     Dara     Navid ,     left/leave",
        "DT  JJ      NN       ,     NNP      NNP   ,     VBD",
        "det amod    nsubj    punct compound appos punct ROOT",
        "2   2       7        2     5        2     2     7",
        ents={"Dara Navid": "PERSON"},
    )
    assert meant(make_scene(doc, tables, language), "minister") == ["dara-navid"]


def test_a_compound_is_read_before_its_last_noun(tables: Tables, language: Language) -> None:
    doc = make_doc("Aid workers/worker left/leave", "NN NNS VBD", "compound nsubj ROOT", "1 2 2")
    (actor,) = actors(doc, "workers", tables, language)
    assert actor.id != "unnamed-worker"


def test_the_administration_of_a_person_is_that_person(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "The Navid    administration left/leave",
        "DT  NNP      NN             VBD",
        "det compound nsubj          ROOT",
        "2   2        3              3",
        ents={"Navid": "PERSON"},
    )
    assert meant(make_scene(doc, tables, language), "administration") == ["navid"]


def test_a_noun_that_only_modifies_is_no_actor(tables: Tables, language: Language) -> None:
    doc = make_doc("army boots/boot left/leave", "NN NNS VBD", "compound nsubj ROOT", "1 2 2")
    assert actors(doc, "army", tables, language) == ()
