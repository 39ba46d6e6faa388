"""Layers that read a sequence step by step and remember: plain recurrence, GRU and LSTM.

An example of T steps with D numbers each travels as one column, number by number (in ``core.nn.images`` a picture of
D channels, height 1 and width T). At each step the same weights meet ``[h; x; 1]``: what is remembered, what is read,
and the bias's one. So a weight's gradient is a sum over the steps: backpropagation through time (Werbos 1990).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from core.nn.activations import sigmoid, sigmoid_backward, tanh_backward
from core.nn.images import by_place, flat
from core.nn.initializers import INITIALIZERS
from core.nn.layers import Generators, Layer, Parameters
from core.nn.tape import Array, room, with_ones


@dataclass(frozen=True)
class Recurrent(Layer):
    """``h_t = tanh(W [h_{t-1}; x_t; 1])`` from ``h_0 = 0`` on; the last h is the answer (Elman 1990).

    On the way back ``dz_t = dh_t (1 - h_t^2)`` and ``dh_{t-1} = U^T dz_t``, U the part of W that h meets. After many
    steps dh is a product of as many factors, which fades or explodes (Bengio, Simard and Frasconi 1994).

    Parameters
    ----------
    width : how many numbers are remembered.
    shape : (D, T): numbers a step, and steps.
    """

    width: int
    shape: tuple[int, int]
    initializer: str = "xavier_uniform"
    scale: float = 0.5

    def units(self, inputs: int) -> int:
        return self.width

    def start(self, rng: np.random.Generator, inputs: int, gates: int = 1) -> Parameters:
        numbers, steps = self.shape
        if inputs != numbers * steps:
            raise ValueError(f"{steps} steps of {numbers} numbers are not {inputs} inputs")
        drawn = [
            INITIALIZERS[self.initializer].draw(rng, self.width, self.width + numbers, self.scale) for _ in range(gates)
        ]
        return {"W": np.hstack([np.vstack(drawn), np.zeros((gates * self.width, 1))])}

    def forward(self, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        W, width = p["W"], self.width
        read, at = self._read(x, W)
        for t in range(self.shape[1]):
            at[:width, t + 1] = np.tanh(W @ at[:, t])
        return with_ones(at[:width, -1]), (read, at)

    def backward(self, p: Parameters, g: Parameters, dh: Array, saved: Any) -> Array:
        (read, at), width, W, dW = saved, self.width, p["W"], g["W"]
        U, V = W[..., :width], W[..., width:-1]
        dz, dz_at = self._steps(dh, width)
        for t in reversed(range(self.shape[1])):
            dz_at[:, t] = tanh_backward(dh, at[:width, t + 1])
            dh = U.T @ dz_at[:, t]
        dW[...] = dz @ read.T
        dx = V.T @ dz
        return self._as_columns(dx)

    def _read(self, x: Array, W: Array) -> tuple[Array, Array]:
        """Return room for ``[h; x; 1]`` at all steps and one more, with x filled in and h_0 = 0; as `_steps` does."""
        (numbers, steps), models = self.shape, W.shape[1:-1]
        read, at = self._steps(x, self.width + numbers + 1, models)
        rest = (*(models and (x.shape[1:-1] or (1,))), x.shape[-1])  # examples that all models share
        at[self.width : -1, :-1] = x[:-1].reshape(numbers, steps, *rest)
        at[-1] = 1
        return read, at

    def _steps(self, like: Array, rows: int, models: tuple[int, ...] | None = None) -> tuple[Array, Array]:
        """Return room for ``rows`` numbers at T + 1 steps: as a product takes it, and ``(rows, T + 1, [M,] B)``."""
        models, steps = like.shape[1:-1] if models is None else models, self.shape[1] + 1
        all_steps = room(like, (rows, *models, steps * like.shape[-1]), 0)
        return all_steps, by_place(all_steps, 1, steps)[:, 0]

    def _as_columns(self, dx: Array) -> Array:
        return flat(by_place(dx, 1, self.shape[1] + 1)[:, :, :-1])


@dataclass(frozen=True)
class LSTM(Recurrent):
    """Remember in a cell c that gates protect (Hochreiter and Schmidhuber 1997; with a forget gate, Gers et al. 2000).

    ``c_t = f c_{t-1} + i g`` and ``h_t = o tanh(c_t)``, where ``i, f, o = sigma(...)`` and ``g = tanh(...)`` of one
    product ``W [h_{t-1}; x_t; 1]``. Back through c goes ``dc_{t-1} = f dc_t``: while f is near 1, nothing fades.
    Forget gates start with a bias of 1 (Jozefowicz et al. 2015).
    """

    def start(self, rng: np.random.Generator, inputs: int, gates: int = 4) -> Parameters:
        p = super().start(rng, inputs, gates)
        p["W"][self.width : 2 * self.width, -1] = 1
        return p

    def forward(self, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        W, n = p["W"], self.width
        read, at = self._read(x, W)
        c, saved = self._steps(x, n, W.shape[1:-1])[1], []
        for t in range(self.shape[1]):
            z = W @ at[:, t]
            s, g = sigmoid(z[: 3 * n]), np.tanh(z[3 * n :])
            i, f, o = s[:n], s[n : 2 * n], s[2 * n :]
            c[:, t + 1] = f * c[:, t] + i * g
            bent = np.tanh(c[:, t + 1])
            at[:n, t + 1] = o * bent
            saved.append((s, g, bent))
        return with_ones(at[:n, -1]), (read, c, saved)

    def backward(self, p: Parameters, g: Parameters, dh: Array, saved: Any) -> Array:
        (read, c, saved), n, W, dW = saved, self.width, p["W"], g["W"]
        U, V, ds, dc = W[..., :n], W[..., n:-1], room(dh, (3 * n, *dh.shape[1:]), 0), dh * 0
        dz, dz_at = self._steps(dh, 4 * n)
        for t in reversed(range(self.shape[1])):
            s, g_t, bent = saved[t]
            i, f, o = s[:n], s[n : 2 * n], s[2 * n :]
            dc = dc + tanh_backward(dh * o, bent)
            ds[:n] = dc * g_t
            ds[n : 2 * n] = dc * c[:, t]
            ds[2 * n :] = dh * bent
            dz_at[: 3 * n, t] = sigmoid_backward(ds, s)
            dz_at[3 * n :, t] = tanh_backward(dc * i, g_t)
            dc = dc * f
            dh = U.T @ dz_at[:, t]
        dW[...] = dz @ read.T
        dx = V.T @ dz
        return self._as_columns(dx)


@dataclass(frozen=True)
class GRU(Recurrent):
    """Keep or replace: ``h_t = u h_{t-1} + (1 - u) n``, with two gates instead of three (Cho et al. 2014).

    ``r, u = sigma(W [h_{t-1}; x_t; 1])`` and the proposal ``n = tanh(V [x_t; 1] + r U h_{t-1})``; V and U are the last
    rows of W. (The reset gate r meets U h, as in cuDNN and PyTorch, not h.)
    """

    def start(self, rng: np.random.Generator, inputs: int, gates: int = 3) -> Parameters:
        return super().start(rng, inputs, gates)

    def forward(self, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        n, (read, at), saved = self.width, self._read(x, p["W"]), []
        W, V, U = p["W"][: 2 * n], p["W"][2 * n :, ..., n:], p["W"][2 * n :, ..., :n]
        for t in range(self.shape[1]):
            s, m = sigmoid(W @ at[:, t]), U @ at[:n, t]
            r, u = s[:n], s[n:]
            proposal = np.tanh(V @ at[n:, t] + r * m)
            at[:n, t + 1] = u * (at[:n, t] - proposal) + proposal
            saved.append((s, m, proposal))
        return with_ones(at[:n, -1]), (read, at, saved)

    def backward(self, p: Parameters, g: Parameters, dh: Array, saved: Any) -> Array:
        (read, at, saved), n = saved, self.width
        W, V, U = p["W"][: 2 * n], p["W"][2 * n :, ..., n:-1], p["W"][2 * n :, ..., :n]
        ds, (dz, dz_at), (dm, dm_at) = room(dh, (2 * n, *dh.shape[1:]), 0), self._steps(dh, 3 * n), self._steps(dh, n)
        for t in reversed(range(self.shape[1])):
            s, m, proposal = saved[t]
            r, u = s[:n], s[n:]
            dz_at[2 * n :, t] = tanh_backward(dh * (1 - u), proposal)
            ds[:n] = dz_at[2 * n :, t] * m
            ds[n:] = dh * (at[:n, t] - proposal)
            dz_at[: 2 * n, t] = sigmoid_backward(ds, s)
            dm_at[:, t] = dz_at[2 * n :, t] * r
            dh = dh * u + W[..., :n].T @ dz_at[: 2 * n, t] + U.T @ dm_at[:, t]
        dW = g["W"]
        dW[: 2 * n] = dz[: 2 * n] @ read.T
        dW[2 * n :, ..., n:] = dz[2 * n :] @ read[n:].T
        dW[2 * n :, ..., :n] = dm @ read[:n].T
        dx = W[..., n:-1].T @ dz[: 2 * n] + V.T @ dz[2 * n :]
        return self._as_columns(dx)
