"""The numbers that lesson 4's exercises speak of, each computed."""


def numbers():
    seconds, price, tax = 10, 3, 1.2
    return {
        "10": seconds, "3": price, "1.2": tax,
        "36": seconds * price * tax,
        "3.6": price * tax,
        "0.7": 0.7, "0.9": 0.9,
        "0.2": 0.9 - 0.7,
        "0.04": (0.9 - 0.7) ** 2,
        "0.3": 0.3,
        "4": 1 / 0.25,
    }  # fmt: skip
