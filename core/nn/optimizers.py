"""From gradient to update. Backpropagation says which way is uphill; an optimizer decides what to do about it.

Conventions (PyTorch's, so that numbers agree to the digit):

=============  ==============================================================================================
learning rate  multiplies the finished direction: momentum keeps a sum of gradients, not of steps
momentum       v = mu v + g (no 1 - mu in front)
eps            outside the root: m / (sqrt(v) + eps)
L2             is part of the gradient (it passes through the optimizer); AdamW's decay instead shrinks the weight
=============  ==============================================================================================

An optimizer is described by its settings; its memory (``state``, some numbers a parameter) and the numbers that
change from step to step (``knobs``) are passed in. ``update`` returns what is to be subtracted from theta.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from core.nn.tape import Array, Tape


@dataclass(frozen=True)
class Optimizer:
    """What all optimizers share: ``slots`` numbers of memory a parameter, and one knob, the learning rate."""

    slots: ClassVar[int] = 0
    title: ClassVar[str] = ""
    formula: ClassVar[str] = ""

    def knobs(self, step: Array, lr: Array) -> Array:
        """Return the numbers that step ``t = 1, 2, ...`` needs: ``(steps, knobs)``, the learning rate first."""
        return np.stack([lr], axis=-1)

    def update(self, tape: Tape, theta: Array, grad: Array, state: Array, knobs: list[Array]) -> Array:
        """Record what to subtract from ``theta`` (P,), given ``grad`` (P,) and ``state`` (slots, P)."""
        raise NotImplementedError


@dataclass(frozen=True)
class SGD(Optimizer):
    """Walk downhill: ``theta -= lr * g``."""

    title: ClassVar[str] = "SGD"
    formula: ClassVar[str] = r"\theta \leftarrow \theta - \eta\,g"

    def update(self, tape: Tape, theta: Array, grad: Array, state: Array, knobs: list[Array]) -> Array:
        return tape(np.multiply, grad, knobs[0], name="lr * g")


@dataclass(frozen=True)
class Momentum(Optimizer):
    """Keep going the way you went: ``v = mu v + g; theta -= lr * v`` (Polyak 1964)."""

    slots: ClassVar[int] = 1
    title: ClassVar[str] = "momentum"
    formula: ClassVar[str] = r"v \leftarrow \mu v + g,\quad \theta \leftarrow \theta - \eta\,v"
    mu: float = 0.9

    def update(self, tape: Tape, theta: Array, grad: Array, state: Array, knobs: list[Array]) -> Array:
        v = _velocity(tape, state[0], grad, self.mu)
        return tape(np.multiply, v, knobs[0], name="lr * v")


@dataclass(frozen=True)
class Nesterov(Optimizer):
    """Momentum that looks where it is about to be: ``theta -= lr * (g + mu v)`` (Nesterov 1983, Sutskever 2013)."""

    slots: ClassVar[int] = 1
    title: ClassVar[str] = "Nesterov"
    formula: ClassVar[str] = r"v \leftarrow \mu v + g,\quad \theta \leftarrow \theta - \eta\,(g+\mu v)"
    mu: float = 0.9

    def update(self, tape: Tape, theta: Array, grad: Array, state: Array, knobs: list[Array]) -> Array:
        v = _velocity(tape, state[0], grad, self.mu)
        ahead = tape(np.multiply, v, tape.number(self.mu), name="mu * v")
        ahead = tape(np.add, ahead, grad, out=ahead, name="g + mu * v")
        return tape(np.multiply, ahead, knobs[0], out=ahead, name="lr * (g + mu * v)")


@dataclass(frozen=True)
class AdaGrad(Optimizer):
    """Small steps where gradients were large: ``theta -= lr * g / (sqrt(sum g^2) + eps)`` (Duchi et al. 2011)."""

    slots: ClassVar[int] = 1
    title: ClassVar[str] = "AdaGrad"
    formula: ClassVar[str] = r"s \leftarrow s + g^2,\quad \theta \leftarrow \theta - \eta\,g/(\sqrt{s}+\epsilon)"
    eps: float = 1e-10

    def update(self, tape: Tape, theta: Array, grad: Array, state: Array, knobs: list[Array]) -> Array:
        s = tape(np.add, state[0], tape(np.square, grad, name="g * g"), out=state[0], name="s = s + g * g")
        return _divided(tape, grad, s, tape.number(self.eps), knobs[0])


@dataclass(frozen=True)
class RMSProp(Optimizer):
    """AdaGrad that forgets: a running mean of g^2 instead of its sum (Tieleman and Hinton 2012)."""

    slots: ClassVar[int] = 1
    title: ClassVar[str] = "RMSProp"
    formula: ClassVar[str] = (
        r"s \leftarrow \rho s + (1-\rho)g^2,\quad \theta \leftarrow \theta - \eta\,g/(\sqrt{s}+\epsilon)"
    )
    rho: float = 0.9
    eps: float = 1e-8

    def update(self, tape: Tape, theta: Array, grad: Array, state: Array, knobs: list[Array]) -> Array:
        s = tape(np.multiply, state[0], tape.number(self.rho), out=state[0], name="rho * s")
        new = tape(np.multiply, tape(np.square, grad, name="g * g"), tape.number(1 - self.rho), name="(1 - rho) g * g")
        tape(np.add, s, new, out=s, name="s = rho * s + (1 - rho) g * g")
        return _divided(tape, grad, s, tape.number(self.eps), knobs[0])


@dataclass(frozen=True)
class Adam(Optimizer):
    """Momentum over RMSProp, corrected for starting at zero (Kingma and Ba 2015).

    ``m = b1 m + (1 - b1) g``, ``v = b2 v + (1 - b2) g^2``, ``theta -= lr * mhat / (sqrt(vhat) + eps)`` with
    ``mhat = m / (1 - b1^t)``, ``vhat = v / (1 - b2^t)``. The memory holds ``m / (1 - b1)`` and ``v / (1 - b2)``,
    which saves two calls; the constants, and the corrections, move into the knobs.
    """

    slots: ClassVar[int] = 2
    title: ClassVar[str] = "Adam"
    formula: ClassVar[str] = r"\theta \leftarrow \theta - \eta\,\hat m/(\sqrt{\hat v}+\epsilon)"
    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8

    def knobs(self, step: Array, lr: Array) -> Array:
        first = (1 - self.beta1) / (1 - self.beta1**step)
        root = np.sqrt((1 - self.beta2**step) / (1 - self.beta2))
        return np.stack([lr * first * root, self.eps * root], axis=-1)

    def update(self, tape: Tape, theta: Array, grad: Array, state: Array, knobs: list[Array]) -> Array:
        m = tape(np.multiply, state[0], tape.number(self.beta1), out=state[0], name="b1 * m")
        v = tape(np.multiply, state[1], tape.number(self.beta2), out=state[1], name="b2 * v")
        tape(np.add, m, grad, out=m, name="m = b1 * m + g")
        tape(np.add, v, tape(np.square, grad, name="g * g"), out=v, name="v = b2 * v + g * g")
        return _divided(tape, m, v, knobs[1], knobs[0])


@dataclass(frozen=True)
class AdamW(Adam):
    """Adam, with decay outside of the gradient: ``theta -= lr * decay * theta`` (Loshchilov and Hutter 2019)."""

    title: ClassVar[str] = "AdamW"
    formula: ClassVar[str] = r"\theta \leftarrow \theta - \eta\,(\hat m/(\sqrt{\hat v}+\epsilon)+\lambda\theta)"
    decay: float = 0.01

    def knobs(self, step: Array, lr: Array) -> Array:
        return np.concatenate([super().knobs(step, lr), self.decay * lr[..., None]], axis=-1)

    def update(self, tape: Tape, theta: Array, grad: Array, state: Array, knobs: list[Array]) -> Array:
        step = super().update(tape, theta, grad, state, knobs)
        shrink = tape(np.multiply, theta, knobs[2], name="lr * decay * theta")
        return tape(np.add, step, shrink, out=step, name="update with decay")


def _velocity(tape: Tape, v: Array, grad: Array, mu: float) -> Array:
    tape(np.multiply, v, tape.number(mu), out=v, name="mu * v")
    return tape(np.add, v, grad, out=v, name="v = mu * v + g")


def _divided(tape: Tape, direction: Array, squares: Array, eps: Array, lr: Array) -> Array:
    root = tape(np.sqrt, squares, name="root")
    root = tape(np.add, root, eps, out=root, name="root + eps")
    root = tape(np.divide, direction, root, out=root, name="direction / (root + eps)")
    return tape(np.multiply, root, lr, out=root, name="lr * direction")


OPTIMIZERS: dict[str, type[Optimizer]] = {
    "sgd": SGD,
    "momentum": Momentum,
    "nesterov": Nesterov,
    "adagrad": AdaGrad,
    "rmsprop": RMSProp,
    "adam": Adam,
    "adamw": AdamW,
}
