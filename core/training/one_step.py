"""One step of a run, opened: what went in, how wrong it was, which way was downhill, and what came of it."""

from dataclasses import dataclass, field

import numpy as np

from core.nn.losses import Loss
from core.nn.network import Network
from core.nn.tape import Array, Tape
from core.training.building import loss_of, network_of, prepare_experiment, recipe_of
from core.training.epochs import Epochs
from core.training.experiment import Experiment


@dataclass(frozen=True)
class OneStep:
    """The numbers of one training step.

    Attributes
    ----------
    number, epoch, total : which step of how many, from 1, and the epoch that it belongs to.
    batch : examples that the step looked at.
    prediction, target : the first of them: what the network said, and what was right (class 1: 1).
    loss, loss_after : mean loss over the batch before the step, and over the same batch after it.
    gradient_norm : the gradient's length, over all parameters.
    rate : the learning rate.
    name : the weight with the steepest gradient. (A picture shows a weight as a line; a bias has none.)
    weight, gradient, weight_after : its value before, dL/dw, and its value after.
    moved : how many weights and biases the step changed.
    memory : what the optimizer remembers for that parameter after the step, by name.
    moves : by how much, a matrix (units, inputs + 1) a layer, the biases last.
    """

    number: int
    epoch: int
    total: int
    batch: int
    prediction: float
    target: float
    loss: float
    gradient_norm: float
    loss_after: float
    rate: float
    name: str
    weight: float
    gradient: float
    weight_after: float
    moved: int
    memory: dict[str, float] = field(compare=False)
    moves: tuple[Array, ...] = field(compare=False)


def one_step(experiment: Experiment, number: int) -> OneStep:
    """Train up to a step of a two-class run, take it, and say what happened in it.

    The batches, the weights and their order are those of `core.training.engine.train`. (Of the schedules, "plateau"
    is not followed: it needs the validation loss of every epoch.)

    Parameters
    ----------
    number : 1 for the first step; numbers beyond the last step mean the last.

    Examples
    --------
    >>> step = one_step(Experiment(optimizer="sgd", learning_rate=0.3), 1)
    >>> step.loss_after < step.loss
    True
    """
    e, data, recipe, loss = experiment, prepare_experiment(experiment), recipe_of(experiment), loss_of(experiment)
    network = network_of(e, data.X_train.shape[1])
    network.start([e.seed])
    epochs = Epochs(network, recipe, (data.X_train, data.y_train))
    per_epoch = len(epochs)
    last = min(max(number, 1), per_epoch * e.epochs) - 1
    t = np.arange(last + 1)
    rates = recipe.schedule(t, per_epoch * e.epochs, recipe.learning_rate)
    table = recipe.optimizer.knobs(t + 1.0, rates).astype(network.dtype)
    with np.errstate(all="ignore"):
        for knobs in table[:-1]:
            epochs.batch()
            epochs.step(knobs)
        x, y = epochs.batch()
        z, before = _outputs(network, x), network.theta.copy()
        prediction, value = float(loss.predict(z)[0, 0]), _mean_loss(loss, z, y)
        epochs.step(table[-1])
        after = _mean_loss(loss, _outputs(network, x), y)
    steepest = _steepest(network)
    return OneStep(
        last + 1,
        last // per_epoch + 1,
        per_epoch * e.epochs,
        int(x.shape[-1]),
        prediction,
        float(y[0, 0] > 0),
        value,
        float(np.linalg.norm(network.grad.astype(float))),
        after,
        float(rates[-1]),
        parameter_name(network, steepest, data.input_names),
        float(before[steepest]),
        float(network.grad[steepest]),
        float(network.theta[steepest]),
        changed(before, network.theta)[0],
        {name: float(v) for name, v in recipe.optimizer.named(epochs.steps.state[:, steepest]).items()},
        tuple(v for name, v in network.views(network.theta - before).items() if name.endswith(".W")),
    )


def _steepest(network: Network) -> int:
    """Return the place in ``theta`` of the weight with the steepest gradient."""
    places = network.views(np.arange(network.theta.size))
    weights = np.concatenate([at[:, :-1].ravel() for name, at in places.items() if name.endswith(".W")])
    slopes = np.abs(network.grad[weights])
    return int(weights[np.nanargmax(slopes)]) if np.isfinite(slopes).any() else 0


def parameter_name(network: Network, index: int, inputs: tuple[str, ...]) -> str:
    """Say in words which weight or bias an index of ``theta`` is, of a network that is dense layers.

    >>> parameter_name(network_of(Experiment(hidden=(4,)), 2), 4, ("x₁", "x₂"))
    'the weight from x₂ to hidden unit 2'
    """
    dense = [name for name in network.shapes if name.endswith(".W")]
    positions = network.views(np.arange(network.theta.size))
    for k, name in enumerate(dense):
        found = np.argwhere(positions[name] == index)
        if len(found):
            unit, source = found[0]
            here = _unit_name(k, unit, dense, positions[name])
            if source == positions[name].shape[1] - 1:
                return f"the bias of {here}"
            there = inputs[source] if k == 0 else _unit_name(k - 1, source, dense, positions[dense[k - 1]])
            return f"the weight from {there} to {here}"
    return f"parameter {index + 1}"


def changed(before: Array, after: Array) -> tuple[int, float]:
    """Return how many parameters differ between two snapshots ``(P,)``, and the median distance that they moved.

    >>> changed(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.5, 5.0]))
    (2, 0.5)
    """
    return int(np.sum(before != after)), float(np.median(np.abs(after - before)))


def _unit_name(layer: int, unit: int, dense: list[str], table: Array) -> str:
    if layer == len(dense) - 1:
        return "the output" if len(table) == 1 else f"output {unit + 1}"
    return f"hidden unit {unit + 1}" + (f" of layer {layer + 1}" if len(dense) > 2 else "")


def _outputs(network: Network, x: Array) -> Array:
    return network.record_forward(Tape(network.dtype), x)


def _mean_loss(loss: Loss, z: Array, y: Array) -> float:
    return float(loss.value(z, y))
