"""Graphs and statements written in the formats that people use.

A graph writer takes a graph, a look-up of its statements, a binary file and the ontology. To add one: a file beside
this one and a line in EXPORTERS.
"""

from __future__ import annotations

from collections.abc import Callable

from kgraph.export import graphml, html, jsonl

Writer = Callable[..., None]

# A new format is one file in this folder and its name here.
EXPORTERS: dict[str, Writer] = {
    "graphml": graphml.write,
    "html": html.write,
    "jsonl": jsonl.write,
}
