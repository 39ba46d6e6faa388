"""k-fold cross-validation in one stacked pass, and the truth to hold it against: 20,000 fresh points."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from core.charts.pictures import grid
from core.data.classification import moons
from core.data.spec import Data, Ints
from core.data.splits import folds
from core.nn.network import Network
from core.nn.tape import Array
from core.training.building import network_of, recipe_of
from core.training.experiment import Experiment
from core.training.loop import fit

Part = tuple[Array, Array]
Progress = Callable[[int], None]
RUN = Experiment(samples=60, noise=0.35, test_share=0.2, hidden=(16,), learning_rate=0.05, batch_size=200, epochs=300)
"""How every network of the first two views learns; a batch holds all examples."""
SIZES, FOLDS = (20, 60, 180), (2, 5, 10)
"""Examples, and folds: each number of folds divides the examples of a class, so all networks learn from as many."""
DRAWS, FRESH, FRESH_SEED = 20, 20_000, 1_000_000
EXTENT, SIDE = (-2.3, 3.3, -2.5, 3.1), 40
"""The plane that is drawn, and how finely."""


def drawn(examples: int, draw: int) -> Data:
    """Return the examples that a draw of the data brings."""
    return moons(examples, RUN.noise, draw)


@lru_cache(maxsize=1)
def fresh() -> Data:
    """Return points that no network has learned from and none was chosen by."""
    return moons(FRESH, RUN.noise, FRESH_SEED)


def cut(examples: int, draw: int, k: int) -> tuple[Data, list[tuple[Ints, Ints]]]:
    """Return a draw's examples and its k folds: the rows to learn from, and the rows held out."""
    data = drawn(examples, draw)
    return data, folds(data, k, draw)


def stacked(parts: Sequence[Part]) -> Part:
    """Put M sets of n examples side by side: X (n, M, inputs) and y (n, M); a single one stays as it is."""
    if len(parts) == 1:
        return parts[0]
    return np.stack([X for X, _ in parts], axis=1), np.stack([y for _, y in parts], axis=1)


def train_all(parts: Sequence[Part], l2: float = 0.0, progress: Progress | None = None) -> Network:
    """Train a network on each part, all in one pass, from the same first weights."""
    network = network_of(RUN, parts[0][0].shape[1], len(parts))
    network.start([RUN.seed] * len(parts))
    fit(network, recipe_of(RUN, l2=l2), stacked(parts), snapshot_every=0, progress=progress)
    return network


def answers(network: Network, X: Array) -> Array:
    """Return z of each network, (M, N), for examples (N, inputs) of all or (N, M, inputs) of its own."""
    return np.atleast_2d(network.outputs_for(X)[0])


def right(z: Array, y: Array) -> Array:
    """Return the share of right answers of each network, (M,), from z (M, N) and classes (N,) or (M, N)."""
    return np.asarray(((z > 0) == (y == 1)).mean(axis=-1))


def estimates(
    examples: int, k: int, draws: Sequence[int] = range(DRAWS), progress: Progress | None = None
) -> dict[str, Array]:
    """Cross-validate the network on each draw of the data, and hold that against the truth.

    Returns
    -------
    scores : (D, k) share of right answers of each fold's network on the examples held out.
    training, truth : (D,) share of right answers of the network that learned from all examples: on those, and on the
        fresh points.
    held, wrong : (D, examples) in which fold an example was held out, and whether it then was answered wrong.
    planes : (D, k, SIDE, SIDE) what each fold's network answers over the plane, as a probability.
    """
    cuts = [cut(examples, draw, k) for draw in draws]
    learned = [(data.X[rows], data.y[rows]) for data, each in cuts for rows, _ in each]
    outside = [(data.X[rows], data.y[rows]) for data, each in cuts for _, rows in each]
    network = train_all(learned, progress=progress)
    X, y = stacked(outside)
    z = answers(network, X)
    held, wrong = _held_out([each for _, each in cuts], (z > 0) != (y.T == 1))
    planes = 1 / (1 + np.exp(-answers(network, grid(EXTENT, SIDE))))
    whole = [(data.X, data.y) for data, _ in cuts]
    final = train_all(whole, progress=progress)
    X_all, y_all = stacked(whole)
    return {
        "scores": right(z, y.T).reshape(-1, k),
        "training": right(answers(final, X_all), y_all.T),
        "truth": right(answers(final, fresh().X), fresh().y),
        "held": held,
        "wrong": wrong,
        "planes": planes.reshape(-1, k, SIDE, SIDE).astype(np.float16),
    }


def _held_out(cuts: Sequence[list[tuple[Ints, Ints]]], wrong: Array) -> tuple[Array, Array]:
    """Return for each draw's examples in which fold they were held out, and whether the answer then was wrong."""
    k, examples = len(cuts[0]), sum(len(rows) for _, rows in cuts[0])
    held, missed = np.zeros((len(cuts), examples), int), np.zeros((len(cuts), examples), bool)
    for d, each in enumerate(cuts):
        for fold, (_, rows) in enumerate(each):
            held[d, rows], missed[d, rows] = fold, wrong[d * k + fold]
    return held, missed


def standard_error(scores: Array) -> Array:
    """Return the standard error of the mean of k scores (..., k): their deviation over the root of k."""
    return np.asarray(scores.std(axis=-1, ddof=1) / np.sqrt(scores.shape[-1]))


def off(found: dict[str, Array]) -> dict[str, Array]:
    """Return how far three ways of judging are above the truth, (D,) each: training, one fold, mean of the folds."""
    truth, scores = found["truth"], found["scores"]
    return {"training": found["training"] - truth, "one": scores[:, 0] - truth, "mean": scores.mean(axis=1) - truth}


def facts(found: dict[str, Array]) -> dict[str, float]:
    """Return what the texts say of `estimates`: distances, misses, and how often the truth is near."""
    each = off(found)
    held = np.abs(each["mean"]) <= 2 * standard_error(found["scores"])
    typical = {f"{name}_off": float(np.median(np.abs(v))) for name, v in each.items()}
    above = {f"{name}_above": float(np.median(v)) for name, v in each.items()}
    above["mean_low"] = -above["mean_above"]
    return typical | above | {"held": float(held.sum()), "draws": len(held), "truth": float(np.median(found["truth"]))}
