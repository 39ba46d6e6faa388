import numpy as np
import pytest

from core.nn.initializers import INITIALIZERS
from core.nn.layers import stack
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.nn.optimizers import Adam
from core.training.loop import fit
from core.training.recipe import Recipe

N_OUT, N_IN = 300, 200
DEVIATION = {  # the formula, written out once more
    "xavier_uniform": np.sqrt(2 / (N_IN + N_OUT)),
    "xavier_normal": np.sqrt(2 / (N_IN + N_OUT)),
    "he_uniform": np.sqrt(2 / N_IN),
    "he_normal": np.sqrt(2 / N_IN),
    "lecun_normal": np.sqrt(1 / N_IN),
    "normal": 0.7,
    "constant": 0.0,
    "zeros": 0.0,
}
each = pytest.mark.parametrize("name", list(INITIALIZERS))


def drawn(name, seed=0, n_out=N_OUT, n_in=N_IN, scale=0.7):
    return INITIALIZERS[name].draw(np.random.default_rng(seed), n_out, n_in, scale)


@each
def test_the_spread_is_the_formulas(name):
    W = drawn(name)
    assert W.shape == (N_OUT, N_IN)
    assert W.std() == pytest.approx(DEVIATION[name], rel=0.01, abs=1e-12)
    assert W.mean() == pytest.approx(0.7 if name == "constant" else 0, abs=0.01)


@pytest.mark.parametrize(("name", "radius"), [("xavier_uniform", np.sqrt(6 / 500)), ("he_uniform", np.sqrt(6 / 200))])
def test_uniform_ones_fill_their_interval(name, radius):
    assert 0.999 * radius < np.abs(drawn(name)).max() <= radius


@pytest.mark.parametrize("name", [n for n in INITIALIZERS if n.endswith("normal")])
def test_normal_ones_are_bell_shaped(name):
    share = (np.abs(drawn(name)) < DEVIATION[name]).mean()
    assert share == pytest.approx(0.6827, abs=0.01)


@each
def test_the_scale_counts_where_the_row_says_so(name):
    same = np.array_equal(drawn(name, scale=0.7), drawn(name, scale=0.1))
    assert same != INITIALIZERS[name].scaled
    assert INITIALIZERS[name].title


@each
def test_the_seed_decides(name):
    np.testing.assert_array_equal(drawn(name, 3), drawn(name, 3))
    assert np.array_equal(drawn(name, 3), drawn(name, 4)) == (DEVIATION[name] == 0)


def test_he_keeps_a_relu_signal_alive_through_thirty_layers_and_xavier_does_not():
    X = np.random.default_rng(0).normal(size=(100, 64))
    spread = {}
    for name in ("he_normal", "xavier_normal"):
        network = Network(stack((64,) * 30, 1, "relu", name, inputs=64), 64, dtype=np.float64)
        network.start([0])
        spread[name] = network.activations_for(X)[-2][:-1].std()
    assert 0.1 < spread["he_normal"] < 3
    assert spread["xavier_normal"] < 1e-3


@pytest.mark.parametrize(("name", "moves"), [("constant", True), ("zeros", False)])
def test_units_that_start_alike_stay_alike(name, moves):
    """And from zeros, tanh units cannot even move: what would push them comes through weights that are zero."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(40, 2))
    network = Network(stack((4,), 1, "tanh", name, inputs=2), 2, dtype=np.float64)
    network.start([0])
    fit(network, Recipe(LOSSES["bce"], Adam(), 0.05, epochs=20), (X, (X[:, 0] * X[:, 1] > 0).astype(int)))
    W = network.p["0.W"]
    np.testing.assert_allclose(W, np.tile(W[0], (4, 1)), rtol=1e-9)
    assert (np.abs(W - (0.5 if moves else 0)).max() > 0.01) == moves
