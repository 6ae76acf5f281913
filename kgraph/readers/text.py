"""Bytes to text, the same way for all formats: encoding found, line ends made LF, binary files refused."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from charset_normalizer import from_bytes

from kgraph.errors import ReadError

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# English has an accent here and there: with fewer bytes beyond ASCII than this, statistics have nothing to go by.
_FEW = 0.2


def decode(data: bytes, *, source: str) -> str:
    """The text of ``data`` with LF line ends. Raises ReadError where it is empty, binary or of no known encoding."""
    if not data.strip():
        raise ReadError(source, "the file is empty; nothing to read")
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    if marked is None and (b"\0" in data or _share_of_controls(data[:4096]) > 0.05):
        raise ReadError(source, "this is a binary file, not text; convert it to text first")
    text = _decoded(data, marked, source=source).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():  # a byte order mark and nothing else
        raise ReadError(source, "the file is empty; nothing to read")
    return text


def lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of ``stream`` without a byte order mark; those of UTF-16 are given in UTF-8.

    UTF-16 is decoded before it is cut, since the byte of a line end also stands inside its characters.
    """
    first = stream.readline()
    if first[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from stream
        return
    rest = codecs.iterdecode(_chunks(first, stream), "utf-16", errors="replace")
    left = ""
    for text in rest:
        *whole, left = (left + text).split("\n")
        yield from (f"{line}\n".encode("utf-8", "replace") for line in whole)
    yield left.encode("utf-8", "replace")


def looks_like_json(head: bytes) -> bool:
    """True where the first character of ``head``, after a byte order mark and blanks, is a brace."""
    marked = head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return head.decode("utf-16" if marked else "utf-8-sig", "ignore").lstrip().startswith("{")


def _chunks(first: bytes, stream: BinaryIO) -> Iterator[bytes]:
    yield first
    while chunk := stream.read(io.DEFAULT_BUFFER_SIZE):
        yield chunk


def _decoded(data: bytes, marked: str | None, *, source: str) -> str:
    try:
        return data.decode(marked or "utf-8")
    except UnicodeDecodeError as err:
        if marked is None and err.reason == "unexpected end of data" and not data[: err.start].isascii():
            return data[: err.start].decode()  # UTF-8 all through, cut within its last character
        western = None if marked else _western(data)
        best = western or (None if marked else from_bytes(data).best())
    if best is None:
        raise ReadError(source, "its encoding is unknown; save it as UTF-8")
    return str(best)


def _western(data: bytes) -> str | None:
    """``data`` as Windows-1252, where it is valid in it and nearly all ASCII; None otherwise."""
    if sum(byte > 127 for byte in data) >= _FEW * len(data):
        return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _share_of_controls(data: bytes) -> float:
    allowed = b"\t\n\r\f\x1b"
    return sum(byte < 32 and byte not in allowed for byte in data) / max(1, len(data))
