"""The numbers that lesson 6's texts speak of, each computed; layers such as 784-128-10 are givens."""

from itertools import pairwise


def parameters(*sizes):
    return sum((a + 1) * b for a, b in pairwise(sizes))


def numbers():
    wide, narrow = (784, 128, 10), (64, 32, 10)
    back = 2 * parameters(*wide) - sum(wide[1:]) - wide[0] * wide[1]
    givens = {str(n): str(n) for n in (8, 9, 10, 32, 50, 54, 64, 100, 112, 128, 200, 784)} | {
        "1,000": "1,000",
        "2,000": "2,000",
    }
    papers = {n: n for n in ("25.6", "340", "110", "4", "1.55", "39", "10,000")}  # those that the text names
    return (
        givens
        | papers
        | {
            "54": 6 * 9,
            "20,000": 200 * 100,
            "20,100": parameters(200, 100),
            "300": 200 + 100,
            "50,101": parameters(1000, 50, 1),
            "100,101": parameters(2000, 50, 1),
            "1.01": back / parameters(*wide),
            "487": parameters(2, *(9,) * 6, 1),
            "449": parameters(2, 112, 1),
            "10,100": parameters(100, 100),
            "5,050": parameters(100, 50),
            "64": narrow[0],
        }
    )
