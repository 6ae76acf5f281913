"""Is it English? A share of common words answers for most texts, py3langid for the rest."""

from __future__ import annotations

import re

import py3langid

_COMMON = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "that",
        "is",
        "was",
        "for",
        "on",
        "with",
        "as",
        "by",
        "at",
        "from",
        "it",
        "he",
        "his",
        "be",
        "are",
        "has",
        "have",
        "had",
        "said",
        "will",
        "were",
        "not",
        "which",
        "an",
        "but",
        "this",
        "they",
        "who",
        "their",
        "its",
        "after",
        "been",
        "would",
        "about",
        "more",
        "than",
        "also",
        "over",
        "into",
        "against",
        "when",
        "says",
    ]
)
_SAMPLE = 5_000  # characters
_SHORTEST = 40  # letters; below, no answer can be trusted
_SURE = 10.0  # natural log of the odds against English; creoles of English and lists of names stay below
_ENOUGH = 0.15  # share of common words in English news: 0.3 to 0.45


def language_of(text: str) -> str:
    """The ISO 639-1 code of a text's language; texts too short to tell count as English."""
    words = re.findall(r"[^\W\d_]+", text[:_SAMPLE].lower())
    if sum(map(len, words)) < _SHORTEST or sum(word in _COMMON for word in words) >= _ENOUGH * len(words):
        return "en"
    scores = dict(py3langid.rank(text[:_SAMPLE]))  # log probabilities
    best = max(scores, key=scores.__getitem__)
    return str(best) if scores[best] - scores.get("en", scores[best]) > _SURE else "en"
