"""How near an entity is to a reader's mind at a place of the text, as by Lappin and Leass (1994).

Each mention gives its entity weight by grammatical role, which halves from sentence to sentence; syntax and quotation
marks rule candidates out. Things compete with actors, so that "it" for a treaty means nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from kgraph.language.clauses import conjuncts, governor, verb_roles
from kgraph.language.labels import DATIVES, OBJECTS, PASSIVE_SUBJECTS, SUBJECTS
from kgraph.language.tables import Language
from kgraph.model import Actor

FAR = 10  # sentences after which an entity is forgotten
NOUNS = frozenset({"NOUN", "PROPN"})
ALL_SUBJECTS = SUBJECTS | PASSIVE_SUBJECTS
_OPEN = frozenset({"xcomp", "advcl", "conj", "pcomp", "acl"})

# Weights of Lappin and Leass, and what is taken off for a poor match.
_RECENT, _SUBJECT, _OBJECT, _OTHER, _HEAD = 100.0, 80.0, 50.0, 40.0, 80.0
_SAME_CLAUSE_OWNER = 200.0  # "its" of the subject of its own clause
_BESIDE = 1000.0  # "Berg and her deputy": nobody else
_PARALLEL = 35.0
_ADDRESSEE = 0.5


@dataclass(slots=True)
class Candidate:
    """An entity that a pronoun may mean: its actors (none for a thing), and the token at which it was met last."""

    actors: tuple[Actor, ...]
    many: bool
    person: bool
    root: Token
    sentence: int
    weight: float
    outside: bool  # named somewhere outside of quotation marks


class Salience:
    """The entities met so far in one text, with their weights. ``quotes`` numbers quotations by token."""

    def __init__(self, language: Language, quotes: Mapping[int, int]) -> None:
        self.language, self.quotes = language, quotes
        self.candidates: dict[tuple[str, ...], Candidate] = {}
        self.number = 0  # of the sentence

    def next_sentence(self, number: int) -> None:
        """Halve all weights."""
        self.number = number
        for key, candidate in list(self.candidates.items()):
            candidate.weight /= 2
            if number - candidate.sentence > FAR:
                del self.candidates[key]

    def meet(self, token: Token, actors: tuple[Actor, ...], *, many: bool, person: bool) -> None:
        """Add the weight that an entity gets by being mentioned at a token."""
        met = Candidate(actors, many, person, token, self.number, self._weight(token), token.i not in self.quotes)
        key = tuple(actor.id for actor in actors) or (f"\x00{token.lemma_}",)
        known = self.candidates.get(key)
        if known is not None:
            met.outside = met.outside or known.outside
            if known.sentence == met.sentence:  # a factor counts once a sentence
                met.weight = max(known.weight, met.weight)
            else:
                met.weight += known.weight
        self.candidates[key] = met

    def best(self, pronoun: Token, fits: Callable[[Candidate], float], reach: int) -> tuple[Actor, ...]:
        """The actors of the weightiest candidate, none where that is a thing. ``fits`` is a factor, 0 to rule out."""
        best, most = None, (0.0, 0)
        for candidate in self.candidates.values():
            if self.number - candidate.sentence > reach or self._is_barred(candidate, pronoun):
                continue
            weight = candidate.weight * fits(candidate)
            if weight and pronoun.dep_ == "poss" and _is_beside(candidate, pronoun):
                weight += _BESIDE
            elif weight and pronoun.dep_ == "poss" and _owns_clause(candidate, pronoun):
                weight += _SAME_CLAUSE_OWNER
            if weight and _role(candidate.root) == _role(pronoun):
                weight += _PARALLEL * fits(candidate)
            if weight and (weight, candidate.root.i) > most:  # of two alike the nearer
                best, most = candidate, (weight, candidate.root.i)
        return best.actors if best is not None else ()

    def _weight(self, token: Token) -> float:
        while token.dep_ == "conj" and token.head != token:
            token = token.head
        weight = _RECENT
        if token.dep_ in ALL_SUBJECTS:
            weight += _SUBJECT
        elif token.dep_ in OBJECTS:
            told = token.head.lemma_ in self.language.attribution["verbs"]
            weight += _OBJECT * (_ADDRESSEE if told else 1.0)
        elif token.dep_ in ("pobj", *DATIVES):
            weight += _OTHER
        embedded = token.dep_ == "poss" or (token.dep_ == "pobj" and token.head.head.pos_ in NOUNS)
        return weight if embedded else weight + _HEAD

    def _is_barred(self, candidate: Candidate, pronoun: Token) -> bool:
        """True where syntax or quotation marks rule a candidate out."""
        root = candidate.root
        inside, quoted = pronoun.i in self.quotes, root.i in self.quotes
        if not candidate.outside and not inside:
            return True
        if pronoun.dep_ == "poss" and pronoun.head.dep_ == "appos" and pronoun.head.head == root:
            return True  # "Ann Berg, his secretary"
        speaks = root.dep_ in ALL_SUBJECTS and root.head.lemma_ in self.language.attribution["verbs"]
        if inside and not quoted and speaks and root.sent == pronoun.sent:
            return True
        if pronoun.i in range(root.left_edge.i, root.i + 1):
            return True
        members = conjuncts(root) if len(candidate.actors) > 1 else [root]
        return any(_same_clause(member, pronoun) for member in members)


def _is_beside(candidate: Candidate, pronoun: Token) -> bool:
    """True for "Berg and her deputy"."""
    root = candidate.root.head if candidate.root.dep_ == "appos" else candidate.root
    return pronoun.head.dep_ == "conj" and root == pronoun.head.head


def _owns_clause(candidate: Candidate, pronoun: Token) -> bool:
    """True where a candidate is the (understood) subject of the clause of a possessive pronoun."""
    verb = governor(pronoun.head)
    while verb is not None and verb.pos_ not in ("VERB", "AUX"):
        verb = governor(verb)
    if verb is None or pronoun.head.dep_ in ALL_SUBJECTS:
        return False
    return candidate.root in verb_roles(verb)["subj"]


def _role(token: Token) -> str:
    """Subject, object or other, of possessives that of what is owned."""
    if token.dep_ == "poss":
        token = token.head
    return "subj" if token.dep_ in ALL_SUBJECTS else "obj" if token.dep_ in OBJECTS else "other"


def _same_clause(antecedent: Token, pronoun: Token) -> bool:
    """True where a pronoun would be "itself": the antecedent is argument of the clause it is argument of."""
    if pronoun.dep_ == "poss":
        return False
    verb = pronoun.head
    while verb.pos_ == "ADP" and verb.head != verb:
        verb = verb.head
    if pronoun.dep_ not in ALL_SUBJECTS:
        # "stormed the camp after striking it": the clause without a subject has that of the one above
        while (
            not any(child.dep_ in ALL_SUBJECTS for child in verb.children) and verb.dep_ in _OPEN and verb.head != verb
        ):
            verb = verb.head
            while verb.pos_ in ("ADP", "SCONJ") and verb.head != verb:
                verb = verb.head
    return antecedent.head == verb
