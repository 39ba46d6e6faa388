"""The numbers that lesson 9's exercises and tries speak of, each computed."""

import numpy as np

from core.nn.optimizers import Momentum


def numbers():
    across, along = np.array([4, -4, 4]), np.array([1, 1, 1])
    mu = Momentum().mu
    return {
        "90": 100 * mu,
        "4": across.sum(),
        "3": along.sum(),
        "10": 1 / (1 - mu),  # also how much steeper the gentle valley is across
        "0.01": "0.01",
        "0.5": "0.5",
        "0.02": 2 / 100,
    }
