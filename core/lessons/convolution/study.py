"""Kernels that learn the 8 x 8 digits: one run step by step, and many beside dense networks."""

from collections import deque
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from core.data.real import digit_parts
from core.lessons.convolution.kernel import POOL, SIDE, SIZE, shifted
from core.nn.images import Conv2D, MaxPool
from core.nn.layers import Activate, Dense, Sequence
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.nn.optimizers import OPTIMIZERS
from core.nn.tape import Array
from core.training.epochs import Epochs
from core.training.recipe import Recipe

SEEDS = 20
EPOCHS, RATE, BATCH = 10, 0.02, 32
KERNELS, UNITS = (2, 4, 8), (4, 8, 16, 32)
"""The networks that are compared: so many kernels, or so many dense units."""
ASKED, RIVAL = 8, 32
"""The two that the page speaks of."""
WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1))
"""A shift by one pixel: right, left, down, up."""
FRAMES = 60
CLASSES, TESTED = 10, 540
"""The digits 0 to 9, and how many pictures are kept for the test."""
FEW_UNITS = 16
"""The dense network whose work is compared with that of a few kernels."""
Name = tuple[str, int, str]
Scores = dict[Name, dict[str, Array]]
Pair = tuple[Array, Array]


@lru_cache(maxsize=1)
def data() -> dict[str, Array]:
    """Return the digits to learn from and those to test on."""
    return digit_parts()


def convolution(kernels: int) -> Sequence:
    """Return the network of the page: kernels, ReLU, the largest of each block of two by two, one dense layer."""
    conv = Conv2D(kernels, (1, SIDE, SIDE), SIZE)
    return Sequence((conv, Activate("relu"), MaxPool(conv.result, POOL), Dense(CLASSES)))


def dense(units: int) -> Sequence:
    """Return its rival: every unit has a weight of its own for every pixel."""
    return Sequence((Dense(units, "he_normal"), Activate("relu"), Dense(CLASSES)))


def network_of(kind: str, size: int) -> Network:
    """Return an untrained network: ``kind`` is "kernels" or "dense"."""
    return Network((convolution if kind == "kernels" else dense)(size), SIDE**2)


def recipe(seed: int, epochs: int = EPOCHS) -> Recipe:
    """Return how all of them are trained."""
    adam = OPTIMIZERS["adam"]()
    return Recipe(LOSSES["softmax"], adam, RATE, batch_size=BATCH, epochs=epochs, order_seed=seed)


def right(network: Network, X: Array, y: Array) -> float:
    """Return the share of right answers."""
    return float((network.outputs_for(X).argmax(0) == y).mean())


def shuffled(pictures: Array) -> Array:
    """Return pictures (n, 64) with their pixels in another order, the same one for all."""
    return np.asarray(pictures)[:, np.random.default_rng(0).permutation(SIDE**2)]


def lesson_for(way: str) -> tuple[Array, Array, int]:
    """Return what to learn from, and for how many epochs: "plain", "shuffled", or with "copies" shifted each way.

    With the copies there are five times as many pictures, so a fifth of the epochs is as many steps.
    """
    d = data()
    if way == "copies":
        sets = [d["X"], *(shifted(d["X"], *by) for by in WAYS)]
        return np.vstack(sets), np.tile(d["y"], len(sets)), EPOCHS // len(sets)
    return (shuffled(d["X"]) if way == "shuffled" else d["X"]), d["y"], EPOCHS


def training(network: Network, made: Recipe, X: Array, y: Array) -> Iterator[int]:
    """Train step by step; yield the number of steps taken so far, first 0, each time with the network as it is then."""
    with np.errstate(all="ignore"):  # the step is recorded once before it has any numbers
        epochs = Epochs(network, made, (X, y))
    total = len(epochs) * made.epochs
    knobs = made.optimizer.knobs(np.arange(total) + 1.0, np.full(total, made.learning_rate)).astype(network.dtype)
    yield 0
    for step in range(total):
        if epochs.next == 0:
            epochs.shuffle()
        epochs.step(knobs[step])
        yield step + 1


_KEPT: Scores = {}


def ends(kind: str, size: int, way: str = "plain", progress: Callable[[int], None] | None = None) -> dict[str, Array]:
    """Train from every seed and return the share of right answers on test digits, (S,) each; kept once it is known.

    Parameters
    ----------
    kind, size, way : see `network_of` and `lesson_for`.
    progress : called with the number of the network after each.

    Returns
    -------
    test : on test digits like those that it learned from (shuffled ones for "shuffled").
    shifted : on the same moved by one pixel: the mean over the four ways.
    """
    if (kind, size, way) not in _KEPT:
        d, (X, y, epochs) = data(), lesson_for(way)
        X_test = shuffled(d["X_test"]) if way == "shuffled" else d["X_test"]
        test, moved = [], []
        for seed in range(SEEDS):
            network = network_of(kind, size)
            network.start([seed])
            deque(training(network, recipe(seed, epochs), X, y), maxlen=0)
            test.append(right(network, X_test, d["y_test"]))
            moved.append(np.mean([right(network, shifted(X_test, *by), d["y_test"]) for by in WAYS]))
            if progress:
                progress(seed)
        _KEPT[kind, size, way] = {"test": np.array(test), "shifted": np.array(moved)}
    return _KEPT[kind, size, way]


def parameters(kind: str, size: int) -> int:
    """Return how many weights and biases a network has.

    >>> parameters("kernels", 8), parameters("dense", 32)
    (810, 2410)
    """
    return network_of(kind, size).size


def work(kind: str, size: int) -> int:
    """Return how many multiplications one answer takes: a kernel's weights are used once at each place.

    >>> work("kernels", 8), work("dense", 32)
    (3312, 2368)
    """
    if kind == "dense":
        return size * SIDE**2 + CLASSES * size
    conv = Conv2D(size, (1, SIDE, SIDE), SIZE)
    return conv.units(SIDE**2) * SIZE**2 + CLASSES * MaxPool(conv.result, POOL).units(conv.units(SIDE**2))


def moments(steps: int) -> list[int]:
    """Return the steps that are drawn: close together at the start, where most is learned."""
    drawn = np.rint((np.linspace(0, 1, FRAMES) ** 2) * steps).astype(int)
    return sorted(set(drawn.tolist()))


def watched(kernels: int, seed: int) -> dict[str, Array]:
    """Train one network and keep what it was at each of `moments`.

    Returns
    -------
    steps : (F,); theta : (F, P) all weights and biases; accuracy : (F,) on the test digits.
    """
    d, made = data(), recipe(seed)
    network = network_of("kernels", kernels)
    network.start([seed])
    drawn = moments(-(-len(d["X"]) // BATCH) * EPOCHS)
    snapshots, accuracy = [], []
    for step in training(network, made, d["X"], d["y"]):
        if step in drawn:
            snapshots.append(network.store.copy())
            accuracy.append(right(network, d["X_test"], d["y_test"]))
    return {"steps": np.array(drawn), "theta": np.array(snapshots), "accuracy": np.array(accuracy)}


def seen(theta: Array, kernels: int, picture: Array) -> dict[str, Array]:
    """Return what each of F networks makes of one picture.

    Parameters
    ----------
    theta : (F, P), as `watched` keeps it.
    picture : (64,) from 0 to 1.

    Returns
    -------
    kernels : (F, K, 3, 3); maps : (F, K, 6, 6) after ReLU; pooled : (F, K, 3, 3); chances : (F, 10).
    """
    frames = len(theta)
    network = Network(convolution(kernels), SIDE**2, frames)
    network.load(theta)
    _, maps, pools, z = network.activations_for(picture[None])
    side, small = SIDE - SIZE + 1, (SIDE - SIZE + 1) // POOL
    weights = np.moveaxis(network.p["0.W"], 1, 0)[..., :-1]
    return {
        "kernels": weights.reshape(frames, kernels, SIZE, SIZE),
        "maps": np.moveaxis(maps[:-1, :, 0], 1, 0).reshape(frames, kernels, side, side),
        "pooled": np.moveaxis(pools[:-1, :, 0], 1, 0).reshape(frames, kernels, small, small),
        "chances": np.asarray(LOSSES["softmax"].predict(z))[..., 0].T,
    }


def alike(pictures: Array) -> float:
    """Return how alike neighboring pixels are: the correlation of each pixel with its right neighbor, over all."""
    page = np.asarray(pictures).reshape(-1, SIDE, SIDE)
    return float(np.corrcoef(page[:, :, :-1].ravel(), page[:, :, 1:].ravel())[0, 1])


def facts() -> dict[str, Any]:
    """Return the counts that the texts speak of."""
    return {
        "kernels": ASKED,
        "units": RIVAL,
        "few": parameters("kernels", ASKED),
        "many": parameters("dense", RIVAL),
        "places": (SIDE - SIZE + 1) ** 2,
        "seeds": SEEDS,
        "epochs": EPOCHS,
    }


def sized(scores: Scores, along: str) -> dict[str, tuple[list[int], Array]]:
    """Return for kernels and dense units how large each network is, and its scores (sizes, S).

    Parameters
    ----------
    along : "parameters" or "work".
    """
    count, found = (parameters if along == "parameters" else work), {}
    for kind, sizes in (("kernels", KERNELS), ("dense", UNITS)):
        each = np.array([scores[kind, size, "plain"]["test"] for size in sizes])
        found[kind] = ([count(kind, size) for size in sizes], each)
    return found


def scored_facts(scores: Scores) -> dict[str, Any]:
    """Return what the texts say of networks of several sizes."""
    middle = {name: float(np.median(found["test"])) for name, found in scores.items()}
    return facts() | {
        "kernels_right": middle["kernels", ASKED, "plain"],
        "dense_right": middle["dense", RIVAL, "plain"],
        "two": parameters("kernels", 2),
        "two_right": middle["kernels", 2, "plain"],
        "four_right": middle["dense", 4, "plain"],
        "four_kernels": middle["kernels", 4, "plain"],
        "four_work": work("kernels", 4),
        "sixteen_work": work("dense", FEW_UNITS),
        "sixteen_right": middle["dense", FEW_UNITS, "plain"],
    }


LOWEST = {"shifted": 0.3, "copies": 0.3, "shuffled": 0.9}
"""By case: where the axis of right answers begins, so that every seed is on it."""


def needed(case: str) -> list[Name]:
    """Return which networks a case compares: "shifted", "copies" or "shuffled"."""
    ways = ("plain",) if case == "shifted" else ("plain", case)
    return [(kind, size, way) for kind, size in (("kernels", ASKED), ("dense", RIVAL)) for way in ways]


def pairs(case: str, scores: Scores) -> dict[str, Pair]:
    """Return both networks' right answers before and after what a case does, (S,) each."""
    on = {"shifted": ("test", "shifted"), "copies": ("shifted", "shifted"), "shuffled": ("test", "test")}[case]
    way = "plain" if case == "shifted" else case
    both = (("kernels", ASKED), ("dense", RIVAL))
    return {kind: (scores[kind, size, "plain"][on[0]], scores[kind, size, way][on[1]]) for kind, size in both}


def medians(found: dict[str, Pair]) -> dict[str, float]:
    """Return what the texts say of such pairs: shares before and after, and the points between."""
    middle: dict[str, float] = {}
    for kind, pair in found.items():
        before, after = (float(np.median(one)) for one in pair)
        middle |= {f"{kind}_before": before, f"{kind}_after": after, f"{kind}_lost": 100 * (before - after)}
    return middle
