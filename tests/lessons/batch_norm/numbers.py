"""The numbers that lesson 16's exercises and tries speak of, each computed."""

from core.lessons.batch_norm import study, words


def numbers():
    return {
        "0.1": study.BASE.learning_rate,
        "10": "10",
        "15": study.CASES["pairs"][1].epochs,
        "20": study.BATCHES[2],
        "50": study.BATCHES[3],
        "80": 100 * (0.9 - 0.1),
        "3": words.TWO[0],
        "0.5": words.TWO[1],
    }
