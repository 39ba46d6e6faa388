"""The study against single runs, scikit-learn's own losses and what can be worked out by hand; the charts."""

import json
import re
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, log_loss, mean_squared_error

from core.charts.described import describe
from core.data.regression import sine_truth
from core.lessons.overfitting import charts, study, words, worked
from core.lessons.overfitting.capacity import Sized, drawn, over_seeds, with_seed
from core.training.building import network_of
from core.training.engine import train
from core.training.experiment import Experiment

measured = lru_cache(study.measured)
SMALL = {"curve": ("curve", 10, 0.3, 4), "boundary": ("boundary", 10, 0.3, 4)}
each_challenge = pytest.mark.parametrize("challenge", list(study.CHALLENGES))


def small(challenge, **changed):
    name, examples, noise, count = SMALL[challenge]
    return replace(study.experiment(name, examples, noise, count), epochs=40, **changed)


@each_challenge
def test_the_judges_are_strangers_and_the_simulator_trains_on_the_same_examples(challenge):
    e = with_seed(small(challenge), 3)
    data, simulated = drawn(e, 50), train(e).data
    np.testing.assert_array_equal(data.X_train, simulated.X_train)
    np.testing.assert_array_equal(data.X_validation, simulated.X_test)
    assert len(data.X_train) == len(data.X_validation) == 10
    assert len(data.X_test) == 50
    seen = {tuple(row) for row in np.vstack([data.X_train, data.X_validation]).tolist()}
    assert not seen & {tuple(row) for row in data.X_test.tolist()}


@each_challenge
def test_side_by_side_each_network_learns_as_if_alone(challenge):
    e, seeds = small(challenge), (0, 1, 5)
    together = over_seeds(e, seeds, every=8)
    for k, seed in enumerate(seeds):
        alone = over_seeds(e, [seed], every=8)
        for name in ("train", "validation", "test"):
            np.testing.assert_allclose(getattr(together, name)[k], getattr(alone, name)[0], rtol=2e-3, err_msg=name)
        history = train(with_seed(e, seed), data=drawn(with_seed(e, seed)))
        unit = float(np.square(history.data.target_scaler.scale)) if challenge == "curve" else 1.0
        np.testing.assert_allclose(together.train[k], unit * history.train_loss[together.epochs], rtol=2e-3)
        np.testing.assert_allclose(together.test[k], unit * history.test_loss[together.epochs], rtol=2e-3)


@each_challenge
def test_losses_and_accuracy_are_scikit_learns(challenge):
    e = small(challenge)
    found = over_seeds(e, range(2), every=40)
    name, examples, noise, count = SMALL[challenge]
    for seed in range(2):
        data = drawn(with_seed(e, seed))
        X, y = data.data.X[data.test], data.data.y[data.test]
        network = network_of(e, X.shape[1], dtype=np.float64)
        network.load(found.parameters[seed])
        z = network.outputs_for(data.inputs(X))[0]
        if challenge == "curve":
            assert found.test[seed, -1] == pytest.approx(mean_squared_error(y, data.target(z)), rel=1e-3)
        else:
            assert found.test[seed, -1] == pytest.approx(log_loss(y, 1 / (1 + np.exp(-z))), rel=1e-3)
            assert found.accuracy[seed, -1] == pytest.approx(accuracy_score(y, z > 0))
        said = study.answers(name, examples, noise, count, found.parameters[[seed]], [seed])[0]
        assert said.shape == ((len(study.X),) if challenge == "curve" else (study.SIDE, study.SIDE))


def test_stopping_takes_the_epoch_of_the_lowest_validation_loss():
    losses = np.array([[3.0, 1.0, 2.0], [3.0, 2.0, 1.0]])
    one = Sized(np.array([0, 10, 20]), losses, losses, 10 * losses, losses, np.zeros((2, 1)))
    assert one.stops.tolist() == [1, 2]
    assert one.stopped.tolist() == [10.0, 10.0]
    said = study.facts(one, noise=0.3)
    assert (said["epoch"], said["better"], said["epochs"]) == (15.0, 1, 20)
    assert said["floor"] == pytest.approx(0.09)


def test_the_waves_own_loss_is_the_noise_squared():
    data = drawn(study.experiment("curve", 10, 0.3, 1), fresh=5000)
    X, y = data.data.X[data.test], data.data.y[data.test]
    assert mean_squared_error(y, sine_truth(X)) == pytest.approx(
        study.facts(measured(*SMALL["curve"]), 0.3)["floor"], rel=0.06
    )


@pytest.mark.parametrize("seed", [0, 6])
@each_challenge
def test_one_run_is_what_the_player_shows(challenge, seed):
    found = study.one_run(*SMALL[challenge], seed)
    assert found["epochs"][0] == 0
    assert found["epochs"][-1] == study.EPOCHS[challenge] == len(found["training"]) - 1
    assert int(found["stop"]) in found["epochs"]
    assert found["validation"][int(found["stop"])] == found["validation"].min()
    stacked = measured(*SMALL[challenge])
    last = study.answers(*SMALL[challenge], stacked.parameters[[seed]], [seed])[0]
    assert np.abs(found["frames"][-1] - last).mean() < 0.05


def test_the_weights_are_counted():
    for challenge, inputs in (("curve", 1), ("boundary", 2)):
        for count in study.COUNTS:
            line = re.sub(r"\\begin{aligned}|\\end{aligned}|\\\\|&|\\quad", "", worked.weights(inputs, count)).split(
                "="
            )
            assert eval(line[1].replace(r"\times", "*")) == int(line[2]) == study.parameters(challenge, count)


@pytest.mark.parametrize(
    ("low", "high"), [(0.0274, 0.17849), (0.0, 1.2169), (0.1, 0.1), (0.000115, 0.000124), (0.000053, 0.000267)]
)
def test_the_worked_lines_are_so_as_written(low, high):
    for line in (worked.gap(low, high), worked.saved(low, high, 26)):
        numbers = re.findall(r"-?\d+\.\d+", re.sub(r"#\w+", "", line))
        first, second, result = map(float, numbers)
        assert result == pytest.approx(first - second, abs=1e-9)
        assert first == pytest.approx(high, rel=0.02)


def test_all_settings_are_lawful_for_the_simulator():
    for challenge in study.CHALLENGES:
        for examples in study.EXAMPLES:
            for noise in study.NOISES:
                e = study.experiment(challenge, examples, noise, study.COUNTS[-1], study.SEEDS - 1)
                assert Experiment.from_query(e.to_query()) == (e, [])


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_chart_is_valid(mode):
    curves = np.zeros((3, len(study.X)))
    losses = {"training": np.ones((20, 6)), "test": np.ones((20, 6)), "stopped early": np.ones((20, 6))}
    points, plane = (np.zeros((4, 1)), np.zeros(4)), (np.zeros((4, 2)), np.array([0, 1, 0, 1]))
    run = {"training": np.ones(5), "validation": np.ones(5), "test": np.ones(5)}
    epochs = np.arange(5)
    made = [
        charts.by_size(study.COUNTS, losses, 8, 1.0, mode, "t", words.KEY_SIZE, (0.1, "floor")),
        charts.by_size(study.COUNTS, losses, 1, 1.0, mode, "t", words.KEY_SIZE),
        charts.fits(curves[:1], curves, study.X, points, mode, "t", "k", study.truth()),
        charts.fits(curves, curves[:0], study.X, points, mode, "t"),
        charts.plane(np.zeros((1, 40, 40)), study.extent(0.3), plane, plane, ("a", "b"), mode, "t"),
        charts.plane(np.zeros((3, 40, 40)), study.extent(0.3), plane, None, ("a", "b"), mode, "t", 1),
        charts.stopping(epochs, epochs, run, 2, 1.0, mode, "stop", 4),
        charts.stopping(epochs, epochs, {"training": np.ones(5)}, 2, 1.0, mode, "stop", 4),
    ]
    for chart in made:
        chart.to_dict(validate=True)
        assert "NaN" not in json.dumps(describe(chart))
