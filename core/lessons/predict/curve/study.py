"""How a network goes on outside its data: its curve over one input, and what shape the ends of it have."""

from dataclasses import dataclass

import numpy as np

from core.data.regression import bump_truth, curve_truth, plane_truth, sine_truth
from core.lessons.predict import asking
from core.nn.tape import Array
from core.training.history import History

WIDE = 5
"""How many times as wide as the data the picture is."""
PLACES = 601
TRUTHS = {"curve": curve_truth, "sine": sine_truth}
"""The functions of one input that made the data, where they are known."""
PLANES = {"plane": plane_truth, "bump": bump_truth}
"""Those of two inputs."""
LITTLE = 0.05
"""A change or a bend counts as none below this share of the range of the training targets."""


@dataclass(frozen=True, eq=False)
class Curve:
    """A network's answers over its one input, far beyond the data on both sides.

    Attributes
    ----------
    x, y : (P,) places and answers.
    truth : (P,) what made the data; None where nobody knows.
    data : where the training points begin and end.
    inner, outer : two places far on the right: at two thirds of the way from the middle to the edge, and the edge.
    near, far : the answers there.
    shape : "flat", "straight" or "bends": how the answers go on, on both sides.
    """

    x: Array
    y: Array
    truth: Array | None
    data: tuple[float, float]
    inner: float
    outer: float
    near: float
    far: float
    shape: str


def ends(low: float, high: float) -> tuple[float, float]:
    """Return the ends of a picture that shows far more than the data.

    >>> ends(-2.98, 2.96), ends(1000, 1001)
    ((-15.0, 15.0), (998.0, 1003.0))
    """
    middle, half = (low + high) / 2, (high - low or 1.0) / 2 * WIDE
    step = 10.0 ** np.floor(np.log10(half)) / 2
    return float(np.rint((middle - half) / step) * step), float(np.rint((middle + half) / step) * step)


def shape_of(way: Array, spread: float) -> str:
    """Return how answers go on at three places equally far apart, (3,) or (3, sides)."""
    if np.abs(way[2] - way[0]).max() < LITTLE * spread:
        return "flat"
    return "straight" if np.abs(way[0] + way[2] - 2 * way[1]).max() < LITTLE * spread else "bends"


def spread_of(history: History) -> float:
    """Return the range of the training targets."""
    return float(np.ptp(history.data.data.y[history.data.train])) or 1.0


def curve(history: History, dataset: str) -> Curve:
    """Ask a network of one input far beyond its data on both sides."""
    X = history.data.data.X[history.data.train][:, 0]
    low, high = float(X.min()), float(X.max())
    left, right = ends(low, high)
    middle, x = (left + right) / 2, np.linspace(left, right, PLACES)
    away = (right - middle) * np.array([2 / 3, 5 / 6, 1])
    way = history.predict(np.concatenate([middle + away, middle - away])[:, None]).reshape(2, 3).T
    truth = TRUTHS[dataset](x[:, None]) if dataset in TRUTHS else None
    return Curve(
        x, history.predict(x[:, None]), truth, (low, high), middle + away[0], right, float(way[0, 0]), float(way[2, 0]),
        shape_of(way, spread_of(history)),
    )  # fmt: skip


def far_out(history: History, distances: Array, here: Array) -> dict[str, float | str]:
    """Return the answers far out on a walk, and how they go on there."""
    way = np.interp([30, 65, 100], distances, here)
    return {"near": float(way[0]), "far": float(way[2]), "shape": shape_of(way, spread_of(history))}


def back(history: History) -> tuple[float, float]:
    """Return the factor and the shift that turn z back into the target's own units."""
    zero, one = np.ravel(history.data.target(np.array([0.0, 1.0])))
    return float(one - zero), float(zero)


def true_way(history: History, dataset: str, point: Array) -> Array | None:
    """Return what is true on the way out through a point of the plane, (D,); None where nobody knows."""
    return PLANES[dataset](asking.way(history, point)) if dataset in PLANES else None


def decimals(c: Curve) -> int:
    """Return with how many decimals a picture's places are written that can be asked about."""
    return 2 - int(np.floor(np.log10((c.x[-1] - c.x[0]) / 2)))


def places(c: Curve) -> list[float]:
    """Return the places of a picture that can be asked about, from end to end."""
    count = round((c.x[-1] - c.x[0]) * 10.0 ** decimals(c))
    return [round(float(c.x[0]) + k * 10.0 ** -decimals(c), max(0, decimals(c))) for k in range(count + 1)]


def written(c: Curve, x: float) -> str:
    """Return a place as it is written: with as many decimals as those that can be asked about, and at least two."""
    return f"{x:z.{max(2, decimals(c))}f}"


def true_at(c: Curve, dataset: str, x: float) -> float | None:
    """Return what is true at one place, or None where nobody knows."""
    return float(TRUTHS[dataset](np.array([[x]]))[0]) if c.truth is not None else None
