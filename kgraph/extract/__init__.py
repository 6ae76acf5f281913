"""Parsed articles to mentions and statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kgraph.actors import Cast, Gazetteer
from kgraph.errors import InternalError
from kgraph.extract.agreements import Memory
from kgraph.extract.events import find_events
from kgraph.extract.judging import judged
from kgraph.extract.pair_model import PairModel
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
    broken: bool = False


def extract(
    parts: Iterable[ParsedPart],
    *,
    gazetteer: Gazetteer,
    language: Language,
    ontology: Ontology,
    model: PairModel | None = None,
    failed: Callable[[InternalError], None] | None = None,
) -> Iterator[Extraction]:
    """One Extraction for each document whose parts are given, in order.

    Without ``model`` cues alone decide. A document on which a rule breaks is told to ``failed``, and those after it are
    read; without ``failed`` it raises.
    """
    state: _State | None = None
    for part in parts:
        document = part.document
        state = state or _State(Cast(document.id, document.date or ""))
        if not state.broken:
            try:
                _read(part, state, gazetteer, language, ontology, model)
            except Exception as err:
                if failed is None:
                    raise
                state.broken = True
                failure = InternalError(document.id, f"internal error ({err!r}); run with --debug and report it")
                failure.__cause__ = err
                failed(failure)
        if part.last:
            if not state.broken:
                yield Extraction(document, tuple(state.mentions), tuple(state.statements))
            state = None


def _read(
    part: ParsedPart,
    state: _State,
    gazetteer: Gazetteer,
    language: Language,
    ontology: Ontology,
    model: PairModel | None,
) -> None:
    """Add the mentions and statements of one part to what is known of its document."""
    scene = Scene(part, gazetteer, language, ontology, state.cast)
    roles = list(find_roles(scene))
    events = find_events(scene, state.memory)
    drafts = [*roles, *(events if model is None else judged(list(events), scene, model))]
    drafts.sort(key=lambda draft: draft.predicate.i)
    state.mentions += scene.named()
    state.statements += assemble(drafts, scene, state.taken)
