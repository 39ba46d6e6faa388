"""The numbers that lesson 14's exercises and tries speak of, each computed."""

from core.lessons.initialization import study


def numbers():
    inputs = 50
    return {
        "50": inputs,
        "0.02": 1 / inputs,
        "0.04": 2 / inputs,
        "25": inputs * 1 / 2,
        "30": study.DEPTHS[-1],
        "0.05": study.SMALL,
        "0.5": study.LARGE,
        "10": 100 * 0.1,
        "0.9": 1 - 0.1,
        "20": 20,
        "40": 40,
        "0.01": study.TINY,
    }
