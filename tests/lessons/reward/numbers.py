"""The numbers that lesson 28's texts speak of, each computed."""

from core.lessons.reward import qlearning, study
from core.lessons.reward.world import DISCOUNT


def numbers():
    rate, old, ahead = qlearning.RATE, 4.0, 10.0
    assert study.BLOCK == study.RUNS
    return {
        "20": study.RUNS,
        "5": -study.REWARD,
        "0.9": DISCOUNT,
        "0.5": rate,
        "4": old,
        "10": ahead,
        "9": DISCOUNT * ahead,
        "6.5": old + rate * (0 + DISCOUNT * ahead - old),
        "7": old + rate * (ahead - old),
    }
