"""The lesson's numbers, against hand-made ones and against what its sentences claim."""

import numpy as np
import pytest

from core.lessons.initialization import study
from core.nn.initializers import INITIALIZERS
from core.training.experiment import Experiment
from core.training.signals import first_weights, signals
from core.training.studies import sweep


def ends(activation, start, depth):
    found = study.first_pass(activation, start, depth)
    return {name: np.median(found[name], axis=0)[[0, -1]] for name in ("spread", "gradients")}


@pytest.mark.claims
def test_what_is_said_of_thirty_layers():
    first, last = ends("relu", "xavier", 30)["spread"]
    assert last < first / 1000
    first, last = ends("relu", "he", 30)["spread"]
    assert 0.1 < last / first < 2
    assert ends("relu", "xavier", 3)["spread"][1] > 0.05
    assert ends("tanh", "small", 10)["spread"][1] < 1e-5
    first, last = ends("relu", "xavier", 30)["gradients"]
    assert max(first, last) < 1e-4  # fades both ways: all layers get the same tiny product
    assert 1 / 3 < first / last < 3
    gradient = ends("tanh", "large", 30)["gradients"]
    assert gradient[0] > 30 * gradient[1]
    large = study.first_pass("tanh", "large", 30)
    assert large["shares"][-1, [0, 1, -2, -1]].sum() > 0.3  # piled up at the ends
    assert np.median(study.first_pass("sigmoid", "large", 30)["spread"][:, -1]) < 0.6


@pytest.mark.claims
def test_the_factor_foretells_the_next_layer():
    for start in study.STARTS:
        for activation in study.ACTIVE:
            found = study.first_pass(activation, start, 10)
            foretold = study.WIDTH * study.variance(start, study.WIDTH) * found["share"]
            assert found["grown"] == pytest.approx(foretold, rel=0.15)
    assert study.first_pass("relu", "xavier", 30)["share"] == pytest.approx(0.5, abs=0.02)  # "ReLU half"


@pytest.mark.parametrize("start", list(study.STARTS))
def test_the_variance_is_that_of_the_initializer(start):
    name, scale = study.STARTS[start]
    drawn = INITIALIZERS[name].draw(np.random.default_rng(0), study.WIDTH, study.WIDTH, scale)
    assert drawn.var() == pytest.approx(study.variance(start, study.WIDTH), rel=0.1)


@pytest.mark.claims
def test_equal_units_stay_equal():
    median = {}
    for activation, begin in (
        ("tanh", "equal"),
        ("tanh", "zeros"),
        ("tanh", "random"),
        ("tanh", "tiny"),
        ("sigmoid", "zeros"),
    ):
        e = study.shallow(activation, begin)
        found = sweep(e, seeds=range(study.SEEDS))
        hidden = found.parameters[0][:, : 3 * study.UNITS].reshape(study.SEEDS, study.UNITS, 3)
        apart = np.abs(hidden - hidden[:, :1]).max()
        assert (apart < 1e-3) == (begin in ("equal", "zeros")), (activation, begin)
        median[activation, begin] = np.median(found.train_accuracy[0, :, -1])
    one = np.median(sweep(Experiment(hidden=(1,)), seeds=range(20)).train_accuracy[0, :, -1])
    assert median["tanh", "equal"] < one + 0.03
    assert median["tanh", "random"] > median["tanh", "equal"] + 0.08
    assert median["tanh", "zeros"] < 0.55
    assert 0.8 < median["sigmoid", "zeros"] < 0.9
    assert median["tanh", "tiny"] < median["tanh", "random"] - 0.05


@pytest.mark.claims
def test_dropout_tells_equal_units_apart():
    """Where it fails: the same equal start, and in each of twenty runs eight kinds of unit that do more than one."""
    found, equal = (sweep(study.shallow("relu", begin), seeds=range(study.SEEDS)) for begin in ("drop", "equal"))
    for one, count in ((found, study.UNITS), (equal, 1)):
        hidden = one.parameters[0][:, : 3 * study.UNITS].reshape(study.SEEDS, study.UNITS, 3)
        assert {study.kinds(each) for each in hidden} == {count}
    drop, same = (np.median(one.train_accuracy[0, :, -1]) for one in (found, equal))
    assert drop > same + 0.02


@pytest.mark.claims
def test_what_training_makes_of_each_start():
    """What learns lies clear of the limit, what doesn't has a gradient near 0 in layer 1."""
    learning = {
        ("relu", 3): {"xavier", "he", "large"}, ("tanh", 3): {"xavier", "he", "large"}, ("sigmoid", 3): {"he", "large"},
        ("relu", 10): {"xavier", "he", "large"}, ("tanh", 10): {"xavier", "he", "large"}, ("sigmoid", 10): set(),
    }  # fmt: skip
    for (activation, depth), known in learning.items():
        losses = study.trained(activation, depth)
        assert {start for start, does in study.learns(losses).items() if does} == known
        for start in study.STARTS.keys() - known:
            e = study.run(activation, start, depth)
            first = signals(e, first_weights(e, range(study.SEEDS)), study.BATCH).gradients[0]
            assert np.median(first) < 0.01
            assert np.median(losses[start][:, -1]) > study.LEARNED + 0.02
            assert np.median(losses[start][:, -1]) == pytest.approx(study.GUESSING, abs=0.02)
        if depth == 3 and activation != "sigmoid":  # "every start of this page but the small one learns"
            assert all(np.quantile(losses[start][:, -1], 0.9) < 0.45 for start in known)


def test_thirty_layers_lose_the_signal_or_break():
    losses = study.trained("relu", 30)
    assert [start for start, does in study.learns(losses).items() if does] == ["he"]
    assert np.isnan(losses["large"][:, -1]).sum() > 10
    e = study.run("relu", "xavier", 30)
    assert np.median(signals(e, first_weights(e, range(study.SEEDS)), study.BATCH).gradients[0]) < 1e-4


def test_a_broken_run_has_not_learned():
    assert study.learns({"large": np.array([[0.7, 0.1], [0.7, np.nan], [0.7, np.nan]])}) == {"large": False}


@pytest.mark.claims
def test_a_weights_gradient_is_small_in_every_layer():
    """ "What comes in times what comes back: small in every layer": with Xavier and ReLU, and each of them fades."""
    found = study.first_pass("relu", "xavier", 30)
    gradients, spread = np.median(found["gradients"], axis=0), np.median(found["spread"], axis=0)
    assert gradients.max() < 1e-4
    back = gradients / spread.clip(1e-30)  # about what comes back
    assert back[0] < back[-1] / 100


@pytest.mark.claims
def test_tiny_units_long_run_the_same_way():
    run = study.units("tanh", "tiny")
    found = study.alike(run["weights"][run["epochs"].tolist().index(40)])
    assert found["alike"] >= 6
    large = study.first_pass("tanh", "large", 30)
    centers = (large["edges"][1:] + large["edges"][:-1]) / 2
    assert large["shares"][-1, np.abs(centers) > 0.9].sum() > 0.3


def test_alike_counts_one_ratio():
    weights = np.array([[1.0, 2.0, 0, 0], [-2.0, -4.1, 3, 1], [1.0, 5.0, 0, 0]])
    assert study.alike(weights) == {"ratio": 2.05, "alike": 2}
    assert study.alike(np.zeros((8, 4)))["alike"] == 0


def test_kinds_counts_what_differs():
    assert study.kinds(np.zeros((8, 4))) == 1
    assert study.kinds(np.arange(32.0).reshape(8, 4)) == 8


def test_factors_are_those_of_a_nudge():
    rng = np.random.default_rng(0)
    w, x, bias = rng.normal(size=(8, 4)), np.array([0.7, -0.4]), 0.3

    def loss(w):
        p = 1 / (1 + np.exp(-(w[:, 3] @ np.tanh(w[:, :2] @ x + w[:, 2]) + bias)))
        return -np.log(p)

    near, moved = 1e-6, w.copy()
    moved[2, 0] += near
    found = study.factors("tanh", w, bias, x, 1.0)
    assert np.prod(found[2]) == pytest.approx((loss(moved) - loss(w)) / near, rel=1e-4)
