"""A few points in a plane, moved one at a time: what changes when a network learns from them anew."""

import re
from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from core.charts.pictures import grid
from core.data import own
from core.data.carried import usual_classes
from core.data.spec import Data
from core.lessons.data.learning import learn
from core.nn.tape import Array
from core.training.experiment import Experiment

WIDE, STEP, SIDE = 3.0, 0.1, 60
EXTENT = (-WIDE, WIDE, -WIDE, WIDE)
MOST = 60
PLANE = grid(EXTENT, SIDE)
RUN = Experiment(hidden=(8,), learning_rate=0.03, l2=0.002, batch_size=MOST, epochs=300)
"""All points are one batch, so that their order is nothing."""
SPREAD = 1.5
"""Coordinates are divided by this: it stays when points move, so that nothing but the points changes."""
KINDS = "abcd"
"""In links: training square, training circle, test square, test circle."""
NONE = "none"


class Point(NamedTuple):
    """One example: where it is, its class (0 or 1), and whether it is only for the test."""

    x1: float
    x2: float
    label: int
    test: bool = False


def start() -> tuple[Point, ...]:
    """Draw the points that the page opens on: two clouds that nearly touch."""
    rng = np.random.default_rng(5)
    y = np.arange(24) % 2
    X = np.where(y == 1, 1.0, -1.0)[:, None] * np.array([1.0, 0.7]) + rng.normal(0, 0.8, (24, 2))
    more = np.arange(12) % 2
    T = np.where(more == 1, 1.0, -1.0)[:, None] * np.array([1.0, 0.7]) + rng.normal(0, 0.8, (12, 2))
    drawn = [(X, y, False), (T, more, True)]
    return tuple(made(a, b, int(c), t) for rows, labels, t in drawn for (a, b), c in zip(rows, labels, strict=True))


def made(x1: float, x2: float, label: int, test: bool) -> Point:
    """Return a point on the nearest lawful place."""
    at = [round(round(float(np.clip(v, -WIDE, WIDE)) / STEP) * STEP, 1) + 0.0 for v in (x1, x2)]
    return Point(at[0], at[1], label, test)


def written(points: Sequence[Point]) -> str:
    """Write points for a link: a letter and four digits each; the points that the page opens on are nothing.

    >>> written([Point(-3.0, 0.1, 0), Point(3.0, 0.0, 1, True)])
    'a0031d6030'
    """
    if tuple(points) == START:
        return ""

    def place(v: float) -> str:
        return f"{round((v + WIDE) / STEP):02d}"

    return "".join(f"{KINDS[p.label + 2 * p.test]}{place(p.x1)}{place(p.x2)}" for p in points)


def read(text: str) -> tuple[Point, ...]:
    """Read what `written` wrote."""
    if not text:
        return START
    found = re.findall(r"([a-d])(\d\d)(\d\d)", text)
    return tuple(
        made(int(u) * STEP - WIDE, int(v) * STEP - WIDE, KINDS.index(k) % 2, k in KINDS[2:]) for k, u, v in found
    )


def read_link(name: str, text: str, default: str) -> tuple[str, str]:
    """Read the points of a link; what they are not is left out, with a sentence."""
    value = text.strip().lower()
    lawful = re.fullmatch(r"([a-d][0-6]\d[0-6]\d)*", value) and len(value) <= 5 * MOST
    points = read(value) if lawful else START
    if not lawful or not any(not p.test for p in points):
        return default, f"{name}: the link's points can't be read, so you get those that the page opens on."
    return written(points), ""


def split(points: Sequence[Point], test: bool) -> tuple[Array, Array]:
    """Return the training points or the test points: X and y."""
    some = [p for p in points if p.test == test]
    return np.array([(p.x1, p.x2) for p in some]).reshape(-1, 2), np.array([p.label for p in some], int)


class Learned(NamedTuple):
    """What a network has learned from points; S seeds, n points.

    Attributes
    ----------
    plane : (S, SIDE, SIDE) the probability of class 1.
    own : (S, n) the probability that it gives to each point's own class.
    training, test : (S,) the share of right answers; NaN for a test without points.
    """

    plane: Array
    own: Array
    training: Array
    test: Array


def learned(points: Sequence[Point], seeds: int = 1) -> Learned:
    """Train from the same first weights as ever, and ask about the plane and the points."""
    network, _ = learn(RUN, split(points, False)[0] / SPREAD, split(points, False)[1], seeds=seeds)

    def ask(rows: Array) -> Array:
        z = np.asarray(network.outputs_for(rows / SPREAD)[0], float).reshape(seeds, -1)
        return 1 / (1 + np.exp(-np.clip(z, -50, 50)))

    one = ask(np.array([(p.x1, p.x2) for p in points]))
    label, test = (np.array([getattr(p, name) for p in points]) for name in ("label", "test"))
    right = (one > 0.5) == (label == 1)
    shares = [right[:, part].mean(-1) if part.any() else np.full(seeds, np.nan) for part in (~test, test)]
    return Learned(ask(PLANE).reshape(seeds, SIDE, SIDE), np.where(label == 1, one, 1 - one), *shares)


def moved(points: Sequence[Point], k: int, **changed: Any) -> tuple[Point, ...]:
    """Return the points with one changed."""
    return (*points[:k], made(**(points[k]._asdict() | changed)), *points[k + 1 :])


def beside(points: Sequence[Point], k: int) -> Point:
    """Return a point of the same kind half-way from point k to the middle, or the nearest place to it that is free."""
    one, taken = points[k], {(p.x1, p.x2) for p in points}
    ways = sorted(product(range(-6, 7), repeat=2), key=lambda step: step[0] ** 2 + step[1] ** 2)
    near = (made(one.x1 / 2 + 3 * STEP * i, one.x2 / 2 + 3 * STEP * j, one.label, one.test) for i, j in ways)
    return next(p for p in near if (p.x1, p.x2) not in taken)


def changed(before: Array, after: Array) -> Array:
    """Return in which share of the plane another class wins, ``(seeds,)``."""
    return np.asarray(((before > 0.5) != (after > 0.5)).mean((-1, -2)))


def simulated(points: Sequence[Point]) -> str:
    """Return the name under which the simulator takes the points as a learner's own; nothing for too few or one class.

    >>> simulated(START[:3]), simulated(START)[:7]
    ('', 'points.')
    """
    if len(points) < own.FEWEST or len({p.label for p in points}) < 2:
        return ""
    X, y = np.array([(p.x1, p.x2) for p in points]), np.array([p.label for p in points])
    return own.name_of(Data(X, y, "classification", usual_classes(2), ("x₁", "x₂"), "class"), own.POINTS)


def nearest(points: Sequence[Point], x1: float, x2: float, reach: float = 0.2) -> int | None:
    """Return which point lies within reach of a place, None where there is none."""
    away = [max(abs(p.x1 - x1), abs(p.x2 - x2)) for p in points]
    k = int(np.argmin(away))
    return k if away[k] <= reach else None


START = start()
