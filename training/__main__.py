"""Make kgraph/weights again:  python -m training STANCE_FOLDER BASE_FOLDER [--out FOLDER] [--seed N] [--check]

STANCE_FOLDER holds stance.train.jsonl (directed sentiment, Park et al. 2021); figures are taken on stance.dev.jsonl
and categories.dev.jsonl where they are there. BASE_FOLDER holds all-MiniLM-L6-v2 (config.json, model.safetensors,
tokenizer.json). `make weights GOLD=STANCE_FOLDER` sets all of it up.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from kgraph.build import Tables, Tally, extract_articles
from kgraph.evaluate import evaluate_pairs
from kgraph.extract.encoding import Encoder
from kgraph.extract.pair_model import WEIGHTS, PairModel
from training.data import LABELLED, Sentence, read_own, read_stance, with_bystanders
from training.fit import Recipe, encoded, fit, logits_of, temperature
from training.ship import export, write_card

OWN = Path(__file__).parent.parent / "data" / "training"
LABELS = OWN / "stance-categories.csv"
HELD_BACK = 400  # of our own sentences, and as many of stance: for temperature and figures
CLOSE = 0.01  # figures that differ by more than this are told


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("stance", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    recipe = Recipe(seed=args.seed)
    encoder = Encoder(args.base / "tokenizer.json")
    own, stance, held = _sentences(args.stance, recipe)
    print(f"{len(own)} and {len(stance)} sentences to learn from, {len(held)} held back", file=sys.stderr)
    network = fit(encoded(own, encoder), encoded(stance, encoder), args.base, recipe, _tell)
    categories, wanted, signs, signed = logits_of(network, encoded(held, encoder))
    heat = {"category": temperature(categories, wanted), "sign": temperature(signs, signed)}
    args.out.mkdir(parents=True, exist_ok=True)
    before = _figures_of(args.out)
    export(network, args.out)
    write_card(args.out, args.base, heat, {})
    figures = _measure(args.stance, PairModel(args.out))
    write_card(args.out, args.base, heat, figures)
    print(json.dumps(figures))
    for line in _differences(before, figures):
        print(line, file=sys.stderr)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _sentences(folder: Path, recipe: Recipe) -> tuple[list[Sentence], list[Sentence], list[Sentence]]:
    """Sentences with categories, the rest of the stance set, and what is held back of both."""
    rng = random.Random(recipe.seed)
    own, stance = (
        list(read_own(OWN)),
        list(read_stance(folder / "stance.train.jsonl", LABELS if recipe.labelled else None)),
    )
    marked = list(with_bystanders(stance, _mentions(folder / "stance.train.jsonl"), rng, recipe.marked))
    rng.shuffle(own)
    rng.shuffle(marked)
    learned, held = marked[HELD_BACK:], own[:HELD_BACK] + marked[:HELD_BACK]
    labelled = [sentence for sentence in learned if sentence.group == LABELLED]
    return own[HELD_BACK:] + labelled, [s for s in learned if s.group != LABELLED], held


def _mentions(path: Path) -> list[list[tuple[int, int]]]:
    """Where kgraph finds actors in each line of a file, in order."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for extraction in extract_articles([str(path)], Tables.load(), report=print, tally=Tally(), pairs=False):
        places = {(mention.span.start, mention.span.end) for mention in extraction.mentions}
        found[extraction.document.id] = sorted(places)
    with path.open(encoding="utf-8") as file:
        return [found[str(json.loads(line)["id"])] for line in file if line.strip()]


def _measure(folder: Path, model: PairModel) -> dict[str, Any]:
    """The headline figures on the public sets that are there."""
    figures: dict[str, Any] = {}
    for name in ("categories", "stance"):
        path = folder / f"{name}.dev.jsonl"
        if path.exists():
            result = evaluate_pairs(path, model)
            figures[name] = {key: value for key, value in result.items() if not isinstance(value, dict)}
            figures[name] |= {"stance_edges": result["stance_edges"]["f1"]} if "stance_edges" in result else {}
    return figures


def _figures_of(folder: Path) -> dict[str, Any]:
    try:
        return dict(json.loads((folder / "card.json").read_text(encoding="utf-8"))["figures"])
    except (OSError, ValueError, KeyError):
        return {}


def _differences(before: dict[str, Any], after: dict[str, Any]) -> Sequence[str]:
    return [
        f"{task}: {key} was {old}, is {after[task][key]}"
        for task, figures in before.items()
        for key, old in figures.items()
        if task in after and abs(after[task].get(key, 0) - old) > CLOSE
    ]


if __name__ == "__main__":
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)  # the sums come in the same order on every machine
    main()
