"""Examples as a step reads them: rows in memory, columns in the formulas."""

from collections.abc import Callable
from typing import Any

import numpy as np

from core.nn.losses import Loss
from core.nn.network import Network, columns
from core.nn.tape import Array, Call, Tape, memory

Reader = tuple[int, int, Callable[[int], Array]]

QUICK = 700_000
"""Up to about so many multiplications (measured) NumPy's BLAS takes small matrices as they are, without packing them
first."""


class Examples:
    """Rows of inputs and targets, in the layout a step reads: ``(N, inputs + 1)`` and ``(N, K)``.

    With M models a middle axis is added: of 1 where the models share the targets, of M for data of their own,
    ``(N, M, inputs)`` and ``(N, M, K)``.
    """

    def __init__(self, network: Network, loss: Loss, X: Array, y: Array) -> None:
        self.inputs = columns(X, network.dtype)
        coded = loss.encode(y.ravel(), network.outputs) if loss.targets != "numbers" else np.asarray(y, np.float64)
        middle = () if network.models == 1 else (y.shape[1] if y.ndim > 1 and X.ndim == 3 else 1,)
        coded = coded.reshape(len(X), *middle, -1)
        self.targets = np.array(coded, network.dtype, order="C")  # a copy: shuffling writes into it

    def __len__(self) -> int:
        return len(self.inputs)

    def part(self, start: int, stop: int) -> tuple[Array, Array]:
        """Return x ``(inputs + 1, ..., B)`` and y ``(K, ..., B)`` as views of rows start to stop."""
        return self.inputs[start:stop].T, self.targets[start:stop].T

    def copy_into(self, other: "Examples", order: Array) -> None:
        """Write the rows into ``other`` in another order."""
        self.inputs.take(order, 0, other.inputs, "clip")
        self.targets.take(order, 0, other.targets, "clip")


def room_for_answers(network: Network, n: int) -> Array:
    """Return memory for what a network says of n examples, a row an example: ``(n, K)`` or ``(n, M, K)``."""
    middle = () if network.models == 1 else (network.models,)
    return memory((n, *middle, network.outputs), network.dtype)


def quick_piece(network: Network) -> int:
    """Return how many examples make a product with the network's largest weight matrix a quick one.

    So few also keep a layer's values in the processor's cache until the next layer reads them.
    """
    largest = max(rows * inputs for rows, inputs in network.shapes.values())
    return max(64, QUICK // largest // 16 * 16)


def in_pieces(record: Callable[[int, int], Tape], n: int, size: int, *sources: Array) -> list[list[Call]]:
    """Record ``record(start, stop)`` once and repeat it down the rows of ``sources``; a shorter rest is recorded too.

    Returns the calls of each piece. All full pieces share one set of buffers.
    """
    size = min(size, n)
    calls = record(0, size).calls
    starts = range(size, n - size + 1, size)
    readers = _readers(calls, sources) if starts else []
    pieces = [calls] + [_further(calls, readers, rows) for rows in starts]
    return pieces + ([record(n - n % size, n).calls] if n % size else [])


def _further(calls: list[Call], readers: list[Reader], rows: int) -> list[Call]:
    """Return the same calls, reading ``rows`` rows further down in the sources: the same step on the next batch."""
    moved = list(calls)
    for at, position, view in readers:
        function, arguments = moved[at]
        moved[at] = (function, (*arguments[:position], view(rows), *arguments[position + 1 :]))
    return moved


def _readers(calls: list[Call], sources: tuple[Array, ...]) -> list[Reader]:
    """Find the arguments that look into a source: (call, position, rows -> the same view, rows further down)."""
    return [
        (at, position, view)
        for at, (_, arguments) in enumerate(calls)
        for position, x in enumerate(arguments)
        for source in sources
        if (view := _view(x, source))
    ]


def _view(x: Any, source: Array) -> Callable[[int], Array] | None:
    """Return how to look like ``x`` into rows further down, if it looks into ``source``, whose rows are examples."""
    if not isinstance(x, np.ndarray):
        return None
    start = x.__array_interface__["data"][0] - source.__array_interface__["data"][0]
    if not 0 <= start < source.nbytes:
        return None
    shape, dtype, strides, row = x.shape, x.dtype, x.strides, source.strides[0]
    return lambda rows: np.ndarray(shape, dtype, source, start + rows * row, strides)
