"""What a neuron does with its weighted sum: ``a = f(z)``, and on the way back ``dz = da * f'(z)``.

Without this bend a stack of layers is one affine map, however deep (Leshno et al. 1993: any bend that is not a
polynomial is enough to approximate every continuous function on a compact set).

Each activation is three functions on a tape: ``forward`` writes ``a`` and returns what the way back will need,
``backward`` turns the gradient by ``a`` into the gradient by ``z``, in the same memory where it can. At a kink the
derivative is the left one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.polynomial import chebyshev

from core.nn.tape import Array, Tape

Forward = Callable[[Tape, Array, Array], Any]
Backward = Callable[[Tape, Array, Array, Array, Any], Array]


@dataclass(frozen=True)
class Activation:
    """One nonlinearity.

    Attributes
    ----------
    title : name for people.
    formula : LaTeX of f(z).
    forward : ``(tape, z, a) -> saved``: writes f(z) into ``a``.
    backward : ``(tape, da, z, a, saved) -> dz``.
    """

    title: str
    formula: str
    forward: Forward
    backward: Backward

    def __call__(self, z: Any) -> Array:
        """f(z) for any array of numbers, in float64.

        >>> ACTIVATIONS["relu"]([-2.0, 3.0])
        array([0., 3.])
        """
        z = np.asarray(z, np.float64)
        a = np.empty_like(z)
        self.forward(Tape(np.float64), z, a)
        return a

    def slope(self, z: Any) -> Array:
        """f'(z) for any array of numbers, in float64, by the same code that training runs."""
        tape, z = Tape(np.float64), np.asarray(z, np.float64)
        a = np.empty_like(z)
        saved = self.forward(tape, z, a)
        return np.array(self.backward(tape, np.ones_like(z), z, a, saved))


def identity(tape: Tape, z: Array, a: Array) -> None:
    """a = z."""
    tape(np.positive, z, out=a, name="a = z")


def identity_backward(tape: Tape, da: Array, z: Array, a: Array, saved: Any) -> Array:
    """dz = da."""
    return da


def logistic(tape: Tape, z: Array, out: Array | None = None) -> Array:
    """1 / (1 + e^-z), written with tanh: the same function, and no exponential that can overflow."""
    half = tape.number(0.5)
    t = tape(np.tanh, tape(np.multiply, z, half, name="z / 2"), name="tanh(z / 2)")
    t = tape(np.multiply, t, half, out=t, name="/ 2")
    return tape(np.add, t, half, out=t if out is None else out, name="sigma(z) = tanh(z / 2) / 2 + 1/2")


def sigmoid(tape: Tape, z: Array, a: Array) -> None:
    """a = 1 / (1 + e^-z)."""
    logistic(tape, z, a)


def sigmoid_backward(tape: Tape, da: Array, z: Array, a: Array, saved: Any) -> Array:
    """dz = da * a (1 - a), at most da / 4."""
    t = tape(np.multiply, da, a, name="da * a")
    return tape(np.subtract, t, tape(np.multiply, t, a, name="da * a * a"), name="dz = da * a * (1 - a)")


def tanh(tape: Tape, z: Array, a: Array) -> None:
    """a = tanh z."""
    tape(np.tanh, z, out=a, name="a = tanh(z)")


def tanh_backward(tape: Tape, da: Array, z: Array, a: Array, saved: Any) -> Array:
    """dz = da * (1 - a^2)."""
    t = tape(np.square, a, out=tape.scratch(a), name="a * a")
    t = tape(np.multiply, da, t, out=t, name="da * a * a")
    return tape(np.subtract, da, t, out=da, name="dz = da * (1 - a * a)")


def relu(tape: Tape, z: Array, a: Array) -> None:
    """a = max(0, z). (``fmax`` is the fast maximum; it hides NaN, so divergence is looked for in the weights.)"""
    tape(np.fmax, z, tape.number(0), out=a, name="a = max(0, z)")


def relu_backward(tape: Tape, da: Array, z: Array, a: Array, saved: Any) -> Array:
    """dz = da where z > 0, else 0: a unit that is off for every example learns nothing."""
    on = tape(np.sign, a, out=tape.scratch(a), name="1 where z > 0, else 0")
    return tape(np.multiply, da, on, out=da, name="dz = da where z > 0")


LEAK = 0.01


def leaky_relu(tape: Tape, z: Array, a: Array) -> None:
    """a = z where z > 0, else z / 100."""
    tape(np.fmax, z, tape(np.multiply, z, tape.number(LEAK), name="z / 100"), out=a, name="a = max(z, z / 100)")


def leaky_relu_backward(tape: Tape, da: Array, z: Array, a: Array, saved: Any) -> Array:
    """dz = da where z > 0, else da / 100."""
    slope = tape(np.sign, a, name="sign of z")
    slope = tape(np.fmax, slope, tape.number(LEAK), out=slope, name="1 or 1/100")
    return tape(np.multiply, da, slope, out=slope, name="dz = da * slope")


def elu(tape: Tape, z: Array, a: Array) -> None:
    """a = z where z > 0, else e^z - 1 (Clevert et al. 2015)."""
    low = tape(np.fmin, z, tape.number(0), name="min(z, 0)")
    low = tape(np.expm1, low, out=low, name="e^z - 1")
    high = tape(np.fmax, z, tape.number(0), name="max(z, 0)")
    tape(np.add, low, high, out=a, name="a = elu(z)")


def elu_backward(tape: Tape, da: Array, z: Array, a: Array, saved: Any) -> Array:
    """dz = da where z > 0, else da * e^z, and e^z is a + 1 there."""
    slope = tape(np.fmin, a, tape.number(0), name="min(a, 0)")
    slope = tape(np.add, slope, tape.number(1), out=slope, name="slope")
    return tape(np.multiply, da, slope, out=slope, name="dz = da * slope")


def silu(tape: Tape, z: Array, a: Array) -> Array:
    """a = z * sigma(z) (Elfwing et al. 2017; also called swish)."""
    s = logistic(tape, z)
    tape(np.multiply, z, s, out=a, name="a = z * sigma(z)")
    return s


def silu_backward(tape: Tape, da: Array, z: Array, a: Array, saved: Any) -> Array:
    """dz = da * (s + a (1 - s)) with s = sigma(z)."""
    slope = tape(np.multiply, a, saved, name="a * s")
    slope = tape(np.subtract, a, slope, out=slope, name="a * (1 - s)")
    slope = tape(np.add, slope, saved, out=slope, name="s + a * (1 - s)")
    return tape(np.multiply, da, slope, out=slope, name="dz = da * slope")


def gelu(tape: Tape, z: Array, a: Array) -> Array:
    """a = z * Phi(z), Phi the normal distribution function, exact (Hendrycks and Gimpel 2016)."""
    phi = tape(normal_cdf, z, name="Phi(z)")
    tape(np.multiply, z, phi, out=a, name="a = z * Phi(z)")
    return phi


def gelu_backward(tape: Tape, da: Array, z: Array, a: Array, saved: Any) -> Array:
    """dz = da * (Phi(z) + z * bell(z)), bell the normal density."""
    slope = tape(np.square, z, name="z * z")
    slope = tape(np.multiply, slope, tape.number(-0.5), out=slope, name="- z * z / 2")
    slope = tape(np.exp, slope, out=slope, name="exp(- z * z / 2)")
    slope = tape(np.multiply, slope, tape.number(1 / math.sqrt(2 * math.pi)), out=slope, name="bell(z)")
    slope = tape(np.multiply, slope, z, out=slope, name="z * bell(z)")
    slope = tape(np.add, slope, saved, out=slope, name="Phi(z) + z * bell(z)")
    return tape(np.multiply, da, slope, out=slope, name="dz = da * slope")


_REACH = 6.0  # erf(6) is 1 to 2e-17


def _erf_over_x(s: Array) -> Array:
    return np.array([math.erf(x) / x for x in _REACH * np.sqrt((s + 1) / 2)])


_ERF_OVER_X: Any = chebyshev.chebinterpolate(_erf_over_x, 36)


def normal_cdf(z: Array, out: Array | None = None) -> Array:
    """Phi(z) = (1 + erf(z / sqrt 2)) / 2, to 1e-13. NumPy has no erf: a Chebyshev series for erf(x) / x in x^2."""
    x = np.clip(z / math.sqrt(2), -_REACH, _REACH)
    value = 0.5 + 0.5 * x * chebyshev.chebval(2 * (x / _REACH) ** 2 - 1, _ERF_OVER_X)
    if out is None:
        return np.asarray(value)
    out[...] = value
    return out


ACTIVATIONS: dict[str, Activation] = {
    "identity": Activation("identity (none)", "z", identity, identity_backward),
    "sigmoid": Activation("sigmoid", r"\frac{1}{1+e^{-z}}", sigmoid, sigmoid_backward),
    "tanh": Activation("tanh", r"\tanh z", tanh, tanh_backward),
    "relu": Activation("ReLU", r"\max(0,\,z)", relu, relu_backward),
    "leaky_relu": Activation("leaky ReLU", r"\max(z,\,0.01\,z)", leaky_relu, leaky_relu_backward),
    "elu": Activation("ELU", r"z \text{ if } z>0 \text{ else } e^{z}-1", elu, elu_backward),
    "gelu": Activation("GELU", r"z\,\Phi(z)", gelu, gelu_backward),
    "silu": Activation("SiLU", r"z\,\sigma(z)", silu, silu_backward),
}
