"""Convolution and pooling: by hand, against SciPy, and as parts of a network."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from core.nn.images import AveragePool, Conv2D, MaxPool
from core.nn.layers import Activate, Dense, Sequence
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.nn.tape import Tape

KINDS = ({}, {"padding": 1}, {"stride": 2}, {"stride": 2, "padding": 1, "size": 2}, {"size": 1}, {"size": 4})
each_kind = pytest.mark.parametrize("kind", KINDS, ids=str)


def column(picture):
    """A picture of ``(channels, height, width)`` as one example's column, with its one."""
    return np.append(np.ravel(picture), 1.0)[:, None]


def run(layer, x, dy, p=None):
    """One pass there and back: y, dx and g."""
    p = p or {}
    tape, g = Tape(np.float64), {name: np.zeros_like(value) for name, value in p.items()}
    y, saved = tape.record(layer.forward, p, x, ())
    return y, tape.record(layer.backward, p, g, np.asarray(dy), saved), g


def test_a_convolution_by_hand():
    """[[1 2 3] [4 5 6]] under [[1 0] [0 -1]] and bias 10: 1 - 5 and 2 - 6; each pixel's dx is the weight over it."""
    p = {"W": np.array([[1.0, 0, 0, -1, 10]])}
    z, dx, g = run(Conv2D(1, (1, 2, 3), 2), column([[1, 2, 3], [4, 5, 6]]), [[1.0], [100.0]], p)
    assert z.tolist() == [[6], [6]]
    assert dx.ravel().tolist() == [1, 100, 0, 0, -1, -100]
    assert g["W"].tolist() == [[1 + 200, 2 + 300, 4 + 500, 5 + 600, 1 + 100]]


@each_kind
@pytest.mark.parametrize("models", [1, 3])
def test_convolution_is_scipys_correlation(kind, models):
    conv, rng = Conv2D(3, (2, 5, 6), **kind), np.random.default_rng(0)
    net = Network(Sequence((conv,)), 60, models, np.float64)
    net.start(range(models))
    X, pad, step = rng.normal(size=(4, 2, 5, 6)), conv.padding, conv.stride
    z = net.outputs_for(X.reshape(4, -1)).reshape(*conv.result, models, 4)
    framed = np.pad(X, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    kernels = net.p["0.W"].reshape(3, models, -1)[..., :-1].reshape(3, models, 2, conv.size, conv.size)
    for f, m, n in np.ndindex(3, models, 4):
        by_channel = [correlate2d(framed[n, c], kernels[f, m, c], "valid")[::step, ::step] for c in range(2)]
        np.testing.assert_allclose(z[f, :, :, m, n], np.sum(by_channel, 0), atol=1e-12)


def test_one_kernel_of_one_by_one_is_a_dense_layer_at_every_step():
    """A sequence of five steps of three numbers."""
    conv, rng = Conv2D(2, (3, 1, 5), 1), np.random.default_rng(0)
    net = Network(Sequence((conv,)), 15, 1, np.float64)
    net.start([0])
    net.theta[:] = rng.normal(size=8)
    X, W = rng.normal(size=(4, 3, 5)), net.p["0.W"]
    z = net.outputs_for(X.reshape(4, -1)).reshape(2, 5, 4)
    np.testing.assert_allclose(z, np.einsum("kd,ndt->ktn", W[:, :-1], X) + W[:, -1, None, None])


def test_pooling_by_hand():
    """Blocks of two by two: the largest of each alone gets its dy; of the mean each gets a quarter."""
    x = column([[1, 2, 8, 3], [4, 3, 5, 1]])
    y, dx, _ = run(MaxPool((1, 2, 4)), x, [[1.0], [10.0]])
    assert y.ravel().tolist() == [4, 8, 1]
    assert dx.ravel().tolist() == [0, 0, 10, 0, 1, 0, 0, 0]
    y, dx, _ = run(AveragePool((1, 2, 4)), x, [[1.0], [10.0]])
    assert y.ravel().tolist() == [2.5, 4.25, 1]
    assert dx.ravel().tolist() == [0.25, 0.25, 2.5, 2.5, 0.25, 0.25, 2.5, 2.5]


@each_kind
def test_models_side_by_side_are_models_alone(kind):
    first = Conv2D(3, (1, 6, 6), **kind)
    layers = Sequence((first, Activate("tanh"), Conv2D(2, first.result, 2), Activate("relu"), Dense(2)))
    X = np.random.default_rng(0).normal(size=(5, 36))
    together = Network(layers, 36, 3, np.float64)
    together.start([7, 8, 9])
    for m, seed in enumerate([7, 8, 9]):
        alone = Network(layers, 36, 1, np.float64)
        alone.start([seed])
        np.testing.assert_allclose(together.outputs_for(X)[:, m], alone.outputs_for(X), atol=1e-12)


def test_what_does_not_fit_is_refused():
    for layer in (Conv2D(1, (1, 2, 2)), Conv2D(1, (2, 8, 8)), MaxPool((1, 5, 4)), AveragePool((1, 4, 4), 3)):
        with pytest.raises(ValueError, match=r"finds no place in|don't cover"):
            Network(Sequence((layer,)), 64 if isinstance(layer, Conv2D) else 16, 1)


def test_the_first_layers_dx_is_never_computed():
    net = Network(Sequence((Conv2D(2, (1, 4, 4)), Activate("tanh"), Dense(1))), 16, 1, np.float64)
    net.start([0])
    tape = Tape(np.float64)
    net.record_gradient(tape, np.vstack([np.ones((16, 3)), np.ones((1, 3))]), np.ones((1, 3)), LOSSES["bce"])
    assert tape.names[-1].endswith("dW = dz @ patches.T")
