import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nn import penalties
from core.nn.gradcheck import numerical_gradient
from core.nn.layers import stack
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.nn.optimizers import SGD
from core.nn.tape import Tape
from core.training.loop import fit
from core.training.recipe import Recipe

THETA = np.array([2.0, -3.0, 5.0])
MASK = np.array([1.0, 1.0, 0.0])  # the last is a bias


def added(l1, l2, theta=THETA):
    tape, grad = Tape(np.float64), np.zeros(theta.size)
    penalties.add_gradient(tape, theta, grad, l1, l2)
    return grad, tape


def test_by_hand():
    """0.1 (2 + 3) + 0.2 / 2 (4 + 9), and nothing for the bias."""
    assert penalties.value(THETA, 0.1 * MASK, 0.2 * MASK) == pytest.approx(0.5 + 1.3)
    np.testing.assert_allclose(added(0.1 * MASK, 0.2 * MASK)[0], [0.1 + 0.4, -0.1 - 0.6, 0])


@pytest.mark.parametrize(("l1", "l2", "calls"), [(0, 0, 0), (0, 0.1, 2), (0.1, 0, 3), (0.1, 0.1, 5)])
def test_only_what_is_asked_for_is_recorded(l1, l2, calls):
    assert len(added(l1 * MASK, l2 * MASK)[1].calls) == calls


@given(
    theta=st.lists(st.floats(-5, 5).filter(lambda w: abs(w) > 1e-3), min_size=3, max_size=3),
    l1=st.floats(0, 1),
    l2=st.floats(0, 1),
)
def test_the_gradient_is_that_of_the_value(theta, l1, l2):
    theta = np.array(theta)
    slope = numerical_gradient(lambda: penalties.value(theta, l1 * MASK, l2 * MASK), theta)
    np.testing.assert_allclose(added(l1 * MASK, l2 * MASK, theta)[0], slope, atol=1e-8)


def trained(**penalty):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 5))
    network = Network(stack((), 1, inputs=5), 5, dtype=np.float64)
    network.start([0])
    recipe = Recipe(LOSSES["mse"], SGD(), 0.05, batch_size=60, epochs=400, **penalty)
    fit(network, recipe, (X, 2 * X[:, 0] + 0.1 * rng.normal(size=60) + 3))
    return network.p["0.W"][0]


def test_l2_shrinks_l1_selects_and_biases_stay_free():
    free, shrunk, selected = trained(), trained(l2=2.0), trained(l1=0.5)
    assert free[0] == pytest.approx(2, abs=0.1)
    assert 0.7 < shrunk[0] < 1.3  # as for one input of variance 1: 2 / (1 + l2 / 2)
    assert selected[0] == pytest.approx(2 - 0.25, abs=0.1)
    assert np.abs(selected[1:5]).max() < 0.05
    assert all(w[-1] == pytest.approx(3, abs=0.3) for w in (free, shrunk, selected))
