"""A small trained network on one sequence, step by step: what it reads, what it remembers, what it would say."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.lessons.recurrence.study import GOOD, SEEDS, STEPS, TESTED, trained
from core.lessons.recurrence.task import network, sequences
from core.nn.activations import sigmoid
from core.nn.layers import part
from core.nn.network import columns
from core.nn.tape import Array

WIDTH, LENGTH, MOST = 3, 6, 12
"""How much the small network remembers, how many symbols it was trained on, and the most it is given here."""


@dataclass(frozen=True, eq=False)
class Unrolled:
    """What happens at each of T steps; n numbers are remembered.

    Attributes
    ----------
    symbols : (T,) -1 or +1.
    memory : (n, T + 1): h, an LSTM's c; first before anything is read.
    says : (T,) the probability of 1, if it had to answer after that step.
    W : what ``[h; x; 1]`` meets at every step.
    parts : what the memory is made from, by name, each (T, n): ``keep`` and ``new``, an LSTM's ``let in`` too.
    """

    symbols: Array
    memory: Array
    says: Array
    W: Array
    parts: dict[str, Array]


def weights(kind: str, seeds: Sequence[int] = range(SEEDS)) -> Array:
    """Train small networks on `LENGTH` symbols, one a seed: (S, parameters)."""
    made = network(kind, LENGTH, WIDTH, seeds)
    trained(made, LENGTH, lambda step: None, every=STEPS)
    return made.dump().astype(float)


def unroll(kind: str, theta: Array, symbols: Array) -> Unrolled:
    """Run one small network with those parameters over symbols ``(T,)``."""
    made = network(kind, len(symbols), WIDTH, (0,))
    made.load(theta)
    p, memory = part(made.p, 0), made.layers.layers[0]
    x = columns(symbols[None], made.dtype).T
    _, saved = memory.forward(p, x, ())
    held = saved[1][:WIDTH, :, 0].astype(float)
    out = part(made.p, 1)["W"].astype(float)
    states = _leaves(saved) if kind == "lstm" else held
    says = sigmoid(out[:, :-1] @ states[:, 1:] + out[:, -1:])[0]
    return Unrolled(symbols, held, says, p["W"].astype(float), _parts(kind, saved))


def _leaves(saved: tuple[Array, Array, list[tuple[Array, ...]]]) -> Array:
    """Return an LSTM's h = o tanh(c) after each step, (n, T + 1)."""
    each = [(s[2 * WIDTH :] * bent)[:, 0] for s, _, bent in saved[2]]
    return np.stack([np.zeros(WIDTH), *each], axis=1).astype(float)


def _parts(kind: str, saved: tuple[Array, ...]) -> dict[str, Array]:
    if kind == "plain":
        return {}
    gates = np.stack([step[0][:, 0] for step in saved[2]]).astype(float)
    if kind == "gru":
        new = np.stack([step[2][:, 0] for step in saved[2]]).astype(float)
        return {"keep": gates[:, WIDTH:], "new": new}
    new = np.stack([step[1][:, 0] for step in saved[2]]).astype(float)
    return {"keep": gates[:, WIDTH : 2 * WIDTH], "let in": gates[:, :WIDTH], "new": new}


def right(kind: str, thetas: Array, length: int) -> Array:
    """Return how often each network says the first of so many new symbols, (S,)."""
    made = network(kind, length, WIDTH, range(len(thetas)))
    made.load(thetas)
    X, y = sequences(np.random.default_rng(1), TESTED, length)
    return np.asarray(((made.outputs_for(X)[0] > 0) == y).mean(-1))


def remembering(kind: str, thetas: Array, length: int) -> int:
    """Count the networks that remember over so many symbols."""
    return int((right(kind, thetas, length) > GOOD).sum())


def reading(theta: Array, symbols: Array) -> dict[str, int]:
    """Let a plain network read symbols: how many parameters it had for that (``counted``), and what it ``says``."""
    run = unroll("plain", theta, symbols)
    return {"counted": theta.size, "says": int(run.says[-1] > 0.5)}


def parameters(kind: str, length: int) -> int:
    """Count the weights and biases that a small network needs for so many symbols."""
    return network(kind, length, WIDTH, (0,)).trained
