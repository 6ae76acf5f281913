"""Known actors by their forms: the trie, looking up, and the user's own rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.actors import Entry, Gazetteer, load_gazetteer
from kgraph.actors.gazetteer import WORD
from kgraph.build import Tables
from kgraph.errors import TableError
from kgraph.model import Actor


def entry(identity: str, kind: str, **forms: tuple[str, ...]) -> Entry:
    return Entry(Actor(identity, identity.title(), kind, "CHE"), forms)


@pytest.fixture
def small() -> Gazetteer:
    return Gazetteer(
        [
            entry("alpina", "state", name=("Alpina", "Republic of Alpina"), adjective=("Alpine",)),
            entry("alpine-guard", "military", name=("Alpine Guard", "Alpina's Guard")),
        ]
    )


def found(gazetteer: Gazetteer, text: str) -> list[tuple[str, str]]:
    words = [(match[0], match.start(), match.end()) for match in WORD.finditer(text)]
    return [(text[start:end], forms[0].entry.actor.id) for start, end, forms in gazetteer.find(words)]


def test_the_longest_form_wins(small: Gazetteer) -> None:
    assert found(small, "the Alpine Guard of Alpina") == [("Alpine Guard", "alpine-guard"), ("Alpina", "alpina")]


def test_a_form_that_only_starts_like_a_longer_one_still_counts(small: Gazetteer) -> None:
    assert found(small, "Republic of Alpine") == [("Alpine", "alpina")]


def test_forms_do_not_match_inside_words(small: Gazetteer) -> None:
    assert found(small, "Alpinas Alpineguard") == []


def test_a_form_counts_as_it_is_written(small: Gazetteer) -> None:
    assert found(small, "alpine guard") == []


def test_looking_up_ignores_case(small: Gazetteer) -> None:
    assert [form.entry.actor.id for form in small.lookup("ALPINE guard")] == ["alpine-guard"]
    assert small.lookup("Atlantis") == ()


def test_a_state_is_known_by_its_country_code(small: Gazetteer) -> None:
    assert small.states["CHE"].id == "alpina"


def test_rows_of_the_user_join_the_built_in_ones(tables: Tables, tmp_path: Path) -> None:
    extra = tmp_path / "actors.toml"
    extra.write_text('[[actor]]\nid = "iran"\nname = "Persia"\ntype = "state"\ncountry = "IRN"\n', encoding="utf-8")
    gazetteer = load_gazetteer(tables.ontology, extra)
    assert gazetteer.entries["iran"].actor.name == "Persia"
    assert not gazetteer.lookup("Islamic Republic of Iran")
    assert "iraq" in gazetteer.entries


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ('name = "Persia"\ntype = "state"', "id"),
        ('id = "persia"\nname = "Persia"\ntype = "empire"', "empire"),
        ('id = "persia"\nname = "Persia"\ntype = "state"\naliases = ["Fars"]', "aliases"),
    ],
    ids=["without an id", "of an unknown type", "with an unknown column"],
)
def test_a_row_of_another_form_is_refused_by_name(row: str, named: str, tables: Tables, tmp_path: Path) -> None:
    extra = tmp_path / "mine.toml"
    extra.write_text(f"[[actor]]\n{row}\n", encoding="utf-8")
    with pytest.raises(TableError, match=rf"mine\.toml.*{named}"):
        load_gazetteer(tables.ontology, extra)
