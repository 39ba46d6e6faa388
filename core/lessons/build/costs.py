"""What a network costs before anyone has trained it: parameters, multiply-adds and memory, by arithmetic alone.

A dense layer from ``n_in`` to ``n_out`` units is one product ``[W b] [x; 1]``. So it has ``(n_in + 1) n_out``
parameters, and uses each of them once an example: as many multiply-adds forward. On the way back it makes
``dW = dz x^T``, as many again, and ``dx = W^T dz``, which needs no bias and which the first layer can leave out,
because nobody asks how the data should change. Additions of gradients over a batch are part of ``dW``.

What the forward pass must keep for the way back: the inputs, and ``z`` and ``a`` of every layer. The tests hold all of
this to a real `core.nn.network.Network` and the calls on its tape.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.training.parsing import LONGEST, WIDTHS, quoted

MOST_INPUTS, MOST_HIDDEN, WIDEST, MOST_OUTPUTS = 1024, 6, 1024, 100
BYTES = 4
"""A number of a training run is a float32."""
COPIES = {"sgd": 2, "momentum": 3, "adam": 4}
"""Numbers in memory for each parameter while training: itself, its gradient, and the optimizer's memory of it."""

Sizes = tuple[int, ...]


@dataclass(frozen=True)
class LayerCost:
    """What one dense layer of ``n_out`` units over ``n_in`` inputs costs.

    Attributes
    ----------
    first, last : whether nothing lies before it but the data, and whether nothing lies behind it but the loss.
    """

    n_in: int
    n_out: int
    first: bool
    last: bool

    @property
    def weights(self) -> int:
        """One a line in the picture."""
        return self.n_in * self.n_out

    @property
    def biases(self) -> int:
        """One a unit."""
        return self.n_out

    @property
    def parameters(self) -> int:
        """Weights and biases: ``(n_in + 1) n_out``."""
        return self.weights + self.biases

    @property
    def forward(self) -> int:
        """Multiply-adds for one example, forward."""
        return self.parameters

    @property
    def backward(self) -> int:
        """Multiply-adds for one example, backward: ``dW``, and behind the first layer also ``dx``."""
        return self.parameters + (0 if self.first else self.weights)

    @property
    def stored(self) -> int:
        """Numbers the forward pass leaves for one example: ``z``, and in hidden layers ``a`` with its one."""
        return self.n_out if self.last else 2 * self.n_out + 1


@dataclass(frozen=True)
class Cost:
    """What a network costs; ``layers`` are its dense layers in order."""

    sizes: Sizes
    layers: tuple[LayerCost, ...]

    @property
    def parameters(self) -> int:
        """All weights and biases."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def forward(self) -> int:
        """Multiply-adds for one example, forward."""
        return sum(layer.forward for layer in self.layers)

    @property
    def backward(self) -> int:
        """Multiply-adds for one example, backward."""
        return sum(layer.backward for layer in self.layers)

    @property
    def stored(self) -> int:
        """Numbers in memory for one example until the backward pass is done, its inputs (and their one) among them."""
        return self.sizes[0] + 1 + sum(layer.stored for layer in self.layers)

    def activation_bytes(self, batch: int) -> int:
        """Return the memory that a batch's activations take."""
        return BYTES * batch * self.stored

    def parameter_bytes(self, optimizer: str = "adam") -> int:
        """Return the memory that parameters, gradients and the optimizer's own numbers take."""
        return BYTES * COPIES[optimizer] * self.parameters


def cost(sizes: Sequence[int]) -> Cost:
    """Return what a network of these layers costs, inputs first.

    >>> cost((3, 4, 2)).parameters
    26
    >>> cost((784, 128, 10)).layers[0].parameters
    100480
    """
    pairs = list(pairwise(sizes))
    layers = tuple(LayerCost(a, b, k == 0, k == len(pairs) - 1) for k, (a, b) in enumerate(pairs))
    return Cost(tuple(sizes), layers)


def wider(sizes: Sizes, factor: float = 2.0) -> Sizes:
    """Return the network with every hidden layer so many times as wide, within the page's limits."""
    hidden = (min(max(round(n * factor), 1), WIDEST) for n in sizes[1:-1])
    return sizes[0], *hidden, sizes[-1]


def deeper(sizes: Sizes) -> Sizes:
    """Return the network with one hidden layer more, as wide as the last (8 units if it is the first)."""
    if len(sizes) - 2 >= MOST_HIDDEN:
        return sizes
    return *sizes[:-1], sizes[-2] if len(sizes) > 2 else 8, sizes[-1]


def shallower(sizes: Sizes) -> Sizes:
    """Return the network without its last hidden layer."""
    return sizes if len(sizes) == 2 else (*sizes[:-2], sizes[-1])


def clamped(sizes: Sequence[int]) -> Sizes:
    """Return the nearest network that the page can show; at least two layers must be given."""
    first, *hidden, last = sizes
    inside = (min(max(n, 1), WIDEST) for n in hidden[:MOST_HIDDEN])
    return min(max(first, 1), MOST_INPUTS), *inside, min(max(last, 1), MOST_OUTPUTS)


def read_sizes(name: str, text: str, default: Sizes) -> tuple[Sizes, str]:
    """Read layers such as ``3-4-2``, inputs first, outputs last, out of a link or a text field."""
    value = text.strip()
    fits = len(value) <= LONGEST and WIDTHS.fullmatch(value)
    asked = tuple(int(part) for part in re.findall(r"\d+", value, re.ASCII)) if fits else ()
    if len(asked) < 2:
        return default, f"{name}: {quoted(text)} isn't a network such as 3-4-2, so we use {written(default)}."
    clipped = clamped(asked)
    if clipped == asked:
        return clipped, ""
    limits = f"{MOST_INPUTS} inputs, {MOST_HIDDEN} hidden layers of {WIDEST} units and {MOST_OUTPUTS} outputs"
    return clipped, f"{name}: this page allows up to {limits}, so we use {written(clipped)}."


def written(sizes: Sequence[int]) -> str:
    """Return layers as text: ``3-4-2``."""
    return "-".join(map(str, sizes))


def memory(size: int) -> str:
    """Return a number of bytes for people: ``1.2 kB``, ``3.4 MB`` (in thousands, as disks are sold)."""
    for unit, scale in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= scale:
            return f"{size / scale:.1f} {unit}"
    return f"{size} bytes"
