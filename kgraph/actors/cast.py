"""Mentions by token, and who has been named in a document so far."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

from kgraph.actors.gazetteer import surnames
from kgraph.actors.slugs import slug
from kgraph.model import Actor

UNNAMED = "unnamed-"  # how ids of unnamed actors start; the graph hides them by default


@dataclass(frozen=True, slots=True)
class TokenMention:
    """Tokens ``start`` to ``end`` (exclusive) that mean ``actors`` (several for "both"); ``root`` heads them.

    ``kind`` is that of the gazetteer's form, or entity, agent (a noun), title (beside a name) or reference (a pronoun
    or description). ``phrase`` are the tokens of the whole description where other mentions stand inside it
    ("commander of the Guards").
    """

    start: int
    end: int
    root: int
    actors: tuple[Actor, ...]
    kind: str
    reason: str
    phrase: tuple[int, int] | None = None


Taken = dict[int, TokenMention]


@dataclass(slots=True)
class Cast:
    """Who has been named in a document: what shortened names can mean. Carried from part to part of a long one.

    ``day`` is the document's date ("" where it has none). ``persons`` are by surname, with the tokens they were named
    at, and by ``given`` name, which some are called by. ``acronyms`` are those the text itself explains (None for a
    thing's), ``initials`` those that the names in it would have, ``words`` all capitalised words, ``same`` names (by
    the id they would have) that the text gives as another of somebody, ``heads`` the last words of names of bodies
    ("council"), ``titled`` the titles of persons, each with whom it meant last, ``sides`` the states and bodies that
    persons (by id) have a title of.
    """

    document: str = ""
    day: str = ""
    persons: dict[str, list[tuple[int, Actor]]] = field(default_factory=dict)
    given: dict[str, Actor] = field(default_factory=dict)
    acronyms: dict[str, Actor | None] = field(default_factory=dict)
    initials: dict[str, Actor] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    same: dict[str, Actor] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    heads: dict[str, tuple[Actor, ...]] = field(default_factory=dict)
    titled: dict[str, Actor] = field(default_factory=dict)
    sides: dict[str, Actor] = field(default_factory=dict)

    def add_person(self, actor: Actor, place: int = 0, family_first: Container[str] = ()) -> Actor:
        """Remember a person named in full at a token; gives back who it is where the name stood in another form."""
        shorts = surnames(actor.name, family_first)
        known = [other for short in shorts for _, other in self.persons.get(short, ())]
        actor = next((other for other in known if other.id == actor.id or same_name(other.name, actor.name)), actor)
        for short in shorts:
            self.persons.setdefault(short, []).append((place, actor))
        self.given.setdefault(actor.name.split()[0], actor)
        return actor

    def person(self, surname: str, place: int = 0) -> Actor | None:
        """The person of this surname named last before a token; where there is none, the first one after it."""
        known = [row for short in surnames(surname) for row in self.persons.get(short, ())]
        before = [row for row in known if row[0] <= place]
        nearest = max(before, key=lambda row: row[0]) if before else min(known, key=lambda row: row[0], default=None)
        return nearest[1] if nearest else None

    def turn_page(self) -> None:
        """Start another part of the document: all that is known lies before it."""
        self.persons = {short: [(-1, actor) for _, actor in rows] for short, rows in self.persons.items()}

    def stranger(self, name: str) -> Actor:
        """A person of whom only one name is known: another one in each document."""
        digest = blake2b(self.document.encode("utf-8", "surrogatepass"), digest_size=3).hexdigest()
        return Actor(f"{slug(name)}-{digest}" if self.document else slug(name), name, "person")


def person_slug(name: str) -> str:
    """The id of a person of this name: middle initials do not tell people apart.

    >>> person_slug("Anna K. Berg")
    'anna-berg'
    """
    first, *middle, last = name.split() if " " in name else (name, "")
    return slug(" ".join([first, *(word for word in middle if len(word.strip(".")) > 1), last]))


def same_name(one: str, other: str) -> bool:
    """True where two full names can be one person's: first and last are the same, and one lacks a middle name.

    >>> same_name("Anna Berg", "Anna K. Berg"), same_name("George W. Bush", "George H. W. Bush")
    (True, False)
    """
    first, second = one.split(), other.split()
    if len(first) < 2 or len(second) < 2 or (first[0], first[-1]) != (second[0], second[-1]):
        return False
    return not first[1:-1] or not second[1:-1] or first == second


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
