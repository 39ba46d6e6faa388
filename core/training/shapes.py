"""Shapes of equal size on two spirals: what several lessons race."""

from collections.abc import Sequence
from dataclasses import replace

from core.nn.tape import Array
from core.training.experiment import Experiment
from core.training.studies import sweep

SPIRALS = Experiment(
    dataset="spirals2", noise=0.05, samples=200, learning_rate=0.02, batch_size=64, epochs=300, hidden=(112,)
)
SAME_SIZE: tuple[tuple[int, ...], ...] = ((112,), (19, 19), (13, 13, 13), (11, 11, 11, 11), (9, 9, 9, 9, 9, 9))
"""Hidden layers for two inputs and one output that all come to about 450 parameters."""


def spiral_scores(hidden: tuple[int, ...], activation: str, seeds: Sequence[int]) -> Array:
    """Train on two spirals and return the test accuracy of every seed, (S,)."""
    experiment = replace(SPIRALS, hidden=hidden, activation=activation)
    return sweep(experiment, seeds=seeds).test_accuracy[0, :, -1]
