"""The numbers that lesson 19's texts speak of, each computed."""

from core.charts.band import HIGH, LOW
from core.lessons.overfitting import study


def numbers():
    return {"4": study.COUNTS[2], "32": study.COUNTS[-1], "80": 100 * (HIGH - LOW)}
