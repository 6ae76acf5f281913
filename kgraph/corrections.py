"""The user's verdicts on statements, by id: they are applied after every reading and survive every rebuild.

A file of JSON Lines, one verdict a line::

    {"id": "5f3c…", "verdict": "reject"}
    {"id": "9a01…", "verdict": "confirm"}
    {"id": "77be…", "verdict": "amend", "changes": {"relation": "supports", "polarity": "negated"}}

A rejected statement is left out, a confirmed one has confidence 1, an amended one the fields of ``changes``: relation,
polarity, modality, or source, target and speaker as objects with ``id``, ``name`` and ``type`` (or null).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kgraph.errors import TableError
from kgraph.model import Statement
from kgraph.ontology import Ontology
from kgraph.records import statement_from_record, statement_to_record

_ACTORS = ("source", "target", "speaker")
_VALUES = {
    "polarity": ("affirmed", "negated"),
    "modality": ("actual", "planned", "possible", "conditional", "demanded", "obliged"),
}
_ACTOR: dict[str, Any] = {"country": None, "sector": None, "mention": None}
_VERDICTS = ("reject", "confirm", "amend")


@dataclass(frozen=True, slots=True)
class Corrections:
    """Verdicts by statement id; ``unused`` are the ids that no statement has had so far."""

    verdicts: Mapping[str, Mapping[str, Any]]
    ontology: Ontology
    unused: set[str] = field(default_factory=set)

    @classmethod
    def load(cls, path: Path | None, ontology: Ontology) -> Corrections:
        """The verdicts in a file, none where there is none. Raises TableError that names a line that is no verdict."""
        verdicts = dict(_read(path)) if path is not None else {}
        return cls(verdicts, ontology, set(verdicts))

    def apply(self, statements: Iterable[Statement]) -> Iterator[Statement]:
        """Statements as the user will have them."""
        for st in statements:
            row = self.verdicts.get(st.id)
            self.unused.discard(st.id)
            if row is None:
                yield st
            elif row["verdict"] != "reject":
                yield replace(self._amended(st, row.get("changes", {})), confidence=1.0)

    def _amended(self, st: Statement, changes: Mapping[str, Any]) -> Statement:
        """``st`` with changed fields; family, category and sign follow a changed relation or polarity."""
        record = statement_to_record(st)
        wrong = [key for key, value in changes.items() if not self._fits(key, value)]
        if wrong:
            raise TableError(f"correction of {st.id}: {', '.join(wrong)} cannot be changed so; see docs/formats.md")
        relation = self.ontology.relations[changes.get("relation", st.relation)]
        if {"relation", "polarity"} & set(changes):
            polarity = changes.get("polarity", st.polarity)
            record |= {"family": relation.family, "category": relation.category, "sign": relation.signed(polarity)}
        actors = {key: _ACTOR | changes[key] for key in _ACTORS if changes.get(key)}
        return statement_from_record({**record, **changes, **actors})

    def _fits(self, key: str, value: Any) -> bool:
        """True where a field may be changed, and to this value."""
        if key == "relation":
            return value in self.ontology.relations
        if key in _ACTORS:
            return value is None or (isinstance(value, dict) and {"id", "name", "type"} <= set(value))
        return value in _VALUES.get(key, ())


def _read(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as err:
        raise TableError(f"{path}: corrections that cannot be read ({err}); give a UTF-8 file of JSON Lines") from err
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _verdict(line, place=f"{path} line {number}")


def _verdict(line: str, *, place: str) -> tuple[str, dict[str, Any]]:
    try:
        row = json.loads(line)
        if row["verdict"] in _VERDICTS and isinstance(row["id"], str) and isinstance(row.get("changes", {}), dict):
            return row["id"], row
    except (ValueError, RecursionError, KeyError, TypeError):
        pass
    raise TableError(f'{place}: no verdict; expected {{"id": …, "verdict": "{"|".join(_VERDICTS)}"}}')
