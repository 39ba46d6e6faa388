"""Heights and turning points against NumPy's least squares and against trying everything."""

import json
from itertools import combinations

import numpy as np
import pytest

from core.charts.described import describe
from core.lessons.approximation import charts, study, trained
from core.lessons.approximation.targets import CHALLENGES, HIGH, LOW, X, responses
from core.nn.layers import stack
from core.nn.network import Network

each_challenge = pytest.mark.parametrize("name", list(CHALLENGES))


def bound(units, target):
    """The deviation that no heights and no bias go below, by NumPy's least squares with a column of ones."""
    table = np.column_stack([units, np.ones(len(units))])
    best = np.linalg.lstsq(table, target, rcond=None)[0]
    return np.sqrt(np.mean((table @ best - target) ** 2))


@each_challenge
@pytest.mark.parametrize("count", [1, 3, 8])
def test_the_best_heights_are_those_of_least_squares(name, count):
    one = CHALLENGES[name]
    target = one.target(X)
    for seed in range(20):
        turns = np.random.default_rng(seed).uniform(LOW, HIGH, count)
        units = responses(one.kind, turns)
        heights, off = study.best_heights(units, target)
        assert off == pytest.approx(bound(units, target), abs=1e-9)
        nudged = heights + np.random.default_rng(seed).normal(0, 0.1, count)
        assert study.deviation(study.drawn(units, nudged, target)[1] - target) >= off - 1e-12


@each_challenge
def test_what_joins_is_counted_as_least_squares_counts_it(name):
    one = CHALLENGES[name]
    target, candidates = one.target(X), responses(one.kind, study.PLACES)
    for rest in (candidates[:, :0], candidates[:, [5, 30]], candidates[:, [7, 7, 40]]):
        off = study.each_joined(rest, candidates, target)
        for k in (0, 7, 12, 59):
            assert off[k] == pytest.approx(bound(np.column_stack([rest, candidates[:, k]]), target), abs=1e-7)


@each_challenge
@pytest.mark.parametrize("count", [1, 2])
def test_the_search_finds_the_best_of_all_places(name, count):
    one = CHALLENGES[name]
    target, candidates = one.target(X), responses(one.kind, study.PLACES)
    best = min(bound(candidates[:, list(some)], target) for some in combinations(range(len(study.PLACES)), count))
    turns, off = study.best_places(name, count)
    assert off == pytest.approx(best, abs=1e-7)
    assert bound(responses(one.kind, turns), target) == pytest.approx(off, abs=1e-7)


@each_challenge
def test_more_units_are_never_worse_than_those_that_were_found(name):
    offs = [study.best_places(name, count)[1] for count in range(1, 9)]
    assert (np.diff(offs) < 1e-9).all()


@pytest.mark.parametrize("activation", ["relu", "tanh", "identity"])
@pytest.mark.parametrize("count", [1, 8, 64])
def test_what_is_set_by_hand_is_a_network(activation, count):
    """Weights, biases and heights put into a network of the core give the same curve."""
    target = CHALLENGES["wiggles"].target(X)
    w = 1.0 if activation == "relu" else 1.5 * count / (HIGH - LOW)
    turns = study.even(count)
    network = Network(stack((count,), 1, activation, inputs=1), 1, dtype=np.float64)
    names = [name for name in network.p if name.endswith("W")]
    network.p[names[0]][...] = np.column_stack([np.full(count, w), -w * turns])
    units = network.activations_for(X[:, None])[1][:count].T
    heights = study.best_heights(units, target)[0]
    network.p[names[1]][...] = np.append(heights, study.drawn(units, heights, target)[0])
    answers = network.outputs_for(X[:, None])[0]
    np.testing.assert_allclose(study.by_hand(activation, count, target), answers, atol=1e-6)


def test_the_output_bias_is_the_best():
    units, heights, target = responses("step", [-1.0, 0.5]), np.array([0.7, -0.2]), CHALLENGES["box"].target(X)
    bias, curve = study.drawn(units, heights, target)
    for other in (bias - 0.01, bias + 0.01):
        assert study.deviation(curve - bias + other - target) > study.deviation(curve - target)


def test_shares_of_a_known_sum():
    curve = 0.3 + 0.9 * np.sin(X) + 0.5 * 0.4 * np.sin(5 * X)
    assert study.shares(np.array([curve])) == pytest.approx((0.9, 0.5))


def test_training_is_the_experiments_own():
    """The curves are those that the simulator's network has at its end."""
    e = trained.experiment("wave", "relu", 4, 20)
    from core.training.engine import train

    curves = trained.trained(e, train(e).data)
    np.testing.assert_allclose(curves[0], train(e).predict(X[:, None]), atol=2e-3)


@pytest.mark.parametrize("mode", ["light", "dark"])
@each_challenge
def test_every_chart_is_valid(name, mode):
    one = CHALLENGES[name]
    turns, heights = np.array([*one.units, *one.units]).T
    units, target = responses(one.kind, turns), one.target(X)
    made = [
        charts.unit_curves(X, units, heights, turns, 0, mode, units @ heights, target),
        charts.unit_curves(X, units, heights, turns, 1, mode),
        charts.ways({"yours": 0.0, "best": 0.0}, mode),
    ]
    for chart in made:
        chart.to_dict(validate=True)
        assert "NaN" not in json.dumps(describe(chart))


def test_the_text_twins_say_the_numbers():
    text = charts.unit_curves_text(np.array([-1.0, 1.0]), np.array([1.0, -2.0]), 0.25)
    assert text == "unit 1 turns at -1.00, +1.00; unit 2 turns at 1.00, -2.00. Their sum is 0.250 off the target."
    assert charts.ways_text({"yours": 0.1, "best": 0.05}) == "How far off: yours 0.100, best 0.050."


@pytest.mark.parametrize("steep", [4.0, 20.0, 50.0])
def test_the_best_turns_are_the_best_for_steps_as_steep_as_they_are(steep):
    turns, off = study.best_places("stairs", 8, steep=steep)
    assert off == pytest.approx(study.at_best("stairs", turns, steep)[1])
    assert off <= study.at_best("stairs", np.linspace(LOW, HIGH, 10)[1:-1], steep)[1]
