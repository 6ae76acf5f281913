"""The gazetteer: known actors and all the forms in which news names them, matched by a trie over words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kgraph.errors import TableError
from kgraph.model import Actor
from kgraph.ontology import TABLES, Ontology, read_table

WORD = re.compile(r"[^\W_]+|[^\w\s]")
# The columns of a table row that hold forms, and the kind of mention each gives.
_FORMS = {
    "names": "name",
    "adjectives": "adjective",
    "people": "people",
    "seats": "seat",
    "short": "short",
    "ambiguous": "ambiguous",
}
_COLUMNS = {
    "id",
    "name",
    "type",
    "country",
    "sector",
    "wikidata",
    "capital",
    "part_of",
    "backed_by",
    "members",
    *_FORMS,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the gazetteer: an actor, its forms by kind, and what else is known of it."""

    actor: Actor
    forms: dict[str, tuple[str, ...]]
    wikidata: str | None = None
    capital: str | None = None
    part_of: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One way of naming an actor: its kind is name, adjective, people, seat, short or ambiguous."""

    text: str
    kind: str
    entry: Entry


@dataclass(slots=True)
class _Node:
    """A place in the trie: where each next word leads, and the forms that end here."""

    next: dict[str, _Node] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)


class Gazetteer:
    """Known actors by id and by form."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: dict[str, Entry] = {entry.actor.id: entry for entry in entries}
        self.states: dict[str, Actor] = {
            actor.country: actor
            for actor in (e.actor for e in self.entries.values())
            if actor.type == "state" and actor.country
        }
        self._root = _Node()
        self._names: dict[str, list[Form]] = {}
        for entry in self.entries.values():
            for kind, texts in entry.forms.items():
                for text in texts:
                    self._add(Form(text, kind, entry))

    def find(self, words: Sequence[tuple[str, int, int]]) -> Iterator[tuple[int, int, tuple[Form, ...]]]:
        """Spans that name known actors, the longest at each place, with their forms.

        ``words`` are (text, start, end) as WORD cuts them; start of the first and end of the last word are given back.
        """
        i = 0
        while i < len(words):
            end, node = self._walk(words, i)
            if node is None:
                i += 1
            else:
                yield words[i][1], words[end - 1][2], tuple(node.forms)
                i = end

    def lookup(self, name: str) -> tuple[Form, ...]:
        """All forms that read ``name``, whatever the case."""
        return tuple(self._names.get(name.casefold(), ()))

    def _walk(self, words: Sequence[tuple[str, int, int]], start: int) -> tuple[int, _Node | None]:
        """The end and the node of the longest form that starts at word ``start``."""
        best: tuple[int, _Node | None] = (start, None)
        node: _Node | None = self._root
        for i in range(start, len(words)):
            node = node.next.get(words[i][0]) if node else None
            if node is None:
                break
            if node.forms:
                best = (i + 1, node)
        return best

    def _add(self, form: Form) -> None:
        node = self._root
        for word in WORD.findall(form.text):
            node = node.next.setdefault(word, _Node())
        node.forms.append(form)
        self._names.setdefault(form.text.casefold(), []).append(form)


def load_gazetteer(ontology: Ontology, extra: Path | None = None) -> Gazetteer:
    """The built-in tables, with the rows of the user's own table ``extra`` added or put in place of the same id.

    Raises TableError where a row lacks an id, name or type or has one that is none.
    """
    rows: dict[str, Entry] = {}
    for path in [*sorted((TABLES / "actors").glob("*.toml")), *([extra] if extra else [])]:
        for row in read_table(path).get("actor", ()):
            entry = _entry(row, ontology, source=path.name)
            rows[entry.actor.id] = entry
    return Gazetteer(rows.values())


def _entry(row: dict[str, Any], ontology: Ontology, *, source: str) -> Entry:
    name = row.get("name", row.get("id", "(a row without id)"))
    unknown, missing = set(row) - _COLUMNS, {"id", "name", "type"} - set(row)
    if unknown or missing:
        raise TableError(f"{source}: actor {name}: unknown {sorted(unknown)}, missing {sorted(missing)}")
    if row["type"] not in ontology.types:
        raise TableError(f"{source}: actor {name}: type {row['type']!r} is none of {', '.join(ontology.types)}")
    forms = {kind: tuple(row.get(column, ())) for column, kind in _FORMS.items()}
    if row["name"] not in forms["ambiguous"]:
        forms["name"] = tuple(dict.fromkeys((row["name"], *forms["name"])))
    return Entry(
        actor=Actor(row["id"], row["name"], row["type"], row.get("country"), row.get("sector")),
        forms=forms,
        wikidata=row.get("wikidata"),
        capital=row.get("capital"),
        part_of=tuple(row.get("part_of", ())),
        source=source,
    )
