"""Plain text: an optional title line, optional ``date:`` / ``source:`` / ``url:`` header lines, then paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

import dateparser

from kgraph.errors import ReadError
from kgraph.model import Document
from kgraph.readers.text import decode

_HEADER = re.compile(r"(title|headline|date|published|source|publisher|url)[ \t]*:[ \t]*(.+?)[ \t]*", re.IGNORECASE)
_FIELDS = {"headline": "title", "published": "date", "source": "publisher"}
_LONGEST_TITLE = 200
_LONGEST_HEADER = 2000
_LONGEST_DATE = 100  # the parser of dates takes its time with long texts
_SHORTEST_WRAP = 50  # columns; people wrap their lines at no fewer


class DateError(ReadError):
    """The date of an article cannot be read; the article is kept without one: a warning, and no failure."""


def read(stream: BinaryIO, *, name: str, path: str, report: Any) -> Iterator[Document]:
    """The one article of a text file; its text is the whole file. Raises ReadError where it cannot be decoded."""
    text = decode(stream.read(), source=path)
    found, masked = headers(text, path=path, report=report)
    fields: dict[str, Any] = dict(found)
    yield Document(id=fields.get("url") or name, text=text, masked=masked, **fields)


def headers(
    text: str, *, path: str, report: Any, titled: bool = True, only: bool = False
) -> tuple[dict[str, str], tuple[tuple[int, int], ...]]:
    """Title, date, publisher and url from the first lines, and the ranges of the header lines that are no prose.

    A first line may be the title where ``titled``; ``only`` says that all of ``text`` is headers, of any key.
    """
    fields: dict[str, str] = {}
    masked: list[tuple[int, int]] = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        end = start + len(line)
        found = _HEADER.fullmatch(line) if len(line) <= _LONGEST_HEADER else None
        if found:
            key = _FIELDS.get(found[1].lower(), found[1].lower())
            fields.setdefault(key, found[2])
            masked.append((start, start + found.start(2)) if key == "title" else (start, end))
        elif number == 0 and not only and _is_title(line, text[end:]):
            fields |= {"title": line.strip()} if titled else {}
        elif line.strip() and not only:
            break
        start = end + 1
    if "date" in fields:
        fields["date"] = iso_date(fields["date"]) or ""
        if not fields["date"]:
            report(DateError(path, "the date header is no date that can be read; the article is kept without one"))
            del fields["date"]
    return fields, tuple(masked)


def iso_date(text: str) -> str | None:
    """An ISO 8601 date from what people write, None where it cannot be one."""
    try:
        return date.fromisoformat(text.strip()[:10]).isoformat()
    except ValueError:
        return _guessed_date(text) if len(text) <= _LONGEST_DATE else None


def _guessed_date(text: str) -> str | None:
    try:
        found = dateparser.parse(text, languages=["en"])
    except (ValueError, OverflowError):  # numbers that no calendar has
        return None
    return found.date().isoformat() if found else None


def _is_title(line: str, rest: str) -> bool:
    """A first line is the title where it is short, ends like no sentence and something follows."""
    line = line.strip()
    return (
        bool(line)
        and len(line) <= _LONGEST_TITLE
        and line[-1] not in ".,;"
        and bool(rest.strip())
        and not _goes_on(line, rest)
    )


def _goes_on(line: str, rest: str) -> bool:
    """True where the lines below only go on with a wrapped one: no line of the block could take another word."""
    block = rest[1:].partition("\n\n")[0].split("\n")
    if (
        len(line) < _SHORTEST_WRAP
        or not block[0].strip()
        or block[0].rstrip()[-1] in '.!?"”'
        or _HEADER.match(block[0])
    ):
        return False
    return max(map(len, block)) < len(line) + 1 + len(block[0].split()[0])
