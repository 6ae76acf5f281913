"""Drafts made into Statements: factuality, speaker, time, place, topic, ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b

from spacy.tokens import Token

from kgraph.extract.drafts import Draft
from kgraph.extract.factuality import Factuality, factuality_of
from kgraph.extract.scene import Scene, phrase
from kgraph.extract.times import time_of
from kgraph.language.clauses import verb_roles
from kgraph.model import Actor, Article, Span, Statement

_TOPICS = ("over", "about", "on", "regarding", "concerning")
_EXCEPTED = re.compile(
    r"(?:,|\bbut|\w) not (?:(?:by|from|to|with|against|for|at|on|in|of) )?(?:(?:the|a|an|its|their) )?$"
)
_LONGEST_TOPIC = 12  # tokens
_UNSURE = {"actual": 0.0, "obliged": 0.0, "planned": 0.05, "demanded": 0.05, "possible": 0.1, "conditional": 0.1}


def assemble(drafts: Iterable[Draft], scene: Scene, taken: set[str]) -> Iterator[Statement]:
    """Statements of one text in the order of their drafts; ``taken`` are the ids that its document has given out."""
    seen: set[tuple[object, ...]] = set()
    for draft in drafts:
        st = _statement(draft, scene, taken)
        key = (st.source and st.source.id, st.target and st.target.id, st.relation, st.polarity, st.evidence.start)
        if key not in seen:
            seen.add(key)
            taken.add(st.id)
            yield st


def _statement(draft: Draft, scene: Scene, taken: set[str]) -> Statement:
    document = scene.document
    relation = scene.ontology.relations[draft.relation]
    fact = fact_of(draft, scene)
    speaker, via, quoted = scene.attribution(draft.composed or draft.carrier)
    evidence = scene.sentence(draft.predicate)
    said = (draft.relation, fact.polarity, *sorted(end.id if end else "" for end in (draft.source, draft.target)))
    ends = tuple(end.id if end else "" for end in (draft.source, draft.target))
    return Statement(
        id=_unused(_digest(document.id, evidence.text, draft.predicate.text, fact.modality, *said, *ends), taken),
        document=document.id,
        article=Article(document.title, document.date, document.publisher, document.url),
        event=_digest(document.id, *(said if relation.symmetric else (*said[:2], *ends))),
        source=scene.known(draft.source),
        target=scene.known(draft.target),
        relation=relation.key,
        family=relation.family,
        category=relation.category,
        sign=relation.signed(fact.polarity) if draft.sign is None else draft.sign,
        polarity=fact.polarity,
        modality=fact.modality,
        speaker=scene.known(speaker),
        via=tuple(actor for other in via if (actor := scene.known(other))),
        quoted=quoted,
        time=time_of(draft.carrier, scene),
        place=_place(draft, scene),
        topic=_topic(draft, scene),
        agreement=draft.agreement,
        trigger=scene.span(draft.predicate.i, draft.predicate.i + 1),
        evidence=evidence,
        confidence=round(max(0.05, draft.confidence - _UNSURE[fact.modality]), 2),
        method=draft.method,
    )


def fact_of(draft: Draft, scene: Scene) -> Factuality:
    """Whether what a draft says happened."""
    carried = draft.composed is None and draft.carrier != draft.predicate
    fact = factuality_of(draft.composed or draft.carrier, _phrase_words(draft), scene.language, carried=carried)
    if _is_excepted(draft, scene):
        fact = replace(fact, polarity="affirmed" if fact.polarity == "negated" else "negated")
    return fact


def _is_excepted(draft: Draft, scene: Scene) -> bool:
    """True for an end that a contrast leaves out: "bought it from Peru, not from Chile", "not by the army but by …"."""
    text = scene.document.text
    spans = (end.mention for end in (draft.source, draft.target) if end is not None and end.mention is not None)
    return sum(_EXCEPTED.search(text[max(0, span.start - 30) : span.start]) is not None for span in spans) == 1


def _phrase_words(draft: Draft) -> tuple[Token, ...]:
    """Words whose own "no" negates the statement: the cue's nouns, and the predicate below its light verb."""
    return draft.consumed if draft.carrier == draft.predicate else (draft.predicate,)


def _place(draft: Draft, scene: Scene) -> Actor | None:
    """A place or state after "in" or "at" that is no end of the statement."""
    if draft.carrier.pos_ not in ("VERB", "AUX"):
        return None
    ends = {end.id for end in (draft.source, draft.target) if end}
    roles = verb_roles(draft.carrier)
    found = (actor for name in ("in", "at", "near") for arg in roles[name] for actor in scene.actors_at(arg))
    return next((actor for actor in found if actor.type in ("place", "state") and actor.id not in ends), None)


def _topic(draft: Draft, scene: Scene) -> str | None:
    """What it is about: "over …" and "about …", else the thing asked for, offered or praised."""
    for word in (draft.carrier, draft.predicate, *draft.consumed):
        for child in word.children:
            if child.lower_ in _TOPICS and child.dep_ == "prep":
                arg = next((arg for arg in child.children if arg.dep_ == "pobj" and arg.i not in scene.at), None)
                if arg is not None and draft.target not in scene.actors_of(arg):
                    return _words(scene, arg.left_edge.i, arg.right_edge.i + 1)
    if draft.agreement is not None:
        return None
    noun = next((word for word in draft.consumed if word.pos_ == "NOUN"), None)
    noun = noun or next(
        (arg for arg in verb_roles(draft.predicate)["obj"] if arg.pos_ == "NOUN" and arg.i not in scene.at), None
    )
    return (
        _words(scene, *phrase(noun, behind=True))
        if noun is not None and draft.predicate.pos_ in ("VERB", "AUX")
        else None
    )


def _words(scene: Scene, start: int, end: int) -> str:
    span: Span = scene.span(start, min(end, start + _LONGEST_TOPIC))
    return " ".join(span.text.split())


def _digest(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _unused(digest: str, taken: set[str]) -> str:
    """``digest``, or its next variant where the same sentence stands in the document once more."""
    unused, number = digest, 1
    while unused in taken:
        number += 1
        unused = f"{digest}-{number}"
    return unused
