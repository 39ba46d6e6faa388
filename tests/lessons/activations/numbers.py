"""The numbers that lesson 13's exercises and tries speak of, each computed."""

import numpy as np

from core.lessons.activations.study import RATES
from core.nn.activations import ACTIVATIONS


def numbers():
    leak = float(ACTIVATIONS["leaky_relu"].slope(-8.0) / ACTIVATIONS["sigmoid"].slope(8.0))
    assert round(leak) == 30
    layers = [np.array([[2, 0], [0, 1]]), np.array([[-3, 0], [0, 1]]), np.array([[1, 1], [0, 1]])]
    one = layers[2] @ layers[1] @ layers[0]
    return {
        "3": -layers[1][0, 0],
        "6": -one[0, 0],
        "30": "30",  # the sensor's limit, and below
        "8": "8",
        "0.0003": ACTIVATIONS["sigmoid"].slope(8.0),
        "0.9": 1 - 0.1,
        "1.2": 1 + 0.2,
        "5": "5",  # kilometers
        "9": "9",
        "20": "20",  # layers
        "0.1": RATES[0],
        "10": RATES[-1],
        "80": 100 * (0.9 - 0.1),  # percent: the band
    }
