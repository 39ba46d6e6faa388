"""How a network of one size does on new data: trained from many seeds, each with examples of its own.

The luck of the draw is part of the answer, so a seed here draws the first weights *and* the examples. What an
experiment holds out becomes the validation part, which may choose when to stop; fresh examples are the judge.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core.data.datasets import load
from core.data.prepare import Prepared, prepare_rows
from core.nn.tape import Array
from core.training.building import loss_of, network_of, prepare_experiment, recipe_of
from core.training.experiment import Experiment
from core.training.judge import Judge
from core.training.loop import fit

FRESH = 400
"""Examples that judge, drawn anew for each seed."""
OTHERS = 1_000_000
"""Added to the seed of the examples, it gives the seed of the fresh ones."""


@dataclass(frozen=True, eq=False)
class Sized:
    """Networks of one size from S seeds, looked at K times while they trained.

    Attributes
    ----------
    epochs : (K,) when they were looked at.
    train, validation, test : (S, K) mean loss, for numbers in the square of the target's own unit.
    accuracy : (S, K) share of right answers on fresh examples; R^2 for numbers.
    parameters : (S, size) at the end.
    """

    epochs: Array
    train: Array
    validation: Array
    test: Array
    accuracy: Array
    parameters: Array

    @property
    def stops(self) -> Array:
        """Where each run's validation loss is lowest, ``(S,)`` positions in ``epochs``."""
        return np.argmin(self.validation, axis=1)

    @property
    def stopped(self) -> Array:
        """The test loss of each run there, ``(S,)``."""
        return np.take_along_axis(self.test, self.stops[:, None], axis=1)[:, 0]


def with_seed(e: Experiment, seed: int) -> Experiment:
    """Return the experiment with its examples and its first weights drawn by a seed."""
    return replace(e, seed=seed, data_seed=seed)


def drawn(e: Experiment, fresh: int = FRESH) -> Prepared:
    """Return the experiment's data; what it holds out for testing is the validation part, and fresh examples test."""
    own = prepare_experiment(e)
    new = load(e.dataset, fresh, e.noise, e.data_seed + OTHERS)
    data = replace(own.data, X=np.concatenate([own.data.X, new.X]), y=np.concatenate([own.data.y, new.y]))
    rows = np.arange(len(own.data.y), len(data.y))
    return prepare_rows(data, own.train, rows, own.features, validation=own.test)


def unit_of(data: Prepared) -> float:
    """Return what a loss is multiplied by to be in the target's own unit: its scale squared, 1 for classes."""
    return 1.0 if data.target_scaler is None else float(data.target_scaler.scale) ** 2


def over_seeds(
    e: Experiment,
    seeds: Sequence[int],
    every: int = 10,
    fresh: int = FRESH,
    progress: Callable[[int], None] | None = None,
) -> Sized:
    """Train the experiment with each seed, all in one pass, and look at it every so many epochs.

    Examples
    --------
    >>> found = over_seeds(Experiment(samples=40, test_share=0.5, epochs=20), range(3))
    >>> found.test.shape, found.epochs.tolist()
    ((3, 3), [0, 10, 20])
    """
    each = [drawn(with_seed(e, seed), fresh) for seed in seeds]
    network = network_of(e, each[0].X_train.shape[1], len(each))
    network.start(seeds)
    record = fit(network, recipe_of(e, dropout_seeds=tuple(seeds)), _side_by_side(each, "train"), None, every, progress)
    judges = [Judge(network, loss_of(e), *_side_by_side(each, part)) for part in ("validation", "test")]
    looks = []
    for parameters in record.snapshots:
        network.load(parameters)
        (validation, _), (test, accuracy) = (judge() for judge in judges)
        looks.append((validation, test, accuracy))
    units, epochs = np.array([unit_of(data) for data in each]), np.array(record.snapshot_epochs)
    validation, test, accuracy = np.array(looks, float).reshape(len(epochs), 3, -1).transpose(1, 2, 0)
    train = np.array(record.train_loss, float).reshape(-1, len(each))[epochs].T
    train, validation, test = (loss * units[:, None] for loss in (train, validation, test))
    return Sized(epochs, train, validation, test, accuracy, record.snapshots[-1])


def _side_by_side(each: Sequence[Prepared], part: str) -> tuple[Array, Array]:
    """Inputs ``(N, M, k)`` and answers ``(N, M)`` of M data sets; of one alone without the middle axis."""
    both: list[Any] = [[getattr(data, f"{name}_{part}") for data in each] for name in ("X", "y")]
    X, y = both
    return (X[0], y[0]) if len(each) == 1 else (np.stack(X, axis=1), np.stack(y, axis=1))
