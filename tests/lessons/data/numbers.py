"""The numbers that the lesson's texts speak of, each computed."""

from core.lessons.data.amount import study as amount


def numbers():
    return {
        "10": amount.SIZES[0],
    }
