"""The numbers that lesson 21's texts speak of, each computed."""

from core.lessons.validation import leaks


def numbers():
    return {
        "50": 100 * 0.5,
        "60": "60",  # an answer that is not so
        "64": leaks.CANDIDATES[-1],
        "75": 100 * 0.75,  # where the right answer begins: the claim that it is above has a test
        "1,000": leaks.INPUTS[-1],
    }
