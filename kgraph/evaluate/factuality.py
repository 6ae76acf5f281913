"""Did it happen, with the predicates given: polarity and modality of annotated words against their factuality."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Token

from kgraph.evaluate.figures import Figure, Item
from kgraph.extract.factuality import factuality_of
from kgraph.language import Language, parse
from kgraph.language.labels import OBJECTS
from kgraph.model import Document

_CLEAR = 0.5  # least absolute value of an annotation that says whether it happened


def factuality(gold: list[Item], nlp: Pipeline, language: Language) -> dict[str, Any]:
    """Accuracy, and precision and recall of "did not happen": negated, or no more than planned, possible or demanded.

    ``gold`` has texts with ``predicates``, each with a factuality from -3 to 3 (Stanovsky et al. 2017).
    """
    rows = list(_answers(gold, nlp, language))
    did_not = sum(not wanted for wanted, _ in rows)
    said_not = sum(not given for _, given in rows)
    right = sum(not wanted and not given for wanted, given in rows)
    return {
        "predicates": len(rows),
        "accuracy": round(sum(wanted == given for wanted, given in rows) / max(1, len(rows)), 4),
        "did_not_happen": Figure.of(found=said_not, gold=did_not, right_found=right, right_gold=right).as_dict(),
    }


def _answers(gold: list[Item], nlp: Pipeline, language: Language) -> Iterator[tuple[bool, bool]]:
    """For each clear predicate: whether it happened, and whether kgraph takes it to have."""
    items = {str(item["id"]): item for item in gold}
    for part in parse((Document(id=key, text=item["text"]) for key, item in items.items()), nlp):
        for predicate in items[part.document.id]["predicates"]:
            token = _token_at(part.doc, predicate["start"] - part.offset)
            if token is not None and abs(predicate["factuality"]) >= _CLEAR:
                yield predicate["factuality"] > 0, happened(token, language)


def happened(token: Token, language: Language) -> bool:
    """True where a word says that what it names was so."""
    carrier = token.head if token.pos_ == "NOUN" and token.dep_ in OBJECTS else token
    fact = factuality_of(token, (), language)
    if carrier is not token:
        upper = factuality_of(carrier, (token,), language, carried=True)
        return {fact.polarity, upper.polarity} == {"affirmed"} and {fact.modality, upper.modality} == {"actual"}
    return fact.polarity == "affirmed" and fact.modality == "actual"


def _token_at(doc: Doc, start: int) -> Token | None:
    return next((token for token in doc if token.idx <= start < token.idx + len(token)), None)
