"""The pair model among the rules: it confirms, corrects or drops what cues found, and adds what they missed.

Rules know the words: who stands where, whether it happened, who says so. The model knows what the whole sentence
makes of two actors. A draft keeps its relation where the model agrees on the category; where the model is sure of
another, the draft gets the relation that says no more than that category.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Span as Words
from spacy.tokens import Token

from kgraph.actors import UNNAMED, TokenMention
from kgraph.extract.drafts import Draft
from kgraph.extract.pair_model import CATEGORIES, PairQuery, Verdict
from kgraph.extract.scene import Scene
from kgraph.extract.statements import fact_of
from kgraph.language.labels import VERBAL
from kgraph.model import Actor, Span
from kgraph.ontology import Relation

# Categories of deeds: their word is the lowest verb ("planned to attack": attack); of words it is the highest.
_DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "PROTEST", "RETREAT", "AID", "COOPERATE", "CONCEDE"})
_AT_PLACES = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "AID", "RETREAT"})  # what is done to a place
_MOST = 14  # mentions of a sentence that are judged; a longer list is no prose
_ADDED = 0.5  # least probability of an act for a statement that only the model sees
_FELT = 0.6  # least probability of an attitude where no act is seen
_DROPPED, _PLAIN_CUE = 0.1, 0.75  # a cue's weaker statement goes where the model sees an act with less than this
_WORDS = 0.85  # share of the words in the confidence of what cue and model both judged
_SURE, _UNLIKELY = 0.6, 0.2  # the model's category replaces the cue's where it is sure and the cue's is unlikely


@dataclass(frozen=True, slots=True)
class _Judged:
    """The verdict on two actors of a sentence, at the mentions at which they do most."""

    source: Actor
    target: Actor
    first: Token
    second: Token
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Place:
    """A mention as the model is shown it: its head, whom it means, and where it stands in the document."""

    head: Token
    actors: tuple[Actor, ...]
    span: Span


Judged = dict[tuple[int, str, str], _Judged]  # by start of the sentence and ids


@dataclass(slots=True)
class Questions:
    """What the model is asked about one text: a query a sentence, with the sentence and the mentions it was made of."""

    queries: list[PairQuery] = field(default_factory=list)
    about: list[tuple[Words, list[_Place]]] = field(default_factory=list)


def questions_of(scene: Scene) -> Questions:
    """A query for each sentence in which two actors stand."""
    found = Questions()
    for sent in scene.doc.sents:
        mentions = _mentions(sent, scene)
        pairs = [
            (i, j)
            for i, one in enumerate(mentions)
            for j, other in enumerate(mentions)
            if i != j and _is_pair(one.actors, other.actors)
        ]
        if pairs:
            start = scene.offset + sent.start_char
            places = [(mention.span.start - start, mention.span.end - start) for mention in mentions]
            text = scene.document.text[start : scene.offset + sent.end_char]
            found.queries.append(PairQuery(text, places, pairs))
            found.about.append((sent, mentions))
    return found


def judged(
    drafts: Iterable[Draft], scene: Scene, questions: Questions, answers: Sequence[tuple[Verdict, ...]]
) -> Iterator[Draft]:
    """Drafts as the model's answers leave them, then those that it adds."""
    found = _by_actors(questions, answers)
    seen: set[tuple[int, str, str]] = set()
    for draft in drafts:
        if draft.source is None or draft.target is None:
            yield draft
            continue
        key = (draft.predicate.sent.start, draft.source.id, draft.target.id)
        back = (key[0], key[2], key[1])
        revised = _revised(draft, found.get(key), found.get(back), scene)
        if revised is not None:
            seen |= {key, back}  # the words know who does it to whom
            yield revised
    for key, pair in found.items():
        other = found.get((key[0], key[2], key[1]))
        weaker = other is not None and other.verdict.act > pair.verdict.act  # of the two directions the likelier
        if key not in seen and not weaker and (added := _added(pair, scene)) is not None:
            seen.add((key[0], key[2], key[1]))
            yield added


def _by_actors(questions: Questions, answers: Sequence[tuple[Verdict, ...]]) -> Judged:
    """The verdict on each two actors of each sentence; of several mentions those with the likeliest act."""
    best: Judged = {}
    for query, (sent, mentions), verdicts in zip(questions.queries, questions.about, answers, strict=True):
        for (i, j), verdict in zip(query.pairs, verdicts, strict=True):
            for source in mentions[i].actors:
                for target in mentions[j].actors:
                    key = (sent.start, source.id, target.id)
                    if key not in best or best[key].verdict.act < verdict.act:
                        best[key] = _Judged(source, target, mentions[i].head, mentions[j].head, verdict)
    return best


def _mentions(sent: Words, scene: Scene) -> list[_Place]:
    """What is mentioned in a sentence, titles beside names left out."""
    found: list[_Place] = []
    last: TokenMention | None = None
    for token in sent:
        mention = scene.at.get(token.i)
        if mention is not None and (mention is last or mention.kind == "title"):
            continue
        last = mention
        head = scene.doc[mention.root] if mention is not None else token
        actors = scene.actors_at(head)
        if actors:
            span = scene.span(mention.start, mention.end) if mention is not None else scene.span(token.i, token.i + 1)
            found.append(_Place(head, actors, span))
    return found if len(found) <= _MOST else []


def _is_pair(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    """True where the first may do something to the second: other actors, no place at work, not both without a name."""
    ids = {actor.id for actor in one}, {actor.id for actor in other}
    unnamed = all(key.startswith(UNNAMED) for key in ids[0] | ids[1])
    return not ids[0] & ids[1] and one[0].type != "place" and not unnamed


def _revised(draft: Draft, forth: _Judged | None, back: _Judged | None, scene: Scene) -> Draft | None:
    """A draft as the model leaves it, None where it sees nothing between the two."""
    relation = scene.ontology.relations[draft.relation]
    if forth is None or relation.category is None:
        return draft
    if fact_of(draft, scene).polarity == "negated":  # the model was taught what is done; what is not, the words know
        return draft
    chances = [pair.verdict for pair in (forth, back if relation.symmetric else None) if pair is not None]
    verdict = max(chances, key=lambda v: v.act)
    if verdict.act < _DROPPED and relation.family != "agreement" and draft.confidence < _PLAIN_CUE:
        return None
    likely = float(verdict.categories[CATEGORIES.index(relation.category)])
    sign, sure = forth.verdict.sign()
    at_odds = sign * relation.sign < 0  # the words of the relation say more than a feeling
    draft = replace(draft, sign=sign if sure >= _SURE and not at_odds else None)
    category, chance = verdict.category(act=True)
    other = _plain(category, scene)
    another = category != relation.category and verdict.act * chance >= _SURE and likely < _UNLIKELY
    if another and relation.family != "agreement":
        return replace(draft, relation=other.key, method="model", confidence=round(chance, 2)) if other else None
    return replace(draft, confidence=round(_WORDS * draft.confidence + (1 - _WORDS) * max(likely, verdict.act / 2), 2))


def _added(pair: _Judged, scene: Scene) -> Draft | None:
    """What only the model sees: an act, or an attitude that the sentence shows."""
    verdict = pair.verdict
    category, chance = verdict.category(act=True)
    sign, sure = verdict.sign()
    if verdict.act >= _ADDED:
        relation, confidence = _plain(category, scene), verdict.act * chance
    elif sign and sure >= _FELT:
        relation, confidence = _fitting(verdict, sign, scene), sure * _ADDED
    else:
        return None
    if relation is None or (pair.target.type == "place" and relation.category not in _AT_PLACES):
        return None
    predicate = _predicate(pair.first, pair.second, deed=relation.category in _DEEDS)
    sign = sign if sure >= _SURE and sign * relation.sign >= 0 else relation.sign
    return Draft(pair.source, pair.target, relation.key, predicate, predicate, "model", round(confidence, 2), sign=sign)


def _plain(category: str, scene: Scene) -> Relation | None:
    """The relation that says no more than a category; None where the user's ontology has none."""
    row = scene.ontology.categories.get(category)
    return scene.ontology.relations.get(row.relation) if row is not None and row.relation else None


def _fitting(verdict: Verdict, sign: int, scene: Scene) -> Relation | None:
    """The relation of the likeliest category of words that bears a sign."""
    ranked = sorted(zip(CATEGORIES, verdict.categories, strict=True), key=lambda row: -float(row[1]))
    for category, _ in ranked:
        relation = _plain(category, scene)
        if relation is not None and relation.sign == sign and relation.family == "stance":
            return relation
    return None


def _predicate(source: Token, target: Token, *, deed: bool) -> Token:
    """The word between two mentions that says what the one does: of words the highest, of deeds the lowest verb."""
    above = [source, *source.ancestors]
    path = []
    for token in (target, *target.ancestors):
        path.append(token)
        if token in above:
            break
    top = path[-1]
    verbs = [token for token in path if token.pos_ in VERBAL]
    if not verbs and top.pos_ in ("NOUN", "PROPN") and top not in (source, target):
        return top
    if verbs:
        return verbs[0] if deed else verbs[-1]
    return next((token for token in above if token.pos_ in VERBAL), top)
