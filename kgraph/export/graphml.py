"""GraphML, for Gephi, yEd, Cytoscape, igraph and NetworkX (http://graphml.graphdrawing.org)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

import networkx as nx

from kgraph.export.flat import flatten, legal
from kgraph.model import Statement
from kgraph.ontology import Ontology


def write(
    graph: nx.MultiDiGraph,
    statements: Mapping[str, Statement],
    file: BinaryIO,
    *,
    ontology: Ontology,
    title: str | None = None,
) -> None:
    """Write ``graph`` with the sentences of its edges; ids of nodes and edges are strings and unique.

    ``networkx.read_graphml(path, force_multigraph=True)`` gives it back with equal attributes.
    """
    flat = flatten(graph, statements)
    if title:
        flat.graph["title"] = legal(title)
    nx.write_graphml(flat, file, encoding="utf-8", edge_id_from_attribute="id")
