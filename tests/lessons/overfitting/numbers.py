"""The numbers that lesson 19's texts speak of, each computed."""

from core.lessons.overfitting import study


def numbers():
    return {"4": study.COUNTS[2], "32": study.COUNTS[-1]}
