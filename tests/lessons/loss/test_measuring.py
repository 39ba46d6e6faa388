"""Losses asked directly, against formulas written another way."""

import numpy as np
import pytest

from core.lessons.loss.measuring import best_line, each, examples, line_loss, slope, softmax_loss
from core.nn.losses import LOSSES


def test_the_sources_example():
    assert each(LOSSES["mse"], [0.7], [0.9])[0] == pytest.approx(0.04)
    assert slope(LOSSES["mse"], [0.7], [0.9])[0] == pytest.approx(-0.4)


@pytest.mark.parametrize("name", ["mse", "mae", "huber", "bce", "brier", "hinge"])
def test_slope_is_the_slope_of_the_value(name):
    z, y, h = np.array([-2.3, -0.4, 0.3, 3.1]), np.array([1.0, -1.0, 1.0, -1.0]), 1e-6
    nudged = (each(LOSSES[name], z + h, y) - each(LOSSES[name], z - h, y)) / (2 * h)
    np.testing.assert_allclose(slope(LOSSES[name], z, y), nudged, atol=1e-8)


def test_line_loss_is_the_mean_over_examples_for_each_line():
    x, y = examples(False)
    w, b = np.array([[0.0, 0.5], [1.0, -1.0]]), np.array([[2.0, 1.0], [0.0, 4.0]])
    found = line_loss(LOSSES["mse"], x, y, w, b)
    for k in np.ndindex(2, 2):
        assert found[k] == pytest.approx(np.mean((w[k] * x + b[k] - y) ** 2))


@pytest.mark.parametrize("outlier", [False, True])
def test_best_line_of_squared_error_is_least_squares(outlier):
    x, y = examples(outlier)
    w, b = np.polyfit(x, y, 1)
    np.testing.assert_allclose(best_line(LOSSES["mse"], x, y, (-1, 2, -1, 4)), [w, b], atol=2e-4)


def test_one_wrong_example_turns_the_square_but_not_the_absolute_loss():
    x, y = examples(True)
    assert best_line(LOSSES["mse"], x, y, (-1, 2, -1, 4))[0] < 0
    assert best_line(LOSSES["mae"], x, y, (-1, 2, -1, 4))[0] > 0.3


def test_softmax_against_the_definition():
    z = np.array([2.0, 1.0, -1.0])
    p, cost, push = softmax_loss(z, 1)
    np.testing.assert_allclose(p, np.exp(z) / np.exp(z).sum())
    assert cost == pytest.approx(-np.log(p[1]))
    np.testing.assert_allclose(push, p - [0, 1, 0], atol=1e-12)
