"""How far a curve is off, the best heights for given turning points, and a search for the best turning points."""

from collections.abc import Sequence

import numpy as np

from core.lessons.approximation.targets import CHALLENGES, HIGH, LOW, MOST, STEEP, TRAINED_AS, X, responses
from core.nn.activations import ACTIVATIONS
from core.nn.tape import Array

PLACES: Array = np.linspace(LOW, HIGH, 61)[:-1]
"""The turning points that the search tries."""
TINY = 1e-9
"""A unit whose part that the others lack is smaller than this adds nothing."""


def deviation(off: Array) -> Array:
    """Return the root of the mean of squares over the last axis: how far a curve is off, on the whole."""
    return np.sqrt(np.mean(np.square(off), axis=-1))


def drawn(units: Array, heights: Array, target: Array) -> tuple[float, Array]:
    """Return the best output bias for units ``(P, K)`` with these heights, and the curve that they draw.

    The best bias is the mean of what is left: it takes away the mean error, and no other does.
    """
    heap = units @ np.asarray(heights, float)
    bias = float(np.mean(target - heap))
    return bias, bias + heap


def best_heights(units: Array, target: Array) -> tuple[Array, float]:
    """Return the heights (K,) with which units ``(P, K)`` come nearest to the target, and their deviation.

    Least squares: the curve is a weighted sum, so the best weights follow from one system of equations.
    """
    left = units - units.mean(axis=0)
    heights = np.linalg.lstsq(left, target - target.mean(), rcond=None)[0]
    return heights, float(deviation(drawn(units, heights, target)[1] - target))


def even(count: int) -> Array:
    """Return turning points at equal distances, the first at the left end: ``(count,)``."""
    return np.linspace(LOW, HIGH, count + 1)[:-1]


def each_joined(rest: Array, candidates: Array, target: Array) -> Array:
    """Return the deviation that each candidate ``(P, C)`` leaves when it joins the units ``rest`` (P, K): ``(C,)``.

    What the others can say already is taken out of both the target and each candidate; what a candidate then takes
    off the squared error is its share of what is left.
    """
    q, sizes, _ = np.linalg.svd(np.column_stack([np.ones(len(target)), rest]), full_matrices=False)
    q = q[:, sizes > TINY * sizes[0]]  # without what only repeats the others
    left = target - q @ (q.T @ target)
    new = candidates - q @ (q.T @ candidates)
    size = np.einsum("pc,pc->c", new, new)
    gain = np.where(size > TINY, (left @ new) ** 2 / np.maximum(size, TINY), 0.0)
    return np.sqrt(np.maximum(left @ left - gain, 0.0) / len(target))


def exchange(candidates: Array, target: Array, start: Array) -> tuple[Array, float]:
    """Move one unit after the other to its best place until none moves: indices ``(K,)`` and the deviation."""
    chosen, last = np.array(start), np.inf
    while True:
        for k in range(len(chosen)):
            each = each_joined(candidates[:, np.delete(chosen, k)], candidates, target)
            chosen[k] = int(np.argmin(each))
        now = float(each[chosen[-1]])
        if now >= last * (1 - 1e-9):
            return chosen, min(now, last)
        last = now


def best_places(challenge: str, count: int, starts: int = 6, steep: float = STEEP) -> tuple[Array, float]:
    """Search for the best turning points ``(count,)`` of a challenge's units; return them and their deviation.

    From evenly spaced ones and from random ones, each moved while that helps. What it finds need not be the very best.
    """
    one = CHALLENGES[challenge]
    candidates, target = responses(one.kind, PLACES, steep), one.target(X)
    rng = np.random.default_rng(0)
    spaced = np.linspace(0, len(PLACES), count, endpoint=False).astype(int)
    firsts = [spaced, *(rng.choice(len(PLACES), count, replace=False) for _ in range(starts))]
    found = min((exchange(candidates, target, first) for first in firsts), key=lambda pair: pair[1])
    return np.sort(PLACES[found[0]]), found[1]


def at_best(challenge: str, turns: Array, steep: float = STEEP) -> tuple[Array, float]:
    """Return the best heights for turning points, and their deviation."""
    one = CHALLENGES[challenge]
    return best_heights(responses(one.kind, turns, steep), one.target(X))


def spaced_units(challenge: str, count: int, steep: float = STEEP) -> dict[str, float]:
    """Return a page's settings for evenly spaced units at best heights, as it writes them."""
    turns = even(count) if CHALLENGES[challenge].kind == "hinge" else even(count) + (HIGH - LOW) / count / 2
    return settings(turns, at_best(challenge, turns, steep)[0])


def settings(turns: Sequence[float] | Array, heights: Sequence[float] | Array) -> dict[str, float]:
    """Return turning points and heights as the link of the page names them, and how many units there are."""
    named: dict[str, float] = {"n": len(turns)}
    for k in range(MOST):
        inside = k < len(turns)
        named[f"t{k + 1}"] = round(float(turns[k]), 2) if inside else 0.0
        named[f"v{k + 1}"] = round(float(heights[k]), 2) if inside else 0.0
    return named


def by_hand(activation: str, count: int, target: Array) -> Array:
    """Return the curve of ``count`` evenly spaced units of an activation, heights by least squares: ``(P,)``.

    Hinges have slope 1. Units that saturate are as steep as their distance asks for; steeper or flatter ones would
    draw steps or copies of each other.
    """
    w = 1.0 if activation == TRAINED_AS["hinge"] else 1.5 * count / (HIGH - LOW)
    units = ACTIVATIONS[activation](w * (X[:, None] - even(count)))
    return drawn(units, best_heights(units, target)[0], target)[1]


def box_at() -> dict[str, float]:
    """Return what the first challenge's two units add up to before, in and after the box."""
    one = CHALLENGES["box"]
    turns, heights = np.array(one.units).T
    before, middle, after = responses(one.kind, turns, x=np.array([-2.0, 0.0, 2.0])) @ heights
    return {"before": float(before), "middle": float(middle), "after": float(after)}


def shares(curves: Array) -> tuple[float, float]:
    """Return how much of the slow and of the fast wave of the wiggles curves ``(S, P)`` hold, in the middle."""
    waves = np.column_stack([np.ones_like(X), np.sin(X), 0.4 * np.sin(5 * X)])
    held = np.linalg.lstsq(waves, curves.T, rcond=None)[0]
    return float(np.median(held[1])), float(np.median(held[2]))
