"""The recorded passes of small networks against arithmetic written out here."""

import numpy as np
import pytest

from core.lessons.backprop import networks as hand_set
from core.lessons.forward import networks as by_hand
from core.nn import small, walk
from core.nn.losses import LOSSES
from core.nn.network import columns
from core.nn.small import Small
from core.nn.tape import Tape

BENDS = {
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "identity": lambda z: z,
}
SHAPES = [Small((1, 3, 2, 1)), Small((2, 4, 1), "tanh", "brier"), Small((2, 1), "sigmoid", "bce")]
SHAPES += [Small((2, 2, 3, 2, 1), "identity"), Small((2, 3, 1), "sigmoid", "brier")]


def by_loops(net, theta, row):
    """A forward pass in plain Python, a multiplication at a time."""
    at, a, every = 0, [float(v) for v in row], []
    for layer, (n_in, n_out) in enumerate(zip(net.sizes[:-1], net.sizes[1:], strict=True), 1):
        z = []
        for _ in range(n_out):
            total = sum(theta[at + k] * a[k] for k in range(n_in)) + theta[at + n_in]
            z.append(total)
            at += n_in + 1
        last = layer == len(net.sizes) - 1
        bend = (BENDS["identity"] if net.loss == "mse" else BENDS["sigmoid"]) if last else BENDS[net.activation]
        a = [float(bend(v)) for v in z]
        every.append((z, a))
    return every


@pytest.mark.parametrize("net", SHAPES, ids=str)
def test_forward_is_what_loops_compute(net):
    theta, row = small.seeded(net, 5, biases=True), np.array([0.7, -1.3])[: net.sizes[0]]
    run = walk.forward(net, theta, row)
    for (z, a), z_seen, a_seen in zip(by_loops(net, theta, row), run.z, run.a[1:], strict=True):
        np.testing.assert_allclose(z_seen[:, 0], z, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(a_seen[:, 0], a, rtol=1e-12, atol=1e-14)
    assert run.multiplications == sum(a * b for a, b in zip(net.sizes[:-1], net.sizes[1:], strict=True))


@pytest.mark.parametrize("net", SHAPES, ids=str)
def test_gradients_are_central_differences_of_the_loops(net):
    theta, row, y, h = small.seeded(net, 5, biases=True), np.array([0.7, -1.3])[: net.sizes[0]], 1.0, 1e-6

    def loss(t):
        said = by_loops(net, t, row)[-1][1][0]
        return -np.log(said) if net.loss == "bce" else (said - y) ** 2

    step = walk.train_step(net, theta, row, np.array([y]), 0.3)
    assert step.loss == pytest.approx(loss(theta), rel=1e-12)
    bumps = np.eye(len(theta)) * h
    found = [(loss(theta + b) - loss(theta - b)) / (2 * h) for b in bumps]
    np.testing.assert_allclose(step.gradient, found, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(step.updated, theta - 0.3 * step.gradient, rtol=1e-14)
    biases = [net.matrices(step.gradient)[k][:, -1] for k in range(len(step.dz))]
    for dz, bias in zip(step.dz, biases, strict=True):
        np.testing.assert_allclose(dz[:, 0], bias, rtol=1e-12)  # one example: a bias's gradient is its unit's dz


def test_xor_by_hand_is_exact_and_falls_apart_without_the_bend():
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]])
    assert by_hand.XOR.predict(by_hand.XOR_BY_HAND, corners)[0].tolist() == [0, 1, 1, 0]
    flat = Small((2, 2, 1), "identity").predict(by_hand.XOR_BY_HAND, corners)[0]
    np.testing.assert_allclose(flat, 2 - corners.sum(1))


def test_the_default_network_says_082_and_its_squared_error_is_00324():
    step = walk.train_step(hand_set.PAIR, hand_set.PAIR_THETA, np.array([hand_set.PAIR_INPUTS]), np.array([1.0]), 0.5)
    assert step.forward.a[-1][0, 0] == pytest.approx(0.82, abs=1e-14)
    assert step.loss == pytest.approx(0.0324, abs=1e-14)


def test_a_solved_bias_gives_the_wanted_probability_for_any_network():
    net = Small((2, 3, 2, 1), "relu", "bce")
    theta = small.with_output(net, small.seeded(net, 1), np.array([0.2, 2.0]), 0.123)
    assert net.predict(theta, np.array([[0.2, 2.0]]))[0, 0] == pytest.approx(0.123)


def test_relu_without_biases_passes_on_a_positive_factor_and_biases_break_that():
    net, rows = Small((2, 4, 3, 1)), np.random.default_rng(0).normal(size=(20, 2))
    for seed in range(10):
        theta = small.seeded(net, seed)
        np.testing.assert_allclose(net.predict(theta, 2 * rows), 2 * net.predict(theta, rows), atol=1e-12)
        with_biases = small.seeded(net, seed, biases=True)
        assert not np.allclose(net.predict(with_biases, 2 * rows), 2 * net.predict(with_biases, rows))


def test_seeded_weights_are_tenths_without_minus_zero_and_repeat():
    net = Small((2, 4, 4, 1))
    theta = small.seeded(net, 3, biases=True)
    np.testing.assert_allclose(theta * 10, np.round(theta * 10), atol=1e-9)
    assert not np.signbit(theta[theta == 0]).any()
    np.testing.assert_array_equal(theta, small.seeded(net, 3, biases=True))
    assert (theta != small.seeded(net, 4, biases=True)).any()
    assert not np.concatenate([m[:, -1] for m in net.matrices(small.seeded(net, 3))]).any()


def test_descending_by_replay_is_the_same_as_recording_each_step():
    rows, y = np.array([hand_set.PAIR_INPUTS]), np.array([1.0])
    thetas, losses = walk.descend(hand_set.PAIR, hand_set.PAIR_THETA, rows, y, 0.7, 5)
    theta = hand_set.PAIR_THETA
    for k in range(6):
        step = walk.train_step(hand_set.PAIR, theta, rows, y, 0.7)
        np.testing.assert_allclose(thetas[k], theta, rtol=1e-14)
        assert losses[k] == pytest.approx(step.loss, rel=1e-13)
        theta = step.updated
    assert (np.diff(losses) < 0).all()


def test_losses_side_by_side_are_the_losses_one_by_one():
    rows, y = np.array([[0.5, 1.0], [-1.0, 0.3]]), np.array([1.0, 0.0])
    thetas = hand_set.PAIR_THETA + np.random.default_rng(1).normal(size=(7, 9))
    each = [walk.train_step(hand_set.PAIR, t, rows, y, 0.1).loss for t in thetas]
    np.testing.assert_allclose(walk.losses_at(hand_set.PAIR, thetas, rows, y), each, rtol=1e-13)
    np.testing.assert_allclose(walk.losses_at(hand_set.PAIR, thetas[:1], rows, y), each[:1], rtol=1e-13)


def test_the_ledger_is_the_tape_of_training_and_nothing_else():
    net, rows = hand_set.PAIR, np.array([hand_set.PAIR_INPUTS])
    network, tape, loss = net.network(hand_set.PAIR_THETA), Tape(np.float64), LOSSES["brier"]
    network.record_gradient(tape, columns(rows, np.float64).T, loss.encode(np.array([1.0]), 1).T, loss, ())
    step = walk.train_step(net, hand_set.PAIR_THETA, rows, np.array([1.0]), 0.5)
    told = [f"{e.part}: {e.name}" for e in step.entries]
    assert told[: len(tape.names)] == tape.names
    assert told[len(tape.names) :] == ["update: lr * g", "update: theta -= update"]


def test_one_tape_serves_a_batch():
    one = walk.forward(by_hand.XOR, by_hand.XOR_BY_HAND, np.array([[1.0, 0.0]]))
    four = walk.forward(by_hand.XOR, by_hand.XOR_BY_HAND, np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]]))
    assert len(one.entries) == len(four.entries)
    assert four.a[1].tolist() == [[0, 1, 1, 2], [0, 0, 0, 1]]
