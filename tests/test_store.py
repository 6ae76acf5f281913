"""One file of documents and statements: added, found again, replaced, and what is no store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kgraph.errors import StoreError
from kgraph.model import Document, Statement
from kgraph.store import SCHEMA, Store

Make = Callable[..., Statement]

DOCUMENT = Document("one.txt", "Iran condemned Israel.", title="Talks", date="2025-06-14", collection="june")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


def kept(path: Path) -> list[str]:
    with Store(path) as store:
        return [st.id for st in store.statements()]


def database(path: Path, *, version: int = 0) -> None:
    """A database that is none of kgraph's."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(f"CREATE TABLE birds (name TEXT); PRAGMA user_version = {version};")


def test_statements_come_back_as_they_were(path: Path, statement: Make) -> None:
    made = [statement("iran", "condemns", "israel"), statement(None, "bombs", "iran")]
    with Store(path, create=True) as store:
        store.add(DOCUMENT, made)
    with Store(path) as store:
        assert list(store.statements()) == made
        assert store.count_documents() == 1


def test_statements_come_by_collection_document_and_place(path: Path, statement: Make) -> None:
    with Store(path, create=True) as store:
        for collection, name in (("june", "b"), ("june", "a"), ("april", "c")):
            made = [statement("iran", "condemns", "israel", id=f"{name}{i}") for i in range(11)]
            store.add(replace(DOCUMENT, id=name, collection=collection), made)
    assert kept(path) == [f"{name}{i}" for name in "cab" for i in range(11)]


def test_document_is_known_once_it_is_added(path: Path) -> None:
    with Store(path, create=True) as store:
        assert not store.has(DOCUMENT)
        store.add(DOCUMENT, [])
        assert store.has(DOCUMENT)


@pytest.mark.parametrize("field", ["text", "title", "date", "publisher", "url"])
def test_document_is_no_more_known_when_it_changes(path: Path, field: str) -> None:
    changed: dict[str, Any] = {field: "2025-06-15"}
    with Store(path, create=True) as store:
        store.add(DOCUMENT, [])
        assert not store.has(replace(DOCUMENT, **changed))


def test_document_that_comes_again_takes_the_place_of_the_old(path: Path, statement: Make) -> None:
    with Store(path, create=True) as store:
        store.add(DOCUMENT, [statement("iran", "condemns", "israel", id="old")] * 2)
        store.add(replace(DOCUMENT, text="New text."), [statement("iran", "bombs", "israel", id="new")])
        assert store.count_documents() == 1
    assert kept(path) == ["new"]


def test_documents_of_one_id_in_two_collections_are_two(path: Path, statement: Make) -> None:
    with Store(path, create=True) as store:
        for collection in ("june", "may"):
            store.add(
                replace(DOCUMENT, collection=collection), [statement("iran", "condemns", "israel", id=collection)]
            )
        assert store.count_documents() == 2
    assert kept(path) == ["june", "may"]


def test_documents_added_before_an_error_are_kept(path: Path, statement: Make) -> None:
    with pytest.raises(KeyboardInterrupt), Store(path, create=True) as store:
        store.add(DOCUMENT, [statement("iran", "condemns", "israel", id="before")])
        raise KeyboardInterrupt
    assert kept(path) == ["before"]


def test_document_is_added_whole_or_not_at_all(path: Path, statement: Make) -> None:
    def broken() -> Iterator[Statement]:
        yield statement("iran", "condemns", "israel")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Store(path, create=True) as store:
        store.add(DOCUMENT, broken())
    with Store(path) as store:
        assert not store.has(DOCUMENT)
        assert list(store.statements()) == []


def test_lone_surrogates_in_metadata_are_no_hindrance(path: Path) -> None:
    with Store(path, create=True) as store:
        store.add(replace(DOCUMENT, id="\ud800", title="\udfff"), [])


def test_lone_surrogates_in_statements_come_back(path: Path, statement: Make) -> None:
    made = statement("iran", "condemns", "israel", topic="lone \ud800")
    with Store(path, create=True) as store:
        store.add(DOCUMENT, [made])
        assert list(store.statements()) == [made]


def test_store_says_which_schema_it_has(path: Path) -> None:
    Store(path, create=True).__exit__(None, None, None)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA,)


def test_store_that_is_not_there_is_made_only_where_asked_for(path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such store; make one by kgraph build --store"):
        Store(path)
    assert not path.exists()


@pytest.mark.parametrize("create", [False, True])
def test_database_of_others_is_refused_and_left_alone(path: Path, create: bool) -> None:
    database(path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="none that kgraph made; name another file"):
        Store(path, create=create)
    assert path.read_bytes() == before


def test_database_of_others_with_a_version_is_refused_and_left_alone(path: Path) -> None:
    database(path, version=SCHEMA)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="none that kgraph made"):
        Store(path, create=True)
    assert path.read_bytes() == before


def test_store_of_a_newer_kgraph_is_refused(path: Path) -> None:
    Store(path, create=True).__exit__(None, None, None)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    with pytest.raises(StoreError, match=r"newer kgraph .*; update kgraph"):
        Store(path)


@pytest.mark.parametrize("create", [False, True])
def test_file_that_is_no_database_is_refused(path: Path, create: bool) -> None:
    path.write_bytes(b"Talks resume in Geneva. " * 100)
    with pytest.raises(StoreError, match="not a database"):
        Store(path, create=create)


def test_empty_file_is_no_store_yet(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError, match="empty database; make a store by"):
        Store(path)


@pytest.mark.parametrize(
    "record", ["'{oops'", "'{}'", "CAST(x'ff' AS TEXT)"], ids=["no JSON", "no statement", "no UTF-8"]
)
def test_damaged_record_is_told_as_an_error_of_the_store(path: Path, statement: Make, record: str) -> None:
    with Store(path, create=True) as store:
        store.add(DOCUMENT, [statement("iran", "condemns", "israel")])
    with closing(sqlite3.connect(path)) as db:
        db.executescript(f"UPDATE statements SET record = {record};")
    with pytest.raises(StoreError, match=path.name):
        kept(path)


def test_overwritten_store_is_told_as_an_error_of_the_store(path: Path, statement: Make) -> None:
    with Store(path, create=True) as store:
        store.add(DOCUMENT, [statement("iran", "condemns", "israel") for _ in range(200)])
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\x55" * 4096
    path.write_bytes(content)
    with pytest.raises(StoreError, match=path.name):
        kept(path)


def test_store_cut_short_is_told_as_an_error_of_the_store(path: Path, statement: Make) -> None:
    with Store(path, create=True) as store:
        store.add(DOCUMENT, [statement("iran", "condemns", "israel") for _ in range(200)])
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(StoreError, match=path.name):
        kept(path)
