"""Numbers in formulas: what is written gives what is written, for whoever checks it with a calculator."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ui import formula

SIZES = st.floats(-5, 5).map(lambda v: round(v, 6))


def as_written(value: float, digits: int) -> Decimal:
    return Decimal(f"{value:.{digits}f}")


@given(st.lists(SIZES, min_size=3, max_size=9).filter(lambda v: len(v) % 2))
def test_the_written_factors_of_a_sum_give_the_written_result(values):
    def weighted(v):
        half = len(v) // 2
        return sum(a * b for a, b in zip(v[:half], v[half:-1], strict=True)) + v[-1]

    digits, after = formula.agreeing(values, weighted)
    shown = weighted([as_written(v, digits) for v in values])
    assert abs(shown - as_written(weighted(values), after)) < Decimal("0.5") * Decimal(10) ** -after


@given(SIZES, st.floats(-1e-3, 1e-3), st.sampled_from([0.1, 0.5, 1.0]))
def test_the_written_step_gives_the_written_weight(weight, gradient, rate):
    digits, after = formula.agreeing([weight, gradient], lambda v: v[0] - rate * v[1], 4, 4, 8)
    shown = as_written(weight, digits) - Decimal(str(rate)) * as_written(gradient, digits)
    assert abs(shown - as_written(weight - rate * gradient, after)) < Decimal("0.5") * Decimal(10) ** -after


def test_a_result_in_the_middle_is_written_whole():
    assert formula.agreeing([0.5, 0.85, 0.2], lambda v: v[0] * v[1] + v[2]) == (2, 3)  # 0.625
    assert formula.agreeing([0.5, 0.8, 0.2], lambda v: v[0] * v[1] + v[2]) == (2, 2)


@pytest.mark.parametrize("value", [-0.0, -0.004, -1e-12])
def test_no_minus_stands_before_a_zero(value):
    assert formula.number(value, "z").endswith("{0.00}")
    assert formula.weight(value, 1, alone=True).endswith("{0.0}")
    assert formula.number(np.float32(-0.5), "z").endswith("{(-0.50)}")


def test_numbers_of_numpy_agree_as_they_are_written():
    values = [np.float64(9.9675), np.float64(2.28681543)]  # written 9.967, but NumPy rounds it to 9.968
    digits, after = formula.agreeing(values, lambda v: v[0] - 0.013 * v[1], 3, 3)
    written = [float(f"{v:.{digits}f}") for v in values]
    assert abs(written[0] - 0.013 * written[1] - (9.9675 - 0.013 * 2.28681543)) < 0.51 * 10.0**-after
