import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, ndtr

from core.nn.activations import ACTIVATIONS, normal_cdf
from core.nn.initializers import INITIALIZERS
from core.nn.tape import Tape

GOLDEN = json.loads((Path(__file__).parents[1] / "golden/functions.json").read_text())["activations"]
BENT = {"relu", "leaky_relu", "elu"}  # at 0 the slope jumps, or (ELU) starts to change
each = pytest.mark.parametrize("name", list(ACTIVATIONS))


def test_every_activation_has_a_golden_case():
    assert {case["name"] for case in GOLDEN} == set(ACTIVATIONS)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_values_and_slopes_are_pytorchs(case):
    f = ACTIVATIONS[case["name"]]
    np.testing.assert_allclose(f(case["z"]), case["a"], rtol=1e-11, atol=1e-12)
    np.testing.assert_allclose(f.slope(case["z"]), case["da_dz"], rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize(
    ("name", "oracle"),
    [("sigmoid", expit), ("gelu", lambda z: z * ndtr(z)), ("silu", lambda z: z * expit(z))],
)
def test_values_are_scipys(name, oracle):
    """To 1e-13 of z itself, since what GELU and SiLU multiply by z is right to 1e-13."""
    z = np.linspace(-40, 40, 2001)
    size = np.maximum(1, np.abs(z))
    np.testing.assert_allclose(ACTIVATIONS[name](z) / size, oracle(z) / size, rtol=0, atol=1e-13)


def test_the_normal_distribution_function_is_scipys_to_1e_13():
    z = np.linspace(-12, 12, 4001)
    np.testing.assert_allclose(normal_cdf(z), ndtr(z), rtol=0, atol=1e-13)
    out = np.empty_like(z)
    assert normal_cdf(z, out) is out
    np.testing.assert_array_equal(out, normal_cdf(z))


@each
@given(z=st.floats(-8, 8))
def test_slopes_agree_with_nudges(name, z):
    if name in BENT and abs(z) < 1e-3:
        return
    f, h = ACTIVATIONS[name], 1e-5
    up, down = f([z + h, z - h])
    assert f.slope([z])[0] == pytest.approx((up - down) / (2 * h), abs=1e-8)


@each
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_backward_multiplies_the_slope_by_what_comes_from_above(name, dtype):
    rng = np.random.default_rng(0)
    z, da = (rng.normal(size=(3, 2, 5)).astype(dtype) for _ in range(2))
    tape, f = Tape(dtype), ACTIVATIONS[name]
    expected = da * f.slope(z)
    a, *_ = saved = tape.record(f.saved, z)
    dz = tape.record(f.backward, da, *saved)
    assert dz.dtype == dtype
    np.testing.assert_allclose(a, f(z), atol=1e-6 if dtype == np.float32 else 1e-15)
    np.testing.assert_allclose(dz, expected, atol=1e-6 if dtype == np.float32 else 1e-15)


@each
def test_a_step_can_be_replayed_on_other_numbers(name):
    f, z, tape = ACTIVATIONS[name], np.array([0.3, -0.7]), Tape(np.float64)
    a, *_ = saved = tape.record(f.saved, z)
    dz = tape.record(f.backward, np.ones(2), *saved)
    z[:] = -1.2, 2.5
    tape.replay()
    np.testing.assert_array_equal(a, f(z))
    np.testing.assert_array_equal(dz, f.slope(z))


@each
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_far_out_everything_is_finite(name, dtype):
    """Overflow would be a RuntimeWarning, which these tests turn into an error."""
    z = np.array([-1e4, -90, 0, 90, 1e4], dtype)
    tape = Tape(dtype)
    a, *_ = saved = tape.record(ACTIVATIONS[name].saved, z)
    dz = tape.record(ACTIVATIONS[name].backward, np.ones_like(z), *saved)
    assert np.isfinite(a).all()
    assert np.isfinite(dz).all()


def test_by_hand():
    assert ACTIVATIONS["sigmoid"]([0.0]).tolist() == [0.5]
    assert ACTIVATIONS["sigmoid"].slope([0.0]).tolist() == [0.25]
    assert ACTIVATIONS["tanh"].slope([0.0]).tolist() == [1]
    assert ACTIVATIONS["relu"]([-2.0, 3.0]).tolist() == [0, 3]
    assert ACTIVATIONS["leaky_relu"]([-2.0, 3.0]).tolist() == [-0.02, 3]
    assert ACTIVATIONS["elu"]([-1.0])[0] == pytest.approx(1 / np.e - 1)


@pytest.mark.parametrize(("name", "left"), [("relu", 0), ("leaky_relu", 0.01)])
def test_at_a_kink_the_slope_is_the_left_one(name, left):
    assert ACTIVATIONS[name].slope([0.0])[0] == left


def test_tanh_is_steeper_than_the_sigmoid_only_near_zero():
    tanh, sigmoid = ACTIVATIONS["tanh"], ACTIVATIONS["sigmoid"]
    assert tanh.slope([1.65])[0] > sigmoid.slope([1.65])[0]
    assert tanh.slope([1.67])[0] < sigmoid.slope([1.67])[0]
    assert tanh.slope([5.0])[0] == pytest.approx(1.8e-4, rel=0.02)
    assert sigmoid.slope([5.0])[0] == pytest.approx(6.6e-3, rel=0.02)


@each
def test_every_activation_has_words_for_people_a_start_and_a_cost(name):
    assert ACTIVATIONS[name].title
    assert "z" in ACTIVATIONS[name].formula
    assert ACTIVATIONS[name].start in INITIALIZERS
    assert ACTIVATIONS[name].nanoseconds > 0
