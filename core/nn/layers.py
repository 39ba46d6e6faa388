"""Forward and backward, layer by layer, as the textbook writes them.

What travels between layers carries one more row, of ones: the input that each bias multiplies, so that
``z = W x + b`` is one product ``[W b] [x; 1]``. `Dense` and `BatchNorm` give a pre-activation ``z`` of ``(units, B)``;
`Activate`, `Dropout` and `Residual` give ``(units + 1, B)``, ready for the next `Dense`.

A layer is a frozen description; its parameters come in as a dict ``p``. ``forward`` returns its output and what
``backward`` will need. ``backward`` is given ``dy``, the derivative of the loss by that output (without the ones); it
writes the derivatives by the parameters into ``g``, under their names in ``p``, and returns ``dx``. A ``d`` in front
of a name always means this: ``dW`` is dL/dW.

For M networks side by side (`core.nn.tape`) the formulas are the same: the tape gives each its own product, and
``.T`` leaves the model axis in the middle.
"""

from collections.abc import Sequence as Many
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.nn.activations import ACTIVATIONS
from core.nn.initializers import INITIALIZERS
from core.nn.tape import Array, tape_of, uniform, with_ones

Parameters = dict[str, Array]
Generators = tuple[np.random.Generator, ...]


class Layer:
    """What every layer can do; as it stands here, a layer without parameters that keeps the number of units."""

    def units(self, inputs: int) -> int:
        """Return how many values come out when ``inputs`` go in."""
        return inputs

    def start(self, rng: np.random.Generator, inputs: int) -> Parameters:
        """Return first values of one model's parameters; those whose names start with ``running`` are not trained."""
        return {}

    def forward(self, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        """Return the output and what ``backward`` will need. ``rngs``: one a model in training, none in use."""
        raise NotImplementedError

    def backward(self, p: Parameters, g: Parameters, dy: Array, saved: Any) -> Array:
        """Write the parameters' gradients to ``g`` and return dx."""
        raise NotImplementedError


@dataclass(frozen=True)
class Dense(Layer):
    """Every unit looks at every input: ``z = W x + b``, with b as the last column of W.

    On the way back ``dW = dz x^T``, the sum over the batch, and ``dx = W^T dz``, which needs no b.
    """

    width: int
    initializer: str = "xavier_uniform"
    scale: float = 0.5

    def units(self, inputs: int) -> int:
        return self.width

    def start(self, rng: np.random.Generator, inputs: int) -> Parameters:
        weights = INITIALIZERS[self.initializer].draw(rng, self.width, inputs, self.scale)
        return {"W": np.hstack([weights, np.zeros((self.width, 1))])}

    def forward(self, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        W = p["W"]
        z = W @ x
        return z, x

    def backward(self, p: Parameters, g: Parameters, dz: Array, x: Array) -> Array:
        W, dW = p["W"][..., :-1], g["W"]
        dW[...] = dz @ x.T
        dx = W.T @ dz
        return dx


@dataclass(frozen=True)
class Activate(Layer):
    """``a = f(z)``, and ``dz = da * f'(z)``."""

    name: str

    def forward(self, p: Parameters, z: Array, rngs: Generators) -> tuple[Array, Any]:
        a, *more = ACTIVATIONS[self.name].saved(z)
        y = with_ones(a)
        return y, (y[:-1], *more)

    def backward(self, p: Parameters, g: Parameters, da: Array, saved: Any) -> Array:
        return ACTIVATIONS[self.name].backward(da, *saved)


@dataclass(frozen=True)
class Dropout(Layer):
    """In training, switch off each unit with probability ``rate`` and scale the others up (Srivastava et al. 2014).

    In use nothing is switched off, and thanks to the scaling nothing needs correcting.
    """

    rate: float

    def forward(self, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        if not rngs or self.rate == 0:
            return x, None
        a, stays = x[:-1], 1 - self.rate
        mask = np.floor(uniform(rngs, a) + stays) * (1 / stays)  # 0, or 1 / stays
        return with_ones(a * mask), mask

    def backward(self, p: Parameters, g: Parameters, dy: Array, mask: Any) -> Array:
        return dy if mask is None else dy * mask


@dataclass(frozen=True)
class BatchNorm(Layer):
    """Give each unit's z mean 0 and variance 1 over the batch, then let it choose: ``gamma * zhat + beta``.

    In use the batch's mean and variance are replaced by running averages (Ioffe and Szegedy 2015; that it works by
    smoothing the loss rather than by "covariate shift": Santurkar et al. 2018).
    """

    momentum: float = 0.1
    eps: float = 1e-5

    def start(self, rng: np.random.Generator, inputs: int) -> Parameters:
        first = {"gamma": 1.0, "beta": 0.0, "running_mean": 0.0, "running_var": 1.0}
        return {name: np.full((inputs, 1), value) for name, value in first.items()}

    def forward(self, p: Parameters, z: Array, rngs: Generators) -> tuple[Array, Any]:
        n, running_mean, running_var = z.shape[-1], p["running_mean"], p["running_var"]
        mean = z.sum(-1, keepdims=True) * (1 / n) if rngs else running_mean
        centered = z - mean
        var = np.square(centered).sum(-1, keepdims=True) * (1 / n) if rngs else running_var
        if rngs:
            running_mean *= 1 - self.momentum
            running_mean += self.momentum * mean
            running_var *= 1 - self.momentum
            running_var += self.momentum * (n / max(1, n - 1)) * var  # the variance without bias
        inverse = 1 / np.sqrt(var + self.eps)
        zhat = centered * inverse
        return p["gamma"] * zhat + p["beta"], (zhat, inverse)

    def backward(self, p: Parameters, g: Parameters, dy: Array, saved: Any) -> Array:
        (zhat, inverse), dgamma, dbeta, n = saved, g["gamma"], g["beta"], dy.shape[-1]
        dgamma[...] = (dy * zhat).sum(-1, keepdims=True)
        dbeta[...] = dy.sum(-1, keepdims=True)
        dz = dy - zhat * (dgamma * (1 / n)) - dbeta * (1 / n)  # less what moves with the mean and the variance
        return dz * (p["gamma"] * inverse)


@dataclass(frozen=True)
class Sequence(Layer):
    """Layers one after another: forward in order, backward in reverse. That reversal is backpropagation."""

    layers: tuple[Layer, ...]

    def forward(self, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        saved = []
        for i, layer in enumerate(self.layers):
            tape_of(x).section = f"{i} {type(layer).__name__.lower()} forward"
            x, needed = layer.forward(part(p, i), x, rngs)
            saved.append(needed)
        return x, saved

    def backward(self, p: Parameters, g: Parameters, dy: Array, saved: Any) -> Array:
        for i, layer in reversed(list(enumerate(self.layers))):
            tape_of(dy).section = f"{i} {type(layer).__name__.lower()} backward"
            dy = layer.backward(part(p, i), part(g, i), dy, saved[i])
        return dy

    def units(self, inputs: int) -> int:
        for layer in self.layers:
            inputs = layer.units(inputs)
        return inputs

    def start(self, rng: np.random.Generator, inputs: int) -> Parameters:
        values: Parameters = {}
        for i, layer in enumerate(self.layers):
            values |= {f"{i}.{name}": value for name, value in layer.start(rng, inputs).items()}
            inputs = layer.units(inputs)
        return values


@dataclass(frozen=True)
class Residual(Layer):
    """``a = x + scale * branch(x)``: the branch learns what to change, and the gradient has a way around it.

    The branch must give as many units as it takes, and the row of ones with them. (He et al. 2015, who doubt that
    vanishing gradients were what held deep plain networks back: section 4.1.)
    """

    branch: Sequence
    scale: float = 1.0

    def start(self, rng: np.random.Generator, inputs: int) -> Parameters:
        if self.branch.units(inputs) != inputs:
            raise ValueError(f"a residual branch must keep its {inputs} units, not make {self.branch.units(inputs)}")
        return self.branch.start(rng, inputs)

    def forward(self, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        y, saved = self.branch.forward(p, x, rngs)
        x = x if x.ndim == y.ndim else x[:, None]  # examples that all models share
        return with_ones(x[:-1] + self.scale * y[:-1]), saved

    def backward(self, p: Parameters, g: Parameters, da: Array, saved: Any) -> Array:
        return da + self.branch.backward(p, g, self.scale * da, saved)


def part(values: dict[str, Any], i: int) -> dict[str, Any]:
    """Return the entries of layer ``i``, without its number in front: ``"3.W" -> "W"``."""
    prefix = f"{i}."
    return {name.removeprefix(prefix): value for name, value in values.items() if name.startswith(prefix)}


def stack(
    hidden: Many[int],
    outputs: int,
    activation: str = "tanh",
    initializer: str = "xavier_uniform",
    *,
    scale: float = 0.5,
    dropout: float = 0.0,
    batch_norm: bool = False,
    residual: bool = False,
    inputs: int = 0,
) -> Sequence:
    """Return the usual network: hidden blocks of dense, (batch norm), activation, (dropout), then a dense output.

    With ``residual`` every hidden block that keeps its width gets a way around it, and counts 1 / sqrt(such blocks)
    itself. (The first one can only keep it if ``inputs`` says how many values come in.)
    """
    same = [a == b for a, b in zip([inputs, *hidden], hidden, strict=False)]
    layers: list[Layer] = []
    for width, keeps in zip(hidden, same, strict=True):
        block: list[Layer] = [Dense(width, initializer, scale)]
        block += [BatchNorm()] if batch_norm else []
        block += [Activate(activation)]
        layers += [Residual(Sequence(tuple(block)), 1 / np.sqrt(sum(same)))] if residual and keeps else block
        layers += [Dropout(dropout)] if dropout else []
    return Sequence((*layers, Dense(outputs, initializer, scale)))
