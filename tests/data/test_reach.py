"""New points far from the training data are named, and a likely factor is offered."""

import numpy as np
import pytest

from core.data.datasets import load
from core.data.reach import FAR, reach, warning

DIGITS, IRIS = load("digits", 600, 0.0, 0), load("iris", 150, 0.0, 0)


@pytest.mark.parametrize(
    ("points", "known", "factor"),
    [
        (DIGITS.X[:20] * 16, DIGITS, 16), (DIGITS.X[:20] * 255, DIGITS, 255), (DIGITS.X[:20] * 100, DIGITS, 100),
        (IRIS.X[:20] * 10, IRIS, 10), (IRIS.X[:20] / 100, IRIS, 0.01),
    ],
)  # fmt: skip
def test_a_usual_factor_is_found(points, known, factor):
    found = reach(points, known.X, known.features)
    assert found.factor == factor
    assert found.far == 20
    assert reach(points / factor, known.X, known.features).far == 0


@pytest.mark.parametrize("name", ["moons", "iris", "digits", "wine", "diabetes", "sine"])
def test_the_data_themselves_are_near(name):
    data = load(name, 150, 0.1 if name in ("moons", "sine") else 0.0, 0)
    found = reach(data.X[100:], data.X[:100], data.features)
    assert found.far == 0
    assert found.factor is None


def test_the_limit_is_a_width_of_the_range():
    known = np.array([[0.0, 5.0], [2.0, 5.0]])  # the second never changes: it is held against the usual width
    for value, far in ((2 + 2 * FAR, 0), (2 + 2 * FAR + 0.01, 1), (-2 * FAR - 0.01, 1)):
        assert reach(np.array([[value, 5.0]]), known, "ab").far == far
    assert reach(np.array([[1.0, 7.5]]), known, "ab").worst == (0, 1)


def test_the_warning_names_the_farthest_value():
    points = np.array([[1.0, 0.5], [16.0, 0.5], [-3.0, 0]])
    found = reach(points, np.array([[0.0, 0.0], [1.0, 1.0]]), ("x₁", "x₂"))
    text = warning(found, points, ("x₁", "x₂"), [2, 5, 6])
    assert text.startswith("2 of 3 rows lie far outside what this network was trained on: in row 5 “x₁” is 16,")
    assert "run from 0 to 1" in text
    assert found.factor is None  # no factor brings −3 there
    assert warning(reach(points[:1], points, "ab"), points[:1], ("x₁", "x₂"), [2]) == ""
