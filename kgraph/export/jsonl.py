"""Statements as JSON Lines, the form that ``kgraph extract`` writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

import networkx as nx

from kgraph.model import Statement
from kgraph.ontology import Ontology
from kgraph.records import statement_to_record, write_records


def write(
    graph: nx.MultiDiGraph,
    statements: Mapping[str, Statement],
    file: BinaryIO,
    *,
    ontology: Ontology,
    title: str | None = None,
) -> None:
    """Write the statements that ``graph`` is made of, in the order of the look-up."""
    drawn = {key for _, _, data in graph.edges(data=True) for key in data["statements"]}
    drawn |= {key for _, data in graph.nodes(data=True) for key in data["statements"]}
    write_records((statement_to_record(st) for key, st in statements.items() if key in drawn), file)
