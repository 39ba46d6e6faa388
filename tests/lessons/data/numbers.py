"""The numbers that the lesson's texts speak of, each computed."""

from core.lessons.data.amount import study as amount
from core.lessons.data.labels import study as labels_study
from core.lessons.data.labels import view as labels
from core.lessons.data.rare import study as rare
from core.lessons.data.scale import study as scale


def numbers():
    return {
        "10": amount.SIZES[0],
        "60": 100 * (1 - labels.ASKED),
        "2": 100 * rare.SHARES[0],  # what the checks ask to set
        "5": 100 * rare.SHARES[1],
        "30": labels_study.EPOCHS,
        "40": 100 * labels.ASKED,
        "0.0001": scale.RATES[1],
        "80": "80",  # a bound: test_the_rule_is_learned_first_and_the_wrong_labels_later
        "97": "97",  # the givens of a check
        "1,000": rare.PEOPLE,
        "99.9": 100 - 100 / 1000,
    }
