"""Dot-product attention: every position of a sequence asks all positions, and takes from those that fit.

Queries, keys and values come from the layer before: a convolution of one by one (`core.nn.images`) that makes three
times ``heads * size`` channels of each position, in that order.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from core.nn.layers import Generators, Layer, Parameters
from core.nn.tape import Array, room, with_ones


@dataclass(frozen=True)
class Attention(Layer):
    """``Y = V softmax(K^T Q / sqrt(size))``, for each head (Vaswani et al. 2017).

    The score of position t for position s is ``q_t . k_s / sqrt(size)``; softmax over s makes weights of the scores,
    which add up to 1; and t gets the weighted sum of all v_s. Nothing in this knows the order of the positions.

    Parameters
    ----------
    heads, size : how many heads, and numbers in each one's queries, keys and values.
    steps : positions.
    """

    heads: int
    size: int
    steps: int

    def units(self, inputs: int) -> int:
        return self.heads * self.size * self.steps

    def start(self, rng: np.random.Generator, inputs: int) -> Parameters:
        if inputs != 3 * self.units(inputs):
            raise ValueError(f"{inputs} inputs are not the queries, keys and values of {self}")
        return {}

    def forward(self, p: Parameters, z: Array, rngs: Generators) -> tuple[Array, Any]:
        q, k, v = z.reshape(3, self.heads, self.size, self.steps, *z.shape[1:])
        scores = (q[:, :, :, None] * k[:, :, None]).sum(1) * (1 / sqrt(self.size))  # (heads, asking, asked, ..., B)
        e = np.exp(scores - scores.max(2, keepdims=True))
        weights = e / e.sum(2, keepdims=True)
        y = (weights[:, None] * v[:, :, None]).sum(3)
        return with_ones(y.reshape(-1, *z.shape[1:])), (q, k, v, weights)

    def backward(self, p: Parameters, g: Parameters, dy: Array, saved: Any) -> Array:
        q, k, v, weights = saved
        dy = dy.reshape(*v.shape)[:, :, :, None]
        dweights = (dy * v[:, :, None]).sum(1)
        dscores = weights * (dweights - (weights * dweights).sum(2, keepdims=True)) * (1 / sqrt(self.size))
        dz = room(dy, (3, *v.shape), 0)
        dz[0] = (dscores[:, None] * k[:, :, None]).sum(3)
        dz[1] = (dscores[:, None] * q[:, :, :, None]).sum(2)
        dz[2] = (weights[:, None] * dy).sum(2)
        return dz.reshape(-1, *v.shape[3:])
