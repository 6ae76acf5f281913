"""Bytes to text, the same way for all formats: encoding found, line ends made LF, binary files refused."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from kgraph.errors import ReadError

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def decode(data: bytes, *, source: str) -> str:
    """The text of ``data`` with LF line ends. Raises ReadError where it is empty, binary or of no known encoding."""
    if not data.strip():
        raise ReadError(source, "the file is empty; nothing to read")
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    if marked is None and (b"\0" in data or _share_of_controls(data[:4096]) > 0.05):
        raise ReadError(source, "this is a binary file, not text; convert it to text first")
    return _decoded(data, marked, source=source).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, marked: str | None, *, source: str) -> str:
    try:
        return data.decode(marked or "utf-8")
    except UnicodeDecodeError:
        best = None if marked else from_bytes(data).best()
    if best is None:
        raise ReadError(source, "its encoding is unknown; save it as UTF-8")
    return str(best)


def _share_of_controls(data: bytes) -> float:
    allowed = b"\t\n\r\f\x1b"
    return sum(byte < 32 and byte not in allowed for byte in data) / max(1, len(data))
