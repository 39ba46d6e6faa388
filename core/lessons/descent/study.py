"""Walks of the course's own optimizers over a surface, each step opened: gradient, memory, and the step taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.lessons.descent.surfaces import SURFACES, Surface
from core.nn.optimizers import OPTIMIZERS, AdaGrad, Adam, RMSProp
from core.nn.tape import Array

TITLES = {name: one.title for name, one in OPTIMIZERS.items()} | {"sgd": "plain descent"}
"""By optimizer: its name on this page, in pictures as in sentences."""
START = (10.0, 1.0)
NEAR = 1e-6
"""A walk has arrived when its loss is this close to the lowest."""
MOST = 1000
FAR = 1e6
"""A walk that comes farther than this has left for good; there it stands still, before its numbers overflow."""
RATES = (*(float(f"{m * 10.0**e:.3g}") for e in (-3, -2, -1) for m in (1, 1.3, 1.8, 2.5, 3.5, 5, 7)), 1.0)
"""Seven rates to a decade."""
SEARCHED = 400
"""How many steps each of `RATES` gets when the best is looked for."""


@dataclass(frozen=True)
class Walks:
    """W walks of T steps.

    Attributes
    ----------
    path : (T + 1, 2, W), where each walk is before its first step and after each.
    gradients : (T, 2, W), what each step was given.
    memory : (T, len(rule.memory), 2, W), the optimizer's memory after each step.
    """

    path: Array
    gradients: Array
    memory: Array


def walk(
    optimizer: str,
    surface: Surface,
    start: tuple[float, float],
    rates: Sequence[float],
    steps: int,
    noise: float = 0.0,
    seed: int = 0,
    batch: int = 0,
) -> Walks:
    """Walk down a surface once with each rate, all at the same time.

    Parameters
    ----------
    noise : standard deviation of what is added to both numbers of each gradient.
    seed : of the noise.
    batch : examples a step, where the surface is a network's; 0: all of them.

    Examples
    --------
    >>> walk("sgd", SURFACES["ravine"], (10, 1), [0.01], 2).path[:, :, 0].round(3).tolist()
    [[10.0, 1.0], [9.9, 0.0], [9.801, 0.0]]
    """
    rule, lr = OPTIMIZERS[optimizer](), np.broadcast_to(np.asarray(rates, float), (steps, len(rates)))
    knobs = rule.knobs(np.broadcast_to(np.arange(1.0, steps + 1)[:, None], lr.shape), lr)  # (T, W, knobs)
    theta = np.repeat(np.array(start, float)[:, None], len(rates), axis=1)
    state = np.zeros((len(rule.memory), *theta.shape))
    path, gradients = np.empty((steps + 1, *theta.shape)), np.empty((steps, *theta.shape))
    memory = np.empty((steps, *state.shape))
    pushes = np.asarray(np.random.default_rng(seed).normal(0.0, noise, gradients.shape))
    path[0] = theta
    gradient = surface.gradients(len(rates), **({"batch": batch, "seed": seed} if batch else {}))
    for t in range(steps):
        g = gradients[t] = gradient(theta) + pushes[t]
        update = rule.update(theta, g, state, *knobs[t].T)
        theta = np.where((np.abs(theta) > FAR).any(axis=0), theta, theta - update)
        path[t + 1], memory[t] = theta, state
    return Walks(path, gradients, memory)


def losses(surface: Surface, path: Array) -> Array:
    """Return the loss at each place of paths ``(T + 1, 2, W)``: ``(T + 1, W)``."""
    return surface.loss(np.moveaxis(path, 1, 0))


def arrivals(surface: Surface, path: Array) -> Array:
    """Return after how many steps each walk is within `NEAR` of the lowest loss and stays there: ``(W,)``.

    NaN where it is not there at the end. A walk that only passes by has not arrived.
    """
    away = ~(losses(surface, path) < NEAR)
    last = len(away) - 1 - away[::-1].argmax(axis=0)  # the last step that is still away
    first = np.where(away.any(axis=0), last + 1, 0)
    return np.where(first < len(away), first, np.nan)


def steps_needed(optimizer: str, surface: Surface, start: tuple[float, float], rate: float, most: int = MOST) -> float:
    """Return after how many steps one walk arrives; NaN if it does not within ``most``.

    >>> steps_needed("sgd", SURFACES["ravine"], (10, 1), 0.01)
    882.0
    """
    return float(arrivals(surface, walk(optimizer, surface, start, [rate], most).path)[0])


def best_rate(optimizer: str, surface: Surface, start: tuple[float, float] = START) -> float:
    """Return the rate of `RATES` that arrives first, or, if none does within `SEARCHED` steps, ends lowest."""
    path = walk(optimizer, surface, start, RATES, SEARCHED).path
    needed, ends = arrivals(surface, path), losses(surface, path)[-1]
    order = needed if np.isfinite(needed).any() else np.where(np.isfinite(ends), ends, np.inf)
    return RATES[int(np.nanargmin(order))]


def race(surface: Surface, start: tuple[float, float], rates: Mapping[str, float]) -> dict[str, Array]:
    """Return the path of each optimizer at its rate, by name: ``(MOST + 1, 2)`` each."""
    return {name: walk(name, surface, start, [rate], MOST).path[:, :, 0] for name, rate in rates.items()}


def adds_up(optimizer: str) -> bool:
    """Return whether a step is the plain step plus a memory's share; the others divide by the gradient's size."""
    return not issubclass(OPTIMIZERS[optimizer], AdaGrad | RMSProp | Adam)


def parts(optimizer: str, walks: Walks, rate: float) -> dict[str, Array]:
    """Return what goes into each step of the first walk, (T, 2) each: gradient's part, memory's part, the step.

    For plain descent and momentum the first two add up to the third. The others have no such sum: there the gradient's
    part is the plain step, and the memory's that of Adam's running mean.
    """
    step = np.diff(walks.path[:, :, 0], axis=0)
    found = {"gradient": -rate * walks.gradients[:, :, 0]}
    if optimizer != "sgd" and adds_up(optimizer):
        found["memory"] = step - found["gradient"]
    elif issubclass(OPTIMIZERS[optimizer], Adam):
        found["memory"] = -rate * named_memory(optimizer, walks)["mean of gradients m"]
    return found | {"step": step}


def named_memory(optimizer: str, walks: Walks) -> dict[str, Array]:
    """Return the memory after each step of the first walk by the names that textbooks give it, (T, 2) each."""
    return OPTIMIZERS[optimizer]().named(walks.memory[..., 0].swapaxes(0, 1))


def divided(optimizer: str, walks: Walks) -> dict[str, Array]:
    """Return what an optimizer that divides puts into each step, (T, 2) each: Adam's mean, and the root below it.

    Adam's are those corrected for their start at zero.
    """
    rule, memory = OPTIMIZERS[optimizer](), walks.memory[..., 0]
    if not isinstance(rule, Adam):
        return {"root of squares √s": np.sqrt(memory[:, -1])}
    t = np.arange(1.0, len(memory) + 1)[:, None]
    mean, squares = (memory[:, k] * (1 - b) / (1 - b**t) for k, b in enumerate((rule.beta1, rule.beta2)))
    return {"mean gradient m̂": mean, "root of squares √v̂": np.sqrt(squares)}


def state(optimizer: str, walks: Walks) -> dict[str, Array]:
    """Return the numbers of each step of the first walk, (T, 2) each, as the worked line has them.

    A memory that adds up stands there before the step and after it.
    """
    rows, step = {"gradient g": walks.gradients[:, :, 0]}, {"step taken": np.diff(walks.path[:, :, 0], axis=0)}
    if not adds_up(optimizer):
        return rows | divided(optimizer, walks) | step
    if not walks.memory.shape[1]:
        return rows | step
    new = walks.memory[:, 0, :, 0]
    return {"old memory v": np.concatenate([0 * new[:1], new[:-1]])} | rows | {"new memory v": new} | step


def frames(steps: int = MOST) -> list[int]:
    """Return the steps that are drawn: each of the first 40, then ever fewer, up to the last."""
    late = np.geomspace(41, steps, 70).round().astype(int)
    return [*range(41), *np.unique(late[late > 40]).tolist()]


def noisy(
    optimizer: str, surface: Surface, start: tuple[float, float], rate: float, noise: float, count: int, batch: int = 0
) -> Array:
    """Return the losses of ``count`` walks, each with noise or batches of its own: ``(count, MOST + 1)``."""
    return losses(surface, walk(optimizer, surface, start, [rate] * count, MOST, noise, batch=batch).path).T


def measured() -> dict[str, float]:
    """Return the steps that the page's sentences speak of, by the names of their places."""
    ravine, turned, gentle, real = (SURFACES[name] for name in ("ravine", "rotated", "gentle", "network"))
    return {
        "plain": steps_needed("sgd", ravine, START, 0.01),
        "momentum": steps_needed("momentum", ravine, START, 0.01),
        "adam": steps_needed("adam", ravine, START, 0.1),
        "adam_turned": steps_needed("adam", turned, START, 0.1, 3000),
        "plain_turned": steps_needed("sgd", turned, START, 0.01),
        "gentle_plain": steps_needed("sgd", gentle, START, 0.18),
        "gentle_momentum": steps_needed("momentum", gentle, START, 0.18),
        "gentle_best": steps_needed("momentum", gentle, START, best_rate("momentum", gentle)),
        "ridge": steps_needed("sgd", SURFACES["saddle"], (10.0, 0.001), 0.1),
        "net_plain": steps_needed("sgd", real, START, 0.35),
        "net_momentum": steps_needed("momentum", real, START, best_rate("momentum", real)),
        "valley": steps_needed("momentum", SURFACES["valleys"], START, 0.05),
    }
