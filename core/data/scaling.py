"""Zero mean and unit spread, for each input on its own.

A network's first layer adds its inputs up. If one is measured in thousands and another in thousandths, one learning
rate cannot suit the weights of both. Standardizing, ``(x - mean) / standard deviation``, puts them on one scale.

Mean and deviation are measured on the **training** points only and then applied to all. Measuring them on the test
points too would let the test leak into the training.
"""

from dataclasses import dataclass

import numpy as np

from core.data.spec import Floats

LEAST_SPREAD = 1e-9
"""A deviation below this share of the largest value is no spread.

A mean is rounded to about 1e-16 of the values' size. Divided by a deviation of 1e-9 of that size, the rounding moves
every result by 1e-7, as much as the float32 of training can tell; below, it would be taken for data.
"""


@dataclass(frozen=True, eq=False)
class Standardizer:
    """The mean and the scale of each column, (d,) float64 each; 0-dimensional for a target (N,)."""

    mean: Floats
    scale: Floats

    @classmethod
    def fit(cls, X: Floats) -> "Standardizer":
        """Measure mean and standard deviation (over N, not N - 1) of the columns of X, (N, d) or (N,).

        A column that is constant, or as good as (`LEAST_SPREAD`), has no spread to divide by: its scale is 1, and it
        becomes zero.
        """
        deviation = X.std(axis=0)
        varies = deviation > LEAST_SPREAD * np.abs(X).max(axis=0)
        return cls(np.asarray(X.mean(axis=0)), np.where(varies, deviation, 1.0))

    @classmethod
    def identity(cls, columns: int) -> "Standardizer":
        """Return one that leaves ``columns`` columns as they are."""
        return cls(np.zeros(columns), np.ones(columns))

    def apply(self, X: Floats) -> Floats:
        """Return ``(X - mean) / scale``, the same shape as X."""
        return (X - self.mean) / self.scale

    def undo(self, Z: Floats) -> Floats:
        """Return ``Z * scale + mean``: back to the original units."""
        return Z * self.scale + self.mean
