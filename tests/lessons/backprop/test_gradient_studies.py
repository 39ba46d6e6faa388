"""How gradients fade over ten layers, and what nudging costs."""

import numpy as np
import pytest

from core.lessons.backprop import gradient_studies as studies


@pytest.fixture(scope="module")
def norms():
    return {name: studies.gradient_by_layer(name, range(20)) for name in studies.STARTS}


def test_there_is_a_norm_for_each_seed_and_layer(norms):
    assert all(found.shape == (20, 11) for found in norms.values())
    assert all(np.isfinite(found).all() for found in norms.values())


@pytest.mark.claims
def test_sigmoid_fades_layer_by_layer_in_every_seed(norms):
    fade = norms["sigmoid, Xavier"]
    assert (fade[:, 0] < 1e-3 * fade[:, -1]).all()
    a_layer = np.median((fade[:, 0] / fade[:, 9]) ** (1 / 9))
    assert 0.2 < a_layer < 0.3  # published: 0.254


@pytest.mark.claims
def test_tanh_and_relu_with_their_initializers_keep_theirs(norms):
    for name in ("tanh, Xavier", "ReLU, He"):
        middle = np.median(norms[name], axis=0)
        assert middle[0] > 0.1 * middle[-1], name


@pytest.mark.claims
def test_small_weights_lose_it_in_every_layer_at_once(norms):
    middle = np.median(norms["ReLU, N(0, 0.1)"], axis=0)
    assert (middle < 1e-5).all()
    assert middle.max() < 20 * middle.min()  # so a ratio of layers would not show it


def test_models_side_by_side_are_the_same_as_alone():
    together = studies.gradient_by_layer("tanh, Xavier", [0, 1, 2])
    alone = studies.gradient_by_layer("tanh, Xavier", [2, 5])
    np.testing.assert_allclose(together[2], alone[0], rtol=1e-9)


def test_nudging_agrees_with_backpropagation():
    """How much longer it takes, tests/benchmarks/nudging.py says."""
    parameters, _, error = studies.nudging_cost((16, 8, 4), 8)
    assert parameters == 17 * 8 + 9 * 4
    assert error < 1e-7
