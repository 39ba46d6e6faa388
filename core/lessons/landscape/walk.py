"""A training run on a plane: where it is drawn, what it truly lost, and what the plane says instead."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from core.nn.tape import Array
from core.training import planes
from core.training.building import network_of
from core.training.engine import train
from core.training.experiment import Experiment

RUN = Experiment()
OPTIMIZERS = {"sgd": ("plain descent", 0.1), "momentum": ("momentum", 0.05), "adam": ("Adam", 0.02)}
"""By name in links: name for people, and a learning rate that suits it on this network."""
FAR = 1.5
"""Where plane and truth differ by more than this factor, the picture says so."""
MOST_DIRECTIONS = 10
CLOSE = 0.1
"""A map of more directions is close when it is off by no more than this share."""
MOST_SHOTS, MOST_EPOCHS = 101, 2000
"""A run is looked at so many times at most; no experiment has more epochs."""
LEAST, LEAST_WAY = 1e-12, 1e-3
"""Losses below this are drawn as this. A run of which no weight moves farther can't be seen."""
SIZE = network_of(RUN, 2).theta.size
"""Weights and biases of the run's network."""


def experiment(optimizer: str, seed: int = 0) -> Experiment:
    """Return the run that the page trains: the simulator's own, with another optimizer or seed."""
    return replace(RUN, optimizer=optimizer, learning_rate=OPTIMIZERS[optimizer][1], seed=seed)


def shots(e: Experiment, progress: Callable[[int], None] | None = None) -> tuple[Array, Array]:
    """Train, and return the epochs (F,) at which a run is looked at (all, if they're few), and its weights (F, P).

    Parameters
    ----------
    progress : called after each epoch.
    """
    history = train(e, progress=progress)
    rows = np.unique(np.linspace(0, len(history.snapshots) - 1, MOST_SHOTS).round().astype(int))
    return history.snapshot_epochs[rows], history.snapshots[rows].astype(np.float64)


def walk(e: Experiment) -> Array:
    """Return the weights before training and after each epoch (of a long run fewer), (F, P)."""
    return shots(e)[1]


def can_be_mapped(thetas: Array) -> bool:
    """Return whether a run (F, P) has numbers everywhere, and moves far enough to be drawn."""
    return bool(np.isfinite(thetas).all() and np.ptp(thetas, axis=0).max() > LEAST_WAY)


def on_plane(e: Experiment, thetas: Array, plane: planes.Plane, side: int = planes.SIDE) -> dict[str, Array]:
    """Return a walk on a plane as plain arrays.

    Returns
    -------
    places (n, 2), losses "true" (n,) and "plane" (n,) at them, "left_out" (n,) the distance from the plane, "share" of
    the walk that the plane holds, "surface" (side, side) and "extent".
    """
    places = plane.nearest(thetas)
    shadow = plane.at(places)

    def some(losses: Array) -> Array:
        return np.maximum(losses, LEAST)

    return {
        "places": places,
        "true": some(planes.losses_at(e, thetas)),
        "plane": some(planes.losses_at(e, shadow)),
        "left_out": np.linalg.norm(thetas - shadow, axis=1),
        "distance": np.linalg.norm(thetas - plane.center, axis=1),
        "share": np.array(plane.share(thetas)),
        "surface": some(planes.over(e, plane, side)),
        "extent": np.array(plane.extent),
    }


def study(optimizer: str, seed: int, kind: str, side: int = planes.SIDE) -> dict[str, Array]:
    """Train a run and lay it on the plane of its two leading directions, or of two random ones ("random")."""
    return study_of(experiment(optimizer, seed), kind, side)


def study_of(
    e: Experiment, kind: str, side: int = planes.SIDE, progress: Callable[[int], None] | None = None
) -> dict[str, Array]:
    """Return what `on_plane` does of any run, and its "epochs" (F,); nothing of a run that can't be mapped."""
    epochs, thetas = shots(e, progress)
    if not can_be_mapped(thetas):
        return {}
    plane = planes.leading_plane(thetas) if kind == "leading" else planes.random_plane(e, thetas[-1], e.seed)
    return {"epochs": epochs} | on_plane(e, thetas, plane, side)


def start_ratios(optimizer: str, seeds: Sequence[int]) -> Array:
    """Return for each seed which share of the start's true loss the plane of leading directions shows there: (S,)."""
    found = []
    for seed in seeds:
        e = experiment(optimizer, seed)
        thetas = walk(e)
        plane = planes.leading_plane(thetas)
        projected, true = planes.losses_at(e, np.vstack([plane.at(plane.nearest(thetas[:1])), thetas[:1]]))
        found.append(projected / true)
    return np.array(found)


def off(true: Array, plane: Array) -> Array:
    """Return where the plane's loss differs from the true one by more than the factor `FAR`."""
    return np.asarray(np.abs(np.log(plane / true)) > np.log(FAR))


def needed(losses: Array) -> int:
    """Return how many directions bring a start's loss, as `start_by_directions` gives it, close to the truth; 0: none.

    >>> needed(np.array([0.2, 0.96, 1.2, 1.0])), needed(np.array([0.2, 1.0]))
    (2, 0)
    """
    close = np.abs(losses[:-1] / max(losses[-1], LEAST) - 1) < CLOSE
    return 1 + int(np.argmax(close)) if close.any() else 0


def start_by_directions(e: Experiment, thetas: Array, most: int = MOST_DIRECTIONS) -> Array:
    """Return the start's loss as 1, 2, ... leading directions together show it, and last as it is: (most + 1,)."""
    directions = planes.leading(thetas, most)
    parts = ((thetas[0] - thetas[-1]) @ directions.T)[:, None] * directions
    return planes.losses_at(e, np.vstack([thetas[-1] + np.cumsum(parts, axis=0), thetas[:1]]))
