"""The numbers that lesson 20's exercises and tries speak of, each computed."""


def numbers():
    return {
        "80": 100 * (0.9 - 0.1),
        "50": 100 * 0.5,  # percent: what a network says that can't tell the classes apart
        "0.49": "0.49",
        "0.41": "0.41",
        "0.02": 2 / 100,  # "a hundred times as strong"
    }
