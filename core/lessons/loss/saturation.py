"""A sigmoid that is sure and wrong: how long two losses need to turn it around.

One neuron with one input of 1, so ``z = w + b``; its target is 0. Cross-entropy pushes with ``p - y``. Squared error
pushes with ``(p - y) p (1 - p)``: the last factor is the sigmoid's own slope, and next to nothing where it is sure.
(This is half the squared error, as in the textbooks; the core's `brier` has no half and so walks twice as fast.)
"""

from collections.abc import Sequence

import numpy as np

from core.nn.layers import stack
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.nn.optimizers import SGD
from core.nn.tape import Array, replay
from core.training.building import network_of, prepare_experiment, recipe_of
from core.training.examples import Examples
from core.training.experiment import Experiment
from core.training.loop import fit
from core.training.recipe import Recipe
from core.training.steps import Steps

LOSSES_COMPARED = {"squared error": ("brier", 0.5), "cross-entropy": ("bce", 1.0)}
"""Name for people -> (name in the core, factor on it)."""
UNDECIDED = 0.5
NETWORK = Experiment(samples=200, hidden=(8,), optimizer="sgd", batch_size=2000, epochs=1500, learning_rate=1.0)
"""The network that is trained with both losses: 2-8-1 on two moons, plain descent over all examples."""
SURE = 8.0
"""The bias of its output when it starts sure and wrong."""
GOAL = 0.85
"""The share of training examples to get right."""


def turn_around(loss: str, start: float, rate: float, most: int = 100_000, part: float = 1.0) -> Array:
    """Train one neuron with weight and bias both at ``start`` toward target 0, until its output is below one half.

    Parameters
    ----------
    loss : a two-class loss of the core.
    rate : the learning rate.
    most : stop after so many epochs in any case.
    part : a factor on the loss.

    Returns
    -------
    (epochs + 1,) the output before training and after each epoch
    """
    network = Network(stack((), 1, initializer="zeros"), 1, dtype=np.float64)
    network.load(np.array([start, start]))
    recipe = Recipe(LOSSES[loss], SGD(), rate * part, batch_size=1)
    steps = Steps(network, recipe, Examples(network, recipe.loss, np.ones((1, 1)), np.zeros(1)))
    steps.knobs[:] = recipe.optimizer.knobs(np.ones(1), np.array([recipe.learning_rate]))[0]
    logits = [2 * start]
    while logits[-1] >= 0 and len(logits) <= most:  # until the output is below one half
        replay(steps.calls[0])
        logits.append(float(network.theta.sum()))
    return np.asarray(LOSSES["bce"].predict(np.array(logits)))


def biased_networks(e: Experiment, bias: float, seeds: Sequence[int]) -> tuple[Array, Array]:
    """Train the experiment's networks from an output bias of ``bias`` and the seeds' own weights.

    Returns
    -------
    training loss and training accuracy, each (S, epochs + 1)
    """
    data = prepare_experiment(e)
    network = network_of(e, data.X_train.shape[1], len(seeds))
    network.start(seeds)
    last = [name for name in network.p if name.endswith("W")][-1]
    network.p[last][..., -1] = bias
    record = fit(network, recipe_of(e), (data.X_train, data.y_train), snapshot_every=0)
    return np.array(record.train_loss).T, np.array(record.train_accuracy).T


def epochs_to(accuracy: Array, goal: float) -> Array:
    """Return the first epoch at which each run (S, epochs + 1) reaches a goal, infinity where none does: (S,)."""
    reached = accuracy >= goal
    return np.where(reached.any(1), reached.argmax(1), np.inf)
