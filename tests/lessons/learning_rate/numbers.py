"""The numbers that lesson 5's texts speak of, each computed."""

from core.lessons.learning_rate import rates
from core.lessons.learning_rate.descent import NEAR


def numbers():
    c = 10
    best = [rates.good_range(rates.final_losses(*s, 20))[0] for s in (("momentum", 8, 10.0), ("sgd", 2000, 1.0))]
    return {
        "0.001": NEAR,
        "0.01": best[0],
        "10": best[1],
        "0.25": "0.25", "0.4": "0.4", "0.49": "0.49", "0.501": "0.501", "30": "30",  # rates that the tries set
        "3": "3", "4": 2 / 0.5, "0.03": "0.03", "0.003": 0.1 * 0.03,  # givens of the checks
        "0.1": 1 / c, "0.2": 2 / c, "0.5": 2 / 4,
        "1.5": 1.5,
        "80": 100 * (0.9 - 0.1),
    }  # fmt: skip
