"""From cue frames to drafts: sources and targets found, acts composed, agreements described."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations, product

from spacy.tokens import Token

from kgraph.actors import UNNAMED
from kgraph.extract import agreements
from kgraph.extract.drafts import Draft
from kgraph.extract.frames import Frame, find_frames
from kgraph.extract.scene import Scene, phrase
from kgraph.language.clauses import ancestors, is_object_control, noun_roles, verb_roles
from kgraph.language.labels import VERBAL
from kgraph.model import Actor
from kgraph.ontology import Relation

_CONFIDENCE = {"verb": 0.8, "noun": 0.7, "adjective": 0.7}
_COMPLEMENT = ("obj", "iobj", "to", "with", "for", "from", "on", "against", "into", "in", "at")
_WHEREABOUTS = ("in", "at", "near", "on", "against", "from", "to", "into", "for", "with", "across", "along", "between")
_TOWARDS = ("to", "for", "with", "in", "into", "between", "across", "along", "near", "from")
_OWNED = 0.1  # what is taken off where an end is the owner of the argument, and not the argument itself
_COMPLEMENTING = frozenset({"of", "from", "to", "with", "in", "on", "against", "about", "for"})  # and not "by", "after"
_OFFERED = frozenset(
    {"offer", "stop", "end", "cut", "halt", "agree", "commit", "withdraw"}
)  # as light verbs these stay what they are


def find_events(scene: Scene, memory: agreements.Memory) -> Iterator[Draft]:
    """Drafts of all that cues say in a text, in the order of their words."""
    found = sorted(find_frames(scene.doc, scene.language), key=lambda readings: readings[0].predicate.i)
    words = (word for readings in found for word in (readings[0].predicate, *readings[0].consumed))
    terms = {token.i for noun in words for token in agreements.term_clause(noun, scene)}
    held = (readings for readings in found if readings[0].predicate.i not in terms)
    yield from _once([draft for readings in held for draft in _first_that_holds(readings, scene, memory)])
    for token in scene.doc:
        yield from _obligations(token, scene)
        yield from _left_out(token, scene, memory)


def _once(drafts: list[Draft]) -> Iterator[Draft]:
    """Drafts without those of verbs that others are composed with: "denied arming X" and "agreed to help X" are one."""
    composed = [draft for draft in drafts if draft.composed is not None]
    for draft in drafts:
        if not any(draft.predicate == other.composed and _says_no_more(draft, other) for other in composed):
            yield draft


def _says_no_more(draft: Draft, other: Draft) -> bool:
    return draft.source == other.source and (draft.target is None or _is_same(draft.target, other.target))


def _is_same(one: Actor, other: Actor | None) -> bool:
    return other is not None and one.id == other.id


def _first_that_holds(readings: list[Frame], scene: Scene, memory: agreements.Memory) -> list[Draft]:
    """The drafts of the first reading of a cue word that finds its actors."""
    drafts = (list(_drafts(frame, scene, memory)) for frame in readings if frame.cue.relation)
    return next((found for found in drafts if found), [])


def _obligations(verb: Token, scene: Scene) -> Iterator[Draft]:
    """ "X said that Y must do Z" demands it of Y."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in scene.language.attribution["verbs"]:
        return
    for clause in verb.children:
        modal = next(
            (child for child in clause.children if child.lower_ in ("must", "should") and child.dep_ == "aux"), None
        )
        if clause.dep_ == "ccomp" and modal is not None:
            speakers, obliged = (
                scene.actors_of_all(verb_roles(verb)["subj"]),
                scene.actors_of_all(verb_roles(clause)["subj"]),
            )
            for source, target in product(speakers, obliged):
                if source.id != target.id:
                    yield Draft(source, target, "demands", modal, verb, "modal", 0.6)


def _left_out(token: Token, scene: Scene, memory: agreements.Memory) -> Iterator[Draft]:
    """What the agreements spoken of last do not oblige to ("There is no clause on mutual defence in either text")."""
    obligations = agreements.left_out(token, scene) if token.pos_ in ("NOUN", "PRON") else ()
    for source, target in memory.before(token.i) if obligations else ():
        known = memory.known.get(tuple(sorted((source.id, target.id))))
        if known is not None:
            agreement = replace(known, excludes=tuple(dict.fromkeys((*known.excludes, *obligations))))
            yield Draft(source, target, "has_agreement", token, token, "lexicon", 0.65, agreement=agreement)


def _drafts(frame: Frame, scene: Scene, memory: agreements.Memory) -> Iterator[Draft]:
    relation = scene.ontology.relations[_refined(frame, scene)]
    composed, governor = _composed(frame, relation, scene)
    pairs = [pair for pair in _pairs(frame, relation, scene, memory) if _takes(composed, pair)]
    shared = _is_shared(frame, relation, pairs)
    for rank, (source, target) in enumerate(pairs):
        confidence = _CONFIDENCE[frame.cue.pos] - _OWNED * _is_owned(frame, source, target)
        draft = Draft(
            source,
            target,
            composed.key,
            frame.predicate,
            frame.carrier,
            "lexicon",
            confidence,
            frame.consumed,
            governor,
        )
        noun = _agreement_noun(frame, scene)
        if composed.family == "agreement" and noun is not None and source is not None and target is not None:
            parties = [actor for pair in pairs for actor in pair if actor] if shared else [source, target]
            agreement = agreements.describe(noun, parties, rank, composed, scene)
            draft = replace(draft, agreement=memory.join(agreement))
        yield draft
    linked = [(source, target) for source, target in pairs if source is not None and target is not None]
    if linked and relation.family == "agreement":
        memory.speak(frame.predicate.i, linked)


def _takes(relation: Relation, pair: tuple[Actor | None, Actor | None]) -> bool:
    """True where the relation takes actors of these types."""
    kinds = zip(pair, (relation.source, relation.target), strict=True)
    return all(actor is None or not types or actor.type in types for actor, types in kinds)


def _is_shared(frame: Frame, relation: Relation, pairs: list[tuple[Actor | None, Actor | None]]) -> bool:
    """True for one agreement of all ("A, B and C signed a pact"); "agreements with B and C" are one with each."""
    plural = any(token.tag_ in ("NNS", "NNPS") for token in (frame.predicate, *frame.consumed))
    return relation.symmetric and len(pairs) > 1 and not plural


def _pairs(
    frame: Frame, relation: Relation, scene: Scene, memory: agreements.Memory
) -> Iterator[tuple[Actor | None, Actor | None]]:
    """Who to whom: each source with each target, and for symmetric relations the members of one plural end."""
    sources, targets = _ends(frame, scene)
    if sources and not targets and not (relation.symmetric and len(sources) > 1):
        targets = _used_up(frame, {actor.id for actor in sources}, scene)
    if sources and not targets:
        targets = _farther(frame, relation, {actor.id for actor in sources}, scene)
    if relation.key == "has_agreement" and frame.cue.pos == "noun":
        sources, targets = _parties(frame, sources, targets, scene, memory)
    between = scene.actors_of_all(frame.roles["between"])
    if len(between) > 1 and _is_between(frame, relation):
        targets = between  # "called for talks between X and Y", "mediated between X and Y"
    elif len(between) > 1:
        sources, targets = between, []
    if relation.symmetric and not targets and len(sources) > 1:
        yield from combinations(sources, 2)
        return
    pairs = [(s, t) for s in sources for t in targets if s.id != t.id]
    yield from pairs
    if not pairs and not targets and (frame.cue.alone or _says_about_a_thing(frame, relation)):
        yield from ((source, None) for source in sources if not source.id.startswith(UNNAMED))


def _is_between(frame: Frame, relation: Relation) -> bool:
    """True for a verb whose subject stands outside: "called for talks between X and Y", "mediated between X and Y"."""
    named = bool(frame.consumed) or "between" in frame.cue.target
    return frame.cue.pos == "verb" and not relation.symmetric and named


def _says_about_a_thing(frame: Frame, relation: Relation) -> bool:
    """True for a stance towards what is no actor ("welcomed the accord"): kept with its one actor."""
    towards = frame.cue.pos == "verb" and "obj" in frame.cue.target and relation.family == "stance"
    return towards and any(word.pos_ == "NOUN" for word in _arguments(frame, "obj"))


def _ends(frame: Frame, scene: Scene) -> tuple[list[Actor], list[Actor]]:
    """Sources and targets: the first role of the cue, in its order, that actors stand in."""
    taken: set[int] = set()
    found: list[list[Actor]] = []
    for roles in (
        (frame.cue.target, frame.cue.source) if frame.cue.pos == "noun" else (frame.cue.source, frame.cue.target)
    ):
        actors: list[Actor] = []
        for role in _ordered(roles, frame):
            args = [arg for arg in _arguments(frame, role) if arg.i not in taken]
            actors = scene.actors_of_all(args)
            if actors:
                taken |= {arg.i for arg in args}
                break
        found.append(actors)
    return (found[1], found[0]) if frame.cue.pos == "noun" else (found[0], found[1])


def _arguments(frame: Frame, role: str) -> list[Token]:
    """What stands in a role; the object of a phrase that has used its object up is that noun ("bombed [positions]")."""
    if role == "obj" and frame.cue.pos == "verb" and not frame.roles["obj"]:
        return [word for word in frame.consumed if word.pos_ in ("NOUN", "PROPN")]
    return frame.roles[role]


def _used_up(frame: Frame, sources: set[str], scene: Scene) -> list[Actor]:
    """Targets in the cue's own nouns: whom they name ("summoned the envoy"), or their owners ("rejected its offer")."""
    if frame.cue.pos != "verb" or "subj" not in frame.cue.source:
        return []
    found = scene.actors_of_all(word for word in frame.consumed if word.pos_ in ("NOUN", "PROPN"))
    return [actor for actor in found if actor.id not in sources]


def _farther(frame: Frame, relation: Relation, sources: set[str], scene: Scene) -> list[Actor]:
    """Targets farther off: in the complement of a promise or refusal, or where a deed's object is or happens."""
    if relation.symmetric and len(sources) > 1:
        return []
    if relation.key in scene.language.complement_relations:
        places = [verb for verb in frame.carrier.children if verb.dep_ in ("xcomp", "ccomp") and not _has_subject(verb)]
        args = [arg for verb in places for role in _COMPLEMENT for arg in verb_roles(verb)[role]]
    elif relation.family == "event":
        roles = _TOWARDS if relation.sign > 0 else _WHEREABOUTS
        near = [arg for role in roles for arg in frame.roles[role]]
        things = (*frame.roles["obj"], *near, *frame.consumed)
        args = [*near, *(arg for thing in things for role in _WHEREABOUTS for arg in noun_roles(thing)[role])]
    else:
        return []
    found = [actor for actor in scene.actors_of_all(args) if actor.id not in sources]
    return found[:1]


def _ordered(roles: tuple[str, ...], frame: Frame) -> tuple[str, ...]:
    """The cue's roles; the source of a noun may also be the subject of its light verb, its target the dative."""
    if frame.cue.pos != "noun" or frame.carrier == frame.predicate:
        return roles
    return ("subj", *roles) if roles == frame.cue.source else (*roles, "iobj")


def _parties(
    frame: Frame, sources: list[Actor], targets: list[Actor], scene: Scene, memory: agreements.Memory
) -> tuple[list[Actor], list[Actor]]:
    """Parties of an agreement: those named and the side that is understood; for "these agreements" the last."""
    if not sources and not targets and not frame.roles["between"] and _points_back(frame.predicate):
        return list(dict.fromkeys(s for s, _ in memory.parties))[:1], [t for _, t in memory.parties]
    if targets and not sources:
        known = {actor.id for actor in targets}
        understood = [actor for actor in _understood_side(frame.predicate, scene) if actor.id not in known]
        return understood[:1], targets
    return sources, targets


def _points_back(noun: Token) -> bool:
    """ "these agreements", and "they" or "the agreement" only where a term of it follows."""
    return any(child.lower_ in ("these", "this", "those", "that") and child.dep_ == "det" for child in noun.children)


def _understood_side(noun: Token, scene: Scene) -> list[Actor]:
    """Whose agreement with X it is, where only X is named: the subject above, else the side that speaks."""
    for above in ancestors(noun):
        if above.pos_ in VERBAL:
            bodies = [
                actor
                for arg in verb_roles(above)["subj"]
                for actor in scene.actors_at(arg)
                if actor.type in ("state", "igo", "armed_group")
            ]
            if bodies:
                return bodies
    speaker, _, _ = scene.attribution(noun)
    return [scene.side_of(speaker)] if speaker is not None else []


def _agreement_noun(frame: Frame, scene: Scene) -> Token | None:
    candidates = (frame.predicate, *frame.consumed)
    return next(
        (token for token in candidates if token.pos_ in ("NOUN", "PROPN") and agreements.is_agreement(token, scene)),
        None,
    )


def _refined(frame: Frame, scene: Scene) -> str:
    """The more special relation where the words around the cue's nouns call for it ("military assistance")."""
    nouns = [word for word in (frame.predicate, *frame.consumed, *frame.roles["obj"]) if word.pos_ == "NOUN"]
    words = {token.lemma_.lower() for noun in nouns for token in noun.doc[slice(*phrase(noun))]}
    rows = scene.language.refinements.get(frame.cue.relation, ())
    return next((row["becomes"] for row in rows if words & set(row["words"])), frame.cue.relation)


def _composed(frame: Frame, relation: Relation, scene: Scene) -> tuple[Relation, Token | None]:
    """The relation that the verbs above make of the cue's own ("refused to help"), and the verb that did it."""
    if relation.category is None:
        return relation, None
    if relation.family == "agreement":
        refusing = next((above for above in _composers(frame) if _refuses(above, scene)), None)
        return (scene.ontology.relations["rejects_agreement"], refusing) if refusing is not None else (relation, None)
    quad = scene.ontology.categories[relation.category].quad
    side = "cooperation" if quad.endswith("cooperation") else "conflict"
    for above in _composers(frame):
        for row in scene.language.compositions.get(above.lemma_.lower(), ()):
            made = row.get(relation.category) or row.get(side)
            if made and not any(child.lower_ == "short" for child in above.children):
                return scene.ontology.relations[_kept_or_refused(made, frame)], above
    return relation, None


def _refuses(verb: Token, scene: Scene) -> bool:
    """True for "declined to renew the contract"."""
    rows = scene.language.compositions.get(verb.lemma_.lower(), ())
    return any(row.get("cooperation") == "refuses" for row in rows)


def _kept_or_refused(relation: str, frame: Frame) -> str:
    """A promise not to do something is a refusal of it."""
    negated = any(child.dep_ == "neg" for child in frame.carrier.children)
    return "refuses" if negated and relation == "promises" else relation


def _composers(frame: Frame) -> Iterable[Token]:
    """Governors with the cue's own subject that may compose: its light verb, and verbs it is the infinitive of."""
    if frame.carrier != frame.predicate and frame.carrier.lemma_.lower() not in _OFFERED:
        yield frame.carrier
    below = frame.carrier
    while below.dep_ in ("xcomp", "pcomp", "acl") or (below.dep_ == "ccomp" and not _has_subject(below)):
        if below.dep_ == "pcomp" and (is_object_control(below) or below.head.lower_ not in _COMPLEMENTING):
            return
        below = below.head if below.dep_ != "pcomp" else below.head.head
        yield below


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def _is_owned(frame: Frame, source: Actor | None, target: Actor | None) -> bool:
    """True where an end was found through what it owns, and not at an argument of the cue itself."""
    arguments = {arg.idx for args in frame.roles.values() for arg in args}
    ends = [actor.mention for actor in (source, target) if actor is not None and actor.mention is not None]
    offset = 0
    return any(not any(span.start - offset <= idx < span.end - offset for idx in arguments) for span in ends)
