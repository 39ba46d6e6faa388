from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nn.layers import Activate, BatchNorm, Dense, Dropout, Residual, Sequence, stack
from core.nn.network import Network
from core.nn.tape import Tape

X = np.random.default_rng(0).normal(2, 3, (9, 4))


def network(*layers, inputs=4, models=1):
    made = Network(Sequence(layers), inputs, models, np.float64)
    made.start(range(models))
    return made


def with_ones(rows):
    return np.vstack([rows.T, np.ones(len(rows))])


def rngs(models=1):
    return tuple(np.random.default_rng([5, m]) for m in range(models))


def trained_forward(net, rows):
    return net.record_forward(Tape(np.float64), with_ones(rows), rngs(net.models))


def test_dense_by_hand():
    """Two inputs (2, 3), weights (0.5, -1) and bias 0.25: z = 1 - 3 + 0.25."""
    net = network(Dense(1), inputs=2)
    net.p["0.W"][...] = [[0.5, -1, 0.25]]
    assert net.outputs_for([[2.0, 3.0]]).tolist() == [[-1.75]]


def test_dense_backward_by_hand():
    """dW = dz x^T with x = (2, 3, 1), and dx = W^T dz without the bias."""
    layer, tape, x = Dense(1), Tape(np.float64), np.array([[2.0], [3.0], [1.0]])
    p, g = {"W": np.array([[0.5, -1, 0.25]])}, {"W": np.zeros((1, 3))}
    _, saved = tape.record(layer.forward, p, x, ())
    dx = tape.record(layer.backward, p, g, np.array([[10.0]]), saved)
    assert g["W"].tolist() == [[20, 30, 10]]
    assert dx.tolist() == [[5], [-10]]


def test_dense_starts_with_biases_at_zero():
    W = Dense(3, "he_normal").start(np.random.default_rng(0), 4)["W"]
    assert (W[:, -1] == 0).all()
    assert (W[:, :-1] != 0).all()


def test_activate_adds_the_row_of_ones_that_the_next_bias_reads():
    out = network(Dense(3), Activate("tanh")).activations_for(X)[1]
    assert out.shape == (4, 9)
    assert (out[-1] == 1).all()


def test_dropout_does_nothing_in_use_and_nothing_at_rate_zero():
    tape = Tape(np.float64)
    x = tape.watch(with_ones(X))
    assert Dropout(0.5).forward({}, x, ())[0] is x
    assert Dropout(0.0).forward({}, x, rngs())[0] is x
    assert Dropout(0.5).backward({}, {}, x, None) is x
    assert tape.calls == []


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.8])
def test_dropout_switches_off_its_share_and_keeps_the_mean(rate):
    tape, x = Tape(np.float64), np.ones((201, 200))
    out, kept = tape.record(Dropout(rate).forward, {}, x, rngs())
    assert (out[-1] == 1).all()
    assert (kept == 0).mean() == pytest.approx(rate, abs=0.01)
    np.testing.assert_allclose(kept[kept > 0], 1 / (1 - rate))
    assert out[:-1].mean() == pytest.approx(1, abs=0.02)
    da = np.random.default_rng(1).normal(size=kept.shape)
    np.testing.assert_array_equal(Dropout(rate).backward({}, {}, da, kept), da * kept)


def test_dropout_draws_anew_at_each_replay_and_the_same_from_the_same_seed():
    drawn = []
    for _ in range(2):
        tape = Tape(np.float64)
        kept = tape.record(Dropout(0.5).forward, {}, np.ones((9, 8)), rngs())[1]
        first = kept.copy()
        tape.replay()
        drawn.append((first, kept.copy()))
    np.testing.assert_array_equal(drawn[0], drawn[1])
    assert (drawn[0][0] != drawn[0][1]).any()


def test_each_model_drops_what_it_would_drop_alone():
    x = np.ones((6, 3, 5))
    together = Dropout(0.4).forward({}, x, rngs(3))[1]
    for m in range(3):
        alone = Dropout(0.4).forward({}, x[:, m], rngs(3)[m : m + 1])[1]
        np.testing.assert_array_equal(together[:, m], alone)


def test_batch_norm_in_training_gives_mean_beta_and_deviation_gamma():
    net = network(BatchNorm(eps=0.0))
    net.p["0.gamma"][...], net.p["0.beta"][...] = 2, 5
    z = net.layers.layers[0].forward({n[2:]: v for n, v in net.p.items()}, X.T, rngs())[0]
    np.testing.assert_allclose(z.mean(-1), 5)
    np.testing.assert_allclose(z.std(-1), 2)


def test_batch_norm_follows_the_batches_and_uses_what_it_followed():
    net, layer = network(BatchNorm()), BatchNorm()
    p = {n[2:]: v for n, v in net.p.items()}
    layer.forward(p, X.T, rngs())
    mean, var = 0.1 * X.mean(0), 0.9 + 0.1 * X.var(0, ddof=1)
    np.testing.assert_allclose(p["running_mean"][:, 0], mean)
    np.testing.assert_allclose(p["running_var"][:, 0], var)
    z = layer.forward(p, X.T, ())[0]
    np.testing.assert_allclose(z, ((X - mean) / np.sqrt(var + 1e-5)).T)
    np.testing.assert_allclose(p["running_mean"][:, 0], mean)  # use does not move it


def test_batch_norm_survives_a_batch_of_one():
    layer, p = BatchNorm(), {"gamma": 1.0, "beta": 0.5, "running_mean": 0.0, "running_var": 1.0}
    p = {name: np.full((4, 1), value) for name, value in p.items()}
    z, saved = layer.forward(p, X[:1].T.copy(), rngs())
    np.testing.assert_array_equal(z, 0.5)
    g = {"gamma": np.empty((4, 1)), "beta": np.empty((4, 1))}
    dz = layer.backward(p, g, np.ones((4, 1)), saved)
    np.testing.assert_allclose(dz, 0)
    np.testing.assert_array_equal(p["running_var"], 0.9)


def test_residual_adds_its_branch_to_what_came_in():
    branch = Sequence((Dense(4), Activate("tanh")))
    net = network(Residual(branch, 0.5))
    expected = X + 0.5 * np.tanh(X @ net.p["0.0.W"][:, :-1].T)
    out = net.outputs_for(X)
    np.testing.assert_allclose(out[:-1].T, expected)
    assert (out[-1] == 1).all()


def test_residual_refuses_a_branch_that_changes_the_number_of_units():
    with pytest.raises(ValueError, match="must keep its 4 units, not make 3"):
        network(Residual(Sequence((Dense(3), Activate("tanh")))))


def test_layers_run_in_order_and_backward_in_reverse():
    seen = []

    @dataclass(frozen=True)
    class Spy(Dropout):
        name: str = ""

        def forward(self, p, x, rngs):
            seen.append(self.name)
            return x, None

        def backward(self, p, g, dy, saved):
            seen.append(self.name.upper())
            return dy

    layers = Sequence((Spy(0, "a"), Spy(0, "b")))
    x, saved = layers.forward({}, np.ones((2, 1)), ())
    layers.backward({}, {}, x, saved)
    assert seen == ["a", "b", "B", "A"]


def kinds(layers):
    return [type(layer).__name__ for layer in layers]


def test_the_usual_stack():
    plain = stack((8, 4), 1, inputs=2).layers
    assert kinds(plain) == ["Dense", "Activate", "Dense", "Activate", "Dense"]
    assert [layer.width for layer in plain[::2]] == [8, 4, 1]
    rich = stack((8,), 3, "relu", dropout=0.2, batch_norm=True, inputs=2).layers
    assert kinds(rich) == ["Dense", "BatchNorm", "Activate", "Dropout", "Dense"]
    assert rich[2].name == "relu"
    assert kinds(stack((), 1, inputs=2).layers) == ["Dense"]


def test_blocks_that_keep_their_width_get_a_way_around_them():
    layers = stack((8, 8, 8, 4), 1, residual=True, batch_norm=True, inputs=2).layers
    block = ["Dense", "BatchNorm", "Activate"]
    assert kinds(layers) == [*block, "Residual", "Residual", *block, "Dense"]
    assert [layer.scale for layer in layers[3:5]] == [pytest.approx(1 / np.sqrt(2))] * 2
    assert kinds(layers[3].branch.layers) == ["Dense", "BatchNorm", "Activate"]


@given(
    hidden=st.lists(st.integers(1, 5), max_size=4),
    outputs=st.integers(1, 3),
    dropout=st.sampled_from([0.0, 0.5]),
    batch_norm=st.booleans(),
    residual=st.booleans(),
    models=st.integers(1, 3),
)
def test_any_stack_has_the_promised_shape(hidden, outputs, models, **more):
    made = Network(stack(hidden, outputs, inputs=4, **more), 4, models, np.float64)
    made.start(range(models))
    assert made.outputs == outputs
    assert made.outputs_for(X).shape == ((outputs, 9) if models == 1 else (outputs, models, 9))
    weights = sum((a + 1) * b for a, b in zip([4, *hidden], [*hidden, outputs], strict=True))
    norms = sum(hidden) if more["batch_norm"] else 0
    assert made.trained == weights + 2 * norms
    assert made.size == weights + 4 * norms


def test_a_deep_stack_without_activations_is_one_matrix():
    net = Network(stack((8,) * 10, 3, "identity", inputs=4), 4, dtype=np.float64)
    net.start([0])
    together = np.eye(4)
    for name in net.p:
        together = net.p[name][:, :-1] @ together
    np.testing.assert_allclose(net.outputs_for(X).T, X @ together.T, atol=1e-13)


def test_batch_statistics_are_used_in_training_only():
    net = network(Dense(3), BatchNorm(), Activate("tanh"), Dense(1))
    assert not np.allclose(trained_forward(net, X), net.outputs_for(X))
