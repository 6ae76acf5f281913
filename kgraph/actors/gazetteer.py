"""The gazetteer: known actors, all the forms in which news names them, and who held which office when.

Forms are matched by a trie over words. A form or an actor may be in force for a time only ("Zaire", the Soviet
Union): where several actors share a form, the date of the article decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kgraph.model import Actor

WORD = re.compile(r"[^\W_]+|[^\w\s]")
_ARTICLES = re.compile(r"^(?:al|el|ad|ar|as|at|az|bin|ibn)-", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """Days in ISO form, both included; "" where it is open."""

    start: str = ""
    end: str = ""

    def covers(self, day: str) -> bool:
        """True where the whole of a day, month ("2015-03") or year ("2015") lies inside."""
        missing = len(day) - len("2015")
        first, last = day + "-01-01"[missing:], day + "-12-31"[missing:]
        return self.start <= first and (not self.end or last <= self.end)

    def meets(self, day: str) -> bool:
        """True where some part of a day, month or year lies inside."""
        return self.start[: len(day)] <= day and (not self.end or day <= self.end[: len(day)])


ALWAYS = Period()
# Kinds of forms, the one that most likely means the actor first.
ORDER = ("name", "people", "adjective", "seat", "short", "surname", "ambiguous")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the gazetteer: an actor, its forms by kind, and what else is known of it.

    A form with ``clues`` is only meant in a text that has one of these words.
    """

    actor: Actor
    forms: dict[str, tuple[str, ...]]
    wikidata: str | None = None
    capital: str | None = None
    part_of: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    period: Period = ALWAYS
    periods: Mapping[str, Period] = field(default_factory=dict)
    clues: Mapping[str, frozenset[str]] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One way of naming an actor: its kind is name, adjective, people, seat, short, ambiguous or surname."""

    text: str
    kind: str
    entry: Entry
    period: Period = ALWAYS
    clues: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Term:
    """A person's time in an office (by its word in the table of titles) of a body (by its id).

    ``surnames`` are what the person may be called for short, without accents.
    """

    body: str
    office: str
    person: Actor
    period: Period
    surnames: tuple[str, ...] = ()


@dataclass(slots=True)
class _Node:
    """A place in the trie: where each next word leads, and the forms that end here."""

    next: dict[str, _Node] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)


class Gazetteer:
    """Known actors by id, by form and by office."""

    def __init__(
        self,
        entries: Iterable[Entry],
        terms: Iterable[Term] = (),
        instead: Mapping[str, Actor] | None = None,
        memberships: Mapping[str, Sequence[tuple[str, Period]]] | None = None,
    ) -> None:
        self.entries: dict[str, Entry] = {entry.actor.id: entry for entry in entries}
        self.states: dict[str, Actor] = {
            actor.country: actor
            for actor in (e.actor for e in self.entries.values())
            if actor.type == "state" and actor.country
        }
        self._instead = dict(instead or {})
        self._memberships = dict(memberships or {})
        self._terms: defaultdict[tuple[str, str], list[Term]] = defaultdict(list)
        self._by_surname: defaultdict[str, list[Term]] = defaultdict(list)
        for term in terms:
            self._terms[term.body, term.office].append(term)
            for surname in term.surnames:
                self._by_surname[surname].append(term)
        self._root = _Node()
        self._names: dict[str, list[Form]] = {}
        for entry in self.entries.values():
            for kind, texts in entry.forms.items():
                for text in dict.fromkeys([*texts, *map(folded, texts)]):
                    period, clues = entry.periods.get(text, entry.period), entry.clues.get(text, frozenset())
                    self._add(Form(text, kind, entry, period, clues))

    def find(self, words: Sequence[tuple[str, int, int]]) -> Iterator[tuple[int, int, tuple[Form, ...]]]:
        """Spans that name known actors, the longest at each place, with their forms.

        ``words`` are (text, start, end) as WORD cuts them; start of the first and end of the last word are given back.
        """
        i = 0
        while i < len(words):
            end, node = self._walk(words, i)
            if node is None:
                i += 1
            else:
                yield words[i][1], words[end - 1][2], tuple(node.forms)
                i = end

    def lookup(self, name: str) -> tuple[Form, ...]:
        """All forms that read ``name``, whatever the case."""
        return tuple(self._names.get(name.casefold(), ()))

    def ranked(self, forms: Iterable[Form], day: str = "", order: Sequence[str] = ORDER) -> list[Form]:
        """``forms`` with the likeliest first: in force on a day (without one, today), without clues, and by kind."""

        def rank(form: Form) -> tuple[bool, bool, int]:
            past = not form.period.meets(day) if day else bool(form.period.end)
            return past, bool(form.clues), order.index(form.kind)

        return sorted(forms, key=rank)

    def actor_named(self, name: str) -> Actor | None:
        """The one actor whose full name or alias is ``name``."""
        named = {form.entry.actor.id: form.entry.actor for form in self.lookup(name) if form.kind == "name"}
        return next(iter(named.values())) if len(named) == 1 else None

    def body_of(self, state: Actor, noun: str) -> Actor | None:
        """The body of a state that a noun beside its name means: of Colombia's "army" its armed forces."""
        entry = self.entries.get(state.id)
        forms = entry.forms if entry is not None else {}
        for before in (*forms.get("adjective", ()), *forms.get("name", ())):
            body = self.actor_named(f"{before} {noun}")
            if body is not None and body.country == state.country:
                return body
        return None

    def canonical(self, actor: Actor) -> Actor:
        """``actor`` as the user's table will have it: renamed, or merged into another."""
        other = self._instead.get(actor.id)
        return replace(other, sector=other.sector or actor.sector, mention=actor.mention) if other else actor

    def members(self, body: str, day: str = "") -> tuple[Actor, ...]:
        """The states that were members of an organisation on a day (ISO; "": at any time)."""
        rows = self._memberships.get(body, ())
        states = [self.states.get(code) for code, period in rows if not day or period.meets(day)]
        return tuple({state.id: state for state in states if state is not None}.values())

    def holder(self, body: str, office: str, day: str) -> Actor | None:
        """Who held an office on a day or throughout a month or year; None where it changed hands or is not known."""
        return _only(term for term in self._terms.get((body, office), ()) if term.period.covers(day))

    def titled(self, surname: str, office: str, body: str | None = None, day: str | None = None) -> Actor | None:
        """The one person of this surname in an office: of ``body`` or of any, on ``day`` or at any time."""
        terms = self._by_surname.get(folded(surname), ())
        return _only(
            term
            for term in terms
            if term.office == office
            and (body is None or term.body == body)
            and (day is None or term.period.meets(day[:4]))
        )

    def in_office(self, surname: str, day: str, offices: Container[str]) -> Actor | None:
        """The one person of this surname who held one of ``offices`` anywhere in the world on a day."""
        terms = self._by_surname.get(folded(surname), ())
        return _only(term for term in terms if term.office in offices and term.period.meets(day))

    def terms(self, body: str | None = None, person: str | None = None) -> Iterator[Term]:
        """Terms of office at a body, or of a person, in the order of the table."""
        for rows in self._terms.values():
            yield from (t for t in rows if (body is None or t.body == body) and person in (None, t.person.id))

    def _walk(self, words: Sequence[tuple[str, int, int]], start: int) -> tuple[int, _Node | None]:
        """The end and the node of the longest form that starts at word ``start``."""
        best: tuple[int, _Node | None] = (start, None)
        node: _Node | None = self._root
        for i in range(start, len(words)):
            node = node.next.get(words[i][0]) if node else None
            if node is None:
                break
            if node.forms:
                best = (i + 1, node)
        return best

    def _add(self, form: Form) -> None:
        node = self._root
        for word in WORD.findall(form.text):
            node = node.next.setdefault(word, _Node())
        node.forms.append(form)
        self._names.setdefault(form.text.casefold(), []).append(form)


def folded(text: str) -> str:
    """``text`` without accents, and with straight apostrophes.

    >>> folded("Erdoğan"), folded("Côte d’Ivoire")
    ('Erdogan', "Cote d'Ivoire")
    """
    if text.isascii():
        return text
    bare = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ı", "i"))
    return "".join(char for char in bare if not unicodedata.combining(char))


def surnames(name: str, family_first: Container[str] = ()) -> list[str]:
    """What a person may be called for short, without accents: the last name, with and without its article.

    >>> surnames("Haider al-Abadi"), surnames("Kim Jong Un", {"Kim"})
    (['al-Abadi', 'Abadi'], ['Un', 'Kim'])
    """
    words = folded(name).split()
    found = [short for word in words[-1:] for short in (word, _ARTICLES.sub("", word))]
    return list(dict.fromkeys([*found, *(word for word in words[:1] if word in family_first)]))


def _only(terms: Iterable[Term]) -> Actor | None:
    persons = {term.person.id: term.person for term in terms}
    return next(iter(persons.values())) if len(persons) == 1 else None
