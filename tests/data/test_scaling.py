import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.preprocessing import StandardScaler

from core.data.scaling import Standardizer

TABLES = arrays(np.float64, st.tuples(st.integers(1, 12), st.integers(1, 4)), elements=st.floats(-1e12, 1e12))


def test_standardizer_is_that_of_scikit_learn():
    X = np.random.default_rng(0).normal(5, [1e-3, 1, 1e3], (50, 3))
    np.testing.assert_allclose(Standardizer.fit(X).apply(X), StandardScaler().fit_transform(X), atol=1e-9)


def test_by_hand():
    scaler = Standardizer.fit(np.array([[1.0, 10.0], [3.0, 30.0]]))
    np.testing.assert_allclose(scaler.mean, [2, 20])
    np.testing.assert_allclose(scaler.scale, [1, 10])
    np.testing.assert_allclose(scaler.apply(np.array([[4.0, 0.0]])), [[2, -2]])
    np.testing.assert_allclose(scaler.undo(np.array([[2.0, -2.0]])), [[4, 0]])


def test_a_constant_column_becomes_zero():
    X = np.column_stack([np.full(7, 0.1), np.arange(7.0), np.full(7, 1e9)])
    scaler = Standardizer.fit(X)
    np.testing.assert_array_equal(scaler.scale[[0, 2]], 1)
    np.testing.assert_allclose(scaler.apply(X)[:, [0, 2]], 0, atol=1e-12)


def test_rounding_is_no_spread_and_small_numbers_are():
    X = np.array([[0.3, 1e-9, 5e-324], [0.1 + 0.2, 3e-9, 0.0]])
    np.testing.assert_allclose(Standardizer.fit(X).scale, [1, 1e-9, 1])


@pytest.mark.parametrize("size", [1e-6, 1.0, 1e9])
def test_what_counts_as_spread_is_a_share_of_the_size(size):
    """Ten seconds in a column of times since 1970 are spread; a ten-billionth of any size is not."""
    steps = np.linspace(-1, 1, 50)
    scaler = Standardizer.fit(size * (1 + np.outer(steps, [1e-8, 1e-10])))
    np.testing.assert_allclose(scaler.scale, [1e-8 * size * steps.std(), 1], rtol=1e-6)
    Z = scaler.apply(size * (1 + np.outer(steps, [1e-8, 1e-10])))
    np.testing.assert_allclose(Z[:, 0].mean(), 0, atol=1e-7)
    np.testing.assert_allclose(Z[:, 1], 0, atol=1e-9 * size)


def test_a_target_is_a_single_column():
    y = np.array([2.0, 4.0, 9.0])
    scaler = Standardizer.fit(y)
    assert scaler.mean.shape == scaler.scale.shape == ()
    np.testing.assert_allclose(scaler.undo(scaler.apply(y)), y)
    np.testing.assert_allclose(scaler.apply(y).std(), 1)


def test_identity_changes_nothing():
    X = np.array([[1.5, -2.0]])
    np.testing.assert_array_equal(Standardizer.identity(2).apply(X), X)


@given(TABLES)
def test_always_finite_and_undone(X):
    scaler = Standardizer.fit(X)
    Z = scaler.apply(X)
    assert np.isfinite(Z).all()
    assert (scaler.scale > 0).all()
    size = 1 + np.abs(X).max()
    np.testing.assert_allclose(scaler.undo(Z), X, atol=1e-12 * size)
