"""Forward and backward, layer by layer, as the textbook writes them.

What travels between layers carries one more row, of ones: the input that each bias multiplies, so that
``z = W x + b`` is one product ``[W b] [x; 1]``. `Dense` and `BatchNorm` give a pre-activation ``z`` of ``(units, B)``;
`Activate`, `Dropout` and `Residual` give ``(units + 1, B)``, ready for the next `Dense`.

A layer is a frozen description. Its parameters come in as ``p``, a dict of arrays that look into the network's flat
vector, and it adds its gradients to ``g`` under the same names. ``forward`` returns what ``backward`` will need.
Gradients are named by what they are the derivative by: ``dz`` is dL/dz.
"""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from core.nn.activations import ACTIVATIONS
from core.nn.initializers import INITIALIZERS
from core.nn.tape import Array, Tape, transpose

Parameters = dict[str, Array]
Shapes = dict[str, tuple[int, int]]
Generators = tuple[np.random.Generator, ...]


class Layer(Protocol):
    """What every layer can do. ``rngs`` holds a generator a model in training and is empty in use."""

    def units(self, inputs: int) -> int:
        """Return how many values come out when ``inputs`` go in."""

    def shapes(self, inputs: int) -> Shapes:
        """Return the parameters' names and shapes; names that start with ``running`` are not trained."""

    def start(self, rng: np.random.Generator, shapes: Shapes) -> Parameters:
        """Return first values for the parameters of one model."""

    def forward(self, tape: Tape, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        """Return the output and what ``backward`` will need."""

    def backward(self, tape: Tape, p: Parameters, g: Parameters, dy: Array, saved: Any, first: bool) -> Array:
        """Write the parameters' gradients to ``g`` and return dx (anything, when this layer is the ``first``)."""


@dataclass(frozen=True)
class Dense:
    """Every unit looks at every input: ``z = W x + b``, with b as the last column of W.

    ``dW = dz x^T`` and ``dx = W^T dz``.
    """

    width: int
    initializer: str = "xavier_uniform"
    scale: float = 0.5

    def units(self, inputs: int) -> int:
        return self.width

    def shapes(self, inputs: int) -> Shapes:
        return {"W": (self.width, inputs + 1)}

    def start(self, rng: np.random.Generator, shapes: Shapes) -> Parameters:
        n_out, columns = shapes["W"]
        weights = INITIALIZERS[self.initializer](rng, n_out, columns - 1, self.scale)
        return {"W": np.hstack([weights, np.zeros((n_out, 1))])}

    def forward(self, tape: Tape, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        return tape.product(p["W"], x, name="z = W x + b"), x

    def backward(self, tape: Tape, p: Parameters, g: Parameters, dy: Array, saved: Any, first: bool) -> Array:
        tape.product(dy, transpose(saved), out=g["W"], name="dW = dz x^T")
        return dy if first else tape.product(transpose(p["W"][..., :-1]), dy, name="dx = W^T dz")


class NoParameters:
    """A layer that learns nothing and keeps the number of units."""

    def units(self, inputs: int) -> int:
        return inputs

    def shapes(self, inputs: int) -> Shapes:
        return {}

    def start(self, rng: np.random.Generator, shapes: Shapes) -> Parameters:
        return {}


@dataclass(frozen=True)
class Activate(NoParameters):
    """``a = f(z)``, and ``dz = da * f'(z)``."""

    name: str

    def forward(self, tape: Tape, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        full = tape.with_ones(len(x), x)
        saved = ACTIVATIONS[self.name].forward(tape, x, full[:-1])
        return full, (x, full[:-1], saved)

    def backward(self, tape: Tape, p: Parameters, g: Parameters, dy: Array, saved: Any, first: bool) -> Array:
        z, a, kept = saved
        return ACTIVATIONS[self.name].backward(tape, dy, z, a, kept)


@dataclass(frozen=True)
class Dropout(NoParameters):
    """In training, switch off each unit with probability ``rate`` and scale the others up (Srivastava et al. 2014).

    In use nothing is switched off, and thanks to the scaling nothing needs correcting.
    """

    rate: float

    def forward(self, tape: Tape, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        if not rngs or self.rate == 0:
            return x, None
        a = x[:-1]
        kept = self._kept(tape, a.shape, rngs)
        full = tape.with_ones(len(a), x)
        tape(np.multiply, a, kept, out=full[:-1], name="a * kept")
        return full, kept

    def backward(self, tape: Tape, p: Parameters, g: Parameters, dy: Array, saved: Any, first: bool) -> Array:
        return dy if saved is None else tape(np.multiply, dy, saved, name="da * kept")

    def _kept(self, tape: Tape, shape: tuple[int, ...], rngs: Generators) -> Array:
        """1 / (1 - rate) where a unit stays, 0 where it is off; each model draws from its own generator."""
        draws = np.empty((len(rngs), shape[0], shape[-1]), tape.dtype)
        for rng, draw in zip(rngs, draws, strict=True):
            tape(rng.random, None, tape.dtype.type, out=draw, name="draw from [0, 1)")
        kept = tape(np.add, draws, tape.number(1 - self.rate), name="draw + share kept")
        kept = tape(np.floor, kept, out=kept, name="1 if kept, else 0")
        tape(np.multiply, kept, tape.number(1 / (1 - self.rate)), out=kept, name="scaled up")
        return kept[0] if len(shape) == 2 else kept.transpose(1, 0, 2)


@dataclass(frozen=True)
class BatchNorm(NoParameters):
    """Give each unit's z mean 0 and variance 1 over the batch, then let it choose: ``gamma * zhat + beta``.

    In use the batch's mean and variance are replaced by running averages (Ioffe and Szegedy 2015; that it works by
    smoothing the loss rather than by "covariate shift": Santurkar et al. 2018).
    """

    momentum: float = 0.1
    eps: float = 1e-5

    def shapes(self, inputs: int) -> Shapes:
        one = (inputs, 1)
        return {"gamma": one, "beta": one, "running_mean": one, "running_var": one}

    def start(self, rng: np.random.Generator, shapes: Shapes) -> Parameters:
        first = {"gamma": 1.0, "beta": 0.0, "running_mean": 0.0, "running_var": 1.0}
        return {name: np.full(shape, first[name]) for name, shape in shapes.items()}

    def forward(self, tape: Tape, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        mean = self._mean(tape, x, "mean of z") if rngs else p["running_mean"]
        centered = tape(np.subtract, x, mean, name="z - mean")
        var = self._mean(tape, tape(np.square, centered, name="squared"), "variance of z") if rngs else p["running_var"]
        if rngs:
            self._follow(tape, p["running_mean"], mean, 1)
            self._follow(tape, p["running_var"], var, x.shape[-1] / max(1, x.shape[-1] - 1))
        inverse = tape(np.sqrt, tape(np.add, var, tape.number(self.eps), name="variance + eps"), name="deviation")
        inverse = tape(np.divide, tape.number(1), inverse, out=inverse, name="1 / deviation")
        zhat = tape(np.multiply, centered, inverse, out=centered, name="zhat")
        out = tape(np.multiply, zhat, p["gamma"], name="gamma * zhat")
        return tape(np.add, out, p["beta"], out=out, name="gamma * zhat + beta"), (zhat, inverse)

    def backward(self, tape: Tape, p: Parameters, g: Parameters, dy: Array, saved: Any, first: bool) -> Array:
        zhat, inverse = saved
        product = tape(np.multiply, dy, zhat, name="dy * zhat")
        tape(np.add.reduce, product, -1, None, out=g["gamma"][..., 0], name="dgamma")
        tape(np.add.reduce, dy, -1, None, out=g["beta"][..., 0], name="dbeta")
        per_example = tape.number(1 / dy.shape[-1])
        product = tape(np.multiply, zhat, tape(np.multiply, g["gamma"], per_example, name="mean of dy * zhat"))
        dz = tape(np.subtract, dy, product, out=product, name="dy - zhat * mean(dy * zhat)")
        dz = tape(np.subtract, dz, tape(np.multiply, g["beta"], per_example, name="mean of dy"), out=dz, name="- mean")
        factor = tape(np.multiply, p["gamma"], inverse, name="gamma / deviation")
        return tape(np.multiply, dz, factor, out=dz, name="dz")

    def _mean(self, tape: Tape, x: Array, name: str) -> Array:
        total = tape.total(x, -1, f"sum for the {name}")[..., None]
        return tape(np.multiply, total, tape.number(1 / x.shape[-1]), out=total, name=name)

    def _follow(self, tape: Tape, running: Array, now: Array, factor: float) -> None:
        """running = (1 - momentum) * running + momentum * factor * now (factor: the unbiased variance)."""
        tape(np.multiply, running, tape.number(1 - self.momentum), out=running, name="0.9 of the running value")
        part = tape(np.multiply, now, tape.number(self.momentum * factor), name="0.1 of this batch's")
        tape(np.add, running, part, out=running, name="running value")


@dataclass(frozen=True)
class Sequence:
    """Layers one after another: forward in order, backward in reverse. That reversal is backpropagation."""

    layers: tuple[Layer, ...]

    def units(self, inputs: int) -> int:
        return self.widths(inputs)[-1]

    def widths(self, inputs: int) -> list[int]:
        """Return the number of values before the first layer and after each layer."""
        widths = [inputs]
        for layer in self.layers:
            widths.append(layer.units(widths[-1]))
        return widths

    def shapes(self, inputs: int) -> Shapes:
        each = (layer.shapes(n) for layer, n in zip(self.layers, self.widths(inputs), strict=False))
        return {f"{i}.{name}": shape for i, shapes in enumerate(each) for name, shape in shapes.items()}

    def start(self, rng: np.random.Generator, shapes: Shapes) -> Parameters:
        each = [layer.start(rng, _part(shapes, i)) for i, layer in enumerate(self.layers)]
        return {f"{i}.{name}": value for i, values in enumerate(each) for name, value in values.items()}

    def forward(self, tape: Tape, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        caches = []
        for i, layer in enumerate(self.layers):
            tape.section(f"{i} {type(layer).__name__.lower()} forward")
            x, saved = layer.forward(tape, _part(p, i), x, rngs)
            caches.append((x, saved))
        return x, caches

    def backward(self, tape: Tape, p: Parameters, g: Parameters, dy: Array, saved: Any, first: bool) -> Array:
        for i in reversed(range(len(self.layers))):
            tape.section(f"{i} {type(self.layers[i]).__name__.lower()} backward")
            dy = self.layers[i].backward(tape, _part(p, i), _part(g, i), dy, saved[i][1], first and i == 0)
        return dy


@dataclass(frozen=True)
class Residual:
    """``a = x + scale * branch(x)``: the branch learns what to change, and the gradient has a way around it.

    The branch must give as many units as it takes and end in `Activate`. (He et al. 2015, who doubt that vanishing
    gradients were what held deep plain networks back: section 4.1.)
    """

    branch: Sequence
    scale: float = 1.0

    def units(self, inputs: int) -> int:
        return inputs

    def shapes(self, inputs: int) -> Shapes:
        if self.branch.units(inputs) != inputs:
            raise ValueError(f"a residual branch must keep its {inputs} units, not make {self.branch.units(inputs)}")
        return self.branch.shapes(inputs)

    def start(self, rng: np.random.Generator, shapes: Shapes) -> Parameters:
        return self.branch.start(rng, shapes)

    def forward(self, tape: Tape, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        y, saved = self.branch.forward(tape, p, x, rngs)
        full = tape.with_ones(len(x) - 1, y)
        part = tape(np.multiply, y[:-1], tape.number(self.scale), name="scale * branch(x)")
        x = x if x.ndim == y.ndim else x[:, None]  # examples that all models share
        tape(np.add, x[:-1], part, out=full[:-1], name="x + scale * branch(x)")
        return full, saved

    def backward(self, tape: Tape, p: Parameters, g: Parameters, dy: Array, saved: Any, first: bool) -> Array:
        branch = tape(np.multiply, dy, tape.number(self.scale), name="scale * da")
        branch = self.branch.backward(tape, p, g, branch, saved, False)
        return tape(np.add, dy, branch, name="da + what comes through the branch")


def _part(values: dict[str, Any], i: int) -> dict[str, Any]:
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

    With ``residual`` every hidden block that keeps its width gets a way around it, scaled by 1 / sqrt(blocks).
    """
    same = [a == b for a, b in zip([inputs, *hidden], hidden, strict=False)]
    layers: list[Layer] = []
    for width, keeps in zip(hidden, same, strict=True):
        block: list[Layer] = [Dense(width, initializer, scale)]
        block += [BatchNorm()] if batch_norm else []
        block += [Activate(activation)]
        wrapped = residual and keeps
        layers += [Residual(Sequence(tuple(block)), 1 / np.sqrt(max(1, sum(same))))] if wrapped else block
        layers += [Dropout(dropout)] if dropout else []
    return Sequence((*layers, Dense(outputs, initializer, scale)))
