"""The nouns that pass between rooms: Document, Actor, Mention, Statement, Agreement.

All are frozen and carry no behaviour. Offsets are characters into the document's text, and
``text[start:end]`` always equals the ``text`` given beside them. Dates are ISO 8601 strings.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a document's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One article: its text as read, and what is known about where it came from.

    ``masked`` are character ranges of the text that are no prose (header lines, markup, code) and are not parsed;
    ``collection`` is the folder or file it was read from, as named by the user.
    """

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    masked: tuple[tuple[int, int], ...] = ()
    collection: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who acts: a state, a body, a group, a person. ``sector`` belongs to the mention, not to the id."""

    id: str
    name: str
    type: str
    country: str | None = None
    sector: str | None = None
    mention: Span | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a document where an actor is named or meant, and why it is taken to be that actor."""

    document: str
    span: Span
    actor: Actor
    reason: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """What actors agreed on: kind, status, parties (actor ids), terms."""

    id: str
    kind: tuple[str, ...]
    status: str
    parties: tuple[str, ...]
    duration: str | None = None
    date: str | None = None
    includes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    mediator: str | None = None


@dataclass(frozen=True, slots=True)
class TimeInterval:
    """When it happened: ISO dates (both ends included) and the words that say so."""

    start: str | None
    end: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """What is known about the article a statement comes from."""

    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Who did or said what to whom, whether it happened, and who says so: one edge's worth of evidence.

    ``sign`` is the attitude of source to target after polarity: -1, 0 or 1. ``confidence`` lies in [0, 1].
    The words for ``relation``, ``family``, ``category`` are those of the ontology.
    """

    id: str
    document: str
    article: Article
    event: str
    source: Actor | None
    target: Actor | None
    relation: str
    family: str
    category: str | None
    sign: int
    polarity: str
    modality: str
    trigger: Span
    evidence: Span
    confidence: float
    method: str
    speaker: Actor | None = None
    via: tuple[Actor, ...] = ()
    quoted: bool = False
    time: TimeInterval | None = None
    place: Actor | None = None
    topic: str | None = None
    agreement: Agreement | None = field(default=None)
