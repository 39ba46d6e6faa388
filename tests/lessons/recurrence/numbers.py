"""The numbers that lesson 24's exercises and tries speak of, each computed."""

from core.lessons.recurrence import study, unrolled


def numbers():
    return {
        "0.5": "0.5",
        "0.001": 0.5**10,
        "10": study.LENGTHS[1],
        "12": unrolled.MOST,
        "50": study.LENGTHS[-1],
    }
