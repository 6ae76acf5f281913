"""Did it happen: polarity and modality of a predicate, from what negates it, and what governs it.

A reading of the predicate's governors from the inside out, in the spirit of De Facto (Saurí and Pustejovsky 2012),
with words in ``tables/english/factuality.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from kgraph.language.clauses import ancestors
from kgraph.language.labels import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS, VERBAL
from kgraph.language.tables import Language

_WEAKER = ("actual", "planned", "possible", "demanded", "obliged", "conditional")
_PHRASES = frozenset({"stop short", "have yet"})
_SPREADING = frozenset({"demanded", "conditional"})  # from a verb to the clause under it: "let me know", "if he says"
_HYPOTHETICAL = frozenset({"would", "could", "might", "'d"})
_NOMINAL = frozenset({"NOUN", "PROPN", "DET", "PRON", "ADP"})
_PRESENT = frozenset({"VBP", "VBZ", "VB"})
_DONE = frozenset({"commit", "undertake"})  # with a noun these say that it was done
_NOUN_NEGATIONS = frozenset({"no", "neither", "without", "not", "nor"})


@dataclass(frozen=True, slots=True)
class Factuality:
    """Polarity, modality, and the words that decided on it."""

    polarity: str
    modality: str


def factuality_of(
    predicate: Token,
    consumed: Iterable[Token],
    language: Language,
    *,
    stop: Token | None = None,
    carried: bool = False,
) -> Factuality:
    """Polarity and modality of ``predicate``; ``consumed`` are the other words of its cue phrase.

    ``carried``: ``predicate`` is the light verb of a noun, and may say that it is only planned.
    Governors from ``stop`` upwards are left out (a composition has taken them into the relation already).
    """
    negated = _is_negated(predicate, language) or any(_has_negative_determiner(token) for token in consumed)
    modalities = [_modality(predicate, language)]
    if carried:
        modalities.append(_as_carried(predicate, language))
    below = predicate
    for above in ancestors(predicate):
        if above == stop:
            break
        if not _is_complement(below, above):
            break
        effects = _effects(below, above, language)
        if not effects and _is_open_infinitive(below, above, language):
            effects = ("planned",)
        negated ^= "negated" in effects
        negated ^= (bool(effects) or below.dep_ == "xcomp") and _is_negated(above, language)
        modalities += [effect for effect in effects if effect != "negated"]
        if effects or below.dep_ in ("xcomp", "ccomp"):
            own = _modality(above, language)
            modalities.append(own if effects or below.dep_ == "xcomp" or own in _SPREADING else "actual")
        below = above
    return Factuality("negated" if negated else "affirmed", _strongest(modalities))


def _effects(below: Token, above: Token, language: Language) -> tuple[str, ...]:
    """What ``above`` does to its complement; verbs of asking do it to infinitives only ("asked why" does not)."""
    effects = language.governors.get(_phrase_lemma(above), ())
    if any(child.dep_ == "acomp" and child.lemma_.lower() in language.false for child in above.children):
        return ("negated",)  # "it is untrue that …"
    if any(child.lower_ == "vain" for prep in above.children if prep.dep_ == "prep" for child in prep.children):
        return ("negated",)  # "tried in vain to …"
    if above.lemma_ == "able" and above.head.tag_ == "VBD":
        return ()  # "was able to" did
    if above.lemma_.lower() in language.infinitive_governors and not _is_infinitive(below):
        return ()
    rows = language.compositions.get(above.lemma_.lower(), ())
    denies = any(row.get("cooperation") == "denies" for row in rows)
    return tuple(effect for effect in effects if effect != "negated" or denies or not _has_subject(below))


def _is_open_infinitive(below: Token, above: Token, language: Language) -> bool:
    """True for "was determined to leave": nothing says that it was done; not for "managed to leave"."""
    lemma = above.lemma_.lower()
    if below.dep_ != "xcomp" or not _is_infinitive(below) or lemma in language.implicative:
        return False
    said = [child.lemma_.lower() for child in above.children if child.dep_ in ("acomp", "attr", "oprd")]
    return not set(said) & language.implicative


def _is_imperative(token: Token) -> bool:
    """ "Leave now", "please tell them": a bare verb without a subject that nothing governs but another such verb."""
    if token.tag_ != "VB" or any(child.dep_ in (*SUBJECTS, *PASSIVE_SUBJECTS, "aux") for child in token.children):
        return False
    if token.dep_ == "conj":
        return _is_imperative(token.head)
    if token.dep_ in ("ccomp", "parataxis", "advcl"):
        return token.i < token.head.i and token.left_edge.is_sent_start is True
    return token.dep_ == "ROOT"


def _is_infinitive(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _strongest(modalities: list[str]) -> str:
    return max(modalities, key=_WEAKER.index)


def _is_negated(token: Token, language: Language) -> bool:
    """True for "did not", "never", "neither … nor", "no one did", "without doing"."""
    children = list(token.children)
    if any(_negates(child, language) for child in children if child.dep_ != "conj"):
        return True
    if token.dep_ == "pcomp" and (token.head.lower_ == "without" or _is_far_from(token.head)):
        return True
    if token.pos_ == "NOUN":
        return _has_negative_determiner(token)
    arguments = [child for child in children if child.dep_ in OBJECTS | SUBJECTS | PASSIVE_SUBJECTS]
    if any(_has_negative_determiner(child) or child.lower_ in ("nobody", "nothing", "none") for child in arguments):
        return True
    return token.dep_ == "conj" and token.head.pos_ in VERBAL and not _has_subject(token) and _shares_negation(token)


def _negates(word: Token, language: Language) -> bool:
    """ "not", "never", "hardly", "no longer", "under no circumstances"; not "X, not Y," which denies only Y."""
    if word.dep_ == "neg" or word.lower_ in language.adverbs_of_denial:
        after = word.nbor() if word.i + 1 < len(word.doc) else word
        return not (word.lower_ == "not" and word.i > 0 and word.nbor(-1).text == "," and after.pos_ in _NOMINAL)
    if word.dep_ == "advmod" and word.lower_ in ("longer", "more"):
        return any(child.lower_ == "no" for child in word.children)
    return word.dep_ == "prep" and any(
        child.dep_ == "pobj" and child.lemma_.lower() in language.circumstances and _has_negative_determiner(child)
        for child in word.children
    )


def _is_far_from(prep: Token) -> bool:
    return prep.lower_ == "from" and prep.head.lower_ == "far"


def _shares_negation(token: Token) -> bool:
    """A negation before coordinated verbs holds for all that "or" and "nor" join ("did not attack or threaten")."""
    joins = {child.lower_ for child in token.head.children if child.dep_ == "cc"}
    return bool(joins & {"or", "nor"}) and any(
        child.dep_ == "neg" or child.lower_ == "neither" for child in token.head.children
    )


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in token.children)


def _has_negative_determiner(token: Token) -> bool:
    return any(child.lower_ in _NOUN_NEGATIONS and child.dep_ in ("det", "neg", "preconj") for child in token.children)


def _modality(token: Token, language: Language) -> str:
    """The modality of a verb's own auxiliaries, infinitive and conjunction, or of the verb it is coordinated with."""
    if token.pos_ not in VERBAL:
        return "actual"
    if _shares_auxiliaries(token):
        return _modality(token.head, language)
    if _is_future(token):
        return "planned"
    marks = {child.lower_ for child in token.children if child.dep_ in ("mark", "advmod")}
    if marks & language.conditionals or _under_condition(token, language):
        return "conditional"
    if token.dep_ == "advcl" and marks & language.temporal and token.tag_ in _PRESENT:
        return _modality(token.head, language)  # "call us when you land"
    if _is_imperative(token):
        return "demanded"
    found = [
        language.modals.get(child.lower_, "actual") for child in token.children if child.dep_ in ("aux", "auxpass")
    ]
    helpers = [child for child in token.children if child.dep_ == "aux"]
    if any(h.lower_ in _HYPOTHETICAL for h in helpers) and any(h.lower_ in ("have", "'ve") for h in helpers):
        return "conditional"  # "would have executed"
    if token.dep_ in ("advcl", "relcl", "acl") and any(
        child.lower_ == "to" and child.dep_ == "aux" for child in token.children
    ):
        found.append("planned")
    return _strongest(["actual", *found])


def _shares_auxiliaries(token: Token) -> bool:
    """True for "take" in "can come and take it", "to come and take it"."""
    if token.dep_ != "conj" or token.head.tag_ != token.tag_ or token.tag_ != "VB":
        return False
    return not any(child.dep_ in (*SUBJECTS, *PASSIVE_SUBJECTS, "aux") for child in token.children)


def _is_future(token: Token) -> bool:
    """ "is going" before an infinitive."""
    return token.lower_ == "going" and any(child.dep_ == "xcomp" and _is_infinitive(child) for child in token.children)


def _under_condition(token: Token, language: Language) -> bool:
    """True for "would act if …": a modal verb with an if-clause below it."""
    return any(
        child.dep_ == "advcl"
        and any(mark.lower_ in language.conditionals and mark.dep_ == "mark" for mark in child.children)
        for child in token.children
    ) and any(child.dep_ == "aux" and child.lower_ in language.modals for child in token.children)


def _is_complement(below: Token, above: Token) -> bool:
    """True where ``below`` is complement, object or infinitive of ``above``; not its subject, nor a clause of time."""
    top = below
    while top.head != above and top.head != top:
        top = top.head
    if top.dep_ in ("advcl", "acl", "relcl"):
        return top.dep_ != "relcl" and _is_infinitive(top)
    return top.dep_ not in SUBJECTS and top.dep_ not in ("nsubjpass", "parataxis", "conj", "appos")


def _phrase_lemma(token: Token) -> str:
    """The lemma of a governor, with "short" of "stop short" and "yet" of "have yet"."""
    lemma = token.lemma_.lower()
    if _is_future(token):
        return "going"
    found = (f"{lemma} {child.lower_}" for child in token.children if child.lower_ in ("short", "yet"))
    return next((phrase for phrase in found if phrase in _PHRASES), lemma)


def _as_carried(carrier: Token, language: Language) -> str:
    """What a light verb makes of its noun: "plans an attack" is planned, "committed an attack" is not."""
    lemma = carrier.lemma_.lower()
    if lemma in language.infinitive_governors | _DONE:
        return "actual"
    return _strongest(["actual", *(effect for effect in language.governors.get(lemma, ()) if effect != "negated")])
