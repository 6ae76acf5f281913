"""Statements and mentions as the JSON objects that ``kgraph extract`` writes, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any, BinaryIO

from kgraph.errors import StoreError
from kgraph.model import Actor, Agreement, Article, Mention, Span, Statement, TimeInterval

_ORDER = (
    "id",
    "document",
    "article",
    "event",
    "source",
    "target",
    "relation",
    "family",
    "category",
    "sign",
    "polarity",
    "modality",
    "speaker",
    "via",
    "quoted",
    "time",
    "place",
    "topic",
    "agreement",
    "trigger",
    "evidence",
    "confidence",
    "method",
)
_NESTED = ("article", "source", "target", "speaker", "via", "time", "place", "agreement", "trigger", "evidence")
_TYPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("id", "document", "event", "relation", "family", "polarity", "modality"), str),
    **dict.fromkeys(("sign", "confidence"), (int, float)),
}
_PLAIN = tuple(key for key in _ORDER if key not in _NESTED)


def statement_to_record(st: Statement) -> dict[str, Any]:
    """The statement as plain JSON values, with its keys in the order of the format."""
    record: dict[str, Any] = {key: getattr(st, key) for key in _PLAIN}
    record["article"] = _fields(st.article)
    record |= {key: _actor(getattr(st, key)) for key in ("source", "target", "speaker", "place")}
    record["via"] = [_actor(actor) for actor in st.via]
    record |= {key: _fields(getattr(st, key)) for key in ("trigger", "evidence", "time", "agreement")}
    return {key: record[key] for key in _ORDER}


def statement_from_record(record: Mapping[str, Any]) -> Statement:
    """The statement that a record holds. Raises StoreError where a field is missing or of another form."""
    try:
        _check(record)
        values: dict[str, Any] = {key: record[key] for key in _PLAIN}
        values |= {key: _read_actor(record[key]) for key in ("source", "target", "speaker", "place")}
        values |= {key: Span(**record[key]) for key in ("trigger", "evidence")}
        values["article"] = Article(**record["article"])
        values["via"] = tuple(_read_actor(row) for row in record["via"])
        values["time"] = TimeInterval(**record["time"]) if record["time"] else None
        values["agreement"] = _read_agreement(record["agreement"])
        return Statement(**values)
    except (KeyError, TypeError, AttributeError) as err:
        raise StoreError(
            f"this is no statement that kgraph wrote ({err!r}); make the file again by kgraph extract"
        ) from err


def _check(record: Mapping[str, Any]) -> None:
    """Raise TypeError where a plain field would break what comes later: views, counts and labels."""
    for key, kind in _TYPES.items():
        if not isinstance(record[key], kind):
            raise TypeError(f"{key} is {record[key]!r}")


def mention_to_record(mention: Mention) -> dict[str, Any]:
    """The mention as plain JSON values."""
    actor = {key: getattr(mention.actor, key) for key in ("id", "name", "type", "country", "sector")}
    return {"document": mention.document, **_required(mention.span), "actor": actor, "reason": mention.reason}


def write_records(records: Iterable[Mapping[str, Any]], file: BinaryIO) -> None:
    """One JSON object a line, UTF-8; text with lone surrogates is written with escapes."""
    for record in records:
        try:
            line = json.dumps(record, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            line = json.dumps(record).encode()
        file.write(line + b"\n")


def read_statements(file: BinaryIO, *, name: str) -> Iterator[Statement]:
    """The statements of a JSON Lines file. Raises StoreError that names the line that is none."""
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            yield statement_from_record(json.loads(line))
        except (ValueError, RecursionError, StoreError) as err:
            raise StoreError(f"{name} line {number}: {err}") from err


def _fields(value: Any) -> dict[str, Any] | None:
    return None if value is None else _required(value)


def _required(value: Any) -> dict[str, Any]:
    row = {field.name: getattr(value, field.name) for field in fields(value)}
    return {key: list(item) if isinstance(item, tuple) else item for key, item in row.items()}


def _actor(actor: Actor | None) -> dict[str, Any] | None:
    if actor is None:
        return None
    return {
        **{key: getattr(actor, key) for key in ("id", "name", "type", "country", "sector")},
        "mention": _fields(actor.mention),
    }


def _read_actor(row: Mapping[str, Any] | None) -> Actor | None:
    if row is None:
        return None
    mention = row.get("mention")
    return Actor(
        **{key: row[key] for key in ("id", "name", "type", "country", "sector")},
        mention=Span(**mention) if mention else None,
    )


def _read_agreement(row: Mapping[str, Any] | None) -> Agreement | None:
    if not row:
        return None
    values: dict[str, Any] = {key: tuple(item) if isinstance(item, list) else item for key, item in row.items()}
    return Agreement(**values)
