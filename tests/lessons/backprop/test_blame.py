"""Chain-rule products and nudges against the tape, against calculus by hand, and against TEACHING's figures."""

import numpy as np
import pytest

from core.lessons.backprop import blame, networks
from core.lessons.backprop.networks import CHAIN, CHAIN_THETA
from core.nn import small, walk
from core.nn.small import Small

ROW, ONE = np.array([[1.5]]), np.array([1.0])
SHAPES = [
    networks.PAIR,
    CHAIN,
    networks.DEEP,
    Small((2, 3, 3, 2, 1), "sigmoid", "bce"),
    Small((2, 2, 1), "relu", "brier"),
]
SHAPES += [Small((2, 1), "tanh", "brier"), Small((1, 3, 1), "identity", "mse")]


@pytest.mark.parametrize("net", SHAPES, ids=str)
@pytest.mark.parametrize("target", [0.0, 1.0])
def test_every_chain_multiplies_to_the_gradient_of_the_tape(net, target):
    theta, row = small.seeded(net, 2, biases=True), np.array([[0.4, -1.1]])[:, : net.sizes[0]]
    step = walk.train_step(net, theta, row, np.array([target]), 0.5)
    for weight in blame.all_weights(net):
        ways = blame.chain(step, weight)
        assert blame.value_of(ways) == pytest.approx(step.gradient[weight.index], rel=1e-10, abs=1e-14)
        assert len(ways) == np.prod(net.sizes[weight.layer + 1 : -1], dtype=int)


def test_weights_are_listed_as_they_lie_in_the_flat_vector():
    weights = blame.all_weights(networks.PAIR)
    assert [w.index for w in weights] == list(range(9))
    assert [(w.layer, w.unit, w.source) for w in weights][6:] == [(2, 0, 0), (2, 0, 1), (2, 0, 2)]
    assert [w.bias for w in weights] == [False, False, True] * 3


def test_the_worked_chain_has_the_published_factors():
    step = walk.train_step(CHAIN, CHAIN_THETA, ROW, ONE, 0.5)
    (way,) = blame.chain(step, blame.all_weights(CHAIN)[0])
    assert [round(f.value, 4) for f in way] == [-0.6757, -1.2, 0.2574, 1.5]
    z = 0.8 * 1.5 + 0.1
    p = 1 / (1 + np.exp(-(-1.2 * np.tanh(z) + 0.3)))
    by_hand = (p - 1) * -1.2 * (1 - np.tanh(z) ** 2) * 1.5
    assert step.gradient[0] == pytest.approx(by_hand, rel=1e-12)
    assert round(by_hand, 4) == 0.3131
    assert round(step.loss, 3) == 1.126


def test_a_nudge_and_one_step_are_as_published():
    step = walk.train_step(CHAIN, CHAIN_THETA, ROW, ONE, 0.5)
    nudge = blame.nudge(CHAIN, CHAIN_THETA, ROW, ONE, 0, 1e-3)
    assert round(nudge.one_sided, 4) == 0.3127
    assert nudge.central == pytest.approx(step.gradient[0], rel=1e-5)
    assert nudge.before == pytest.approx(step.loss)
    assert round(blame.loss_if_alone(CHAIN, step, ROW, ONE, 0), 3) == 1.067
    assert blame.loss_after(CHAIN, step.updated, ROW, ONE) < 1.067


def test_a_nudge_leaves_the_parameters_alone():
    theta = CHAIN_THETA.copy()
    blame.nudge(CHAIN, theta, ROW, ONE, 1, 1e-3)
    np.testing.assert_array_equal(theta, CHAIN_THETA)


def test_the_best_nudge_is_neither_large_nor_tiny():
    exact = walk.train_step(CHAIN, CHAIN_THETA, ROW, ONE, 0.5).gradient[0]
    sizes = 10.0 ** np.arange(-12, 0)
    one, both = blame.nudge_errors(CHAIN, CHAIN_THETA, ROW, ONE, 0, exact, sizes)
    assert 1e-7 <= sizes[np.argmin(both)] <= 1e-4
    assert both[0] > 1000 * both.min()
    assert both[-1] > 1000 * both.min()
    assert both.min() < one.min()


@pytest.mark.parametrize(("a", "b", "digits"), [(1.0, 1.0, 16), (0.3131, 0.3127, 2), (1.0, -1.0, 0), (100.0, 100.1, 3)])
def test_digits_of_agreement(a, b, digits):
    assert blame.digits_of_agreement(a, b) == digits


@pytest.mark.parametrize("name", list(blame.PLACES))
def test_places_are_what_they_are_called(name):
    place = blame.PLACES[name]
    step = walk.train_step(place.small, place.theta, place.rows, place.targets, 0.01)
    first = next(iter(place.directions.values()))
    slope, t = step.gradient @ first, np.linspace(-place.reach, place.reach, 201)
    curves = list(blame.profile(place, t).values())
    here = curves[0][100]
    assert here == pytest.approx(step.loss)
    if name in ("above", "below"):
        assert (slope > 0) == (name == "above")
        after = blame.loss_after(place.small, step.updated, place.rows, place.targets)
        assert after < here
        assert (step.updated[0] < place.theta[0]) == (name == "above")
    elif name == "minimum":
        assert not step.gradient.any()
        assert (curves[0] >= here).all()
    elif name == "saddle":
        assert not step.gradient.any()
        assert curves[0][110] < here < curves[1][110]
        assert curves[0][90] < here < curves[1][90]
    elif name == "plateau":
        assert 0 < abs(slope) < 1e-6
        assert here > 0.99
        assert curves[0].min() < 0.01
    else:
        assert not step.gradient.any()
        assert here == 1
        assert curves[0][130] == here
        assert curves[0].min() < here


def test_the_smaller_weight_has_the_larger_gradient():
    found = blame.compared(blame.first_step())
    assert found["big_w"] > found["small_w"]
    assert abs(found["big_g"]) < abs(found["small_g"])
    assert found["ratio"] == pytest.approx(found["small_a"] / found["big_a"])  # they share everything else
