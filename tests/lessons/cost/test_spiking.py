"""A simulated neuron fires as often as the closed form says, and the closed form is the differential equation's."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from core.lessons.cost import published, spiking, study

SETTINGS = [(1.05, 0.02, 0.002), (1.5, 0.02, 0.0), (2.0, 0.05, 0.01), (4.0, 0.01, 0.0), (4.0, 0.1, 0.02)]


@pytest.mark.parametrize(("current", "leak", "pause"), SETTINGS)
def test_the_counted_rate_is_the_closed_form(current, leak, pause):
    between = np.diff(spiking.simulate(current, leak, pause, 4.0)[1])
    exact = 1 / spiking.rate(current, leak, pause)
    assert np.ptp(between) < 1e-9  # a steady input, a steady beat
    assert 0 <= between[0] - exact < spiking.STEP + 1e-9  # it fires at the first step behind the threshold
    most = 1 / spiking.COUNTED + spiking.STEP / exact**2  # a spike more or less, and a step later each time
    assert abs(spiking.counted(current, leak, pause) - 1 / exact) <= most


@pytest.mark.parametrize(("current", "leak", "pause"), SETTINGS)
def test_the_closed_form_is_the_equations(current, leak, pause):
    def reached(_, v):
        return v[0] - spiking.THRESHOLD

    reached.terminal = True
    way = solve_ivp(lambda _, v: (current - v) / leak, (0, 5), [0.0], events=reached, rtol=1e-10, atol=1e-12)
    assert 1 / (way.t_events[0][0] + pause) == pytest.approx(spiking.rate(current, leak, pause), rel=1e-6)


@pytest.mark.parametrize("current", [0.0, 0.5, 0.9, 1.0])
def test_up_to_the_threshold_it_never_fires(current):
    voltage, spikes = spiking.simulate(current, 0.02, 0.002, 5.0)
    assert len(spikes) == 0 == spiking.rate(current, 0.02, 0.002)
    assert voltage.max() <= current


def test_a_pause_bounds_the_rate():
    assert spiking.counted(4.0, 0.02, 0.02) < 1 / 0.02
    assert spiking.rate(1e6, 0.02, 0.02) == pytest.approx(50, rel=1e-3)


def test_from_one_spike_to_the_next():
    for current, leak, pause in SETTINGS:
        assert spiking.between(current, leak, pause) == pytest.approx(1 / spiking.rate(current, leak, pause), abs=2e-4)
    assert spiking.between(0.9, 0.02, 0.002) == float("inf")


def test_voltage_after_so_long_by_hand():
    voltage, _ = spiking.simulate(0.8, 0.05, 0.0, 0.1)
    assert voltage[499] == pytest.approx(0.8 * (1 - np.exp(-1)))  # one leak time
    assert voltage[-1] == pytest.approx(0.8 * (1 - np.exp(-2)))


def test_spikes_in_a_window_and_what_they_cost():
    said = study.of_spikes(4.0, *study.USUAL)
    spikes = spiking.simulate(4.0, *study.USUAL, 1.0)[1]
    assert said["spikes"] == (spikes <= 0.1 + 1e-9).sum()
    assert said["picojoules"] == pytest.approx(26 * said["spikes"])
    assert said["times"] == pytest.approx(said["picojoules"] * 1e-12 / published.MACHINE)
    assert said["times"] > 5  # "a busy neuron"


def test_what_is_asked():
    said = study.asked_of_spikes()
    assert said["weak_count"] == 0 < said["strong_count"]
    assert said["truenorth"] == pytest.approx(26)
    assert said["loihi"] == pytest.approx(23.6)
    assert round(said["strong_rate"]) == round(said["strong_count"] / said["seconds"])
