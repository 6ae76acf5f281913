"""What can go wrong, as one tree. Messages say what was expected, what was found, and what to do.

KgraphError
├── ReadError      an article, or a part of one, cannot be read
│   └── InternalError  reading it failed for a reason that is kgraph's own
├── TableError     the ontology or a table does not have the form it should
├── ModelError     the parser is missing, damaged or of another kind
├── StoreError     a store or statement file cannot be used
└── ExportError    a graph cannot be written in the format asked for
"""

from __future__ import annotations


class KgraphError(Exception):
    """Root of all errors that kgraph raises on purpose."""


class ReadError(KgraphError):
    """An article, or a part of one, cannot be read. ``source`` names it."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class InternalError(ReadError):
    """Reading an article failed for a reason that is kgraph's own; the cause is chained."""


class TableError(KgraphError):
    """The ontology or a table does not have the form it should."""


class ModelError(KgraphError):
    """The parser is missing, damaged or of another kind."""


class StoreError(KgraphError):
    """A store or a file of statements cannot be used."""


class ExportError(KgraphError):
    """A graph cannot be written in the format asked for."""
