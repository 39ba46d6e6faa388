"""The numbers that the first page's questions speak of."""


def numbers():
    return {"1,000": "1,000", "50": "50", "20": 1000 / 50}
