"""Points by a formula: what is read, what is refused, and on which side of the curve a point lies."""

import contextlib

import numpy as np
import pytest

from core.data.drawn import FormulaError, above, formula

SOME = np.array([[0.5, -1.0], [2.0, 3.0]])


@pytest.mark.parametrize(("text", "values"), [
    ("x1", [0.5, 2]), ("2*x₁ + 1", [2, 5]), ("x1^2 - x2", [1.25, 1]), ("−x", [-0.5, -2]), ("3", [3, 3]),
    ("sin(pi*y)", np.sin(np.pi * SOME[:, 1])), ("abs(x2)/2", [0.5, 1.5]), ("X1²", [0.25, 4]),
    ("π*x1", np.pi * SOME[:, 0]), ("ln(x1)", np.log(SOME[:, 0])), ("√(x1)", np.sqrt(SOME[:, 0])),
])  # fmt: skip
def test_formulas_are_computed(text, values):
    np.testing.assert_allclose(formula(text)(SOME), values, atol=1e-12)


@pytest.mark.parametrize("text", [
    "", "x1 +", "__import__('os')", "x1.__class__", "[x1]", "lambda: 1", "open(1)", "sin", "x3", "sin(x1, x2)", "'a'*9",
    "x1 if x2 else 1", "9**9**9**9**9", "(" * 70, "1e999", "True", "x1; x2", "y:=1", "f'{x1}'", "1" * 200, "x1 & x2",
])  # fmt: skip
def test_everything_else_is_refused_or_computed_at_once(text):
    with contextlib.suppress(FormulaError):
        assert formula(text)(SOME).shape == (2,)


def test_class_1_lies_above():
    data = above("sin(2*x1)", 150, 0, 1)
    assert np.array_equal(data.y, data.X[:, 1] > np.sin(2 * data.X[:, 0]))
    ring = above("x1^2 + x2^2 - 2", 150, 0, 1)
    assert np.array_equal(ring.y, (ring.X**2).sum(1) > 2)
    noisy = above("sin(2*x1)", 150, 0.2, 1)
    assert (noisy.y != data.y).sum() == 30
    with pytest.raises(FormulaError, match="no value on most"):
        above("sqrt(x1 - 9)", 50, 0, 0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("sin", "“sin” needs brackets, such as sin"),
        ("0,5*x1", "decimal numbers with a point"),
        ("1e999", "go up to 1,000,000"),
        ("max(x1)", "A formula is made of numbers"),
        ("z*2", "“z” is unknown"),
        ("sin x1", "“sin” needs brackets, such as sin"),
        ("y = sin(x)", "leave out the “=”"),
        ("|x1|", "write abs"),
        ("√x1", "“sqrt” needs brackets, such as sqrt"),
    ],
)
def test_a_formula_that_cannot_be_read_says_what_is_the_matter(text, says):
    with pytest.raises(FormulaError, match=says):
        formula(text)
