"""What travels through a network: each layer's values on the way forward, and the gradient on its way back.

A look at weights that stand still, layer by layer, by the same code that training runs. With M models side by side
everything has a model axis, so that twenty starts, or all frames of a run, are one look.
"""

from dataclasses import dataclass

import numpy as np

from core.nn.layers import Activate, Dense, Layer, Residual, part
from core.nn.losses import Loss
from core.nn.network import Network
from core.nn.tape import Array, Tape
from core.training.building import loss_of, network_of, prepare_experiment
from core.training.examples import Examples
from core.training.experiment import Experiment


@dataclass(frozen=True, eq=False)
class Signals:
    """One look at M networks with D hidden layers.

    Attributes
    ----------
    z, a : D arrays ``(units, M, N)``: each hidden layer's pre-activations and outputs.
    gradients : (D + 1, M), the norm of the loss's gradient by each layer's weights (no biases); the output's is last.
    factors : by kind of layer, (steps, M): by how much the norm of the gradient changes on its way back through each
        one of that kind, from hidden layer D down to layer 2. "Activate" is the slope's share, "Dense" the weights'.
    """

    z: list[Array]
    a: list[Array]
    gradients: Array
    factors: dict[str, Array]


def signals(e: Experiment, parameters: Array, batch: int | None = None) -> Signals:
    """Look at an experiment's network on its training data, in float64.

    Parameters
    ----------
    parameters : (M, size), a row a model, as a run's snapshots or `Network.dump` have them.
    batch : how many of the training examples to look at, the first ones; all of them by default.

    Examples
    --------
    >>> e = Experiment(hidden=(8, 8, 8))
    >>> look = signals(e, first_weights(e, range(5)))
    >>> look.z[0].shape, look.gradients.shape
    ((8, 5, 210), (4, 5))
    """
    data, rows = prepare_experiment(e), np.atleast_2d(parameters)
    network = network_of(e, data.X_train.shape[1], len(rows), np.float64)
    network.load(rows)
    with np.errstate(all="ignore"):  # a run that diverged may be looked at as well
        return look(network, loss_of(e), data.X_train[:batch], data.y_train[:batch])


def first_weights(e: Experiment, seeds: range | tuple[int, ...]) -> Array:
    """Return the parameters that an experiment's training starts from, (M, size): a row a seed."""
    network = network_of(e, prepare_experiment(e).X_train.shape[1], len(seeds), np.float64)
    network.start(seeds)
    return network.dump()


def look(network: Network, loss: Loss, X: Array, y: Array) -> Signals:
    """Send examples through and the gradient back, noting what passes; batch norm sees them as one batch."""
    tape, layers = Tape(network.dtype), network.layers.layers
    rngs = tuple(np.random.default_rng(0) for _ in range(network.models))
    x, target = (np.asarray(v) for v in Examples(network, loss, X, y).part(0, len(X)))
    z, a, masks = [], [], []
    for i, layer in enumerate(layers):
        before = x
        x, saved = tape.record(layer.forward, part(network.p, i), x, rngs)
        masks.append(saved)
        if isinstance(layer, Activate | Residual):
            z.append(_three(_before_bend(layer, part(network.p, i), before, rngs)))
            a.append(_three(x[:-1]))
    dy = tape.record(lambda z, y: loss.gradient(z, y, loss.count(z)), x, target)
    norms = [_norm(dy)]
    for i, layer in reversed(list(enumerate(layers))):
        dy = tape.record(layer.backward, part(network.p, i), part(network.g, i), dy, masks[i])
        norms.append(_norm(dy))
    return Signals(z, a, _gradients(network), _factors(layers, np.array(norms[::-1])))


def _before_bend(layer: Layer, p: dict[str, Array], x: Array, rngs: tuple[np.random.Generator, ...]) -> Array:
    """What the activation of a block is given: the block's input is that already, unless it is a residual one."""
    if not isinstance(layer, Residual):
        return x
    tape = Tape(x.dtype)
    for i, inner in enumerate(layer.branch.layers[:-1]):
        x, _ = tape.record(inner.forward, part(p, i), x, rngs)
    return x


def _three(values: Array) -> Array:
    """With a model axis, of one if there is one network only."""
    return values if values.ndim == 3 else values[:, None]


def _norm(values: Array) -> Array:
    """The length of all that a model's examples send back: (M,)."""
    return np.sqrt(np.square(_three(values)).sum((0, 2)))


def _gradients(network: Network) -> Array:
    """The norm of each dense layer's gradient by its weights, (layers, M)."""
    found = [_three(g)[..., :-1] for name, g in network.g.items() if name.endswith("W")]
    return np.array([np.sqrt(np.square(g).sum((0, 2))) for g in found])


def _factors(layers: tuple[Layer, ...], norms: Array) -> dict[str, Array]:
    """Each layer's factor by kind, without first block and output; ``norms[i]`` belongs to what enters layer i."""
    blocks = (i for i, layer in enumerate(layers) if isinstance(layer, Activate | Residual))
    first = 1 + next(blocks, len(layers))  # a network without hidden layers has no block
    with np.errstate(all="ignore"):
        ratios = norms[:-1] / norms[1:]
    kinds: dict[str, list[Array]] = {}
    for i in range(first, len(layers) - 1):
        kinds.setdefault(type(layers[i]).__name__, []).append(ratios[i])
    kinds.setdefault(Dense.__name__, [])
    return {kind: np.array(each).reshape(-1, norms.shape[1]) for kind, each in kinds.items()}
