"""The gazetteer's tables hold together."""

from __future__ import annotations

import re
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import chain, pairwise
from typing import Any

import pytest

from kgraph.actors import load_gazetteer, slug
from kgraph.build import Tables
from kgraph.language import Language
from kgraph.ontology import TABLES

# PLOVER's sectors that actors of the tables may have (Halterman et al. 2023, PLOVER codebook).
SECTORS = {
    "GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "LEG", "MED", "EDU", "BUS", "CRM", "CVL", "REL", "JRN",
    "IGO", "NGO", "UIS", "LAB", "AGR", "REF", "SET", "ELI",
}  # fmt: skip
# States that are no more, with their withdrawn codes, and Kosovo's code by common use.
OUTSIDE_ISO = frozenset({"SUN", "YUG", "DDR", "CSK", "XKX"})
FORMS = ("names", "adjectives", "people", "seats", "short")

Row = dict[str, Any]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    paths = sorted((TABLES / "actors").glob("*.toml"))
    return [row for path in paths for row in tomllib.loads(path.read_text(encoding="utf-8")).get("actor", ())]


def test_ids_are_unique_slugs(rows: list[Row]) -> None:
    ids = Counter(row["id"] for row in rows)
    assert [identity for identity, count in ids.items() if count > 1] == []
    assert [identity for identity in ids if identity != slug(identity)] == []


def test_an_alias_has_one_owner_unless_it_is_marked_ambiguous(rows: list[Row]) -> None:
    owners: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in rows:
        forms = chain.from_iterable(row.get(column, ()) for column in FORMS)
        for form in [*forms, *({row["name"]} - set(row.get("ambiguous", ())))]:
            owners[form][row["id"]] = row.get("periods", {}).get(form, [row.get("since", ""), row.get("until", "")])
    assert {form: ids for form, ids in owners.items() if len(ids) > 1 and not apart(ids.values())} == {}


def apart(periods: Iterable[list[str]]) -> bool:
    """True where no two periods share more than the day on which one follows the other."""
    ordered = sorted(periods)
    return all(end and end <= start for (_, end), (start, _) in pairwise(ordered))


def test_dates_are_in_order(rows: list[Row]) -> None:
    periods = [(row["id"], [row.get("since", ""), row.get("until", "")]) for row in rows]
    periods += [(row["id"], days) for row in rows for days in row.get("periods", {}).values()]
    assert [key for key, days in periods if not all(is_day(day) for day in days) or is_turned(*days)] == []


def is_day(text: str) -> bool:
    return not text or date.fromisoformat(text).isoformat() == text


def is_turned(start: str, end: str) -> bool:
    return bool(start and end and end < start)


def tables_of(heading: str) -> list[Row]:
    paths = sorted((TABLES / "actors").glob("*.toml"))
    return [row for path in paths for row in tomllib.loads(path.read_text(encoding="utf-8")).get(heading, ())]


def test_terms_of_office_are_days_in_order_at_known_bodies(rows: list[Row], language: Language) -> None:
    offices = tables_of("office")
    held = [holder for row in offices for holder in row["holders"]]
    assert [h for h in held if not all(is_day(day) for day in h[1:]) or is_turned(*h[1:])] == []
    assert {row["body"] for row in offices} <= {row["id"] for row in rows}
    named = {title.office for title in language.titles.values()}
    assert {title for row in offices for title in row["titles"]} - named == set()


def test_one_office_has_one_holder_at_a_time() -> None:
    for row in tables_of("office"):
        terms = sorted((start, end) for _, start, end in row["holders"])
        assert [(a, b) for a, b in pairwise(terms) if not a[1] or b[0] < a[1]] == [], row["body"]


def test_heads_of_eighty_states_are_known_by_date() -> None:
    offices = tables_of("office")
    bodies = {
        row["body"] for row in offices if {"president", "prime minister", "king", "chancellor"} & set(row["titles"])
    }
    ministers = {row["body"] for row in offices if "foreign minister" in row["titles"]}
    assert len(bodies) >= 80
    assert len(ministers) >= 25


def test_members_are_states_of_the_tables(rows: list[Row]) -> None:
    codes = {row["country"] for row in rows if row.get("country")}
    waves = tables_of("membership")
    assert {row["body"] for row in waves} <= {row["id"] for row in rows}
    assert {code for row in waves for code in row["states"].split()} <= codes
    assert [row for row in waves if not is_day(row["from"]) or is_turned(row["from"], row["until"])] == []


def test_the_tables_are_as_large_as_they_are_said_to_be(rows: list[Row]) -> None:
    types = Counter(row["type"] for row in rows)
    assert types["armed_group"] >= 300
    assert types["igo"] + types["ngo"] >= 200
    assert types["media"] >= 200


def test_types_and_sectors_are_known(rows: list[Row], tables: Tables) -> None:
    assert {row["type"] for row in rows} <= set(tables.ontology.types)
    assert {row["sector"] for row in rows if "sector" in row} <= SECTORS


def test_country_codes_are_iso_alpha_3(rows: list[Row]) -> None:
    codes = {row["country"] for row in rows if "country" in row} - OUTSIDE_ISO
    assert [code for code in codes if not re.fullmatch("[A-Z]{3}", code)] == []
    core = pytest.importorskip("babel.core", reason="Babel knows which codes there are")
    known = core.get_global("territory_aliases")
    assert sorted(code for code in codes if code not in known) == []


def test_every_state_has_a_code_of_its_own(rows: list[Row]) -> None:
    codes = Counter(row.get("country") for row in rows if row["type"] == "state")
    assert [code for code, count in codes.items() if count > 1 or code is None] == []


@pytest.mark.parametrize("column", ["part_of", "backed_by", "members"])
def test_what_an_actor_belongs_to_is_in_the_tables(column: str, rows: list[Row]) -> None:
    ids = {row["id"] for row in rows}
    named = {(row["id"], other) for row in rows for other in row.get(column, ())}
    assert sorted((here, other) for here, other in named if other not in ids or other == here) == []


def test_wikidata_ids_have_their_form_and_one_owner(rows: list[Row]) -> None:
    ids = Counter(row["wikidata"] for row in rows if "wikidata" in row)
    assert [identity for identity in ids if not re.fullmatch(r"Q[1-9]\d*", identity)] == []
    assert [identity for identity, count in ids.items() if count > 1] == []


def test_the_tables_load_in_half_a_second(tables: Tables) -> None:
    start = time.process_time()
    load_gazetteer(tables.ontology)
    assert time.process_time() - start < 0.5
