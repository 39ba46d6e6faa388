"""The numbers that the lesson's exercises and tries speak of, each computed."""

from core.lessons.autoencoder import study


def numbers():
    return {
        "32": study.SIZES[-1],
        "8": study.SIZES[3],
        "3": "3",  # dimensions of a space
        "10": "10",  # digits
    }
