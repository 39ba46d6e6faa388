"""The numbers that lesson 8's texts speak of, each computed."""

import numpy as np

from core.lessons.predict import asking, fields


def numbers():
    return {
        "99": 100 * asking.SURE,
        "90": 100 * fields.MUCH,  # and a quarter of a turn, in degrees
        "3": "3", "10": "10", "30": "30", "16": "16",  # distances; the ink of a pixel
        "0.5": "0.5", "5": 0.5 * 10, "20": "20", "12": "12", "60": "60", "55": "55", "7": "7", "95": "95",  # checks
        "50": 100 / 2,
        "0.69": -np.log(0.5),
        "99.9": "99.9", "999": 0.999 * 1000, "1,000": "1,000", "0.98": "0.98", "98": 0.98 * 100,  # givens
    }  # fmt: skip
