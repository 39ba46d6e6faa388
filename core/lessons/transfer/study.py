"""Train a network on one task, then go on with another that has few examples: does the first help?

Three ways to learn the new task: from scratch (random first weights), fine-tuning (start from the old weights, train
all of them), frozen (keep the old hidden layer as it is and train the output layer alone). Compare Pan and Yang 2010;
Yosinski et al. 2014. Each of the networks beside one another has few examples of its own, all are asked about the same.
"""

from collections.abc import Sequence as Many
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.data.datasets import load
from core.nn.layers import Dense, Sequence, stack
from core.nn.losses import LOSSES
from core.nn.network import Network, columns
from core.nn.optimizers import OPTIMIZERS
from core.nn.tape import Array
from core.training.loop import fit
from core.training.recipe import Recipe

WIDTH, SOURCE, TEST = 32, 800, 400
EPOCHS, RATE, BATCH, NOISE = 60, 0.01, 32, 0.3
LABELS = (1, 3, 10, 30)
"""Labeled examples a class that the new task may have."""
SEEDS = 20
WAYS = ("scratch", "frozen", "tuned")


@dataclass(frozen=True)
class Task:
    """A new task: what is done to the pictures, and which digits the old and the new task have."""

    title: str
    old: tuple[int, ...]
    new: tuple[int, ...]
    noise: float = 0.0
    inverted: bool = False

    @property
    def same_classes(self) -> bool:
        """Whether the old output layer answers the new question."""
        return self.old == self.new


ALL, LOW, HIGH = tuple(range(10)), tuple(range(5)), tuple(range(5, 10))
TASKS: dict[str, Task] = {
    "noisy": Task("noisy pictures of the same digits", ALL, ALL, noise=NOISE),
    "other": Task("other digits: 5 to 9 after 0 to 4", LOW, HIGH),
    "inverted": Task("paper and ink swapped", ALL, ALL, inverted=True),
}


@dataclass(frozen=True, eq=False)
class Parts:
    """Pictures ``(N, 64)`` and digits ``(N,)``: for the old task, to draw the new one's examples from, for the test."""

    old: tuple[Array, Array]
    pool: tuple[Array, Array]
    test: tuple[Array, Array]


@lru_cache(maxsize=8)
def parts(task: str) -> Parts:
    """Split the digits; no picture is in two parts, and the new task's pictures are changed as it says."""
    t, data, rng = TASKS[task], load("digits", 2000, 0.0, 0), np.random.default_rng(0)
    order = rng.permutation(len(data.y))
    X, y = data.X[order], data.y[order]
    bounds = slice(SOURCE), slice(SOURCE, len(X) - TEST), slice(len(X) - TEST, None)
    old, *new = ((X[rows], y[rows]) for rows in bounds)
    keep = np.isin(old[1], t.old)
    return Parts((old[0][keep], old[1][keep] - t.old[0]), *(_changed(t, *some, rng) for some in new))


def _changed(t: Task, X: Array, y: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    X, y = X[np.isin(y, t.new)], y[np.isin(y, t.new)] - t.new[0]
    X = 1 - X if t.inverted else X
    return X + t.noise * rng.normal(size=X.shape), y


def pairs(task: str) -> tuple[Array, list[str]]:
    """Return four pictures, old and new, and what to write under them: the same two digits where the task has them."""
    t, p = TASKS[task], parts(task)
    X, y = p.old
    if not t.same_classes:
        pictures, digits = np.concatenate([X[:2], p.pool[0][:2]]), [*y[:2] + t.old[0], *p.pool[1][:2] + t.new[0]]
    else:
        other = int(np.flatnonzero(y != y[0])[0])
        Z, _ = _changed(t, X[[0, other]], y[[0, other]], np.random.default_rng(1))
        pictures, digits = np.stack([X[0], Z[0], X[other], Z[1]]), [y[0], y[0], y[other], y[other]]
    kinds = ("old", "old", "new", "new") if not t.same_classes else ("old", "new", "old", "new")
    return pictures, [f"{kind}: {digit}" for kind, digit in zip(kinds, digits, strict=True)]


def most_active(task: str) -> tuple[int, Array, list[str]]:
    """Return the old network's unit that answers most to the first old picture, and what it makes of old and new.

    Returns
    -------
    k : the unit, counted from 0.
    parts : (2, 2) for the first old picture and the first new one of `pairs`: the weighted sum, and the bias.
    captions : what is written under those two.
    """
    X, captions = pairs(task)
    firsts = [0, next(n for n, words in enumerate(captions) if words.startswith("new"))]
    X = X[firsts]
    hidden = taught(task)[: WIDTH * 65].reshape(WIDTH, 65).astype(float)
    sums, bias = X @ hidden[:, :-1].T, hidden[:, -1]
    k = int((sums[0] + bias).argmax())
    return k, np.stack([sums[:, k], np.full(2, bias[k])], axis=1), [captions[n] for n in firsts]


def verdict(task: str, parts: Array) -> str:
    """Say what the (2, 2) of `most_active` mean: the unit "fires", is "weak" or "silent"; "other" for other digits."""
    old, new = np.maximum(parts.sum(axis=1), 0.0)
    if not TASKS[task].same_classes:
        return "other"
    return "silent" if new == 0 else "fires" if new > old / 2 else "weak"


def living(task: str, labels: int, seeds: Many[int] = range(SEEDS)) -> Array:
    """Return how many hidden units are above 0 for any test picture after fine-tuning, (S,)."""
    network = Network(layers(len(TASKS[task].new)), 64, len(seeds))
    network.load(first_weights(task, "tuned", seeds))
    fit(network, recipe(), examples(task, labels, seeds), snapshot_every=0)
    hidden = network.dump()[:, : WIDTH * 65].reshape(len(seeds), WIDTH, 65)
    z = np.einsum("nd,swd->swn", parts(task).test[0], hidden[:, :, :-1]) + hidden[:, :, -1:]
    return (z > 0).any(-1).sum(-1)


def layers(classes: int) -> Sequence:
    """Return 64-32-classes with ReLU."""
    return stack((WIDTH,), classes, "relu", "he_normal", inputs=64)


def recipe(seed: int = 0) -> Recipe:
    """Return how every network here is trained."""
    return Recipe(LOSSES["softmax"], OPTIMIZERS["adam"](), RATE, batch_size=BATCH, epochs=EPOCHS, order_seed=seed)


@lru_cache(maxsize=8)
def taught(task: str, seed: int = 0) -> Array:
    """Return the parameters ``(P,)`` of a network that has learned the old task."""
    old = parts(task).old
    network = Network(layers(len(TASKS[task].old)), 64)
    network.start([seed])
    fit(network, recipe(), old, snapshot_every=0)
    return network.dump()[0]


def before(task: str) -> dict[str, float]:
    """Return from how many pictures the old network learned, and the share that it reads of all others like them."""
    digits, data = TASKS[task].old, load("digits", 2000, 0.0, 0)
    rows = np.random.default_rng(0).permutation(len(data.y))[SOURCE:]  # as `parts` leaves them
    X, y = (values[rows][np.isin(data.y[rows], digits)] for values in (data.X, data.y))
    network = Network(layers(len(digits)), 64)
    network.load(taught(task))
    right = network.outputs_for(X).argmax(0) == y - digits[0]
    return {"pictures": len(parts(task).old[1]), "share": float(right.mean())}


def examples(task: str, labels: int, seeds: Many[int]) -> tuple[Array, Array]:
    """Draw so many pictures of each class for each seed: X ``(N, S, 64)`` and y ``(N, S)``."""
    X, y = parts(task).pool
    rows = []
    for seed in seeds:
        rng = np.random.default_rng([seed, 5])
        chosen = [rng.choice(np.flatnonzero(y == k), labels, replace=False) for k in range(len(TASKS[task].new))]
        rows.append(np.concatenate(chosen))
    index = np.array(rows).T
    return X[index], y[index]


def first_weights(task: str, way: str, seeds: Many[int]) -> Array:
    """Return where each network starts, ``(S, P)``: at random, or with the old hidden layer."""
    t, classes = TASKS[task], len(TASKS[task].new)
    network = Network(layers(classes), 64, max(2, len(seeds)))
    network.start([1000 + s for s in (*seeds, *seeds)[: network.models]])
    start, old = network.dump()[: len(seeds)], taught(task)
    if way != "scratch":
        count = len(old) if t.same_classes else WIDTH * 65
        start[:, :count] = old[:count]
    return start


def learn(task: str, way: str, labels: int, seeds: Many[int] = range(SEEDS)) -> Array:
    """Return the test accuracy of each network at the end, (S,)."""
    X, y = examples(task, labels, seeds)
    test, start = parts(task).test, first_weights(task, way, seeds)
    if way == "frozen":
        return _output_layer_alone(start, X, y, test)
    network = Network(layers(len(TASKS[task].new)), 64, len(seeds))
    network.load(start)
    record = fit(network, recipe(), (X, y), test, snapshot_every=0)
    return np.asarray(record.test_accuracy[-1])


def _output_layer_alone(start: Array, X: Array, y: Array, test: tuple[Array, Array]) -> Array:
    """Train the output layer on what the hidden one makes of the pictures; that layer is the same for all."""
    hidden, classes = start[0, : WIDTH * 65].reshape(WIDTH, 65), (start.shape[1] - WIDTH * 65) // (WIDTH + 1)

    def features(pictures: Array) -> Array:
        return np.maximum(columns(pictures, np.float64) @ hidden.T, 0)

    network = Network(Sequence((Dense(classes),)), WIDTH, len(start))
    network.load(start[:, WIDTH * 65 :])
    record = fit(network, recipe(), (features(X), y), (features(test[0]), test[1]), snapshot_every=0)
    return np.asarray(record.test_accuracy[-1])


def untouched(task: str) -> float:
    """Return the test accuracy of the old network on the new task, before it has learned anything of it."""
    network, (X, y) = Network(layers(len(TASKS[task].old)), 64), parts(task).test
    network.load(taught(task))
    return float((network.outputs_for(X).argmax(0) == y).mean())


def result(task: str, labels: int, seeds: Many[int] = range(SEEDS)) -> dict[str, Array]:
    """Return the accuracies of all three ways, each (S,)."""
    return {way: learn(task, way, labels, seeds) for way in WAYS}


def summary(task: str, labels: int, found: dict[str, Array]) -> dict[str, float]:
    """Return medians, and how often going on from the old weights was better than starting at random."""
    numbers = {f"{task}_{way}{labels}": float(np.median(found[way])) for way in WAYS}
    if TASKS[task].same_classes:
        numbers[f"{task}_asis"] = untouched(task)
    return numbers | {f"{task}_better{labels}": float((found["tuned"] > found["scratch"]).sum())}
