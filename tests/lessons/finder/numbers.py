"""The numbers that lesson 11's exercises and tries speak of, each computed."""


def numbers():
    return {
        "10": "10",  # of the rule: a tenth of the minimum
        "1,000": "1,000", "0.0001": "0.0001", "0.01": "0.01", "0.5": "0.5", "0.0002": "0.0002",  # givens
    }  # fmt: skip
