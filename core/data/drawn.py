"""Points by a formula of the learner's own: which side of a curve they lie on.

What is typed is taken apart by Python's own parser and computed node by node: numbers, the two inputs, a few functions,
and arithmetic. Nothing else is ever run.
"""

import ast
from collections.abc import Callable

import numpy as np

from core.data.carried import usual_classes
from core.data.spec import Data, Floats

LONGEST, MOST_PARTS, LARGEST = 80, 60, 1e6
_FUNCTIONS: dict[str, Callable[[Floats], Floats]] = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "exp": np.exp, "log": np.log, "sqrt": np.sqrt, "abs": np.abs,
    "tanh": np.tanh, "sign": np.sign, "ln": np.log,
}  # fmt: skip
_BETWEEN: dict[type[ast.operator], Callable[[Floats, Floats], Floats]] = {
    ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide, ast.Pow: np.power,
}  # fmt: skip
_TRANSLATED = str.maketrans(
    {"^": "**", "−": "-", "·": "*", "×": "*", "₁": "1", "₂": "2", "²": "**2", "³": "**3", "π": "pi", "√": "sqrt "}
)


_NEEDS_BRACKETS = "“{0}” needs brackets, such as {0}(x1)."


class FormulaError(ValueError):
    """A formula that cannot be computed; its message is meant for the learner who typed it."""


def formula(text: str) -> Callable[[Floats], Floats]:
    """Return the function ``(N, 2) -> (N,)`` that a text says, of x1 (or x) and x2 (or y).

    >>> formula("x1^2 + 2*sin(x2)")(np.array([[3.0, 0.0]]))
    array([9.])

    Raises
    ------
    FormulaError
        If it holds anything but numbers, x1, x2, + - * / ^ and the functions.
    """
    plain = " ".join(text.split()).translate(_TRANSLATED).lower()
    if not plain or len(plain) > LONGEST:
        raise FormulaError(f"Please type a formula of at most {LONGEST} signs, such as sin(2*x1).")
    if not plain.isascii():
        raise FormulaError("The formula holds a sign that we can't read. Try sin(2*x1) or sqrt(x1).")
    if "=" in plain:
        raise FormulaError("Please leave out the “=” and what stands before it: sin(2*x1), and not y = sin(2*x1).")
    if "|" in plain:
        raise FormulaError("Please write abs(x1) for the size of x1.")
    if "," in plain:
        raise FormulaError("Please write decimal numbers with a point, such as 0.5*x1.")
    for word in plain.replace("*", " ").split():
        if word in _FUNCTIONS and f"{word}(" not in plain and f"{word} (" not in plain:
            raise FormulaError(_NEEDS_BRACKETS.format(word))
    try:
        tree = ast.parse(plain, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError("We can't read this formula. Write 2*x1 for 2 times x1; or is a bracket open?") from None
    if sum(1 for _ in ast.walk(tree)) > MOST_PARTS:
        raise FormulaError("This formula has too many parts.")
    compute = _computed(tree)

    def function(X: Floats) -> Floats:
        with np.errstate(all="ignore"):
            return np.asarray(np.broadcast_to(compute(np.asarray(X, dtype=np.float64)), (len(X),)), dtype=np.float64)

    return function


def _computed(node: ast.AST) -> Callable[[Floats], Floats]:
    given = node.value if isinstance(node, ast.Constant) else None
    if isinstance(given, int | float) and not isinstance(given, bool):
        if abs(given) > LARGEST:
            raise FormulaError(f"Numbers in a formula go up to {LARGEST:,.0f}.")
        value = float(given)
        return lambda X: np.full(len(X), value)
    if isinstance(node, ast.Name):
        return _named(node.id)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        inner, turn = _computed(node.operand), -1.0 if isinstance(node.op, ast.USub) else 1.0
        return lambda X: turn * inner(X)
    if isinstance(node, ast.BinOp) and type(node.op) in _BETWEEN:
        left, right, between = _computed(node.left), _computed(node.right), _BETWEEN[type(node.op)]
        return lambda X: between(left(X), right(X))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 1 and not node.keywords:
        function, inside = _FUNCTIONS.get(node.func.id), _computed(node.args[0])
        if function is not None:
            return lambda X: function(inside(X))
    raise FormulaError(f"A formula is made of numbers, x1, x2, + - * / ^ and {', '.join(_FUNCTIONS)}.")


def _named(name: str) -> Callable[[Floats], Floats]:
    if name in ("x1", "x"):
        return lambda X: X[:, 0]
    if name in ("x2", "y"):
        return lambda X: X[:, 1]
    if name in ("pi", "e"):
        value = float(getattr(np, name))
        return lambda X: np.full(len(X), value)
    if name in _FUNCTIONS:
        raise FormulaError(_NEEDS_BRACKETS.format(name))
    raise FormulaError(f"“{name[:12]}” is unknown. The inputs are x1 and x2.")


def above(text: str, count: int, wrong: float, seed: int, half: float = 2.5) -> Data:
    """Draw points on a square, class 1 where x2 lies above the formula of x1, with a share of wrong labels.

    Parameters
    ----------
    text : str
        The formula; where it names x2, class 1 is where its value lies above 0.
    count : int
    wrong : float
        The share of labels to turn around, 0 to 0.5.
    seed : int
    half : float
        Points go from ``-half`` to ``half``, both ways.

    Raises
    ------
    FormulaError
        If the formula cannot be read, or has no value on most of the square.
    """
    function, rng = formula(text), np.random.default_rng(seed)
    X = np.round(rng.uniform(-half, half, (4 * count, 2)), 2)
    values = function(X)
    X, values = X[np.isfinite(values)][:count], values[np.isfinite(values)][:count]
    if len(X) < count:
        raise FormulaError("This formula has no value on most of the square from −2.5 to 2.5.")
    of_both = not np.array_equal(function(X), function(np.column_stack([X[:, 0], X[:, 1] + 1])))
    y = (values > 0 if of_both else X[:, 1] > values).astype(np.int64)
    turned = rng.permutation(count)[: round(wrong * count)]
    y[turned] = 1 - y[turned]
    return Data(X, y, "classification", usual_classes(2), ("x₁", "x₂"), "class")
