"""What lesson 5 claims of rates, held to runs; and the finder."""

from dataclasses import replace

import numpy as np
import pytest

from core.lessons.learning_rate import rates
from core.training.experiment import Experiment
from core.training.finder import find, find_many, smoothed
from core.training.studies import sweep

pytestmark = pytest.mark.claims


@pytest.fixture(scope="module")
def runs():
    tried = (3.0, 10.0, 30.0, 100.0)
    return dict(zip(tried, zip(*rates.curves(tried, 20), strict=True), strict=True))


def test_at_the_end_the_limit_has_met_the_rate(runs):
    limits = rates.limits(20)
    assert 1.5 < limits.min() < limits.max() < 3.6
    ended = {rate: np.median(rates.limits(20, runs[rate][1])) for rate in (3.0, 10.0, 30.0)}
    assert all(limit > 0.6 * rate for rate, limit in ended.items())
    assert ended[10.0] > 3 * np.median(limits)
    assert ended[3.0] < 1.5 * 3


def test_nothing_ends_as_not_a_number(runs):
    assert all(np.isfinite(losses).all() for losses, _ in runs.values())


def best(optimizer, batch, scale):
    final = rates.final_losses(optimizer, batch, scale, 20)
    return rates.good_range(final)[0], np.median(final, 0)


def test_the_range_moves():
    plain, at_plain = best("sgd", 2000, 1.0)
    small, at_small = best("sgd", 8, 1.0)
    assert plain == 10
    assert small < plain
    assert at_small[rates.RATES.index(10.0)] > 1.2 * at_small[0]  # "higher than the smallest rate"
    assert at_small[0] > 0.9 * np.median(rates.curves((0.001,), 20)[0][0, :, 0])  # which "hardly moves the weights"
    assert best("momentum", 2000, 1.0)[0] < plain
    adam, at_adam = best("adam", 2000, 1.0)
    assert adam <= plain / 10
    assert at_adam[-1] > 50 * at_adam.min()  # "how long they are is still up to the rate"
    assert best("adam", 8, 1.0)[0] == 0.1
    scaled, at_scaled = best("sgd", 2000, 10.0)
    assert scaled < plain
    assert at_scaled.min() > 2 * at_plain.min()


@pytest.mark.weekly
def test_momentums_best_rate_is_usually_lower_than_plain_descents():
    """Over all settings of the page: mostly lower, and at most once higher."""
    settings = [(batch, scale) for batch in (2000, 32, 8) for scale in (0.1, 1.0, 10.0)]
    pairs = [(best("sgd", *each)[0], best("momentum", *each)[0]) for each in settings]
    assert sum(momentum < plain for plain, momentum in pairs) >= 5
    assert sum(momentum > plain for plain, momentum in pairs) <= 1


def test_tiny_inputs_make_the_first_layers_gradients_tiny_and_hardly_move_the_limit():
    data = rates.prepare_experiment(rates.NETWORK)
    network = rates.network_of(rates.NETWORK, data.X_train.shape[1], dtype=np.float64)
    sizes = {}
    for scale in (1.0, 0.1):
        gradient = rates.gradient_function(network, rates.loss_of(rates.NETWORK), data.X_train * scale, data.y_train)
        first = []
        for seed in range(20):
            network.start([seed])
            found = gradient(network.theta.copy()).ravel()[: 3 * rates.NETWORK.hidden[0]].reshape(-1, 3)
            first.append(np.abs(found[:, :2]).mean())
        sizes[scale] = np.median(first)
    assert sizes[0.1] < 0.2 * sizes[1.0]
    assert 0.6 < np.median(rates.limits(20, scale=0.1)) / np.median(rates.limits(20)) < 1.8
    assert best("sgd", 2000, 0.1)[1].min() > 2 * best("sgd", 2000, 1.0)[1].min()


def test_how_long_the_steps_of_adam_are():
    """The first is as long as the rate, and hardly any later one is longer."""
    still = walked("adam", 1e-5, 1)  # as good as the start
    for rate in (0.1, 1.0):
        places = [still, *(walked("adam", rate, t) for t in range(1, 21))]
        steps = np.abs(np.diff(places, axis=0)) / rate
        assert np.quantile(steps[0], 0.1) > 0.99
        assert steps[0].max() < 1.01
        assert (steps[1:] > 1.05).mean() < 0.02


def test_a_typical_gradient_is_that_of_one_plain_step():
    moved = np.abs(walked("sgd", 1.0, 1) - walked("sgd", 1e-5, 1))
    assert np.median(moved) == pytest.approx(rates.typical_gradient(20), rel=1e-3)
    assert rates.typical_gradient(20, 0.1) < rates.typical_gradient(20)


def walked(optimizer, rate, epochs):
    """The parameters of twenty starts after so many steps, (20, P)."""
    e = replace(rates.NETWORK, optimizer=optimizer, epochs=epochs)
    return sweep(e, "learning_rate", [rate], seeds=range(20)).parameters[0]


def test_good_range_stops_at_the_first_bad_rate():
    final = np.full((3, len(rates.RATES)), 1.0)
    final[:, 4], final[:, 5], final[:, 7] = 0.12, 0.1, 0.1
    assert rates.good_range(final) == (0.03, 0.01, 0.03)


def test_verdicts():
    losses = np.ones((3, 2, 4))
    losses[1, :, -1], losses[2, :, -1] = 0.1, np.nan
    assert rates.verdicts((0.1, 1.0, 10.0), losses) == ["small", "best", "large"]
    losses[2, :, -1] = 0.01, 2.0
    assert rates.verdicts((0.1, 1.0, 10.0), losses) == ["small", "best", "luck"]


def test_other_data_reach_the_sweep():
    e = replace(rates.NETWORK, epochs=3)
    a = sweep(e, "learning_rate", [0.1]).train_loss[0, 0]
    b = rates.final_losses("sgd", 2000, 1.0, 1, epochs=3)[0, rates.RATES.index(0.1)]
    c = rates.final_losses("sgd", 2000, 5.0, 1, epochs=3)[0, rates.RATES.index(0.1)]
    assert b == pytest.approx(a[-1], rel=1e-5)
    assert c != pytest.approx(b, rel=1e-2)


def test_the_finder_takes_ordinary_steps():
    """At a rate next to nothing the weights stay, so each batch's loss is that of the first weights."""
    e = Experiment(samples=200, batch_size=140, optimizer="sgd")
    found = find(e, 1e-12, 1e-11, steps=5)
    start = sweep(e, seeds=[0]).train_loss[0, 0, 0]
    np.testing.assert_allclose(found.losses, start, rtol=1e-5)
    grown = find(e, 1e-3, 1.0, steps=40)
    assert grown.losses[-1] < 0.8 * start
    assert grown.rates[0] == pytest.approx(1e-3)
    assert grown.rates[-1] == pytest.approx(1.0)


def test_smoothing_starts_without_a_lag():
    np.testing.assert_allclose(smoothed(np.full(5, 2.0)), 2.0)
    assert smoothed(np.array([1.0, 3.0]), 0.5)[1] == pytest.approx((0.25 * 1 + 0.5 * 3) / 0.75)


def test_where_the_finder_fails():
    """The tenth of the minimum is steady; the steepest place is not: about one start in five fools it."""
    e = Experiment(dataset="digits", samples=1797, hidden=(32,), activation="relu", optimizer="sgd")
    runs = find_many(e, range(20))
    tenths, steepest = np.array([(r.tenth, r.steepest) for r in runs]).T
    low, high = np.quantile(tenths, [0.1, 0.9])
    assert high < 2 * low
    assert (steepest < 1e-3 * np.median(steepest)).any()
