"""Curves and surfaces with noise on them, drawn by a formula.

The inputs are uniform in the interval or square given; ``noise`` is the standard deviation of what is added to the
target. Each formula is a function of its own, ``(N, d) -> (N,)``, so that a chart can draw the truth under the points.
"""

from collections.abc import Callable

import numpy as np

from core.data.spec import Data, Floats


def plane(samples: int, noise: float, seed: int) -> Data:
    """Make a tilted plane over the square [-1, 1]²."""
    rng = np.random.default_rng(seed)
    return _noisy(rng.uniform(-1, 1, (samples, 2)), plane_truth, noise, rng)


def plane_truth(X: Floats) -> Floats:
    """Compute y = 2 x₁ - x₂ + 0.5 for X (N, 2)."""
    return 2 * X[:, 0] - X[:, 1] + 0.5


def bump(samples: int, noise: float, seed: int) -> Data:
    """Make a round hill of height 1 over the square [-2, 2]²."""
    rng = np.random.default_rng(seed)
    return _noisy(rng.uniform(-2, 2, (samples, 2)), bump_truth, noise, rng)


def bump_truth(X: Floats) -> Floats:
    """Compute y = exp(-(x₁² + x₂²)) for X (N, 2)."""
    return np.exp(-(X[:, 0] ** 2) - X[:, 1] ** 2)


def sine(samples: int, noise: float, seed: int) -> Data:
    """Make one period of a sine, over [-π, π]."""
    rng = np.random.default_rng(seed)
    return _noisy(rng.uniform(-np.pi, np.pi, (samples, 1)), sine_truth, noise, rng)


def sine_truth(X: Floats) -> Floats:
    """Compute y = sin x for X (N, 1)."""
    return np.sin(X[:, 0])


def curve(samples: int, noise: float, seed: int) -> Data:
    """Make a slow wave with a faster one on top, over [-3, 3]."""
    rng = np.random.default_rng(seed)
    return _noisy(rng.uniform(-3, 3, (samples, 1)), curve_truth, noise, rng)


def curve_truth(X: Floats) -> Floats:
    """Compute y = sin x + 0.4 sin 5x for X (N, 1)."""
    return np.sin(X[:, 0]) + 0.4 * np.sin(5 * X[:, 0])


def _noisy(X: Floats, truth: Callable[[Floats], Floats], noise: float, rng: np.random.Generator) -> Data:
    y = truth(X) + rng.normal(0, noise, len(X))
    features = ("x",) if X.shape[1] == 1 else ("x₁", "x₂")
    return Data(X, y, "regression", (), features, "y")
