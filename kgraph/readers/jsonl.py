"""JSON Lines: one article a line with ``text`` and optionally ``id``, ``title``, ``date``, ``url``, ``publisher``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from kgraph.errors import ReadError
from kgraph.model import Document
from kgraph.readers.plain import iso_date
from kgraph.readers.text import decode


def read(stream: BinaryIO, *, name: str, path: str, report: Any) -> Iterator[Document]:
    """The articles of a JSON Lines file. Lines that are none are reported by number, the others are kept."""
    empty = True
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        empty = False
        try:
            yield _document(line, name=name, place=f"{path} line {number}", number=number)
        except ReadError as err:
            report(err)
    if empty:
        raise ReadError(path, "the file is empty; nothing to read")


def _document(line: bytes, *, name: str, place: str, number: int) -> Document:
    try:
        row = json.loads(decode(line, source=place))
    except (json.JSONDecodeError, RecursionError) as err:
        raise ReadError(place, f"not JSON ({err}); each line must be one JSON object") from err
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ReadError(place, 'no article; expected an object with a string "text"')
    if not row["text"].strip():
        raise ReadError(place, "the article's text is empty; nothing to read")
    given: dict[str, Any] = {key: str(row[key]) for key in ("title", "url", "publisher") if row.get(key)}
    identity = row["id"] if row.get("id") not in (None, "") else given.get("url") or f"{name}#{number}"
    day = iso_date(str(row["date"])) if row.get("date") else None
    return Document(id=str(identity), text=row["text"], date=day, **given)
