"""How strongly a network's loss curves upward, and so how long a step of plain descent may be.

Near any point a loss is a valley in many directions; its steepest curvature is the largest eigenvalue of the Hessian,
the matrix of second derivatives. That matrix is never needed: multiplying it with a direction v only asks how the
gradient changes when the weights move a little along v, and *multiply, normalize, repeat* turns any direction toward
the one with the largest eigenvalue (power iteration).
"""

from collections.abc import Callable, Sequence

import numpy as np

from core.nn.losses import Loss
from core.nn.network import Network, columns
from core.nn.tape import Array, Tape
from core.training.building import loss_of, network_of, prepare_experiment
from core.training.experiment import Experiment

Gradient = Callable[[Array], Array]


def gradient_function(network: Network, loss: Loss, X: Array, y: Array) -> Gradient:
    """Return ``theta -> dL/dtheta`` for all examples: one recorded pass, replayed. The network is used as memory.

    Parameters
    ----------
    network : one network in float64, without dropout or batch norm.
    X, y : ``(N, inputs)`` model inputs, and class numbers or targets ``(N,)``.
    """
    x = columns(X, network.dtype).T
    targets = np.array(loss.encode(y, network.outputs), network.dtype).T
    tape = Tape(network.dtype)
    network.record_gradient(tape, x, targets, loss, ())

    def gradient(theta: Array) -> Array:
        network.theta[...] = theta
        tape.replay()
        return network.grad.copy()

    return gradient


def hessian_times(gradient: Gradient, theta: Array, v: Array, h: float = 1e-4) -> Array:
    """Return the Hessian times a direction of length 1, by central differences of the gradient."""
    return (gradient(theta + h * v) - gradient(theta - h * v)) / (2 * h)


def largest_eigenvalue(
    gradient: Gradient,
    theta: Array,
    rng: np.random.Generator,
    most: int = 200,
    tolerance: float = 1e-3,
    h: float = 1e-4,
) -> float:
    """Return the Hessian's largest eigenvalue, by power iteration; stop when it settles.

    The iteration finds the eigenvalue of largest *size*. When that is negative (a ridge), it runs again with all
    eigenvalues moved up by that size, so that the largest one leads. ``h`` is the step of the differences: a small one
    where the loss has kinks, as with ReLU.
    """
    v = rng.normal(size=theta.size)
    v /= np.linalg.norm(v)
    found = _iterate(gradient, theta, v, 0.0, most, tolerance, h)
    return found if found >= 0 else _iterate(gradient, theta, v, -found, most, tolerance, h)


def _iterate(gradient: Gradient, theta: Array, v: Array, shift: float, most: int, tolerance: float, h: float) -> float:
    value = 0.0
    for _ in range(most):
        turned = hessian_times(gradient, theta, v, h) + shift * v
        before, value = value, float(v @ turned)
        length = float(np.linalg.norm(turned))
        if length == 0 or abs(value - before) <= tolerance * abs(value):
            break
        v = turned / length
    return value - shift


def curvatures(
    e: Experiment, seeds: Sequence[int], thetas: Array | None = None, scale: float = 1.0, h: float = 1e-4
) -> Array:
    """Return the largest curvature of an experiment's training loss for each seed: ``(S,)``.

    Parameters
    ----------
    thetas : (S, P) parameters, or None for each seed's first weights.
    scale : a factor on the inputs.
    h : the step of the differences (`largest_eigenvalue`).
    """
    data = prepare_experiment(e)
    network = network_of(e, data.X_train.shape[1], dtype=np.float64)
    gradient = gradient_function(network, loss_of(e), data.X_train * scale, data.y_train)
    found = np.empty(len(seeds))
    for k, seed in enumerate(seeds):
        network.start([seed])
        theta = network.theta.copy() if thetas is None else np.asarray(thetas[k], np.float64)
        found[k] = largest_eigenvalue(gradient, theta, np.random.default_rng(seed), h=h)
    return found
