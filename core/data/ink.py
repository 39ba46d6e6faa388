"""Digits drawn by hand: 8 x 8 pixels from 0 (paper) to 1 (ink) in steps of 1/16, and how a link holds them."""

import zlib

import numpy as np

from core.data.spec import Floats

SIDE, LEVELS = 8, 16
SIGNS = "0123456789abcdefg"
BLANK = "0" * (SIDE * SIDE)


def to_text(picture: Floats) -> str:
    """Write 64 pixels, 0 to 1 in row order, as 64 signs from 0 to g (16).

    >>> to_text(np.ones(64)) == "g" * 64
    True
    """
    steps = np.rint(np.clip(np.asarray(picture, float).ravel(), 0, 1) * LEVELS).astype(int)
    return "".join(SIGNS[step] for step in steps)


def from_text(text: str) -> Floats:
    """Return the (64,) pixels that `to_text` wrote."""
    return np.array([SIGNS.index(sign) for sign in text], float) / LEVELS


def read_ink(name: str, text: str, default: str) -> tuple[str, str]:
    """Read a picture out of a link; empty means that none was drawn."""
    value = text.strip().lower()
    if value == "" or (len(value) == SIDE * SIDE and set(value) <= set(SIGNS)):
        return value, ""
    return default, f"{name}: a picture is {SIDE * SIDE} signs from 0 to g; this link's is not, so it was left out."


def toggled(picture: Floats, row: int, column: int) -> Floats:
    """Return the (64,) picture with one pixel turned from paper to ink, or from ink to paper."""
    turned = np.array(picture, float)
    at = row * SIDE + column
    turned[at] = 0.0 if turned[at] >= 0.5 else 1.0
    return turned


def quarter_turn(pictures: Floats) -> Floats:
    """Return pictures (..., 64), turned by a quarter, counterclockwise."""
    pictures = np.asarray(pictures)
    return np.rot90(pictures.reshape(*pictures.shape[:-1], SIDE, SIDE), axes=(-2, -1)).reshape(pictures.shape)


def other_noise(text: str) -> Floats:
    """Return a noise picture (64,) that differs from the one written as ``text``, the same one every time."""
    return noise(1, zlib.crc32(text.encode()))[0]


def noise(count: int, seed: int) -> Floats:
    """Return pictures (count, 64) in which every pixel is drawn at random, from paper to ink."""
    return np.random.default_rng(seed).uniform(0, 1, (count, SIDE * SIDE))
