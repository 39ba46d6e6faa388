"""The numbers that lesson 8's texts speak of, each computed."""

import numpy as np

from core.data.ink import SIDE
from core.lessons.predict import asking, fields


def numbers():
    return {
        "99": 100 * asking.SURE,
        "90": 100 * fields.MUCH,  # and a quarter of a turn, in degrees
        "3": "3", "10": "10", "30": "30", "16": "16",  # distances; the ink of a pixel
        "8": SIDE,
        "50": 100 / 2,
        "0.69": -np.log(0.5),
        "99.9": "99.9", "999": 0.999 * 1000, "1,000": "1,000", "0.98": "0.98", "98": 0.98 * 100,  # givens
        "20": asking.OUT, "12": "12", "60": "60", "70": "70", "14": "14", "5": "5", "4": (5 - 3) ** 2,
    }  # fmt: skip
