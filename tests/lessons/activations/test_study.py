"""The lesson's numbers, against hand-made ones and against what its sentences claim."""

from dataclasses import replace

import numpy as np
import pytest

from core.lessons.activations import study
from core.nn.activations import ACTIVATIONS
from core.training.building import network_of, prepare_experiment
from core.training.signals import first_weights
from core.training.studies import sweep


@pytest.fixture(scope="module")
def ends():
    """Medians over the starts at the end, of training and test accuracy."""

    def of(data, layers, name):
        found = sweep(study.experiment(data, layers, name), seeds=range(study.SEEDS))
        return np.median(found.train_accuracy[0, :, -1]), np.median(found.test_accuracy[0, :, -1])

    return of


@pytest.mark.claims
def test_without_a_bend_the_rings_stay_at_chance_however_deep(ends):
    assert ends("circles", 2, "identity")[0] < 0.65
    assert ends("xor", 2, "identity")[0] < 0.6


@pytest.mark.claims
def test_seven_bends_solve_the_rings(ends):
    for name in ("sigmoid", "tanh", "relu"):
        assert ends("circles", 2, name)[0] > 0.9


@pytest.mark.claims
def test_a_line_could_cut_off_some_of_the_ring_but_training_gains_almost_nothing(ends):
    """ "Training gains almost nothing with any line": the best line of all gets more right than what training finds."""
    data = prepare_experiment(study.experiment("circles", 2, "identity"))
    angles = np.linspace(0, 2 * np.pi, 720, endpoint=False)
    along = data.X_train @ np.stack([np.cos(angles), np.sin(angles)])  # (n, angles)
    ordered = data.y_train[np.argsort(along, axis=0)]
    right = np.cumsum(ordered == 0, axis=0) + (ordered == 1).sum(axis=0) - np.cumsum(ordered == 1, axis=0)
    assert 0.6 < right.max() / len(ordered) < 0.75
    for layers in study.LAYERS:
        losses = sweep(study.experiment("circles", layers, "identity"), seeds=range(study.SEEDS)).train_loss[0]
        assert np.median(losses[:, -1]) > 0.95 * np.log(2)
        assert ends("circles", layers, "identity")[0] < 0.65


@pytest.mark.claims
def test_more_of_the_same(ends):
    assert ends("circles", 4, "identity")[0] < 0.65
    for name in ("leaky_relu", "elu", "silu"):
        assert ends("circles", 2, name)[0] > 0.9
    assert ends("circles", 2, "gelu")[0] > 0.9


@pytest.mark.claims
def test_on_clouds_the_bend_fits_the_noise(ends):
    flat, bent = ends("gauss", 2, "identity"), ends("gauss", 2, "relu")
    assert bent[0] > flat[0] + 0.02
    assert bent[1] < flat[1]
    for name in ACTIVATIONS:
        assert ends("gauss", 2, name)[1] <= flat[1] + 0.005
    assert ends("moons", 2, "tanh")[0] > ends("moons", 2, "identity")[0] + 0.05


@pytest.mark.parametrize("data", list(study.DATA))
def test_no_run_of_the_first_view_breaks(data):
    for layers in study.LAYERS:
        assert all(np.isfinite(run["parameters"]).all() for run in study.train_all(data, layers).values())


@pytest.mark.parametrize("layers", study.LAYERS)
def test_layers_without_a_bend_are_one_matrix(layers):
    e = study.experiment("circles", layers, "identity")
    theta = first_weights(e, range(3))
    theta += np.random.default_rng(0).normal(0, 0.5, theta.shape)  # biases too
    assert max(study.apart(e, row) for row in theta) < 1e-10
    bent = replace(e, activation="tanh")
    assert study.apart(bent, theta[0]) > 0.1


@pytest.mark.claims
def test_what_is_said_of_slopes():
    tanh, sigmoid = (ACTIVATIONS[n] for n in ("tanh", "sigmoid"))
    assert tanh.slope(0.0) == pytest.approx(4 * sigmoid.slope(0.0))
    assert sigmoid.slope(5.0) > 30 * tanh.slope(5.0)
    assert study.crossing() == pytest.approx(1.6629, abs=1e-3)
    assert ACTIVATIONS["gelu"].slope(-1.5) < 0
    assert ACTIVATIONS["relu"].slope(-1.0) == 0 < ACTIVATIONS["leaky_relu"].slope(-2.0)
    for name in ("elu", "gelu", "silu"):  # near 0 they pass something on the left, far out nothing
        assert ACTIVATIONS[name].slope(-0.3) > 0.1
        assert abs(ACTIVATIONS[name].slope(-30.0)) < 1e-6


def test_facts_are_those_of_textbooks():
    found = {name: study.facts(name) for name in ACTIVATIONS}
    assert (found["sigmoid"].low, found["sigmoid"].high) == pytest.approx((0, 1), abs=1e-6)
    assert found["tanh"].steepest == pytest.approx(1)
    assert found["sigmoid"].steepest == pytest.approx(0.25)
    assert found["relu"].off
    assert not found["leaky_relu"].flat
    assert found["gelu"].low == pytest.approx(-0.17, abs=0.001)
    assert len(found["tanh"].flat) == 2
    assert len(found["elu"].flat) == 1
    assert study.FLAT == 0.01  # a hundredth, as the sentence has it
    for name, f in found.items():  # flat is what's near 0, not what's below: a falling curve isn't flat
        assert all(np.abs(ACTIVATIONS[name].slope(np.linspace(*ends, 999))).max() <= study.FLAT for ends in f.flat)
    assert found["gelu"].flat[0][1] == pytest.approx(-3.07, abs=0.01)
    assert found["silu"].flat[0][1] == pytest.approx(-6.26, abs=0.01)


@pytest.mark.claims
def test_who_dies_at_which_rate():
    safe, large, huge = (study.dying("relu", rate) for rate in (0.1, 3.0, 10.0))
    assert np.median(safe["dead"][:, -1]) <= 2 / 16
    assert 0.25 <= np.median(large["dead"][:, -1]) <= 0.75
    assert np.median(huge["dead"][:, -1]) > 0.6
    assert np.median(large["right"][:, -1]) > 0.85
    assert np.median(huge["right"][:, -1]) < 0.7
    for rate in (3.0, 10.0):
        leaky = study.dying("leaky_relu", rate)
        assert leaky["dead"].max() == 0


@pytest.mark.claims
def test_runs_break_with_a_leak_at_the_largest_rate_and_nowhere_else():
    broken = {(kind, rate): study.dying(kind, rate)["broken"] for kind in study.DYING for rate in study.RATES}
    leaky = broken.pop(("leaky_relu", 10.0))
    assert 8 <= leaky[:, -1].sum() <= 17
    assert (np.diff(leaky.astype(int), axis=1) >= 0).all()  # what is broken stays so
    assert not any(runs.any() for runs in broken.values())


@pytest.mark.claims
def test_a_broken_run_is_told_as_broken_and_a_whole_one_is_drawn():
    found = study.dying("leaky_relu", 10.0)
    assert not found["broken"][found["start"]].any()
    assert np.isfinite(found["z"]).all()
    assert not found["right"][found["broken"]].any()
    assert not found["dead"][found["broken"]].any()


def test_the_drawn_start_is_whole_and_in_the_middle():
    dead, right, back = (
        np.array([0.1, 0.5, 0.5, 0.9, 0.5]),
        np.array([1.0, 0.2, 0.9, 1, 0.9]),
        np.array([0, 9, 0, 0, 2]),
    )
    assert study.typical(dead, right, back, np.ones(5, bool)) == 4
    assert study.typical(dead, right, back, np.array([1, 1, 1, 1, 0], bool)) == 2
    assert study.typical(dead, right, back, np.array([1, 0, 0, 0, 0], bool)) == 0
    assert study.typical(dead, right, back, np.zeros(5, bool)) == 4


@pytest.mark.claims
def test_the_dead_come_back_in_layer_2_and_never_in_layer_1():
    for rate in study.RATES:
        first, second = study.dying("relu", rate)["back"]
        assert first.sum() == 0
        if rate == 3.0:
            assert (second > 0).sum() >= 17
        if rate == 10.0:  # all of layer 2 is dead, so layer 1 gets no gradient
            assert second.sum() <= 2


def test_what_is_dead_at_a_huge_rate():
    found = study.dying("relu", 10.0)
    late = found["dead"][:, 10:]
    assert (np.diff(late, axis=1) >= -0.13).all()
    assert found["right"].shape == found["dead"].shape == (study.SEEDS, len(found["epochs"]))
    assert found["z"].shape == (len(found["epochs"]), 2, study.WIDTH * 140)
    assert found["layers"][-1].sum() == found["dead"][found["start"], -1] * 2 * study.WIDTH


def test_a_dead_units_gradient_is_a_product_with_0():
    found = study.dying("relu", 3.0)
    for terms, layers in zip(found["terms"], found["layers"], strict=True):
        assert (terms is None) == (layers.sum() == 0)
        assert terms is None or terms["slope"] == 0
    assert np.median([abs(t["output"] * t["input"]) for t in found["terms"] if t]) > 0.05


def test_what_is_fed_back_to_a_unit_is_the_gradient():
    e = study.dying_experiment("tanh", 0.1)
    data, theta = prepare_experiment(e), first_weights(e, range(1))[0].astype(float)
    only = np.zeros((2, study.WIDTH), bool)
    only[0, 3] = True
    terms = study.dead_terms(e, theta, only)
    network = network_of(e, 2, dtype=np.float64)

    def losses(shift, k):
        network.load(theta)
        next(W for name, W in network.p.items() if name.endswith("W"))[3, k] += shift
        z, y = network.outputs_for(data.X_train)[0], data.y_train
        return np.logaddexp(0, z) - y * z

    slopes = np.array([(losses(1e-6, k) - losses(-1e-6, k)) / 2e-6 for k in (0, 1)])
    assert np.abs(slopes - terms["output"] * terms["slope"] * terms["input"]).min() < 1e-7


def test_slopes_are_enlarged_where_they_look_like_0():
    over, (low, high) = study.enlarged(["tanh", "sigmoid"], 5.0)
    assert low < 0 < ACTIVATIONS["sigmoid"].slope(5.0) < high
    assert over[0] == 4
    assert study.enlarged(["tanh", "sigmoid"], 0.0) is None
    assert study.enlarged(["relu", "leaky_relu"], 1.0) is None
