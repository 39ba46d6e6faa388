"""A training step is a list of NumPy calls. Record it once, then replay it.

While a step is recorded, every call runs at once and is noted as ``(function, arguments, output array)``.
Replaying the list repeats the step in the same memory: nothing is allocated and nothing is looked up, so a step
costs little more than its NumPy calls. Nothing is hidden either: the list *is* what a training step does.

Shapes. A value for a batch of ``B`` examples is ``(units, B)``: a column an example. ``M`` networks that train side
by side add an axis in the middle, ``(units, M, B)``; their weights are ``(units, M, inputs + 1)``. With the units
in front, the last row of an array can hold the ones that carry the bias, and the rows before it stay in one piece.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray
Call = tuple[Callable[..., Any], tuple[Any, ...]]

LINE = 64
"""Bytes of a cache line, which the processor reads at once."""
STRAIGHTEN = 64
"""A product with so many rows reads its second factor often enough that laying it straight first pays."""


def transpose(a: Array) -> Array:
    """``(p, q) -> (q, p)``, and ``(p, M, q) -> (q, M, p)``: the model axis stays in the middle."""
    return a.swapaxes(0, -1)


def memory(shape: Any, dtype: Any) -> Array:
    """Return an array, not filled, that begins at a cache line: there NumPy adds numbers up to twice as fast."""
    dtype = np.dtype(dtype)
    size = int(np.prod(shape)) * dtype.itemsize
    room = np.empty(size + LINE, np.uint8)
    start = -room.ctypes.data % LINE
    return room[start : start + size].view(dtype).reshape(shape)


def assign(value: Array, out: Array) -> None:
    """Copy ``value`` into ``out``. (Between layouts this is several times as fast as ``np.positive``.)"""
    np.copyto(out, value)


def replay(calls: list[Call]) -> None:
    """Repeat recorded calls, in order, in the memory they were recorded with."""
    for function, arguments in calls:
        function(*arguments)


class Tape:
    """Runs NumPy calls and remembers them.

    Parameters
    ----------
    dtype : float32 to train, float64 to check gradients.

    Examples
    --------
    >>> tape, x = Tape(np.float64), np.array([[1.0, 2.0]])
    >>> y = tape(np.multiply, x, x, name="x squared")
    >>> x[:] = 3.0
    >>> tape.replay()
    >>> y
    array([[9., 9.]])
    """

    def __init__(self, dtype: Any = np.float32) -> None:
        self.dtype = np.dtype(dtype)
        self.calls: list[Call] = []
        self.names: list[str] = []
        self._scope: list[str] = []
        self._scratch: dict[tuple[int, ...], Array] = {}
        self._found: dict[tuple[int, ...], list[tuple[int, int, Callable[[int], Array]]]] = {}

    def __call__(
        self, function: Callable[..., Any], *arguments: Any, out: Array | None = None, name: str = ""
    ) -> Array:
        """Run ``function(*arguments, out)`` and note it. Without ``out``, an array is made for the result."""
        if out is None:
            out = memory(np.shape(function(*arguments)), self.dtype)
        return self._note(function, (*arguments, out), out, name)

    def number(self, value: float) -> Array:
        """Return a constant as a 0-d array: NumPy takes it as an operand faster than a Python float."""
        return np.array(value, self.dtype)

    def scratch(self, like: Array) -> Array:
        """Return memory for a value that is used up before the next one is made: less memory stays in fast cache."""
        return self._scratch.setdefault(like.shape, memory(like.shape, self.dtype))

    def with_ones(self, units: int, like: Array) -> Array:
        """Return a new ``(units + 1, ..., B)`` array whose last row is ones: the input that the bias multiplies."""
        full = memory((units + 1, *like.shape[1:]), self.dtype)
        full[-1] = 1
        return full

    def total(self, a: Array, axis: int | tuple[int, ...], name: str = "") -> Array:
        """Return the sum over one axis or several."""
        out = memory(np.delete(a.shape, axis), self.dtype)
        return self._note(np.add.reduce, (a, axis, None, out), out, name)

    def largest(self, a: Array, axis: int, name: str = "") -> Array:
        """Return the maximum over one axis."""
        out = memory(np.delete(a.shape, axis), self.dtype)
        return self._note(np.maximum.reduce, (a, axis, None, out), out, name)

    def product(self, a: Array, b: Array, out: Array | None = None, name: str = "") -> Array:
        """Matrix product ``(p, q)(q, r) -> (p, r)``, or one for each of M models: ``(p, M, q)(q, M, r) -> (p, M, r)``.

        A ``b`` without a model axis is shared by all models (every network sees the same examples): then the M
        products are one tall product, which is much of why 32 networks cost little more than three.

        A wide ``b`` that lies transposed in memory is laid straight first: BLAS then takes it twice as fast.
        """
        if a.ndim == b.ndim == 2 and len(a) >= STRAIGHTEN and not b.flags.c_contiguous:
            b = self(assign, b, out=self.scratch(b), name="laid out row by row")
        if out is None:
            out = memory((*a.shape[:-1], b.shape[-1]), self.dtype)
        if a.ndim == 2 and (a.flags.forc or a.size < 1024):
            return self._note(a.dot, (b, out), out, name)
        if a.ndim == 2:  # `dot` would copy an array with gaps between its rows
            return self._note(np.matmul, (a, b, out), out, name)
        if b.ndim == 2:
            tall = a.reshape(-1, a.shape[-1])
            return self._note(tall.dot, (b, out.reshape(-1, b.shape[-1])), out, name)
        if a.shape[-1] == 1:  # an outer product needs no BLAS
            return self._note(np.multiply, (a, b, out), out, name)
        models_first = (x.transpose(1, 0, 2) for x in (a, b, out))
        return self._note(np.matmul, tuple(models_first), out, name)

    def include(self, calls: list[Call], name: str) -> None:
        """Append calls that another tape recorded."""
        self.calls += calls
        self.names += [name] * len(calls)

    def replay(self) -> None:
        """Repeat every call recorded so far."""
        replay(self.calls)

    def section(self, name: str) -> None:
        """Name the part of the step that the next calls belong to (a layer, say), for whoever reads the ledger."""
        self._scope = [name] if name else []

    def further(self, rows: int, *sources: Array) -> list[Call]:
        """Return the same calls, reading ``rows`` rows further down in each source: the same step on the next batch.

        Each source is a C-contiguous array of examples, a row an example; what was recorded read its first rows.
        """
        moved = list(self.calls)
        for at, position, view in self._readers(*sources):
            function, arguments = moved[at]
            moved[at] = (function, (*arguments[:position], view(rows), *arguments[position + 1 :]))
        return moved

    def _readers(self, *sources: Array) -> list[tuple[int, int, Callable[[int], Array]]]:
        """Find the arguments that look into a source: (call, position, rows -> the same view, rows further down)."""
        key = (len(self.calls), *map(id, sources))
        if key not in self._found:
            self._found[key] = [
                (at, position, view)
                for at, (_, arguments) in enumerate(self.calls)
                for position, x in enumerate(arguments)
                for source in sources
                if (view := _reader(x, source))
            ]
        return self._found[key]

    def _note(self, function: Callable[..., Any], arguments: tuple[Any, ...], out: Array, name: str) -> Array:
        function(*arguments)
        self.calls.append((function, arguments))
        self.names.append(": ".join([*self._scope, name or getattr(function, "__name__", "call")]))
        return out


def _reader(x: Any, source: Array) -> Callable[[int], Array] | None:
    if not isinstance(x, np.ndarray):
        return None
    start = x.__array_interface__["data"][0] - source.__array_interface__["data"][0]
    if not 0 <= start < source.nbytes:
        return None
    shape, dtype, strides, row = x.shape, x.dtype, x.strides, source.strides[0]
    return lambda rows: np.ndarray(shape, dtype, source, start + rows * row, strides)
