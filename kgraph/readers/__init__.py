"""Articles of every format, read into Documents one after the other.

A reader takes a binary stream, the name to give the article and a callback for what cannot be read, and
yields Documents. To add one: a file beside this one and a line in READERS.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from kgraph.errors import ReadError
from kgraph.model import Document
from kgraph.readers import jsonl, markdown, plain
from kgraph.readers.text import looks_like_json

Report = Callable[[ReadError], None]
Reader = Callable[..., Iterator[Document]]

# A new format is one file in this folder and its endings here.
READERS: dict[str, Reader] = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
}


def read_articles(sources: Iterable[str], *, report: Report, stdin: BinaryIO | None = None) -> Iterator[Document]:
    """Documents of files, folders and - (standard input), in order, each id once in its collection.

    ``report`` is called with a ReadError for each article that cannot be read, and with a DateError (no
    failure) where only its date cannot; reading goes on. An article that comes again with the same id and text is
    passed over; with another text in the same collection it is reported.
    """
    seen: dict[tuple[str, str], bytes] = {}
    read: set[tuple[str, bytes]] = set()
    for name, doc in _documents(sources, report=report, stdin=stdin):
        digest = blake2b(doc.text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        if seen.setdefault((doc.collection, doc.id), digest) != digest:
            report(ReadError(name, f"the id {doc.id!r} stands for another article already; give each its own id"))
        elif (doc.id, digest) not in read:
            read.add((doc.id, digest))
            yield doc


def _documents(sources: Iterable[str], *, report: Report, stdin: BinaryIO | None) -> Iterator[tuple[str, Document]]:
    for source in sources:
        if source == "-":
            yield from (("standard input", doc) for doc in _read_stdin(stdin or sys.stdin.buffer, report=report))
            continue
        for path, name in _files(Path(source), report=report):
            found = _read_file(path, name=name, report=report)
            yield from ((str(path), replace(doc, collection=source)) for doc in found)


def _files(path: Path, *, report: Report) -> Iterator[tuple[Path, str]]:
    """Files at or below ``path`` that a reader knows, each with its name relative to what was given."""
    if path.is_dir():
        known = (file for file in sorted(path.rglob("*")) if file.suffix.lower() in READERS and file.is_file())
        found = [(file, file.relative_to(path).as_posix()) for file in known]
        if not found:
            report(ReadError(str(path), f"no articles in this folder; kgraph reads {', '.join(sorted(READERS))}"))
        yield from found
    elif path.exists():
        yield path, path.name
    else:
        report(ReadError(str(path), "no such file or folder; check the path"))


def _read_file(path: Path, *, name: str, report: Report) -> Iterator[Document]:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        report(ReadError(str(path), f"no reader for the ending {path.suffix or '(none)'!r}; kgraph reads {known}"))
        return
    try:
        with path.open("rb") as stream:
            yield from reader(stream, name=name, path=str(path), report=report)
    except ReadError as err:
        report(err)
    except OSError as err:
        report(ReadError(str(path), f"cannot be opened ({err.strerror or err}); check its permissions"))


def _read_stdin(stream: BinaryIO, *, report: Report) -> Iterator[Document]:
    """Standard input: JSON Lines where its first character is a brace, else one plain article."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(_Raw(stream))
    reader = jsonl.read if looks_like_json(buffered.peek(512)) else plain.read
    try:
        yield from reader(buffered, name="stdin", path="standard input", report=report)
    except ReadError as err:
        report(err)
    except OSError as err:
        report(ReadError("standard input", f"cannot be read ({err.strerror or err}); give it again"))


class _Raw(io.RawIOBase):
    """Any binary stream as a raw one, so that a buffer can look ahead in it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]  # typeshed: a writable buffer is what io passes
        data = self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)
