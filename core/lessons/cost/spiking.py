"""A leaky neuron that fires: driven by a steady input, simulated step by step, and its rate in closed form."""

from math import exp, log

import numpy as np

Array = np.ndarray
THRESHOLD = 1.0
STEP = 1e-4
"""Seconds: ten steps a millisecond."""
LEAK, PAUSE = 0.02, 0.002
SHOWN, COUNTED = 0.2, 2.0
"""Seconds that are drawn, and over which spikes are counted."""
WINDOW = 0.1
"""Seconds in which a neuron's spikes are counted to say one number."""
INPUTS: Array = np.linspace(0, 4, 33)


def simulate(current: float, leak: float, pause: float, seconds: float) -> tuple[Array, Array]:
    """Return the voltage after each step, (n,), and the times of the spikes.

    The voltage runs towards the input and would get there: ``dV/dt = (current - V) / leak``. A step takes the share
    ``1 - exp(-STEP / leak)`` of the way that's left, which is exact for a steady input. At the threshold the neuron
    fires, starts again from 0 and rests for ``pause``.
    """
    share, resting = 1 - exp(-STEP / leak), round(pause / STEP)
    voltage, v, wait, spikes = np.zeros(round(seconds / STEP)), 0.0, 0, []
    for k in range(len(voltage)):
        if wait:
            wait -= 1
            continue
        v += share * (current - v)
        voltage[k] = v
        if v >= THRESHOLD:
            spikes.append((k + 1) * STEP)
            v, wait = 0.0, resting
    return voltage, np.array(spikes)


def rate(current: float, leak: float, pause: float) -> float:
    """Return the spikes a second in closed form: one over the pause and the time to climb from 0 to the threshold."""
    if current <= THRESHOLD:
        return 0.0
    return 1 / (pause + leak * log(current / (current - THRESHOLD)))


def counted(current: float, leak: float, pause: float) -> float:
    """Return the spikes a second as counted in a simulation."""
    return len(simulate(current, leak, pause, COUNTED)[1]) / COUNTED


def between(current: float, leak: float, pause: float) -> float:
    """Return the seconds from one spike to the next, as simulated; infinitely many if it doesn't fire twice."""
    spikes = simulate(current, leak, pause, COUNTED)[1]
    return float(np.diff(spikes).mean()) if len(spikes) > 1 else float("inf")


def curve(leak: float, pause: float) -> Array:
    """Return the counted rate at each of `INPUTS`."""
    return np.array([counted(current, leak, pause) for current in INPUTS])


def in_window(current: float, leak: float, pause: float) -> int:
    """Return how many spikes fall into the first `WINDOW` seconds."""
    return int((simulate(current, leak, pause, WINDOW)[1] <= WINDOW + STEP / 2).sum())
