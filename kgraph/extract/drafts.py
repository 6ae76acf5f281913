"""What rules hand to the assembly of statements: two actors, a relation and the word that says so."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kgraph.model import Actor, Agreement


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before factuality, speaker and time. ``carrier`` is the light verb of a noun, else the predicate.

    ``stop`` is the governor that a composition has taken into the relation: what stands at it and above it
    decides polarity and modality, what stands below it does not any more. ``sign`` is the attitude that the pair model
    sees, None for the relation's own.
    """

    source: Actor | None
    target: Actor | None
    relation: str
    predicate: Token
    carrier: Token
    method: str
    confidence: float
    consumed: tuple[Token, ...] = ()
    composed: Token | None = None
    agreement: Agreement | None = None
    sign: int | None = None
