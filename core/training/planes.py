"""Planes through the weights of a network: which two directions, where a walk lies on them, the loss all over them.

A plane is all weights ``end + a u + b v``. The loss at such a place is exact. What a plane cannot show is where it was
not: a walk that left the plane is drawn at its nearest place, and the loss there is another one.
"""

from dataclasses import dataclass, replace

import numpy as np

from core.nn.network import Network
from core.nn.tape import Array
from core.training.building import loss_of, network_of, prepare_experiment
from core.training.experiment import Experiment

SIDE = 41
"""Places along each edge of a plane."""
TOGETHER = 64
"""Networks that are asked side by side."""
LARGEST = 1e12
"""Losses above this are drawn and compared as this: deep networks answer with numbers beyond all use."""


@dataclass(frozen=True, eq=False)
class Plane:
    """Two directions through a place, and a square of places on them.

    Attributes
    ----------
    center : (P,) the weights at (0, 0).
    directions : (2, P) u and v.
    extent : edges: a from, a to, b from, b to.
    """

    center: Array
    directions: Array
    extent: tuple[float, float, float, float]

    def at(self, places: Array) -> Array:
        """Return the weights at places (n, 2): (n, P)."""
        return np.asarray(self.center + np.asarray(places, float) @ self.directions)

    def nearest(self, thetas: Array) -> Array:
        """Return the places (n, 2) of the plane that are nearest to weights (n, P), by least squares."""
        away = np.asarray(thetas, float) - self.center
        return np.asarray(np.linalg.lstsq(self.directions.T, away.T, rcond=None)[0].T)

    def share(self, thetas: Array) -> float:
        """Return how much of a walk's squared distances from the center lies on the plane, 0 to 1."""
        on, away = self.at(self.nearest(thetas)) - self.center, np.asarray(thetas, float) - self.center
        return float((on**2).sum() / (away**2).sum())


def leading(walk: Array, count: int = 2) -> Array:
    """Return the orthonormal directions (count, P) in which a walk (n, P) is farthest from its end, first to last.

    They are the principal components of the walk, seen from its end (Li et al. 2018), with the start toward the left.
    """
    found = np.linalg.svd(walk - walk[-1], full_matrices=False)[2][:count]
    signs = np.where(found @ (walk[0] - walk[-1]) > 0, -1.0, 1.0)
    return np.asarray(found * signs[:, None])


def filter_normalized(network: Network, rng: np.random.Generator) -> Array:
    """Return a random direction (P,) in which each unit's incoming weights are as long as the network's own.

    Where a unit's weights are large, a step of the same length changes it less; so each is measured by its own length
    (Li et al. 2018). Biases stay as they are.
    """
    flat = rng.normal(size=network.theta.size)
    for name, drawn in network.views(flat).items():
        own = network.p[name][:, :-1]
        lengths = np.linalg.norm(drawn[:, :-1], axis=1, keepdims=True)
        drawn[:, :-1] *= np.linalg.norm(own, axis=1, keepdims=True) / lengths
        drawn[:, -1] = 0
    return flat


def one_network(e: Experiment, theta: Array) -> Network:
    """Return the experiment's network with these weights, in float64."""
    network = network_of(e, prepare_experiment(e).X_train.shape[1], dtype=np.float64)
    network.load(theta)
    return network


def random_plane(e: Experiment, theta: Array, seed: int, half: float = 1.0) -> Plane:
    """Return the plane of two filter-normalized directions through ``theta``, ``half`` of its own lengths each way."""
    network, rng = one_network(e, theta), np.random.default_rng([12, seed])
    directions = np.stack([filter_normalized(network, rng) for _ in range(2)])
    return Plane(np.asarray(theta, float), directions, (-half, half, -half, half))


def leading_plane(walk: Array) -> Plane:
    """Return the plane of a walk's two leading directions: a square, so that a length is a length everywhere."""
    plane = Plane(walk[-1], leading(walk), (0.0, 0.0, 0.0, 0.0))
    places = plane.nearest(walk)
    middle = (places.max(axis=0) + places.min(axis=0)) / 2
    half = 0.62 * float(np.ptp(places, axis=0).max())
    (a, b), edge = middle, half
    return replace(plane, extent=(float(a - edge), float(a + edge), float(b - edge), float(b + edge)))


@np.errstate(all="ignore")
def losses_at(e: Experiment, thetas: Array) -> Array:
    """Return the experiment's training loss at weights (n, P), each: (n,)."""
    data, loss, found = prepare_experiment(e), loss_of(e), []
    for start in range(0, len(thetas), TOGETHER):
        some = thetas[start : start + TOGETHER]
        network = network_of(e, data.X_train.shape[1], len(some), np.float64)
        network.load(some)
        coded = loss.encode(data.y_train, network.outputs).T.astype(float)  # (K, N)
        targets = coded if len(some) == 1 else coded[:, None]
        found.append(np.atleast_1d(loss.value(network.outputs_for(data.X_train), targets)))
    values = np.concatenate(found)
    return np.where(np.isfinite(values), np.minimum(values, LARGEST), LARGEST)


def over(e: Experiment, plane: Plane, side: int = SIDE) -> Array:
    """Return the loss all over a plane, (side, side) at the cells' centers, row 0 lowest."""
    low_a, high_a, low_b, high_b = plane.extent
    middle = (np.arange(side) + 0.5) / side
    a, b = np.meshgrid(low_a + (high_a - low_a) * middle, low_b + (high_b - low_b) * middle)
    return losses_at(e, plane.at(np.stack([a.ravel(), b.ravel()], axis=1))).reshape(side, side)
