"""The ontology: relations, categories, signs and labels, loaded from ``tables/ontology.toml`` and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kgraph.errors import TableError

TABLES = Path(__file__).parent / "tables"
FAMILIES = ("agreement", "stance", "event", "role")


@dataclass(frozen=True, slots=True)
class Category:
    """A PLOVER event type: what it is called and its quad (verbal or material, cooperation or conflict)."""

    key: str
    label: str
    quad: str


@dataclass(frozen=True, slots=True)
class Relation:
    """What an edge says. ``source`` and ``target`` are the actor types taken, empty for all."""

    key: str
    family: str
    label: str
    inverse: str
    category: str | None = None
    sign: int = 0
    negated_sign: int = 0
    symmetric: bool = False
    status: str | None = None
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()

    def signed(self, polarity: str) -> int:
        """The attitude of source to target under this polarity: -1, 0 or 1."""
        return self.negated_sign if polarity == "negated" else self.sign


@dataclass(frozen=True, slots=True)
class Ontology:
    """All that statements may say, by key."""

    relations: Mapping[str, Relation]
    categories: Mapping[str, Category]
    types: Mapping[str, str]
    obligations: Mapping[str, str]
    kinds: tuple[str, ...]
    statuses: tuple[str, ...]


def load_ontology(extra: Path | None = None) -> Ontology:
    """The built-in ontology, with the tables of the user's own file ``extra`` added or put in their place.

    Raises TableError where a file cannot be read or a relation does not hold together.
    """
    table = read_table(TABLES / "ontology.toml")
    if extra is not None:
        for key, value in read_table(extra).items():
            table[key] = {**table.get(key, {}), **value} if isinstance(value, dict) else value
    return _checked(table, source=str(extra or "ontology.toml"))


@cache
def default_ontology() -> Ontology:
    """The built-in ontology, loaded once."""
    return load_ontology()


def read_table(path: Path) -> dict[str, Any]:
    """A TOML file as a dict. Raises TableError that names the file and the place of the error."""
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError as err:
        raise TableError(f"{path}: there is no such table; check the path") from err
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as err:
        raise TableError(f"{path}: not a TOML table that can be read ({err})") from err


def _checked(table: dict[str, Any], *, source: str) -> Ontology:
    categories = {key: Category(key=key, **row) for key, row in table["categories"].items()}
    relations = {key: _relation(key, row, source=source) for key, row in table["relations"].items()}
    for rel in relations.values():
        _check_relation(rel, table, source=source)
    return Ontology(
        relations=MappingProxyType(relations),
        categories=MappingProxyType(categories),
        types=MappingProxyType(table["types"]),
        obligations=MappingProxyType(table["obligations"]),
        kinds=tuple(table["agreements"]["kinds"]),
        statuses=tuple(table["agreements"]["statuses"]),
    )


def _relation(key: str, row: dict[str, Any], *, source: str) -> Relation:
    unknown = set(row) - {field.name for field in fields(Relation)}
    missing = {"family", "label", "inverse"} - set(row)
    if unknown or missing:
        raise TableError(f"{source}: relation {key}: unknown {sorted(unknown)}, missing {sorted(missing)}")
    ends = {end: tuple(row.get(end, ())) for end in ("source", "target")}
    return Relation(key=key, **{**row, **ends})


def _check_relation(rel: Relation, table: dict[str, Any], *, source: str) -> None:
    """Raise TableError where a relation names something that the ontology does not have."""
    wrong = [
        (rel.family not in FAMILIES, f"family {rel.family!r} is none of {', '.join(FAMILIES)}"),
        ((rel.category is None) != (rel.family == "role"), "all but roles have a category, and roles have none"),
        (rel.category is not None and rel.category not in table["categories"], f"unknown category {rel.category!r}"),
        (not {rel.sign, rel.negated_sign} <= {-1, 0, 1}, "sign and negated_sign are -1, 0 or 1"),
        (not {*rel.source, *rel.target} <= set(table["types"]), "source and target list actor types"),
    ]
    for failed, reason in wrong:
        if failed:
            raise TableError(f"{source}: relation {rel.key}: {reason}")
