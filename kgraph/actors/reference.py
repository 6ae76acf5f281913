"""What third-person pronouns and definite descriptions mean, from who was named before them in the text.

Antecedents are weighed as by Lappin and Leass (1994, An algorithm for pronominal anaphora resolution): each mention
gives its entity weight by grammatical role, which halves from sentence to sentence; number, kind and syntax rule
candidates out. Things compete with actors, so that "it" for a treaty means nobody. Those that were named together are
what "both sides" and "the two countries" mean. What no rule answers stays unresolved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from kgraph.actors.cast import UNNAMED, Cast, TokenMention, spans_of
from kgraph.actors.gazetteer import Gazetteer
from kgraph.actors.nouns import title_at
from kgraph.language.clauses import ancestors, conjuncts, governor, verb_roles
from kgraph.language.labels import DATIVES, MODIFIERS, OBJECTS, PASSIVE_SUBJECTS, SUBJECTS
from kgraph.language.quotes import quotation_spans
from kgraph.language.tables import Language
from kgraph.model import Actor

_SUBJECT = SUBJECTS | PASSIVE_SUBJECTS
_BODIES = frozenset(
    {"state", "igo", "government", "military", "armed_group", "party", "media", "company", "ngo", "other"}
)
_CROWDS = frozenset({"people", "armed_group", "military"})  # bodies that are "they" as easily as "it"
_FIGHTING = ("armed_group", "military")
_OPEN = frozenset({"xcomp", "advcl", "conj", "pcomp", "acl"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "advcl", "acl", "relcl"})
_NUMBERS = {"three": 3, "four": 4, "five": 5}
_TIMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
_REACH = 3  # sentences back in which the antecedent of a pronoun is looked for
_FAR = 10  # that of a description or pair

# Weights of Lappin and Leass, and what is taken off for a poor match.
_RECENT, _SUBJECT_WEIGHT, _OBJECT_WEIGHT, _OTHER_WEIGHT, _HEAD_WEIGHT = 100.0, 80.0, 50.0, 40.0, 80.0
_SAME_CLAUSE_OWNER = 120.0  # "its" of the subject of its own clause
_PARALLEL = 35.0
_SINGLE_THEY, _ACTING_THING, _NOT_NAMED, _ADDRESSEE = 0.42, 0.3, 0.6, 0.5


@dataclass(slots=True)
class _Candidate:
    """An entity that a pronoun may mean: its actors (none for a thing), and the token at which it was met last."""

    actors: tuple[Actor, ...]
    many: bool
    person: bool
    root: Token
    sentence: int
    weight: float
    outside: bool  # named somewhere outside of quotation marks


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
        self.quotes = {i: n for n, (start, end) in enumerate(quotation_spans(doc)) for i in range(start, end)}
        self.candidates: dict[tuple[str, ...], _Candidate] = {}
        self.rules = self._rules()
        self.pairs: list[tuple[int, tuple[Actor, ...], bool]] = []  # sentence, actors, met in one clause only
        self.named = {actor.id: actor for mention in mentions for actor in mention.actors}
        self.counts = Counter(actor.id for mention in set(mentions) for actor in mention.actors)
        self.number = 0

    def run(self) -> Iterator[TokenMention]:
        for number, sent in enumerate(self.sentences):
            self.number = number
            self._fade()
            for token in sent:
                mention = self.at.get(token.i)
                if mention is None or mention.actors[0].id.startswith(UNNAMED):
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

    def _rules(self) -> list[tuple[Callable[[Token], bool], Callable[[Token], tuple[Actor, ...]]]]:
        words = self.words
        return [
            (lambda t: t.lower_ in words["person"], self._person),
            (lambda t: t.lower_ in words["thing"] and not _is_pleonastic(t, words["empty"]), self._thing),
            (self._is_bare_pair, self._pair),
            (self._is_other, self._other),
            (lambda t: t.lower_ in words["plural"] and t.pos_ == "PRON", self._plural),
            (self._is_pair_noun, self._pair),
            (self._is_owned, self._owner),
            (self._is_description, self._described),
        ]

    def _start(self, token: Token) -> int:
        """The start of a description without its article."""
        lefts = [child.i for child in token.lefts if child.dep_ != "det" or child.lower_ in self.words["quantity"]]
        return min([token.i, *lefts])

    # Meeting entities

    def _fade(self) -> None:
        for key, candidate in list(self.candidates.items()):
            candidate.weight /= 2
            if self.number - candidate.sentence > _FAR:
                del self.candidates[key]

    def _meet(self, token: Token, mention: TokenMention | None) -> None:
        """Give the entity that a token heads its weight, and the pair or group that it opens."""
        if mention is not None and token.i != mention.root:
            return
        if mention is None and (token.pos_ not in _NOUNS or token.dep_ in MODIFIERS or token.ent_type_ in _TIMES):
            return
        actors = mention.actors if mention is not None else ()
        many = len(actors) > 1 or (token.tag_ in ("NNS", "NNPS") and not _is_body_name(mention))
        person = bool(actors) and (actors[0].type == "person" or self._is_human(token, mention))
        outside = token.i not in self.quotes
        self._weigh(_Candidate(actors, many, person, token, self.number, self._weight(token), outside))
        group = self._coordinated(token)
        if len(group) > 1 and token.dep_ != "conj":
            self._weigh(
                _Candidate(group, True, group[0].type == "person", token, self.number, self._weight(token), outside)
            )
        together = max(actors, group, key=len)
        for pair, loose in ((together, False), (self._with(token, actors), True)):
            if len(pair) > 1 and not any(actor.id.startswith(UNNAMED) for actor in pair):
                self.pairs.append((self.number, pair, loose))

    def _is_human(self, token: Token, mention: TokenMention | None) -> bool:
        """True for "a senior official", who may be "he", though he stands for his state."""
        agent = mention is not None and mention.kind == "agent" and token.tag_ == "NN"
        return agent and title_at(token, self.language) is not None

    def _weigh(self, met: _Candidate) -> None:
        key = tuple(actor.id for actor in met.actors) or (f"\x00{met.root.lemma_}",)
        known = self.candidates.get(key)
        if known is not None:
            met.outside = met.outside or known.outside
            if known.sentence == met.sentence:  # a factor counts once a sentence
                met.weight = max(known.weight, met.weight)
            else:
                met.weight += known.weight
        self.candidates[key] = met

    def _weight(self, token: Token) -> float:
        while token.dep_ == "conj" and token.head != token:
            token = token.head
        weight = _RECENT
        if token.dep_ in _SUBJECT:
            weight += _SUBJECT_WEIGHT
        elif token.dep_ in OBJECTS:
            told = token.head.lemma_ in self.language.attribution["verbs"]
            weight += _OBJECT_WEIGHT * (_ADDRESSEE if told else 1.0)
        elif token.dep_ in ("pobj", *DATIVES):
            weight += _OTHER_WEIGHT
        embedded = token.dep_ == "poss" or (token.dep_ == "pobj" and token.head.head.pos_ in _NOUNS)
        return weight if embedded else weight + _HEAD_WEIGHT

    def _coordinated(self, root: Token) -> tuple[Actor, ...]:
        """The actors of a token and of what is coordinated with it, each once."""
        found = [actor for token in conjuncts(root) if token.i in self.at for actor in self.at[token.i].actors]
        return tuple({actor.id: actor for actor in found}.values())

    def _with(self, token: Token, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Two that meet in one clause: its object or that of "with" or "against", and the subject."""
        prep = token.head
        if len(actors) != 1 or (token.dep_ not in OBJECTS and prep.lower_ not in ("with", "against")):
            return ()
        verb = governor(token) if token.dep_ in OBJECTS or prep.head.pos_ in ("VERB", "AUX") else governor(prep.head)
        subjects = [t for t in verb_roles(verb)["subj"] if t.i in self.at] if verb is not None else []
        other = [actor for t in subjects for actor in self.at[t.i].actors]
        same = len(other) == 1 and other[0].id != actors[0].id and other[0].type == actors[0].type
        return (other[0], actors[0]) if same else ()

    # Pronouns

    def _best(self, pronoun: Token, fits: Callable[[_Candidate], float], reach: int = _REACH) -> tuple[Actor, ...]:
        """The actors of the weightiest candidate, none where that is a thing. ``fits`` is a factor, 0 to rule out."""
        best, most = None, 0.0
        for candidate in self.candidates.values():
            if self.number - candidate.sentence > reach or self._is_barred(candidate, pronoun):
                continue
            weight = candidate.weight * fits(candidate)
            if weight and pronoun.dep_ == "poss" and self._owns_clause(candidate, pronoun):
                weight += _SAME_CLAUSE_OWNER
            if weight and _role(candidate.root) == _role(pronoun):
                weight += _PARALLEL * fits(candidate)
            if weight > most:
                best, most = candidate, weight
        return best.actors if best is not None else ()

    def _is_barred(self, candidate: _Candidate, pronoun: Token) -> bool:
        """True where syntax or quotation marks rule a candidate out."""
        root = candidate.root
        inside, quoted = pronoun.i in self.quotes, root.i in self.quotes
        if not candidate.outside and not inside:
            return True
        speaks = root.dep_ in _SUBJECT and root.head.lemma_ in self.language.attribution["verbs"]
        if inside and not quoted and speaks and root.sent == pronoun.sent:
            return True
        if pronoun.i in range(root.left_edge.i, root.i + 1):
            return True
        members = conjuncts(root) if len(candidate.actors) > 1 else [root]
        return any(_same_clause(member, pronoun) for member in members)

    def _owns_clause(self, candidate: _Candidate, pronoun: Token) -> bool:
        """True where a candidate is the (understood) subject of the clause of a possessive pronoun."""
        verb = governor(pronoun.head)
        while verb is not None and verb.pos_ not in ("VERB", "AUX"):
            verb = governor(verb)
        if verb is None or pronoun.head.dep_ in _SUBJECT:
            return False
        roles = verb_roles(verb)
        return candidate.root in roles["subj"]

    def _person(self, token: Token) -> tuple[Actor, ...]:
        return self._best(token, lambda c: float(c.person and not c.many))

    def _thing(self, token: Token) -> tuple[Actor, ...]:
        acts = self._acts(token)

        def fits(candidate: _Candidate) -> float:
            if candidate.person or candidate.many:
                return 0.0
            if not candidate.actors:
                return _ACTING_THING if acts else 1.0
            kind = candidate.actors[0]
            return float(kind.type in _BODIES) * (_NOT_NAMED if kind.id.startswith(UNNAMED) else 1.0)

        return self._best(token, fits)

    def _plural(self, token: Token) -> tuple[Actor, ...]:
        acts = self._acts(token)

        def fits(candidate: _Candidate) -> float:
            if not candidate.actors:
                return float(candidate.many) * (_ACTING_THING if acts else _NOT_NAMED)
            if candidate.many or candidate.actors[0].type in _CROWDS:
                return _NOT_NAMED if candidate.actors[0].id.startswith(UNNAMED) else 1.0
            return _SINGLE_THEY if candidate.actors[0].type in _BODIES else 0.0

        return self._best(token, fits)

    def _acts(self, token: Token) -> bool:
        """True for the subject of a verb that actors do ("it condemned …"), and for owners."""
        verb = token.head
        cues = self.language.cues.get(("verb", verb.lemma_), ())
        known = verb.lemma_ in self.language.attribution["verbs"] or any(c.relation and not c.steps for c in cues)
        known = known or any(child.dep_ in OBJECTS for child in verb.children)
        return token.dep_ == "poss" or (token.dep_ in _SUBJECT and known)

    # Pairs

    def _is_bare_pair(self, token: Token) -> bool:
        """ "both agreed", "the two had met", "neither", "the pair"."""
        if token.dep_ not in (*_SUBJECT, *OBJECTS, "pobj") or any(child.dep_ == "prep" for child in token.children):
            return False
        if token.lower_ in self.words["alone"]:
            return True
        return token.lower_ in ("two", "pair", "duo") and any(child.lower_ == "the" for child in token.lefts)

    def _is_pair_noun(self, token: Token) -> bool:
        """ "the two countries", "both sides", "either camp", "the warring parties"."""
        if token.pos_ != "NOUN" or token.lemma_ not in self.words["pair"]:
            return False
        left = {child.lower_ for child in token.lefts}
        definite = token.tag_ == "NNS" and "the" in left and token.lemma_ in self.words["pair_definite"]
        return (definite or bool(left & self.words["quantity"])) and "other" not in left

    def _pair(self, token: Token) -> tuple[Actor, ...]:
        """Those named together last, of the kind that the noun asks for; else the two that the text is most about."""
        count = next((n for word, n in _NUMBERS.items() if any(t.lower_ == word for t in token.lefts)), 2)
        warring = self._protagonists(token) if token.lemma_ in self.words["pair_fighting"] else ()
        if warring and warring[0].type in _FIGHTING:
            return warring
        near = [(actors, loose) for number, actors, loose in reversed(self.pairs) if self.number - number <= _FAR]
        for actors, loose in sorted(near, key=lambda row: row[1]):  # those named together first
            found = self._as(token, actors)
            if len(found) == count and not (loose and token.pos_ != "NOUN"):
                return found
        return self._protagonists(token) if count == 2 else ()

    def _as(self, token: Token, actors: Iterable[Actor]) -> tuple[Actor, ...]:
        """``actors`` as the kind that a noun asks for: states for "countries", persons for "leaders"."""
        lemma = token.lemma_.lower()
        if lemma in self.words["pair_persons"]:
            return tuple(actor for actor in actors if actor.type == "person")
        if token.pos_ != "NOUN":
            return tuple(actors)
        sides = tuple({side.id: side for actor in actors if (side := self._side(actor)) is not None}.values())
        wanted = ("state",) if lemma in self.words["pair_states"] else tuple(_BODIES)
        return sides if all(side.type in wanted for side in sides) else ()

    def _protagonists(self, token: Token) -> tuple[Actor, ...]:
        """The two bodies of the wanted kind that have been named most, where no third comes near."""
        if token.pos_ != "NOUN":
            return ()
        for kinds in (("state",),) if token.lemma_ in self.words["pair_states"] else (_FIGHTING, ("state",)):
            known = [(n, self.named[key]) for key, n in self.counts.most_common() if self.named[key].type in kinds]
            known = [(n, actor) for n, actor in known if n > 1 and not actor.id.startswith(UNNAMED)]
            if len(known) == 2 or (len(known) > 2 and known[2][0] < known[1][0]):
                return tuple(actor for _, actor in known[:2])
        return ()

    def _is_other(self, token: Token) -> bool:
        """ "the other", "the other side", "its neighbour": one of a pair by the other."""
        lefts = {child.lower_ for child in token.lefts}
        if token.lower_ == "other":
            return token.dep_ in (*_SUBJECT, *OBJECTS, "pobj", "poss") and "the" in lefts
        if token.pos_ != "NOUN" or token.tag_ != "NN":
            return False
        return (token.lemma_ in self.words["pair"] and {"the", "other"} <= lefts) or (
            token.lemma_ in self.language.relational and any(t.dep_ == "poss" and t.i in self.at for t in token.lefts)
        )

    def _other(self, token: Token) -> tuple[Actor, ...]:
        """Of the last pair the one that is neither owner nor subject here; both where that cannot be told."""
        near = [t for t in token.lefts if t.dep_ == "poss"]
        near += [subject for verb in ancestors(token) for subject in verb_roles(verb)["subj"]]
        own = {actor.id for t in near if t.i in self.at for actor in self.at[t.i].actors}
        for number, actors, _ in reversed(self.pairs):
            rest = tuple(actor for actor in actors if actor.id not in own)
            if self.number - number <= _FAR and (len(rest) == 1 or not own) and actors[0].type in _BODIES:
                return rest
        return ()

    # Descriptions

    def _is_owned(self, token: Token) -> bool:
        """ "its army", "his government", "their country": a body or country with a pronoun before it."""
        mention = self.at.get(token.i)
        home = token.lemma_ in self.words["homeland"]
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
        mention = self.at.get(token.i)
        sides = tuple(side for actor in owner.actors if (side := self._side(actor)) is not None)
        if mention is None or len(sides) < len(owner.actors):
            return sides if len(sides) == len(owner.actors) else ()
        person = owner.actors[0].type == "person"
        agent = self.language.agents.get(token.lemma_.lower())
        if person and agent is not None and not agent.of_state:
            return ()
        return tuple(replace(side, sector=mention.actors[0].sector) for side in sides)

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

        def fits(candidate: _Candidate) -> float:
            single = len(candidate.actors) == 1 and not candidate.actors[0].id.startswith(UNNAMED)
            return float(single and candidate.actors[0].type in types)

        def called(candidate: _Candidate) -> float:
            return fits(candidate) * float(self._is_called(candidate, token.lemma_))

        named = self._best(token, called, _FAR)
        return named or (() if token.lemma_ in self.words["called"] else self._best(token, fits, _FAR))

    def _is_called(self, candidate: _Candidate, noun: str) -> bool:
        """True where the noun is part of one of the names of an actor ("Kingdom of Saudi Arabia")."""
        entry = self.gazetteer.entries.get(candidate.actors[0].id) if candidate.actors else None
        return entry is not None and any(noun in name.lower().split() for name in entry.forms["name"])


def _is_body_name(mention: TokenMention | None) -> bool:
    """True for names that are plural in form only: "the United States", "Rapid Support Forces"."""
    return mention is not None and mention.kind != "agent" and mention.actors[0].type in _BODIES


def _role(token: Token) -> str:
    """Subject, object or other, of possessives that of what is owned."""
    if token.dep_ == "poss":
        token = token.head
    return "subj" if token.dep_ in _SUBJECT else "obj" if token.dep_ in OBJECTS else "other"


def _is_pleonastic(token: Token, empty: Container[str]) -> bool:
    """True for "it" in "it is too early to …", "it was reported that …"; ``empty`` are words it says nothing of."""
    verb = token.head
    if token.dep_ == "expl" or token.lower_ != "it" or token.dep_ not in _SUBJECT:
        return token.dep_ == "expl"
    if token.dep_ in PASSIVE_SUBJECTS or verb.lemma_ in ("seem", "appear"):
        return any(child.dep_ in ("ccomp", "csubj") and child.i > verb.i for child in verb.children)
    said = [child for child in verb.children if child.dep_ in ("acomp", "attr") and child.lemma_.lower() in empty]
    below = [child for word in (verb, *said) for child in word.children]
    return verb.lemma_ == "be" and bool(said) and any(child.dep_ in _CLAUSES and child.i > verb.i for child in below)


def _same_clause(antecedent: Token, pronoun: Token) -> bool:
    """True where a pronoun would be "itself": the antecedent is argument of the clause it is argument of."""
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
