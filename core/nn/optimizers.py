"""From gradient to update. Backpropagation says which way is uphill; an optimizer decides what to do about it.

Conventions (PyTorch's, so that numbers agree to the digit):

=============  ==================================================================================================
learning rate  multiplies the finished direction: momentum keeps a sum of gradients, not of steps
momentum       v = mu v + g (no 1 - mu in front)
eps            outside the root: m / (sqrt(v) + eps)
L2             is part of the gradient (it passes through the optimizer); AdamW's decay instead shrinks each parameter
=============  ==================================================================================================

An optimizer is described by its settings. ``update(theta, g, state, *knobs)`` is given parameters and their gradients
``(P,)``, the optimizer's memory ``(len(memory), P)``, which it changes in place, and the numbers that change from step
to step, the learning rate first. It returns what is to be subtracted from theta.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from core.nn.tape import Array


@dataclass(frozen=True)
class Optimizer:
    """What all optimizers share.

    Attributes
    ----------
    title, formula : name for people, and LaTeX.
    memory : what it remembers of each parameter, by names for people.
    settings : which of its fields an experiment sets, and by which of its own: ``{"mu": "momentum"}``.
    """

    title: ClassVar[str] = ""
    formula: ClassVar[str] = ""
    memory: ClassVar[tuple[str, ...]] = ()
    settings: ClassVar[dict[str, str]] = {}
    update: ClassVar[Callable[..., Array]]

    def knobs(self, step: Array, lr: Array) -> Array:
        """Return the numbers that step ``t = 1, 2, ...`` needs: ``(steps, knobs)``, the learning rate first."""
        return np.stack([lr], axis=-1)

    def named(self, state: Array) -> dict[str, Array]:
        """Return a memory ``(len(memory), ...)`` by its names, as textbooks define it."""
        return dict(zip(self.memory, state, strict=True))


@dataclass(frozen=True)
class SGD(Optimizer):
    """Walk downhill: ``theta -= lr * g``."""

    title = "SGD"
    formula = r"\theta \leftarrow \theta - \eta\,g"

    def update(self, theta: Array, g: Array, state: Array, lr: Array | float) -> Array:
        return lr * g


@dataclass(frozen=True)
class Momentum(Optimizer):
    """Keep going the way you went: ``v = mu v + g; theta -= lr * v`` (Polyak 1964)."""

    title = "momentum"
    formula = r"v \leftarrow \mu v + g,\quad \theta \leftarrow \theta - \eta\,v"
    memory = ("memory v",)
    settings: ClassVar[dict[str, str]] = {"mu": "momentum"}
    mu: float = 0.9

    def update(self, theta: Array, g: Array, state: Array, lr: Array) -> Array:
        v = state[0]
        v *= self.mu
        v += g
        return lr * v


@dataclass(frozen=True)
class Nesterov(Momentum):
    """Momentum that looks where it is about to be: ``theta -= lr * (g + mu v)`` (Nesterov 1983, Sutskever 2013)."""

    title = "Nesterov"
    formula = r"v \leftarrow \mu v + g,\quad \theta \leftarrow \theta - \eta\,(g+\mu v)"

    def update(self, theta: Array, g: Array, state: Array, lr: Array) -> Array:
        v = state[0]
        v *= self.mu
        v += g
        return lr * (g + self.mu * v)


@dataclass(frozen=True)
class AdaGrad(Optimizer):
    """Small steps where gradients were large: ``theta -= lr * g / (sqrt(sum g^2) + eps)`` (Duchi et al. 2011)."""

    title = "AdaGrad"
    formula = r"s \leftarrow s + g^2,\quad \theta \leftarrow \theta - \eta\,g/(\sqrt{s}+\epsilon)"
    memory = ("sum of squares s",)
    eps: float = 1e-10

    def update(self, theta: Array, g: Array, state: Array, lr: Array) -> Array:
        s = state[0]
        s += g * g
        return lr * (g / (np.sqrt(s) + self.eps))


@dataclass(frozen=True)
class RMSProp(Optimizer):
    """AdaGrad that forgets: a running mean of g^2 instead of its sum (Tieleman and Hinton 2012)."""

    title = "RMSProp"
    formula = r"s \leftarrow \rho s + (1-\rho)g^2,\quad \theta \leftarrow \theta - \eta\,g/(\sqrt{s}+\epsilon)"
    memory = ("mean of squares s",)
    rho: float = 0.9
    eps: float = 1e-8

    def update(self, theta: Array, g: Array, state: Array, lr: Array) -> Array:
        s = state[0]
        s *= self.rho
        s += (1 - self.rho) * (g * g)
        return lr * (g / (np.sqrt(s) + self.eps))


@dataclass(frozen=True)
class Adam(Optimizer):
    """Momentum over RMSProp, corrected for starting at zero (Kingma and Ba 2015).

    ``m = b1 m + (1 - b1) g``, ``v = b2 v + (1 - b2) g^2``, ``theta -= lr * mhat / (sqrt(vhat) + eps)`` with
    ``mhat = m / (1 - b1^t)``, ``vhat = v / (1 - b2^t)``. The memory holds ``m / (1 - b1)`` and ``v / (1 - b2)``,
    which saves two calls; these constants, and the corrections, are part of the knobs ``lr`` and ``eps``.
    """

    title = "Adam"
    formula = r"\theta \leftarrow \theta - \eta\,\hat m/(\sqrt{\hat v}+\epsilon)"
    memory = ("mean of gradients m", "mean of squares v")
    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8

    def knobs(self, step: Array, lr: Array) -> Array:
        first = (1 - self.beta1) / (1 - self.beta1**step)
        root = np.sqrt((1 - self.beta2**step) / (1 - self.beta2))
        return np.stack([lr * first * root, self.eps * root], axis=-1)

    def named(self, state: Array) -> dict[str, Array]:
        return super().named(np.stack([(1 - self.beta1) * state[0], (1 - self.beta2) * state[1]]))

    def update(self, theta: Array, g: Array, state: Array, lr: Array, eps: Array) -> Array:
        m, v = state
        m *= self.beta1
        m += g
        v *= self.beta2
        v += g * g
        return lr * (m / (np.sqrt(v) + eps))


@dataclass(frozen=True)
class AdamW(Adam):
    """Adam, with decay outside of the gradient: ``theta -= lr * decay * theta`` (Loshchilov and Hutter 2019)."""

    title = "AdamW"
    formula = r"\theta \leftarrow \theta - \eta\,(\hat m/(\sqrt{\hat v}+\epsilon)+\lambda\theta)"
    decay: float = 0.01

    def knobs(self, step: Array, lr: Array) -> Array:
        return np.concatenate([super().knobs(step, lr), self.decay * lr[..., None]], axis=-1)

    def update(self, theta: Array, g: Array, state: Array, lr: Array, eps: Array, decay: Array) -> Array:  # type: ignore[override]
        return super().update(theta, g, state, lr, eps) + decay * theta


OPTIMIZERS: dict[str, type[Optimizer]] = {
    "sgd": SGD,
    "momentum": Momentum,
    "nesterov": Nesterov,
    "adagrad": AdaGrad,
    "rmsprop": RMSProp,
    "adam": Adam,
    "adamw": AdamW,
}
