#!/usr/bin/env python3
"""Make kgraph/tables/actors/offices.toml from the terms of office on which two independent writers agree.

    python data/offices/agree.py            write the table, and print how far the writers agree
    python data/offices/agree.py --check    only compare: exit code 1 where the table is not what the writers give

Each writer-N.csv holds state (ISO code, or an organisation's id), function, title, name, start, end (ISO, perhaps
without the day), note. Two rows are the same term where state, person, and function or title are, and their starts and
ends lie at most 31 days apart. The table takes the days that both cover. Starts before 2000 need not agree, and an end
after HORIZON agrees with an open one: the term then counts up to HORIZON.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from kgraph.actors.gazetteer import folded
from kgraph.ontology import TABLES, read_table

HERE = Path(__file__).parent
TABLE = TABLES / "actors" / "offices.toml"
APART = 31  # days
FIRST_DAY = "2000-01-01"
HORIZON = "2025-10-31"  # up to here all writers say that they know
ALIKE = 0.8  # likeness of two spellings of a name, from 0 to 1
# The words of titles.toml for an office, by function and title; a title that is not here stands for itself.
TITLES = {
    "foreign_minister": ["foreign minister"],
    "defence_minister": ["defence minister"],
    "parliament_speaker": ["speaker"],
    "secretary-general": ["secretary-general", "chief", "head", "leader"],
    "director-general": ["director-general", "chief", "head", "director"],
    "managing director": ["director", "chief", "head"],
    "chairman": ["chairman", "chief", "head"],
    "leader": ["leader", "supreme leader"],
    "premier": ["prime minister"],
    "military leader": ["leader"],
    "high commissioner": ["high commissioner", "chief", "head"],
    "foreign policy chief": ["foreign policy chief"],
    "european-commission": ["commission president", "president", "chief", "head"],
    "european-council": ["council president", "president", "chief", "head"],
    "world-bank": ["president", "chief", "head"],
    "european-central-bank": ["president", "chief", "head"],
}
HEADER = """\
# Who held which office when: heads of state and government, foreign and defence ministers, and heads of
# organisations. Made by data/offices/agree.py: only terms on which two independent automated writers agree, with the
# days that both give. "titles" are offices of english/titles.toml; "" is an open end.
"""


class Row(NamedTuple):
    """A term of office as one writer has it."""

    state: str
    function: str
    title: str
    name: str
    start: str
    end: str
    note: str = ""


def rows(path: Path) -> list[Row]:
    """The rows of one writer; acting holders are left out."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in (Row(**line) for line in csv.DictReader(file)) if not row.note]


def agreed(first: Iterable[Row], second: Iterable[Row]) -> Iterator[Row]:
    """Rows that both have, with the days that both cover."""
    others: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in second:
        for key in {row.function, row.title}:
            others[row.state, key].append(row)
    for row in first:
        for other in (*others[row.state, row.function], *others[row.state, row.title]):
            if _is_one(row.name, other.name) and (days := _shared(row, other)):
                yield row._replace(start=days[0], end=days[1])
                break


def _shared(one: Row, other: Row) -> tuple[str, str] | None:
    """The days of two rows where they agree on them, None where they do not."""
    early = max(one.start, other.start) < FIRST_DAY
    open_end = not (one.end and other.end) and all(not end or end > HORIZON for end in (one.end, other.end))
    if not (early or _apart(one.start, other.start) <= APART):
        return None
    if not (open_end or _apart(one.end, other.end) <= APART):
        return None
    end = "" if one.end == other.end == "" else HORIZON if open_end else min(_last(one.end), _last(other.end))
    return max(_first(one.start), _first(other.start)), end


def _apart(one: str, other: str) -> int:
    """Days between two dates, which may lack the day; many where one is open and the other not."""
    if not one or not other:
        return 0 if one == other else 10**6
    firsts = abs((date.fromisoformat(_first(one)) - date.fromisoformat(_first(other))).days)
    return 0 if one[:7] == other[:7] and 7 in (len(one), len(other)) else firsts


def _first(day: str) -> str:
    return day if len(day) == 10 else f"{day}-01"


def _last(day: str) -> str:
    return day if len(day) == 10 else f"{day}-28"


def _is_one(one: str, other: str) -> bool:
    """True for two spellings of one name: the same last word, or all of it nearly alike."""
    first, second = folded(one).casefold().replace("-", " "), folded(other).casefold().replace("-", " ")
    return first.split()[-1] == second.split()[-1] or SequenceMatcher(None, first, second).ratio() >= ALIKE


def table(terms: Iterable[Row]) -> str:
    """The TOML of the table, bodies in the order of their ids."""
    bodies = {
        row["country"]: row["id"]
        for row in read_table(TABLES / "actors" / "states.toml")["actor"]
        if row["type"] == "state"
    }
    names = _names()
    offices: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in terms:
        offices[bodies.get(row.state, row.state), row.function, row.title].append(row)
    blocks = [HEADER]
    for (body, function, title), held in sorted(offices.items()):
        titles = TITLES.get(body) or TITLES.get(title) or TITLES.get(function) or [title]
        lines = [
            f'  ["{names.get(_key(r.name), r.name)}", "{r.start}", "{r.end}"],'
            for r in sorted(held, key=lambda r: r.start)
        ]
        words = ", ".join(f'"{word}"' for word in titles)
        blocks.append(
            "\n".join(["[[office]]", f'body = "{body}"', f"titles = [{words}]", "holders = [", *lines, "]\n"])
        )
    return "\n".join(blocks)


def _names() -> dict[str, str]:
    """The spelling that people.toml has of a name."""
    people = read_table(TABLES / "actors" / "people.toml")["actor"]
    return {_key(form): row["name"] for row in people for form in (row["name"], *row.get("names", ()))}


def _key(name: str) -> str:
    return folded(name).casefold().replace("el-", "al-").replace("-", " ")


def alone(terms: Iterable[Row]) -> Iterator[Row]:
    """Rows without those that overlap another holder of the same office."""
    held: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in terms:
        held[row.state, row.function, row.title].append(row)
    for rows_of_one in held.values():
        for row in rows_of_one:
            if not any(_overlap(row, other) for other in rows_of_one if other is not row):
                yield row


def _overlap(one: Row, other: Row) -> bool:
    return one.start < (other.end or "9") and other.start < (one.end or "9")


def kept(writers: list[list[Row]]) -> list[Row]:
    """Terms on which any two writers agree, in the spelling and days of the first pair that has them."""
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for one, other in combinations(writers, 2):
        for row in agreed(one, other):
            known = found[row.state, row.function]
            if not any(_is_one(row.name, term.name) and _overlap(row, term) for term in known):
                known.append(row)
    return list(alone(row for terms in found.values() for row in terms))


def main() -> None:
    writers = [rows(path) for path in sorted(HERE.glob("writer-*.csv"))]
    terms = kept(writers)
    both = [row for row in writers[0] if any(_has(other, row) for other in writers[1:])]
    print(f"rows {', '.join(str(len(rows_of_one)) for rows_of_one in writers)}; kept {len(terms)}")
    print(f"of {len(both)} terms of the first in offices that another has, {_met(both, terms)} are kept")
    text = table(terms)
    if "--check" not in sys.argv:
        TABLE.write_text(text, encoding="utf-8")
    elif TABLE.read_text(encoding="utf-8") != text:
        sys.exit("offices.toml is not what the writers agree on; run data/offices/agree.py")


def _has(writer: list[Row], row: Row) -> bool:
    return any((other.state, other.function) == (row.state, row.function) for other in writer)


def _met(wanted: list[Row], terms: list[Row]) -> int:
    have = {(row.state, row.function, row.name) for row in terms}
    return sum((row.state, row.function, row.name) in have for row in wanted)


if __name__ == "__main__":
    main()
