"""Markdown: block structure by markdown-it; code, tables and markup are masked, so that offsets stay the file's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from markdown_it import MarkdownIt

from kgraph.model import Document
from kgraph.readers.plain import headers
from kgraph.readers.text import decode

_NO_PROSE = {"fence", "code_block", "html_block", "table_open", "hr"}
_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
# Markup around words: heading signs, list bullets, quote signs, emphasis, inline code, link targets, footnote marks.
# Lengths are bounded, so that a text of brackets without end takes no time without end.
_MARKUP = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+|>[ \t]?)+"
    r"|^ {0,3}\[[^\]\n]{1,500}\]:[ \t]*\S.*$"
    r"|!\[[^\]]{0,500}\]\([^)]{0,2000}\)|\]\((?:[^()\s]|\([^()\s]{0,500}\))*(?:[ \t]+\"[^\"]{0,500}\")?\)"
    r"|\]\[[^\]\n]{0,500}\]|\[(?=[^\]]{0,500}\][(\[])|\[\^[^\]]{0,500}\]"
    r"|(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|`+|</?[A-Za-z][^>]{0,2000}>",
    re.MULTILINE,
)


def read(stream: BinaryIO, *, name: str, path: str, report: Any) -> Iterator[Document]:
    """The one article of a Markdown file. Front matter or header lines may give title, date, source and url."""
    text = decode(stream.read(), source=path)
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else 0
    heading = _heading(text, start, "#")
    fields, masked = headers(
        front[1] if front else text, path=path, report=report, titled=heading is None, only=front is not None
    )
    ranges = [front.span()] if front else list(masked)
    fields = {key: value.strip("\"'") for key, value in fields.items()}
    if "title" in fields:
        fields["title"] = _MARKUP.sub("", fields["title"]).rstrip("# \t").strip()
    ranges += _blocks(text)
    ranges += [found.span() for found in _MARKUP.finditer(text)]
    known: dict[str, Any] = {"title": heading or _heading(text, start, "##"), **fields}
    yield Document(id=fields.get("url") or name, text=text, masked=tuple(sorted(ranges)), **known)


def _blocks(text: str) -> list[tuple[int, int]]:
    """Character ranges of the blocks that hold no prose."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    lines = [token.map for token in tokens if token.type in _NO_PROSE and token.map]
    return [(starts[first], min(len(text), starts[last] - 1)) for first, last in lines]


def _heading(text: str, start: int, sign: str) -> str | None:
    """The first heading of a level, without its markup."""
    found = re.compile(rf"^{sign}[ \t]+(.+?)[ \t#]*$", re.MULTILINE).search(text, start)
    return _MARKUP.sub("", found[1]).strip() if found else None
