"""The numbers that lesson 18's texts speak of, each computed."""

from core.lessons.depth import folding, race


def numbers():
    return {
        "3": 3,  # the givens of the first check
        "4": race.sawtooth("teeth4", race.X).tolist().count(1.0),
        "8": folding.pieces(3),
        "10": folding.pieces(3) + 2,
        "16": folding.pieces(4),
        "20": race.SEEDS,
        "0.3": 0.3,
        "0.7": 1 - 0.3,
    }
