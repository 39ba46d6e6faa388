"""One pass through a network with every number kept, read off the tape of the real layers.

Nothing is computed twice or differently here: a `Ledger` is a tape that also keeps a copy of each result, the
network's own layers run on it, and `Pass` and `Step` only look up where in it each layer wrote.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.nn.losses import LOSSES
from core.nn.network import Network, columns
from core.nn.optimizers import SGD
from core.nn.small import Small
from core.nn.tape import Array, Tape


@dataclass(frozen=True, eq=False)
class Entry:
    """One operation of the tape: the part of the step it belongs to, its name, and what came out."""

    part: str
    name: str
    result: Array


class Ledger(Tape):
    """A tape that keeps a copy of every result, since later operations may write over it."""

    def __init__(self) -> None:
        super().__init__(np.float64)
        self.entries: list[Entry] = []

    def _note(self, function: Callable[..., Any], arguments: tuple[Any, ...], out: Array) -> None:
        super()._note(function, arguments, out)
        part, _, name = self.names[-1].rpartition(": ")
        self.entries.append(Entry(part, name, np.array(out)))

    def end_with(self, wanted: Array) -> None:
        """Drop the calls behind the last one that touches ``wanted``, with their entries."""
        super().end_with(wanted)
        del self.entries[len(self.calls) :]

    def last(self, part: str) -> Array | None:
        """Return the last result of a part, or None when it had nothing to do."""
        return next((e.result for e in reversed(self.entries) if e.part == part), None)

    def result(self, part: str) -> Array:
        """Return the last result of a part that certainly did something."""
        found = self.last(part)
        if found is None:
            raise KeyError(part)
        return found


@dataclass(frozen=True, eq=False)
class Pass:
    """A forward pass over B examples through layers 0 (the inputs) to L.

    Attributes
    ----------
    weights, biases : layer l's ``(n_l, n_{l-1})`` and ``(n_l,)``, for l = 1..L.
    z : the pre-activations ``(n_l, B)``, for l = 1..L.
    a : what each layer passes on ``(n_l, B)``, for l = 0..L; the inputs first, the predictions last.
    entries : the tape.
    """

    small: Small
    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    z: tuple[Array, ...]
    a: tuple[Array, ...]
    entries: tuple[Entry, ...]

    @property
    def multiplications(self) -> int:
        """How many weights are multiplied for one example: every weight once."""
        return sum(w.size for w in self.weights)


@dataclass(frozen=True, eq=False)
class Step:
    """One training step: forward, loss, backward, update.

    Attributes
    ----------
    forward : the pass before the update.
    loss : the mean loss before it.
    dz : the gradient by each z ``(n_l, B)``, for l = 1..L.
    gradient, theta, updated : ``(P,)``: backpropagation's result, the parameters before and after the update.
    entries : the whole step's tape.
    """

    forward: Pass
    loss: float
    dz: tuple[Array, ...]
    gradient: Array
    theta: Array
    updated: Array
    entries: tuple[Entry, ...]


def forward(small: Small, theta: Array, rows: Array) -> Pass:
    """Run examples ``(N, inputs)`` through the network with parameters ``(P,)`` and keep everything."""
    network, tape = small.network(theta), Ledger()
    z = network.record_forward(tape, columns(np.atleast_2d(rows), np.float64).T)
    tape.section = "prediction"
    tape.record(LOSSES[small.loss].predict, z)
    return _pass(small, network, tape, np.atleast_2d(rows))


def _pass(small: Small, network: Network, tape: Ledger, rows: Array) -> Pass:
    """Look up each layer's z and a: layer l is the dense layer 2 (l - 1) and the activation after it."""
    depth = len(small.sizes) - 1
    z = [tape.result(f"{2 * k} dense forward") for k in range(depth)]
    hidden = [tape.result(f"{2 * k + 1} activate forward") for k in range(depth - 1)]
    a = [np.asarray(rows, np.float64).T, *hidden, tape.result("prediction")]
    matrices = [p.copy() for p in network.p.values()]
    parts = tuple(m[:, :-1] for m in matrices), tuple(m[:, -1] for m in matrices)
    return Pass(small, *parts, tuple(z), tuple(a), tuple(tape.entries))


def train_step(small: Small, theta: Array, rows: Array, targets: Array, rate: float) -> Step:
    """Take one step of gradient descent on examples ``(N, inputs)`` with targets ``(N,)`` and keep everything."""
    network, tape, loss = small.network(theta), Ledger(), LOSSES[small.loss]
    x = columns(np.atleast_2d(rows), np.float64).T
    y = loss.encode(np.atleast_1d(targets), small.sizes[-1]).T
    z = network.record_gradient(tape, x, y, loss, ())
    update = _update(tape, network, rate)
    watched = Ledger()  # a training step needs neither the prediction nor the loss itself, only its derivative
    watched.section = "prediction"
    watched.record(loss.predict, z)
    watched.section = "loss value"
    value = float(watched.record(loss.value, z, y))
    tape.entries += watched.entries
    found = _pass(small, small.network(theta), tape, np.atleast_2d(rows))
    entries = tuple(e for e in tape.entries if e.part not in ("prediction", "loss value"))
    before = np.array(theta, np.float64)
    return Step(found, value, _dz(small, tape), network.grad.copy(), before, update, entries)


def _update(tape: Tape, network: Network, rate: float) -> Array:
    """Record plain gradient descent's update, in place, and return a copy of the new parameters."""
    tape.section = "update"
    theta, g = tape.watch((network.theta, network.grad))
    update = SGD().update(theta, g, g[:0], rate)
    theta -= update
    tape.section = ""
    return network.theta.copy()


def _dz(small: Small, tape: Ledger) -> tuple[Array, ...]:
    """Look up each layer's dz. An identity activation has nothing to do: there dz is the dx of the layer after it."""
    found = []
    for k in range(len(small.sizes) - 2):
        own = tape.last(f"{2 * k + 1} activate backward")
        found.append(tape.result(f"{2 * k + 2} dense backward") if own is None else own)
    return (*found, tape.result("loss backward"))


def descend(small: Small, theta: Array, rows: Array, targets: Array, rate: float, updates: int) -> tuple[Array, Array]:
    """Take steps of gradient descent by replaying one recorded step.

    Returns
    -------
    thetas : (updates + 1, P), losses : (updates + 1,), both from before the first step on.
    """
    network, loss = small.network(theta), LOSSES[small.loss]
    measure, step = Tape(np.float64), Tape(np.float64)
    x = columns(np.atleast_2d(rows), np.float64).T
    y = loss.encode(np.atleast_1d(targets), small.sizes[-1]).T
    value = measure.record(loss.value, network.record_forward(measure, x), y)
    thetas, losses = [network.theta.copy()], [float(value)]
    for k in range(updates):
        if k:
            step.replay()
        else:
            network.record_gradient(step, x, y, loss, ())
            _update(step, network, rate)
        measure.replay()
        thetas.append(network.theta.copy())
        losses.append(float(value))
    return np.array(thetas), np.array(losses)


def losses_at(small: Small, thetas: Array, rows: Array, targets: Array) -> Array:
    """Return the mean loss ``(M,)`` at many parameter vectors ``(M, P)``, as networks side by side in one pass."""
    loss, tape, n = LOSSES[small.loss], Tape(np.float64), len(thetas)
    network = small.network(np.vstack([thetas, thetas[-1:]]), models=n + 1)  # two at least, so that there is an axis
    y = loss.encode(np.atleast_1d(targets), small.sizes[-1]).T
    z = network.record_forward(tape, columns(np.atleast_2d(rows), np.float64).T)
    return np.array(loss.value(z, y[:, None]))[:n]
