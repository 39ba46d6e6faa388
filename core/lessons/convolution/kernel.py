"""One kernel by hand: nine weights, slid over a digit of 8 x 8 pixels whose ink is counted from 0 to 16."""

import re
from typing import Any

import numpy as np

from core.data import ink
from core.nn.images import Conv2D, MaxPool
from core.nn.layers import Sequence
from core.nn.network import Network
from core.nn.tape import Array
from core.training import parsing

SIDE, SIZE = ink.SIDE, 3
MOST = 4.0
"""A weight goes from -4 to 4, in tenths: every product with a pixel is then exact as it is written."""
POOL = 2
LAYERS: dict[str, tuple[int, int, bool]] = {
    "plain": (0, 1, False),
    "padding": (1, 1, False),
    "stride": (0, 2, False),
    "pooling": (0, 1, True),
    "all": (1, 2, True),
}
"""By name: padding, stride, and whether the map is pooled."""
PRESETS: dict[str, tuple[str, str]] = {
    "upright": ("Upright edges", "-1 0 1 -1 0 1 -1 0 1"),
    "level": ("Level edges", "-1 -1 -1 0 0 0 1 1 1"),
    "outline": ("Outline", "0 -1 0 -1 4 -1 0 -1 0"),
    "blur": ("Blur", "0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1"),
    "copy": ("Copy, one to the right", "0 0 0 1 0 0 0 0 0"),
}
"""By name: for people, and the nine weights row by row as a link holds them."""
FIRST = PRESETS["upright"][1]


def to_text(weights: Array) -> str:
    """Write nine weights as a link holds them.

    >>> to_text(np.array([[-1, 0, 1.5]] * 3))
    '-1 0 1.5 -1 0 1.5 -1 0 1.5'
    """
    return " ".join(f"{v:z.1f}".removesuffix(".0") for v in np.ravel(weights))


def from_text(text: str) -> Array:
    """Return the (3, 3) weights that `to_text` wrote."""
    return np.array([float(v) for v in text.split()]).reshape(SIZE, SIZE)


def read_kernel(name: str, text: str, default: str) -> tuple[str, str]:
    """Read nine weights out of a link: anything that is no number, or not nine of them, gives the usual kernel."""
    values = re.split(r"[ ,]+", text.strip()) if len(text) <= parsing.LONGEST else []
    if len(values) != SIZE**2:
        return default, f"{name}: a kernel is {SIZE**2} numbers; this link's is not, so it was left out."
    weights, problems = [], []
    for value in values:
        weight, problem = parsing.number(name, value, -MOST, MOST, 0.0)
        weights.append(round(weight, 1))
        problems += [problem] if problem else []
    return to_text(np.array(weights)), " ".join(problems[:1])


def named(text: str) -> str:
    """Return the name in `PRESETS` of the kernel that a link holds; nothing for one of a learner's own.

    >>> named(FIRST), named("0 0 0 0 4 0 0 0 0")
    ('upright', '')
    """
    return next((name for name, (_, weights) in PRESETS.items() if weights == text), "")


def layer(name: str) -> Conv2D:
    """Return the convolution of that name in `LAYERS`: one kernel on one picture."""
    padding, stride, _ = LAYERS[name]
    return Conv2D(1, (1, SIDE, SIDE), SIZE, stride, padding)


def feature_map(picture: Array, weights: Array, conv: Conv2D) -> Array:
    """Return z at every place of the kernel, (h, w): by the core's own layer, without a bias.

    Parameters
    ----------
    picture : (8, 8) ink.
    weights : (3, 3).
    """
    network = Network(Sequence((conv,)), picture.size, dtype=np.float64)
    network.load(np.append(weights, 0.0))
    return np.array(network.outputs_for(picture.reshape(1, -1)).reshape(conv.result[1:]))


def pooled(z: Array) -> Array:
    """Return the largest z of every block of two by two; a row or column that makes no whole block is left out.

    >>> pooled(np.array([[1, 2, 9], [4, 3, 9], [9, 9, 9.0]])).tolist()
    [[4.0]]
    """
    h, w = (side // POOL * POOL for side in z.shape)
    pool = MaxPool((1, h, w), POOL)
    network = Network(Sequence((pool,)), h * w, dtype=np.float64)
    return np.array(network.outputs_for(z[:h, :w].reshape(1, -1))[:-1].reshape(h // POOL, w // POOL))


def patches(picture: Array, conv: Conv2D) -> Array:
    """Return the nine pixels under the kernel at each of its places, (places, 3, 3), row by row."""
    framed = np.pad(np.asarray(picture, float), conv.padding)
    _, h, w = conv.result
    step = conv.stride
    windows = np.lib.stride_tricks.sliding_window_view(framed, (SIZE, SIZE))[::step, ::step]
    return np.array(windows[:h, :w].reshape(-1, SIZE, SIZE))


def slid(picture: Array, weights: Array, conv: Conv2D) -> dict[str, Any]:
    """Return all that the picture of one kernel shows.

    Returns
    -------
    patches, products : (places, 3, 3); z : (h, w); pooled : (h // 2, w // 2).
    """
    under, z = patches(picture, conv), feature_map(picture, weights, conv)
    return {"patches": under, "products": under * weights, "z": z, "pooled": pooled(z)}


def counts(conv: Conv2D) -> dict[str, int]:
    """Return how many weights a kernel has, and how many as many outputs would take without sharing them."""
    places = int(np.prod(conv.result))
    return {
        "places": places,
        "side": conv.result[1],
        "shared": SIZE**2,
        "own": places * SIZE**2,
        "dense": places * SIDE**2,
        "pooled": (conv.result[1] // POOL) ** 2,
        "pooled_side": conv.result[1] // POOL,
    }


def asked(picture: Array) -> dict[str, float]:
    """Return what the usual kernel finds on a picture: its largest z, what lies under it there, and z on most ink."""
    weights, conv = from_text(FIRST), layer("plain")
    found = slid(picture, weights, conv)
    z, under = found["z"].ravel(), found["patches"]
    best, dark = int(z.argmax()), int(under.sum((1, 2)).argmax())
    left, right = under[best, :, 0].sum(), under[best, :, -1].sum()
    return {"best": float(z[best]), "left": float(left), "right": float(right), "dark": float(z[dark])}


def turned(weights: Array) -> Array:
    """Return a kernel turned by half a turn, as a convolution in the mathematical sense has it."""
    return np.array(weights)[::-1, ::-1]


def moved(picture: Array, weights: Array) -> dict[str, float]:
    """Return where z is largest on a picture and what stands one column further once the picture is moved right."""
    conv = layer("padding")
    z = feature_map(picture, weights, conv)
    inner = z[:, :-2]  # further right, the edge of the picture comes into it
    row, column = (int(k) for k in np.unravel_index(inner.argmax(), inner.shape))
    after = feature_map(shifted(picture.reshape(1, -1), 1, 0).reshape(SIDE, SIDE), weights, conv)
    there = {"row": row + 1, "column": column + 1, "next": column + 2}
    return there | {"z": float(z[row, column]), "after": float(after[row, column + 1])}


def shifted(pictures: Array, right: int, down: int) -> Array:
    """Return pictures (n, 64) moved by so many pixels; what leaves the page is gone, what comes in is paper.

    >>> shifted(np.eye(1, 64), 1, 2)[0].argmax()
    np.int64(17)
    """
    page = np.asarray(pictures).reshape(-1, SIDE, SIDE)
    out = np.zeros_like(page)
    to = [slice(max(by, 0), SIDE + min(by, 0)) for by in (down, right)]
    source = [slice(max(-by, 0), SIDE + min(-by, 0)) for by in (down, right)]
    out[:, to[0], to[1]] = page[:, source[0], source[1]]
    return out.reshape(len(page), -1)
