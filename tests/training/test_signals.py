"""What is noted while examples pass is what NumPy computes by hand, and what training itself uses."""

from dataclasses import replace

import numpy as np
import pytest

from core.nn.tape import Tape
from core.training.building import loss_of, network_of, prepare_experiment
from core.training.examples import Examples
from core.training.experiment import Experiment
from core.training.signals import first_weights, signals

SMALL = Experiment(hidden=(5, 4, 3), samples=60, activation="sigmoid")


@pytest.mark.parametrize("batch_norm", [False, True])
@pytest.mark.parametrize("residual", [False, True])
def test_gradients_are_those_of_a_training_step(batch_norm, residual):
    e = replace(SMALL, hidden=(4, 4, 4), batch_norm=batch_norm, residual=residual)
    theta, data = first_weights(e, (3,)), prepare_experiment(e)
    network = network_of(e, 2, dtype=np.float64)
    network.load(theta)
    examples = Examples(network, loss_of(e), data.X_train, data.y_train)
    network.record_gradient(Tape(np.float64), *examples.part(0, len(examples)), loss_of(e), (np.random.default_rng(0),))
    wanted = [np.linalg.norm(g[:, :-1]) for name, g in network.g.items() if name.endswith("W")]
    found = signals(e, theta)
    assert found.gradients[:, 0] == pytest.approx(wanted)
    assert [z.shape for z in found.z] == [(4, 1, len(data.X_train))] * 3


def test_values_and_factors_by_hand():
    theta, data = first_weights(SMALL, range(2)), prepare_experiment(SMALL)
    found = signals(SMALL, theta)
    network = network_of(SMALL, 2, dtype=np.float64)
    network.load(theta[1])
    W = [w for name, w in network.p.items() if name.endswith("W")]
    a, values = data.X_train.T, []
    for w in W[:-1]:
        z = w[:, :-1] @ a + w[:, -1:]
        a = 1 / (1 + np.exp(-z))
        values.append((z, a))
    for k, (z, a) in enumerate(values):
        np.testing.assert_allclose(found.z[k][:, 1], z, atol=1e-12)
        np.testing.assert_allclose(found.a[k][:, 1], a, atol=1e-12)
    p = 1 / (1 + np.exp(-(W[3][:, :-1] @ values[2][1] + W[3][:, -1:])))
    d = W[3][:, :-1].T @ (p - data.y_train) / len(data.y_train)
    slopes, weights = [], []
    for k in (2, 1):
        dz = d * values[k][1] * (1 - values[k][1])
        slopes.append(np.linalg.norm(dz) / np.linalg.norm(d))
        d = W[k][:, :-1].T @ dz
        weights.append(np.linalg.norm(d) / np.linalg.norm(dz))
    assert found.factors["Activate"][::-1, 1] == pytest.approx(slopes)
    assert found.factors["Dense"][::-1, 1] == pytest.approx(weights)


def test_a_part_of_the_examples_will_do():
    assert signals(SMALL, first_weights(SMALL, range(3)), batch=7).z[0].shape == (5, 3, 7)


def test_a_network_without_hidden_layers_has_one_gradient_and_no_factors():
    e = replace(SMALL, hidden=())
    theta, data = first_weights(e, range(2)), prepare_experiment(e)
    found = signals(e, theta)
    X = np.column_stack([data.X_train, np.ones(len(data.X_train))])
    error = 1 / (1 + np.exp(-theta @ X.T)) - data.y_train  # (M, N)
    assert found.gradients[0] == pytest.approx(np.linalg.norm(error @ data.X_train / len(X), axis=1))
    assert found.z == found.a == []
    assert {kind: factors.shape for kind, factors in found.factors.items()} == {"Dense": (0, 2)}
