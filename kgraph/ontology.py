"""The ontology: relations, categories, signs and labels, loaded from ``tables/ontology.toml`` and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kgraph.errors import TableError

TABLES = Path(__file__).parent / "tables"
FAMILIES = ("agreement", "stance", "event", "role")
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


@dataclass(frozen=True, slots=True)
class Category:
    """A PLOVER event type: what it is called and its quad (verbal or material, cooperation or conflict).

    ``relation`` is the key of the relation that says no more than the category does, which the pair model gives; None
    where there is none.
    """

    key: str
    label: str
    quad: str
    relation: str | None = None


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
            if key not in table or not isinstance(value, dict):
                raise TableError(f"{extra}: {key} is no table of the ontology; it has {', '.join(table)}")
            table[key] = {**table[key], **value}
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
    _check_words(table, source=source)
    categories = {
        key: _category(key, row, table["relations"], source=source) for key, row in table["categories"].items()
    }
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


def _check_words(table: dict[str, Any], *, source: str) -> None:
    """Raise TableError where a word has no text to it, or a list of words is none."""
    for name in ("types", "obligations"):
        for key, value in table[name].items():
            if not isinstance(value, str):
                raise TableError(f"{source}: {name}: {key} is {value!r}; expected a text")
    for key, value in table["agreements"].items():
        if key not in ("kinds", "statuses") or not _is_list(value):
            raise TableError(f"{source}: agreements: expected kinds and statuses, each a list of texts; found {key}")


def _category(key: str, row: Any, relations: Mapping[str, Any], *, source: str) -> Category:
    columns = set(row) - {"relation"} if isinstance(row, dict) else set()
    if columns != {"label", "quad"} or not isinstance(row["label"], str):
        raise TableError(f"{source}: category {key}: expected a table of label and quad (and relation), all texts")
    if row.get("relation") not in (None, *relations):
        raise TableError(f"{source}: category {key}: unknown relation {row['relation']!r}")
    if row["quad"] not in QUADS:
        raise TableError(f"{source}: category {key}: quad {row['quad']!r} is none of {', '.join(QUADS)}")
    return Category(key=key, **row)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _relation(key: str, row: Any, *, source: str) -> Relation:
    if not isinstance(row, dict):
        raise TableError(f"{source}: relation {key}: {row!r} is no table; expected [relations.{key}]")
    unknown = set(row) - {field.name for field in fields(Relation) if field.name != "key"}
    missing = {"family", "label", "inverse"} - set(row)
    if unknown or missing:
        raise TableError(f"{source}: relation {key}: unknown {sorted(unknown)}, missing {sorted(missing)}")
    for column, value in row.items():
        if not _FORMS[column][0](value):
            raise TableError(f"{source}: relation {key}: {_FORMS[column][1]}, not {value!r}")
    ends = {end: tuple(row.get(end, ())) for end in ("source", "target")}
    return Relation(key=key, **{**row, **ends})


# What each column of a relation takes, and the reason for which another is refused.
_FORMS: dict[str, tuple[Callable[[object], bool], str]] = {
    **{
        column: (lambda value: isinstance(value, str), f"{column} is a text")
        for column in ("family", "label", "inverse", "category", "status")
    },
    **dict.fromkeys(
        ("sign", "negated_sign"), (lambda value: type(value) is int, "sign and negated_sign are -1, 0 or 1")
    ),
    **dict.fromkeys(("source", "target"), (_is_list, "source and target list actor types")),
    "symmetric": (lambda value: isinstance(value, bool), "symmetric is true or false"),
}


def _check_relation(rel: Relation, table: dict[str, Any], *, source: str) -> None:
    """Raise TableError where a relation names something that the ontology does not have."""
    wrong = [
        (rel.family not in FAMILIES, f"family {rel.family!r} is none of {', '.join(FAMILIES)}"),
        ((rel.category is None) != (rel.family == "role"), "all but roles have a category, and roles have none"),
        (rel.category is not None and rel.category not in table["categories"], f"unknown category {rel.category!r}"),
        (
            rel.status is not None and rel.status not in table["agreements"]["statuses"],
            f"unknown status {rel.status!r}",
        ),
        (not {rel.sign, rel.negated_sign} <= {-1, 0, 1}, "sign and negated_sign are -1, 0 or 1"),
        (not {*rel.source, *rel.target} <= set(table["types"]), "source and target list actor types"),
    ]
    for failed, reason in wrong:
        if failed:
            raise TableError(f"{source}: relation {rel.key}: {reason}")
