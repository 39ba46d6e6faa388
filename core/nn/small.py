"""Networks small enough to draw with every number, some of them with weights set by hand."""

from dataclasses import dataclass

import numpy as np

from core.nn.activations import ACTIVATIONS
from core.nn.initializers import INITIALIZERS
from core.nn.layers import stack
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.nn.tape import Array


@dataclass(frozen=True)
class Small:
    """The shape of a small network, without its weights.

    Attributes
    ----------
    sizes : units of every layer, the inputs first.
    activation : of the hidden layers.
    loss : its name in ``LOSSES``; it also says how the output is squashed ("mse": not at all).
    """

    sizes: tuple[int, ...]
    activation: str = "relu"
    loss: str = "mse"

    @property
    def bends(self) -> tuple[str, ...]:
        """What each layer after the inputs does with its sums, in a word; the output does what its loss applies."""
        names = [self.activation] * (len(self.sizes) - 2) + ["identity" if self.loss == "mse" else "sigmoid"]
        return tuple(ACTIVATIONS[name].title.partition(" (")[0] for name in names)

    def network(self, theta: Array | None = None, models: int = 1) -> Network:
        """Return the network in float64 with parameters ``(P,)``, or M networks with ``(M, P)``."""
        layers = stack(self.sizes[1:-1], self.sizes[-1], self.activation, inputs=self.sizes[0])
        network = Network(layers, self.sizes[0], models, np.float64)
        if theta is not None:
            network.load(theta)
        return network

    def predict(self, theta: Array, rows: Array) -> Array:
        """Return what the network says about examples ``(N, inputs)``: ``(outputs, N)``."""
        return LOSSES[self.loss].predict(self.network(theta).outputs_for(rows))

    def matrices(self, flat: Array) -> tuple[Array, ...]:
        """Return a flat vector ``(P,)`` as one matrix ``(units, inputs + 1)`` a layer, the biases last."""
        return tuple(self.network().views(np.asarray(flat, np.float64)).values())


def theta_of(*layers: list[list[float]]) -> Array:
    """Return matrices, given row by row with the bias last, as one flat vector ``(P,)``.

    >>> theta_of([[0.8, 0.1]], [[-1.2, 0.3]]).tolist()
    [0.8, 0.1, -1.2, 0.3]
    """
    return np.concatenate([np.ravel(rows) for rows in layers])


def seeded(small: Small, seed: int, biases: bool = False) -> Array:
    """Draw first weights as training would, He for ReLU and Xavier otherwise, rounded to tenths to be checked by hand.

    Biases start at zero, as they do in training; with ``biases`` they are drawn between -1 and 1.
    """
    rng, parts = np.random.default_rng(seed), []
    draw = INITIALIZERS[ACTIVATIONS[small.activation].start].draw
    for n_in, n_out in zip(small.sizes[:-1], small.sizes[1:], strict=True):
        weights = draw(rng, n_out, n_in, 1.0)
        parts.append(np.hstack([weights, np.zeros((n_out, 1))]))
    if biases:
        for part in parts:
            part[:, -1] = rng.uniform(-1, 1, len(part))
    return np.round(np.concatenate([part.ravel() for part in parts]), 1) + 0.0


def with_output(small: Small, theta: Array, row: Array, probability: float) -> Array:
    """Return the parameters with the output's bias solved so that the network says ``probability`` to an example.

    ``b = logit(p) - w . h``: the bias is whatever is missing.
    """
    wanted = np.log(probability / (1 - probability))
    solved = np.array(theta, np.float64)
    solved[-1] += wanted - small.network(solved).outputs_for(np.atleast_2d(row))[0, 0]
    return solved
