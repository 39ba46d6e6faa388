"""A training step is a list of NumPy calls. The tape listens to it once, then replays it.

The rest of ``core/nn`` is written as plain NumPy. `Tape.watch` hands it arrays that tell the tape what is done with
them (`core.nn.listening`). Each call runs at once, and the tape notes it as ``(function, arguments)``, the
result's array among them. Replaying the list repeats the step in the same memory: nothing
is allocated and nothing is looked up, so a step costs little more than its NumPy calls. Nothing is hidden either: the
list *is* what a training step does, and each call is named by the line of source that made it.

Shapes. A value for a batch of ``B`` examples is ``(units, B)``: a column an example. ``M`` networks that train side
by side add an axis in the middle, ``(units, M, B)``; their weights are ``(units, M, inputs + 1)``. With the units
in front, the last row of an array can hold the ones that carry the bias, and the rows before it stay in one piece.
"""

from collections.abc import Callable
from math import prod
from types import CodeType
from typing import Any

import numpy as np

from core.nn import listening
from core.nn.listening import Array, Traced, window

Call = tuple[Callable[..., Any], tuple[Any, ...]]

LINE = 64
"""Bytes of a cache line, which the processor reads at once."""
STRAIGHTEN = 64
"""A product with so many rows reads its second factor often enough that laying it straight first pays."""


class Tape:
    """Listens to NumPy calls and repeats them.

    Parameters
    ----------
    dtype : float32 to train, float64 to check gradients.

    Examples
    --------
    >>> tape, x = Tape(np.float64), np.array([1.0, 2.0])
    >>> y = tape.record(lambda x: 1 - x * x, x)
    >>> x[:] = 3.0
    >>> tape.replay()
    >>> y, tape.names
    (array([-8., -8.]), ['x * x', '1 - x * x'])
    """

    def __init__(self, dtype: Any = np.float32) -> None:
        self.dtype = np.dtype(dtype)
        self.calls: list[Call] = []
        self.free: dict[Any, list[Array]] = {}
        self._names: list[tuple[str, str | tuple[CodeType, int]]] = []
        self.section = ""  # the part of the step that the next calls belong to (a layer, say), for whoever reads them
        self._numbers: dict[float, Array] = {}
        self._last: Array | None = None  # what the last call made, and how to make it elsewhere
        self._elsewhere: Callable[[Array], Call]

    def record(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Run ``function(*arguments)`` while listening. Its results are plain arrays that each replay fills anew."""
        return self.keep(function(*self.watch(arguments)))

    def watch(self, value: Any) -> Any:
        """Return an array, or all arrays in a list, tuple or dict, as ones that this tape listens to."""
        if isinstance(value, np.ndarray):
            seen = value.view(Traced)
            seen.tape, seen.plain = self, np.asarray(value)
            return seen
        return _each(self.watch, value)

    def keep(self, value: Any) -> Any:
        """Return what was computed as plain arrays, whose memory is never given away."""
        if isinstance(value, Traced):
            for owner in (value, value.base):
                if isinstance(owner, Traced):
                    owner.owned = False
            return self._bare(value)
        return _each(self.keep, value)

    def replay(self) -> None:
        """Repeat every call recorded so far."""
        replay(self.calls)

    def __call__(self, function: Callable[..., Any], *inputs: Any, out: Any = None, name: str = "") -> Any:
        """Run ``function(*inputs, out)`` and note it. Without ``out``, memory is found for the result."""
        inputs = tuple(map(self._bare, inputs))
        shape, dtype = () if out is None else out.shape, self.dtype
        if out is None and isinstance(function, np.ufunc):
            shape, dtype = np.broadcast(*inputs).shape, function.resolve_dtypes((*(x.dtype for x in inputs), None))[-1]
        elif out is None:
            shape = np.shape(function(*inputs))
        return self._run(lambda to: (function, (*inputs, to)), shape, dtype, out, name)

    def reduce(self, function: Any, a: Array, axis: Any, keep: bool, out: Any = None) -> Any:
        """Sum (or take the largest, ...) over one axis or several."""
        a = self._bare(a)
        like = out if out is not None else np.asarray(function.reduce(a, axis, keepdims=keep))
        return self._run(lambda to: (function.reduce, (a, axis, None, to, keep)), like.shape, like.dtype, out)

    def product(self, a: Array, b: Array, out: Any = None) -> Any:
        """Matrix product ``(p, q)(q, r) -> (p, r)``, or one for each of M models: ``(p, M, q)(q, M, r) -> (p, M, r)``.

        A ``b`` without a model axis is shared by all models (every network sees the same examples): then the M
        products are one tall product, which is much of why 32 networks cost little more than three.

        For an ``a`` of many rows, a ``b`` that lies transposed in memory is laid straight first: BLAS is twice as fast.
        """
        a, b = self._bare(a), self._bare(b)
        if a.ndim == b.ndim == 2 and len(a) >= STRAIGHTEN and not b.flags.c_contiguous:
            straight = self(assign, b, out=self._result(b.shape, b.dtype), name="laid out row by row")
            return self.product(a, straight, out)

        def call(to: Array) -> Call:
            if b.ndim == 2 and not to.flags.c_contiguous:  # `dot` can't write into a part of an array
                return np.matmul, (a, b, to)
            if a.ndim == 2:  # `dot` is quicker, but would copy a large array with gaps between its rows
                return (a.dot, (b, to)) if a.flags.forc or a.size < 1024 else (np.matmul, (a, b, to))
            if b.ndim == 2:
                return a.reshape(-1, a.shape[-1]).dot, (b, to.reshape(-1, b.shape[-1]))
            if a.shape[-1] == 1:  # an outer product needs no BLAS
                return np.multiply, (a, b, to)
            return np.matmul, tuple(x.transpose(1, 0, 2) for x in (a, b, to))

        return self._run(call, (*a.shape[:-1], b.shape[-1]), a.dtype, out)

    def assign(self, target: Array, value: Any) -> None:
        """``target[...] = value``. What the last call has just made, it makes in ``target`` from now on."""
        just_made = isinstance(value, Traced) and value.owned and value.plain is self._last
        if just_made and (value.shape, value.dtype) == (target.shape, target.dtype):
            to = self._bare(target)
            to[...], value.moved, self.calls[-1], self._last = value.plain, True, self._elsewhere(to), None
        else:
            self(assign, value, out=target)

    def end_with(self, wanted: Array) -> None:
        """Drop the calls behind the last one that touches ``wanted``: nobody reads what they make."""
        arrays = ([x for x in arguments if isinstance(x, np.ndarray)] for _, arguments in reversed(self.calls))
        touches = (any(np.may_share_memory(x, wanted) for x in some) for some in arrays)
        unread = next((n for n, found in enumerate(touches) if found), 0)
        if unread:
            del self.calls[-unread:], self._names[-unread:]
            self._last = None

    def include(self, calls: list[Call], name: str) -> None:
        """Append calls that another tape recorded."""
        self.calls += calls
        self._names += [(self.section, name)] * len(calls)

    @property
    def names(self) -> list[str]:
        """A name for each call: its section, and the source that made it."""
        named = ((section, n if isinstance(n, str) else listening.quoted(*n)) for section, n in self._names)
        return [": ".join(filter(None, pair)) for pair in named]

    def _run(self, call: Callable[[Array], Call], shape: Any, dtype: Any, out: Any, name: str = "") -> Any:
        result = self._result(shape, dtype) if out is None else out
        to = self._bare(result)
        self._names.append((self.section, name or listening.source(__file__, listening.__file__)))
        self._note(*call(to), to)
        self._last, self._elsewhere = (to if out is None else None), call
        return result

    def _note(self, function: Callable[..., Any], arguments: tuple[Any, ...], out: Array) -> None:
        function(*arguments)
        self.calls.append((function, arguments))

    def _result(self, shape: tuple[int, ...], dtype: Any) -> Traced:
        """Return room for a result: what an earlier one, dead by now, has left, or new memory."""
        left = self.free.get((shape, dtype))
        result: Traced = self.watch(left.pop() if left else memory(shape, dtype))
        result.owned = True
        return result

    def _bare(self, x: Any) -> Any:
        """Return an argument as recorded calls take it; a number as a 0-d array, which NumPy takes faster."""
        if isinstance(x, Traced):
            if x.moved or getattr(x.base, "moved", False):
                raise RuntimeError("this result was moved into another array: read it there")
            x.plain = window(x) if x.plain is None else x.plain
            return x.plain
        if isinstance(x, int | float | np.generic):
            return self._numbers.setdefault(float(x), np.array(x, self.dtype))
        return x


def with_ones(a: Array) -> Array:
    """Return ``[a; 1]``, a last row of ones below ``a``: what the next layer's bias is multiplied by."""
    full = room(a, (len(a) + 1, *a.shape[1:]), 1)
    full[:-1] = a
    return full


def room(like: Array, shape: tuple[int, ...], value: float) -> Array:
    """Return an array filled with a number, once: a replay writes only where the recorded calls do."""
    new = memory(shape, like.dtype)
    new[...] = value
    return _beside(like, new)


def uniform(rngs: tuple[np.random.Generator, ...], like: Array) -> Array:
    """Return numbers from [0, 1) shaped like ``like``; each model draws its own, and anew at each replay."""
    tape, draws = tape_of(like), np.empty((len(rngs), like.shape[0], like.shape[-1]), like.dtype)
    for rng, draw in zip(rngs, draws, strict=True):
        tape(rng.random, None, like.dtype.type, out=draw, name="draw from [0, 1)")
    return _beside(like, draws[0] if like.ndim == 2 else draws.transpose(1, 0, 2))


def tape_of(a: Array) -> Tape:
    """Return the tape that listens to an array; for a plain one, a tape that nobody will replay."""
    return a.tape if isinstance(a, Traced) else Tape(a.dtype)


def memory(shape: int | tuple[int, ...], dtype: Any) -> Array:
    """Return an array, not filled, that begins at a cache line: there NumPy adds numbers up to twice as fast."""
    dtype = np.dtype(dtype)
    size = (shape if isinstance(shape, int) else prod(shape)) * dtype.itemsize
    block = np.empty(size + LINE, np.uint8)
    start = -block.ctypes.data % LINE
    return block[start : start + size].view(dtype).reshape(shape)


def assign(value: Array, out: Array) -> None:
    """Copy ``value`` into ``out``. (Between layouts this is several times as fast as ``np.positive``.)"""
    np.copyto(out, value)


def replay(calls: list[Call]) -> None:
    """Repeat recorded calls, in order, in the memory they were recorded with."""
    for function, arguments in calls:
        function(*arguments)


def _each(function: Callable[[Any], Any], value: Any) -> Any:
    if isinstance(value, dict):
        return {name: function(v) for name, v in value.items()}
    return type(value)(map(function, value)) if isinstance(value, list | tuple) else value


def _beside(a: Array, new: Array) -> Array:
    return np.asanyarray(a.tape.watch(new)) if isinstance(a, Traced) else new
