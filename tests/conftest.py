"""What the tests share: the tables and the parser, loaded once; commands run in process; statements made by hand."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings
from spacy.language import Language as Pipeline

from kgraph.build import Tables
from kgraph.cli import cli
from kgraph.language import Language, load_language, load_pipeline
from kgraph.model import Actor, Article, Span, Statement
from kgraph.ontology import default_ontology

# The same examples in every run, as fast or slow as the machine is.
settings.register_profile("kgraph", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("kgraph")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--gold", metavar="DIR", type=Path, help="Measure on the annotated public data in this folder.")


@pytest.fixture(scope="session")
def gold(request: pytest.FixtureRequest) -> Path:
    """The folder of annotated public data."""
    folder: Path | None = request.config.getoption("--gold")
    if folder is None:
        pytest.skip("needs annotated data that is not part of the repository; give its folder by --gold DIR")
    assert folder.is_dir(), f"--gold {folder}: there is no such folder"
    return folder


@pytest.fixture(scope="session")
def tables() -> Tables:
    """The built-in ontology and gazetteer."""
    return Tables.load()


@pytest.fixture(scope="session")
def nlp() -> Pipeline:
    """The built-in parser."""
    return load_pipeline()


@pytest.fixture(scope="session")
def language(tables: Tables) -> Language:
    """The English tables."""
    return load_language(tables.ontology)


@pytest.fixture
def kgraph(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """Runs a command in process, in the test's own folder; the parser is loaded once for all, and only where needed."""

    def pipeline(model: str | None = None) -> Pipeline:
        loaded: Pipeline = load_pipeline(model) if model else request.getfixturevalue("nlp")
        return loaded

    def run(*args: object, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(cli, [str(arg) for arg in args], input=stdin, prog_name="kgraph")

    monkeypatch.setattr("kgraph.build.load_pipeline", pipeline)
    monkeypatch.chdir(tmp_path)
    return run


@pytest.fixture
def statement() -> Callable[..., Statement]:
    """Makes statements: ``statement("iran", "condemns", "israel", date="2025-06-14", **other_fields)``.

    Ends are Actors, or ids of states. Each statement has an id (s1, s2, …), an event and a sentence of its own.
    """
    numbers = count(1)

    def make(source: Actor | str | None, relation: str, target: Actor | str | None, **fields: Any) -> Statement:
        return _statement(next(numbers), source, relation, target, **fields)

    return make


def _statement(
    number: int,
    source: Actor | str | None,
    relation: str,
    target: Actor | str | None,
    *,
    document: str = "one.txt",
    date: str | None = "2025-06-14",
    publisher: str | None = None,
    polarity: str = "affirmed",
    **fields: Any,
) -> Statement:
    known = default_ontology().relations.get(relation)
    start = 1000 * number
    one = _end(source, start)
    verb = Span(start + 100, start + 100 + len(relation), relation)
    other = _end(target, start + 200)
    given: dict[str, Any] = {
        "id": f"s{number}",
        "document": document,
        "article": Article(date=date, publisher=publisher),
        "event": f"e{number}",
        "source": one,
        "target": other,
        "relation": relation,
        "family": known.family if known else "event",
        "category": known.category if known else None,
        "sign": known.signed(polarity) if known else 0,
        "polarity": polarity,
        "modality": "actual",
        "trigger": verb,
        "evidence": Span(start, start + 300, f"Sentence {number}".ljust(300, ".")),
        "confidence": 0.8,
        "method": "lexicon",
    }
    return Statement(**{**given, **fields})


def _end(actor: Actor | str | None, start: int) -> Actor | None:
    if not isinstance(actor, str):
        return actor
    name = actor.replace("-", " ").title()
    return Actor(actor, name, "state", sector="GOV", mention=Span(start, start + len(name), name))
