"""Statements and mentions as JSON Lines, and back."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kgraph.errors import StoreError
from kgraph.model import Actor, Agreement, Article, Mention, Span, Statement, TimeInterval
from kgraph.records import (
    mention_to_record,
    read_statements,
    statement_from_record,
    statement_to_record,
    write_records,
)

Make = Callable[..., Statement]

# The order in which the format is written down.
KEYS = [
    *("id", "document", "article", "event", "source", "target", "relation", "family", "category", "sign", "polarity"),
    *("modality", "speaker", "via", "quoted", "time", "place", "topic", "agreement", "trigger", "evidence"),
    *("confidence", "method"),
]

texts = some.text(some.characters(exclude_categories=()), max_size=12)
maybe = some.none() | texts
spans = some.builds(Span, some.integers(0), some.integers(0), texts)
actors = some.builds(Actor, texts, texts, texts, maybe, maybe, some.none() | spans)
words = some.lists(texts, max_size=2).map(tuple)
agreements = some.builds(Agreement, texts, words, texts, words, maybe, maybe, words, words, maybe)
statements = some.builds(
    Statement,
    id=texts,
    document=texts,
    article=some.builds(Article, maybe, maybe, maybe, maybe),
    event=texts,
    source=some.none() | actors,
    target=some.none() | actors,
    relation=texts,
    family=texts,
    category=maybe,
    sign=some.sampled_from([-1, 0, 1]),
    polarity=texts,
    modality=texts,
    trigger=spans,
    evidence=spans,
    confidence=some.floats(0, 1),
    method=texts,
    speaker=some.none() | actors,
    via=some.lists(actors, max_size=2).map(tuple),
    quoted=some.booleans(),
    time=some.none() | some.builds(TimeInterval, maybe, maybe, texts),
    place=some.none() | actors,
    topic=maybe,
    agreement=some.none() | agreements,
)


def read(content: bytes) -> list[Statement]:
    return list(read_statements(io.BytesIO(content), name="st.jsonl"))


@given(some.lists(statements, max_size=2))
def test_statements_come_back_from_their_file_as_they_were(made: list[Statement]) -> None:
    file = io.BytesIO()
    write_records(map(statement_to_record, made), file)
    assert read(file.getvalue()) == made


@given(statements)
def test_record_has_the_keys_of_the_format_in_their_order(made: Statement) -> None:
    assert list(statement_to_record(made)) == KEYS


def test_record_has_the_fields_of_the_format_within(statement: Make) -> None:
    made = statement(
        "iran", "signs_agreement", "russia", agreement=Agreement("a", ("trade",), "signed", ("iran", "russia"))
    )
    record = statement_to_record(made)
    assert list(record["article"]) == ["title", "date", "publisher", "url"]
    assert list(record["source"]) == ["id", "name", "type", "country", "sector", "mention"]
    assert list(record["trigger"]) == ["start", "end", "text"]
    terms = ["duration", "date", "includes", "excludes", "mediator"]
    assert list(record["agreement"]) == ["id", "kind", "status", "parties", *terms]


def test_record_is_plain_json(statement: Make) -> None:
    record = statement_to_record(statement("iran", "condemns", "israel", via=(Actor("tasnim", "Tasnim", "media"),)))
    assert json.loads(json.dumps(record)) == record


def test_mention_tells_its_place_and_its_actor() -> None:
    mention = Mention("one.txt", Span(4, 10, "Tehran"), Actor("iran", "Iran", "state", "IRN", "GOV"), "seat")
    record = mention_to_record(mention)
    assert list(record)[:5] == ["document", "start", "end", "text", "actor"]
    assert record["actor"] == {"id": "iran", "name": "Iran", "type": "state", "country": "IRN", "sector": "GOV"}


def test_file_is_utf8_with_letters_as_they_are(statement: Make) -> None:
    file = io.BytesIO()
    write_records([{"name": "Türkiye"}, {"name": "lone \ud800"}], file)
    assert file.getvalue().splitlines() == ['{"name": "Türkiye"}'.encode(), b'{"name": "lone \\ud800"}']


def test_blank_lines_are_passed_over(statement: Make) -> None:
    line = json.dumps(statement_to_record(statement("iran", "condemns", "israel"))).encode()
    assert [st.id for st in read(b"\n" + line + b"\n\n")] == ["s1"]


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(b"{oops", id="no JSON"),
        pytest.param(b"[1]", id="no object"),
        pytest.param(b'{"id": "s1"}', id="fields missing"),
        pytest.param(b"\xff\xfe\xfa", id="no UTF-8"),
        pytest.param(
            b'{"id": 1' + b"0" * 5000 + b"}",
            id="huge number",
        ),
        pytest.param(
            b"[" * 100_000,
            id="deep nesting",
        ),
    ],
)
def test_bad_line_is_named(statement: Make, bad: bytes) -> None:
    line = json.dumps(statement_to_record(statement("iran", "condemns", "israel"))).encode()
    with pytest.raises(StoreError, match=r"^st\.jsonl line 2: "):
        read(line + b"\n" + bad + b"\n")


@pytest.mark.parametrize("key", KEYS)
def test_record_without_a_field_is_refused(statement: Make, key: str) -> None:
    record = statement_to_record(statement("iran", "condemns", "israel"))
    del record[key]
    with pytest.raises(StoreError, match=f"{key}.*make the file again by kgraph extract"):
        statement_from_record(record)


@pytest.mark.parametrize(
    ("key", "value"),
    [("source", "iran"), ("via", None), ("trigger", {"start": 1}), ("article", []), ("agreement", {"id": "a"})],
)
def test_field_of_another_form_is_refused(statement: Make, key: str, value: object) -> None:
    record = {**statement_to_record(statement("iran", "condemns", "israel")), key: value}
    with pytest.raises(StoreError, match="no statement that kgraph wrote"):
        statement_from_record(record)
