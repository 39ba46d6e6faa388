"""The largest curvature, against whole Hessians."""

import numpy as np
import pytest

from core.nn.layers import stack
from core.nn.losses import LOSSES
from core.nn.network import Network, columns
from core.training.building import loss_of, network_of, prepare_experiment
from core.training.curvature import curvatures, gradient_function, hessian_times, largest_eigenvalue
from core.training.experiment import Experiment


def hessian(gradient, theta, h=1e-4):
    """Column by column, from nudges of each weight alone."""
    eye = np.eye(theta.size)
    rows = np.array([(gradient(theta + h * e) - gradient(theta - h * e)) / (2 * h) for e in eye])
    return (rows + rows.T) / 2


@pytest.mark.parametrize("matrix", [np.diag([3.0, 1.0, 0.2]), np.diag([-5.0, 2.0, 1.0]), np.diag([-5.0, -2.0, -1.0])])
def test_a_quadratic(matrix):
    turn = np.linalg.qr(np.random.default_rng(1).normal(size=(3, 3)))[0]
    H = turn @ matrix @ turn.T
    found = largest_eigenvalue(lambda x: H @ x, np.ones(3), np.random.default_rng(0), tolerance=1e-9, most=3000)
    assert found == pytest.approx(np.diag(matrix).max(), rel=1e-3)


def test_linear_regression_has_its_curvature_in_the_data():
    """For squared error of a linear net the Hessian is 2 X^T X / N."""
    X = np.random.default_rng(0).normal(size=(50, 3))
    network = Network(stack((), 1), 3, dtype=np.float64)
    gradient = gradient_function(network, LOSSES["mse"], X, X[:, 0])
    ones = columns(X, float)
    v = np.array([0.5, -0.5, 0.5, 0.5])
    H = 2 * ones.T @ ones / 50
    np.testing.assert_allclose(hessian_times(gradient, np.zeros(4), v), H @ v, rtol=1e-6)
    found = largest_eigenvalue(gradient, np.zeros(4), np.random.default_rng(0), tolerance=1e-9, most=3000)
    assert found == pytest.approx(np.linalg.eigvalsh(H)[-1], rel=1e-4)


@pytest.mark.parametrize("scale", [1.0, 10.0])
def test_a_network_against_its_whole_hessian(scale):
    e = Experiment(samples=60, hidden=(5,), optimizer="sgd", batch_size=2000)
    data = prepare_experiment(e)
    for seed, found in zip(range(3), curvatures(e, range(3), scale=scale), strict=True):
        network = network_of(e, 2, dtype=np.float64)
        network.start([seed])
        theta = network.theta.copy()
        gradient = gradient_function(network, loss_of(e), data.X_train * scale, data.y_train)
        assert found == pytest.approx(np.linalg.eigvalsh(hessian(gradient, theta))[-1], rel=0.02)


def test_a_given_theta_is_used():
    e = Experiment(samples=60, hidden=(5,))
    network = network_of(e, 2, dtype=np.float64)
    network.start([7])
    assert curvatures(e, [0], network.dump())[0] == pytest.approx(curvatures(e, [7])[0], rel=0.02)
