"""What a player shows: which epochs, and what the network of each says over a plane, unit by unit."""

from dataclasses import dataclass

import numpy as np

from core.data.prepare import Prepared
from core.data.scaling import Standardizer
from core.nn.layers import Activate, Residual
from core.nn.tape import Array
from core.training.history import History

ALIKE = 4
"""Where one axis is longer than the other by more than this, each has its own scale: meters beside kilograms."""


@dataclass(frozen=True, eq=False)
class Plane:
    """A plane through the data's space, for pictures.

    Attributes
    ----------
    points : (side * side, d) raw points on a grid, row by row from the lowest.
    extent : (x_low, x_high, y_low, y_high) in the units of the axes.
    train, test : (n, 2) where the examples lie on it.
    titles : what the two axes are.
    note : one sentence on what is left out, empty for planar data.
    """

    points: Array
    extent: tuple[float, float, float, float]
    train: Array
    test: Array
    titles: tuple[str, str]
    note: str = ""


def plane_of(data: Prepared, side: int = 40, view: str = "spread", axes: tuple[int, int] = (0, 1)) -> Plane:
    """Return the plane itself for planar data; else a slice along two inputs, or along the two widest directions.

    A single input is drawn as a strip, in which an example's height is its class.

    Parameters
    ----------
    view : "spread" (the first two principal directions of the standardized inputs) or "inputs".
    axes : with "inputs": which two.
    """
    X = data.data.X
    if X.shape[1] == 1:
        return _strip(data, side)
    if X.shape[1] == 2 or view == "inputs":
        return _along_inputs(data, side, axes if X.shape[1] > 2 else (0, 1))
    scaler = Standardizer.fit(X[data.train])
    standard = scaler.apply(X)
    one = np.zeros((int(len(data.train) == 1), X.shape[1]))  # a single example has a single direction
    spread = np.vstack([standard[data.train], one])
    _, strength, directions = np.linalg.svd(spread, full_matrices=False)
    share = strength[:2] ** 2 / max(float(np.sum(strength**2)), 1e-12)
    flat = standard @ directions[:2].T
    grid, extent = _grid(flat, side)
    note = (
        f"The picture is a flat cut through {X.shape[1]} inputs, along the two directions in which the data spread "
        f"most ({share.sum():.0%} of their variance). Points lie off the cut, so their color need not match it."
    )
    titles = (f"1st direction ({share[0]:.0%})", f"2nd direction ({share[1]:.0%})")
    return Plane(scaler.undo(grid @ directions[:2]), extent, flat[data.train], flat[data.test], titles, note)


def _strip(data: Prepared, side: int) -> Plane:
    X, classes = data.data.X[:, 0], data.data.classes
    heights = (data.data.y + 0.5) / len(classes) if classes else np.full(len(X), 0.5)
    flat = np.stack([X, heights], axis=1)
    room = max(float(np.ptp(X)) * 0.04, 1e-6)
    low, high = float(X.min()) - room, float(X.max()) + room
    line = low + (np.arange(side) + 0.5) / side * (high - low)
    note = "There's one input. A point's height only says its class, so that points don't hide each other."
    titles = (data.data.features[0], "")
    return Plane(np.tile(line, side)[:, None], (low, high, 0.0, 1.0), flat[data.train], flat[data.test], titles, note)


def _along_inputs(data: Prepared, side: int, axes: tuple[int, int]) -> Plane:
    X, (i, j) = data.data.X, axes
    grid, extent = _grid(X[:, [i, j]], side)
    points = np.repeat(X[data.train].mean(0)[None], len(grid), 0)
    points[:, [i, j]] = grid
    names, note = data.data.features, ""
    if X.shape[1] > 2:
        note = f"The other {X.shape[1] - 2} inputs are held at their mean, so a point's color need not match it."
    return Plane(points, extent, X[data.train][:, [i, j]], X[data.test][:, [i, j]], (names[i], names[j]), note)


def around(flat: Array, times: float = 1.0) -> tuple[float, float, float, float]:
    """Return ``(x_low, x_high, y_low, y_high)`` of a rectangle around points (N, 2), so many times as wide as they are.

    >>> around(np.array([[0.0, 0.0], [1.0, 100.0]]))
    (-0.040000000000000036, 1.04, -4.0, 104.0)
    """
    low, high = flat.min(0), flat.max(0)
    middle, half = (low + high) / 2, np.maximum((high - low) / 2 * 1.08, 1e-6 * np.maximum(1, np.abs(high)))
    if half.max() <= ALIKE * half.min():  # equal units both ways, so that a circle is round
        half[:] = half.max()
    (x_low, y_low), (x_high, y_high) = (middle - times * half).tolist(), (middle + times * half).tolist()
    return x_low, x_high, y_low, y_high


def _grid(flat: Array, side: int) -> tuple[Array, tuple[float, float, float, float]]:
    extent = around(flat)
    centers = (np.arange(side) + 0.5) / side
    x, y = np.meshgrid(*(low + centers * (high - low) for low, high in (extent[:2], extent[2:])))
    return np.stack([x.ravel(), y.ravel()], axis=1), extent


def choose_frames(history: History, probe: Array, most: int = 100) -> Array:
    """Return the epochs to show: every one, or ``most`` of them between which the predictions move equally far.

    Training is fast at first and slow later, so equal steps of time would show mostly stillness.
    """
    epochs = history.snapshot_epochs
    if len(epochs) <= most + 1:
        return epochs
    answers = history.predict_many(probe, epochs).reshape(len(epochs), -1)
    if not history.data.data.classes:  # where a run diverges, moves that no picture could show count no more
        most_seen = 4 * float(np.abs(history.data.data.y).max())
        answers = np.clip(answers, -most_seen, most_seen)
    moved = np.abs(np.diff(np.nan_to_num(answers), axis=0)).mean(1)
    way = np.concatenate([[0], np.cumsum(moved + moved.mean() * 0.1 + 1e-12)])
    at = np.searchsorted(way, np.linspace(0, way[-1], most))
    return epochs[np.unique(np.clip(np.concatenate([[0], at, [len(epochs) - 1]]), 0, len(epochs) - 1))]


def unit_frames(history: History, points: Array, epochs: Array, most_units: int = 8) -> list[Array]:
    """Return each unit's output over raw points, layer by layer: inputs first, then hidden layers, then the output.

    Returns
    -------
    list of (F, units, N), at most ``most_units`` units a layer. The output layer's is what the network predicts: a
    probability, a probability for each class, or a (standardized) number.
    """
    inputs = history.data.inputs(points)
    with np.errstate(all="ignore"):
        network = history.network(epochs)
        outputs = network.activations_for(inputs)
        responses = [
            np.broadcast_to(inputs.T[:most_units, None], (min(most_units, inputs.shape[1]), len(epochs), len(points)))
        ]
        for layer, value in zip(network.layers.layers, outputs, strict=True):
            if isinstance(layer, Activate | Residual):
                full = value if value.ndim == 3 else value[:, None]
                responses.append(full[:-1][:most_units])
        answer = history.loss.predict(outputs[-1])
        responses.append((answer if answer.ndim == 3 else answer[:, None])[:most_units])
    return [np.ascontiguousarray(np.moveaxis(s, 1, 0)) for s in responses]


def weight_frames(history: History, epochs: Array) -> tuple[list[Array], list[Array]]:
    """Return the weights ``(F, n_out, n_in)`` and biases ``(F, n_out)`` of every dense layer at the given epochs."""
    network = history.network(epochs)
    dense = [network.p[name] for name in network.shapes if name.endswith("W")]
    stacked = [np.moveaxis(w, 1, 0) if w.ndim == 3 else w[None] for w in dense]
    return [np.array(w[..., :-1]) for w in stacked], [np.array(w[..., -1]) for w in stacked]


def confusion_matrix(history: History, epoch: int = -1) -> Array:
    """Return ``(K, K)`` counts on the test data: row the true class, column the predicted one.

    Examples for which a network that diverged answers with no number are not counted.
    """
    data, classes = history.data, len(history.data.data.classes)
    X = data.data.X[data.test]
    answered = np.isfinite(history.predict(X, epoch)).reshape(len(X), -1).all(1)
    counts = np.zeros((classes, classes), int)
    np.add.at(counts, (data.y_test.astype(int)[answered], history.decide(X, epoch)[answered]), 1)
    return counts
