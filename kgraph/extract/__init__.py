"""Parsed articles to mentions and statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from kgraph.actors import Cast, Gazetteer
from kgraph.errors import InternalError
from kgraph.extract.agreements import Memory
from kgraph.extract.drafts import Draft
from kgraph.extract.events import find_events
from kgraph.extract.judging import Questions, judged, questions_of
from kgraph.extract.pair_model import PairModel, Verdict
from kgraph.extract.roles import find_roles
from kgraph.extract.scene import Scene
from kgraph.extract.statements import assemble
from kgraph.language import Language, ParsedPart
from kgraph.model import Document, Mention, Statement
from kgraph.ontology import Ontology

__all__ = ["Extraction", "extract"]

_TOGETHER = 16  # parts whose sentences the pair model is asked about at once


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


@dataclass(slots=True)
class _Reading:
    """One part of a document as the rules have read it; ``failure`` is what broke on it."""

    part: ParsedPart
    state: _State
    scene: Scene | None = None
    drafts: list[Draft] = field(default_factory=list)
    questions: Questions = field(default_factory=Questions)
    failure: Exception | None = None


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
    readings = _readings(parts, gazetteer, language, ontology, asking=model is not None)
    while group := list(islice(readings, _TOGETHER if model is not None else 1)):
        verdicts = iter(model.judge([q for reading in group for q in reading.questions.queries]) if model else ())
        for reading in group:
            state, answers = reading.state, list(islice(verdicts, len(reading.questions.queries)))
            if reading.failure is None and not state.broken:
                _finish(reading, answers, asked=model is not None)
            if reading.failure is not None and not state.broken:
                state.broken = True
                _tell(reading, failed)
            if reading.part.last and not state.broken:
                yield Extraction(reading.part.document, tuple(state.mentions), tuple(state.statements))


def _tell(reading: _Reading, failed: Callable[[InternalError], None] | None) -> None:
    assert reading.failure is not None
    if failed is None:
        raise reading.failure
    failure = InternalError(
        reading.part.document.id, f"internal error ({reading.failure!r}); run with --debug and report it"
    )
    failure.__cause__ = reading.failure
    failed(failure)


def _readings(
    parts: Iterable[ParsedPart], gazetteer: Gazetteer, language: Language, ontology: Ontology, *, asking: bool
) -> Iterator[_Reading]:
    """Each part read by the rules, with what is known of its document from the parts before it."""
    state: _State | None = None
    for part in parts:
        state = state or _State(Cast(part.document.id, part.document.date or ""))
        reading = _Reading(part, state)
        try:
            state.memory.spoken.clear()
            scene = reading.scene = Scene(part, gazetteer, language, ontology, state.cast)
            reading.drafts = [*find_roles(scene), *find_events(scene, state.memory)]
            reading.questions = questions_of(scene) if asking else Questions()
        except Exception as err:
            reading.failure = err
        if part.last:
            state = None
        yield reading


def _finish(reading: _Reading, answers: list[tuple[Verdict, ...]], *, asked: bool) -> None:
    """Add the mentions and statements of one part to what is known of its document."""
    scene, state = reading.scene, reading.state
    assert scene is not None
    try:
        drafts = reading.drafts
        drafts = list(judged(drafts, scene, reading.questions, answers)) if asked else drafts
        drafts.sort(key=lambda draft: draft.predicate.i)
        state.mentions += scene.named()
        state.statements += assemble(drafts, scene, state.taken)
    except Exception as err:
        reading.failure = err
