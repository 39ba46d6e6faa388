"""The loss of a real network as a ground: a plane through its weights, and on it whatever the loss happens to be.

A network with 2 inputs, 4 hidden tanh units and one output is trained on moons. Of its 17 weights and biases the walk
moves two directions, those in which that training moved most; the rest stays. Losses and gradients are the engine's
own, times 100: so they are as large as the other surfaces'.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core.nn.tape import Array, Tape
from core.training import planes
from core.training.building import loss_of, network_of, prepare_experiment
from core.training.engine import train
from core.training.examples import Examples
from core.training.experiment import Experiment

RUN = Experiment(hidden=(4,), samples=100, optimizer="sgd", learning_rate=0.3, batch_size=16, epochs=300)
TIMES = 100
"""Losses are shown in hundredths."""
BEGINS = 10.0
"""Where the training began in x, once the plane has its scale."""
EXAMPLES = len(prepare_experiment(RUN).y_train)
WEIGHTS = network_of(RUN, 2).theta.size
Slope = Callable[[Array], Array]


class Ground(NamedTuple):
    """A plane through weights whose (0, 0) is its lowest place, and the loss there."""

    plane: planes.Plane
    lowest: float


@lru_cache(maxsize=1)
def ground() -> Ground:
    """Train the network, and lay the plane through the two directions in which it moved most."""
    walk = train(RUN).snapshots.astype(float)
    directions = -planes.leading(walk)  # the way back, to where it began
    center = walk[-1]
    for _ in range(3):  # Newton's steps from where training ended to the lowest place of the plane
        slope, by = slopes_on(_plane(center, directions), 5), 1e-4 * np.array([[0, 1, -1, 0, 0], [0, 0, 0, 1, -1]])
        g = slope(by)
        bend = np.stack([g[:, 1] - g[:, 2], g[:, 3] - g[:, 4]], axis=1) / 2e-4
        center = center - np.linalg.solve(bend, g[:, 0]) @ directions
    directions *= (walk[0] - center) @ directions[0] / BEGINS
    return Ground(_plane(center, directions), float(planes.losses_at(RUN, center[None])[0]))


def _plane(center: Array, directions: Array) -> planes.Plane:
    return planes.Plane(center, directions, (-BEGINS, BEGINS, -BEGINS, BEGINS))


def loss(points: Array) -> Array:
    """Return by how many hundredths the loss at points (2, ...) lies above the lowest: (...)."""
    here = ground()
    found = planes.losses_at(RUN, here.plane.at(points.reshape(2, -1).T))
    return np.asarray(TIMES * (found - here.lowest)).reshape(points.shape[1:])


def gradient(points: Array) -> Array:
    """Return the gradient of `loss` at points (2, ...): (2, ...)."""
    return slopes(points[0].size)(points.reshape(2, -1)).reshape(points.shape)


def slopes(count: int, batch: int = EXAMPLES, seed: int = 0) -> Slope:
    """Return what takes ``count`` points (2, count) to their gradients, many times over.

    With a ``batch`` smaller than all examples each call draws a new batch for each of the points.
    """
    return slopes_on(ground().plane, count, batch, seed)


def slopes_on(plane: planes.Plane, count: int, batch: int = EXAMPLES, seed: int = 0) -> Slope:
    """Return `slopes` on a plane. One pass forward and back is recorded and replayed."""
    data, rule, rng = prepare_experiment(RUN), loss_of(RUN), np.random.default_rng(seed)
    network = network_of(RUN, data.X_train.shape[1], count, np.float64)
    every = np.tile(np.arange(EXAMPLES)[:, None], count) if count > 1 else np.arange(EXAMPLES)
    all_of_them = Examples(network, rule, data.X_train[every], data.y_train[every])
    examples, tape = Examples(network, rule, data.X_train[every[:batch]], data.y_train[every[:batch]]), Tape(np.float64)
    network.record_gradient(tape, *examples.part(0, batch), rule)

    def slope(points: Array) -> Array:
        if batch < EXAMPLES:
            drawn = rng.permuted(every, axis=0)[:batch]
            columns = (np.arange(count),) if count > 1 else ()
            examples.inputs[...] = all_of_them.inputs[(drawn, *columns)]
            examples.targets[...] = all_of_them.targets[(drawn, *columns)]
        network.load(plane.at(points.T))
        tape.replay()
        return TIMES * plane.directions @ network.by_model(network.grad).T

    return slope
