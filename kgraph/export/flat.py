"""Graphs made of plain values, as file formats want them: no None, no lists, no characters that XML forbids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import networkx as nx

from kgraph.model import Statement

# Char of XML 1.0 (fifth edition), section 2.2; everything else may not stand in a document at all.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SEPARATOR = " | "


def flatten(graph: nx.MultiDiGraph, statements: Mapping[str, Statement]) -> nx.MultiDiGraph:
    """A copy of ``graph`` whose attributes are strings, numbers and booleans; lists are joined by " | ".

    Each edge also gets ``evidence``: the sentences of its statements. Edge ids are unique over the graph.
    """
    flat = nx.MultiDiGraph(**{str(key): _plain(value) for key, value in graph.graph.items()})
    for node, data in graph.nodes(data=True):
        flat.add_node(legal(str(node)), **_attributes(data))
    for source, target, data in graph.edges(data=True):
        sentences = [statements[key].evidence.text for key in data["statements"] if key in statements]
        row = {**data, "evidence": list(dict.fromkeys(" ".join(text.split()) for text in sentences))}
        flat.add_edge(legal(str(source)), legal(str(target)), key=legal(data["id"]), **_attributes(row))
    return flat


def legal(text: str) -> str:
    """``text`` without the characters that XML forbids, lone surrogates among them."""
    return _ILLEGAL.sub("", text)


def _attributes(data: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key): _plain(value) for key, value in data.items()}


def _plain(value: Any) -> str | int | float | bool:
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return legal(_SEPARATOR.join(str(item) for item in value))
    return legal(str(value))
