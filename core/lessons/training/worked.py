"""One weight of the run on screen, step by step: its gradient, what the optimizer makes of it, and the weight after."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from core.charts.naming import minus, plain, scientific
from core.lessons.training.followed import Followed, follow
from core.training.building import network_of, optimizer_of, prepare_experiment
from core.training.experiment import Experiment
from core.training.history import History
from core.ui import formula

MOST_STEPS, MOST_WORK = 20_000, 5e8
"""A run is trained anew to follow one weight; longer ones, or those of larger networks, would keep the page waiting."""


def can_follow(h: History) -> bool:
    """Whether this run's steps can be followed: plain dense layers, and not too much to train anew."""
    e = h.experiment
    plain_ = not (e.batch_norm or e.residual or e.dropout or e.schedule == "plateau" or e.patience)
    steps, work = h.epochs * int(h.facts[2]), h.epochs * len(h.data.train) * h.snapshots.shape[1]
    return plain_ and h.diverged_step is None and 0 < steps <= MOST_STEPS and work <= MOST_WORK


def numbers_of(h: History, epochs: Sequence[int]) -> list[int]:
    """Return the number of each epoch's last step; of epoch 0, which has none, that of the first step to come."""
    return [max(1, int(epoch) * int(h.facts[2])) for epoch in epochs]


def farthest(h: History) -> int:
    """Return which weight (no bias) the whole run moves farthest, as an index of ``theta``."""
    network = network_of(h.experiment, h.data.X_train.shape[1])
    positions = network.views(np.arange(network.theta.size))
    weights = np.concatenate([p[:, :-1].ravel() for name, p in positions.items() if name.endswith(".W")])
    return int(weights[np.argmax(np.abs(h.snapshots[-1] - h.snapshots[0])[weights])])


def followed(h: History, epochs: Sequence[int]) -> Followed:
    """Follow the weight that moves farthest, at the last step of each of these epochs (ascending)."""
    numbers = numbers_of(h, epochs)
    each = sorted(set(numbers))
    f, at = follow(h.experiment, farthest(h), each), [each.index(n) for n in numbers]
    memory = {name: values[at] for name, values in f.memory.items()}
    return Followed(f.name, f.numbers[at], f.before[at], f.gradient[at], f.after[at], f.rate[at], memory)


def lines(f: Followed, e: Experiment, k: int) -> dict[str, str]:
    """Return the k-th of these steps as lines of arithmetic, by what each gives."""
    title, values, compute, form = _direction(f, e, k)
    rate, start = float(f.rate[k]), float(f.before[k])
    direction = compute(values)
    move = -rate * direction
    written = {"gradient": short(float(f.gradient[k]))}
    if title:
        put_in, digits = agreeing(values, compute)
        written[title] = f"{form.format(*(short(v, put_in) for v in values))} = {short(direction, digits)}"
    put_in, digits = agreeing([direction], lambda v: -rate * v[0])
    written["move"] = f"{short(-rate)} × {_within(short(direction, put_in))} = {short(move, digits)}"
    put_in, digits = formula.agreeing([start, move], sum, 4, 4)
    moved = _within(f"{move:z.{put_in}f}")
    written["weight"] = f"{start:z.{put_in}f} + {moved} = {start + move:z.{digits}f}"
    return {name: minus(text) for name, text in written.items()}


def short(value: float, digits: int = 4) -> str:
    """Return a number with so many digits that count; a tiny or huge one with a power of ten.

    >>> short(-0.02), short(0.43684), short(2.043e-7)
    ('-0.02', '0.4368', '2.043 × 10⁻⁷')
    """
    usual = value == 0 or 1e-4 <= abs(value) < 1e6
    return plain(value, digits) if usual else scientific(value, digits - 1)


def agreeing(values: Sequence[float], compute: Callable[[Sequence[float]], float]) -> tuple[int, int]:
    """Return how many digits to write values and result with, so that the written values give the written result."""
    for after in (4, 3, 5):
        wanted = f"{compute(values):.{after - 1}e}"
        for digits in range(4, 8):
            if f"{compute([float(f'{v:.{digits - 1}e}') for v in values]):.{after - 1}e}" == wanted:
                return digits, after
    return 7, 3


def _within(text: str) -> str:
    return f"({text})" if text.startswith(("-", "−")) else text


def _direction(f: Followed, e: Experiment, k: int) -> tuple[str, list[float], Any, str]:
    """What the learning rate multiplies: its name for people, what it is computed from, how, and that in writing."""
    o: Any = optimizer_of(e)
    g, m = float(f.gradient[k]), [float(v[k]) for v in f.memory.values()]
    if e.optimizer == "sgd":
        return "", [g], lambda v: v[0], ""
    if e.optimizer == "momentum":
        old = (m[0] - g) / o.mu if o.mu else 0.0
        return "memory", [old, g], lambda v: o.mu * v[0] + v[1], f"{o.mu:g} × ({{0}}) + ({{1}})"
    if e.optimizer == "nesterov":
        return "looking ahead", [g, m[0]], lambda v: v[0] + o.mu * v[1], f"{{0}} + {o.mu:g} × ({{1}})"
    if e.optimizer in ("adagrad", "rmsprop"):
        return "gradient ÷ size", [g, np.sqrt(m[0]) + o.eps], lambda v: v[0] / v[1], "{0} ÷ {1}"
    t = int(f.numbers[k])
    mean, size = m[0] / (1 - o.beta1**t), float(np.sqrt(m[1] / (1 - o.beta2**t))) + o.eps
    if e.optimizer == "adam":
        return "mean ÷ size", [mean, size], lambda v: v[0] / v[1], "{0} ÷ {1}"
    return (
        "mean ÷ size, and decay", [mean, size, float(f.before[k])], lambda v: v[0] / v[1] + o.decay * v[2],
        f"{{0}} ÷ {{1}} + {o.decay:g} × ({{2}})",
    )  # fmt: skip


def ending(h: History) -> dict[str, float]:
    """Return where a run of two classes ended: its steps, test accuracy, loss, and the loss of answering one half."""
    loss, right = float(h.train_loss[-1]), float(h.test_accuracy[-1])
    return {"steps": h.epochs * int(h.facts[2]), "right": right, "loss": loss, "guess": float(np.log(2))}


def givens(experiment: Experiment) -> dict[str, int]:
    """Return how many steps, test examples and parameters a run of the experiment has."""
    data = prepare_experiment(experiment)
    per_epoch = -(-len(data.train) // experiment.batch_size)
    size = network_of(experiment, data.X_train.shape[1]).theta.size
    return {"steps": experiment.epochs * per_epoch, "all": len(data.test), "parameters": size}
