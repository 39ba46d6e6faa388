"""Attention by hand, and what it does not know. (PyTorch: test_golden_layers.)"""

import numpy as np
import pytest

from core.nn.attention import Attention
from core.nn.layers import Sequence
from core.nn.network import Network
from core.nn.tape import Tape


def attend(layer, z):
    y, (_, _, _, weights) = Tape(np.float64).record(layer.forward, {}, z, ())
    return y, weights


def test_one_head_by_hand():
    """Two positions; q = (0, ln 3), k = (0, 1), v = (10, 20): the first asks both alike, the second 1 to 3."""
    z = np.array([0, np.log(3), 0, 1, 10, 20])[:, None]
    y, weights = attend(Attention(1, 1, 2), z)
    np.testing.assert_allclose(weights[0, :, :, 0], [[0.5, 0.5], [0.25, 0.75]])
    np.testing.assert_allclose(y[:, 0], [15, 17.5, 1])


def test_the_weights_of_each_position_add_up_to_one():
    z = np.random.default_rng(0).normal(0, 30, (3 * 2 * 4 * 5, 7))
    _, weights = attend(Attention(2, 4, 5), z)
    assert weights.shape == (2, 5, 5, 7)
    np.testing.assert_allclose(weights.sum(2), 1)
    assert (weights >= 0).all()


def test_attention_does_not_know_the_order():
    """Positions in another order give the same answers in that order."""
    z, order = np.random.default_rng(0).normal(size=(3, 2, 4, 5, 7)), [3, 0, 4, 2, 1]
    plain = attend(Attention(2, 4, 5), z.reshape(-1, 7))[0][:-1].reshape(2, 4, 5, 7)
    mixed = attend(Attention(2, 4, 5), np.ascontiguousarray(z[:, :, :, order]).reshape(-1, 7))[0][:-1]
    np.testing.assert_allclose(mixed.reshape(2, 4, 5, 7), plain[:, :, order])


def test_what_is_no_queries_keys_and_values_is_refused():
    with pytest.raises(ValueError, match="are not the queries"):
        Network(Sequence((Attention(1, 2, 4),)), 8)
