"""The numbers that lesson 23's texts speak of, each computed."""

from core.lessons.convolution import kernel


def numbers():
    photo, side, size = 100, kernel.SIDE, kernel.SIZE
    return {
        "3": size,
        "6": side - size + 1,
        "8": side,
        "9": size**2,
        "36": (side - size + 1) ** 2,
        "10,000": photo**2,
        "90,000": photo**2 * size**2,
        "32": "32", "64": "64", "96": 64 + 32, "2,048": 64 * 32, "2,080": 64 * 32 + 32,  # an exercise's givens
    }  # fmt: skip
