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

    ``day`` is the document's date ("" where it has none). ``acronyms`` are those the text itself explains (None for a
    thing's), ``initials`` those that the names in it would have. ``same`` are
    names (by the id they would have) that the text gives as another of somebody. ``heads`` are the last words of names
    of bodies ("council"), ``titled`` the titles of persons, each with whom it meant last.
    """

    document: str = ""
    day: str = ""
    persons: dict[str, list[Actor]] = field(default_factory=dict)
    acronyms: dict[str, Actor | None] = field(default_factory=dict)
    initials: dict[str, Actor] = field(default_factory=dict)
    same: dict[str, Actor] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    heads: dict[str, tuple[Actor, ...]] = field(default_factory=dict)
    titled: dict[str, Actor] = field(default_factory=dict)

    def add_person(self, actor: Actor, family_first: Container[str] = ()) -> Actor:
        """Remember a person by surname; gives back who it is where another form of the full name stood before."""
        for surname in surnames(actor.name, family_first):
            known = self.persons.setdefault(surname, [])
            same = next((other for other in known if other.id == actor.id or same_name(other.name, actor.name)), None)
            if same is not None:
                known.remove(same)
                known.append(same)
                actor = same
            else:
                known.append(actor)
        return actor

    def person(self, surname: str) -> Actor | None:
        """The person of this surname; the one first named last where there are several."""
        known = [actor for short in surnames(surname) for actor in self.persons.get(short, ())]
        return known[-1] if known else None

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
