"""How fast are convolution, recurrence and attention, against PyTorch and against the floor of NumPy itself?

    uv run --with torch==2.13.0 python tests/benchmarks/layers_speed.py [--rounds 7]

One training step (forward, loss, backward, Adam) at the sizes of the lessons. All sides run in turn in one process, on
one BLAS thread; printed are medians of the ratios of each round. Without PyTorch only the floor is measured.

"floor" is the step's forward and backward pass as straight-line NumPy calls on fixed buffers, without the update.
"""

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from core.nn.attention import Attention
from core.nn.images import Conv2D, MaxPool
from core.nn.layers import Activate, Dense, Sequence
from core.nn.losses import LOSSES
from core.nn.network import Network, columns
from core.nn.optimizers import OPTIMIZERS
from core.nn.sequences import GRU, LSTM, Recurrent
from core.nn.tape import Tape, replay
from core.training.epochs import Epochs
from core.training.recipe import Recipe

BATCH, WIDTH, STEPS = 32, 16, 20
NETWORKS = {
    "convolution": ((Conv2D(8, (1, 8, 8)), Activate("relu"), MaxPool((8, 6, 6))), 64, 10),
    "recurrent": ((Recurrent(WIDTH, (2, STEPS)),), 2 * STEPS, 2),
    "gru": ((GRU(WIDTH, (2, STEPS)),), 2 * STEPS, 2),
    "lstm": ((LSTM(WIDTH, (2, STEPS)),), 2 * STEPS, 2),
    "attention": ((Conv2D(48, (10, 1, 8), 1), Attention(2, 8, 8)), 80, 5),
}


@np.errstate(all="ignore")  # recording runs with an optimizer whose settings are not filled in yet
def step(name: str) -> Callable[[], None]:
    """Our whole step."""
    layers, inputs, classes = NETWORKS[name]
    net, rng = Network(Sequence((*layers, Dense(classes))), inputs), np.random.default_rng(0)
    net.start([0])
    data = rng.random((BATCH, inputs)), rng.integers(0, classes, BATCH)
    recipe = Recipe(LOSSES["softmax"], OPTIMIZERS["adam"](), 0.001, batch_size=BATCH)
    epochs = Epochs(net, recipe, data)
    epochs.steps.knobs[:] = recipe.optimizer.knobs(np.ones(1), np.full(1, 0.001))[0]
    calls = epochs.steps.calls[0]
    return lambda: replay(calls)


def passes(name: str) -> Callable[[], None]:
    """Our forward and backward pass, without the update, from columns that lie in a row."""
    layers, inputs, classes = NETWORKS[name]
    net, rng = Network(Sequence((*layers, Dense(classes))), inputs), np.random.default_rng(0)
    net.start([0])
    x = np.ascontiguousarray(columns(rng.random((BATCH, inputs)), np.float32).T)
    y = np.ascontiguousarray(np.eye(classes, dtype=np.float32)[rng.integers(0, classes, BATCH)].T)
    tape = Tape()
    net.record_gradient(tape, x, y, LOSSES["softmax"])
    return tape.replay


def softmax_floor(z: np.ndarray, y: np.ndarray, dz: np.ndarray, row: np.ndarray) -> None:
    np.maximum.reduce(z, 0, None, row)
    np.subtract(z, row, dz)
    np.exp(dz, dz)
    np.add.reduce(dz, 0, None, row)
    np.divide(dz, row, dz)
    np.subtract(dz, y, dz)
    np.multiply(dz, np.float32(1 / BATCH), dz)


def convolution_floor() -> Callable[[], None]:
    rng, f = np.random.default_rng(0), np.float32
    x, y = rng.random((8, 8, BATCH), f), np.eye(10, dtype=f)[rng.integers(0, 10, BATCH)].T.copy()
    W, V = rng.random((8, 10), f), rng.random((10, 73), f)
    patches, z, a = np.ones((10, 36 * BATCH), f), np.empty((8, 36 * BATCH), f), np.empty((8, 36 * BATCH), f)
    parts, blocks = patches[:-1].reshape(3, 3, 6, 6, BATCH), a.reshape(8, 3, 2, 3, 2, BATCH)
    corners = [blocks[:, :, u, :, v] for u in range(2) for v in range(2)]
    pooled, largest, da = np.ones((73, BATCH), f), np.empty(blocks.shape, f), np.empty(blocks.shape, f)
    top, out, dout, row = (
        pooled[:-1].reshape(8, 3, 3, BATCH),
        *(np.empty((10, BATCH), f) for _ in range(2)),
        np.empty(BATCH, f),
    )
    dW, dV, dp, da_flat = np.empty_like(W), np.empty_like(V), np.empty((72, BATCH), f), da.reshape(8, -1)
    wide, dwide = top[:, :, None, :, None], dp.reshape(8, 3, 3, BATCH)[:, :, None, :, None]
    one, Vt = np.float32(1), V[:, :-1].T

    def floor() -> None:
        for u in range(3):
            for v in range(3):
                np.copyto(parts[u, v], x[u : u + 6, v : v + 6])
        W.dot(patches, z)
        np.fmax(z, 0, a)
        np.fmax(corners[0], corners[1], top)
        np.fmax(top, corners[2], top)
        np.fmax(top, corners[3], top)
        np.subtract(wide, blocks, largest)
        np.sign(largest, largest)
        np.subtract(one, largest, largest)
        V.dot(pooled, out)
        softmax_floor(out, y, dout, row)
        dout.dot(pooled.T, dV)
        np.matmul(Vt, dout, dp)
        np.multiply(dwide, largest, da)
        np.sign(a, z)
        np.multiply(da_flat, z, z)
        z.dot(patches.T, dW)

    return floor


def recurrent_floor() -> Callable[[], None]:
    rng, f, n = np.random.default_rng(0), np.float32, WIDTH
    x, y = rng.random((2, STEPS, BATCH), f), np.eye(2, dtype=f)[rng.integers(0, 2, BATCH)].T.copy()
    W, V = rng.random((n, n + 3), f) / 9, rng.random((2, n + 1), f)
    read, dz = np.ones((n + 3, STEPS + 1, BATCH), f), np.zeros((n, STEPS + 1, BATCH), f)
    read[:n, 0] = 0
    h, out, dout, row = np.ones((n + 1, BATCH), f), *(np.empty((2, BATCH), f) for _ in range(2)), np.empty(BATCH, f)
    z, dh, slope, dW, dV = *(np.empty((n, BATCH), f) for _ in range(3)), np.empty_like(W), np.empty_like(V)
    flat_dz, flat_read, Vt, Ut, one = dz.reshape(n, -1), read.reshape(n + 3, -1).T, V[:, :-1].T, W[:, :n].T, f(1)
    at = [(read[:, t], read[:n, t + 1], dz[:, t]) for t in range(STEPS)]

    def floor() -> None:
        np.copyto(read[n:-1, :-1], x)
        for now, after, _ in at:
            W.dot(now, z)
            np.tanh(z, after)
        np.copyto(h[:-1], read[:n, -1])
        V.dot(h, out)
        softmax_floor(out, y, dout, row)
        dout.dot(h.T, dV)
        Vt.dot(dout, dh)
        for _, after, dz_t in reversed(at):
            np.multiply(after, after, slope)
            np.subtract(one, slope, slope)
            np.multiply(dh, slope, dz_t)
            np.dot(Ut, dz_t, dh)
        flat_dz.dot(flat_read, dW)

    return floor


FLOORS = {"convolution": convolution_floor, "recurrent": recurrent_floor}


def torch_step(name: str) -> Callable[[], None]:
    """The same network and optimizer in PyTorch, eager."""
    import torch
    from torch import nn
    from torch.nn import functional

    torch.set_num_threads(1)

    class Steps(nn.Module):
        def __init__(self, kind: type) -> None:
            super().__init__()
            self.first, self.last = kind(2, WIDTH, batch_first=True), nn.Linear(WIDTH, 2)

        def forward(self, x):
            return self.last(self.first(x)[0][:, -1])

    class Attending(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.first, self.last = nn.Conv1d(10, 48, 1), nn.Linear(128, 5)

        def forward(self, x):
            q, k, v = self.first(x).reshape(BATCH, 3, 2, 8, 8).transpose(3, 4).unbind(1)
            return self.last(functional.scaled_dot_product_attention(q, k, v).transpose(2, 3).flatten(1))

    picture = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(72, 10))
    kinds = {"recurrent": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
    network = picture if name == "convolution" else Steps(kinds[name]) if name in kinds else Attending()
    shape = {"convolution": (1, 8, 8), "attention": (10, 8)}.get(name, (STEPS, 2))
    x, y = torch.rand(BATCH, *shape), torch.randint(0, NETWORKS[name][2], (BATCH,))
    optimizer = torch.optim.Adam(network.parameters(), 0.001)

    def one() -> None:
        optimizer.zero_grad()
        functional.cross_entropy(network(x), y).backward()
        optimizer.step()

    return one


def seconds(run: Callable[[], None], times: int = 100) -> float:
    start = time.process_time()
    for _ in range(times):
        run()
    return (time.process_time() - start) / times


def ratio(other: Callable[[], None], mine: Callable[[], None], rounds: int) -> tuple[float, float]:
    """How many times as long the other takes, and our microseconds: medians over rounds in turn."""
    seconds(other, 20), seconds(mine, 20)
    pairs = [(seconds(other), seconds(mine)) for _ in range(rounds)]
    return median(a / b for a, b in pairs), median(b for _, b in pairs) * 1e6


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    try:
        import torch
    except ImportError:
        torch = None
    for name in NETWORKS:
        line = f"{name:12}"
        if torch:
            times, micro = ratio(torch_step(name), step(name), rounds)
            line += f" {micro:6.0f} us a step, {times:5.2f} times as fast as PyTorch"
        if name in FLOORS:
            line += f", {ratio(FLOORS[name](), passes(name), rounds)[0]:.2f} of the floor's speed"
        print(line)


if __name__ == "__main__":
    main()
