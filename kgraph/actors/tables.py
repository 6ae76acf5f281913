"""The gazetteer's tables: rows checked and made into entries, terms of office, and what the user's own table changes.

A user's table may hold::

    [[actor]]               a new actor, or a row in the place of the one with this id
    [[rename]]              id, name: another name for an actor, known or only found in articles
    [[merge]]               ids, into: actors that are one
    [[split]]               forms, into: names that belong to another actor than the tables say
    [[office]]              body, titles, holders ([name, start, end]): as in the built-in offices.toml
    [[membership]]          body, states (ISO codes), from, until: as in the built-in memberships.toml
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kgraph.actors.gazetteer import ALWAYS, Entry, Gazetteer, Period, Term, surnames
from kgraph.actors.slugs import slug
from kgraph.errors import TableError
from kgraph.model import Actor
from kgraph.ontology import TABLES, Ontology, read_table

# The columns of a row that hold forms, and the kind of mention each gives.
FORMS = {
    "names": "name",
    "adjectives": "adjective",
    "people": "people",
    "seats": "seat",
    "short": "short",
    "ambiguous": "ambiguous",
    "surnames": "surname",
}
_TEXTS = frozenset({"id", "name", "type", "country", "sector", "wikidata", "capital", "since", "until"})
_LISTS = frozenset({"part_of", "backed_by", "members", *FORMS})
_BY_FORM = frozenset({"periods", "clues"})  # columns that say something of single forms
_ORDERS: dict[str, dict[str, type]] = {  # what a user's table may ask for, and the columns of each
    "rename": {"id": str, "name": str},
    "merge": {"ids": list, "into": str},
    "split": {"forms": list, "into": str},
    "office": {"body": str, "titles": list, "holders": list},
    "membership": {"body": str, "states": str, "from": str, "until": str},
}
# Family names stand first in the names of these states' people, as English news writes them.
_FAMILY_FIRST = frozenset({"CHN", "TWN", "HKG", "KOR", "PRK", "VNM", "KHM", "SGP"})


@dataclass(slots=True)
class _Rows:
    """All tables, read one after the other; a later row replaces an earlier one of the same id."""

    entries: dict[str, Entry] = field(default_factory=dict)
    offices: list[dict[str, Any]] = field(default_factory=list)
    memberships: defaultdict[str, list[tuple[str, Period]]] = field(default_factory=lambda: defaultdict(list))
    instead: dict[str, Actor] = field(default_factory=dict)


def load_gazetteer(ontology: Ontology, extra: Path | None = None) -> Gazetteer:
    """The built-in tables, changed by the user's own table ``extra``.

    Raises TableError that names the row and column where one does not have its form.
    """
    rows = _Rows()
    for path in sorted((TABLES / "actors").glob("*.toml")):
        table = read_table(path)
        for row in table.get("actor", ()):
            entry = _entry(row, ontology, source=path.name)
            rows.entries[entry.actor.id] = entry
        rows.offices += table.get("office", ())
        _join(rows, table.get("membership", ()))
    if extra is not None:
        _change(rows, extra, ontology)
    terms = list(_terms(rows))
    return Gazetteer(rows.entries.values(), terms, rows.instead, rows.memberships)


def _join(rows: _Rows, memberships: Iterable[Mapping[str, str]]) -> None:
    """Add waves of members to organisations."""
    for row in memberships:
        period = Period(row["from"], row["until"])
        rows.memberships[row["body"]] += [(code, period) for code in row["states"].split()]


def _change(rows: _Rows, path: Path, ontology: Ontology) -> None:
    """What the user's table adds, renames, merges and splits."""
    table = read_table(path)
    _check(table, path)
    for row in table.get("actor", ()):
        entry = _entry(row, ontology, source=path.name)
        rows.entries[entry.actor.id] = entry
    for row in table.get("rename", ()):
        known = rows.entries.get(row["id"])
        if known is None:
            rows.instead[row["id"]] = Actor(row["id"], row["name"], "other")
        else:
            forms = {**known.forms, "name": tuple(dict.fromkeys((row["name"], *known.forms["name"])))}
            rows.entries[row["id"]] = replace(known, actor=replace(known.actor, name=row["name"]), forms=forms)
    for row in table.get("merge", ()):
        _merge(rows, row["ids"], _owner(rows, row["into"], path))
    for row in table.get("split", ()):
        _split(rows, frozenset(row["forms"]), _owner(rows, row["into"], path))
    rows.offices += table.get("office", ())
    _join(rows, table.get("membership", ()))


def _owner(rows: _Rows, key: str, path: Path) -> Entry:
    if key not in rows.entries:
        raise TableError(f"{path}: no actor {key!r} to merge or split into; give it a row under [[actor]]")
    return rows.entries[key]


def _merge(rows: _Rows, ids: Iterable[str], into: Entry) -> None:
    """Give the forms of ``ids`` to ``into``; ids that only articles have given become it as well."""
    forms = dict(into.forms)
    for key in ids:
        if key == into.actor.id:
            continue
        rows.instead[key] = into.actor
        gone = rows.entries.pop(key, None)
        for kind, texts in gone.forms.items() if gone else ():
            forms[kind] = tuple(dict.fromkeys((*forms.get(kind, ()), *texts)))
    rows.entries[into.actor.id] = replace(into, forms=forms)


def _split(rows: _Rows, texts: frozenset[str], into: Entry) -> None:
    """Take ``texts`` from whoever has them, and make them names of ``into``."""
    for key, entry in rows.entries.items():
        if any(texts & set(forms) for forms in entry.forms.values()):
            left = {kind: tuple(t for t in forms if t not in texts) for kind, forms in entry.forms.items()}
            rows.entries[key] = replace(entry, forms=left)
    mine = rows.entries[into.actor.id]
    names = tuple(dict.fromkeys((*mine.forms["name"], *sorted(texts))))
    rows.entries[into.actor.id] = replace(mine, forms={**mine.forms, "name": names})


def _check(table: Mapping[str, Any], path: Path) -> None:
    """Raise TableError where a user's table has headings, rows or values of another form.

    A text where a list belongs would else pass unnoticed, each of its letters a name.
    """
    known = {"actor", *_ORDERS}
    rows = [(heading, row) for heading in known & set(table) for row in _listed(table[heading])]
    if set(table) - known or not all(isinstance(row, dict) for _, row in rows):
        wanted = ", ".join(f"[[{heading}]]" for heading in sorted(known))
        raise TableError(f"{path}: expected rows under {wanted} and nothing else; found {', '.join(table)}")
    for heading, row in rows:
        shown = f"{path}: {heading} {row.get('name', row.get('id', row.get('into', row.get('body'))))}"
        columns = _ORDERS.get(heading)
        if columns is not None and set(row) != set(columns):
            raise TableError(f"{shown}: expected {', '.join(columns)}; found {', '.join(row)}")
        for key, value in row.items():
            if heading == "actor" and key in _BY_FORM:
                _check_by_form(value, f"{shown}: {key}")
                continue
            is_list = key in _LISTS if columns is None else columns[key] is list
            if not (_is_list(value, nested=key == "holders") if is_list else isinstance(value, str)):
                raise TableError(f"{shown}: {key} is {value!r}, not {'a list of texts' if is_list else 'a text'}")


def _check_by_form(value: object, shown: str) -> None:
    if not isinstance(value, dict) or not all(_is_list(item) for item in value.values()):
        raise TableError(f"{shown} is {value!r}, not lists of texts by form")


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_list(value: object, *, nested: bool = False) -> bool:
    if nested:
        return isinstance(value, list) and all(_is_list(item) and len(item) == 3 for item in value)
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _entry(row: Mapping[str, Any], ontology: Ontology, *, source: str) -> Entry:
    name = row.get("name", row.get("id", "(a row without id)"))
    unknown, missing = set(row) - _TEXTS - _LISTS - _BY_FORM, {"id", "name", "type"} - set(row)
    if unknown or missing:
        raise TableError(f"{source}: actor {name}: unknown {sorted(unknown)}, missing {sorted(missing)}")
    if row["type"] not in ontology.types:
        raise TableError(f"{source}: actor {name}: type {row['type']!r} is none of {', '.join(ontology.types)}")
    forms = {kind: tuple(row.get(column, ())) for column, kind in FORMS.items()}
    if row["name"] not in forms["ambiguous"]:
        forms["name"] = tuple(dict.fromkeys((row["name"], *forms["name"])))
    period = Period(row.get("since", ""), row.get("until", ""))
    return Entry(
        actor=Actor(row["id"], row["name"], row["type"], row.get("country"), row.get("sector")),
        forms=forms,
        wikidata=row.get("wikidata"),
        capital=row.get("capital"),
        part_of=tuple(row.get("part_of", ())),
        members=tuple(row.get("members", ())),
        period=period,
        periods={form: Period(*days) for form, days in row.get("periods", {}).items()},
        clues={form: frozenset(words) for form, words in row.get("clues", {}).items()},
        source=source,
    )


def _terms(rows: _Rows) -> Iterator[Term]:
    """Terms of office; holders that are in no table yet become entries."""
    named = {form: entry for entry in rows.entries.values() for form in entry.forms["name"] if _is_person(entry)}
    offices: list[tuple[Entry, dict[str, Any]]] = []
    for row in rows.offices:
        merged = rows.instead.get(row["body"])
        body = rows.entries.get(merged.id if merged is not None else row["body"])
        if body is None:
            raise TableError(f"offices: body {row['body']!r} is no actor of the tables")
        offices.append((body, row))
    # Offices of states first: they tell which state a person is of.
    for body, row in sorted(offices, key=lambda office: office[0].actor.country is None):
        for name, start, end in row["holders"]:
            entry = named.get(name)
            if entry is None or body.actor.country not in (None, entry.actor.country):
                entry = named[name] = _holder(name, body.actor, rows)
            person = entry.actor
            short = tuple(surnames(person.name, {person.name.split()[0]} if person.country in _FAMILY_FIRST else ()))
            for title in row["titles"]:
                yield Term(body.actor.id, title, person, Period(start, end) if start or end else ALWAYS, short)


def _is_person(entry: Entry) -> bool:
    return entry.actor.type == "person"


def _holder(name: str, body: Actor, rows: _Rows) -> Entry:
    """An entry for a holder of an office; a namesake in another state gets an id with that state's code."""
    key = slug(name)
    if key in rows.entries:
        key = f"{key}-{(body.country or body.id).lower()}"
    actor = Actor(key, name, "person", body.country, "GOV" if body.country else "IGO")
    names = (name,) if " " in name else ()  # "Salman" alone may be anybody
    entry = Entry(actor, dict.fromkeys(FORMS.values(), ()) | {"name": names}, source="offices.toml")
    rows.entries[key] = entry
    return entry
