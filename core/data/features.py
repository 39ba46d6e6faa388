"""New inputs computed from old ones.

A neuron draws a straight line in the space of its inputs. Give it x₁² and x₂² as inputs, and a straight line *there* is
an ellipse in the plane: with the right features a single neuron parts the two circles. Hidden layers exist because
the right features are seldom known beforehand: they learn their own.

All features are computed on the **raw** coordinates of the plane, in the data's own units, and standardized afterwards
like any other input. So the sine is that of the raw coordinate, in radians: where the raw coordinates stay within
[-1, 1], as in XOR, it is almost a straight line and adds almost nothing; in the spirals, from -3 to 3, it bends.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from core.data.spec import Floats


@dataclass(frozen=True)
class Feature:
    """One engineered input: its label on the screen, and its function ``(N, 2) -> (N,)``."""

    label: str
    compute: Callable[[Floats], Floats]


FEATURES: dict[str, Feature] = {
    "x1": Feature("x₁", lambda X: X[:, 0]),
    "x2": Feature("x₂", lambda X: X[:, 1]),
    "x1sq": Feature("x₁²", lambda X: X[:, 0] ** 2),
    "x2sq": Feature("x₂²", lambda X: X[:, 1] ** 2),
    "x1x2": Feature("x₁x₂", lambda X: X[:, 0] * X[:, 1]),
    "sinx1": Feature("sin x₁", lambda X: np.sin(X[:, 0])),
    "sinx2": Feature("sin x₂", lambda X: np.sin(X[:, 1])),
}
"""Every feature by its name, in the order of the menus."""


def expand(X: Floats, names: Sequence[str]) -> Floats:
    """Compute the features ``names`` of points in the plane.

    Parameters
    ----------
    X : (N, 2) float64
        Raw coordinates, before standardization.
    names : sequence of str
        At least one key of ``FEATURES``; the columns come in this order.

    Returns
    -------
    (N, k) float64
        A new array; ``X`` is left as it is.

    Raises
    ------
    ValueError
        If ``X`` is not planar, no name is given, or a name is unknown.
    """
    if X.ndim != 2 or X.shape[1] != 2:
        raise ValueError(f"Features are made of points in a plane, an array (N, 2); this one is {X.shape}.")
    unknown = [name for name in names if name not in FEATURES]
    if unknown or not names:
        raise ValueError(f"Choose one or more of the features {', '.join(FEATURES)}; given: {', '.join(names)!r}.")
    return np.column_stack([FEATURES[name].compute(X) for name in names])
