import numpy as np
import pytest

from core.data.datasets import load
from core.data.features import FEATURES, expand

POINTS = np.array([[2.0, -3.0], [0.0, 0.5]])
BY_HAND = {
    "x1": [2, 0],
    "x2": [-3, 0.5],
    "x1sq": [4, 0],
    "x2sq": [9, 0.25],
    "x1x2": [-6, 0],
    "sinx1": [0.9092974268256817, 0],
    "sinx2": [-0.1411200080598672, 0.479425538604203],
}


def test_every_feature_by_hand():
    assert list(FEATURES) == list(BY_HAND)
    for name, values in BY_HAND.items():
        np.testing.assert_allclose(expand(POINTS, [name])[:, 0], values, atol=1e-15)


def test_columns_come_in_the_order_of_the_names():
    np.testing.assert_allclose(expand(POINTS, ["x1x2", "x1", "x2sq"]), [[-6, 2, 9], [0, 0, 0.25]])


def test_the_points_stay_as_they_are():
    X = POINTS.copy()
    expand(X, ["x1", "x2"])[:] = 99
    np.testing.assert_array_equal(X, POINTS)


def test_labels_are_distinct_and_for_the_screen():
    assert FEATURES["x1sq"].label == "x₁²"
    assert len({feature.label for feature in FEATURES.values()}) == len(FEATURES)


@pytest.mark.parametrize("X", [np.zeros((3, 1)), np.zeros((3, 3)), np.zeros(2)])
def test_only_planar_points(X):
    with pytest.raises(ValueError, match="plane"):
        expand(X, ["x1"])


@pytest.mark.parametrize("names", [[], ["x3"], ["x1", "X2"]])
def test_unknown_or_no_features(names):
    with pytest.raises(ValueError, match="x1sq"):
        expand(POINTS, names)


def test_with_squares_a_straight_line_parts_the_circles():
    data = load("circles", 200, 0.05, 0)

    def accuracy(X):
        inputs = np.column_stack([X, np.ones(len(X))])
        weights = np.linalg.lstsq(inputs, 2.0 * data.y - 1, rcond=None)[0]
        return ((inputs @ weights > 0) == data.y).mean()

    assert accuracy(data.X) < 0.7
    assert accuracy(expand(data.X, ["x1sq", "x2sq"])) == 1.0
