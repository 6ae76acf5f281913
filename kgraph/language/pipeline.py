"""The spaCy pipeline: found, checked, loaded; and documents parsed with paragraphs kept apart.

The text that is parsed has the length of the document's own, so a token's ``idx`` plus the part's offset is
its place in the document.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from kgraph.errors import ModelError
from kgraph.language.segments import datelines, ends_sentence, mask, paragraph_starts, parts
from kgraph.language.words import split_glued
from kgraph.model import Document
from kgraph.ontology import TABLES, read_table

LONGEST_PART = 20_000  # characters; the parser's memory grows with the text it is given at once
_MOST_PIECES, _MOST_CHARACTERS = 64, 100_000  # of a batch
_HALF = re.compile("[\ud800-\udfff]")  # JSON can hold half of a character, spaCy cannot
_REQUIRED = ("tagger", "parser", "ner")


@dataclass(frozen=True, slots=True)
class ParsedPart:
    """A document, or as much of a long one as is parsed at once; ``offset`` is where its text starts."""

    document: Document
    doc: Doc
    offset: int
    last: bool


def load_pipeline(model: str | None = None) -> Pipeline:
    """The bare spaCy pipeline: the built-in one, or an installed model or a path given as ``model``.

    Raises ModelError where it is not there, is damaged (its files differ from the digests kept in
    ``tables/parser.toml``) or has no tagger, parser and named entities.
    """
    path: str | Path = model if model is not None else _builtin()
    try:
        with warnings.catch_warnings():
            # W095: the weights were trained under spaCy 3.7; measured under 3.8, where they parse the same.
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            nlp = spacy.load(path)
    except (OSError, ValueError) as err:
        raise ModelError(f"no spaCy model {str(path)!r}: {err}; give an installed model or a path") from err
    missing = [name for name in _REQUIRED if name not in nlp.pipe_names]
    if missing:
        raise ModelError(f"the spaCy model {str(path)!r} lacks {', '.join(missing)}; take en_core_web_md or larger")
    return nlp


def parse(documents: Iterable[Document], nlp: Pipeline) -> Iterator[ParsedPart]:
    """Documents parsed, in order; long ones in parts that break between paragraphs."""
    pieces = (piece for document in documents for piece in _pieces(nlp, document))
    for batch in _batches(pieces):
        for doc, (document, start, end) in nlp.pipe(batch, as_tuples=True, batch_size=len(batch)):
            yield ParsedPart(document=document, doc=doc, offset=start, last=end >= len(document.text))


_Piece = tuple[Doc, tuple[Document, int, int]]


def _batches(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces in batches that are large enough to be fast, and small enough for memory."""
    batch: list[_Piece] = []
    characters = 0
    for piece in pieces:
        batch.append(piece)
        characters += piece[1][2] - piece[1][1]
        if len(batch) >= _MOST_PIECES or characters >= _MOST_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _pieces(nlp: Pipeline, document: Document) -> Iterator[_Piece]:
    text = _HALF.sub("\ufffd", mask(document.text, [*document.masked, *datelines(document.text)]))
    for start, end in parts(text, longest=LONGEST_PART):
        yield _make_doc(nlp, text[start:end]), (document, start, end)


def _make_doc(nlp: Pipeline, text: str) -> Doc:
    """Tokens of a text, as long as it is, with a sentence start at each of its lines."""
    starts = paragraph_starts(text)
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in pairwise([*starts, len(text)]):
        for word, space in _line(nlp, text[start:end]):
            words.append(word)
            spaces.append(space)
    doc = split_glued(Doc(nlp.vocab, words=words, spaces=spaces))
    position = iter(starts)
    awaited = next(position, None)
    for token in doc:
        if awaited is not None and token.idx >= awaited and not token.is_space:
            token.is_sent_start = True
            while awaited is not None and token.idx >= awaited:
                awaited = next(position, None)
    return doc


def _line(nlp: Pipeline, line: str) -> Iterator[tuple[str, bool]]:
    """The words of a line, each with whether a space follows; white space is parsed as spaces.

    A line that ends like no sentence (a headline, a caption) is given a full stop in the place of its line end: the
    parser decides on the sentence behind it by what stands before, and would tear its subject off.
    """
    body = re.sub(r"\s", " ", line.rstrip())
    stop = "." if body.strip() and len(body) < len(line) and not ends_sentence(body) else ""
    rest = len(line) - len(body) - len(stop)
    tokens = [(token.text, bool(token.whitespace_)) for token in nlp.make_doc(body)]
    if stop:
        tokens.append((stop, False))
    if tokens and rest:
        tokens[-1], rest = (tokens[-1][0], True), rest - 1
    yield from tokens
    if rest:
        yield " " * rest, False


def _builtin() -> Path:
    """The folder of the built-in weights. Raises ModelError where it is missing or damaged."""
    table = read_table(TABLES / "parser.toml")
    spec = importlib.util.find_spec(table["package"])
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"the parser's weights are not installed; run: pip install {table['requirement']}")
    folder = Path(spec.submodule_search_locations[0]) / str(table["folder"])
    for name, digest in table["sha256"].items():
        if not _matches(folder / name, digest):
            raise ModelError(
                f"{folder / name} is missing or is not the file that kgraph was measured with (SHA-256 differs); "
                f"run: pip install --force-reinstall {table['requirement']}"
            )
    return folder


def _matches(path: Path, digest: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False
