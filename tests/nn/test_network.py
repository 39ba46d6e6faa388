"""The network as a whole: one flat vector, worked examples, and scikit-learn as a judge."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.neural_network import MLPClassifier, MLPRegressor

from core.nn import penalties
from core.nn.layers import stack
from core.nn.losses import LOSSES
from core.nn.network import Network, columns
from core.nn.tape import Tape
from core.training.examples import Examples

RICH = {
    "hidden": (2, 2),
    "batch_norm": True,
    "residual": True,
}  # the first block is residual too: it reads the examples


def made(models=1, hidden=(3, 3), outputs=2, inputs=2, dtype=np.float64, **more):
    network = Network(stack(hidden, outputs, inputs=inputs, **more), inputs, models, dtype)
    network.start(range(models))
    return network


def gradient(network, loss, X, y, **penalty):
    """Mean loss and the named gradients, as a training step leaves them."""
    x, t = Examples(network, LOSSES[loss], X, y).part(0, len(X))
    tape = Tape(network.dtype)
    z = network.record_gradient(tape, x, t, LOSSES[loss])
    if penalty:
        penalties.add_gradient(tape, network.theta, network.grad, **penalty)
    return LOSSES[loss].value(z, t), network.g


def one_chain():
    """One input, one tanh unit, one logit: x = 1.5 through w1 = .8, b1 = .1, w2 = -1.2, b2 = .3; the answer is 1."""
    network = made(hidden=(1,), outputs=1, inputs=1)
    network.load(np.array([0.8, 0.1, -1.2, 0.3]))
    return network, np.array([[1.5]]), np.array([1])


def test_backpropagation_by_hand():
    """(p - y) w2 (1 - a^2) x = -.6757 x -1.2 x .2574 x 1.5 = .3131: the chain rule, factor by factor."""
    network, X, y = one_chain()
    loss, g = gradient(network, "bce", X, y)
    a = np.tanh(0.8 * 1.5 + 0.1)
    p = 1 / (1 + np.exp(1.2 * a - 0.3))
    dz2, slope = p - 1, 1 - a**2
    assert [round(v, 4) for v in (dz2, slope)] == [-0.6757, 0.2574]
    np.testing.assert_allclose(g["2.W"], [[dz2 * a, dz2]])
    np.testing.assert_allclose(g["0.W"], [[dz2 * -1.2 * slope * 1.5, dz2 * -1.2 * slope]])
    assert g["0.W"][0, 0] == pytest.approx(0.3131, abs=5e-5)
    assert loss == pytest.approx(1.126, abs=5e-4)


def test_a_step_against_the_gradient_lowers_the_loss():
    """By w1 alone at rate 0.5: 1.126 -> 1.067; by all four parameters: 0.713."""
    network, X, y = one_chain()
    _, g = gradient(network, "bce", X, y)
    start, slope = network.theta.copy(), network.grad.copy()
    network.p["0.W"][0, 0] -= 0.5 * g["0.W"][0, 0]
    assert gradient(network, "bce", X, y)[0] == pytest.approx(1.067, abs=5e-4)
    network.theta[:] = start - 0.5 * slope
    assert gradient(network, "bce", X, y)[0] == pytest.approx(0.713, abs=5e-4)


def test_two_hidden_units_can_say_xor():
    """h = relu(x1 + x2), relu(x1 + x2 - 1) and z = h1 - 2 h2."""
    network = made(hidden=(2,), outputs=1, activation="relu")
    network.load(np.array([1, 1, 0, 1, 1, -1, 1, -2, 0.0]))
    assert network.outputs_for([[0, 0], [0, 1], [1, 0], [1, 1]]).tolist() == [[0, 1, 1, 0]]


def test_everything_lives_in_one_vector():
    network = made(3, **RICH)
    assert all(np.shares_memory(view, network.store) for view in network.p.values())
    assert all(np.shares_memory(view, network.grad) for view in network.g.values())
    network.store[...] = np.arange(network.store.size)
    held = np.concatenate([view.ravel() for view in network.p.values()])
    np.testing.assert_array_equal(np.sort(held), network.store)
    assert np.shares_memory(network.theta, network.store)


def test_running_averages_stand_behind_what_is_trained():
    network = made(2, **RICH)
    statistics = {n for n in network.p if "running" in n}
    assert statistics == {n for n in network.p if n not in network.g}
    assert len(statistics) == 4
    network.theta[...] = 7
    assert all((network.p[n] != 7).all() for n in statistics)
    assert all((network.p[n] == 7).all() for n in network.g)


@pytest.mark.parametrize("models", [1, 3])
def test_load_takes_what_dump_gives(models):
    network, other = made(models, **RICH), made(models, **RICH)
    rows = np.random.default_rng(0).normal(size=(models, network.size))
    network.load(rows)
    np.testing.assert_array_equal(network.dump(), rows)
    other.load(network.dump())
    np.testing.assert_array_equal(other.store, network.store)
    kept = network.dump()
    network.store += 1
    np.testing.assert_array_equal(kept, rows)  # a dump is a copy


def test_each_of_several_models_is_the_single_model_of_its_seed():
    network = made(3, **RICH)
    X = np.random.default_rng(0).normal(size=(5, 2))
    z = network.outputs_for(X)
    for seed, row in enumerate(network.dump()):
        alone = Network(network.layers, 2, dtype=np.float64)
        alone.start([seed])
        np.testing.assert_array_equal(alone.dump()[0], row)
        np.testing.assert_allclose(alone.outputs_for(X), z[:, seed], atol=1e-14)


def test_spread_gives_each_model_its_number():
    network = made(3, **RICH)
    views = network.views(network.spread([1.0, 2.0, 3.0]))
    assert all((view[:, m] == m + 1).all() for view in views.values() for m in range(3))
    assert set(views) == set(network.g)
    assert (made().spread([5.0]) == 5).all()


@pytest.mark.parametrize("models", [1, 3])
def test_the_mask_of_weights_leaves_out_biases_and_batch_norm(models):
    network = made(models, **RICH)
    for name, view in network.views(network.weights_only()).items():
        if name.endswith("W"):
            assert (view[..., :-1] == 1).all()
            assert (view[..., -1] == 0).all()
        else:
            assert (view == 0).all()


def test_examples_get_a_column_of_ones():
    assert columns([[1, 2], [3, 4]], np.float32).tolist() == [[1, 2, 1], [3, 4, 1]]
    assert columns(np.zeros((2, 3, 4)), np.float64).shape == (2, 3, 5)


def test_activations_for_returns_every_layers_output():
    network, X = made(), np.random.default_rng(0).normal(size=(5, 2))
    outputs = network.activations_for(X)
    hidden = np.tanh(X @ network.p["0.W"][:, :-1].T)
    assert [len(a) for a in outputs] == [3, 4, 3, 4, 2]
    np.testing.assert_allclose(outputs[1][:-1].T, hidden)
    np.testing.assert_array_equal(outputs[-1], network.outputs_for(X))


@given(seed=st.integers(0, 999), activation=st.sampled_from(["tanh", "relu", "gelu"]), models=st.sampled_from([1, 3]))
def test_the_gradient_of_a_batch_is_the_mean_over_its_examples(seed, activation, models):
    rng = np.random.default_rng(seed)
    X, y, network = rng.normal(size=(4, 2)), rng.integers(0, 2, 4), made(models, activation=activation)
    gradient(network, "softmax", X, y)
    whole, parts = network.grad.copy(), []
    for i in range(4):
        gradient(network, "softmax", X[i : i + 1], y[i : i + 1])
        parts.append(network.grad.copy())
    np.testing.assert_allclose(whole, np.mean(parts, axis=0), atol=1e-14)


# scikit-learn as a judge: the same weights, its own forward and backward passes


def theirs(kind, network, X, y, activation, alpha):
    """Give scikit-learn our weights; return it after one plain gradient step of length 1, and its loss before."""
    model = kind(
        hidden_layer_sizes=[len(view) for view in list(network.p.values())[:-1]],
        activation=activation,
        solver="sgd",
        learning_rate_init=1.0,
        momentum=0.0,
        alpha=alpha,
        batch_size=len(X),
    )
    more = {"classes": np.unique(y)} if kind is MLPClassifier else {}
    model.partial_fit(X, y, **more)
    for ours, W, b in zip(network.p.values(), model.coefs_, model.intercepts_, strict=True):
        W[...], b[...] = ours[:, :-1].T, ours[:, -1]
    said = model.predict_proba(X) if kind is MLPClassifier else model.predict(X).reshape(len(X), -1)
    model.partial_fit(X, y)
    return model, said


CASES = {
    "two classes": (MLPClassifier, "bce", 1, "tanh", "tanh", 1.0),
    "three classes": (MLPClassifier, "softmax", 3, "relu", "relu", 1.0),
    "numbers": (MLPRegressor, "mse", 1, "sigmoid", "logistic", 0.5),  # its squared error has a 1/2
}


@pytest.mark.parametrize("name", CASES)
def test_predictions_loss_and_gradient_are_scikit_learns(name):
    kind, loss, outputs, activation, their_activation, share = CASES[name]
    rng, alpha, n = np.random.default_rng(0), 0.3, 30
    X = rng.normal(size=(n, 4))
    y = rng.normal(size=n) if loss == "mse" else rng.permutation(np.arange(n) % max(2, outputs))
    network = made(hidden=(5, 6), outputs=outputs, inputs=4, activation=activation)
    network.store += rng.normal(0, 0.1, network.store.size)  # so that biases count
    l2 = alpha / n / share * network.weights_only()  # its alpha is divided by the batch
    value, g = gradient(network, loss, X, y, l1=0 * l2, l2=l2)
    p = LOSSES[loss].predict(network.outputs_for(X)).T
    model, said = theirs(kind, network, X, y, their_activation, alpha)
    np.testing.assert_allclose(said, np.hstack([1 - p, p]) if loss == "bce" else p, atol=1e-12)
    penalty = float(np.sum(l2 * network.theta**2) / 2)
    assert model.loss_ == pytest.approx(share * (value + penalty), rel=1e-12)
    for (layer, before), W, b in zip(network.p.items(), model.coefs_, model.intercepts_, strict=True):
        step = before - np.column_stack([W.T, b])
        np.testing.assert_allclose(share * g[layer], step, atol=1e-12)
