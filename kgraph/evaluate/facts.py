"""Polarity, modality and speaker of what sentences say between two marked actors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kgraph.evaluate.figures import Item, overlap
from kgraph.model import Actor, Statement

_FIELDS = ("polarity", "modality", "speaker")


def facts(gold: list[Item], found: Mapping[str, list[Statement]]) -> dict[str, Any]:
    """Over the facts that some statement answers to (same two actors, best the same word): the share right by field."""
    right: dict[str, list[bool]] = {name: [] for name in _FIELDS}
    total = 0
    for item in gold:
        for fact in item["facts"]:
            total += 1
            answers = [st for st in found.get(item["id"], []) if _joins(st, fact)]
            best = max(answers, key=lambda st: (overlap(fact["trigger"], st.trigger), st.confidence), default=None)
            if best is not None:
                right["polarity"].append(best.polarity == fact["polarity"])
                right["modality"].append(best.modality == fact["modality"])
                right["speaker"].append(_is_speaker(best.speaker, fact["speaker"]))
    met = len(right["polarity"])
    shares = {name: round(sum(rows) / max(1, met), 4) for name, rows in right.items()}
    return {"facts": total, "met": met, "recall": round(met / max(1, total), 4), **shares}


def _joins(st: Statement, fact: Item) -> bool:
    ends = [(actor.mention if actor else None) for actor in (st.source, st.target)]
    forth = overlap(fact["source"], ends[0]) and overlap(fact["target"], ends[1])
    back = overlap(fact["source"], ends[1]) and overlap(fact["target"], ends[0])
    return forth or back


def _is_speaker(speaker: Actor | None, wanted: Item | None) -> bool:
    """True where both are nobody, or the speaker is shown at the annotated words or named by them."""
    if speaker is None or wanted is None:
        return speaker is None and wanted is None
    named = speaker.name.lower().split()[-1] in wanted["text"].lower() or wanted["text"].lower() in speaker.name.lower()
    return overlap(wanted, speaker.mention) or named
