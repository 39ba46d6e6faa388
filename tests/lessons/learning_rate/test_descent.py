"""Descent in a valley: counts that can be solved for, and schedules on a noisy one."""

import math

import numpy as np
import pytest

from core.lessons.learning_rate.descent import Noisy, descend, steps_needed, threshold
from core.nn.schedules import SCHEDULES


@pytest.mark.claims
@pytest.mark.parametrize(
    ("rate", "steps"), [(0.01, 170), (0.1, 14), (0.25, 1), (0.4, 14), (0.49, 170), (0.5, None), (0.501, None)]
)
def test_steps_of_the_valley_of_curvature_four(rate, steps):
    assert steps_needed(rate, 4.0) == steps
    factor = abs(1 - 4 * rate)
    if 0 < factor < 1:  # |factor|^n < 1/1000, solved for n
        assert steps == math.floor(math.log(1e-3) / math.log(factor)) + 1


def test_the_walk_is_a_power():
    np.testing.assert_allclose(descend(1.5, 0.3, 2.0, 9), 1.5 * 0.4 ** np.arange(10))


def test_at_the_threshold_it_bounces_and_beyond_it_leaves():
    assert threshold(4.0) == 0.5
    np.testing.assert_array_equal(np.abs(descend(1.0, 0.5, 4.0, 100)), 1.0)
    path = descend(1.0, 0.501, 4.0, 500)
    assert abs(path[1]) == pytest.approx(1.004)
    assert abs(path[-1]) > 7


@pytest.mark.parametrize("L", [2.0, 8.0])
def test_rates_equally_far_from_the_best_need_equally_many_steps(L):
    for off in (0.15, 0.5, 0.8):
        assert steps_needed((1 - off) / L, L) == steps_needed((1 + off) / L, L)


def test_a_noiseless_schedule_is_a_product_of_factors():
    rates = SCHEDULES["cosine"](np.arange(200), 200, 0.5)
    L = np.array(Noisy().curvatures)
    x = 3 * np.prod(1 - rates[:, None] * L, axis=0)
    losses, used = Noisy(noise=0.0).scheduled("cosine", 0.5, 1)
    assert losses[0, -1] == pytest.approx((L * x * x / 2).sum())
    np.testing.assert_array_equal(used[0], rates)


@pytest.mark.claims
def test_what_the_page_says_of_schedules():
    noisy, still = ({n: Noisy(noise=v).scheduled(n, 0.5)[0][:, -1].mean() for n in SCHEDULES} for v in (1.0, 0.0))
    assert all(noisy[n] < 0.75 * noisy["constant"] for n in SCHEDULES if n != "constant")
    assert all(still[n] > 1000 * still["constant"] for n in SCHEDULES if n not in {"constant", "plateau"})
    assert still["plateau"] == pytest.approx(still["constant"])  # its loss always falls, so its rate stays
    assert noisy["warmup_cosine"] > 1.02 * noisy["cosine"]


def test_the_level_that_noise_keeps_a_constant_rate_at():
    """In the long run each direction's loss is eta noise^2 / (2 (2 - eta L))."""
    noisy = Noisy(steps=400)
    losses = noisy.scheduled("constant", 0.5, 400)[0][:, -100:].mean()
    assert losses == pytest.approx(sum(0.5 / (2 * (2 - 0.5 * L)) for L in noisy.curvatures), rel=0.05)


def test_each_walk_on_a_plateau_lowers_its_own_rate():
    rates = Noisy().scheduled("plateau", 0.5, 6)[1]
    assert len({tuple(r) for r in rates}) > 1
    assert (np.diff(rates, axis=1) <= 0).all()
