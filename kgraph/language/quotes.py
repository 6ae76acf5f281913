"""Quotations: what stands inside quotation marks."""

from __future__ import annotations

from spacy.tokens import Doc

from kgraph.language.labels import CLOSING_QUOTES, OPENING_QUOTES, STRAIGHT_QUOTES

_MARKS = OPENING_QUOTES | CLOSING_QUOTES | STRAIGHT_QUOTES | {"`", "'"}  # the characters of all of them


def quotation_spans(doc: Doc) -> list[tuple[int, int]]:
    """Token ranges inside quotation marks; a mark left open ends where the next one opens a line."""
    if _MARKS.isdisjoint(doc.text):
        return []
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for token in doc:
        opens, closes = token.text in OPENING_QUOTES, token.text in CLOSING_QUOTES
        if token.text in STRAIGHT_QUOTES:
            opens, closes = start is None, start is not None
        if start is not None and (closes or (opens and token.is_sent_start)):
            spans.append((start, token.i))
            start = None
        if opens:
            start = token.i + 1
    if start is not None and start < len(doc):
        spans.append((start, len(doc)))
    return [(first, last) for first, last in spans if last - first > 1]
