"""Cue words found in a text: each with its predicate, the words it used up, and its arguments by role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kgraph.language.clauses import Roles, conjuncts, is_passive, noun_roles, verb_roles
from kgraph.language.labels import MODIFIERS, OBJECTS, PASSIVE_SUBJECTS, VERBAL
from kgraph.language.tables import Cue, Language, Step

_CARRYING = frozenset(
    {"in", "into", "under", "to", "on"}
)  # "come under attack", "engage in talks", "efforts in support of"
_COPULAS = frozenset({"be", "remain", "stay", "seem", "become", "appear"})
_OBJECTS = OBJECTS | {"attr", "oprd", "dative"}


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue in its place. ``carrier`` is the light verb of a noun, else the predicate itself."""

    cue: Cue
    predicate: Token
    carrier: Token
    consumed: tuple[Token, ...]
    roles: Roles


def find_frames(doc: Doc, language: Language) -> Iterator[list[Frame]]:
    """All cue words of a text, each with its readings, the longest phrase first.

    Verbs come first, since they use up nouns that would be cues. A reading without a relation ends the list.
    """
    used: set[int] = set()
    for pos, reads in (("verb", _verb_frames), ("noun", _noun_frames), ("adjective", _adjective_frames)):
        for token in doc:
            cues = language.cues.get((pos, token.lemma_.lower()))
            if not cues or token.i in used:
                continue
            readings = _up_to_exclusion(reads(token, cues, language))
            if readings:
                used.update(word.i for word in readings[0].consumed)
                used.add(token.i)
                yield readings


def _up_to_exclusion(frames: Iterator[Frame]) -> list[Frame]:
    found: list[Frame] = []
    for frame in frames:
        found.append(frame)
        if not frame.cue.relation:
            break
    return found


def _verb_frames(verb: Token, cues: tuple[Cue, ...], language: Language) -> Iterator[Frame]:
    if verb.pos_ not in VERBAL or verb.dep_ in ("aux", "auxpass", "amod", "compound"):
        return
    for cue in cues:
        consumed = _match(verb, cue.steps)
        if consumed is not None:
            yield Frame(cue, verb, verb, consumed, _against(verb, _with_nouns(verb_roles(verb), consumed)))


def _noun_frames(noun: Token, cues: tuple[Cue, ...], language: Language) -> Iterator[Frame]:
    if noun.pos_ not in ("NOUN", "PROPN") or noun.dep_ in MODIFIERS or noun.ent_type_ in ("PERSON", "ORG", "GPE"):
        return
    before = [child for child in noun.lefts if child.dep_ in MODIFIERS]
    carrier = _carrier(noun, language)
    for cue in cues:
        consumed = tuple(word for step in cue.steps for word in before if word.lemma_.lower() in step.words)
        if len(consumed) == len(cue.steps):
            roles = _against(carrier or noun, _noun_arguments(noun, carrier, language))
            yield Frame(cue, noun, carrier or noun, consumed, roles)


def _adjective_frames(word: Token, cues: tuple[Cue, ...], language: Language) -> Iterator[Frame]:
    """An adjective or prepositional phrase after a copula, or an adjective beside its noun."""
    above = word.head
    predicative = word.dep_ in ("acomp", "prep", "oprd") and above.pos_ in VERBAL
    if word.pos_ == "ADP" and above.lemma_ not in _COPULAS:
        return
    if not predicative and not (word.dep_ in ("amod", "acl") and any(child.dep_ == "prep" for child in word.children)):
        return
    for cue in cues:
        consumed = _match(word, cue.steps)
        if consumed is None or (word.pos_ == "ADP" and not consumed):
            continue
        roles = _with_nouns(verb_roles(word, depth=6), consumed)
        roles["subj"] = verb_roles(above)["subj"] if predicative else [above]
        yield Frame(cue, word, above if predicative else word, consumed, roles)


def _match(head: Token, steps: tuple[Step, ...]) -> tuple[Token, ...] | None:
    """The words below ``head`` that a phrase asks for, None where one is missing."""
    consumed: list[Token] = []
    cursor = head
    for step in steps:
        found = _object(cursor, step) if step.is_object else _word(cursor, head, step)
        if found is None:
            return None
        consumed.append(found)
        cursor = found
    return tuple(consumed)


def _word(cursor: Token, head: Token, step: Step) -> Token | None:
    near = [*cursor.children, *head.children]
    return next((child for child in near if child.lower_ in step.words or child.lemma_.lower() in step.words), None)


def _object(cursor: Token, step: Step) -> Token | None:
    wanted = (
        {"pobj"}
        if cursor.pos_ in ("ADP", "SCONJ", "PART")
        else _OBJECTS | (PASSIVE_SUBJECTS if is_passive(cursor) else set())
    )
    below = [*cursor.children, *(cursor.head.children if cursor.dep_ == "prt" else ())]
    nouns = (
        noun
        for child in below
        if child.dep_ in wanted | (_OBJECTS if cursor.dep_ == "prt" else set())
        for noun in conjuncts(child)
    )
    found = next((noun for noun in nouns if noun.lemma_.lower() in step.words), None)
    if found is None and cursor.dep_ == "relcl" and cursor.head.lemma_.lower() in step.words:
        return cursor.head
    if found is None and cursor.dep_ == "acl" and is_passive(cursor) and cursor.head.lemma_.lower() in step.words:
        return cursor.head
    return found


def _with_nouns(roles: Roles, consumed: tuple[Token, ...]) -> Roles:
    """The roles of a predicate joined by those of the nouns it used up; a consumed noun is no argument itself."""
    for role in roles:
        roles[role] = [arg for arg in roles[role] if arg not in consumed]
    for word in consumed:
        for noun in (word, *ones(word)) if word.pos_ in ("NOUN", "PROPN") else ():
            for role, args in noun_roles(noun).items():
                roles[role] += [arg for arg in args if arg not in roles[role]]
    return roles


def ones(noun: Token) -> list[Token]:
    """ "a ten-year accord with X and a 15-year one with Y": the ones that are of the noun's kind."""
    return [token for token in conjuncts(noun)[1:] if token.lower_ in ("one", "ones")]


def _against(predicate: Token, roles: Roles) -> Roles:
    """Whom it is against, wherever in the clause that stands ("conducted strikes using drones against the group")."""
    if not roles["against"]:
        for token in predicate.subtree:
            if token.lower_ == "against" and token.dep_ == "prep":
                roles["against"] += [
                    arg for child in token.children if child.dep_ == "pobj" for arg in conjuncts(child)
                ]
    return roles


def _carrier(noun: Token, language: Language) -> Token | None:
    """The light verb that a predicate noun is object, subject of the passive, or complement of."""
    top = noun
    while top.dep_ == "conj" and top.head.pos_ in ("NOUN", "PROPN"):
        top = top.head
    verb = top.head
    if top.dep_ == "pobj" and verb.pos_ == "ADP":
        if verb.lower_ not in _CARRYING:
            return None
        verb = verb.head
        if (
            verb.lemma_.lower() not in language.light | language.reversed
            and verb.pos_ in ("NOUN", "PROPN")
            and top.head.lower_ == "in"
        ):
            return _carrier(verb, language) or (
                verb.head if verb.dep_ in OBJECTS and verb.head.lemma_ in language.light else None
            )
    elif top.dep_ == "attr" and verb.lemma_ == "be":
        return verb
    elif top.dep_ not in OBJECTS | PASSIVE_SUBJECTS and not (top == noun and _carried_by_participle(noun)):
        return None
    if top.dep_ in OBJECTS | PASSIVE_SUBJECTS | {"pobj"}:
        return verb if verb.pos_ in VERBAL and verb.lemma_.lower() in language.light | language.reversed else None
    return None


def _carried_by_participle(noun: Token) -> bool:
    return any(child.dep_ == "acl" and child.tag_ == "VBN" for child in noun.children)


def _noun_arguments(noun: Token, carrier: Token | None, language: Language) -> Roles:
    """Arguments of a predicate noun with those of its light verb behind them."""
    roles: Roles = defaultdict(list, {role: list(args) for role, args in noun_roles(noun).items()})
    if carrier is None:
        return roles
    upper = verb_roles(carrier)
    if carrier.lemma_.lower() in language.reversed:
        roles["to"] += upper["subj"]
        roles["of"] = roles["of"] or upper["subj"]
        roles["against"] += upper["subj"]
        upper["subj"] = []
    taken = {noun.i, *(token.i for token in noun.subtree)}
    for role, args in upper.items():
        if role != "obj":
            roles[role] += [arg for arg in args if arg.i not in taken]
    return roles
