"""Mentions by token, and who has been named in a document so far."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from kgraph.model import Actor

UNNAMED = "unnamed-"  # how ids of unnamed actors start; the graph hides them by default


@dataclass(frozen=True, slots=True)
class TokenMention:
    """Tokens ``start`` to ``end`` (exclusive) that mean ``actors`` (several for "both"); ``root`` heads them.

    ``kind`` is that of the gazetteer's form, or entity, agent (a noun) or reference (a pronoun or description).
    """

    start: int
    end: int
    root: int
    actors: tuple[Actor, ...]
    kind: str
    reason: str


Taken = dict[int, TokenMention]


@dataclass(slots=True)
class Cast:
    """Who has been named in a document: what shortened names can mean. Carried from part to part of a long one."""

    persons: dict[str, list[Actor]] = field(default_factory=dict)
    acronyms: dict[str, Actor] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    def add_person(self, actor: Actor, family_first: Container[str] = ()) -> None:
        first, *_, last = actor.name.split()
        surnames = {last, last.rpartition("-")[2]}  # "al-Burhan" is "Burhan" later on
        for surname in sorted(surnames | ({first} if first in family_first else set())):
            known = self.persons.setdefault(surname, [])
            if all(other.id != actor.id for other in known):
                known.append(actor)

    def person(self, surname: str) -> Actor | None:
        """The person of this surname; the one first named last where there are several."""
        known = self.persons.get(surname)
        return known[-1] if known else None


def take(mention: TokenMention, taken: Taken, *, over: bool = False) -> None:
    """Give its tokens to ``mention``: where some are taken it gives way, or (``over``) takes the place of theirs."""
    inside = {taken[i] for i in range(mention.start, mention.end) if i in taken}
    if inside and not over:
        return
    for other in inside:
        for i in range(other.start, other.end):
            taken.pop(i, None)
    for i in range(mention.start, mention.end):
        taken[i] = mention


def spans_of(mentions: Iterable[TokenMention]) -> Taken:
    """Which mention each token belongs to."""
    return {i: mention for mention in mentions for i in range(mention.start, mention.end)}
