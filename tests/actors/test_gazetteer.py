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


OWN = """
[[actor]]
id = "guards"
name = "Harbour Guards"
type = "military"
country = "CHE"

[[rename]]
id = "iran"
name = "Persia"

[[rename]]
id = "ann-berg"
name = "Anna Berg"

[[merge]]
ids = ["iraq", "port-watch"]
into = "guards"

[[split]]
forms = ["Kremlin"]
into = "guards"

[[office]]
body = "guards"
titles = ["commander"]
holders = [["Lea Roth", "2001-02-03", "2004-05-06"], ["Jon Frei", "2004-05-06", ""]]

[[membership]]
body = "brics"
states = "CHE"
from = "2030-01-01"
until = ""
"""


@pytest.fixture
def changed(tables: Tables, tmp_path: Path) -> Gazetteer:
    """The built-in tables, changed by a user's own."""
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    return load_gazetteer(tables.ontology, tmp_path / "own.toml")


def ids(gazetteer: Gazetteer, name: str) -> set[str]:
    return {form.entry.actor.id for form in gazetteer.lookup(name)}


def test_users_rename_actors_of_the_tables_and_others(changed: Gazetteer) -> None:
    assert changed.entries["iran"].actor.name == "Persia"
    assert ids(changed, "Persia") == ids(changed, "Iran") == {"iran"}
    assert changed.canonical(Actor("ann-berg", "Ann Berg", "person")).name == "Anna Berg"


def test_users_merge_actors_of_the_tables_and_others(changed: Gazetteer) -> None:
    assert "iraq" not in changed.entries
    assert ids(changed, "Baghdad") == {"guards"}
    assert changed.canonical(Actor("port-watch", "Port Watch", "ngo")).id == "guards"


def test_users_give_a_name_to_another_actor(changed: Gazetteer) -> None:
    assert ids(changed, "Kremlin") == {"guards"}
    assert ids(changed, "Moscow") == {"russia", "soviet-union"}


@pytest.mark.parametrize(
    ("day", "who"),
    [("2003-01-01", "lea-roth"), ("2002", "lea-roth"), ("2003-07", "lea-roth"), ("2010-01-01", "jon-frei")],
)
def test_an_office_has_its_holder_of_the_day_month_or_year(changed: Gazetteer, day: str, who: str) -> None:
    holder = changed.holder("guards", "commander", day)
    assert holder is not None
    assert holder.id == who
    assert changed.entries[who].actor.country == "CHE"


@pytest.mark.parametrize("day", ["2000-01-01", "2004", "2004-05"], ids=["before", "a year of two", "a month of two"])
def test_an_office_that_changed_hands_or_is_not_known_has_none(changed: Gazetteer, day: str) -> None:
    assert changed.holder("guards", "commander", day) is None


def test_a_surname_with_its_title_is_the_one_holder_of_that_name(changed: Gazetteer) -> None:
    roth = changed.titled("Roth", "commander")
    assert roth is not None
    assert roth.id == "lea-roth"
    assert changed.titled("Roth", "commander", body="iran") is None
    assert changed.titled("Roth", "commander", day="2020-01-01") is None


def test_members_are_those_of_the_day(changed: Gazetteer) -> None:
    assert {state.id for state in changed.members("brics", "2012-01-01")} == {
        *("brazil", "russia", "india", "china", "south-africa")
    }
    assert "switzerland" in {state.id for state in changed.members("brics", "2031-01-01")}
    assert len(changed.members("north-atlantic-treaty-organization", "2025-01-01")) == 32
    assert len(changed.members("european-union", "2021-01-01")) == 27
    assert len(changed.members("african-union")) == 55
    assert changed.members("guards") == ()


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ('[[merge]]\nids = ["iraq"]\ninto = "nobody-known"\n', "nobody-known"),
        ('[[merge]]\nids = "iraq"\ninto = "iran"\n', "ids"),
        ('[[rename]]\nid = "iran"\n', "expected id, name"),
        ('[[office]]\nbody = "iran"\ntitles = ["king"]\nholders = [["A B", "2001-01-01"]]\n', "holders"),
        ('[[actor]]\nid = "x"\nname = "X"\ntype = "ngo"\nclues = { X = "y" }\n', "clues"),
        ('[[actors]]\nid = "x"\n', "actors"),
    ],
    ids=["merge into nobody", "a text for a list", "a column short", "a holder short of a date", "clues", "heading"],
)
def test_orders_of_another_form_are_refused(table: str, named: str, tables: Tables, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(table, encoding="utf-8")
    with pytest.raises(TableError, match=rf"mine\.toml.*{named}"):
        load_gazetteer(tables.ontology, tmp_path / "mine.toml")


def test_a_name_in_force_comes_before_one_of_the_past(tables: Tables) -> None:
    moscow = tables.gazetteer.lookup("Moscow")
    assert [tables.gazetteer.ranked(moscow, day)[0].entry.actor.id for day in ("", "2001-01-01", "1985-03-11")] == [
        *("russia", "russia", "soviet-union")
    ]
