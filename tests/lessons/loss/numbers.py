"""The numbers that lesson 3's exercises speak of, each computed."""

import numpy as np


def numbers():
    errors = np.array([3, 5]) - np.array([4, 2])
    sigmoid = lambda z: 1 / (1 + np.exp(-z))  # noqa: E731
    return {
        "3": "3", "4": "4",  # the givens of the first check
        "5": np.mean(errors**2),
        "9": errors[1] ** 2,
        "10": np.sum(errors**2),
        "11": "11",
        "0.25": sigmoid(0) * (1 - sigmoid(0)),
        "0.00002": 1 - sigmoid(11),
        "0.04": 0.2**2,
        "10,000": 100**2,
        "0.70": 0.7,
        "8": 2 * 4, "16": 4**2,  # the slope and the square of an error of 4
        "0.9": "0.9", "0.1": 1 - 0.9,  # the givens of the check of probabilities, and its answer
        "0.009": 0.1 * 0.9 * 0.1, "0.105": -np.log(0.9),
        "50": "50", "0.5": 50 / 100, "0.01": 1 / 100, "0.69": -np.log(0.5), "4.6": -np.log(0.01),
    }  # fmt: skip
