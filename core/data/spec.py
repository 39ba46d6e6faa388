"""What a data set is: inputs ``X``, answers ``y``, and the names of both.

Row ``i`` of ``X`` is one example, a point with ``d`` coordinates; ``y[i]`` is the answer a network should give for
it: a class (classification) or a number (regression).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Task = Literal["classification", "regression"]

MIN_SAMPLES = 10
"""Fewer examples than this cannot be split into a training and a test part that both mean something."""


@dataclass(frozen=True, eq=False)
class Data:
    """Examples with their answers.

    Attributes
    ----------
    X : (N, d) float64
        One example a row, in the units that ``features`` names.
    y : (N,) int64 or float64
        Classification: the index of the class in ``classes``. Regression: the number to predict.
    task : "classification" or "regression"
    classes : tuple of str
        The name of each class; empty for regression.
    features : tuple of str
        The name of each of the ``d`` columns, with its unit where it is known.
    target : str
        The name of what ``y`` holds.
    """

    X: Floats
    y: Ints | Floats
    task: Task
    classes: tuple[str, ...]
    features: tuple[str, ...]
    target: str

    @property
    def planar(self) -> bool:
        """Whether the examples are points in a plane, so that they can be drawn as they are."""
        return self.X.shape[1] == 2

    def rows(self, index: Ints) -> "Data":
        """Return the examples at ``index`` (n,), in that order, as data of their own."""
        return replace(self, X=self.X[index], y=self.y[index])


@dataclass(frozen=True)
class DatasetSpec:
    """A data set that can be made: what a menu shows of it, what its settings may be, and how to make it.

    Attributes
    ----------
    name, title : str
        The key in ``DATASETS`` and in links; the words in menus.
    task : "classification" or "regression"
    dimensions : int
        The number of raw inputs ``d``.
    n_classes : int
        0 for regression.
    synthetic : bool
        Whether the examples are drawn by a formula. Real data ignore noise, and their sample count is an upper
        bound: a smaller one gives a seeded subset with the classes in the same proportions.
    noise_range : (float, float)
        The smallest and the largest noise, a standard deviation: of the jitter of each coordinate
        (classification) or of what is added to the target (regression), in their own units.
    default_noise : float
    max_samples : int
        The most examples that can be asked for; for real data, all there are.
    about : str
        One sentence: what it looks like, what it teaches.
    make : callable
        ``make(samples, noise, seed) -> Data``. Call it through ``datasets.load``, which checks the settings.
    """

    name: str
    title: str
    task: Task
    dimensions: int
    n_classes: int
    synthetic: bool
    noise_range: tuple[float, float]
    default_noise: float
    max_samples: int
    about: str
    make: Callable[[int, float, int], Data]
