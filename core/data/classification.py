"""Points in a plane that belong to classes, drawn by a formula.

In all of them ``noise`` is the standard deviation of the jitter of each coordinate, in units of the plane, and the
classes are of equal size to within one point. Moons, circles and blobs come from scikit-learn unchanged, so that a
number published for ``make_moons(noise=.2, random_state=0)`` can be reproduced here.
"""

import numpy as np

from core.data.spec import Data, Floats, Ints

BLOB_RADIUS = 2.0
"""The centers of the blobs lie on a circle of this radius."""
SPIRAL_RADIUS = 3.0
SPIRAL_START = 0.15
"""The arms begin at this share of the radius: in the very center nobody could tell them apart."""
CIRCLE_FACTOR = 0.4
"""The radius of the inner ring; the outer one has radius 1."""


def moons(samples: int, noise: float, seed: int) -> Data:
    """Make two half circles of radius 1 that reach into each other (scikit-learn's ``make_moons``)."""
    from sklearn.datasets import make_moons

    X, y = make_moons(n_samples=samples, noise=noise, random_state=seed)
    return _planar(X, y, ("upper moon", "lower moon"))


def circles(samples: int, noise: float, seed: int) -> Data:
    """Make a ring of radius 0.4 inside a ring of radius 1 (scikit-learn's ``make_circles``)."""
    from sklearn.datasets import make_circles

    X, y = make_circles(n_samples=samples, noise=noise, factor=CIRCLE_FACTOR, random_state=seed)
    return _planar(X, y, ("outer ring", "inner ring"))


def blobs(count: int, samples: int, noise: float, seed: int) -> Data:
    """Make ``count`` round clouds (scikit-learn's ``make_blobs``), their centers evenly on a circle of radius 2.

    The centers are fixed, where scikit-learn would draw them: a new seed is a new sample of the same problem.
    """
    from sklearn.datasets import make_blobs

    angle = 2 * np.pi * np.arange(count) / count
    # Rounded, since sin π is 1e-16 on a computer, and a standardizer would blow that up into an input.
    centers = np.round(BLOB_RADIUS * np.column_stack([np.cos(angle), np.sin(angle)]), 12)
    X, y = make_blobs(n_samples=samples, centers=centers, cluster_std=noise, random_state=seed)
    return _planar(X, y, _numbered(count))


def xor(samples: int, noise: float, seed: int) -> Data:
    """Make the four quarters of the square [-1, 1]², opposite quarters of the same class.

    Class 1 is where ``x₁ x₂ < 0``, that is, where the signs differ: one or the other, but not both. The points are
    uniform in the square, a fourth of them in each quarter; there is no gap along the axes. The jitter comes after
    the label, so with noise some points lie in a quarter that is not theirs, and no classifier can get those right.

    The problem a single neuron cannot solve: Minsky and Papert, Perceptrons (1969).
    """
    rng = np.random.default_rng(seed)
    quarters = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])
    signs = quarters[np.arange(samples) % 4]
    X = signs * rng.uniform(0, 1, (samples, 2))
    y = (signs[:, 0] * signs[:, 1] < 0).astype(np.int64)
    return _jittered(X, y, noise, rng, ("signs agree", "signs differ"))


def spirals(arms: int, samples: int, noise: float, seed: int) -> Data:
    """Make ``arms`` spirals wound around each other, out to radius 3.

    An arm makes ``3 / arms`` turns, so that neighboring arms are 1 apart along a radius, whatever their number.
    The points lie evenly along the arm. After Lang and Witbrock, Learning to tell two spirals apart (1988).
    """
    rng = np.random.default_rng(seed)
    y = np.arange(samples, dtype=np.int64) % arms
    # The length of an arm grows as the square of its radius, so the square root spreads the points evenly.
    radius = np.sqrt(rng.uniform(SPIRAL_START**2, 1, samples))
    angle = 2 * np.pi * (3 / arms * radius + y / arms)
    X = SPIRAL_RADIUS * radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return _jittered(X, y, noise, rng, _numbered(arms))


def gauss(samples: int, noise: float, seed: int) -> Data:
    """Make two Gaussian clouds with the centers (-1, -1) and (1, 1) and the standard deviation ``noise``.

    They overlap, and the best possible classifier is known: the line ``x₁ + x₂ = 0``, which is right with
    probability Φ(√2 / noise), where Φ is the normal distribution function: 0.921 at noise 1.
    """
    rng = np.random.default_rng(seed)
    y = np.arange(samples, dtype=np.int64) % 2
    X = np.where(y == 1, 1.0, -1.0)[:, None] * np.ones(2)
    return _jittered(X, y, noise, rng, _numbered(2))


def _jittered(X: Floats, y: Ints, noise: float, rng: np.random.Generator, classes: tuple[str, ...]) -> Data:
    """Move each point by Gaussian noise and shuffle the rows."""
    X = X + rng.normal(0, noise, X.shape)
    order = rng.permutation(len(y))
    return _planar(X[order], y[order], classes)


def _planar(X: Floats, y: Ints, classes: tuple[str, ...]) -> Data:
    return Data(X, y.astype(np.int64), "classification", classes, ("x₁", "x₂"), "class")


def _numbered(count: int) -> tuple[str, ...]:
    return tuple(f"class {k}" for k in range(count))
