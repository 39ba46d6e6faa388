"""Scores in which the held-out examples had a say, on data where most inputs say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from core.data.scaling import Standardizer
from core.data.spec import Data, Ints
from core.data.splits import folds
from core.lessons.validation.folding import DRAWS, FRESH, Part, Progress, answers, right, stacked
from core.nn.layers import stack
from core.nn.network import Network
from core.nn.tape import Array
from core.training.building import recipe_of
from core.training.experiment import Experiment
from core.training.loop import fit

EXAMPLES, K, USED, COPIES = 60, 5, 10, 3
"""Examples, folds, how many inputs a neuron looks at, and how often each example is there when it was copied."""
INPUTS = (10, 30, 100, 300, 1000)
CANDIDATES = (1, 4, 16, 64)
LABELS = ("coin", "two")
NOISE = 2.0
"""With labels "two", inputs 1 and 2 are -1 or +1 with the class, plus noise of this deviation."""
NEURON = Experiment(learning_rate=0.05, batch_size=200, epochs=150, l2=0.01)
WAYS = ("none", "scale", "pick", "copy", "test")


class Case(NamedTuple):
    """One way to judge one draw: what each fold's neuron learns from and is scored on, and the same for the end.

    ``final`` is what the network in use learns from, ``used`` its inputs, ``scaler`` how they are scaled.
    """

    learned: list[Part]
    outside: list[Part]
    final: Part
    used: Ints
    scaler: Standardizer


def drawn(inputs: int, labels: str, draw: int) -> Data:
    """Return one draw of the data: half of each class, inputs of noise, of which the first two may know the class."""
    rng = np.random.default_rng([21, draw])
    X, y = rng.normal(size=(EXAMPLES, inputs)), np.arange(EXAMPLES) % 2
    if labels == "two":
        X[:, :2] = (2 * y - 1)[:, None] + NOISE * X[:, :2]
    return Data(X, y, "classification", ("class 0", "class 1"), ("noise",) * inputs, "class")


def fresh(labels: str) -> tuple[Array, Array, Array]:
    """Return `FRESH` new examples: two first inputs, as many noise inputs as are ever used, and the classes."""
    rng, y = np.random.default_rng([22]), np.arange(FRESH) % 2
    noise, first = rng.normal(size=(FRESH, USED)), rng.normal(size=(FRESH, 2))
    return ((2 * y - 1)[:, None] + NOISE * first if labels == "two" else first), noise, y


def pick(X: Array, y: Array) -> Ints:
    """Return the `USED` inputs that go along best with the class (by their correlation), in rising order."""
    centered = X - X.mean(axis=0)
    along = np.abs(centered.T @ (y - y.mean())) / X.std(axis=0)
    return np.sort(np.argsort(-along, kind="stable")[:USED])


def case(data: Data, way: str, draw: int) -> Case:
    """Cut a draw into folds in one of the `WAYS`: what is done before the cut has seen every example."""
    if way == "copy":
        data = data.rows(np.tile(np.arange(len(data.y)), COPIES))
    everything, first_pick = np.arange(len(data.y)), pick(data.X, data.y)
    learned, outside = [], []
    for rows, held in folds(data, K, draw):
        used = first_pick if way == "pick" else pick(data.X[rows], data.y[rows])
        scaler = Standardizer.fit(data.X[everything if way == "scale" else rows][:, used])
        learned.append((scaler.apply(data.X[rows][:, used]), data.y[rows]))
        outside.append((scaler.apply(data.X[held][:, used]), data.y[held]))
    scaler = Standardizer.fit(data.X[:, first_pick])
    return Case(learned, outside, (scaler.apply(data.X[:, first_pick]), data.y), first_pick, scaler)


def train_all(parts: Sequence[Part], progress: Progress | None = None) -> Network:
    """Train a neuron on each part, all in one pass."""
    network = Network(stack((), 1), parts[0][0].shape[1], len(parts))
    network.start([0] * len(parts))
    fit(network, recipe_of(NEURON), stacked(parts), snapshot_every=0, progress=progress)
    return network


def truly(network: Network, used: Sequence[Ints], scalers: Sequence[Standardizer], labels: str) -> Array:
    """Return the share of right answers of each neuron on the fresh examples, (M,)."""
    first, noise, y = fresh(labels)
    seen = [
        scaler.apply(np.where(rows < 2, first[:, np.minimum(rows, 1)], noise))
        for rows, scaler in zip(used, scalers, strict=True)
    ]
    return right(answers(network, np.stack(seen, axis=1)), y)


def promised(
    inputs: int, labels: str, way: str, draws: Sequence[int] = range(DRAWS), progress: Progress | None = None
) -> dict[str, Array]:
    """Return what cross-validation promises in one of the first four `WAYS`, and the truth, (D,) each."""
    cases = [case(drawn(inputs, labels, draw), way, draw) for draw in draws]
    X, y = stacked([part for one in cases for part in one.outside])
    network = train_all([part for one in cases for part in one.learned], progress)
    scores = right(answers(network, X), y.T).reshape(-1, K).mean(axis=1)
    final = train_all([one.final for one in cases], progress)
    return {"score": scores, "truth": truly(final, [c.used for c in cases], [c.scaler for c in cases], labels)}


def best_of(
    inputs: int, labels: str, candidates: int, draws: Sequence[int] = range(DRAWS), progress: Progress | None = None
) -> dict[str, Array]:
    """Let neurons with inputs drawn by lot compete for the best score on one test set; return the winner's.

    Returns
    -------
    score, truth : (D,) the winner's score on the test set that it was chosen by, and on fresh examples.
    """
    score, used, scalers, winners = [], [], [], []
    for draw in draws:
        data, rng = drawn(inputs, labels, draw), np.random.default_rng([23, draw])
        rows, held = folds(data, K, draw)[0]
        lots = [np.sort(rng.choice(inputs, USED, replace=False)) for _ in range(candidates)]
        scales = [Standardizer.fit(data.X[rows][:, lot]) for lot in lots]
        learned = [(s.apply(data.X[rows][:, lot]), data.y[rows]) for lot, s in zip(lots, scales, strict=True)]
        network = train_all(learned, progress)
        X = np.stack([s.apply(data.X[held][:, lot]) for lot, s in zip(lots, scales, strict=True)], axis=1)
        scores = right(answers(network, X), data.y[held])
        best = int(scores.argmax())
        score.append(float(scores[best]))
        used.append(lots[best])
        scalers.append(scales[best])
        winners.append(network.dump()[best])
    final = Network(stack((), 1), USED, len(winners))
    final.load(np.stack(winners))
    return {"score": np.array(score), "truth": truly(final, used, scalers, labels)}


def every(
    inputs: int, labels: str, candidates: int, progress: Progress | None = None, draws: Sequence[int] = range(DRAWS)
) -> dict[str, dict[str, Array]]:
    """Return score and truth of all five `WAYS`."""
    found = {way: promised(inputs, labels, way, draws, progress) for way in WAYS[:-1]}
    return found | {"test": best_of(inputs, labels, candidates, draws, progress)}


def said(found: dict[str, dict[str, Array]]) -> dict[str, float]:
    """Return what the texts say: the middle score and truth of each way, and how far the score is above the truth."""
    told: dict[str, float] = {}
    for way, each in found.items():
        told |= {f"{way}_score": float(np.median(each["score"])), f"{way}_truth": float(np.median(each["truth"]))}
        told[f"{way}_above"] = float(np.median(each["score"] - each["truth"]))
    moved = np.abs(found["scale"]["score"] - found["none"]["score"])
    return told | {"scale_moved": float(moved.mean())}
