"""What a neuron does with its z: ``a = f(z)``, and on the way back ``dz = da * f'(z)``.

Without this bend a stack of layers is one affine map, however deep (Leshno et al. 1993: any bend that is not a
polynomial is enough to approximate every continuous function on a compact set).

Each activation is two functions. ``forward(z)`` returns ``a``, or a tuple of ``a`` and what else the way back needs;
``backward(da, a, ...)`` is given those again and returns ``dz``. At a kink the derivative is the left one.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.polynomial import chebyshev

from core.nn.listening import Array, Traced


@dataclass(frozen=True)
class Activation:
    """One nonlinearity.

    Attributes
    ----------
    title : name for people.
    formula : LaTeX of f(z).
    forward : ``z -> a`` or ``z -> (a, ...)``.
    backward : ``(da, a, ...) -> dz``.
    start : the initializer that suits it: the half of z that ReLU throws away is what He makes up for.
    nanoseconds : what one unit costs for one example, there and back (measured; for the budget of an experiment).
    calls : about how many NumPy calls more than tanh it makes.
    """

    title: str
    formula: str
    forward: Callable[[Array], Any]
    backward: Callable[..., Array]
    start: str = "xavier_normal"
    nanoseconds: float = 5.0
    calls: int = 0

    def saved(self, z: Array) -> tuple[Array, ...]:
        """Return ``a``, and behind it what else ``backward`` needs."""
        found = self.forward(z)
        return found if isinstance(found, tuple) else (found,)

    def __call__(self, z: Any) -> Array:
        """f(z) for any array of numbers, in float64.

        >>> ACTIVATIONS["relu"]([-2.0, 3.0])
        array([0., 3.])
        """
        return self.saved(np.asarray(z, np.float64))[0]

    def slope(self, z: Any) -> Array:
        """f'(z) for any array of numbers, in float64, by the same code that training runs."""
        z = np.asarray(z, np.float64)
        return self.backward(np.ones_like(z), *self.saved(z))


def identity(z: Array) -> Array:
    """a = z."""
    return +z


def identity_backward(da: Array, a: Array) -> Array:
    """dz = da."""
    return da


def sigmoid(z: Array) -> Array:
    """a = 1 / (1 + e^-z), written with tanh: the same function, and no exponential that can overflow."""
    return np.tanh(z * 0.5) * 0.5 + 0.5


def sigmoid_backward(da: Array, a: Array) -> Array:
    """dz = da * a (1 - a), at most da / 4."""
    return da * a * (1 - a)


def tanh(z: Array) -> Array:
    """a = tanh z."""
    return np.tanh(z)


def tanh_backward(da: Array, a: Array) -> Array:
    """dz = da * (1 - a^2)."""
    return da * (1 - a * a)


def relu(z: Array) -> Array:
    """a = max(0, z). (``fmax`` is the fast maximum; it hides NaN, so divergence is looked for in the weights.)"""
    return np.fmax(z, 0)


def relu_backward(da: Array, a: Array) -> Array:
    """dz = da where z > 0, else 0: a unit that is off for every example learns nothing."""
    return da * np.sign(a)


LEAK = 0.01


def leaky_relu(z: Array) -> Array:
    """a = z where z > 0, else z / 100."""
    return np.fmax(z, z * LEAK)


def leaky_relu_backward(da: Array, a: Array) -> Array:
    """dz = da where z > 0, else da / 100."""
    return da * np.fmax(np.sign(a), LEAK)


def elu(z: Array) -> Array:
    """a = z where z > 0, else e^z - 1 (Clevert et al. 2015)."""
    return np.expm1(np.fmin(z, 0)) + np.fmax(z, 0)


def elu_backward(da: Array, a: Array) -> Array:
    """dz = da where z > 0, else da * e^z, and e^z is a + 1 there."""
    return da * (np.fmin(a, 0) + 1)


def silu(z: Array) -> tuple[Array, Array]:
    """a = z * sigma(z) (Elfwing et al. 2017; also called swish)."""
    s = sigmoid(z)
    return z * s, s


def silu_backward(da: Array, a: Array, s: Array) -> Array:
    """dz = da * (s + a (1 - s)) with s = sigma(z)."""
    return da * (s + a * (1 - s))


def gelu(z: Array) -> tuple[Array, Array, Array]:
    """a = z * Phi(z), Phi the normal distribution function, exact (Hendrycks and Gimpel 2016)."""
    phi = z.tape(normal_cdf, z) if isinstance(z, Traced) else normal_cdf(z)  # one call, whatever is in it
    return z * phi, z, phi


def gelu_backward(da: Array, a: Array, z: Array, phi: Array) -> Array:
    """dz = da * (Phi(z) + z * bell(z)), bell the normal density e^(-z^2 / 2) / sqrt(2 pi)."""
    bell = np.exp(z * z * -0.5) * (1 / math.sqrt(2 * math.pi))
    return da * (phi + z * bell)


_REACH = 6.0  # erf(6) is 1 to 2e-17


def _erf_over_x(s: Array) -> Array:
    return np.array([math.erf(x) / x for x in _REACH * np.sqrt((s + 1) / 2)])


_ERF_OVER_X: Any = chebyshev.chebinterpolate(_erf_over_x, 36)


def normal_cdf(z: Array, out: Array | None = None) -> Array:
    """Phi(z) = (1 + erf(z / sqrt 2)) / 2, to 1e-13. NumPy has no erf: a Chebyshev series for erf(x) / x in x^2."""
    x = np.clip(z / math.sqrt(2), -_REACH, _REACH)
    phi = 0.5 + 0.5 * x * chebyshev.chebval(2 * (x / _REACH) ** 2 - 1, _ERF_OVER_X)
    if out is None:
        return np.asarray(phi, z.dtype)
    out[...] = phi
    return out


ACTIVATIONS: dict[str, Activation] = {
    "identity": Activation("identity (none)", "z", identity, identity_backward, nanoseconds=2),
    "sigmoid": Activation("sigmoid", r"\frac{1}{1+e^{-z}}", sigmoid, sigmoid_backward, nanoseconds=7),
    "tanh": Activation("tanh", r"\tanh z", tanh, tanh_backward),
    "relu": Activation("ReLU", r"\max(0,\,z)", relu, relu_backward, "he_normal", 4),
    "leaky_relu": Activation("leaky ReLU", r"\max(z,\,0.01\,z)", leaky_relu, leaky_relu_backward, "he_normal", 5),
    "elu": Activation("ELU", r"z \text{ if } z>0 \text{ else } e^{z}-1", elu, elu_backward, "he_normal", 8),
    "gelu": Activation("GELU", r"z\,\Phi(z)", gelu, gelu_backward, "he_normal", 130, calls=330),
    "silu": Activation("SiLU", r"z\,\sigma(z)", silu, silu_backward, "he_normal", 9),
}
