"""Twenty networks side by side, one network with a penalty, one with dropout: against plain loops and scikit-learn."""

from dataclasses import replace

import numpy as np
import pytest

from core.charts.described import describe
from core.lessons.regularization import charts, dropped, study, watch
from core.nn import penalties
from core.nn.network import columns
from core.nn.tape import Tape
from core.training.building import network_of, prepare_experiment
from core.training.engine import train


@pytest.fixture(scope="module")
def plain():
    return study.without(study.FEW)


def test_each_network_has_its_own_examples_and_all_the_same_test():
    train_, validation, test = study.parts(study.BASE, 3)
    assert train_[0].shape == (study.FEW, 3, 2)
    assert validation[1].shape == (study.FEW, 3)
    assert test[0].shape == (study.TEST, 3, 2)
    assert not np.allclose(train_[0][:, 0], train_[0][:, 1])
    data = prepare_experiment(study.experiment("l2", 0.01, seed=2))
    np.testing.assert_array_equal(train_[0][:, 2], data.X_train)
    np.testing.assert_allclose(data.scaler.undo(test[0][:, 2]), prepared_fresh(), atol=1e-9)


def prepared_fresh():
    from core.data.datasets import load

    return load("moons", study.TEST, study.BASE.noise, study.TEST_SEED).X


@pytest.mark.parametrize(("method", "strength"), [("l2", 0.01), ("l1", 0.003), ("dropout", 0.5), ("data", 80)])
def test_a_network_among_twenty_is_the_one_that_the_simulator_trains(method, strength):
    """After some steps only: what is chaotic later on begins the same."""
    seeds = 3
    e = replace(study.experiment(method, strength), epochs=10)
    network, _ = study.together(e, study.parts(e, seeds)[0])
    alone = train(replace(e, seed=0, data_seed=0))
    np.testing.assert_allclose(network.dump()[0], alone.snapshots[-1], atol=2e-4)


def test_stopping_reads_the_run_without_help(plain):
    assert set(study.METHODS["stop"].strengths) <= set(study.MOMENTS.tolist())
    for step in study.METHODS["stop"].strengths:
        at = study.MOMENTS.tolist().index(step)
        np.testing.assert_array_equal(study.stopped(plain, step)["loss"], plain["test"][at])
    e = study.experiment("stop", 50)
    train_, _, test = study.parts(e)
    again = study.judged(study.together(e, train_)[0], e, test)
    np.testing.assert_allclose(study.stopped(plain, 50)["loss"], again["loss"], rtol=1e-3)


def test_the_best_step_is_the_one_with_the_lowest_validation_loss(plain):
    at = {step: k for k, step in enumerate(study.MOMENTS.tolist())}
    for seed, step in enumerate(plain["best"]):
        if step in at:
            assert plain["validation"][at[step], seed] == plain["validation"][:, seed].min()
            assert plain["best_loss"][seed] == pytest.approx(plain["test"][at[step], seed], rel=1e-4)


def test_test_losses_agree_with_scikit_learn(plain):
    from sklearn.metrics import accuracy_score, log_loss

    e = study.experiment("l2", 0.01)
    train_, _, test = study.parts(e, 2)
    network, _ = study.together(e, train_)
    found, z = study.judged(network, e, test), network.outputs_for(test[0])[0].astype(float)
    for k in range(2):
        p = 1 / (1 + np.exp(-z[k]))
        assert found["loss"][k] == pytest.approx(log_loss(test[1][:, k], p), rel=1e-4)
        assert found["right"][k] == pytest.approx(accuracy_score(test[1][:, k], p > 0.5))


@pytest.mark.parametrize("penalty", ["l1", "l2"])
def test_the_penalty_is_what_the_core_adds(penalty):
    found, e = watch.watched(penalty, 0.01, 1), study.experiment(penalty, 0.01, seed=1)
    history = train(e)
    for k in (0, 20, -1):
        network = history.network(watch.FRAMES[k], np.float64)
        each = network.weights_only() * 0.01
        zero = np.zeros_like(each)
        value = penalties.value(network.theta, *((each, zero) if penalty == "l1" else (zero, each)))
        assert found["penalty"][k] == pytest.approx(value, rel=1e-5)
        w = np.concatenate([p[:, :-1].ravel() for name, p in network.p.items() if name.endswith("W")])
        assert len(w) == watch.count() == 1120
        assert found["near"][k] == pytest.approx((np.abs(w) < watch.NEAR).mean())
        assert found["squares"][k] == pytest.approx(np.square(w).sum(), rel=1e-5)
    np.testing.assert_allclose(found["train"], history.train_loss[watch.FRAMES])
    np.testing.assert_allclose(found["histogram"].sum(-1), 1)


def test_cutting_sets_small_weights_to_nothing():
    weak, strong = watch.watched("l1", 0.03, 0), watch.watched("l2", 0.3, 0)
    assert weak["cut"] == pytest.approx(weak["test"][-1], abs=1e-3)
    assert strong["left"] == 0
    assert strong["cut"] == pytest.approx(np.log(2), abs=1e-3)


@pytest.mark.parametrize("rate", [0.1, 0.5])
def test_the_units_drawn_as_off_are_those_that_the_step_switches_off(rate):
    e = study.experiment("dropout", rate)
    data = prepare_experiment(e)
    network = network_of(e, 2)
    network.start([0])
    rng = np.random.default_rng([7, 0])
    for _ in range(3):
        told = dropped.masks(rng, rate)
        tape, x, seen = Tape(network.dtype), columns(data.X_train, network.dtype).T, []
        for i, layer in enumerate(network.layers.layers):
            x, _ = tape.record(layer.forward, {k[2:]: v for k, v in network.p.items() if k[0] == str(i)}, x, (rng,))
            if type(layer).__name__ == "Dropout":
                seen.append(np.array(x[:-1] != 0))
        np.testing.assert_array_equal(np.stack(seen), told > 0)


def test_watching_dropout_does_not_change_the_run():
    found, history = dropped.watched(0.5, 3), train(study.experiment("dropout", 0.5, seed=3))
    last = dropped.FRAMES[-1] - 1
    np.testing.assert_allclose(found["used"][:30], history.train_loss[:30], atol=1e-4)
    W = history.network(last).p["0.W"][:, :-1]
    np.testing.assert_allclose(found["weights 1"][-1], W, atol=1e-3)
    assert found["on"].mean() == pytest.approx(0.5, abs=0.05)
    assert found["seen"][0] != pytest.approx(found["used"][0], rel=1e-6)


def test_the_tries_of_dropout_speak_of_the_curves_that_are_drawn():
    """With little dropout the test loss falls and rises again; the text's numbers are where the curves end."""
    for seed in (2, 1):
        found = dropped.watched(0.1, seed)
        assert found["test"][0] > 1.2 * found["test"].min()
        assert found["test"][-1] > 1.2 * found["test"].min()
        off, used, tested = dropped.series(found)
        ends = dropped.late(found)
        assert (ends["seen"], ends["used"], ends["test"]) == (off[-1], used[-1], tested[-1])
        assert ends["seen"] == pytest.approx(found["seen"][-dropped.SMOOTH :].mean())


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_chart_is_valid(mode, plain):
    found = dropped.watched(0.5, 0)
    picture = charts.dropped([found[f"weights {k}"] for k in (1, 2, 3)], found["on"], 80, mode, "Title", ["key"])
    assert len(describe(picture)["layer"]) == 4
    picture.to_dict(validate=True)
    said = charts.dropped_text(found["on"][0], 1)
    assert f"{int(found['on'][0, 0].sum())} of 32" in said
    losses = np.repeat(plain["test"][-1][:, None], 6, 1)
    for name in ("l2", "dropout"):
        strengths = study.METHODS[name].strengths
        options = {"title": "T", "y_title": "loss", "domain": (0.2, 2.0)}
        chart = charts.by_strength(strengths, 3, {"a": losses}, ["loss"], mode, "dose", **options)
        told = chart.to_dict(validate=True)
        kinds = {str(layer["encoding"]["x"].get("scale", {}).get("type")) for layer in told["layer"]}
        assert ("log" in kinds) == (name == "l2")
