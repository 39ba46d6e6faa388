"""Recurrence step by step: by hand, against plain loops, and models side by side. (PyTorch: test_golden_layers.)"""

import numpy as np
import pytest

from core.nn.layers import Dense, Sequence
from core.nn.network import Network
from core.nn.sequences import GRU, LSTM, Recurrent

each = pytest.mark.parametrize("kind", [Recurrent, GRU, LSTM])


def network(kind, width=3, shape=(2, 4), models=1):
    net = Network(Sequence((kind(width, shape), Dense(2))), shape[0] * shape[1], models, np.float64)
    net.start(range(models))
    return net


def sigma(z):
    return 1 / (1 + np.exp(-z))


def loop(kind, W, x):
    """The last h for a sequence ``(D, T)``, from the equations, one example alone."""
    n = len(W) // {Recurrent: 1, GRU: 3, LSTM: 4}[kind]
    h, c = np.zeros(n), np.zeros(n)
    for now in x.T:
        z = W @ np.concatenate([h, now, [1]])
        if kind is Recurrent:
            h = np.tanh(z)
        elif kind is LSTM:
            i, f, o, g = sigma(z[:n]), sigma(z[n : 2 * n]), sigma(z[2 * n : 3 * n]), np.tanh(z[3 * n :])
            c = f * c + i * g
            h = o * np.tanh(c)
        else:
            r, u = sigma(z[:n]), sigma(z[n : 2 * n])
            proposal = np.tanh(W[2 * n :, n:] @ [*now, 1] + r * (W[2 * n :, :n] @ h))
            h = u * h + (1 - u) * proposal
    return h


def test_two_steps_by_hand():
    """h = tanh(0.5 h + 2 x - 1) for x = 1 and then 0."""
    net = Network(Sequence((Recurrent(1, (1, 2)), Dense(1))), 2, 1, np.float64)
    net.p["0.W"][...] = [[0.5, 2, -1]]
    net.p["1.W"][...] = [[1, 0]]
    assert net.outputs_for([[1.0, 0.0]])[0, 0] == pytest.approx(np.tanh(0.5 * np.tanh(1) - 1))


@each
def test_a_sequence_is_a_loop_over_its_steps(kind):
    net, X = network(kind), np.random.default_rng(0).normal(size=(5, 8))
    last = net.activations_for(X)[0]
    assert (last[-1] == 1).all()
    for n, x in enumerate(X):
        np.testing.assert_allclose(last[:-1, n], loop(kind, net.p["0.W"], x.reshape(2, 4)))


@each
def test_models_side_by_side_are_models_alone(kind):
    X, together = np.random.default_rng(0).normal(size=(5, 8)), network(kind, models=3)
    for m in range(3):
        alone = Network(together.layers, 8, 1, np.float64)
        alone.start([m])
        np.testing.assert_allclose(together.outputs_for(X)[:, m], alone.outputs_for(X), atol=1e-12)


def test_an_lstms_forget_gates_start_open():
    W = network(LSTM).p["0.W"]
    assert W[:, -1].tolist() == [0] * 3 + [1] * 3 + [0] * 6


@each
def test_steps_that_are_not_the_inputs_are_refused(kind):
    with pytest.raises(ValueError, match="4 steps of 2 numbers are not 9 inputs"):
        Network(Sequence((kind(3, (2, 4)),)), 9)
