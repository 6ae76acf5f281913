"""What third-person pronouns and definite descriptions mean, from who was named before them in the text.

Antecedents are weighed by salience, pairs are those that were named together; number and kind rule candidates out.
What no rule answers stays unresolved.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kgraph.actors.agents import STATE_SPOKEN_OF
from kgraph.actors.cast import UNNAMED, Cast, TokenMention, spans_of
from kgraph.actors.gazetteer import Gazetteer
from kgraph.actors.nouns import agent_of, title_at
from kgraph.actors.pairs import BODIES, Pairs
from kgraph.actors.salience import ALL_SUBJECTS, FAR, NOUNS, Candidate, Salience
from kgraph.language.clauses import ancestors, verb_roles
from kgraph.language.labels import MODIFIERS, OBJECTS, PASSIVE_SUBJECTS
from kgraph.language.quotes import quotation_spans
from kgraph.language.tables import Language
from kgraph.model import Actor

_CROWDS = frozenset({"people", "armed_group", "military"})  # bodies that are "they" nearly as easily as "it"
_CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "advcl", "acl", "relcl"})
_TIMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
_REFERRING = frozenset({"PRON", "NOUN", "DET", "NUM", "ADJ", "CCONJ"})
_REACH = 3  # sentences back in which the antecedent of a pronoun is looked for
_SINGLE_THEY, _CROWD_THEY, _ACTING_THING, _NOT_NAMED, _WRONG_OWNER = 0.3, 0.7, 0.3, 0.6, 0.2  # factors for a poor match


def resolve_references(
    doc: Doc, mentions: Iterable[TokenMention], language: Language, gazetteer: Gazetteer, cast: Cast
) -> list[TokenMention]:
    """Mentions by pronoun and description, in addition to the named ones given."""
    return list(_Resolver(doc, list(mentions), language, gazetteer, cast).run())


class _Resolver:
    """One reading of a text from start to end; earlier answers serve as antecedents of later ones."""

    def __init__(
        self, doc: Doc, mentions: list[TokenMention], language: Language, gazetteer: Gazetteer, cast: Cast
    ) -> None:
        self.doc, self.language, self.gazetteer, self.cast = doc, language, gazetteer, cast
        self.words, self.nouns = language.pronouns, language.descriptions
        self.at = spans_of(mentions)
        self.sentences: list[Span] = list(doc.sents)
        quotes = {i: n for n, (start, end) in enumerate(quotation_spans(doc)) for i in range(start, end)}
        self.salience = Salience(language, quotes)
        self.pairs = Pairs(language, self.at, self._side, mentions, gazetteer)
        self.rules = self._rules()

    def run(self) -> Iterator[TokenMention]:
        for number, sent in enumerate(self.sentences):
            self.pairs.number = number
            self.salience.next_sentence(number)
            for token in sent:
                mention = self.at.get(token.i)
                if token.pos_ in _REFERRING and (
                    mention is None or mention.actors[0].id.startswith(UNNAMED) or self._is_open(token, mention)
                ):
                    answer = self._answer(token)
                    if answer is not None:
                        mention = answer
                        self.at.update(dict.fromkeys(range(answer.start, answer.end), answer))
                        yield answer
                self._meet(token, mention)

    def _answer(self, token: Token) -> TokenMention | None:
        """The mention that a token makes as pronoun or description, None where it makes none or its meaning is open."""
        for matches, find in self.rules:
            if matches(token):
                actors = find(token)
                if actors:
                    start = self._start(token) if token.pos_ == "NOUN" else token.i
                    reason = "description" if token.pos_ == "NOUN" else "pronoun"
                    return TokenMention(start, token.i + 1, token.i, actors, "reference", reason)
                return None
        return None

    def _is_open(self, token: Token, mention: TokenMention) -> bool:
        """True for a noun of "the state spoken of" that means both sides."""
        return mention.root == token.i and mention.reason == STATE_SPOKEN_OF and self.pairs.is_mutual(token)

    def _rules(self) -> list[tuple[Callable[[Token], bool], Callable[[Token], tuple[Actor, ...]]]]:
        words = self.words
        return [
            (lambda t: t.lower_ in words["reflexive"] and t.dep_ not in ALL_SUBJECTS, self._reflexive),
            (lambda t: t.lower_ in words["person"], self._person),
            (lambda t: t.lower_ in words["thing"] and not _is_pleonastic(t, words["empty"]), self._thing),
            (self.pairs.is_bare, self.pairs.find),
            (self.pairs.is_other, self.pairs.other),
            (lambda t: t.lower_ in words["plural"] and t.pos_ == "PRON", self._plural),
            (self.pairs.is_noun, self.pairs.find),
            (self.pairs.is_mutual, self.pairs.mutual),
            (self._is_membership, self._body_of_members),
            (self._is_owned, self._owner),
            (self._is_description, self._described),
        ]

    def _start(self, token: Token) -> int:
        """The start of a description without its article."""
        lefts = [child.i for child in token.lefts if child.dep_ != "det" or child.lower_ in self.words["quantity"]]
        return min([token.i, *lefts])

    # Meeting entities

    def _meet(self, token: Token, mention: TokenMention | None) -> None:
        """Give the entity that a token heads its weight, and keep the pair or group that it opens."""
        if mention is not None and token.i != mention.root:
            return
        if mention is None and (token.pos_ not in NOUNS or token.dep_ in MODIFIERS or token.ent_type_ in _TIMES):
            return
        actors = mention.actors if mention is not None else ()
        each = mention is not None and self.doc[mention.start].lower_ in self.words["distributive"]
        many = (len(actors) > 1 and not each) or (token.tag_ in ("NNS", "NNPS") and not _is_body_name(mention))
        person = bool(actors) and (actors[0].type == "person" or self._is_human(token, mention))
        self.salience.meet(token, actors, many=many, person=person)
        group = self.pairs.coordinated(token) if token.n_rights else ()
        if len(group) > 1 and token.dep_ != "conj" and not each:
            self.salience.meet(token, group, many=True, person=group[0].type == "person")
        joined = self.pairs.meet(token, actors)
        if joined:
            self.salience.meet(token, joined, many=True, person=joined[0].type == "person")

    def _is_human(self, token: Token, mention: TokenMention | None) -> bool:
        """True for "a senior official", who may be "he", though he stands for his state."""
        agent = mention is not None and mention.kind == "agent" and token.tag_ == "NN"
        return agent and title_at(token, self.language) is not None

    # Pronouns

    def _person(self, token: Token) -> tuple[Actor, ...]:
        ahead = self._subject_ahead(token)
        if ahead is not None and ahead.type == "person":
            return (ahead,)
        return self.salience.best(token, lambda c: float(c.person and not c.many), _REACH)

    def _reflexive(self, token: Token) -> tuple[Actor, ...]:
        """ "Hamas had committed itself": the (understood) subject of its clause."""
        verb = next((above for above in ancestors(token) if above.pos_ in ("VERB", "AUX")), None)
        subjects = verb_roles(verb)["subj"] if verb is not None else []
        return tuple(actor for subject in subjects if subject.i in self.at for actor in self.at[subject.i].actors)

    def _subject_ahead(self, token: Token) -> Actor | None:
        """ "In her speech Berg said": the subject of the clause before which a possessive's phrase stands."""
        if token.dep_ != "poss":
            return None
        phrase = next((word for word in ancestors(token.head) if word.pos_ in ("VERB", "AUX")), None)
        subjects = verb_roles(phrase)["subj"] if phrase is not None else []
        if len(subjects) != 1 or subjects[0].i <= token.i or phrase is None or token.head in subjects:
            return None
        mention = self.at.get(subjects[0].i)
        return mention.actors[0] if mention is not None and len(mention.actors) == 1 else None

    def _thing(self, token: Token) -> tuple[Actor, ...]:
        acts = self._acts(token)
        land = token.dep_ == "poss" and token.head.lemma_ in self.words["land"]
        owned = agent_of(token.head, self.language) if token.dep_ == "poss" else None
        armed = owned is not None and owned.type == "armed_group"  # "its fighters"

        def fits(candidate: Candidate) -> float:
            if candidate.person or candidate.many:
                return 0.0
            if not candidate.actors:
                return _ACTING_THING if acts else 1.0
            kind = candidate.actors[0]
            if (land and kind.type != "state") or (armed and kind.type == "state"):
                return _WRONG_OWNER
            return float(kind.type in BODIES) * (_NOT_NAMED if kind.id.startswith(UNNAMED) else 1.0)

        return self.salience.best(token, fits, _REACH)

    def _plural(self, token: Token) -> tuple[Actor, ...]:
        acts = self._acts(token)

        def fits(candidate: Candidate) -> float:
            if not candidate.actors:
                return float(candidate.many) * (_ACTING_THING if acts else _NOT_NAMED)
            if candidate.many:
                return _NOT_NAMED if candidate.actors[0].id.startswith(UNNAMED) else 1.0
            if candidate.actors[0].type in _CROWDS:
                return _CROWD_THEY * (_NOT_NAMED if candidate.actors[0].id.startswith(UNNAMED) else 1.0)
            return _SINGLE_THEY if candidate.actors[0].type in BODIES else 0.0

        return self.salience.best(token, fits, _REACH)

    def _acts(self, token: Token) -> bool:
        """True for the subject of a verb that actors do ("it condemned …"), and for owners."""
        verb = token.head
        cues = self.language.cues.get(("verb", verb.lemma_), ())
        known = verb.lemma_ in self.language.attribution["verbs"] or any(c.relation and not c.steps for c in cues)
        known = known or any(child.dep_ in OBJECTS for child in verb.children)
        spoken_to = token.dep_ in OBJECTS and verb.lemma_ in self.words["answerable"]
        return token.dep_ == "poss" or spoken_to or (token.dep_ in ALL_SUBJECTS and known)

    # Descriptions

    def _is_owned(self, token: Token) -> bool:
        """ "its army", "his government", "their country": a body or country with a pronoun before it."""
        mention = self.at.get(token.i)
        home = token.lemma_ in self.words["homeland"] or agent_of(token, self.language) is not None
        return (home or (mention is not None and mention.kind == "agent")) and any(
            child.dep_ == "poss" and child.pos_ == "PRON" for child in token.children
        )

    def _owner(self, token: Token) -> tuple[Actor, ...]:
        """The state or body of whom the pronoun before a noun means."""
        owner = next(
            (self.at[child.i] for child in token.children if child.dep_ == "poss" and child.i in self.at), None
        )
        if owner is None or owner.kind != "reference" or token.lemma_ in self.language.relational:
            return ()
        sides = tuple(side for actor in owner.actors if (side := self._side(actor)) is not None)
        agent = agent_of(token, self.language)
        if len(sides) < len(owner.actors) or (owner.actors[0].type == "person" and agent and not agent.of_state):
            return ()
        if agent is None or token.lemma_ in self.words["homeland"]:
            return sides
        return tuple(self.gazetteer.body_of(side, agent.lemma) or replace(side, sector=agent.sector) for side in sides)

    def _side(self, actor: Actor) -> Actor | None:
        """The state or body that an actor acts for: itself, or a person's; None where that is not known."""
        if actor.type != "person":
            return actor
        return self.cast.sides.get(actor.id) or self.gazetteer.states.get(actor.country or "")

    def _is_description(self, token: Token) -> bool:
        """ "the kingdom", "this group", "the insurgents": a definite noun with nothing that would make it another."""
        if token.pos_ != "NOUN" or token.lemma_ not in self.nouns:
            return False
        if token.tag_ == "NNS" and self.nouns[token.lemma_] != ("armed_group",):
            return False
        children = list(token.children)
        determined = any(child.lower_ in ("the", "this", "that") for child in children)
        plain = self.words["plain"]
        return determined and not any(
            child.dep_ in ("prep", "relcl", "acl", "poss", "nummod", "amod", "compound") and child.lower_ not in plain
            for child in children
        )

    def _described(self, token: Token) -> tuple[Actor, ...]:
        """The weightiest actor of the types that the noun may mean; of states one that is called so, where any is."""
        types = self.nouns[token.lemma_]

        def fits(candidate: Candidate) -> float:
            single = len(candidate.actors) == 1 and not candidate.actors[0].id.startswith(UNNAMED)
            return float(single and candidate.actors[0].type in types)

        def called(candidate: Candidate) -> float:
            return fits(candidate) * float(self._is_called(candidate, token.lemma_))

        if token.lemma_ in self.words["homeland"] and (home := self._speaking_for(token)) is not None:
            return (home,)
        named = self.salience.best(token, called, FAR)
        return named or (() if token.lemma_ in self.words["called"] else self.salience.best(token, fits, FAR))

    def _is_membership(self, token: Token) -> bool:
        """ "all 30 members": of the body spoken of."""
        lefts = {child.lower_ for child in token.lefts}
        members = token.tag_ == "NNS" and token.lemma_.lower() in self.language.membership and "all" in lefts
        return members and not any(child.dep_ in ("prep", "poss", "compound", "relcl") for child in token.children)

    def _body_of_members(self, token: Token) -> tuple[Actor, ...]:
        def fits(candidate: Candidate) -> float:
            return float(len(candidate.actors) == 1 and bool(self.gazetteer.members(candidate.actors[0].id)))

        return self.salience.best(token, fits, FAR)

    def _speaking_for(self, token: Token) -> Actor | None:
        """ "The country had no wish to start a war, he said": the state of the person who says or does that."""
        for verb in ancestors(token):
            aside = (child for child in verb.children if child.dep_ == "parataxis")  # "…, he said"
            for subject in (subject for word in (verb, *aside) for subject in verb_roles(word)["subj"]):
                mention = self.at.get(subject.i)
                known = mention.actors if mention is not None else ()
                if not known and subject.lower_ in self.words["person"]:
                    known = self._person(subject)  # it comes behind
                actor = known[0] if known else None
                if mention is not None and mention.kind == "agent" and actor is not None and actor.type == "state":
                    return actor
                side = self._side(actor) if actor is not None and actor.type == "person" else None
                if side is not None and side.type == "state":
                    return side
        return None

    def _is_called(self, candidate: Candidate, noun: str) -> bool:
        """True where the noun is part of one of the names of an actor ("Kingdom of Saudi Arabia")."""
        entry = self.gazetteer.entries.get(candidate.actors[0].id) if candidate.actors else None
        return entry is not None and any(noun in name.lower().split() for name in entry.forms["name"])


def _is_body_name(mention: TokenMention | None) -> bool:
    """True for names that are plural in form only: "the United States", "Rapid Support Forces"."""
    return mention is not None and mention.kind != "agent" and mention.actors[0].type in BODIES


def _is_pleonastic(token: Token, empty: Container[str]) -> bool:
    """True for "it" in "it is too early to …", "it was reported that …"; ``empty`` are words it says nothing of."""
    verb = token.head
    if token.dep_ == "expl" or token.lower_ != "it" or token.dep_ not in ALL_SUBJECTS:
        return token.dep_ == "expl"
    if token.dep_ in PASSIVE_SUBJECTS or verb.lemma_ in ("seem", "appear"):
        return any(child.dep_ in ("ccomp", "csubj") and child.i > verb.i for child in verb.children)
    said = [child for child in verb.children if child.dep_ in ("acomp", "attr") and child.lemma_.lower() in empty]
    below = [child for word in (verb, *said) for child in word.children]
    return verb.lemma_ == "be" and bool(said) and any(child.dep_ in _CLAUSES and child.i > verb.i for child in below)
