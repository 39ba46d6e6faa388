"""Losses of two weights x and y, each with its gradient: the grounds on which the optimizers race."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.lessons.descent import ground
from core.nn.tape import Array

WIDE = 11.0
"""Every plane reaches from -WIDE to WIDE in x."""


@dataclass(frozen=True)
class Surface:
    """A loss of two weights.

    Attributes
    ----------
    title, formula : name for people, and LaTeX.
    loss : points (2, ...) -> their losses (...). The lowest loss is 0.
    gradient : points (2, ...) -> gradients (2, ...).
    tall : the plane reaches from -tall to tall in y.
    slopes : where the gradient comes from a network: takes a number of points, and the size and the seed of its
        batches, to the gradient at so many points.
    """

    title: str
    formula: str
    loss: Callable[[Array], Array]
    gradient: Callable[[Array], Array]
    tall: float = WIDE
    slopes: Callable[..., Callable[[Array], Array]] | None = None

    def gradients(self, count: int, **batches: int) -> Callable[[Array], Array]:
        """Return the gradient, made ready for ``count`` points at a time."""
        return self.slopes(count, **batches) if self.slopes else self.gradient

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """The plane's edges: x from, x to, y from, y to."""
        return (-WIDE, WIDE, -self.tall, self.tall)


def bowl(matrix: Array) -> tuple[Callable[[Array], Array], Callable[[Array], Array]]:
    """Return the loss ``p^T A p / 2`` of a symmetric matrix A, and its gradient ``A p``.

    >>> loss, gradient = bowl(np.diag([1.0, 100.0]))
    >>> float(loss(np.array([10.0, 1.0]))), gradient(np.array([10.0, 1.0])).tolist()
    (100.0, [10.0, 100.0])
    """

    def gradient(p: Array) -> Array:
        return np.tensordot(matrix, p, axes=1)

    return (lambda p: (p * gradient(p)).sum(axis=0) / 2), gradient


def rotated(matrix: Array, degrees: float) -> Array:
    """Return the matrix of the same bowl, turned."""
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(turn @ matrix @ turn.T)


def saddle_loss(p: Array) -> Array:
    """Return ``x^2 / 2 + (y^2 - 100)^2 / 400``: a ridge along y = 0 between two valleys at y = -10 and y = 10."""
    x, y = p
    return np.asarray(x * x / 2 + (y * y - 100) ** 2 / 400)


def saddle_gradient(p: Array) -> Array:
    """Return the gradient of `saddle_loss`; it is zero at (0, 0), which is no lowest place."""
    x, y = p
    return np.stack([x, y * (y * y - 100) / 100])


def plateau_loss(p: Array) -> Array:
    """Return ``9 - 9 exp(-(x^2 + y^2) / 18)``: a hole in the middle of a plain that is almost flat."""
    return np.asarray(9 - 9 * np.exp(-(p * p).sum(axis=0) / 18))


def plateau_gradient(p: Array) -> Array:
    """Return the gradient of `plateau_loss`."""
    return np.asarray(p * np.exp(-(p * p).sum(axis=0) / 18))


WAVE = 2.5
"""How far two valleys of the many-valleyed surface are apart."""


def valleys_loss(p: Array) -> Array:
    """Return a wide bowl with waves on it: ``sum of p^2 / 8 + 1 - cos(2 pi p / WAVE)``."""
    return np.asarray((p * p / 8 + 1 - np.cos(2 * np.pi * p / WAVE)).sum(axis=0))


def valleys_gradient(p: Array) -> Array:
    """Return the gradient of `valleys_loss`."""
    return np.asarray(p / 4 + 2 * np.pi / WAVE * np.sin(2 * np.pi * p / WAVE))


RAVINE = np.diag([1.0, 100.0])
SURFACES: dict[str, Surface] = {
    "ravine": Surface("Ravine", r"L = \tfrac12(x^2 + 100\,y^2)", *bowl(RAVINE), tall=3.0),
    "rotated": Surface("Rotated ravine", r"L = \tfrac12(50.5\,x^2 - 99\,xy + 50.5\,y^2)", *bowl(rotated(RAVINE, 45))),
    "gentle": Surface("Gentle valley", r"L = \tfrac12(x^2 + 10\,y^2)", *bowl(np.diag([1.0, 10.0])), tall=6.0),
    "saddle": Surface("Saddle", r"L = \tfrac12 x^2 + \tfrac1{400}(y^2-100)^2", saddle_loss, saddle_gradient),
    "plateau": Surface("Plateau", r"L = 9 - 9\,e^{-(x^2+y^2)/18}", plateau_loss, plateau_gradient),
    "valleys": Surface(
        "Many valleys",
        r"L = \tfrac18(x^2+y^2) + 2 - \cos\tfrac{2\pi x}{2.5} - \cos\tfrac{2\pi y}{2.5}",
        valleys_loss,
        valleys_gradient,
    ),
    "network": Surface("A real network", r"100\,L(x, y)", ground.loss, ground.gradient, slopes=ground.slopes),
}
