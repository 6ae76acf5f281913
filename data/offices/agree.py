#!/usr/bin/env python3
"""Make kgraph/tables/actors/offices.toml from the terms of office on which two independent writers agree.

    python data/offices/agree.py            write the table, and print how far the writers agree
    python data/offices/agree.py --check    only compare: exit code 1 where the table is not what the writers give

Until there is a second.csv, all rows of the first writer are taken, and the table says so. Both files hold state (ISO
code, or an organisation's id), function, title, name, start, end (ISO, perhaps without the day), note. Two rows are
the same term where state, function and person are, and their starts and ends lie at most 31 days apart. The table
takes the days that both cover.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from kgraph.actors.gazetteer import folded
from kgraph.ontology import TABLES, read_table

HERE = Path(__file__).parent
TABLE = TABLES / "actors" / "offices.toml"
APART = 31  # days
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
    "high commissioner": ["high commissioner", "chief", "head"],
    "foreign policy chief": ["foreign policy chief"],
    "european-commission": ["commission president", "president", "chief", "head"],
    "european-council": ["council president", "president", "chief", "head"],
    "world-bank": ["president", "chief", "head"],
    "european-central-bank": ["president", "chief", "head"],
}
HEADER = """\
# Who held which office when: heads of state and government, foreign and defence ministers, and heads of
# organisations. Made by data/offices/agree.py. "titles" are offices of english/titles.toml; "" is an open end.
"""
AGREED = "# Only terms on which two independent automated writers agree, with the days that both give.\n"
SINGLE = "# By one automated writer from general knowledge so far: no second writer has confirmed these days.\n"


class Row(NamedTuple):
    """A term of office as one writer has it."""

    state: str
    function: str
    title: str
    name: str
    start: str
    end: str
    note: str = ""


def rows(name: str) -> Iterator[Row]:
    """The rows of one writer; acting holders are left out."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from (row for row in (Row(**line) for line in csv.DictReader(file)) if not row.note)


def agreed(first: Iterable[Row], second: Iterable[Row]) -> Iterator[Row]:
    """Rows that both have, with the days that both cover."""
    others: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in second:
        others[row.state, row.function].append(row)
    for row in first:
        for other in others[row.state, row.function]:
            near = _apart(row.start, other.start) <= APART and _apart(row.end, other.end) <= APART
            if near and _is_one(row.name, other.name):
                end = min(_last(row.end), _last(other.end)) if row.end else ""
                yield row._replace(start=max(_first(row.start), _first(other.start)), end=end)
                break


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


def table(terms: Iterable[Row], made: str) -> str:
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
    blocks = [HEADER + made]
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


def main() -> None:
    first = list(rows("first.csv"))
    second = list(rows("second.csv")) if (HERE / "second.csv").exists() else None
    terms = list(alone(first if second is None else agreed(first, second)))
    text = table(terms, SINGLE if second is None else AGREED)
    print(f"first {len(first)}, second {len(second or ())}, kept {len(terms)}")
    if "--check" not in sys.argv:
        TABLE.write_text(text, encoding="utf-8")
    elif TABLE.read_text(encoding="utf-8") != text:
        sys.exit("offices.toml is not what the writers agree on; run data/offices/agree.py")


if __name__ == "__main__":
    main()
