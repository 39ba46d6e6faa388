"""The numbers that lesson 12's exercises and tries speak of, each computed."""

from core.lessons.landscape import sharp, walk


def numbers():
    rate = 0.5
    return {
        "10": 100 * walk.CLOSE,  # also the factor of the exercise
        "99": "99",
        "0.5": rate,
        "4": 2 / rate,
        "5": sharp.BATCHES[0],
        "200": sharp.BATCHES[-1],
    }
