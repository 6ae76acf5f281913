"""One parsed text with all that rules ask of it: who stands at a token, who speaks, where it is in the document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Span as Words
from spacy.tokens import Token

from kgraph.actors.cast import UNNAMED, Cast, TokenMention, spans_of
from kgraph.actors.gazetteer import Gazetteer
from kgraph.actors.mentions import find_mentions
from kgraph.actors.reference import resolve_references
from kgraph.extract.attribution import Attribution, Attributions
from kgraph.language import Language, ParsedPart
from kgraph.language.clauses import conjuncts, noun_roles
from kgraph.model import Actor, Mention, Span
from kgraph.ontology import Ontology

_OWNERS = ("appos", "poss", "mod", "by", "of", "from")
_BODIES_OF_A_STATE = frozenset({"military", "government", "other", "company", "media"})
_BELONGING = frozenset({"of", "for", "on", "against", "during"})
_SPEAKER = Actor(UNNAMED + "speaker", "speaker", "person")
_DEEPEST = 2  # of-phrases inside of-phrases that are followed to an owner


class Scene:
    """The actors and voices of one text."""

    def __init__(
        self, part: ParsedPart, gazetteer: Gazetteer, language: Language, ontology: Ontology, cast: Cast
    ) -> None:
        self.doc, self.document, self.offset = part.doc, part.document, part.offset
        self.gazetteer, self.language, self.ontology, self.cast = gazetteer, language, ontology, cast
        named = find_mentions(self.doc, gazetteer, language, cast)
        resolved = resolve_references(self.doc, named, language, gazetteer, cast)
        instead = {mention.root for mention in resolved}
        kept = [mention for mention in named if mention.root not in instead]
        self.mentions = sorted(kept + resolved, key=lambda mention: mention.start)
        self.at = spans_of(self.mentions)
        self._named_in: defaultdict[int, list[TokenMention]] = defaultdict(list)  # by the start of the sentence
        for mention in kept:
            self._named_in[self.doc[mention.root].sent.start].append(mention)
        self.attributions = Attributions(self.doc, language)
        self.dates: defaultdict[int, list[Words]] = defaultdict(list)  # by the start of the sentence
        for ent in self.doc.ents:
            if ent.label_ == "DATE":
                self.dates[ent.sent.start].append(ent)
        self.bodies: dict[str, Actor] = {}  # the body each person speaks or acts for, filled by the role rules
        self.parts: dict[str, Actor] = {}  # the state each body is said to be of, filled likewise
        self._asking: set[int] = set()  # pronouns of the first person whose speaker is being looked for
        self._first = language.pronouns["first"] | language.pronouns["first_singular"]

    def span(self, start: int, end: int) -> Span:
        """Tokens ``start`` to ``end`` (exclusive) as a span of the document."""
        first, last = self.doc[start], self.doc[end - 1]
        begin, finish = self.offset + first.idx, self.offset + last.idx + len(last.text)
        return Span(begin, finish, self.document.text[begin:finish])

    def sentence(self, token: Token) -> Span:
        """The sentence of a token, without white space, a dateline, or a full stop put in for a line end."""
        text, offset = self.document.text, self.offset
        words = [word.i for word in token.sent if not word.is_space and not text[offset + word.idx].isspace()]
        return self.span(words[0], words[-1] + 1)

    def named(self) -> Iterator[Mention]:
        """Mentions as the document's own, in order, the first person among them."""
        for mention in sorted([*self.mentions, *self._speaking()], key=lambda mention: mention.start):
            span = self.span(*(mention.phrase or (mention.start, mention.end)))
            for actor in mention.actors:
                yield Mention(self.document.id, span, actor, mention.reason)

    def _speaking(self) -> Iterator[TokenMention]:
        """Mentions by "I" and "we": the speaker or the speaker's side, else a speaker without a name."""
        for token in self.doc:
            if token.lower_ in self._first and token.i not in self.at and token.pos_ == "PRON":
                actors = self._first_person(token) or (_SPEAKER,)
                yield TokenMention(token.i, token.i + 1, token.i, actors, "reference", "first person")

    def actors_at(self, token: Token) -> tuple[Actor, ...]:
        """The actors that a token itself means, as name, noun or pronoun."""
        mention = self.at.get(token.i)
        if mention is not None:
            return tuple(replace(actor, mention=self._place(mention, actor)) for actor in mention.actors)
        if token.lower_ in self._first:
            return self._first_person(token)
        return ()

    def _place(self, mention: TokenMention, actor: Actor) -> Span:
        """Where to show an actor: at its name, where the sentence of a pronoun has it, else where it is meant."""
        if mention.kind == "reference":
            named = self._named_in[self.doc[mention.root].sent.start]
            mention = next((m for m in named if any(other.id == actor.id for other in m.actors)), mention)
        return self.span(mention.start, mention.end)

    def actors_of(self, token: Token, *, depth: int = 0) -> tuple[Actor, ...]:
        """The actors a noun phrase means or, where it means none, those it belongs to ("Russia's role": Russia)."""
        if self._is_transparent(token):
            inner = tuple(actor for arg in noun_roles(token)["of"] for actor in self.actors_of(arg, depth=depth + 1))
            if inner:
                return inner
        here = self.actors_at(token)
        if here or depth > _DEEPEST or token.pos_ not in ("NOUN", "PROPN", "PRON", "NUM", "VERB"):
            return here
        roles = noun_roles(token)
        for role in _OWNERS:
            if role == "poss" and token.lemma_.lower() in self.language.relational:
                continue
            if role in self._suffered(token):
                continue
            found = tuple(
                actor for arg in roles[role] for actor in (self.actors_at(arg) or self._deeper(arg, role, depth))
            )
            if found:
                return found
        return ()

    def actors_of_all(self, tokens: Iterable[Token]) -> list[Actor]:
        """The actors of several noun phrases, each id once."""
        found: dict[str, Actor] = {}
        for token in tokens:
            for actor in self.actors_of(token):
                found.setdefault(actor.id, actor)
        return list(found.values())

    def attribution(self, token: Token) -> tuple[Actor | None, tuple[Actor, ...], bool]:
        """Speaker, those who pass on what was said, and whether it stands in quotation marks."""
        found = self.attributions.of(token)
        if found.quoted and self._is_own_aside(token):
            found = Attribution(self.attributions.speaker_of_quotation(token), (), True)
        voices = [
            actors[0] for said in (found.speaker, *found.via) if said is not None and (actors := self.actors_of(said))
        ]
        distinct = list({actor.id: actor for actor in voices}.values())
        return (distinct[0] if distinct else None), tuple(distinct[1:]), found.quoted

    def known(self, actor: Actor | None) -> Actor | None:
        """An actor with the country and sector of the body it holds an office at, where it has none of its own."""
        body = self.bodies.get(actor.id) if actor is not None else None
        if actor is None or body is None:
            return actor
        return replace(actor, country=actor.country or body.country, sector=actor.sector or body.sector)

    def _is_own_aside(self, token: Token) -> bool:
        """True for a relative clause about "us" in a quotation: who is quoted says it, not whom he reports."""
        return token.dep_ == "relcl" and any(child.lower_ in self._first for child in token.children)

    def side_of(self, actor: Actor) -> Actor:
        """Who an actor means by "we": the state or body it belongs to, else itself."""
        body = self.bodies.get(actor.id) or self.cast.sides.get(actor.id, actor)
        if body.type in _BODIES_OF_A_STATE or (body.type == "person" and body.country):
            return self.gazetteer.states.get(body.country or "") or self.parts.get(body.id, body)
        return body

    def _first_person(self, token: Token) -> tuple[Actor, ...]:
        if token.i in self._asking:  # "our spokesman said that we …": who "we" are is who "our" are
            return ()
        self._asking.add(token.i)
        said = self.attributions.speaker_of_quotation(token) or self.attributions.of(token).speaker
        speakers = self.actors_of(said) if said is not None and said != token else self._publisher()
        self._asking.discard(token.i)
        if not speakers or speakers[0].id.startswith(UNNAMED):
            return ()
        singular = token.lower_ in self.language.pronouns["first_singular"]
        meant = speakers[0] if singular else self.side_of(speakers[0])
        return (replace(meant, mention=self.span(token.i, token.i + 1)),)

    def _publisher(self) -> tuple[Actor, ...]:
        """Who speaks in an official statement: its publisher, where that is a known actor and no news house."""
        forms = self.gazetteer.lookup(self.document.publisher or "")
        actor = next((form.entry.actor for form in forms if form.entry.actor.type != "media"), None)
        return (actor,) if actor is not None else ()

    def _suffered(self, token: Token) -> frozenset[str]:
        """Roles that name whom a deed is done to, and not whose it is: in "the invasion of X" it is not X's."""
        cues = self.language.cues.get(("noun", token.lemma_.lower()), ())
        deeds = (cue for cue in cues if cue.relation and self.ontology.relations[cue.relation].sign < 0)
        return frozenset(role for cue in deeds for role in cue.target)

    def _deeper(self, token: Token, role: str, depth: int) -> tuple[Actor, ...]:
        return self.actors_of(token, depth=depth + 1) if role not in ("mod", "appos") else ()

    def _is_transparent(self, token: Token) -> bool:
        return token.lemma_.lower() in self.language.transparent and any(
            child.lower_ == "of" for child in token.children
        )


def phrase(token: Token, *, behind: bool = False) -> tuple[int, int]:
    """First and last token (exclusive) of the noun phrase of ``token``; ``behind``: with the "of …" right behind it."""
    left = [
        child.left_edge.i
        for child in token.lefts
        if child.dep_ not in ("cc", "punct", "relcl", "det", "poss", "predet")
    ]
    end = max(other.i for other in conjuncts(token)) + 1
    after = token.doc[end] if behind and end < token.sent.end else None
    if after is not None and after.lower_ in _BELONGING and after.dep_ == "prep":
        objects = [arg for arg in after.children if arg.dep_ == "pobj"]
        end = max([end, *(other.i + 1 for arg in objects for other in conjuncts(arg))])
    return min([token.i, *left]), end
