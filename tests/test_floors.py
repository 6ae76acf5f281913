"""The quality floors of data/floors.toml: always on our own gold, on the public sets where they are given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language as Pipeline

from kgraph.build import Tables, Tally, extract_articles
from kgraph.evaluate import below, evaluate, evaluate_factuality, evaluate_pairs, floors
from kgraph.extract import Extraction
from kgraph.extract.pair_model import CATEGORIES, SIGNS, PairModel
from kgraph.language import Language
from kgraph.model import Mention, Statement
from kgraph.records import read_statements

DATA = Path(__file__).parent.parent / "data"
FLOORS = floors(DATA / "floors.toml")


def read(source: Path, tables: Tables) -> list[Statement]:
    return [st for extraction in extracted(source, tables) for st in extraction.statements]


def mentioned(source: Path, tables: Tables) -> list[Mention]:
    return [mention for extraction in extracted(source, tables) for mention in extraction.mentions]


def extracted(source: Path, tables: Tables) -> Iterator[Extraction]:
    return extract_articles([str(source)], tables, report=print, tally=Tally())


def test_own_gold_stays_above_its_floors(tables: Tables) -> None:
    figures = evaluate("statements", DATA / "gold" / "statements.jsonl", read(DATA / "articles", tables))
    assert below(figures, FLOORS["statements"]) == []


def test_own_facts_stay_above_their_floors(tables: Tables) -> None:
    file = DATA / "gold" / "facts.jsonl"
    assert below(evaluate("facts", file, read(file, tables)), FLOORS["facts"]) == []


@pytest.mark.parametrize("name", ["mentions", "mentions-later"])
def test_own_mentions_stay_above_their_floors(name: str, tables: Tables) -> None:
    figures = evaluate("mentions", DATA / "gold" / f"{name}.jsonl", mentioned(DATA / "articles", tables))
    assert below(figures, FLOORS[name]) == []


@pytest.mark.gold
@pytest.mark.parametrize("name", ["categories", "stance"])
def test_the_pair_model_stays_above_its_floors(name: str, gold: Path) -> None:
    figures = evaluate_pairs(gold / f"{name}.dev.jsonl", PairModel())
    print("pairs", name, figures)
    assert below(figures, FLOORS[f"pairs-{name}"]) == []


@pytest.mark.gold
def test_factuality_stays_above_its_floors(gold: Path, nlp: Pipeline, language: Language) -> None:
    figures = evaluate_factuality(gold / "factuality.dev.jsonl", nlp, language)
    print("factuality", figures)
    assert below(figures, FLOORS["factuality"]) == []


@pytest.mark.gold
def test_public_mentions_stay_above_their_floors(gold: Path, tables: Tables) -> None:
    file = gold / "documents.dev.jsonl"
    figures = evaluate("actors", file, mentioned(file, tables))
    print("actors", figures)
    assert below(figures, FLOORS["actors"]) == []


@pytest.mark.parametrize("name", ["mentions", "mentions-later"])
def test_gold_mentions_lie_where_they_say(name: str) -> None:
    rows = [json.loads(line) for line in (DATA / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = {path.name: path.read_text(encoding="utf-8") for path in (DATA / "articles").iterdir()}
    assert len(rows) >= 400
    assert all(texts[row["document"]][row["start"] : row["end"]] == row["text"] for row in rows)


@pytest.mark.gold
@pytest.mark.parametrize("task", ["documents", "stance", "categories"])
def test_public_gold_stays_above_its_floors(task: str, gold: Path, tables: Tables) -> None:
    file = gold / f"{task}.dev.jsonl"
    figures = evaluate(task, file, read(file, tables))
    print(task, figures)
    assert below(figures, FLOORS[task]) == []


def test_gold_statements_lie_where_they_say() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in (DATA / "articles").iterdir()}

    with (DATA / "gold" / "statements.jsonl").open("rb") as file:
        statements = list(read_statements(file, name="gold"))
    assert len({st.document for st in statements}) == 13
    for st in statements:
        spans = [st.evidence, st.trigger, *(end.mention for end in (st.source, st.target, st.speaker) if end)]
        assert all(texts[st.document][span.start : span.end] == span.text for span in spans if span)


def test_training_sentences_hold_together() -> None:
    rows = [
        json.loads(line)
        for path in sorted((DATA / "training").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert len(rows) >= 6000
    assert len({row["text"] for row in rows}) == len(rows)
    for row in rows:
        actors, acts = row["actors"], row["acts"]
        assert all(row["text"][actor["start"] : actor["end"]] == actor["text"] for actor in actors)
        assert all(act["source"] != act["target"] < len(actors) and act["category"] in CATEGORIES for act in acts)
        assert all(act["sign"] in SIGNS and act["polarity"] in ("affirmed", "negated") for act in acts)


def test_the_example_in_readme_is_what_comes_out(tables: Tables) -> None:
    found = read(DATA / "articles" / "18-doha-taliban.txt", tables)
    st = next(st for st in found if st.relation == "talks_with" and st.polarity == "negated")
    assert (st.source and st.source.id, st.target and st.target.id) == ("taliban", "afghanistan")
    assert (st.modality, st.speaker and st.speaker.id, st.trigger.start) == ("planned", "zabihullah-mujahid", 572)


def test_the_counts_in_readme_hold(tables: Tables) -> None:
    readme = (DATA.parent / "README.md").read_text(encoding="utf-8")
    assert f"**Relations**: {len(tables.ontology.relations)} in four families" in readme
    assert f"a gazetteer of {len(tables.gazetteer.entries):,} states" in readme
