import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.model_selection import train_test_split

from core.data.datasets import load
from core.data.spec import Data
from core.data.splits import folds, split, split_validation, subset


def labeled(y, classes=3):
    y = np.asarray(y, dtype=np.int64)
    return Data(np.arange(len(y) * 2.0).reshape(-1, 2), y, "classification", ("a",) * classes, ("u", "v"), "t")


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5])
def test_split_keeps_the_shares_of_the_classes(share):
    data = labeled([0] * 200 + [1] * 80 + [2] * 20)
    train, test = split(data, share, 3)
    np.testing.assert_array_equal(np.sort(np.concatenate([train, test])), np.arange(300))
    np.testing.assert_allclose(np.bincount(data.y[test]), np.array([200, 80, 20]) * share, atol=1)


def test_split_is_that_of_scikit_learn():
    data = load("digits", 1797, 0.0, 0)
    train, test = split(data, 0.3, 0)
    expected = train_test_split(np.arange(1797), test_size=0.3, stratify=data.y, random_state=0)
    np.testing.assert_array_equal(train, expected[0])
    np.testing.assert_array_equal(test, expected[1])


def test_split_depends_on_the_seed_only():
    data = load("moons", 100, 0.2, 0)
    np.testing.assert_array_equal(split(data, 0.3, 1)[1], split(data, 0.3, 1)[1])
    assert not np.array_equal(split(data, 0.3, 1)[1], split(data, 0.3, 2)[1])


@given(
    y=st.lists(st.integers(0, 9), min_size=2, max_size=40),
    share=st.floats(0.1, 0.5),
    seed=st.integers(0, 2**32 - 1),
)
def test_split_never_fails_on_lawful_values(y, share, seed):
    train, test = split(labeled(y, 10), share, seed)
    np.testing.assert_array_equal(np.sort(np.concatenate([train, test])), np.arange(len(y)))
    assert len(test) == min(int(np.ceil(share * len(y))), len(y) - 1)
    assert len(train) >= 1


@given(
    y=st.lists(st.integers(0, 9), min_size=1, max_size=40),
    share=st.floats(0.1, 0.5),
    seed=st.integers(0, 2**32 - 1),
)
def test_a_validation_part_is_cut_from_the_training_rows(y, share, seed):
    rows = np.random.default_rng(seed).permutation(len(y))
    train, validation = split_validation(labeled(y, 10), rows, share, seed)
    np.testing.assert_array_equal(np.sort(np.concatenate([train, validation])), np.sort(rows))
    assert len(validation) == (0 if len(y) == 1 else min(int(np.ceil(share * len(y))), len(y) - 1))


def test_a_validation_part_keeps_the_shares_of_the_classes_and_depends_on_the_seed():
    data = labeled([0] * 200 + [1] * 80 + [2] * 20)
    rows = split(data, 0.3, 3)[0]
    parts = [split_validation(data, rows, 0.2, seed)[1] for seed in (3, 3, 4)]
    np.testing.assert_allclose(np.bincount(data.y[parts[0]]), np.bincount(data.y[rows]) * 0.2, atol=1)
    np.testing.assert_array_equal(parts[0], parts[1])
    assert set(parts[0]) != set(parts[2])
    np.testing.assert_array_equal(split_validation(data, rows, 0.0, 3)[0], rows)


@pytest.mark.parametrize("share", [0.0, 0.09, 0.51, 1, float("nan")])
def test_split_refuses_other_shares(share):
    with pytest.raises(ValueError, match="test share"):
        split(labeled([0, 1] * 10), share, 0)


def test_split_needs_two_rows():
    with pytest.raises(ValueError, match="at least 2"):
        split(labeled([0]), 0.5, 0)


@pytest.mark.parametrize("k", [2, 5, 10])
def test_folds_use_every_row_once_and_keep_the_shares(k):
    data = labeled([0] * 60 + [1] * 30 + [2] * 10)
    parts = folds(data, k, 0)
    assert len(parts) == k
    np.testing.assert_array_equal(np.sort(np.concatenate([val for _, val in parts])), np.arange(100))
    for train, val in parts:
        assert not set(train) & set(val)
        assert len(train) + len(val) == 100
        np.testing.assert_allclose(np.bincount(data.y[val]), np.array([60, 30, 10]) / k, atol=1)


def test_folds_without_enough_members_are_plain():
    data = labeled([0] * 19 + [1])
    validation = [val for _, val in folds(data, 4, 0)]
    assert [len(val) for val in validation] == [5, 5, 5, 5]
    np.testing.assert_array_equal(np.sort(np.concatenate(validation)), np.arange(20))


def test_folds_of_a_regression_are_of_equal_size_and_seeded():
    data = load("sine", 52, 0.1, 0)
    assert sorted(len(val) for _, val in folds(data, 5, 0)) == [10, 10, 10, 11, 11]
    np.testing.assert_array_equal(folds(data, 5, 0)[2][1], folds(data, 5, 0)[2][1])
    assert not np.array_equal(folds(data, 5, 0)[2][1], folds(data, 5, 1)[2][1])


@pytest.mark.parametrize("k", [0, 1, 21])
def test_folds_refuse_other_numbers(k):
    with pytest.raises(ValueError, match="folds"):
        folds(labeled([0, 1] * 10), k, 0)


def test_subset_keeps_the_shares_and_grows_by_adding():
    data = labeled([0] * 100 + [1] * 50 + [2] * 50)
    previous: set[int] = set()
    for count in (4, 20, 77, 200):
        rows = subset(data, count, 5)
        assert len(set(rows)) == count
        np.testing.assert_allclose(
            np.bincount(data.y[rows], minlength=3), np.array([100, 50, 50]) * count / 200, atol=1
        )
        assert previous <= set(rows)
        previous = set(rows)


def test_ten_digits_are_one_of_each():
    data = load("digits", 1797, 0.0, 0)
    for seed in range(5):
        np.testing.assert_array_equal(np.sort(data.y[subset(data, 10, seed)]), np.arange(10))


def test_subset_is_seeded_and_never_too_large():
    data = load("sine", 30, 0.1, 0)
    np.testing.assert_array_equal(subset(data, 12, 1), subset(data, 12, 1))
    assert not np.array_equal(subset(data, 12, 1), subset(data, 12, 2))
    np.testing.assert_array_equal(subset(data, 99, 1), np.arange(30))
