"""The parser: found and checked before it is loaded, and documents parsed with their offsets kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language as Pipeline

from kgraph.errors import ModelError
from kgraph.language import load_pipeline, parse, pipeline
from kgraph.model import Document
from kgraph.ontology import TABLES, read_table

GOOD = b"[nlp]\n"


@pytest.fixture(scope="module")
def blank() -> Pipeline:
    return spacy.blank("en")


@pytest.fixture
def weights(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Path]:
    """Makes a package of weights with one file, and has the table of digests name it."""

    def make(*, content: bytes, package: str = "kgraph_test_weights") -> Path:
        folder = tmp_path / "kgraph_test_weights" / "model"
        folder.mkdir(parents=True)
        (folder.parent / "__init__.py").touch()
        (folder / "config.cfg").write_bytes(content)
        table: dict[str, Any] = {
            "package": package,
            "folder": "model",
            "requirement": "test-weights==1.0",
            "sha256": {"config.cfg": hashlib.sha256(GOOD).hexdigest()},
        }
        monkeypatch.syspath_prepend(str(tmp_path))
        monkeypatch.setattr(pipeline, "read_table", lambda path: table)
        return folder / "config.cfg"

    return make


def test_the_digests_of_the_table_are_those_of_the_installed_weights() -> None:
    table = read_table(TABLES / "parser.toml")
    folder = pipeline._builtin()
    on_disk = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert set(table["sha256"]) <= on_disk
    assert {"tok2vec/model", "tagger/model", "parser/model", "ner/model", "vocab/vectors"} <= set(table["sha256"])


def test_weights_that_differ_from_their_digest_are_refused(weights: Callable[..., Path]) -> None:
    path = weights(content=GOOD + b"damaged")
    with pytest.raises(ModelError, match=r"config\.cfg is missing or is not the file.*test-weights==1\.0"):
        load_pipeline()
    path.unlink()
    with pytest.raises(ModelError, match=r"config\.cfg is missing"):
        load_pipeline()


def test_weights_that_match_their_digest_are_loaded(weights: Callable[..., Path]) -> None:
    weights(content=GOOD)
    with pytest.raises(ModelError, match="no spaCy model"):  # the one file is as it should be, and is no model
        load_pipeline()


def test_missing_weights_are_named_with_the_command_that_installs_them(weights: Callable[..., Path]) -> None:
    weights(content=GOOD, package="kgraph_test_no_such_package")
    with pytest.raises(ModelError, match=r"pip install test-weights==1\.0"):
        load_pipeline()


def test_an_unknown_model_is_named() -> None:
    with pytest.raises(ModelError, match="en_no_such_model"):
        load_pipeline("en_no_such_model")


def test_a_model_without_parser_and_entities_is_refused(blank: Pipeline, tmp_path: Path) -> None:
    blank.to_disk(tmp_path)
    with pytest.raises(ModelError, match="lacks tagger, parser, ner"):
        load_pipeline(str(tmp_path))


def test_each_paragraph_starts_a_sentence(blank: Pipeline) -> None:
    (part,) = parse([Document(id="d", text="Talks resume\nEnvoys met on Monday.\n\n  Rain fell.")], blank)
    starts = [token.text for token in part.doc if token.is_sent_start]
    assert starts == ["Talks", "Envoys", "Rain"]


def test_tokens_stand_where_they_stand_in_the_document(nlp: Pipeline) -> None:
    text = "Envoys met.\n\n\tUSairstrikes hit\u00a0the  camp.\r\n“Done”, he said…"
    (part,) = parse([Document(id="d", text=text)], nlp)
    assert len(part.doc.text) == len(text)
    words = [token for token in part.doc if not token.is_space]
    assert [text[token.idx : token.idx + len(token)] for token in words] == [token.text for token in words]
    assert {"US", "airstrikes"} <= {token.text for token in words}


def test_masked_ranges_are_not_parsed(blank: Pipeline) -> None:
    text = "date: Monday\nEnvoys met."
    (part,) = parse([Document(id="d", text=text, masked=((0, 12),))], blank)
    words = [token for token in part.doc if not token.is_space]
    assert [token.text for token in words] == ["Envoys", "met", "."]
    assert words[0].idx == text.index("Envoys")


def test_a_long_text_comes_in_parts_that_know_where_they_start(
    blank: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "LONGEST_PART", 40)
    text = "".join(f"Envoy {number} met the minister.\n" for number in range(10))
    found = list(parse([Document(id="d", text=text), Document(id="e", text="Short.")], blank))
    long = [part for part in found if part.document.id == "d"]
    assert len(long) > 5
    assert "".join(part.doc.text for part in long) == text.replace("\n", " ")
    assert [part.offset for part in long] == [text.index(part.doc.text.rstrip()) for part in long]
    assert [part.last for part in found] == [False] * (len(long) - 1) + [True, True]


@pytest.mark.parametrize("text", ["", " \n "], ids=["empty", "blank"])
def test_texts_without_words_are_parsed_to_nothing(text: str, nlp: Pipeline) -> None:
    (part,) = parse([Document(id="d", text=text)], nlp)
    assert part.last
    assert not part.doc.text.strip()


def test_a_text_with_half_a_character_is_parsed_all_the_same(blank: Pipeline) -> None:
    text = "Envoys met \ud800 again."
    (part,) = parse([Document(id="d", text=text)], blank)
    assert len(part.doc.text) == len(text)
