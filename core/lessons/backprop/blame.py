"""Whose fault is it? One weight's gradient as a product of factors, and the same found by nudging the weight."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from math import floor, log10
from typing import Literal

import numpy as np

from core.lessons.backprop.networks import PAIR, PAIR_INPUTS, PAIR_THETA
from core.nn.activations import ACTIVATIONS
from core.nn.gradcheck import numerical_gradient
from core.nn.losses import LOSSES
from core.nn.network import columns
from core.nn.small import Small, theta_of
from core.nn.tape import Array, Tape
from core.nn.walk import Step, losses_at, train_step

Kind = Literal["error", "squash", "weight", "slope", "input"]


@dataclass(frozen=True)
class Weight:
    """Which parameter: its place in the flat vector, the unit it leads to, and the unit it comes from.

    ``layer`` is that of the unit it leads to, 1..L; ``source`` counts the units of the layer before, and one past the
    last of them is the bias.
    """

    index: int
    layer: int
    unit: int
    source: int
    bias: bool


@dataclass(frozen=True)
class Factor:
    """One factor of a chain-rule product.

    ``kind``: "error" dL/dp or dL/dz of the output, "squash" dp/dz, "weight" a weight on the way from (layer - 1,
    source) to (layer, unit), "slope" f'(z) of (layer, unit), "input" what the weight itself was multiplied by.
    """

    kind: Kind
    value: float
    layer: int = 0
    unit: int = 0
    source: int = 0


def all_weights(small: Small) -> tuple[Weight, ...]:
    """Return every parameter of a network, in the order of its flat vector."""
    found: list[Weight] = []
    for layer, (n_in, n_out) in enumerate(zip(small.sizes[:-1], small.sizes[1:], strict=True), 1):
        for unit, source in product(range(n_out), range(n_in + 1)):
            found.append(Weight(len(found), layer, unit, source, source == n_in))
    return tuple(found)


def chain(step: Step, weight: Weight, example: int = 0) -> tuple[tuple[Factor, ...], ...]:
    """Return the gradient of one weight as a sum of products, one for each way from it to the output.

    The factors run from the loss back to the weight: the error, then weight and slope of each unit on the way, last
    the value that the weight multiplied.
    """
    below = step.forward.a[weight.layer - 1]
    given = 1.0 if weight.bias else float(below[weight.source, example])
    last = Factor("input", given, weight.layer - 1, weight.source, weight.source)
    return tuple((*_error(step, example), *way, last) for way in _ways(step, weight, example))


def _error(step: Step, example: int) -> tuple[Factor, ...]:
    """dL/dz of the output; for the squared error of a probability in two factors, dL/dp and dp/dz."""
    forward, depth = step.forward, len(step.dz)
    dz = float(step.dz[-1][0, example])
    if forward.small.loss != "brier":
        return (Factor("error", dz, depth),)
    slope = float(ACTIVATIONS["sigmoid"].slope(forward.z[-1])[0, example])
    return Factor("error", dz / slope if slope else 0.0, depth), Factor("squash", slope, depth)


def _ways(step: Step, weight: Weight, example: int) -> Iterator[tuple[Factor, ...]]:
    """Every way from the output back to the unit that the weight leads to: (weight, slope) a layer."""
    sizes, activation = step.forward.small.sizes, ACTIVATIONS[step.forward.small.activation]
    depth = len(sizes) - 1
    between = [range(sizes[layer]) for layer in range(depth - 1, weight.layer, -1)]
    for middle in product(*between):
        units = [0, *middle, weight.unit] if weight.layer < depth else [0]
        way: list[Factor] = []
        for back, (unit, source) in enumerate(pairwise(units)):
            layer = depth - back
            way.append(Factor("weight", float(step.forward.weights[layer - 1][unit, source]), layer, unit, source))
            slope = activation.slope(step.forward.z[layer - 2])[source, example]
            way.append(Factor("slope", float(slope), layer - 1, source))
        yield tuple(way)


def value_of(chains: tuple[tuple[Factor, ...], ...]) -> float:
    """Multiply each way's factors and add the ways."""
    return float(sum(np.prod([factor.value for factor in way]) for way in chains))


@dataclass(frozen=True)
class Nudge:
    """A weight moved by h, and how the loss answered.

    ``one_sided``: ``(L(w + h) - L(w)) / h``; ``central``: ``(L(w + h) - L(w - h)) / 2h``.
    """

    h: float
    before: float
    after: float
    one_sided: float
    central: float


def nudges(small: Small, theta: Array, rows: Array, targets: Array, index: int, sizes: Array) -> list[Nudge]:
    """Nudge parameter ``index`` by each size ``h`` and measure the loss, with no calculus at all."""
    network, tape, loss = small.network(theta), Tape(np.float64), LOSSES[small.loss]
    y = loss.encode(np.atleast_1d(targets), small.sizes[-1]).T
    z = network.record_forward(tape, columns(np.atleast_2d(rows), np.float64).T)
    value = tape.record(loss.value, z, y)

    def measure() -> float:
        tape.replay()
        return float(value)

    one, found = network.theta[index : index + 1], []
    start, before = float(one[0]), measure()
    for h in sizes.tolist():
        central = float(numerical_gradient(measure, one, h)[0])
        one[0] = start + h
        after = measure()
        one[0] = start
        found.append(Nudge(h, before, after, (after - before) / h, central))
    return found


def nudge(small: Small, theta: Array, rows: Array, targets: Array, index: int, h: float) -> Nudge:
    """Nudge parameter ``index`` once."""
    return nudges(small, theta, rows, targets, index, np.array([h]))[0]


def digits_of_agreement(a: float, b: float) -> int:
    """Return to how many significant digits two numbers agree, 0 to 16.

    >>> digits_of_agreement(0.3131, 0.3127)
    2
    """
    if a == b:
        return 16
    apart = abs(a - b) / max(abs(a), abs(b))
    return min(16, max(0, floor(-log10(apart))))


def nudge_errors(
    small: Small, theta: Array, rows: Array, targets: Array, index: int, exact: float, sizes: Array
) -> tuple[Array, Array]:
    """Return the relative error of one-sided and of central nudges, each for every size of nudge ``(n,)``."""
    found = nudges(small, theta, rows, targets, index, sizes)
    errors = np.array([[n.one_sided - exact, n.central - exact] for n in found])
    both = np.abs(errors) / max(abs(exact), 1e-300)
    return both[:, 0], both[:, 1]


@dataclass(frozen=True, eq=False)
class Place:
    """A spot on a loss surface, and the directions to walk from it.

    ``directions``: name -> ``(P,)``; ``reach``: how far the picture walks both ways.
    """

    title: str
    small: Small
    theta: Array
    rows: Array
    targets: Array
    directions: dict[str, Array]
    reach: float


_LINE, _ONE = Small((1, 1), loss="mse"), (np.array([[1.0]]), np.array([1.0]))
_TWO = Small((1, 1, 1), "identity", "mse")
_BOTH = (np.array([[-1.0], [1.0]]), np.array([-1.0, 1.0]))
_ALONG = {"along w": np.array([1.0, 0.0])}

PLACES: dict[str, Place] = {
    "above": Place("Gradient > 0", _LINE, theta_of([[1.8, 0]]), *_ONE, _ALONG, 1.6),
    "below": Place("Gradient < 0", _LINE, theta_of([[0.2, 0]]), *_ONE, _ALONG, 1.6),
    "minimum": Place("Zero: minimum", _LINE, theta_of([[1, 0]]), *_ONE, _ALONG, 1.6),
    "saddle": Place(
        "Zero: saddle",
        _TWO,
        theta_of([[0, 0]], [[0, 0]]),
        *_BOTH,
        {"both weights alike": np.array([1.0, 0, 1, 0]), "one up, one down": np.array([1.0, 0, -1, 0])},
        1.3,
    ),
    "plateau": Place("Almost zero: plateau", Small((1, 1), loss="brier"), theta_of([[-18, 0]]), *_ONE, _ALONG, 30),
    "dead": Place(
        "Zero: dead unit",
        Small((1, 1, 1)),
        theta_of([[1, -3]], [[1, 0]]),
        *_BOTH,
        {"along the dead unit's w": np.array([1.0, 0, 0, 0])},
        3.0,
    ),
}
"""A tiny network at each kind of place: what the sign of a gradient says, and what zero can mean."""


def profile(place: Place, steps: Array) -> dict[str, Array]:
    """Return the loss at ``theta + t * direction`` for every t, a curve a direction."""
    return {
        name: losses_at(place.small, place.theta + steps[:, None] * way, place.rows, place.targets)
        for name, way in place.directions.items()
    }


def loss_after(small: Small, theta: Array, rows: Array, targets: Array) -> float:
    """Return the mean loss at parameters ``(P,)``."""
    return float(losses_at(small, theta[None], rows, targets)[0])


def loss_if_alone(small: Small, step: Step, rows: Array, targets: Array, index: int) -> float:
    """Return the loss that an update of one parameter alone would lead to."""
    theta = step.theta.copy()
    theta[index] = step.updated[index]
    return loss_after(small, theta, rows, targets)


def first_step() -> Step:
    """Return the first training step of the lesson's network."""
    return train_step(PAIR, PAIR_THETA, np.array([PAIR_INPUTS]), np.array([1.0]), 0.5)


def compared(step: Step) -> dict[str, float]:
    """Compare the two weights into the output: the larger one (big) and the other (small), by w, gradient and input.

    ``ratio`` is how many times as large the small weight's gradient is.
    """
    w, given = step.forward.weights[-1][0], step.forward.a[-2][:, 0]
    gradients = step.gradient[-1 - len(w) : -1]
    big = int(np.argmax(np.abs(w)))
    found = {"big_unit": float(big), "small_unit": float(1 - big)}
    for name, k in (("big", big), ("small", 1 - big)):
        found |= {f"{name}_w": float(w[k]), f"{name}_g": float(gradients[k]), f"{name}_a": float(given[k])}
    return found | {"ratio": abs(found["small_g"] / found["big_g"]) if found["big_g"] else float("inf")}
