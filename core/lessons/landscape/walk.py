"""A training run on a plane: where it is drawn, what it truly lost, and what the plane says instead."""

from collections.abc import Sequence
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
SIZE = network_of(RUN, 2).theta.size
"""Weights and biases of the run's network."""


def experiment(optimizer: str, seed: int = 0) -> Experiment:
    """Return the run that the page trains: the simulator's own, with another optimizer or seed."""
    return replace(RUN, optimizer=optimizer, learning_rate=OPTIMIZERS[optimizer][1], seed=seed)


def walk(e: Experiment) -> Array:
    """Return the weights before training and after each epoch, (E + 1, P)."""
    return train(e).snapshots.astype(np.float64)


def on_plane(e: Experiment, thetas: Array, plane: planes.Plane, side: int = planes.SIDE) -> dict[str, Array]:
    """Return a walk on a plane as plain arrays.

    Returns
    -------
    places (n, 2), losses "true" (n,) and "plane" (n,) at them, "left_out" (n,) the distance from the plane, "share" of
    the walk that the plane holds, "surface" (side, side) and "extent".
    """
    places = plane.nearest(thetas)
    shadow = plane.at(places)
    return {
        "places": places,
        "true": planes.losses_at(e, thetas),
        "plane": planes.losses_at(e, shadow),
        "left_out": np.linalg.norm(thetas - shadow, axis=1),
        "distance": np.linalg.norm(thetas - plane.center, axis=1),
        "share": np.array(plane.share(thetas)),
        "surface": planes.over(e, plane, side),
        "extent": np.array(plane.extent),
    }


def study(optimizer: str, seed: int, kind: str, side: int = planes.SIDE) -> dict[str, Array]:
    """Train a run and lay it on the plane of its two leading directions, or of two random ones ("random")."""
    e = experiment(optimizer, seed)
    thetas = walk(e)
    plane = planes.leading_plane(thetas) if kind == "leading" else planes.random_plane(e, thetas[-1], seed)
    return on_plane(e, thetas, plane, side)


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


def start_by_directions(e: Experiment, thetas: Array, most: int = MOST_DIRECTIONS) -> Array:
    """Return the start's loss as 1, 2, ... leading directions together show it, and last as it is: (most + 1,)."""
    directions = planes.leading(thetas, most)
    parts = ((thetas[0] - thetas[-1]) @ directions.T)[:, None] * directions
    return planes.losses_at(e, np.vstack([thetas[-1] + np.cumsum(parts, axis=0), thetas[:1]]))
