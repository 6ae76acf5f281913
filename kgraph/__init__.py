"""A geopolitical knowledge graph from news articles; each edge keeps its sentence, speaker, date and polarity.

Names are loaded when they are first used, so that ``import kgraph`` and ``kgraph --help`` stay quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kgraph._version import __version__

if TYPE_CHECKING:
    from kgraph.build import Tables, Tally, extract_articles, load_statements, make_graph, write_graph
    from kgraph.errors import ExportError, KgraphError, ModelError, ReadError, StoreError, TableError
    from kgraph.extract import Extraction
    from kgraph.graph import View, build_graph
    from kgraph.model import Actor, Agreement, Article, Document, Mention, Span, Statement, TimeInterval
    from kgraph.ontology import Ontology, load_ontology

_HOMES = {
    "kgraph.build": ("Tables", "Tally", "extract_articles", "load_statements", "make_graph", "write_graph"),
    "kgraph.errors": ("ExportError", "KgraphError", "ModelError", "ReadError", "StoreError", "TableError"),
    "kgraph.extract": ("Extraction",),
    "kgraph.graph": ("View", "build_graph"),
    "kgraph.model": (
        "Actor",
        "Agreement",
        "Article",
        "Document",
        "Mention",
        "Span",
        "Statement",
        "TimeInterval",
    ),
    "kgraph.ontology": ("Ontology", "load_ontology"),
}

__all__ = [
    "Actor",
    "Agreement",
    "Article",
    "Document",
    "ExportError",
    "Extraction",
    "KgraphError",
    "Mention",
    "ModelError",
    "Ontology",
    "ReadError",
    "Span",
    "Statement",
    "StoreError",
    "TableError",
    "Tables",
    "Tally",
    "TimeInterval",
    "View",
    "__version__",
    "build_graph",
    "extract_articles",
    "load_ontology",
    "load_statements",
    "make_graph",
    "write_graph",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'kgraph' has no attribute {name!r}")
