"""Layers that know that their inputs are pictures: convolution and pooling.

Between layers a picture of ``(channels, height, width)`` travels like any example, as one column: channel by channel,
each row by row. So nothing has to be flattened before a `Dense` layer reads it. A sequence of T steps of D numbers is
a picture of D channels, height 1 and width T; a kernel of one by one is then one small dense layer for every step.
"""

from dataclasses import dataclass
from functools import reduce
from itertools import product
from math import prod
from typing import Any

import numpy as np

from core.nn.initializers import INITIALIZERS
from core.nn.layers import Generators, Layer, Parameters
from core.nn.tape import Array, room, with_ones

Shape = tuple[int, int, int]


@dataclass(frozen=True)
class Conv2D(Layer):
    """A few small kernels look at every patch of a picture, everywhere with the same weights.

    ``z[f, i, j] = b[f] + sum over c, u, v of W[f, c, u, v] x[c, s i + u, s j + v]``, s the stride. (Strictly a
    cross-correlation: a convolution would turn the kernel round.) With the patches as columns this is `Dense`:
    ``z = W patches + b`` and ``dW = dz patches^T``; a pixel's dx is the sum over all patches that it is part of.
    LeCun et al. 1989; for the sizes Dumoulin and Visin 2016.

    Parameters
    ----------
    filters : how many kernels: the channels of the result.
    shape : (channels, height, width) of the pictures.
    size, stride, padding : the kernel's side, its step, and the zeros around the picture.
    """

    filters: int
    shape: Shape
    size: int = 3
    stride: int = 1
    padding: int = 0
    initializer: str = "he_normal"
    scale: float = 0.5

    @property
    def result(self) -> Shape:
        """The shape of what comes out.

        >>> Conv2D(8, (1, 8, 8)).result, Conv2D(8, (1, 8, 8), stride=2, padding=1).result
        ((8, 6, 6), (8, 4, 4))
        """
        _, height, width = self.shape
        h, w = ((side + 2 * self.padding - self.size) // self.stride + 1 for side in (height, width))
        return self.filters, h, w

    def units(self, inputs: int) -> int:
        return prod(self.result)

    def start(self, rng: np.random.Generator, inputs: int) -> Parameters:
        if inputs != prod(self.shape) or min(self.result) < 1:
            raise ValueError(f"a kernel of side {self.size} finds no place in {inputs} inputs of shape {self.shape}")
        weights = INITIALIZERS[self.initializer].draw(rng, self.filters, self.shape[0] * self.size**2, self.scale)
        return {"W": np.hstack([weights, np.zeros((self.filters, 1))])}

    def forward(self, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        W, patches = p["W"], self._patches(x, p["W"].shape[1:-1])
        z = W @ patches
        return flat(by_place(z, *self.result[1:])), patches

    def backward(self, p: Parameters, g: Parameters, dz: Array, patches: Array) -> Array:
        W, dW = p["W"][..., :-1], g["W"]
        dz = self._wide(dz)
        dW[...] = dz @ patches.T
        dpatches = W.T @ dz
        return self._sum_of_patches(dpatches)

    def _patches(self, x: Array, models: tuple[int, ...]) -> Array:
        """Return the patches as columns, ``(channels * size^2 + 1, [M,] height * width * B)``, with a row of ones."""
        channels, h, w = self.shape[0], *self.result[1:]
        picture = self._framed(x[:-1].reshape(*self.shape, *(models and (x.shape[1:-1] or (1,))), x.shape[-1]))
        patches = room(x, (channels * self.size**2 + 1, *models, h * w * x.shape[-1]), 1)
        columns = by_place(patches, h, w)[:-1]
        columns = columns.reshape(channels, self.size, self.size, *columns.shape[1:])
        for u, v in product(range(self.size), repeat=2):
            columns[:, u, v] = picture[:, self._met(u, h), self._met(v, w)]
        return patches

    def _sum_of_patches(self, dpatches: Array) -> Array:
        channels, height, width, pad = *self.shape, self.padding
        columns = by_place(dpatches, *self.result[1:])
        columns = columns.reshape(channels, self.size, self.size, *columns.shape[1:])
        dx = room(dpatches, (channels, height + 2 * pad, width + 2 * pad, *columns.shape[5:]), 0)
        dx[...] = 0
        for u, v in product(range(self.size), repeat=2):
            met = dx[:, self._met(u, columns.shape[3]), self._met(v, columns.shape[4])]
            met += columns[:, u, v]
        return flat(dx[:, pad : pad + height, pad : pad + width])

    def _met(self, first: int, places: int) -> slice:
        """Return the picture's rows (or columns) that a row (or column) of the kernel meets on its way."""
        return slice(first, first + self.stride * (places - 1) + 1, self.stride)

    def _framed(self, picture: Array) -> Array:
        if not (pad := self.padding):
            return picture
        channels, height, width, *rest = picture.shape
        framed = room(picture, (channels, height + 2 * pad, width + 2 * pad, *rest), 0)
        framed[:, pad : pad + height, pad : pad + width] = picture
        return framed

    def _wide(self, dz: Array) -> Array:
        """Return dz with all places of a filter in one row, ``(filters, [M,] height * width * B)``."""
        filters, h, w = self.result
        if dz.ndim == 2 and dz.flags.c_contiguous:
            return dz.reshape(filters, -1)
        wide = room(dz, (filters, *dz.shape[1:-1], h * w * dz.shape[-1]), 0)
        by_place(wide, h, w)[...] = dz.reshape(filters, h, w, *dz.shape[1:])
        return wide


@dataclass(frozen=True)
class Pool(Layer):
    """Keep one number of every block of ``size`` by ``size``; blocks don't overlap.

    Parameters
    ----------
    shape : (channels, height, width) of what comes in; ``size`` must divide height and width.
    """

    shape: Shape
    size: int = 2

    @property
    def result(self) -> Shape:
        """The shape of what comes out."""
        channels, height, width = self.shape
        return channels, height // self.size, width // self.size

    def units(self, inputs: int) -> int:
        return prod(self.result)

    def start(self, rng: np.random.Generator, inputs: int) -> Parameters:
        if inputs != prod(self.shape) or self.shape[1] % self.size or self.shape[2] % self.size:
            raise ValueError(f"blocks of side {self.size} don't cover {inputs} inputs of shape {self.shape}")
        return {}

    def blocks(self, x: Array) -> Array:
        """Return x as ``(channels, h, size, w, size, ..., B)``: axes 2 and 4 run within a block."""
        channels, h, w = self.result
        return x[:-1].reshape(channels, h, self.size, w, self.size, *x.shape[1:])

    def for_blocks(self, dy: Array) -> Array:
        """Return each block's dy so that it meets all numbers of its block."""
        return dy.reshape(*self.result, *dy.shape[1:])[:, :, None, :, None]


class MaxPool(Pool):
    """``y = the largest of a block``; on the way back it alone gets dy (where several are largest, each does)."""

    def forward(self, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        blocks = self.blocks(x)
        y = reduce(np.fmax, (blocks[:, :, u, :, v] for u, v in product(range(self.size), repeat=2)))
        largest = 1 - np.sign(y[:, :, None, :, None] - blocks)  # 1 where a number is its block's largest, else 0
        return with_ones(flat(y)), largest

    def backward(self, p: Parameters, g: Parameters, dy: Array, largest: Array) -> Array:
        dx = self.for_blocks(dy) * largest
        return dx.reshape(-1, *dy.shape[1:])


class AveragePool(Pool):
    """``y = the mean of a block``; on the way back each of its numbers gets an equal part of dy."""

    def forward(self, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        y = self.blocks(x).sum((2, 4)) * (1 / self.size**2)
        return with_ones(flat(y)), None

    def backward(self, p: Parameters, g: Parameters, dy: Array, saved: Any) -> Array:
        channels, h, w = self.result
        dx = room(dy, (channels, h, self.size, w, self.size, *dy.shape[1:]), 0)
        dx[...] = self.for_blocks(dy * (1 / self.size**2))
        return dx.reshape(-1, *dy.shape[1:])


def by_place(rows: Array, height: int, width: int) -> Array:
    """Look at ``(rows, [M,] height * width * B)`` as ``(rows, height, width, [M,] B)``, as pictures are laid out."""
    n, *models, _ = rows.shape
    places = rows.reshape(n, *models, height, width, -1)
    return places.transpose(0, 2, 3, 1, 4) if models else places


def flat(picture: Array) -> Array:
    """Return ``(channels, height, width, ..., B)`` as columns; a copy where memory has another order."""
    channels, height, width, *rest = picture.shape
    if not picture.flags.c_contiguous:
        straight = room(picture, picture.shape, 0)
        straight[...] = picture
        picture = straight
    return picture.reshape(channels * height * width, *rest)
