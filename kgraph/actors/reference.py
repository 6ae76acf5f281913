"""What third-person pronouns and definite descriptions mean, from who was named before them in the text.

A sieve of few rules in the manner of Lee et al. (2013), each of which answers only where it is fairly sure; what
none of them answers stays unresolved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from kgraph.actors.cast import UNNAMED, TokenMention, spans_of
from kgraph.language.labels import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS
from kgraph.language.quotes import quotation_spans
from kgraph.language.tables import Language
from kgraph.model import Actor

_SUBJECT = SUBJECTS | PASSIVE_SUBJECTS
_BODIES = frozenset(
    {"state", "igo", "government", "military", "armed_group", "party", "media", "company", "ngo", "other"}
)
_PLURAL = frozenset({"people", "armed_group", "military", "other"})
_OPEN = frozenset({"xcomp", "advcl", "conj", "pcomp", "acl"})
_STATES = frozenset({"country", "state", "nation", "neighbour", "neighbor", "kingdom"})
_REACH = 2  # sentences back in which an antecedent is looked for


def resolve_references(doc: Doc, mentions: Iterable[TokenMention], language: Language) -> list[TokenMention]:
    """Mentions by pronoun and description, in addition to the named ones given."""
    return list(_Resolver(doc, list(mentions), language).run())


class _Resolver:
    """One reading of a text from start to end; earlier answers serve as antecedents of later ones."""

    def __init__(self, doc: Doc, mentions: list[TokenMention], language: Language) -> None:
        self.at = spans_of(mentions)
        self.seen: list[TokenMention] = []
        self.mentions = mentions
        self.words = language.pronouns
        self.descriptions = language.descriptions
        self.relational = language.relational
        self.spokespersons = language.attribution["spokespersons"]
        self.sentences: list[Span] = list(doc.sents)
        self.doc = doc
        self.quotes = {i: n for n, (start, end) in enumerate(quotation_spans(doc)) for i in range(start, end)}

    def run(self) -> Iterator[TokenMention]:
        for number, sent in enumerate(self.sentences):
            for token in sent:
                mention = self.at.get(token.i)
                if mention is None or mention.actors[0].id.startswith(UNNAMED):
                    answer = self._answer(token, number)
                    if answer is not None:
                        mention = answer
                        self.at.update(dict.fromkeys(range(answer.start, answer.end), answer))
                        yield answer
                if mention is not None and token.i == mention.root:
                    self.seen.append(mention)

    def _answer(self, token: Token, number: int) -> TokenMention | None:
        """The mention that a token makes as pronoun or description, None where it makes none or its meaning is open."""
        for matches, find in self._rules():
            if matches(token):
                actors = find(token, number)
                if actors:
                    start = token.left_edge.i if token.pos_ == "NOUN" else token.i
                    reason = "description" if token.pos_ == "NOUN" else "pronoun"
                    return TokenMention(start, token.i + 1, token.i, actors, "reference", reason)
                return None
        return None

    def _rules(self) -> list[tuple[Callable[[Token], bool], Callable[[Token, int], tuple[Actor, ...]]]]:
        words = self.words
        return [
            (lambda t: t.lower_ in words["person"], self._person),
            (lambda t: t.lower_ in words["thing"] and not _is_pleonastic(t), self._thing),
            (lambda t: t.lower_ == "both" and t.dep_ in (*_SUBJECT, *OBJECTS, "pobj"), self._pair),
            (lambda t: t.lower_ in words["plural"] and t.pos_ == "PRON", self._plural),
            (self._is_pair_noun, self._pair),
            (self._is_owned, self._owner),
            (self._is_description, self._described),
        ]

    def _near(self, token: Token, number: int) -> list[TokenMention]:
        """Mentions of this and the last sentences, the latest first; from outside of quotations only those outside."""
        start = self.sentences[max(0, number - _REACH)].start
        near = list(takewhile(lambda mention: mention.start >= start, reversed(self.seen)))
        outside = [mention for mention in near if mention.root not in self.quotes]
        return near if token.i in self.quotes else outside

    def _person(self, token: Token, number: int) -> tuple[Actor, ...]:
        near = [m for m in self._near(token, number) if m.actors[0].type == "person" and len(m.actors) == 1]
        subjects = [m for m in near if self.doc[m.root].dep_ in _SUBJECT and not _same_clause(self.doc[m.root], token)]
        chosen = next(iter(subjects or [m for m in near if not _same_clause(self.doc[m.root], token)]), None)
        return chosen.actors if chosen else ()

    def _thing(self, token: Token, number: int) -> tuple[Actor, ...]:
        """A body: the subject of this sentence so far, else that of the sentences before."""
        near = [
            m
            for m in self._near(token, number)
            if m.actors[0].type in _BODIES and len(m.actors) == 1 and m.kind != "reference"
        ]
        near = [m for m in near if self.doc[m.root].tag_ not in ("NNS", "NNPS") or m.actors[0].type == "state"]
        subjects = [m for m in near if self.doc[m.root].dep_ in _SUBJECT and not _same_clause(self.doc[m.root], token)]
        return subjects[0].actors if subjects else ()

    def _plural(self, token: Token, number: int) -> tuple[Actor, ...]:
        """A coordinated pair or a group named as subject; else the body that was subject last."""
        for mention in self._near(token, number):
            root = self.doc[mention.root]
            if root.dep_ not in _SUBJECT or _same_clause(root, token):
                continue
            group = self._coordinated(root)
            if len(group) > 1:
                return group
            if mention.actors[0].type in _BODIES | _PLURAL or root.tag_ in ("NNS", "NNPS"):
                return mention.actors
        return ()

    def _pair(self, token: Token, number: int) -> tuple[Actor, ...]:
        """The last two bodies coordinated, else the last two states, or the last two that were subjects."""
        near = [m for m in self._near(token, number) if m.actors[0].type in _BODIES or m.actors[0].type == "person"]
        for mention in near:
            group = self._coordinated(self.doc[mention.root])
            if len(group) == 2:
                return group
        if token.lemma_ in _STATES and (states := self._last_states(near)):
            return states
        subjects = [m.actors[0] for m in near if self.doc[m.root].dep_ in _SUBJECT and len(m.actors) == 1]
        distinct = list({actor.id: actor for actor in subjects}.values())[:2]
        return tuple(reversed(distinct)) if len(distinct) == 2 and distinct[0].type == distinct[1].type else ()

    def _last_states(self, near: list[TokenMention]) -> tuple[Actor, ...]:
        """The two states of the last sentence that names any; none where it names a third."""
        states = [m for m in near if m.actors[0].type == "state"]
        last = [m for m in states if self.doc[m.root].sent == self.doc[states[0].root].sent]
        found = {actor.id: actor for mention in reversed(last) for actor in mention.actors}
        return tuple(found.values()) if len(found) == 2 else ()

    def _coordinated(self, root: Token) -> tuple[Actor, ...]:
        """The actors of a token and of what is coordinated with it, each once."""
        whole = [root, *root.conjuncts]
        found = [actor for token in sorted(whole) if token.i in self.at for actor in self.at[token.i].actors]
        return tuple({actor.id: actor for actor in found}.values())

    def _is_pair_noun(self, token: Token) -> bool:
        if token.pos_ != "NOUN" or token.lemma_ not in self.words["pair"]:
            return False
        left = {child.lower_ for child in token.lefts}
        return bool(left & {"two", "both", "either"}) and not left & {"other"}

    def _is_owned(self, token: Token) -> bool:
        """ "its army", "his government": an agent noun with a pronoun before it."""
        mention = self.at.get(token.i)
        return mention is not None and mention.kind == "agent" and any(child.dep_ == "poss" for child in token.children)

    def _owner(self, token: Token, number: int) -> tuple[Actor, ...]:
        """The state or body that the pronoun before an agent noun means; a spokesperson's person."""
        owner = next(
            (self.at[child.i] for child in token.children if child.dep_ == "poss" and child.i in self.at), None
        )
        if owner is None or owner.kind != "reference" or token.lemma_ in self.relational:
            return ()
        body = self.at[token.i].actors[0]
        if owner.actors[0].type == "person" and token.lemma_ not in self.spokespersons:
            return ()
        return tuple(replace(actor, sector=body.sector) for actor in owner.actors)

    def _is_description(self, token: Token) -> bool:
        """ "the kingdom", "this group": a definite noun with nothing that would make it somebody else."""
        if token.pos_ != "NOUN" or token.lemma_ not in self.descriptions or token.tag_ != "NN":
            return False
        children = list(token.children)
        determined = any(child.lower_ in ("the", "this", "that") for child in children)
        return determined and not any(
            child.dep_ in ("prep", "relcl", "acl", "poss", "nummod", "amod", "compound") for child in children
        )

    def _described(self, token: Token, number: int) -> tuple[Actor, ...]:
        types = self.descriptions[token.lemma_]
        found = (m for m in self._near(token, number) if m.actors[0].type in types and len(m.actors) == 1)
        chosen = next(found, None)
        return chosen.actors if chosen else ()


def _is_pleonastic(token: Token) -> bool:
    """True for "it" in "it is too early to …", "it was reported that …"."""
    verb = token.head
    if token.dep_ == "expl" or token.lower_ != "it" or token.dep_ not in _SUBJECT:
        return token.dep_ == "expl"
    clause = any(
        child.dep_ in ("ccomp", "xcomp", "csubj", "advcl", "acl", "relcl") and child.i > verb.i
        for said in (verb, *verb.children)
        if said is verb or said.dep_ in ("acomp", "attr")
        for child in said.children
    )
    return clause and (verb.lemma_ == "be" or token.dep_ in PASSIVE_SUBJECTS or verb.lemma_ in ("seem", "appear"))


def _same_clause(antecedent: Token, pronoun: Token) -> bool:
    """True where a pronoun would be "itself": the antecedent is subject of the clause it is argument of."""
    if pronoun.dep_ == "poss":
        return False
    verb = pronoun.head
    while verb.pos_ == "ADP" and verb.head != verb:
        verb = verb.head
    if pronoun.dep_ not in _SUBJECT:
        # "stormed the camp after striking it": the clause without a subject has that of the one above
        while not any(child.dep_ in _SUBJECT for child in verb.children) and verb.dep_ in _OPEN and verb.head != verb:
            verb = verb.head
            while verb.pos_ in ("ADP", "SCONJ") and verb.head != verb:
                verb = verb.head
    return antecedent.head == verb
