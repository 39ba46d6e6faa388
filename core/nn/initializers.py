"""Where the weights start. Biases start at zero.

The scale decides whether a signal survives many layers. A unit that sums ``n_in`` inputs multiplies their variance
by ``n_in * Var(w)``: keep that near 1 (LeCun), the same looking backward too (Xavier: Glorot and Bengio 2010), or near
2 because ReLU throws away half (He et al. 2015).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.nn.tape import Array


@dataclass(frozen=True)
class Initializer:
    """One way to start: name for people, ``(rng, n_out, n_in, scale) -> (n_out, n_in)``, and whether scale counts."""

    title: str
    draw: Callable[[np.random.Generator, int, int, float], Array]
    scaled: bool = False


def zeros(rng: np.random.Generator, n_out: int, n_in: int, scale: float) -> Array:
    """All zero: every hidden unit computes the same and stays the same."""
    return np.zeros((n_out, n_in))


def constant(rng: np.random.Generator, n_out: int, n_in: int, scale: float) -> Array:
    """All equal to ``scale``: identical units, as with zeros, but they can move together."""
    return np.full((n_out, n_in), scale)


def normal(rng: np.random.Generator, n_out: int, n_in: int, scale: float) -> Array:
    """N(0, scale^2), the same spread whatever the width."""
    return rng.normal(0, scale, (n_out, n_in))


def xavier_uniform(rng: np.random.Generator, n_out: int, n_in: int, scale: float) -> Array:
    """U(-r, r), r = sqrt(6 / (n_in + n_out))."""
    r = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-r, r, (n_out, n_in))


def xavier_normal(rng: np.random.Generator, n_out: int, n_in: int, scale: float) -> Array:
    """N(0, 2 / (n_in + n_out))."""
    return rng.normal(0, np.sqrt(2 / (n_in + n_out)), (n_out, n_in))


def he_uniform(rng: np.random.Generator, n_out: int, n_in: int, scale: float) -> Array:
    """U(-r, r), r = sqrt(6 / n_in)."""
    r = np.sqrt(6 / n_in)
    return rng.uniform(-r, r, (n_out, n_in))


def he_normal(rng: np.random.Generator, n_out: int, n_in: int, scale: float) -> Array:
    """N(0, 2 / n_in)."""
    return rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in))


def lecun_normal(rng: np.random.Generator, n_out: int, n_in: int, scale: float) -> Array:
    """N(0, 1 / n_in) (LeCun et al. 1998)."""
    return rng.normal(0, np.sqrt(1 / n_in), (n_out, n_in))


INITIALIZERS: dict[str, Initializer] = {
    "xavier_uniform": Initializer("Xavier, uniform", xavier_uniform),
    "xavier_normal": Initializer("Xavier, normal", xavier_normal),
    "he_uniform": Initializer("He, uniform", he_uniform),
    "he_normal": Initializer("He, normal", he_normal),
    "lecun_normal": Initializer("LeCun, normal", lecun_normal),
    "normal": Initializer("normal, of chosen scale", normal, scaled=True),
    "constant": Initializer("all equal to the scale", constant, scaled=True),
    "zeros": Initializer("all zero", zeros),
}
