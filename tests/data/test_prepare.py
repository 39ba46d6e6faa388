from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.data.datasets import DATASETS, load
from core.data.features import FEATURES, expand
from core.data.label_noise import flip_labels
from core.data.prepare import prepare, prepare_data, prepare_rows
from core.data.scaling import LEAST_SPREAD
from core.data.splits import folds, split


@st.composite
def settings_of_prepare(draw):
    spec = DATASETS[draw(st.sampled_from(list(DATASETS)))]
    return {
        "name": spec.name,
        "samples": draw(st.integers(10, min(120, spec.max_samples))),
        "noise": draw(st.floats(*spec.noise_range)),
        "test_share": draw(st.floats(0.1, 0.5)),
        "features": draw(st.lists(st.sampled_from(list(FEATURES)), unique=True)),
        "seed": draw(st.integers(0, 2**32 - 1)),
        "standardize": draw(st.booleans()),
        "label_noise": draw(st.floats(0, 1)),
        "validation_share": draw(st.sampled_from([0.0, 0.2])),
    }


HARDLY_ANY_SPREAD = {
    "name": "blobs2", "samples": 10, "noise": 1.3e-10, "test_share": 0.5, "features": ["x1sq"], "seed": 0,
    "standardize": True, "label_noise": 0.0,
}  # fmt: skip


@given(settings_of_prepare())
@example(HARDLY_ANY_SPREAD)
@example(HARDLY_ANY_SPREAD | {"noise": 3e-9})
def test_every_lawful_setting_gives_a_lawful_result(options):
    ready = prepare(**options)
    spec = DATASETS[options["name"]]
    n, m, k = len(ready.train), len(ready.test), len(ready.input_names)
    v = len(ready.validation)
    assert n + v + m == len(ready.data.y) == options["samples"]
    assert v == np.ceil(options.get("validation_share", 0.0) * (n + v))
    assert ready.X_validation.shape == (v, k)
    assert ready.y_validation.shape == (v,)
    assert ready.X_train.shape == (n, k)
    assert ready.X_test.shape == (m, k)
    assert ready.y_train.shape == (n,)
    assert ready.y_test.shape == (m,)
    assert k == (len(options["features"]) if spec.dimensions == 2 and options["features"] else spec.dimensions)
    for array in (ready.X_train, ready.X_validation, ready.X_test, ready.y_train, ready.y_validation, ready.y_test):
        assert np.isfinite(array).all()
    if options["standardize"]:
        X = ready.data.X[ready.train]
        raw = expand(X, ready.features) if ready.features else X
        varies = raw.std(axis=0) > LEAST_SPREAD * np.abs(raw).max(axis=0)
        np.testing.assert_allclose(ready.X_train.mean(axis=0), 0, atol=1e-6)
        np.testing.assert_allclose(ready.X_train.std(axis=0), varies, atol=1e-6)  # 1, and 0 if constant
    np.testing.assert_array_equal(ready.inputs(ready.data.X[ready.test]), ready.X_test)
    np.testing.assert_array_equal(ready.inputs(ready.data.X[ready.validation]), ready.X_validation)
    if spec.task == "classification":
        assert ready.y_train.dtype == np.int64
        assert set(ready.y_train) | set(ready.y_test) <= set(range(spec.n_classes))
    else:
        np.testing.assert_allclose(ready.target(ready.y_test), ready.data.y[ready.test], atol=1e-9, rtol=1e-9)


def test_same_settings_same_result():
    first, second = (prepare("spirals3", 90, 0.2, 0.3, ["x1", "sinx2"], 4, label_noise=0.2) for _ in range(2))
    for field in ("train", "test", "X_train", "X_test", "y_train", "y_test"):
        np.testing.assert_array_equal(getattr(first, field), getattr(second, field))


@pytest.mark.parametrize("name", ["moons", "diabetes"])
def test_test_rows_never_influence_the_training(name):
    data = load(name, 100, 0.0, 1)
    _, test = split(data, 0.3, 1)
    before = prepare_data(data, 0.3, [], 1)
    X, y = data.X.copy(), data.y.copy()
    X[test] = 1e6
    if data.task == "regression":  # the classes of the test rows do decide the stratified split, so they stay
        y[test] = -1e6
    after = prepare_data(replace(data, X=X, y=y), 0.3, [], 1)
    np.testing.assert_array_equal(after.test, test)
    np.testing.assert_array_equal(after.scaler.mean, before.scaler.mean)
    np.testing.assert_array_equal(after.scaler.scale, before.scaler.scale)
    np.testing.assert_array_equal(after.X_train, before.X_train)
    np.testing.assert_array_equal(after.y_train, before.y_train)
    assert not np.array_equal(after.X_test, before.X_test)


def test_training_rows_do_influence_the_scaler():
    data = load("moons", 100, 0.1, 1)
    X = data.X.copy()
    X[split(data, 0.3, 1)[0][0]] = 50
    changed = prepare_data(replace(data, X=X), 0.3, [], 1)
    assert not np.array_equal(changed.scaler.mean, prepare_data(data, 0.3, [], 1).scaler.mean)


def test_features_are_computed_before_standardization():
    ready = prepare("moons", 80, 0.2, 0.25, ["x1sq", "x1x2"], 2)
    raw = expand(ready.data.X, ["x1sq", "x1x2"])
    train = raw[ready.train]
    np.testing.assert_allclose(ready.X_test, (raw[ready.test] - train.mean(axis=0)) / train.std(axis=0))
    assert ready.features == ("x1sq", "x1x2")
    assert ready.input_names == ("x₁²", "x₁x₂")


def test_no_features_and_flat_data_use_raw_inputs():
    assert prepare("moons", 50, 0.1, 0.2, [], 0).input_names == ("x₁", "x₂")
    iris = prepare("iris", 150, 0.0, 0.2, ["x1sq", "nonsense"], 0)
    assert iris.features == ()
    assert iris.input_names == iris.data.features
    with pytest.raises(ValueError, match="nonsense"):
        prepare("moons", 50, 0.1, 0.2, ["nonsense"], 0)


def test_without_standardization_inputs_are_raw_and_targets_are_not():
    ready = prepare("diabetes", 200, 0.0, 0.3, [], 0, standardize=False)
    np.testing.assert_array_equal(ready.X_train, ready.data.X[ready.train])
    assert ready.y_train.mean() == pytest.approx(0, abs=1e-12)
    assert ready.y_train.std() == pytest.approx(1)


def test_targets_return_to_their_units():
    ready = prepare("diabetes", 442, 0.0, 0.3, [], 0)
    y = ready.data.y[ready.train]
    np.testing.assert_allclose(ready.target(np.array([[0.0], [1.0]])), [[y.mean()], [y.mean() + y.std()]])
    labels = np.array([1, 0])
    assert prepare("moons", 50, 0.1, 0.2, [], 0).target(labels) is labels


@pytest.mark.parametrize("points", [[[1.0]], [[1.0, 2.0, 3.0]], [1.0, 2.0]])
def test_points_must_have_the_columns_of_the_data(points):
    with pytest.raises(ValueError, match="2"):
        prepare("moons", 50, 0.1, 0.2, ["x1"], 0).inputs(np.array(points))


def test_folds_are_scaled_by_their_own_training_rows():
    data = load("wine", 178, 0.0, 0)
    for train, val in folds(data, 5, 0):
        ready = prepare_rows(data, train, val, [])
        np.testing.assert_allclose(ready.scaler.mean, data.X[train].mean(axis=0))
        assert len(ready.X_test) == len(val)


@pytest.mark.parametrize("name", ["moons", "digits"])
@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 1.0])
def test_label_noise_changes_exactly_its_share_of_training_labels(name, share):
    clean = prepare(name, 200, 0.0, 0.3, [], 5)
    noisy = prepare(name, 200, 0.0, 0.3, [], 5, label_noise=share)
    assert (clean.y_train != noisy.y_train).sum() == round(share * len(clean.train))
    np.testing.assert_array_equal(clean.y_test, noisy.y_test)
    np.testing.assert_array_equal(clean.train, noisy.train)
    np.testing.assert_array_equal(noisy.data.y[noisy.train], noisy.y_train)
    np.testing.assert_array_equal(clean.X_train, noisy.X_train)


def test_label_noise_grows_by_adding_and_hits_all_other_classes():
    data = load("digits", 1797, 0.0, 0)
    rows = np.arange(1797)
    few, many = flip_labels(data, rows, 0.2, 3), flip_labels(data, rows, 0.6, 3)
    hit = few.y != data.y
    np.testing.assert_array_equal(few.y[hit], many.y[hit])
    steps = np.bincount((many.y - data.y)[many.y != data.y] % 10, minlength=10)
    assert steps[0] == 0
    assert steps[1:].min() > 80  # 120 expected in each
    assert not np.array_equal(flip_labels(data, rows, 0.2, 4).y, few.y)


def test_label_noise_leaves_the_original_and_regression_alone():
    data = load("moons", 50, 0.1, 0)
    y = data.y.copy()
    flip_labels(data, np.arange(50), 1.0, 0)
    np.testing.assert_array_equal(data.y, y)
    curve = load("curve", 50, 0.1, 0)
    assert flip_labels(curve, np.arange(50), 0.5, 0) is curve


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_label_noise_out_of_range(share):
    with pytest.raises(ValueError, match="wrong labels"):
        prepare("moons", 50, 0.1, 0.2, [], 0, label_noise=share)
