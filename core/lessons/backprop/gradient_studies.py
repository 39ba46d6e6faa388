"""Two measurements about gradients: how they fade over layers, and what they would cost without backpropagation."""

from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np

from core.nn.gradcheck import numerical_gradient
from core.nn.layers import stack
from core.nn.losses import LOSSES
from core.nn.network import Network, columns
from core.nn.tape import Array, Tape
from core.training.building import prepare_experiment
from core.training.experiment import Experiment

STARTS: dict[str, tuple[str, str, float]] = {
    "tanh, Xavier": ("tanh", "xavier_normal", 1.0),
    "ReLU, He": ("relu", "he_normal", 1.0),
    "sigmoid, Xavier": ("sigmoid", "xavier_normal", 1.0),
    "ReLU, N(0, 0.1)": ("relu", "normal", 0.1),
}
"""Name -> activation, initializer and its scale."""
DEPTH, WIDTH = 10, 16
ABOUT = {"depth": DEPTH, "width": WIDTH, "last": DEPTH + 1, "spread": STARTS["ReLU, N(0, 0.1)"][2]}
"""What the texts say of this network: hidden layers, units in each, the output's layer, the small weights' spread."""
NUDGED, BATCH = (64, 32, 10), 32
SIZES = "-".join(map(str, NUDGED))


def gradient_by_layer(start: str, seeds: Sequence[int], depth: int = DEPTH, width: int = WIDTH) -> Array:
    """Return the norm of each layer's weight gradient before any training, ``(seeds, depth + 1)``.

    The network is 2-16x10-1 on the moons; all seeds run side by side.
    """
    activation, initializer, scale = STARTS[start]
    data = prepare_experiment(Experiment())
    layers = stack((width,) * depth, 1, activation, initializer, scale=scale)
    network = Network(layers, 2, len(seeds), np.float64)
    network.start(seeds)
    x = columns(data.X_train, np.float64).T
    y = LOSSES["bce"].encode(data.y_train, 1).T[:, None]
    network.record_gradient(Tape(np.float64), x, y, LOSSES["bce"], ())
    return np.stack([np.sqrt(np.square(g[..., :-1]).sum((0, 2))) for g in network.g.values()], axis=1)


def fading(start: str, seeds: Sequence[int]) -> Array:
    """Return the median over seeds of `gradient_by_layer`: ``(layers,)``."""
    return np.median(gradient_by_layer(start, seeds), axis=0)


def nudging_cost(sizes: tuple[int, ...] = NUDGED, batch: int = BATCH) -> tuple[int, float, float]:
    """Time one gradient by nudging every parameter, and by backpropagation.

    Returns
    -------
    parameters : how many there are; nudging takes two forward passes for each.
    ratio : how many times as long nudging took.
    error : the largest disagreement of the two, as a share of the largest gradient.
    """
    network = Network(stack(sizes[1:-1], sizes[-1]), sizes[0], dtype=np.float64)
    network.start([0])
    rng, loss = np.random.default_rng(0), LOSSES["softmax"]
    x = columns(rng.random((batch, sizes[0])), np.float64).T
    y = loss.encode(rng.integers(0, sizes[-1], batch), sizes[-1]).T
    tape, measure = Tape(np.float64), Tape(np.float64)
    network.record_gradient(tape, x, y, loss, ())
    value = measure.record(loss.value, network.record_forward(measure, x), y)

    def total() -> float:
        measure.replay()
        return float(value)

    quick = _seconds(tape.replay, 400)
    began = perf_counter()
    slow = numerical_gradient(total, network.theta)
    took = perf_counter() - began
    ratio = took / ((quick + _seconds(tape.replay, 400)) / 2)
    return network.theta.size, ratio, float(np.abs(slow - network.grad).max() / np.abs(network.grad).max())


def _seconds(work: Callable[[], None], times: int) -> float:
    """Return the mean time of one run; what else the machine does slows both sides of the comparison alike."""
    began = perf_counter()
    for _ in range(times):
        work()
    return (perf_counter() - began) / times
