"""How fast is training, against scikit-learn's MLP and against the floor of NumPy itself?

    uv run python tests/benchmarks/training_speed.py [W1 W2 ...] [--rounds 7]

Both sides of every figure run in turn in one process, on one BLAS thread, measured in CPU time; printed are medians
of the ratios of each round. Both do the same work: same data, network, optimizer, batch and epochs; the final training
losses stand beside the figure. Our side includes the loss and accuracy on the training data and a snapshot of the
parameters after every epoch. scikit-learn reports its own running mean of the loss.

"floor" is the same step as straight-line NumPy calls on fixed buffers: no tape, no curves, no snapshots.
"""

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import argparse
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from sklearn.datasets import load_digits, make_moons
from sklearn.neural_network import MLPClassifier

from core.nn.layers import stack
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.nn.optimizers import OPTIMIZERS
from core.training.loop import fit
from core.training.recipe import Recipe


@dataclass(frozen=True)
class Work:
    data: str
    hidden: tuple[int, ...]
    activation: str
    batch: int
    epochs: int
    optimizer: str
    lr: float
    target: float


WORKS = {
    "W1": Work("xor", (4, 4), "tanh", 10, 100, "sgd", 0.3, 13),
    "W2": Work("moons", (8, 8), "relu", 32, 200, "adam", 0.01, 12),
    "W3": Work("digits", (128, 64), "relu", 64, 50, "adam", 0.001, 4),
    "W4": Work("moons2000", (64, 64, 64), "tanh", 2000, 500, "adam", 0.001, 4.2),
    "W5": Work("xor", (8, 8), "tanh", 1, 20, "sgd", 0.05, 10.5),
}
STACKED = {"W1": 110.0, "W2": 60.0}


def data(name: str) -> tuple[np.ndarray, np.ndarray]:
    if name == "xor":
        X = np.random.default_rng(0).uniform(-1, 1, (500, 2))
        return X, (X[:, 0] * X[:, 1] > 0).astype(int)
    if name == "digits":
        X, y = load_digits(return_X_y=True)
        return X / 16, y
    return make_moons(2000 if name == "moons2000" else 1000, noise=0.2, random_state=0)


def ours(w: Work, models: int = 1) -> float:
    X, y = data(w.data)
    outputs = 1 if y.max() == 1 else int(y.max()) + 1
    network = Network(stack(w.hidden, outputs, w.activation, inputs=X.shape[1]), X.shape[1], models)
    network.start(range(models))
    loss = LOSSES["bce" if outputs == 1 else "softmax"]
    recipe = Recipe(loss, OPTIMIZERS[w.optimizer](), w.lr, batch_size=w.batch, epochs=w.epochs)
    return float(np.mean(fit(network, recipe, (X, y)).train_loss[-1]))


def theirs(w: Work) -> float:
    X, y = data(w.data)
    same = {"solver": w.optimizer, "learning_rate_init": w.lr, "batch_size": w.batch, "max_iter": w.epochs}
    never_stop = {"n_iter_no_change": 10**9, "tol": 0.0, "alpha": 0.0, "momentum": 0.0}
    model = MLPClassifier(w.hidden, activation=w.activation, random_state=0, **same, **never_stop)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that it did not converge: it was told not to stop
        model.fit(X, y)
    return float(model.loss_)


def floor(w: Work) -> float:
    """W1 and W2 by hand: 2 hidden layers, one logit, straight-line calls on fixed buffers, rows shuffled."""
    X, y = data(w.data)
    f, rng, B, N = np.float32, np.random.default_rng(0), w.batch, len(X)
    rows, signs = np.hstack([X, np.ones((N, 1))]).astype(f), (2 * y[:, None] - 1).astype(f)
    Xs, Ys = rows.copy(), signs.copy()
    (n1, n2), d = w.hidden, X.shape[1]
    sizes = [(n1, d + 1), (n2, n1 + 1), (1, n2 + 1)]
    P = sum(a * b for a, b in sizes)
    theta, grad, m, v = (np.zeros(P, f) for _ in range(4))
    W, G, o = [], [], 0
    for a, b in sizes:
        W.append(theta[o : o + a * b].reshape(a, b))
        G.append(grad[o : o + a * b].reshape(a, b))
        W[-1][:, :-1] = rng.normal(size=(a, b - 1)) / np.sqrt(b - 1)
        o += a * b
    batches = [B] * (N // B) + ([N % B] if N % B else [])
    K = lambda x: np.array(x, f)
    half, zero, b1, b2, size, eps = K(0.5), K(0), K(0.9), K(0.999), K(w.lr), K(1e-8)
    buffers = {}
    for n in set(batches):
        h1, h2 = np.ones((n1 + 1, n), f), np.ones((n2 + 1, n), f)
        e = lambda a, n=n: np.empty((a, n), f)
        buffers[n] = (e(n1), h1, h1[:-1], e(n2), h2, h2[:-1], e(1), e(1), e(n2), e(n2), e(n1), e(n1), K(0.5 / n))
    q, u, W3T, W2T = np.empty(P, f), np.empty(P, f), W[2][:, :-1].T, W[1][:, :-1].T
    dot1, dot2, dot3 = W[0].dot, W[1].dot, W[2].dot
    tanh, add, sub, mul, sq, fmax, sign, root, div = (
        np.tanh, np.add, np.subtract, np.multiply, np.square, np.fmax, np.sign, np.sqrt, np.divide,
    )  # fmt: skip
    slots, start = [], 0
    for n in batches:
        x, t = Xs[start : start + n].T, Ys[start : start + n].T
        slots.append((x, x.T, t, *buffers[n]))
        start += n
    is_tanh, is_adam, k = w.activation == "tanh", w.optimizer == "adam", 0
    for _ in range(w.epochs):
        order = rng.permutation(N)
        rows.take(order, 0, Xs, "clip")
        signs.take(order, 0, Ys, "clip")
        for x, xT, t, z1, h1, a1, z2, h2, a2, z3, dz3, d2, s2, d1, s1, scale in slots:
            dot1(x, z1)
            tanh(z1, a1) if is_tanh else fmax(z1, zero, a1)
            dot2(h1, z2)
            tanh(z2, a2) if is_tanh else fmax(z2, zero, a2)
            dot3(h2, z3)
            mul(z3, half, dz3)
            tanh(dz3, dz3)
            sub(dz3, t, dz3)
            mul(dz3, scale, dz3)
            dz3.dot(h2.T, G[2])
            W3T.dot(dz3, d2)
            if is_tanh:
                sq(a2, s2)
                mul(d2, s2, s2)
                sub(d2, s2, s2)
            else:
                sign(a2, s2)
                mul(d2, s2, s2)
            s2.dot(h1.T, G[1])
            W2T.dot(s2, d1)
            if is_tanh:
                sq(a1, s1)
                mul(d1, s1, s1)
                sub(d1, s1, s1)
            else:
                sign(a1, s1)
                mul(d1, s1, s1)
            s1.dot(xT, G[0])
            if is_adam:
                k += 1
                c = ((1 - 0.999**k) / 0.001) ** 0.5
                size[()], eps[()] = w.lr * 0.1 / (1 - 0.9**k) * c, 1e-8 * c
                mul(m, b1, m)
                mul(v, b2, v)
                add(m, grad, m)
                sq(grad, q)
                add(v, q, v)
                root(v, u)
                add(u, eps, u)
                div(m, u, u)
                mul(u, size, u)
            else:
                mul(grad, size, u)
            sub(theta, u, theta)
    z = W[2] @ np.vstack([np.ones((n2, N)), np.ones((1, N))]).astype(f)  # only to return something finite
    return float(np.isfinite(z).all() and np.isfinite(theta).all())


def seconds(f: Callable[[], float]) -> tuple[float, float]:
    began = time.process_time()
    value = f()
    return time.process_time() - began, value


def compare(a: Callable[[], float], b: Callable[[], float], rounds: int) -> tuple[float, float, float, float]:
    """Return the median of b's time over a's, a's median seconds, and both results."""
    ratios, times = [], []
    for _ in range(rounds):
        ta, ra = seconds(a)
        tb, rb = seconds(b)
        ratios.append(tb / ta)
        times.append(ta)
    return float(np.median(ratios)), float(np.median(times)), ra, rb


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("works", nargs="*", default=[])
    ask.add_argument("--rounds", type=int, default=7)
    chosen = ask.parse_args()
    print(f"{'work':24} {'x scikit-learn':>14} {'asked':>7} {'our s':>8} {'our loss':>9} {'their loss':>10}")
    for name in chosen.works or WORKS:
        w = WORKS[name]
        ours(w), theirs(w)
        ratio, took, a, b = compare(lambda w=w: ours(w), lambda w=w: theirs(w), chosen.rounds)
        print(f"{name:24} {ratio:14.1f} {w.target:7.1f} {took:8.3f} {a:9.4f} {b:10.4f}", flush=True)
        if name in STACKED:
            ratio, took, a, b = compare(lambda w=w: ours(w, 32), lambda w=w: theirs(w), chosen.rounds)
            print(f"{'32 models of ' + name:24} {32 * ratio:14.1f} {STACKED[name]:7.1f} {took:8.3f} {a:9.4f} {b:10.4f}")
            ratio, took, _, _ = compare(lambda w=w: ours(w), lambda w=w: floor(w), chosen.rounds)
            print(f"{name + ' share of the floor':24} {ratio:14.2f} {0.75:7.2f} {took:8.3f}", flush=True)


if __name__ == "__main__":
    main()
