"""Every gradient against nudges of every parameter, in float64; and wrong gradients, which must be found."""

from dataclasses import replace

import numpy as np
import pytest

from core.nn import gradcheck, penalties
from core.nn.activations import ACTIVATIONS, Activation, tanh, tanh_backward
from core.nn.attention import Attention
from core.nn.gradcheck import check, numerical_gradient, relative_error
from core.nn.images import AveragePool, Conv2D, MaxPool, Pool
from core.nn.initializers import INITIALIZERS
from core.nn.layers import Activate, BatchNorm, Dense, Dropout, Residual, Sequence, stack
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.nn.sequences import GRU, LSTM, Recurrent
from core.training.examples import Examples

RIGHT, WRONG = 1e-6, 1e-4
NESTED = Sequence(
    (
        Dense(3),
        Activate("sigmoid"),
        Residual(Sequence((Dense(3), Activate("silu"), Residual(Sequence((Dense(3), Activate("tanh"))), 0.5)))),
        Dropout(0.2),
        Sequence((Dense(2), BatchNorm(), Activate("elu"))),
        Dense(1),
    )
)
KINDS = {
    "dropout": {"dropout": 0.3},
    "batch norm": {"batch_norm": True},
    "residual": {"residual": True},
    "all": {"dropout": 0.3, "batch_norm": True, "residual": True},
}
one_or_three = pytest.mark.parametrize("models", [1, 3])


def error(layers, loss="bce", models=1, shake=0.1, inputs=2, **penalty):
    """The gradient's error on twelve random examples, of two inputs usually. The seed keeps all off the kinks."""
    rng, judge, n = np.random.default_rng(2), LOSSES[loss], 12
    network = Network(layers, inputs, models, np.float64)
    network.start(range(models))
    network.theta += shake * rng.normal(size=network.theta.size)  # so that biases count
    numbers = rng.normal(size=(n, network.outputs))
    y = numbers if judge.targets == "numbers" else rng.integers(0, max(2, network.outputs), n)
    x, targets = Examples(network, judge, rng.normal(size=(n, inputs)), y).part(0, n)
    return check(network, x, targets, judge, **penalty)


@one_or_three
@pytest.mark.parametrize("loss", list(LOSSES))
@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_every_activation_with_every_loss_and_penalties(activation, loss, models):
    outputs = 1 if LOSSES[loss].targets == "signs" else 2
    layers = stack((3, 2), outputs, activation, inputs=2)
    assert error(layers, loss, models, l1=0.01, l2=0.1) < RIGHT


@one_or_three
@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_every_kind_of_layer(kind, activation, models):
    assert error(stack((2, 2), 3, activation, inputs=2, **KINDS[kind]), "softmax", models) < RIGHT


@one_or_three
def test_layers_within_layers(models):
    assert error(NESTED, models=models, l1=0.01, l2=0.1) < RIGHT


PICTURES = {
    "convolution": (Conv2D(2, (2, 4, 6)),),
    "with a frame": (Conv2D(2, (2, 4, 6), padding=1),),
    "in steps of two": (Conv2D(2, (2, 4, 6), size=2, stride=2, padding=1),),
    "one upon another": (Conv2D(2, (2, 4, 6)), Activate("tanh"), Conv2D(2, (2, 2, 4), 2, padding=1)),
    "the largest of a block": (Conv2D(2, (2, 4, 6)), Activate("sigmoid"), MaxPool((2, 2, 4))),
    "the mean of a block": (Conv2D(2, (2, 4, 6)), Activate("sigmoid"), AveragePool((2, 2, 4))),
}


SEQUENCES = {
    "recurrent": (Recurrent(3, (2, 4)),),
    "lstm": (LSTM(3, (2, 4)),),
    "gru": (GRU(3, (2, 4)),),
    "one head": (Conv2D(6, (2, 1, 4), 1), Attention(1, 2, 4)),
    "two heads": (Conv2D(12, (2, 1, 4), 1), Attention(2, 2, 4)),
    "attention twice": (
        Conv2D(6, (2, 1, 4), 1),
        Attention(1, 2, 4),
        Conv2D(6, (2, 1, 4), 1),
        Attention(2, 1, 4),
        Conv2D(1, (2, 1, 4), 1),
        Activate("tanh"),
    ),
}


@one_or_three
@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("kind", list(SEQUENCES))
def test_layers_for_sequences(kind, first, models):
    """As the first layer, whose dx nobody needs, and behind others."""
    before = () if first else (Dense(8), Activate("tanh"))
    layers = Sequence((*before, *SEQUENCES[kind], Dense(3)))
    assert error(layers, "softmax", models, inputs=8 if first else 2) < RIGHT


@one_or_three
@pytest.mark.parametrize("kind", list(PICTURES))
def test_layers_for_pictures(kind, models):
    layers = (Dense(48), Activate("tanh"), *PICTURES[kind])
    layers += () if isinstance(layers[-1], Pool) else (Activate("tanh"),)
    assert error(Sequence((*layers, Dense(3))), "softmax", models) < RIGHT


@one_or_three
@pytest.mark.parametrize("name", list(INITIALIZERS))
def test_every_start(name, models):
    """Numbers as targets: with as many 0s as 1s, weights of zero have no gradient at all, and nothing to check."""
    assert error(stack((3, 3), 1, "tanh", name, inputs=2), "mse", models, shake=0) < RIGHT


@pytest.mark.parametrize("penalty", [{"l1": 0.3}, {"l2": 0.3}])
def test_each_penalty_alone(penalty):
    assert error(stack((3,), 1, inputs=2), **penalty) < RIGHT


# What is wrong is found


def test_an_activation_whose_slope_is_one_percent_off_is_found(monkeypatch):
    def backward(da, a):
        return tanh_backward(da, a) * 1.01

    monkeypatch.setitem(ACTIVATIONS, "wrong", Activation("wrong", "", tanh, backward))
    assert error(stack((3, 2), 1, "tanh", inputs=2)) < RIGHT
    assert error(stack((3, 2), 1, "wrong", inputs=2)) > WRONG


@pytest.mark.parametrize("name", list(LOSSES))
def test_a_loss_whose_gradient_is_one_percent_off_is_found(name, monkeypatch):
    right = LOSSES[name]
    off = replace(right, gradient=lambda z, y, n: right.gradient(z, y, n / 1.01))
    monkeypatch.setitem(LOSSES, "wrong", off)
    assert error(stack((3,), 1 if right.targets == "signs" else 2, inputs=2), "wrong") > WRONG


def test_batch_norm_that_takes_the_mean_for_a_constant_is_found(monkeypatch):
    layers = stack((3,), 1, batch_norm=True, inputs=2)
    assert error(layers) < RIGHT
    monkeypatch.setattr(BatchNorm, "backward", lambda self, p, g, dy, saved: dy * (p["gamma"] * saved[1]))
    assert error(layers) > WRONG


def test_a_residual_that_forgets_the_way_around_is_found(monkeypatch):
    layers = stack((2, 2), 1, residual=True, inputs=2)
    assert error(layers) < RIGHT
    monkeypatch.setattr(
        Residual,
        "backward",
        lambda self, p, g, da, saved: self.branch.backward(p, g, da * self.scale, saved),
    )
    assert error(layers) > WRONG


def test_a_penalty_on_biases_is_found(monkeypatch):
    real = penalties.add_gradient

    def too_much(tape, theta, grad, l1, l2):
        real(tape, theta, grad, l1, np.full_like(l2, l2.max()))

    monkeypatch.setattr(penalties, "add_gradient", too_much)
    assert error(stack((3,), 1, inputs=2), l2=0.3) > WRONG


# How far a nudge can be trusted


def test_numerical_gradient_by_hand_puts_everything_back():
    w = np.array([3.0, -1.0])
    slope = numerical_gradient(lambda: float(w[0] ** 2 + 5 * w[1]), w)
    np.testing.assert_allclose(slope, [6, 5], rtol=1e-9)
    assert w.tolist() == [3, -1]


def test_relative_error_by_hand():
    assert relative_error(np.array([1.0, 4.0]), np.array([1.5, 6.0])) == pytest.approx(2 / 10)
    assert relative_error(np.zeros(2), np.zeros(2)) == 0


def test_the_best_nudge_is_about_1e_5():
    """Larger: the parabola under the chord. Smaller: rounding."""
    w = np.array([0.7])
    off = {h: abs(numerical_gradient(lambda: float(np.exp(w[0])), w, h)[0] - np.exp(0.7)) for h in (1e-2, 1e-5, 1e-12)}
    assert off[1e-5] < 1e-9 < 1e-5 < off[1e-2]
    assert off[1e-12] > 1e-6


def test_a_unit_that_hardly_varies_needs_a_smaller_nudge(monkeypatch):
    """Batch norm divides by a unit's deviation s, so the loss bends as 1 / s^3 when the unit's weights are tiny.

    Then the parabola under the chord is all of the error: a tenth of the nudge leaves a hundredth of it. A wrong
    derivative would stay as wrong as it is.
    """
    layers = Sequence((Dense(3, "normal", 0.003), BatchNorm(), Activate("identity"), Dense(2)))

    def with_nudge(h):
        monkeypatch.setattr(gradcheck, "numerical_gradient", lambda f, theta: numerical_gradient(f, theta, h))
        return error(layers, "softmax", shake=0)

    coarse, fine = with_nudge(1e-5), with_nudge(1e-6)
    assert coarse > RIGHT
    assert coarse / fine == pytest.approx(100, rel=0.05)


def test_a_check_leaves_the_network_as_it_was():
    network = Network(stack((3,), 1, batch_norm=True, inputs=2), 2, dtype=np.float64)
    network.start([0])
    before = network.store.copy()
    x, y = Examples(network, LOSSES["bce"], np.ones((4, 2)) * np.arange(4)[:, None], np.arange(4) % 2).part(0, 4)
    assert check(network, x, y, LOSSES["bce"]) < RIGHT
    np.testing.assert_array_equal(network.store, before)
