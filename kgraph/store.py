"""One SQLite file of documents and statements, from which every graph can be made again.

Documents are told apart by (collection, id); a change is found by the digest of their text and metadata.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from types import TracebackType

from kgraph.errors import StoreError
from kgraph.model import Document, Statement
from kgraph.records import statement_from_record, statement_to_record

SCHEMA = 1
APPLICATION = 0x6B677068  # "kgph": marks a database as kgraph's own (PRAGMA application_id)
_TABLES = f"""
CREATE TABLE IF NOT EXISTS documents (
    collection TEXT NOT NULL, id TEXT NOT NULL, digest TEXT NOT NULL,
    title TEXT, date TEXT, publisher TEXT, url TEXT,
    PRIMARY KEY (collection, id)
);
CREATE TABLE IF NOT EXISTS statements (
    collection TEXT NOT NULL, document TEXT NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (collection, document, position),
    FOREIGN KEY (collection, document) REFERENCES documents (collection, id) ON DELETE CASCADE
);
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {SCHEMA};
"""


class Store:
    """An open store; a context manager. Each document is committed as it is added.

    Raises StoreError where the file is none or another process writes to it.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        if not create and not path.is_file():
            raise StoreError(f"{path}: there is no such store; make one by kgraph build --store {path}")
        self._path = path
        with self._telling():
            self._db = sqlite3.connect(path, timeout=5)
        try:
            with self._telling():
                self._db.execute("PRAGMA foreign_keys = ON")
                self._prepare(create)
        except StoreError:
            self._db.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._telling(), closing(self._db):
            self._db.rollback()  # all that is whole has been committed

    def has(self, document: Document) -> bool:
        """True where this very text with these metadata is in the store."""
        row = self._run("SELECT digest FROM documents WHERE collection = ? AND id = ?", *_key(document)).fetchone()
        return row is not None and row[0] == digest(document)

    def add(self, document: Document, statements: Iterable[Statement]) -> None:
        """Put a document and its statements in, in place of what the store had of it: whole or, by an error, not."""
        with self._telling(), self._db:
            self._put(document, statements)

    def _put(self, document: Document, statements: Iterable[Statement]) -> None:
        key = _key(document)
        self._run("DELETE FROM documents WHERE collection = ? AND id = ?", *key)
        self._run(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)",
            *key,
            digest(document),
            *(known and _text(known) for known in (document.title, document.date, document.publisher, document.url)),
        )
        for position, st in enumerate(statements):
            record = json.dumps(statement_to_record(st))
            self._run("INSERT INTO statements VALUES (?, ?, ?, ?, ?)", *key, position, _text(st.id), record)

    def statements(self) -> Iterator[Statement]:
        """All statements, by collection, document and place in it. Raises StoreError where one is damaged."""
        with self._telling():
            for (record,) in self._run("SELECT record FROM statements ORDER BY collection, document, position"):
                yield self._read(record)

    def count_documents(self) -> int:
        return int(self._run("SELECT count(*) FROM documents").fetchone()[0])

    def _read(self, record: str) -> Statement:
        try:
            return statement_from_record(json.loads(record))
        except (ValueError, RecursionError, StoreError) as err:
            raise StoreError(
                f"{self._path}: a damaged statement ({err}); delete the file and make it again by kgraph build --store"
            ) from err

    def _prepare(self, create: bool) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        tables = {name for (name,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        ours = self._db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
        if not ours and (tables or version):
            raise StoreError(f"{self._path}: a database, but none that kgraph made; name another file")
        if version > SCHEMA:
            raise StoreError(f"{self._path}: the store is of a newer kgraph (schema {version}); update kgraph")
        if create:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.executescript(_TABLES)
        elif "statements" not in tables:
            raise StoreError(f"{self._path}: an empty database; make a store by kgraph build --store {self._path}")

    def _run(self, statement: str, *values: object) -> sqlite3.Cursor:
        with self._telling():
            return self._db.execute(statement, values)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Errors of SQLite as StoreErrors that name the file."""
        try:
            yield
        except sqlite3.Error as err:
            raise self._failed(err) from err

    def _failed(self, err: sqlite3.Error) -> StoreError:
        reason = (
            "another kgraph is writing to it; wait until it is done"
            if "locked" in str(err)
            else f"cannot be used ({err}); name another file, or delete it and make it again by kgraph build --store"
        )
        return StoreError(f"{self._path}: {reason}")


def _key(document: Document) -> tuple[str, str]:
    return _text(document.collection), _text(document.id)


def _text(value: str) -> str:
    """``value`` as SQLite takes it: half characters, as in names of files that are no UTF-8, become escapes."""
    return value.encode("utf-8", "backslashreplace").decode()


def digest(document: Document) -> str:
    """A digest of all that a document's statements depend on."""
    parts = (document.text, document.title, document.date, document.publisher, document.url)
    return blake2b(
        "\x1f".join(part or "" for part in parts).encode("utf-8", "surrogatepass"), digest_size=16
    ).hexdigest()
