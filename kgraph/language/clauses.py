"""The clause layer: predicates and their arguments by role, read from the dependency parse once for all rules.

Roles are those of the active clause: in "Iran was attacked by Israel" Israel is subj and Iran obj. Shared and
understood arguments are filled in (coordination, control, relative clauses, participles). Prepositional roles bear
the preposition's name. Labels are those of the ClearNLP scheme that spaCy's English models use.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from kgraph.language.labels import (
    DATIVES,
    MODIFIERS,
    OBJECTS,
    PASSIVE_SUBJECTS,
    PREPOSITIONS,
    SUBJECTS,
    VERBAL,
)

Roles = defaultdict[str, list[Token]]
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SUBJECT_CONTROL = frozenset({"promise", "vow", "threaten", "pledge"})
_CALLING = {"call": ("on", "upon"), "appeal": ("to",), "plead": ("with",), "rely": ("on",), "count": ("on",)}
_OBJECT_CONTROL = frozenset({"of", "from", "as", "into"})  # "accused Iran of attacking", "quoted him as saying"
_THANKING = frozenset({"applaud", "commend", "laud", "praise", "salute", "thank"})  # "thanked Kenya for helping"


def conjuncts(token: Token) -> list[Token]:
    """``token`` and all that is coordinated with it to its right, "not"-ed ones left out."""
    found: list[Token] = []
    waiting = [token]
    while waiting:
        member = waiting.pop()
        found.append(member)
        joined = (child for child in member.children if child.dep_ == "conj")
        waiting += reversed([child for child in joined if not any(other.dep_ == "neg" for other in child.children)])
    return found


def is_passive(verb: Token) -> bool:
    """True for passive verbs, also participles that stand without their auxiliary ("backed by Iran")."""
    while not _is_passive_itself(verb):
        if not _is_bare_participle(verb) or verb.dep_ != "conj" or verb.head.tag_ != "VBN":
            return False
        verb = verb.head
    return True


def _is_bare_participle(verb: Token) -> bool:
    deps = {child.dep_ for child in verb.children}
    return verb.tag_ == "VBN" and "aux" not in deps and not (deps & OBJECTS and "agent" not in deps)


def _is_passive_itself(verb: Token) -> bool:
    deps = {child.dep_ for child in verb.children}
    if deps & {"auxpass", *PASSIVE_SUBJECTS}:
        return True
    if not _is_bare_participle(verb) or (verb.dep_ == "conj" and verb.head.tag_ == "VBN"):
        return False
    return verb.dep_ in ("acl", "advcl", "amod", "relcl") or "agent" in deps


def verb_roles(verb: Token, *, depth: int = 0) -> Roles:
    """Arguments of a verb by role; each list holds the head tokens of what is coordinated."""
    roles: Roles = defaultdict(list)
    passive = is_passive(verb)
    for child in verb.children:
        _add_argument(child, passive, roles)
    _share_object(verb, roles)
    if depth < 6:
        _inherit_subject(verb, passive, roles, depth)
        _fill_relative(verb, passive, roles)
    return roles


def noun_roles(noun: Token) -> Roles:
    """Arguments of a noun by role: poss, mod (modifiers), appos and prepositions; "by" also from "shown by X"."""
    roles: Roles = defaultdict(list)
    for child in noun.children:
        if child.dep_ == "poss":
            roles["poss"] += conjuncts(child)
        elif child.dep_ in MODIFIERS:
            roles["mod"] += conjuncts(child)
        elif child.dep_ in PREPOSITIONS:
            _add_preposition(child, roles)
        elif child.dep_ == "acl" and child.tag_ == "VBN":
            roles["by"] += verb_roles(child, depth=6)["subj"]
        elif child.dep_ == "appos":
            roles["appos"] += conjuncts(child)
    if noun.dep_ == "appos":
        roles["appos"].append(noun.head)
    roles["mod"] += _loose_modifier(noun)
    return roles


def _loose_modifier(noun: Token) -> list[Token]:
    """A name right before a noun that the parser hung beside it as a second object ("condemned US airstrikes")."""
    if noun.i <= noun.sent.start:
        return []
    before = noun.nbor(-1)
    beside = before.head == noun.head and before.dep_ == noun.dep_ and before.dep_ in OBJECTS
    return [before] if beside and before.pos_ == "PROPN" else []


def governor(token: Token) -> Token | None:
    """The predicate right above ``token`` whose complement, adjunct or argument it is, None for a main clause."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    head = token.head
    if head == token or token.dep_ in ("conj", "ROOT"):
        return None
    while head.pos_ in ("ADP", "ADV", "PART") and head.head != head:
        head = head.head
    return head


def _add_argument(child: Token, passive: bool, roles: Roles) -> None:
    if child.dep_ in SUBJECTS:
        roles["obj" if passive and child.dep_ not in SUBJECTS else "subj"] += conjuncts(child)
    elif child.dep_ in PASSIVE_SUBJECTS or child.dep_ in OBJECTS:
        roles["obj"] += conjuncts(child)
    elif child.dep_ == "agent":
        roles["subj"] += [arg for prep in child.children if prep.dep_ == "pobj" for arg in conjuncts(prep)]
    elif child.dep_ in DATIVES and child.pos_ != "ADP":
        roles["iobj"] += conjuncts(child)
    elif child.dep_ in PREPOSITIONS or child.dep_ in DATIVES:
        _add_preposition(child, roles)
    elif child.dep_ in ("ccomp", "xcomp") and child.pos_ in VERBAL:
        _add_complement(child, roles)
    elif child.dep_ in ("attr", "acomp", "oprd"):
        roles["attr"] += conjuncts(child)


def _add_complement(child: Token, roles: Roles) -> None:
    """The subject of a complement clause; of an infinitive it is the object as well ("urged Iran to halt")."""
    subjects = [arg for sub in child.children if sub.dep_ in SUBJECTS | PASSIVE_SUBJECTS for arg in conjuncts(sub)]
    roles["comp"] += subjects
    if any(sub.dep_ == "aux" and sub.lower_ == "to" for sub in child.children):
        roles["obj"] += subjects


def _add_preposition(prep: Token, roles: Roles) -> None:
    if prep.lower_ == "according":  # who says so is no target and no place
        return
    for child in prep.children:
        if child.dep_ == "pobj":
            roles[prep.lower_] += conjuncts(child)
        elif child.dep_ == "pcomp" and child.pos_ in VERBAL:
            roles["pcomp"].append(child)
        elif child.dep_ in ("prep", "conj") and child.pos_ == "ADP":
            _add_preposition(child, roles)


def _share_object(verb: Token, roles: Roles) -> None:
    """The object that stands only behind the last of coordinated verbs ("condemned and rejected the attack")."""
    if roles["obj"]:
        return
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ == "VERB" and 0 < child.i - verb.i <= 2:
            roles["obj"] += [arg for obj in child.children if obj.dep_ in OBJECTS for arg in conjuncts(obj)]


def _inherit_subject(verb: Token, passive: bool, roles: Roles, depth: int) -> None:
    """The understood subject of a verb that has none of its own."""
    role = "obj" if passive else "subj"
    if role == "subj" and not roles[role]:
        roles[role] += _fronted_subject(verb)
    if roles[role] or (passive and roles["subj"] and verb.dep_ not in ("acl", "conj", "xcomp")):
        return
    roles[role] += _understood(verb, depth)


def _fronted_subject(verb: Token) -> list[Token]:
    """The subject that the parser hung on a phrase before it ("In a statement, Britain and France urged …")."""
    if verb.tag_ not in _FINITE:
        return []
    fronted = (arg for child in verb.lefts if child.dep_ == "prep" for arg in child.children if arg.dep_ == "pobj")
    return [actor for arg in fronted for child in arg.rights if child.dep_ == "appos" for actor in conjuncts(child)]


def _understood(verb: Token, depth: int) -> list[Token]:
    head = verb.head
    if verb.dep_ == "acl":
        infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
        return _holder(head, depth) if infinitive else [head]
    above = governor(verb) if verb.dep_ in ("pcomp", "xcomp", "advcl", "ccomp", "conj", "dep") else None
    if verb.dep_ == "conj":
        above = head
    if above is None or above == verb:
        return []
    if above.pos_ not in VERBAL:
        return _holder(above, depth) if above.pos_ in ("NOUN", "ADJ") else []
    upper = verb_roles(above, depth=depth + 1)
    if upper["obj"] and (is_object_control(verb) or (verb.dep_ == "xcomp" and above.lemma_ not in _SUBJECT_CONTROL)):
        return upper["obj"]
    if called := [arg for prep in _CALLING.get(above.lemma_, ()) for arg in upper[prep] if verb.dep_ == "xcomp"]:
        return called
    if is_passive(above):
        return upper["obj"] or upper["subj"]
    return upper["subj"]


def is_object_control(verb: Token) -> bool:
    """True where the object above does it: "accused Iran of attacking", "thanked it for helping"."""
    prep = verb.head
    if verb.dep_ != "pcomp" or prep.head.pos_ not in VERBAL or is_passive(prep.head):
        return False
    named = any(child.dep_ in OBJECTS and child.i < prep.i for child in prep.head.children)
    return named and (prep.lower_ in _OBJECT_CONTROL or (prep.lower_ == "for" and prep.head.lemma_ in _THANKING))


def _holder(noun: Token, depth: int) -> list[Token]:
    """Whose plan, promise or readiness it is: the possessor, else the subject of the verb above."""
    owners = [arg for child in noun.children if child.dep_ in ("poss", "compound", "amod") for arg in conjuncts(child)]
    named = [arg for arg in owners if arg.ent_type_ or arg.pos_ == "PRON"]
    if named:
        return named
    above = noun.head
    return verb_roles(above, depth=depth + 1)["subj"] if above != noun and above.pos_ in VERBAL else []


def _fill_relative(verb: Token, passive: bool, roles: Roles) -> None:
    """Put the noun that a relative clause describes in place of its pronoun, or where the pronoun was left out."""
    clause = verb
    while clause.dep_ in ("conj", "xcomp", "ccomp") and clause.head != clause:
        clause = clause.head
    if clause.dep_ != "relcl":
        return
    antecedents = conjuncts(clause.head)
    seen = False
    for role, args in roles.items():
        if any(arg.lower_ in _RELATIVE for arg in args):
            seen = True
            roles[role] = [other for arg in args for other in (antecedents if arg.lower_ in _RELATIVE else [arg])]
    if not seen and clause == verb and roles["subj"] and not roles["obj"] and not passive and not _has_relative(verb):
        roles["obj"] = [clause.head]


def _has_relative(verb: Token) -> bool:
    return any(token.lower_ in _RELATIVE for token in verb.subtree)


def ancestors(token: Token) -> Iterator[Token]:
    """The predicates above ``token``, from the nearest outwards."""
    seen = {token.i}
    above = governor(token)
    while above is not None and above.i not in seen:
        seen.add(above.i)
        yield above
        above = governor(above)


def first(tokens: Iterable[Token], lemmas: frozenset[str]) -> Token | None:
    """The first of ``tokens`` that has one of ``lemmas``, as lemma or as it stands."""
    return next((token for token in tokens if token.lemma_.lower() in lemmas or token.lower_ in lemmas), None)
