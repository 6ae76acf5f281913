"""The training loop: length-bucketed batches, two heads, linear warm-up and decay, seeds fixed."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from kgraph.extract.encoding import Encoded, Encoder
from kgraph.extract.pair_model import CATEGORIES, NONE, SIGNS
from training.data import UNKNOWN, Pair, Sentence
from training.network import PairNetwork, groups

Row = tuple[Sentence, Encoded]
_OPEN, _CLOSE, _MASK = 2, 3, 103  # [unused1], [unused2] and [MASK] of the BERT vocabulary
_BUCKET = 50  # batches of which the sentences are sorted by length together


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the network is trained. ``none`` weighs the class NONE, ``marked`` is the share of stance sentences in
    which all mentions are marked, ``hidden`` that of mentions whose words are hidden, so that verbs are learned and not
    names; ``average`` is the decay of the running average of weights that is kept in the end; ``labelled`` takes in
    the categories of data/training/stance-categories.csv, which are left out of what ships."""

    seed: int = 0
    epochs: int = 5
    batch: int = 32
    rate: float = 3e-4
    decay: float = 0.9
    head: float = 5.0
    frozen: int = 1
    hidden: float = 0.15
    average: float = 0.998
    labelled: bool = False
    smoothing: float = 0.1
    none: float = 0.5
    marked: float = 0.3


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of some sentences and of all their pairs."""

    inputs: tuple[Tensor, ...]
    categories: Tensor
    signs: Tensor
    pairs: list[tuple[int, Pair]]  # sentence of the batch, pair


def encoded(sentences: Sequence[Sentence], encoder: Encoder) -> list[Row]:
    return list(zip(sentences, encoder.encode_all([(s.text, s.places) for s in sentences]), strict=True))


def fit(
    always: Sequence[Row], turns: Sequence[Row], base: Path, recipe: Recipe, told: Callable[[str], None] = print
) -> PairNetwork:
    """A network trained on ``always`` in each epoch, and on ``turns`` a half of them in each, in turn."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    network = PairNetwork(base, len(CATEGORIES), len(SIGNS), frozen=recipe.frozen)
    optimiser = torch.optim.AdamW(
        groups(network, rate=recipe.rate, decay=recipe.decay, head=recipe.head), weight_decay=0.01
    )
    rates = [group["lr"] for group in optimiser.param_groups]
    parts = [[*always, *turns[half::2]] for half in range(2)]
    steps, step, start = recipe.epochs * math.ceil(len(parts[0]) / recipe.batch), 0, time.monotonic()
    weights = torch.ones(len(CATEGORIES))
    weights[CATEGORIES.index(NONE)] = recipe.none
    kept = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(recipe.average))
    network.train()
    for epoch in range(recipe.epochs):
        total = 0.0
        for batch in batches(parts[epoch % 2], recipe.batch, rng, hidden=recipe.hidden):
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * _pace(step, steps)
            step += 1
            loss = _loss(network, batch, weights, recipe.smoothing)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            kept.update_parameters(network)
            total += loss.item()
        told(f"epoch {epoch + 1}: loss {total * recipe.epochs / steps:.3f}, {time.monotonic() - start:.0f} s")
    averaged: PairNetwork = kept.module
    return averaged.eval()


def _pace(step: int, steps: int) -> float:
    warm = max(1.0, 0.06 * steps)
    return min(step / warm, max(0.0, (steps - step) / (steps - warm)))


def _loss(network: PairNetwork, batch: Batch, weights: Tensor, smoothing: float) -> Tensor:
    categories, signs = network(*batch.inputs)
    total = torch.zeros(())
    for logits, labels, weight in ((categories, batch.categories, weights), (signs, batch.signs, None)):
        known = int((labels != UNKNOWN).sum())
        if known:
            total = (
                total
                + cross_entropy(
                    logits, labels, weight, ignore_index=UNKNOWN, reduction="sum", label_smoothing=smoothing
                )
                / known
            )
    return total


def batches(
    rows: Sequence[Row], size: int, rng: random.Random | None = None, *, hidden: float = 0.0
) -> Iterator[Batch]:
    """``rows`` in batches of like length; in their own order without ``rng``, else shuffled, with mentions hidden."""
    order = list(rows)
    if rng is None:
        yield from (collate(order[i : i + size]) for i in range(0, len(order), size))
        return
    rng.shuffle(order)
    found = []
    for i in range(0, len(order), size * _BUCKET):
        part = sorted(order[i : i + size * _BUCKET], key=lambda row: len(row[1].ids))
        found += [part[j : j + size] for j in range(0, len(part), size)]
    rng.shuffle(found)
    yield from (batch for chosen in found if (batch := collate([_hide(row, hidden, rng) for row in chosen])).pairs)


def _hide(row: Row, share: float, rng: random.Random) -> Row:
    """A row in which the words of a ``share`` of mentions are masked."""
    sentence, encoded = row
    ids = list(encoded.ids)
    for start in encoded.opens:
        if start is not None and rng.random() < share:
            for i in range(start + 1, len(ids)):
                if ids[i] == _CLOSE:
                    break
                ids[i] = ids[i] if ids[i] == _OPEN else _MASK
    return sentence, replace(encoded, ids=tuple(ids))


def collate(rows: Sequence[Row]) -> Batch:
    width = max(len(row.ids) for _, row in rows)
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    mask = torch.zeros_like(ids)
    pairs: list[tuple[int, Pair]] = []
    ends: list[tuple[int, int, int]] = []
    for number, (sentence, row) in enumerate(rows):
        ids[number, : len(row.ids)] = torch.tensor(row.ids)
        mask[number, : len(row.ids)] = 1
        for pair in sentence.pairs:
            first, second = row.opens[pair.first], row.opens[pair.second]
            if first is not None and second is not None:
                pairs.append((number, pair))
                ends.append((number, first, second))
    columns = torch.tensor(ends, dtype=torch.long).reshape(-1, 3).unbind(1)
    labels = torch.tensor([(pair.category, pair.sign) for _, pair in pairs], dtype=torch.long).reshape(-1, 2)
    return Batch((ids, mask, *columns), labels[:, 0], labels[:, 1], pairs)


def logits_of(network: PairNetwork, rows: Sequence[Row]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Logits and labels of categories and of signs, of all pairs of ``rows``."""
    found = []
    with torch.no_grad():
        for batch in batches(rows, 32):
            if batch.pairs:
                found.append((*network(*batch.inputs), batch.categories, batch.signs))
    categories, signs, wanted, signed = (torch.cat(column) for column in zip(*found, strict=True))
    return categories, wanted, signs, signed


def temperature(logits: Tensor, labels: Tensor) -> float:
    """What logits are divided by so that their confidence is right on held-back labels (Guo et al. 2017)."""
    known = labels != UNKNOWN
    log = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([log], lr=0.1, max_iter=60)

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = cross_entropy(logits[known] / log.exp(), labels[known])
        loss.backward()
        return loss

    optimiser.step(closure)
    return round(float(log.exp()), 3)
