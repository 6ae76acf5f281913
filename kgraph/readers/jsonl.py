"""JSON Lines: one article a line with ``text`` and optionally ``id``, ``title``, ``date``, ``url``, ``publisher``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from kgraph.errors import ReadError
from kgraph.model import Document
from kgraph.readers.plain import DateError, iso_date
from kgraph.readers.text import decode, lines

_EXPECTED = 'no article; expected an object with a string "text"'


def read(stream: BinaryIO, *, name: str, path: str, report: Any) -> Iterator[Document]:
    """The articles of a JSON Lines file. Lines that are none are reported by number, the others are kept."""
    empty = True
    for number, line in enumerate(lines(stream), start=1):
        if not line.strip():
            continue
        empty = False
        try:
            yield _document(line, name=name, place=f"{path} line {number}", number=number, report=report)
        except ReadError as err:
            report(err)
        except RecursionError:  # read, but nested too deeply to be written again
            report(ReadError(f"{path} line {number}", "nested too deeply; id, title and the like are plain text"))
    if empty:
        raise ReadError(path, "the file is empty; nothing to read")


def _document(line: bytes, *, name: str, place: str, number: int, report: Any) -> Document:
    row = _object(line, place)
    if not isinstance(row.get("text"), str):
        raise ReadError(place, _EXPECTED)
    if not row["text"].strip():
        raise ReadError(place, "the article's text is empty; nothing to read")
    given: dict[str, Any] = {key: _plain(row[key]) for key in ("title", "url", "publisher") if row.get(key)}
    identity = row["id"] if row.get("id") not in (None, "") else given.get("url") or f"{name}#{number}"
    day = iso_date(_plain(row["date"])) if row.get("date") else None
    if row.get("date") and day is None:
        report(DateError(place, "the date is none that can be read; the article is kept without one"))
    return Document(id=_plain(identity), text=row["text"], date=day, **given)


def _object(line: bytes, place: str) -> dict[str, Any]:
    try:
        row = json.loads(decode(line, source=place))
    except (ValueError, RecursionError) as err:  # a ValueError also where a number has more digits than int() takes
        raise ReadError(place, f"not JSON ({err}); each line must be one JSON object") from err
    if not isinstance(row, dict):
        raise ReadError(place, _EXPECTED)
    return row


def _plain(value: object) -> str:
    """A value as text that every file and table can hold: half characters are replaced, which JSON can escape."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
