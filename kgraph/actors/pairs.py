"""Those that a text names together: what "both sides", "the two countries", "all three" and "the other" mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Token

from kgraph.actors.cast import UNNAMED, TokenMention
from kgraph.actors.gazetteer import Gazetteer
from kgraph.actors.salience import ALL_SUBJECTS, FAR
from kgraph.language.clauses import ancestors, conjuncts, governor, verb_roles
from kgraph.language.labels import OBJECTS
from kgraph.language.tables import Language
from kgraph.model import Actor

BODIES = frozenset(
    {"state", "igo", "government", "military", "armed_group", "party", "media", "company", "ngo", "other"}
)
_FIGHTING = ("armed_group", "military")
_NUMBERS = {"three": 3, "four": 4, "five": 5}
_CLEARLY = 1.25  # times as much as the next pair
_BONDS, _NAMES = (3, 2, 1), 0.5  # weights of standing together (by bond) and of being named
_SIDES = frozenset({"state", "armed_group", "military", "igo", "party"})
_TWICE = 2
_MINOR = 4  # times as often as another that is no protagonist beside it
_NAMED, _JOINED, _OPPOSED = range(3)  # named side by side; met, joined or with one another; one did it to the other


@dataclass(frozen=True, slots=True)
class _Group:
    """Actors that stood together in a sentence, the last of them at a token."""

    sentence: int
    place: int
    actors: tuple[Actor, ...]
    bond: int


class Pairs:
    """The groups met so far in one text. ``at`` grows with the reading; ``side`` tells for whom an actor acts."""

    def __init__(
        self,
        language: Language,
        at: Mapping[int, TokenMention],
        side: Callable[[Actor], Actor | None],
        mentions: Iterable[TokenMention],
        gazetteer: Gazetteer,
    ) -> None:
        self.language, self.words, self.at, self.side = language, language.pronouns, at, side
        self.gazetteer = gazetteer
        self.groups: list[_Group] = []
        self.number = 0  # of the sentence
        self.named = {actor.id: actor for mention in mentions for actor in mention.actors}
        self.counts = Counter(actor.id for mention in set(mentions) for actor in mention.actors)

    def meet(self, token: Token, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Keep those that stand together at a token, and those that meet in its clause; gives back whom it joins."""
        together = max(actors, self.coordinated(token) if token.dep_ != "conj" and token.n_rights else (), key=len)
        bond, met = self._with(token, actors)
        if not met:
            bond, met = _JOINED, self._parallel(token, actors)
        for group in (_Group(self.number, token.i, together, _NAMED), _Group(self.number, token.i, met, bond)):
            if len(group.actors) > 1 and not any(actor.id.startswith(UNNAMED) for actor in group.actors):
                self.groups.append(group)
        return met if bond == _JOINED else ()

    def coordinated(self, root: Token) -> tuple[Actor, ...]:
        """The actors of a token and of what is coordinated with it, each once."""
        found = [actor for token in conjuncts(root) if token.i in self.at for actor in self.at[token.i].actors]
        return tuple({actor.id: actor for actor in found}.values())

    def _with(self, token: Token, actors: tuple[Actor, ...]) -> tuple[int, tuple[Actor, ...]]:
        """Two that meet in one clause: its object or that of "with" or "against", and the subject."""
        prep, direct = token.head, token.dep_ in OBJECTS
        if len(actors) != 1 or (not direct and prep.lower_ not in ("with", "against")):
            return _OPPOSED, ()
        verb = governor(token) if direct or prep.head.pos_ in ("VERB", "AUX") else governor(prep.head)
        subjects = [t for t in verb_roles(verb)["subj"] if t.i in self.at] if verb is not None else []
        other = [actor for t in subjects for actor in self.at[t.i].actors]
        same = len(other) == 1 and other[0].id != actors[0].id and other[0].type == actors[0].type
        joined = prep.lower_ == "with" or (direct and verb is not None and verb.lemma_ in self.words["joining"])
        return (_JOINED if joined else _OPPOSED), ((other[0], actors[0]) if same else ())

    def _parallel(self, token: Token, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """The subjects of two clauses side by side: "Egypt denounced the raid; Turkey urged restraint. Both …"."""
        verb = token.head
        if len(actors) != 1 or token.dep_ not in ALL_SUBJECTS or verb.pos_ not in ("VERB", "AUX"):
            return ()
        marks = {child.lower_ for child in verb.children if child.dep_ == "mark"}
        beside = [verb.head] if verb.dep_ in ("conj", "parataxis") or marks & self.words["contrasting"] else []
        beside += [
            c
            for c in verb.children
            if c.dep_ == "ccomp" and c.i < verb.i and not any(x.dep_ == "mark" for x in c.children)
        ]
        own = [
            child for other in beside for child in other.children if child.dep_ in ALL_SUBJECTS and child.i in self.at
        ]
        found = [actor for child in own for actor in self.at[child.i].actors]
        same = len(found) == 1 and found[0].id != actors[0].id and found[0].type == actors[0].type
        return (found[0], actors[0]) if same else ()

    def is_bare(self, token: Token) -> bool:
        """ "both agreed", "the two had met", "neither", "the pair"."""
        if token.dep_ not in (*ALL_SUBJECTS, *OBJECTS, "pobj") or any(child.dep_ == "prep" for child in token.children):
            return False
        if token.lower_ in self.words["alone"]:
            return True
        return token.lower_ in self.words["couple"] and any(child.lower_ == "the" for child in token.lefts)

    def is_noun(self, token: Token) -> bool:
        """ "the two countries", "both sides", "either camp", "the warring parties"."""
        if token.pos_ != "NOUN" or token.lemma_ not in self.words["pair"]:
            return False
        left = {child.lower_ for child in token.lefts}
        definite = token.tag_ == "NNS" and "the" in left and token.lemma_ in self.words["pair_definite"]
        definite = definite and len(left - {"the", '"', "“"}) == 0 and not any(c.dep_ == "prep" for c in token.rights)
        counted = bool(left & self.words["quantity"]) and not (
            left & _NUMBERS.keys() and not left & self.words["definite"]
        )
        return (definite or counted) and "other" not in left

    def find(self, token: Token) -> tuple[Actor, ...]:
        """Those named together last, of the kind that the noun asks for; else those that the text is most about."""
        count = next((n for word, n in _NUMBERS.items() if any(t.lower_ == word for t in token.lefts)), 2)
        if token.lemma_ in self.words["pair_fighting"] and count == 2 and (sides := self._sides_of_story(token)):
            return sides
        for group in self._near(token):
            found = self._as(token, group.actors)
            if len(found) == count:
                return found
        return self._protagonists(token, count) or self._named_most(token, count)

    def _named_most(self, token: Token, count: int) -> tuple[Actor, ...]:
        """Of a bare "both" with nobody near: those that the text has named side by side most, at least twice."""
        named = Counter(tuple(sorted(actor.id for actor in g.actors)) for g in self.groups if g.bond == _NAMED)
        best = next(((key, n) for key, n in named.most_common() if len(key) == count), None)
        if best is None or best[1] < _TWICE or token.pos_ == "NOUN":
            return ()
        last = next(g for g in reversed(self.groups) if tuple(sorted(actor.id for actor in g.actors)) == best[0])
        return last.actors

    def _sides_of_story(self, token: Token) -> tuple[Actor, ...]:
        """The two bodies that the text has named side by side and against one another most, where it is clear."""
        together: Counter[tuple[str, str]] = Counter()
        sides: dict[str, Actor] = {}
        for group in self.groups:
            acting = {side.id: side for actor in group.actors if (side := self.side(actor)) is not None}
            if len(acting) == 2 and all(side.type in _SIDES for side in acting.values()):
                sides |= acting
                together[min(acting), max(acting)] += _BONDS[group.bond]
        scores = {pair: n + _NAMES * min(self.counts[key] for key in pair) for pair, n in together.items()}
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        if not ranked or (len(ranked) > 1 and ranked[0][1] < _CLEARLY * ranked[1][1]):
            return self._protagonists(token, 2)
        return self._as(token, self._against_state(tuple(sides[key] for key in ranked[0][0])))

    def _near(self, token: Token) -> list[_Group]:
        """Groups within reach: those named or joined in this very sentence, then by bond, the last one first."""
        bare = token.lower_ in self.words["couple"] or token.pos_ != "NOUN"
        near = [group for group in reversed(self.groups) if self.number - group.sentence <= FAR]
        near = [group for group in near if group.bond < _OPPOSED or not bare]

        def rank(group: _Group) -> int:
            here = bare and group.sentence == self.number and group.bond < _OPPOSED
            return -1 if here else group.bond

        return sorted(near, key=rank)

    def _as(self, token: Token, actors: Iterable[Actor]) -> tuple[Actor, ...]:
        """``actors`` as the kind that a noun asks for: states for "countries", persons for "leaders"."""
        lemma = token.lemma_.lower()
        if lemma in self.words["pair_persons"]:
            return tuple(actor for actor in actors if actor.type == "person")
        if token.pos_ != "NOUN" or lemma in self.words["couple"]:
            return tuple(actors)
        sides = tuple({side.id: side for actor in actors if (side := self.side(actor)) is not None}.values())
        wanted = ("state",) if lemma in self.words["pair_states"] else tuple(BODIES)
        if not all(side.type in wanted for side in sides):
            return ()
        if lemma in self.words["pair_fighting"] and len({side.country for side in sides}) == len(sides):
            states = tuple(self.gazetteer.states.get(side.country or "") for side in sides if side.type == "military")
            sides = tuple(state for state in states if state is not None) if all(states) and states else sides
        return tuple(self.gazetteer.body_of(side, lemma) or side for side in sides)  # "each army"

    def _protagonists(self, token: Token, count: int) -> tuple[Actor, ...]:
        """The bodies of the wanted kind that have been named most, as many as are meant, where no other comes near."""
        if token.pos_ != "NOUN" or token.lemma_ in self.words["pair_persons"]:
            return ()
        for kinds in (("state",),) if token.lemma_ in self.words["pair_states"] else (_FIGHTING, ("state",)):
            known = [(n, self.named[key]) for key, n in self.counts.most_common() if self.named[key].type in kinds]
            known = [(n, actor) for n, actor in known if n > 1 and not actor.id.startswith(UNNAMED)]
            known = [(n, actor) for n, actor in known if n * _MINOR >= known[0][0]]
            if len(known) == count or (len(known) > count and known[count][0] < known[count - 1][0]):
                return self._as(token, self._against_state(tuple(actor for _, actor in known[:count])))
        return ()

    def _against_state(self, pair: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Of two armed groups of one state that is named too, the first and the state that it stands against."""
        if {actor.type for actor in pair} != {"armed_group"} or len({actor.country for actor in pair}) > 1:
            return pair
        state = self.gazetteer.states.get(pair[0].country or "")
        return (pair[0], state) if state is not None and state.id in self.named else pair

    def is_mutual(self, token: Token) -> bool:
        """ "talks between diplomats", "commanders told one another", "troops clashed": of both sides."""
        agent = self.language.agents.get(token.lemma_.lower())
        if token.tag_ != "NNS" or agent is None or not agent.of_state:
            return False
        if any(child.dep_ in ("det", "poss", "prep", "nummod") for child in token.children):
            return False
        first = token.head if token.dep_ == "conj" else token
        verb, around = first.head, [word.lower_ for word in first.head.subtree]
        each = any(pair in pairwise(around) for pair in (("one", "another"), ("each", "other")))
        against = verb.lemma_ in self.words["mutual"] and not any(
            child.dep_ in OBJECTS or child.lower_ == "with" for child in verb.children
        )
        return verb.lower_ == "between" or (first.dep_ in ALL_SUBJECTS and (each or against))

    def mutual(self, token: Token) -> tuple[Actor, ...]:
        """The two sides that "diplomats" or "troops" without an owner belong to."""
        soldiers = self.language.agents[token.lemma_.lower()].type == "military"
        for group in self._near(token):
            acting = [side for actor in group.actors if (side := self.side(actor)) is not None]
            if not soldiers:  # those of an army are its state's
                acting = [self.gazetteer.states.get(s.country or "", s) if s.type == "military" else s for s in acting]
            sides = {side.id: side for side in acting}
            if len(sides) == 2 and all(side.type in BODIES for side in sides.values()):
                return tuple(sides.values())
        return ()

    def is_other(self, token: Token) -> bool:
        """ "the other", "the other side", "its neighbour": one of a pair by the other."""
        lefts = {child.lower_ for child in token.lefts}
        if token.lower_ == "other":
            return token.dep_ in (*ALL_SUBJECTS, *OBJECTS, "pobj", "poss") and "the" in lefts
        if token.pos_ != "NOUN" or token.tag_ != "NN":
            return False
        return (token.lemma_ in self.words["pair"] and {"the", "other"} <= lefts) or (
            token.lemma_ in self.language.relational and any(t.dep_ == "poss" and t.i in self.at for t in token.lefts)
        )

    def other(self, token: Token) -> tuple[Actor, ...]:
        """Of the last pair the one that is neither owner nor subject here; both where that cannot be told."""
        near = [t for t in token.lefts if t.dep_ == "poss"]
        near += [subject for verb in ancestors(token) for subject in verb_roles(verb)["subj"]]
        own = {actor.id for t in near if t.i in self.at for actor in self.at[t.i].actors}
        for group in reversed(self.groups):
            if own and own == {actor.id for actor in group.actors}:
                return group.actors  # "each army is checking the other's work"
            rest = tuple(actor for actor in group.actors if actor.id not in own)
            if self.number - group.sentence <= FAR and (len(rest) == 1 or not own) and rest[0].type in BODIES:
                return rest
        return ()
