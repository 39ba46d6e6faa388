import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, log_softmax
from scipy.special import softmax as scipy_softmax
from sklearn.metrics import hinge_loss, log_loss

from core.nn.gradcheck import numerical_gradient
from core.nn.losses import LOSSES
from core.nn.tape import Tape

GOLDEN = json.loads((Path(__file__).parents[1] / "golden/functions.json").read_text())["losses"]
OURS = {"cross_entropy": "softmax"}  # PyTorch's names where ours differ
HERE = {"mae", "brier"}  # PyTorch has nothing that takes logits for them: tested against their definitions
each = pytest.mark.parametrize("name", list(LOSSES))
dtypes = pytest.mark.parametrize("dtype", [np.float32, np.float64])


def targets(loss, rng, outputs, n, *middle):
    """Random answers in the loss's own code, ``(outputs, ..., n)``."""
    y = rng.integers(0, outputs, n) if loss.targets == "one-hot" else rng.integers(0, 2, (n, outputs))
    y = rng.normal(size=(n, outputs)) if loss.targets == "numbers" else y
    coded = loss.encode(y, outputs) if loss.targets != "signs" else 2.0 * y - 1
    return np.ascontiguousarray(coded.reshape(n, *middle, outputs).T)


def measured(loss, z, y, dtype=np.float64):
    tape = Tape(dtype)
    return float(tape.record(loss.value, z, y)), tape.record(loss.gradient, z, y, loss.count(z))


def test_every_loss_has_a_golden_case_or_a_definition_below():
    assert {OURS.get(case["name"], case["name"]) for case in GOLDEN} | HERE == set(LOSSES)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["case"])
def test_values_and_gradients_are_pytorchs(case):
    loss, z = LOSSES[OURS.get(case["name"], case["name"])], np.array(case["z"]).T
    y = np.array(case["y"], float).T
    if loss.targets == "one-hot":
        y = loss.encode(case["y"], len(z)).T
    elif loss.targets == "signs":
        y = 2 * y - 1
    value, dz = measured(loss, z, y)
    assert value == pytest.approx(case["loss"], rel=1e-11, abs=1e-15)
    np.testing.assert_allclose(loss.each(z, y), np.array(case["each"]).T, rtol=1e-11, atol=1e-15)
    np.testing.assert_allclose(dz, np.array(case["dz"]).T, rtol=1e-11, atol=1e-15)


@each
@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("seed", range(3))
def test_gradients_agree_with_nudges(name, outputs, seed):
    loss, rng = LOSSES[name], np.random.default_rng(seed)
    z, y = rng.normal(0, 2, (outputs, 6)), targets(LOSSES[name], rng, outputs, 6)
    flat = z.reshape(-1)
    slope = numerical_gradient(lambda: float(loss.value(z, y)), flat)
    np.testing.assert_allclose(measured(loss, z, y)[1].ravel(), slope, atol=1e-9)


@each
@pytest.mark.parametrize("outputs", [1, 3])
def test_models_side_by_side_are_judged_each_on_its_own(name, outputs):
    loss, rng = LOSSES[name], np.random.default_rng(0)
    z, y = rng.normal(size=(outputs, 4, 6)), targets(loss, rng, outputs, 6, 1)
    values, dz = loss.value(z, y), loss.gradient(z, y, loss.count(z))
    assert values.shape == (4,)
    for m in range(4):
        value, gradient = measured(loss, np.ascontiguousarray(z[:, m]), np.ascontiguousarray(y[:, 0]))
        assert values[m] == pytest.approx(value, rel=1e-14)
        np.testing.assert_allclose(dz[:, m], gradient, rtol=1e-13)


@each
@dtypes
def test_extreme_logits_are_finite(name, dtype):
    """Overflow or log(0) would be a RuntimeWarning, which these tests turn into an error."""
    loss, far = LOSSES[name], np.array([[-1e4, -1e4, 1e4, 1e4], [1e4, 0, -1e4, 1e4]], dtype)
    for y in targets(loss, np.random.default_rng(0), 2, 4), targets(loss, np.random.default_rng(1), 2, 4):
        value, dz = measured(loss, far, y.astype(dtype), dtype)
        predicted = Tape(dtype).record(loss.predict, far)
        assert dz.dtype == predicted.dtype == dtype
        assert np.isfinite(value)
        assert value >= 0
        assert np.isfinite(dz).all()
        assert np.isfinite(predicted).all()


def test_by_hand():
    z, yes = np.array([[0.0]]), np.array([[1.0]])
    assert measured(LOSSES["mse"], z, 3 * yes) == (9, -6)
    assert measured(LOSSES["mae"], z, 3 * yes) == (3, -1)
    assert measured(LOSSES["huber"], z, 3 * yes) == (2.5, -1)
    assert measured(LOSSES["hinge"], z, yes) == (1, -1)
    assert measured(LOSSES["hinge"], z + 1.5, yes) == (0, 0)
    assert measured(LOSSES["bce"], z, yes) == (pytest.approx(np.log(2)), -0.5)
    assert measured(LOSSES["brier"], z, yes) == (0.25, -0.25)
    three = measured(LOSSES["softmax"], np.zeros((3, 1)), np.array([[1.0], [0], [0]]))
    assert three[0] == pytest.approx(np.log(3))
    np.testing.assert_allclose(three[1].ravel(), [-2 / 3, 1 / 3, 1 / 3])


logits = st.lists(st.floats(-30, 30), min_size=2, max_size=6)


@given(z=logits, seed=st.integers(0, 99))
def test_two_class_losses_are_their_definitions(z, seed):
    z, rng = np.array([z]), np.random.default_rng(seed)
    y = targets(LOSSES["bce"], rng, 1, z.size)
    t, p = (y + 1) / 2, expit(z)
    by_definition = {
        "bce": -np.where(t == 1, np.log(p), np.log1p(-p)).mean() if (np.abs(z) < 20).all() else None,
        "brier": np.square(p - t).mean(),
        "hinge": np.maximum(0, 1 - y * z).mean(),
    }
    for name, value in by_definition.items():
        if value is not None:
            assert measured(LOSSES[name], z, y)[0] == pytest.approx(value, rel=1e-6, abs=1e-12)


@given(z=logits, y=logits)
def test_losses_of_numbers_are_their_definitions(z, y):
    n = min(len(z), len(y))
    z, y = np.array([z[:n]]), np.array([y[:n]])
    e = np.abs(z - y)
    assert measured(LOSSES["mse"], z, y)[0] == pytest.approx((e**2).mean())
    assert measured(LOSSES["mae"], z, y)[0] == pytest.approx(e.mean())
    assert measured(LOSSES["huber"], z, y)[0] == pytest.approx(np.where(e <= 1, e**2 / 2, e - 0.5).mean())


def test_classes_are_judged_as_scikit_learn_and_scipy_judge_them():
    rng = np.random.default_rng(0)
    z, y, labels = rng.normal(0, 2, (3, 20)), rng.integers(0, 3, 20), rng.integers(0, 2, 20)
    value, dz = measured(LOSSES["softmax"], z, LOSSES["softmax"].encode(y, 3).T)
    assert value == pytest.approx(log_loss(y, scipy_softmax(z, 0).T), rel=1e-12)
    assert value == pytest.approx(-log_softmax(z, 0)[y, np.arange(20)].mean(), rel=1e-12)
    np.testing.assert_allclose(dz, (scipy_softmax(z, 0) - np.eye(3)[y].T) / 20, atol=1e-15)
    signs = LOSSES["hinge"].encode(labels, 1).T
    assert measured(LOSSES["hinge"], z[:1], signs)[0] == pytest.approx(hinge_loss(labels, z[0]), rel=1e-12)
    assert measured(LOSSES["bce"], z[:1], signs)[0] == pytest.approx(log_loss(labels, expit(z[0])), rel=1e-12)


def test_two_softmax_outputs_are_one_logit():
    rng = np.random.default_rng(0)
    z, y = rng.normal(size=(1, 9)), rng.integers(0, 2, 9)
    one = measured(LOSSES["bce"], z, LOSSES["bce"].encode(y, 1).T)
    two = measured(LOSSES["softmax"], np.vstack([0 * z, z]), LOSSES["softmax"].encode(y, 2).T)
    assert one[0] == pytest.approx(two[0])
    np.testing.assert_allclose(one[1], two[1][1:])


def test_a_confident_mistake_is_pushed_back_by_cross_entropy_and_not_by_squared_error():
    z, yes = np.array([[-12.0]]), np.array([[1.0]])
    assert abs(measured(LOSSES["bce"], z, yes)[1].item()) > 0.99
    assert abs(measured(LOSSES["brier"], z, yes)[1].item()) < 1e-4


@each
def test_predictions_are_probabilities_or_the_numbers_themselves(name):
    loss, z = LOSSES[name], np.random.default_rng(0).normal(0, 3, (3, 2, 5))
    p = loss.predict(z)
    expected = {"signs": expit(z), "one-hot": scipy_softmax(z, 0), "numbers": z}[loss.targets]
    np.testing.assert_allclose(p, expected, rtol=1e-12)


def test_softmax_gradients_stay_off_the_smallest_numbers():
    """Below the smallest normal float32 a product takes a hundred times longer: on digits, whole steps took eight."""
    gap = np.linspace(0, 200, 401, dtype=np.float32)
    z, y = np.stack([0 * gap, -gap]), np.stack([gap * 0 + 1, gap * 0])
    _, dz = measured(LOSSES["softmax"], z, y, np.float32)
    assert np.abs(dz[1]).min() > 1e3 * np.finfo(np.float32).tiny
    np.testing.assert_allclose(dz[1], scipy_softmax(z.astype(float), 0)[1] / 401, rtol=1e-4, atol=1e-28)


def test_targets_are_encoded_as_the_loss_wants_them():
    assert LOSSES["bce"].encode(np.array([0, 1, 1]), 1).tolist() == [[-1], [1], [1]]
    assert LOSSES["softmax"].encode(np.array([2, 0]), 3).tolist() == [[0, 0, 1], [1, 0, 0]]
    assert LOSSES["mse"].encode(np.array([0.5, 2]), 1).tolist() == [[0.5], [2]]
    assert LOSSES["mse"].encode(np.array([[0.5, 2]]), 2).tolist() == [[0.5, 2]]


@each
def test_every_loss_that_a_setting_leads_to_has_words_for_people(name):
    assert bool(LOSSES[name].label) == bool(LOSSES[name].choice) == (name != "mae")
    assert "_" not in LOSSES[name].label
    assert LOSSES[name].targets in {"signs", "one-hot", "numbers"}
