"""The stack of layers over one flat vector of parameters.

All weights and biases of a network, or of M networks, are one vector ``theta``, their gradients another of the same
shape; each layer looks at its part. So an optimizer is a few calls however deep the network is, a snapshot is one
copy, and freezing or penalizing is a mask.
"""

from collections.abc import Iterable
from collections.abc import Sequence as Many
from math import prod
from typing import Any

import numpy as np

from core.nn.layers import Generators, Parameters, Sequence, part
from core.nn.losses import Loss
from core.nn.tape import Array, Tape, memory


class Network:
    """M networks of one architecture (one, unless ``models`` says more), side by side.

    Parameters
    ----------
    layers : the architecture.
    inputs : how many values one example has.
    models : how many networks; with one there is no model axis.
    dtype : float32 to train, float64 to check.

    Attributes
    ----------
    theta : (P * M,) everything that is trained. ``store`` also holds the running averages of batch norm, behind it.
    shapes : of one model's parameters by name; ``trained`` and ``size`` count theirs, without and with the averages.
    grad : (P * M,) its gradient, as the last training step left it.
    p, g : views of ``store`` and ``grad`` by name, ``(rows, columns)`` or ``(rows, M, columns)``.
    """

    def __init__(self, layers: Sequence, inputs: int, models: int = 1, dtype: Any = np.float32) -> None:
        self.layers, self.inputs, self.models, self.dtype = layers, inputs, models, np.dtype(dtype)
        shapes = {name: a.shape for name, a in layers.start(np.random.default_rng(0), inputs).items()}
        trained = {name: shape for name, shape in shapes.items() if ".running" not in name}
        self.shapes: dict[str, tuple[int, ...]] = trained | shapes  # what is trained comes first
        self.trained, self.size = (sum(prod(shape) for shape in some.values()) for some in (trained, shapes))
        self.store, self.grad = memory(self.size * models, dtype), memory(self.trained * models, dtype)
        self.store[:], self.grad[:] = 0, 0
        self.theta = self.store[: self.trained * models]
        self.p = self.views(self.store)
        self.g = self.views(self.grad)

    @property
    def outputs(self) -> int:
        """How many values come out."""
        return self.layers.units(self.inputs)

    def views(self, flat: Array) -> Parameters:
        """Return a flat vector as named arrays that share its memory, as far as it reaches."""
        named, start = {}, 0
        for name, (rows, columns) in self.shapes.items():
            stop = start + rows * columns * self.models
            if stop > flat.size:
                break
            shape = (rows, columns) if self.models == 1 else (rows, self.models, columns)
            named[name], start = flat[start:stop].reshape(shape), stop
        return named

    def start(self, seeds: Iterable[int]) -> None:
        """Draw first weights, each model with its own seed."""
        drawn = [self.layers.start(np.random.default_rng(seed), self.inputs) for seed in seeds]
        self.load(np.stack([np.concatenate([each[name].ravel() for name in self.shapes]) for each in drawn]))

    def load(self, values: Array) -> None:
        """Take over parameters, ``(M, size)`` or ``(size,)``: a row a model, each as a single network keeps it."""
        rows, start = np.atleast_2d(values), 0
        for name, (n, columns) in self.shapes.items():
            each = rows[:, start : start + n * columns].reshape(self.models, n, columns)
            self.p[name][...] = each[0] if self.models == 1 else each.swapaxes(0, 1)
            start += n * columns

    def dump(self) -> Array:
        """Return a copy of all parameters, ``(M, size)``: a row a model, as `load` takes them."""
        return self.by_model(self.store)

    def by_model(self, flat: Array) -> Array:
        """Return a copy of a flat vector, such as ``grad``, as ``(M, ...)``: a row a model."""
        if self.models == 1:
            return flat.copy()[None]
        return np.hstack([view.swapaxes(0, 1).reshape(self.models, -1) for view in self.views(flat).values()])

    def spread(self, each: Many[float] | Array) -> Array:
        """Return a ``(P * M,)`` vector that holds ``each[m]`` at every parameter of model m."""
        flat = np.empty_like(self.theta)
        for view in self.views(flat).values():
            view[...] = np.reshape(each, (-1, 1))
        return flat

    def weights_only(self) -> Array:
        """Return a ``(P * M,)`` mask: 1 at weights, 0 at biases and batch norm's gamma and beta."""
        flat = np.zeros_like(self.theta)
        for name, view in self.views(flat).items():
            if name.endswith("W"):
                view[..., :-1] = 1
        return flat

    def record_forward(self, tape: Tape, x: Array, rngs: Generators = ()) -> Array:
        """Record the forward pass for ``x`` of ``(inputs + 1, B)``; return z, the outputs before any squashing."""
        return np.asarray(tape.record(self.layers.forward, self.p, x, rngs)[0])

    def record_gradient(
        self, tape: Tape, x: Array, y: Array, loss: Loss, rngs: Generators = (), share: float = 1.0
    ) -> Array:
        """Record forward, loss and backward; ``grad`` is then the gradient of the mean loss. Return z.

        ``share`` is the part of a batch that these examples are, where a batch is taken in pieces. Networks with batch
        norm need ``rngs``, or forward is that of a network in use and backward that of one in training.
        """
        p, g, x, y = tape.watch((self.p, self.g, x, y))
        z, saved = self.layers.forward(p, x, rngs)
        tape.section = "loss backward"
        dz = loss.gradient(z, y, loss.count(z) / share)
        self.layers.backward(p, g, dz, saved)
        tape.end_with(self.grad)  # nobody asks how the loss depends on the examples
        tape.section = ""
        return np.asarray(tape.keep(z))

    def outputs_for(self, rows: Array) -> Array:
        """Return z for examples ``(N, inputs)``: ``(K, N)`` or ``(K, M, N)``, K what the last layer gives."""
        return self.record_forward(Tape(self.dtype), columns(rows, self.dtype).T)

    def activations_for(self, rows: Array) -> list[Array]:
        """Return every layer's output for examples ``(N, inputs)``, with the row of ones where it has one."""
        tape, x, outputs = Tape(self.dtype), columns(rows, self.dtype).T, []
        for i, layer in enumerate(self.layers.layers):
            x, _ = tape.record(layer.forward, part(self.p, i), x, ())
            outputs.append(x)
        return outputs


def columns(rows: Array, dtype: Any) -> Array:
    """Return examples ``(..., inputs)`` with a last column of ones, as a network reads them (``.T`` is the input x)."""
    rows = np.asarray(rows)
    return np.ascontiguousarray(np.concatenate([rows, np.ones((*rows.shape[:-1], 1))], axis=-1), dtype)
