"""How NumPy tells a tape what is done with an array.

NumPy asks an array's class before it runs a function on it. An ordinary array has nothing to say. A `Traced` one says:
let my tape do that. Then ``a * b`` reads ``tape(np.multiply, a, b)``, and ``W @ x`` reads ``tape.product(W, x)``,
whoever wrote it. (The protocol is ``__array_ufunc__``, NumPy enhancement proposal 13; JAX and PyTorch trace alike.)
"""

import linecache
import re
import sys
from itertools import islice
from types import CodeType, SimpleNamespace
from typing import Any

import numpy as np

Array = np.ndarray


class Traced(np.ndarray):
    """An array that a tape listens to, as it does to whatever is computed from it.

    When Python drops a result because nobody can read it any more, the tape uses its memory for a later one.
    """

    tape: Any
    plain: Array | None = None  # the same memory, as recorded calls take it
    owned = False  # whether the memory is the tape's to use again
    moved = False  # whether the result has gone into another array

    def __array_finalize__(self, parent: Any) -> None:
        self.tape = getattr(parent, "tape", None)

    def __array_ufunc__(self, function: Any, method: Any, *inputs: Any, **how: Any) -> Any:  # type: ignore[override]
        out = how.pop("out", (None,))
        tape = next(x.tape for x in (*inputs, *out) if isinstance(x, Traced))
        special = how.get("where", True) is not True or how.get("dtype") is not None or np.isscalar(how.get("initial"))
        if method not in ("__call__", "reduce") or special:
            raise TypeError(f"the tape does not know {function.__name__}.{method} with {how}")
        if method == "reduce":
            return tape.reduce(function, inputs[0], how["axis"], how.get("keepdims", False), out[0])
        if function is np.matmul:
            return tape.product(inputs[0], inputs[1], out[0])
        return tape(function, *inputs, out=out[0])

    def __array_function__(self, function: Any, *how: Any) -> Any:
        raise TypeError(f"the tape hears ufuncs, @ and sums, and np.{function.__name__} is none: write it with those")

    def __setitem__(self, where: Any, value: Any) -> None:
        target = self[where]
        if target.base is not self and target.base is not self.base:
            raise TypeError("the tape hears assignments to slices only")
        self.tape.assign(target, value)

    def __del__(self) -> None:
        if self.owned and self.plain is not None:
            self.tape.free.setdefault((self.shape, self.dtype), []).append(self.plain)


def window(x: Traced) -> Array:
    """Return a slice or transpose as a plain array: it holds on to the memory, and not to the result it looks into."""
    if not isinstance(x.base, Traced):
        return x.view(np.ndarray)
    return np.asarray(SimpleNamespace(__array_interface__=x.__array_interface__, memory=x.base.plain))


def source(*machinery: str) -> tuple[CodeType, int]:
    """Return where the call that is being heard was made: outside of NumPy and of the files of the ``machinery``."""
    frame: Any = sys._getframe(2)
    while frame.f_code.co_filename in machinery or frame.f_globals["__name__"].startswith("numpy."):
        frame = frame.f_back
    return frame.f_code, frame.f_lasti


def quoted(code: CodeType, at: int) -> str:
    """Return an expression as it stands in the source, such as ``1 - a * a`` or ``z = W @ x``."""
    first, last, start, stop = next(islice(code.co_positions(), at // 2, None))
    if first is None or start is None or stop is None:
        return code.co_name
    line = linecache.getline(code.co_filename, first)
    stop = stop if last == first and line[stop : stop + 3] != " = " else len(line)
    target = re.fullmatch(r"\s*(\w+)(\[\.\.\.\])? = ", line[:start]) if not line[stop:].strip() else None
    return (f"{target[1]} = " if target else "") + line[start:stop].strip()
