"""Roles that noun phrases show: offices by title and apposition, parts by possessive, backers by hyphen."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kgraph.actors.cast import UNNAMED, TokenMention
from kgraph.actors.nouns import title_at
from kgraph.extract.drafts import Draft
from kgraph.extract.scene import Scene
from kgraph.language.clauses import conjuncts, noun_roles, verb_roles
from kgraph.language.labels import MODIFIERS, SUBJECTS
from kgraph.model import Actor

_NO_BODY = frozenset({"person", "place"})
_PARTS = {
    "military": "part_of",
    "government": "part_of",
    "other": "part_of",
    "company": "based_in",
    "armed_group": "based_in",
    "media": "based_in",
    "party": "based_in",
    "ngo": "based_in",
}


def find_roles(scene: Scene) -> Iterator[Draft]:
    """Drafts of all roles; fills ``scene.bodies`` and ``scene.parts``, which tell whose side a speaker is on."""
    for mention in scene.mentions:
        if mention.kind in ("reference", "title"):
            continue
        if mention.actors[0].type == "person":
            yield from _offices(mention, scene)
        else:
            yield from _belonging(mention, scene)
    for token in scene.doc:
        yield from _hyphenated(token, scene)
        yield from _listed(token, scene)
        yield from _included(token, scene)


def _offices(mention: TokenMention, scene: Scene) -> Iterator[Draft]:
    """What a person is: titles before the name, appositions beside it, "X is the president of Y"."""
    root = scene.doc[mention.root]
    for noun in _descriptions(root, mention, scene):
        found = title_at(noun, scene.language)
        if found is None or not found.title.relation:
            continue
        for body in _bodies(noun, mention, scene):
            person = scene.actors_at(root)[0]
            scene.bodies.setdefault(person.id, body)
            yield Draft(person, body, found.title.relation, noun, noun, "title", 0.85)


def _descriptions(root: Token, mention: TokenMention, scene: Scene) -> Iterator[Token]:
    """Nouns that say what the person is."""
    before = [scene.doc[i] for i in range(max(root.sent.start, mention.start - 1), mention.start)]
    yield from (
        token for token in before if token.head.i in range(mention.start, mention.end) and token.dep_ in MODIFIERS
    )
    for child in root.children:
        if child.dep_ == "appos":
            yield from conjuncts(child)
    if root.dep_ == "appos":
        yield root.head
    if root.dep_ in SUBJECTS and root.head.lemma_ == "be":
        yield from (noun for child in root.head.children if child.dep_ == "attr" for noun in conjuncts(child))


def _bodies(noun: Token, person: TokenMention, scene: Scene) -> list[Actor]:
    """The bodies that an office is said of: in its phrase, or in front of it ("Iranian Foreign Minister")."""
    roles = noun_roles(noun)
    for role in ("of", "at", "in", "poss", "mod", "for", "to", "with"):
        found = [actor for arg in roles[role] for actor in _body_in(arg, scene, role)]
        if found:
            return found
    behind = [
        actor for arg in noun.subtree if arg.i > noun.i and arg.i in scene.at for actor in _body_in(arg, scene, "mod")
    ]
    if behind and noun.dep_ == "appos":
        return behind[:1]
    front = [i for i in range(max(noun.sent.start, noun.i - 5), noun.i) if i in scene.at and scene.doc[i].head.i >= i]
    inside = [
        scene.at[i] for i in front if scene.at[i].end <= noun.i + 1 and scene.doc[i].head.i in range(noun.i, person.end)
    ]
    behind_name = noun_roles(scene.doc[person.root])["of"] if noun.i < person.root else []
    if not inside:  # "President Carlos Vega of Ecuador"
        return [actor for arg in behind_name for actor in _body_in(arg, scene, "mod")]
    return [
        actor
        for mention in inside[-1:]
        for actor in scene.actors_at(scene.doc[mention.root])
        if actor.type not in _NO_BODY
    ]


def _body_in(arg: Token, scene: Scene, role: str) -> list[Actor]:
    """Bodies named by an argument of the office, else by what hangs on it ("affairs at the IRGC")."""
    here = [actor for actor in scene.actors_at(arg) if actor.type not in _NO_BODY and not actor.id.startswith(UNNAMED)]
    if here or role in ("poss", "mod"):
        return here
    inner = noun_roles(arg)
    return [
        actor
        for name in ("at", "in", "of", "poss", "mod")
        for deeper in inner[name]
        for actor in _body_in(deeper, scene, "mod")
    ]


def _belonging(mention: TokenMention, scene: Scene) -> Iterator[Draft]:
    """ "Iran's Islamic Revolutionary Guard Corps", "Lebanon's Hezbollah": a named body with its state before it."""
    root = scene.doc[mention.root]
    actor = mention.actors[0]
    relation = _PARTS.get(actor.type)
    if relation is None or mention.kind == "agent" or actor.id.startswith(UNNAMED):
        return
    owners = [
        child
        for child in root.children
        if child.dep_ in ("poss", *MODIFIERS) and child.i < mention.start and child.i in scene.at
    ]
    for child in owners:
        for owner in scene.actors_at(child):
            if owner.type == "state" and owner.id != actor.id:
                scene.parts[actor.id] = owner
                mark = next((part for part in child.children if part.dep_ == "case"), child)
                yield Draft(scene.actors_at(root)[0], owner, relation, mark, root, "possessive", 0.85)


def _listed(token: Token, scene: Scene) -> Iterator[Draft]:
    """In "the Coalition, including France" and "allies such as Jordan", those named are members of the first."""
    if token.lower_ not in ("including", "such") or token.dep_ not in ("prep", "amod"):
        return
    preps = [token] if token.lower_ == "including" else [child for child in token.head.rights if child.lower_ == "as"]
    whole = [actor for actor in scene.actors_at(token.head) if actor.type not in _NO_BODY and actor.type != "state"]
    members = [arg for prep in preps for child in prep.children if child.dep_ == "pobj" for arg in conjuncts(child)]
    for actor in scene.actors_of_all(arg for arg in members if arg.i in scene.at):
        for body in whole:
            if actor.id != body.id:
                yield Draft(actor, body, "member_of", token, token, "list", 0.7)


def _included(verb: Token, scene: Scene) -> Iterator[Draft]:
    """ "Coalition nations include France and Jordan", "the SDF, made up in part by the YPG": members of the first."""
    if verb.lemma_ not in scene.language.including or verb.pos_ != "VERB":
        return
    wholes, parts = _whole_and_parts(verb)
    for whole in scene.actors_of_all(wholes):
        if whole.type in _NO_BODY | {"state"}:
            continue
        for part in scene.actors_of_all(arg for arg in parts if arg.i in scene.at):
            if part.id != whole.id and not part.id.startswith(UNNAMED):
                yield Draft(part, whole, "member_of", verb, verb, "list", 0.7)


def _whole_and_parts(verb: Token) -> tuple[list[Token], list[Token]]:
    """Who includes, and who is included; "comprise" and "include" by their object, "make up" and "consist" by of."""
    roles = verb_roles(verb)
    if roles["of"]:
        return [*roles["subj"], *([] if roles["subj"] else roles["obj"])], roles["of"]
    if verb.lemma_ in ("include", "comprise"):
        return roles["subj"], roles["obj"]
    whole = roles["obj"] or ([verb.head] if verb.dep_ == "acl" else [])
    return whole, roles["subj"]  # "made up in part by X": the passive of "X makes it up"


def _hyphenated(token: Token, scene: Scene) -> Iterator[Draft]:
    """ "Tehran-backed militia forces", "the Saudi-led coalition": one name tied to another by a participle."""
    row = scene.language.hyphenated.get(token.lower_)
    if row is None or token.i < 2 or scene.doc[token.i - 1].text not in ("-", "–", "‑") or token.i - 2 not in scene.at:
        return
    backers = scene.actors_at(scene.doc[token.i - 2])
    for backed in _explained(token.head, scene) or scene.actors_at(token.head):
        for backer in backers:
            ends = (backer, backed) if row.get("turned") else (backed, backer)
            if backer.id != backed.id:
                yield Draft(*ends, row["relation"], token, token, "compound", 0.8)


def _explained(noun: Token, scene: Scene) -> tuple[Actor, ...]:
    """Whom "he said, referring to X-backed forces" explains: the group named last in the quotation before it."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.head.lemma_ != "refer":
        return ()
    quotes = [
        quote
        for quote in scene.attributions.quotations
        if quote.end <= noun.i and scene.doc[quote.start].sent == noun.sent
    ]
    named = [
        m for quote in quotes for m in scene.mentions if quote.start <= m.start < quote.end and m.kind != "reference"
    ]
    groups = [m for m in named if m.actors[0].type in ("armed_group", "military", "party", "other", "igo")]
    return scene.actors_at(scene.doc[groups[-1].root]) if groups else ()
