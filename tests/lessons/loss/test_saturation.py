"""The sure and wrong neuron, against a loop in plain Python."""

import math

import numpy as np
import pytest

from core.lessons.loss.saturation import LOSSES_COMPARED, biased_networks, epochs_to, turn_around
from core.training.experiment import Experiment


def by_hand(squared: bool, start: float, rate: float, half: bool = True) -> int:
    w = b = start
    for epoch in range(100_000):
        p = 1 / (1 + math.exp(-(w + b)))
        if p < 0.5:
            return epoch
        push = p * p * (1 - p) * (1 if half else 2) if squared else p
        w, b = w - rate * push, b - rate * push
    return -1


@pytest.mark.claims
@pytest.mark.parametrize(("start", "squared", "entropy"), [(2.0, 232, 17), (5.0, 73_534, 37), (0.5, 24, 6)])
def test_epochs_of_both_losses(start, squared, entropy):
    for name, wanted in (("squared error", squared), ("cross-entropy", entropy)):
        loss, part = LOSSES_COMPARED[name]
        outputs = turn_around(loss, start, 0.15, part=part)
        assert len(outputs) - 1 == wanted == by_hand(loss == "brier", start, 0.15)
        assert outputs[-1] < 0.5 <= outputs[-2]
        assert outputs[0] == pytest.approx(1 / (1 + math.exp(-2 * start)))


@pytest.mark.claims
def test_without_the_half_it_walks_twice_as_fast():
    assert len(turn_around("brier", 2.0, 0.15)) - 1 == 117 == by_hand(True, 2.0, 0.15, half=False)


def test_it_stops_when_told_to():
    outputs = turn_around("brier", 5.0, 0.05, most=50, part=0.5)
    assert len(outputs) == 51
    assert outputs[-1] > 0.99


@pytest.mark.claims
def test_a_sure_and_wrong_network_holds_squared_error_up():
    base = {
        "samples": 200,
        "hidden": (8,),
        "optimizer": "sgd",
        "batch_size": 2000,
        "epochs": 1500,
        "learning_rate": 1.0,
    }
    median = {}
    for loss in ("mse", "cross_entropy"):
        for bias in (0.0, 8.0):
            _, accuracy = biased_networks(Experiment(loss=loss, **base), bias, range(20))
            median[loss, bias] = np.median(epochs_to(accuracy, 0.85))
    assert median["mse", 8.0] > 20 * median["cross_entropy", 8.0]
    assert median["mse", 0.0] < 6 * median["cross_entropy", 0.0]


def test_epochs_to_says_when_it_never_happens():
    found = epochs_to(np.array([[0.1, 0.9, 0.2], [0.1, 0.2, 0.3]]), 0.9)
    assert found[0] == 1
    assert np.isinf(found[1])
