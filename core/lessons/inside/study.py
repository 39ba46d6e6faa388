"""What holds for many digits and twenty networks: do the methods agree, are they real, do they find what matters?

The sanity check is that of Adebayo et al. (2018): put random weights into the network. If the map stays the same, it
can't have told what the network had learned. Compared are the pixels' ranks, by absolute value, as they do.
"""

from functools import lru_cache

import numpy as np

from core.lessons.inside.looking import (
    CLASSES,
    HIDDEN,
    METHODS,
    PIXELS,
    SEEDS,
    UNITS,
    Looked,
    ablation,
    active,
    answers,
    data,
    maps,
    network_of,
    of_class,
    right,
    scores,
    silenced,
    trained,
    untrained,
)  # fmt: skip
from core.lessons.inside.mistakes import SURE, mended
from core.nn.losses import softmax
from core.nn.tape import Array

SOME, TOP, MOST_ERASED = 100, 8, 16
"""Digits that are compared, pixels that count as "the most important", and how many are erased."""
ORDERS = ("effect", "activity", "random")
AGAINST = ("random", "output", "other")
COUNTS = ("all", "ink", "signed")
FIRST_UNITS = 3
"""So many units are silenced alone and together."""


def top(one: Array) -> Array:
    """Return which eight pixels of a map (64, ...) are the strongest; none where nothing is."""
    found = np.zeros(one.shape, bool)
    np.put_along_axis(found, strongest(one)[:TOP], True, 0)
    return found & (one != 0)


def ranks(values: Array) -> Array:
    """Return the ranks along the last axis; equal values share the mean of theirs.

    >>> ranks(np.array([3.0, 1.0, 3.0]))
    array([2.5, 1. , 2.5])
    """
    order = np.argsort(values, axis=-1)
    ordered, place = np.take_along_axis(values, order, -1), np.arange(values.shape[-1])
    new = np.diff(ordered, axis=-1, prepend=-np.inf) != 0
    first = np.maximum.accumulate(np.where(new, place, 0), axis=-1)
    ends = np.concatenate([new[..., 1:], np.ones_like(new[..., :1])], axis=-1)
    last = np.minimum.accumulate(np.where(ends, place, place[-1])[..., ::-1], axis=-1)[..., ::-1]
    found = np.empty(values.shape)
    np.put_along_axis(found, order, (first + last) / 2 + 1, -1)
    return found


def rank_correlation(a: Array, b: Array) -> Array:
    """Return Spearman's rank correlation along the last axis: 1 is the same order, 0 none in common."""
    centered = [r - r.mean(-1, keepdims=True) for r in (ranks(a), ranks(b))]
    sizes = np.sqrt(np.prod([np.square(c).sum(-1) for c in centered], axis=0))
    return np.asarray((centered[0] * centered[1]).sum(-1) / np.where(sizes > 0, sizes, 1))


@lru_cache(maxsize=4)
def many_maps(side: int = 1) -> dict[str, Array]:
    """Return all maps of the first test digits, each for the network's own answer."""
    return maps(network_of(trained()), data()["X_test"][:SOME], answers()[:, :SOME], side)


def stranger(against: str) -> Array:
    """Return who each network is compared with, (20, P).

    "random": random weights throughout; "output": a random output layer alone; "other": another trained network.
    """
    if against == "other":
        return np.roll(trained(), 1, 0)
    mixed = trained().copy()
    mixed[:, slice(HIDDEN if against == "output" else 0, None)] = untrained()[:, HIDDEN if against == "output" else 0 :]
    return mixed


@lru_cache(maxsize=16)
def alike(against: str, count: str = "all") -> dict[str, Array]:
    """Return how alike a network's maps and the stranger's are, (20,) by method: means over the first test digits.

    Both are asked about the trained network's answer. ``count``: "all" pixels by absolute value, those with "ink"
    alone, or all "signed".
    """
    rows = data()["X_test"][:SOME]
    others = maps(network_of(stranger(against)), rows, answers()[:, :SOME])
    return {name: _alike(many_maps()[name], others[name], rows, count) for name in METHODS}


def _alike(a: Array, b: Array, rows: Array, count: str) -> Array:
    a, b = (np.moveaxis(each if count == "signed" else np.abs(each), 0, -1) for each in (a, b))
    if count != "ink":
        return np.asarray(rank_correlation(a, b).mean(1))
    inked = [rank_correlation(a[:, n, ink], b[:, n, ink]) for n, ink in enumerate(rows > 0)]
    return np.asarray(np.mean(inked, axis=0))


def strongest(one: Array) -> Array:
    """Return the pixels that a map (64, ...) calls most important, strongest first: by absolute value."""
    return np.argsort(-np.abs(one), axis=0, kind="stable")


def turned(one: Looked, asked: int) -> int:
    """Return how many of saliency's strongest pixels for the answer have the other sign for the class asked about."""
    ours, theirs = (one.maps(c)["saliency"] for c in (one.answer, asked))
    return int((top(ours) & (ours * theirs < 0)).sum())


@lru_cache(maxsize=4)
def shared(side: int = 1) -> dict[str, Array]:
    """Return how many of each method's eight strongest pixels are also occlusion's, (20,): means over digits."""
    chosen = {name: top(one) for name, one in many_maps(side).items()}
    return {name: (chosen[name] & chosen["occlusion"]).sum(0).mean(1) for name in METHODS[:2]}


def blank() -> Array:
    """Return how many of saliency's eight strongest pixels have no ink, (20,): means over the first test digits."""
    empty = data()["X_test"][:SOME].T[:, None] == 0
    return np.asarray((top(many_maps()["saliency"]) & empty).sum(0).mean(1))


@lru_cache(maxsize=1)
def erasing() -> dict[str, Array]:
    """Return the share of answers that stay when the strongest pixels are erased, (20, MOST_ERASED + 1) by method.

    "random" erases pixels with ink in any order. Of the maps' pixels those without ink count as well: erasing them
    changes nothing.
    """
    blank = data()["X_test"][:SOME].T[:, None] == 0
    order = {name: strongest(one) for name, one in many_maps().items()}
    order["random"] = np.argsort(np.random.default_rng(0).random((PIXELS, SEEDS, SOME)) + blank, axis=0)
    network, first = network_of(trained()), answers()[:, :SOME]
    shares: dict[str, list[Array]] = {name: [] for name in order}
    for name, pixels in order.items():
        page = np.repeat(data()["X_test"][:SOME].T[:, None], SEEDS, axis=1)
        for count in range(MOST_ERASED + 1):
            np.put_along_axis(page, pixels[:count], 0.0, 0)
            shares[name].append((scores(network, page.T).argmax(0) == first).mean(1))
    return {name: np.stack(each, axis=1) for name, each in shares.items()}


def order_of(theta: Array, units: Array, asked: Array, order: str) -> Array:
    """Return the order in which units (32, N) are silenced: what adds most first, the most active, or by lot."""
    if order == "random":
        return np.argsort(np.random.default_rng(0).random(units.shape), axis=0)
    by = ablation(theta, units, asked) if order == "effect" else units
    return np.argsort(-by, axis=0, kind="stable")


@lru_cache(maxsize=1)
def silencing() -> dict[str, Array]:
    """Return, for each network, (20,), what becomes of the answers when units are silenced.

    Returns
    -------
    effect, activity, random : how many units it takes, in that order, until half of the answers have changed.
    first : the share of answers that change when the one unit is silenced that adds most.
    alone, together : how far the answer's probability falls when the first three are silenced: the three falls one at a
        time added up, and the fall at once; means over the digits.
    """
    network, rows = network_of(trained()), data()["X_test"]
    units, found = active(network, rows), []
    for m, theta in enumerate(trained()):
        asked = answers()[m : m + 1]
        changed = {name: changes(theta, units[:, m], asked, name) for name in ORDERS}
        one = {name: float(np.argmax(each >= 0.5)) for name, each in changed.items()}
        alone, together = falls(theta, units[:, m], asked)
        found.append(one | {"first": changed["effect"][1], "alone": alone, "together": together})
    return {name: np.array([one[name] for one in found]) for name in found[0]}


def falls(theta: Array, units: Array, asked: Array) -> tuple[float, float]:
    """Return how far the asked probability falls without the three units that add most: one at a time, and at once."""
    first = order_of(theta, units, asked, "effect")[:FIRST_UNITS]

    def left(off: Array) -> float:
        mask = np.ones(units.shape)
        np.put_along_axis(mask, off, 0.0, 0)
        return float(of_class(softmax(silenced(theta, units, mask))[:, None], asked).mean())

    whole = left(first[:0])
    return sum(whole - left(first[[k]]) for k in range(FIRST_UNITS)), whole - left(first)


def changes(theta: Array, units: Array, asked: Array, order: str) -> Array:
    """Return the share of answers that have changed when 0 to 32 units are silenced, (33,).

    Behind one hidden layer a score is a sum, so what is silenced is simply taken away.
    """
    first = order_of(theta, units, asked, order)
    weights = theta[HIDDEN:].reshape(CLASSES, -1)[:, :-1].astype(float)
    adds = np.take_along_axis(weights[:, :, None] * units, first[None], 1)
    gone = np.concatenate([np.zeros_like(adds[:, :1]), np.cumsum(adds, axis=1)], axis=1)
    left = silenced(theta, units, np.ones(units.shape))[:, None] - gone
    return np.asarray((left.argmax(0) != asked[0]).mean(-1))


def left_of(one: Looked) -> dict[str, float]:
    """Return the answer's probability without one of the three units that add most, and without all three."""
    first = order_of(one.theta, one.units, np.array([[one.answer]]), "effect")[:FIRST_UNITS, 0]
    each = {f"only{k}": one.without(first[k - 1 : k]) for k in range(1, FIRST_UNITS + 1)}
    return each | {"least": min(each.values()), "all_three": one.without(first)}


def given() -> dict[str, float]:
    """Return the numbers that the questions speak of, known before anything is measured."""
    return {"seeds": SEEDS, "units": UNITS, "top": TOP, "sure": SURE, "some": SOME}


def facts(view: str) -> dict[str, float]:
    """Return the numbers that a view's sentences speak of: medians over the twenty networks."""

    def middle(found: dict[str, Array], end: str = "") -> dict[str, float]:
        return {f"{name}{end}": float(np.median(each)) for name, each in found.items()}

    numbers = given()
    if view == "pixels":
        shares = {f"kept_{name}": float(np.median(each[:, TOP])) for name, each in erasing().items()}
        more = {"product3": float(np.median(shared(3)["product"])), "blank": float(np.median(blank()))}
        return numbers | shares | middle(shared()) | more
    if view == "units":
        return numbers | middle(silencing())
    if view == "worst":
        return numbers | mended(1) | {f"{name}3": value for name, value in mended(3).items()}
    for count, end in zip(COUNTS, ("", "_ink", "_signed"), strict=True):
        numbers |= middle(alike("random", count), end)
    numbers |= {a: float(np.median(alike(a)["saliency"])) for a in ("output", "other")}
    numbers |= {"product_other": float(np.median(alike("other")["product"]))}
    return numbers | {"right": float(np.median(right()))}
