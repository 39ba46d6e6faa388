"""The numbers that lesson 15's exercises and tries speak of, each computed."""

from core.lessons.vanishing import study


def numbers():
    factor, layers = 0.5, 10
    return {
        "10": layers,
        "0.5": factor,
        "0.05": factor / layers,
        "0.001": factor**layers,
        "1024": 1 / factor**layers,
        "0.1": study.SMALL,
    }
