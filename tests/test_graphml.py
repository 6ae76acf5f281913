"""GraphML reads back equal, attribute by attribute, whatever the articles say."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as some

from kgraph.export import EXPORTERS
from kgraph.graph import build_graph
from kgraph.model import Span, Statement
from kgraph.ontology import default_ontology

Make = Callable[..., Statement]

XML = "{http://graphml.graphdrawing.org/xmlns}"
# What XML 1.0 allows (section 2.2); the rest cannot stand in a file and is left out.
FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HOSTILE = [
    "<script>alert('x')</script> & \"quotes\"",
    "]]> --> <!-- <![CDATA[",
    "one\ntwo\n\n  three\t",
    "الجمهورية الإسلامية ‮ Iran",
    "🇮🇷 🤝 👩‍👩‍👧",
    "bell\x07 nul\x00 escape\x1b end",
    "lone \ud800 surrogate \udfff",
    "\ufffe\uffff",
    " leading and trailing ",
    "NaN",
    "true",
    "",
    "long " * 20_000,
]
texts = some.text(some.characters(exclude_categories=(), exclude_characters="\r"), max_size=40)


def node(label: str, **known: Any) -> dict[str, Any]:
    """A node as build_graph gives it."""
    row = {
        "label": label,
        "type": "state",
        "country": "",
        "sector": "",
        "aliases": [],
        "mentions": 1,
        "statements": ["s1"],
    }
    return {**row, "first": "", "last": "", "wikidata": "", **known}


def edge(key: str, **known: Any) -> dict[str, Any]:
    """An edge as build_graph gives it."""
    words = {"id": key, "relation": "condemns", "label": "condemns", "inverse": "is condemned by", "family": "stance"}
    words |= {"category": "ACCUSE", "polarity": "affirmed", "modality": "actual", "first": "", "last": ""}
    numbers = {"sign": -1, "symmetric": False, "count": 1, "documents": 1, "publishers": 0, "confidence": 0.9}
    return {**words, **numbers, "speakers": [], "disputed": False, "statements": ["s1", "s2"], **known}


def graph_of(*edges: tuple[str, str, dict[str, Any]], **nodes: dict[str, Any]) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph(statements=len(edges), hidden=0, first="2025-06-14", last="2025-06-20")
    graph.add_nodes_from(nodes.items())
    for source, target, data in edges:
        graph.add_edge(source, target, key=data["id"], **data)
    return graph


def written(graph: nx.MultiDiGraph, *statements: Statement, title: str | None = None) -> bytes:
    file = io.BytesIO()
    lookup = {st.id: st for st in statements}
    EXPORTERS["graphml"](graph, lookup, file, ontology=default_ontology(), title=title)
    return file.getvalue()


def read_back(graph: nx.MultiDiGraph, *statements: Statement, title: str | None = None) -> nx.MultiDiGraph:
    return nx.read_graphml(io.BytesIO(written(graph, *statements, title=title)), force_multigraph=True)


def flat(data: dict[str, Any]) -> dict[str, Any]:
    """Attributes as a file holds them: lists joined, forbidden characters left out."""
    joined = {key: " | ".join(value) if isinstance(value, list) else value for key, value in data.items()}
    return {key: FORBIDDEN.sub("", value) if isinstance(value, str) else value for key, value in joined.items()}


def assert_reads_back(graph: nx.MultiDiGraph) -> None:
    found = read_back(graph)
    assert dict(found.nodes(data=True)) == {key: flat(data) for key, data in graph.nodes(data=True)}
    wanted = {
        (source, target, key): flat({**data, "evidence": ""})
        for source, target, key, data in graph.edges(keys=True, data=True)
    }
    assert {(source, target, key): data for source, target, key, data in found.edges(keys=True, data=True)} == wanted
    assert {key: found.graph[key] for key in graph.graph} == flat(graph.graph)


def test_graph_of_statements_reads_back_equal(statement: Make) -> None:
    made = [
        statement("iran", "condemns", "israel"),
        statement("iran", "meets", "russia"),
        statement("iran", "bombs", None),
    ]
    graph = build_graph(made, ontology=default_ontology())
    assert_reads_back(graph)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_reads_back_equal(text: str) -> None:
    one, other = node(text, aliases=[text, "x"], sector=text), node("Israel", country=text, wikidata=text)
    assert_reads_back(graph_of(("a", "b", edge("e1", label=text, speakers=[text, text], first=text)), a=one, b=other))


def test_carriage_returns_read_back_as_line_feeds() -> None:
    found = read_back(graph_of(a=node("one\rtwo\r\nthree")))  # XML 1.0, section 2.11
    assert found.nodes["a"]["label"] == "one\ntwo\nthree"


@given(label=texts, words=some.lists(texts, max_size=3), count=some.integers(0, 10**6), confidence=some.floats(0, 1))
def test_any_values_read_back_equal(label: str, words: list[str], count: int, confidence: float) -> None:
    data = edge("e1", label=label, speakers=words, count=count, confidence=confidence, disputed=bool(count % 2))
    assert_reads_back(graph_of(("a", "b", data), a=node(label, aliases=words, mentions=count), b=node("b")))


@given(name=texts)
def test_any_title_reads_back(name: str) -> None:
    assert read_back(graph_of(a=node("a")), title=name or None).graph.get("title", "") == FORBIDDEN.sub("", name)


def test_parallel_edges_stay_apart() -> None:
    graph = graph_of(
        ("a", "b", edge("e1")),
        ("a", "b", edge("e2", polarity="negated")),
        ("b", "a", edge("e3")),
        a=node("a"),
        b=node("b"),
    )
    assert sorted(read_back(graph).edges(keys=True)) == [("a", "b", "e1"), ("a", "b", "e2"), ("b", "a", "e3")]


def test_evidence_of_an_edge_is_its_sentences_each_once(statement: Make) -> None:
    sentences = ["Iran\ncondemned  Israel.", "Tehran condemned it.", "Iran condemned Israel."]
    made = [statement("iran", "condemns", "israel", evidence=Span(0, len(text), text)) for text in sentences]
    found = read_back(build_graph(made, ontology=default_ontology()), *made)
    assert [text for _, _, text in found.edges(data="evidence")] == ["Iran condemned Israel. | Tehran condemned it."]


def test_file_is_well_formed_whatever_the_text() -> None:
    graph = graph_of(
        *(("n0", f"n{i}", edge(f"e{i}", label=text)) for i, text in enumerate(HOSTILE)), n0=node("".join(HOSTILE))
    )
    assert len(ElementTree.fromstring(written(graph)).findall(f"{XML}graph/{XML}edge")) == len(HOSTILE)


def test_ids_of_edges_are_unique(statement: Make) -> None:
    said = [(polarity, modality) for polarity in ("affirmed", "negated") for modality in ("actual", "planned")]
    made = [
        statement(one, "bombs", other, polarity=polarity, modality=modality)
        for one, other in ("ab", "ba", "ac")
        for polarity, modality in said
    ]
    graph = ElementTree.fromstring(written(build_graph(made, ontology=default_ontology())))
    ids = [found.get("id") for found in graph.iter(f"{XML}edge")]
    assert len(ids) == len(set(ids)) == 12


def test_ids_of_edges_are_unique_whatever_the_ids_of_actors(statement: Make) -> None:
    made = [statement("a|b", "bombs", "c"), statement("a", "bombs", "b|c")]
    graph = build_graph(made, ontology=default_ontology())
    assert len({key for _, _, key in graph.edges(keys=True)}) == 2


def test_keys_of_attributes_are_unique(statement: Make) -> None:
    made = [
        statement("iran", "condemns", "israel", confidence=1),
        statement("iran", "threatens", "israel", confidence=0.5),
    ]
    root = ElementTree.fromstring(written(build_graph(made, ontology=default_ontology())))
    ids = [key.get("id") for key in root.iter(f"{XML}key")]
    assert len(ids) == len(set(ids))


def test_attribute_has_one_type_in_all_edges(statement: Make) -> None:
    made = [
        statement("iran", "condemns", "israel", confidence=1),
        statement("iran", "threatens", "israel", confidence=0.5),
    ]
    root = ElementTree.fromstring(written(build_graph(made, ontology=default_ontology())))
    keys = [(key.get("for"), key.get("attr.name")) for key in root.iter(f"{XML}key")]
    assert len(keys) == len(set(keys))


def test_same_graph_gives_the_same_bytes(statement: Make) -> None:
    made = [statement("iran", "condemns", "israel"), statement("iran", "threatens", "israel")]
    graph = build_graph(made, ontology=default_ontology())
    assert written(graph, *made) == written(graph, *made)


def test_writing_leaves_the_graph_as_it_is(statement: Make) -> None:
    graph = build_graph([statement("iran", "condemns", "israel", speaker=None)], ontology=default_ontology())
    before = nx.MultiDiGraph(graph)
    written(graph, title="Talks")
    assert list(graph.edges(keys=True, data=True)) == list(before.edges(keys=True, data=True))
    assert graph.graph == before.graph
