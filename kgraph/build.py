"""The whole way, composed: articles to statements, statements to a store and a graph, a graph to files."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

import networkx as nx

from kgraph.actors import Gazetteer, load_gazetteer
from kgraph.errors import ExportError, InternalError, ReadError, StoreError
from kgraph.export import EXPORTERS
from kgraph.extract import Extraction, extract
from kgraph.extract.pair_model import load_pair_model
from kgraph.graph import WHOLE, View, build_graph
from kgraph.language import load_language, load_pipeline, load_pronouns, parse
from kgraph.language.identify import language_of
from kgraph.layout import lay_out
from kgraph.model import Document, Statement
from kgraph.ontology import Ontology, load_ontology
from kgraph.readers import read_articles
from kgraph.readers.plain import DateError
from kgraph.records import read_statements
from kgraph.store import Store

LEAST = 0.5  # confidence of the statements that are shown; docs/evaluation.md says how it was chosen


@dataclass(frozen=True, slots=True)
class Tables:
    """What statements are read and drawn by: the ontology and the gazetteer, with the user's own files in them."""

    ontology: Ontology
    gazetteer: Gazetteer

    @classmethod
    def load(cls, *, ontology: Path | None = None, actors: Path | None = None) -> Tables:
        """The built-in tables joined by the user's. Raises TableError where one does not have its form."""
        loaded = load_ontology(ontology)
        return cls(loaded, load_gazetteer(loaded, actors))


@dataclass(slots=True)
class Tally:
    """How a run went: documents read, those that failed (each reported), those passed over and why."""

    read: int = 0
    failed: int = 0
    unchanged: int = 0
    languages: dict[str, int] = field(default_factory=dict)


def extract_articles(
    sources: Iterable[str],
    tables: Tables,
    *,
    report: Callable[[ReadError], None],
    tally: Tally,
    model: str | None = None,
    pairs: bool = True,
    least: float = LEAST,
    known: Callable[[Document], bool] | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Extraction]:
    """Mentions and statements of each article in files, folders or - (standard input), in order.

    ``report`` gets a ReadError for each article that failed or, as a DateError, lost its date; ``known`` says which
    need not be read again. ``model`` is another parser; without ``pairs`` cue tables decide without the pair model;
    statements with less confidence than ``least`` are left out. Counts go to ``tally`` while the articles pass. Raises
    ModelError where the parser cannot be loaded.
    """

    def failed(err: ReadError) -> None:
        tally.failed += not isinstance(err, DateError)
        report(err)

    nlp = load_pipeline(model)
    language = load_language(tables.ontology)
    documents = _readable(read_articles(sources, report=failed, stdin=stdin), tally, known)
    found = extract(
        parse(documents, nlp),
        gazetteer=tables.gazetteer,
        language=language,
        ontology=tables.ontology,
        model=load_pair_model() if pairs else None,
        failed=lambda err: _broke(err, tally, report),
    )
    for extraction in found:
        kept = tuple(st for st in extraction.statements if st.confidence >= least)
        yield replace(extraction, statements=kept)


def _broke(err: InternalError, tally: Tally, report: Callable[[ReadError], None]) -> None:
    tally.read -= 1
    tally.failed += 1
    report(err)


def _readable(
    documents: Iterable[Document], tally: Tally, known: Callable[[Document], bool] | None
) -> Iterator[Document]:
    """Documents in English that are not known already."""
    for document in documents:
        code = language_of(document.text)
        if code != "en":
            tally.languages[code] = tally.languages.get(code, 0) + 1
        elif known is not None and known(document):
            tally.unchanged += 1
        else:
            tally.read += 1
            yield document


def make_graph(statements: Mapping[str, Statement], tables: Tables, *, view: View = WHOLE) -> nx.MultiDiGraph:
    """The graph of statements under a view, with Wikidata ids where the gazetteer has them."""
    entries = tables.gazetteer.entries.values()
    graph = build_graph(
        statements.values(),
        ontology=tables.ontology,
        view=view,
        wikidata={entry.actor.id: entry.wikidata for entry in entries if entry.wikidata},
        states=tables.gazetteer.states,
        pronouns=load_pronouns(),
        members=tables.gazetteer.members,
    )
    graph.graph["documents"] = len({st.document for st in statements.values()})
    lay_out(graph)
    return graph


def load_statements(path: Path) -> dict[str, Statement]:
    """The statements of a store or a JSON Lines file, by id. Raises StoreError where it is neither."""
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        try:
            with path.open("rb") as file:
                return by_id(read_statements(file, name=str(path)))
        except OSError as err:
            raise StoreError(f"{path}: cannot be read ({err.strerror or err}); check its permissions") from err
    with Store(path) as store:
        return by_id(store.statements())


def by_id(statements: Iterable[Statement]) -> dict[str, Statement]:
    """A look-up of statements."""
    return {st.id: st for st in statements}


def write_graph(
    graph: nx.MultiDiGraph,
    statements: Mapping[str, Statement],
    path: Path,
    *,
    form: str,
    ontology: Ontology,
    title: str | None = None,
) -> None:
    """Write a graph in one of EXPORTERS; the file appears whole or not at all.

    Raises ExportError for a format that is none and where the file cannot be written.
    """
    writer = EXPORTERS.get(form)
    if writer is None:
        raise ExportError(f"no format {form!r}; kgraph writes {', '.join(sorted(EXPORTERS))}")
    with whole_file(path) as file:
        writer(graph, statements, file, ontology=ontology, title=title)


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A binary file that takes its name only when all has been written."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as err:
        raise ExportError(f"{path}: cannot be written ({err.strerror}); name a file in a folder that is there") from err
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        part.chmod(0o644)
        part.replace(path)
    except OSError as err:
        raise ExportError(f"{path}: cannot be written ({err.strerror or err})") from err
    finally:
        part.unlink(missing_ok=True)
