"""Parsed articles to mentions and statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kgraph.actors import Cast, Gazetteer
from kgraph.extract.agreements import Memory
from kgraph.extract.events import find_events
from kgraph.extract.roles import find_roles
from kgraph.extract.scene import Scene
from kgraph.extract.statements import assemble
from kgraph.language import Language, ParsedPart
from kgraph.model import Document, Mention, Statement
from kgraph.ontology import Ontology

__all__ = ["Extraction", "extract"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document gave."""

    document: Document
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]


@dataclass(slots=True)
class _State:
    """What is carried from part to part of one document."""

    cast: Cast
    memory: Memory = field(default_factory=Memory)
    taken: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)


def extract(
    parts: Iterable[ParsedPart], *, gazetteer: Gazetteer, language: Language, ontology: Ontology
) -> Iterator[Extraction]:
    """One Extraction for each document whose parts are given, in order."""
    state: _State | None = None
    for part in parts:
        document = part.document
        state = state or _State(Cast(document.id, document.date or ""))
        scene = Scene(part, gazetteer, language, ontology, state.cast)
        roles = list(find_roles(scene))
        drafts = sorted([*roles, *find_events(scene, state.memory)], key=lambda draft: draft.predicate.i)
        state.mentions += scene.named()
        state.statements += assemble(drafts, scene, state.taken)
        if part.last:
            yield Extraction(document, tuple(state.mentions), tuple(state.statements))
            state = None
