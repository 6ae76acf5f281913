"""The English tables hold together, and together with the ontology."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kgraph.build import Tables
from kgraph.errors import TableError
from kgraph.language import Language, load_language
from kgraph.language.tables import Cue, Step
from kgraph.ontology import TABLES

ENGLISH = TABLES / "english"
PLOVER = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip
MODALITIES = frozenset({"actual", "planned", "possible", "conditional", "demanded", "obliged"})


@pytest.fixture
def cues(language: Language) -> list[Cue]:
    return [cue for found in language.cues.values() for cue in found]


def copy_with(folder: Path, **changed: str) -> Path:
    """A copy of the English tables in which some files read otherwise."""
    for path in ENGLISH.rglob("*.toml"):
        copy = folder / path.relative_to(ENGLISH)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(changed.get(path.stem, path.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def test_there_are_hundreds_of_cues(cues: list[Cue]) -> None:
    assert len({(cue.pos, cue.lemma, cue.steps) for cue in cues if cue.relation}) >= 250


def test_every_category_has_cues(cues: list[Cue], tables: Tables) -> None:
    relations = tables.ontology.relations
    found = Counter(relations[cue.relation].category for cue in cues if cue.relation)
    assert set(tables.ontology.categories) == PLOVER
    assert {category: found[category] for category in PLOVER if found[category] < 5} == {}


def test_every_relation_that_the_tables_name_exists(language: Language, cues: list[Cue], tables: Tables) -> None:
    named = {cue.relation for cue in cues if cue.relation}
    named |= {title.relation for title in language.titles.values() if title.relation}
    named |= {str(row["relation"]) for row in language.hyphenated.values()}
    named |= {str(row["becomes"]) for rows in language.refinements.values() for row in rows}
    named |= set(language.refinements) | {*language.complement_relations, *language.complement_relations.values()}
    sides = ("cooperation", "conflict")
    named |= {row[side] for rows in language.compositions.values() for row in rows for side in sides if side in row}
    assert named - set(tables.ontology.relations) == set()


def test_every_phrase_parses_to_words(cues: list[Cue]) -> None:
    words = {word for cue in cues for step in cue.steps for word in step.words} | {cue.lemma for cue in cues}
    assert all(step.words for cue in cues for step in cue.steps)
    assert sorted(word for word in words if not word or set(word) & set("[]| ")) == []


def test_a_cue_is_written_in_small_letters_so_that_it_can_be_found(cues: list[Cue]) -> None:
    assert sorted({cue.lemma for cue in cues if cue.lemma != cue.lemma.lower()}) == []


def test_longer_phrases_are_tried_first(language: Language) -> None:
    lengths = [[len(cue.steps) for cue in found] for found in language.cues.values()]
    assert all(found == sorted(found, reverse=True) for found in lengths)


def test_a_phrase_of_a_verb_asks_for_particles_and_objects(language: Language) -> None:
    phrases = [cue.steps for cue in language.cues["verb", "break"] if cue.relation == "halts_talks"]
    particle, thing = phrases[0]
    assert particle == Step(frozenset({"off"}), is_object=False)
    assert thing.is_object
    assert "talk" in thing.words


def test_modalities_of_modals_and_governors_are_known(language: Language) -> None:
    assert set(language.modals.values()) <= MODALITIES
    effects = {effect for found in language.governors.values() for effect in found}
    assert effects <= MODALITIES | {"negated"}


def test_agreement_terms_and_kinds_are_those_of_the_ontology(language: Language, tables: Tables) -> None:
    assert {row["obligation"] for row in language.agreements["obligation"]} <= set(tables.ontology.obligations)
    assert {row["kind"] for row in language.agreements["kind"]} <= set(tables.ontology.kinds)


def test_agent_types_are_those_of_the_ontology(language: Language, tables: Tables) -> None:
    assert {agent.type for agent in language.agents.values()} <= set(tables.ontology.types)


def test_a_cue_of_no_known_relation_is_refused_by_name(tables: Tables, tmp_path: Path) -> None:
    folder = copy_with(tmp_path, conflict='[[verb]]\nrelation = "annoys"\nlemmas = ["annoy"]\n')
    with pytest.raises(TableError, match=r"conflict\.toml.*annoys"):
        load_language(tables.ontology, folder)


def test_a_table_that_does_not_parse_is_named(tables: Tables, tmp_path: Path) -> None:
    folder = copy_with(tmp_path, pronouns="person = [")
    with pytest.raises(TableError, match=r"pronouns\.toml"):
        load_language(tables.ontology, folder)
