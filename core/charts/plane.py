"""The plane of two inputs: what the network answers at every place, playing over the run, with the data on top."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.contour import contour_layer
from core.charts.naming import BROKEN
from core.charts.pictures import STEPS, Extent, plane_layer, plane_pictures, ramp
from core.charts.playing import epoch_param, pack
from core.charts.theme import (
    GLYPHS,
    PRECISION,
    SHAPES,
    Mode,
    axis,
    class_colors,
    diverging,
    finish,
    mix,
    palette,
)

Points = tuple[np.ndarray, np.ndarray]
INPUTS = ("x₁", "x₂")
FADE = 0.62
LEVELS = 25


def axes(extent: Extent, titles: Sequence[str], mode: Mode, x: str = "x:Q", y: str = "y:Q") -> tuple[alt.X, alt.Y]:
    """Fixed position scales of a plane, so that nothing moves while it plays."""
    ends = (list(map(float, extent[:2])), list(map(float, extent[2:])))
    scales = [alt.Scale(domain=end, nice=False, zero=False) for end in ends]
    options = {"format": ".6~g"}
    return (
        alt.X(x, scale=scales[0], axis=axis(titles[0], mode, **options)),
        alt.Y(y, scale=scales[1], axis=axis(titles[1], mode, titleAngle=0, titleY=-8, titleX=-14, **options)),
    )


def square(
    layers: Sequence[alt.Chart], mode: Mode, title: str, key: list[str], epoch: alt.Parameter, size: int | None
) -> alt.LayerChart:
    """Finish a plane: a fixed square, or as wide as its place, with the parameter that keeps it as high as wide."""
    follows = [] if size else [alt.param(name="height", expr="width")]
    return finish(layers, mode, title, key, params=[epoch, *follows], width=size, height=size)


def points_layer(points: Points, mode: Mode, x: alt.X, y: alt.Y, names: Sequence[str], hollow: bool) -> alt.Chart:
    """Data as shapes by class: filled for training, outlined for test."""
    X, labels = np.asarray(points[0], dtype=float), np.asarray(points[1]).astype(int).ravel()
    if len(names) > len(SHAPES):
        return _named_points(X, labels, mode, x, y, names, hollow)
    p, kinds = palette(mode), list(range(len(names)))
    table = pd.DataFrame({"x": X[:, 0], "y": X[:, 1], "class": labels.astype("int8")})
    colors = alt.Scale(domain=kinds, range=class_colors(mode, len(names)))
    shape = alt.Shape("class:N", scale=alt.Scale(domain=kinds, range=list(SHAPES[: len(names)])), legend=None)
    mark = alt.Chart(table).mark_point(
        size=44 if hollow else 52,
        opacity=1,
        strokeWidth=1.8 if hollow else 1.0,
        filled=False,
        fill=p["background"] if hollow else None,
        stroke=None if hollow else p["background"],
        tooltip=None,
    )
    ink = {"stroke" if hollow else "fill": alt.Color("class:N", scale=colors, legend=None)}
    return mark.encode(x=x, y=y, shape=shape, **ink)


def _named_points(
    X: np.ndarray, labels: np.ndarray, mode: Mode, x: alt.X, y: alt.Y, names: Sequence[str], light: bool
) -> alt.Chart:
    """Data of many classes: each point is the name of its class, bold for training, light for test."""
    words = np.asarray(names)[labels]
    table = pd.DataFrame({"x": X[:, 0], "y": X[:, 1], "class": labels.astype("int8"), "name": words})
    scale = alt.Scale(domain=list(range(len(names))), range=class_colors(mode, len(names)))
    mark = alt.Chart(table).mark_text(fontSize=12, fontWeight=400 if light else 800, tooltip=None)
    return mark.encode(x=x, y=y, text=alt.Text("name:N"), color=alt.Color("class:N", scale=scale, legend=None))


def boundary(
    frames: np.ndarray,
    extent: Extent,
    train: Points,
    test: Points | None = None,
    mode: Mode = "light",
    *,
    classes: Sequence[str] = ("class 0", "class 1"),
    confidence: np.ndarray | None = None,
    start: int = 0,
    axis_titles: Sequence[str] = INPUTS,
    size: int | None = None,
    title: str = "What the network answers at every point",
) -> alt.LayerChart:
    """The decision regions of a classifier, playing over its training.

    Parameters
    ----------
    frames : ndarray, (F, side, side)
        Two classes: the probability of class 1 at the cell centers of ``pictures.grid``. More classes: the winning
        class's index.
    extent : (x_low, x_high, y_low, y_high)
        The plane's edges in data units.
    train, test : (X, y) of shapes (n, 2), (n,)
        The data and their classes as whole numbers.
    mode : {"light", "dark"}
        The page's appearance.
    classes : sequence of str
        Names of the classes, two to ten.
    confidence : ndarray, (F, side, side), optional
        More than two classes: the winning class's probability.
    start : int
        The frame seen first.
    axis_titles : two str
        Names and units of the inputs.
    size : int, optional
        Edge in pixels; without it the plane takes the width of its place and stays square.
    title : str
        What is seen.

    Returns
    -------
    alt.LayerChart
    """
    x, y = axes(extent, axis_titles, mode)
    if confidence is None:
        known = np.nan_to_num(np.asarray(frames, dtype=float), nan=0.5)  # a run that broke down knows nothing
        table = plane_pictures(pack(known, 0, 1, STEPS - 1), extent, ramp(diverging(mode, FADE)))
        layers = [plane_layer(table, x, y), contour_layer(known, extent, 0.5, palette(mode)["text"], x, y)]
    else:
        indices, colors = winners(frames, confidence, len(classes), mode)
        layers = [plane_layer(plane_pictures(indices, extent, colors), x, y)]
    layers.append(points_layer(train, mode, x, y, classes, hollow=False))
    if test is not None and len(test[0]):
        layers.append(points_layer(test, mode, x, y, classes, hollow=True))
    key = _key(classes, test is not None, confidence is None)
    return square(layers, mode, title, key, epoch_param(len(frames), start), size)


def _key(classes: Sequence[str], tested: bool, line: bool) -> list[str]:
    """The key to the marks, in one or two short lines."""
    if len(classes) > len(GLYPHS):
        return ["each point is its class", "bold: training, light: test" if tested else "training data"]
    first = "   ".join(f"{glyph} {name}" for glyph, name in zip(GLYPHS, classes, strict=False))
    rest = [*(["filled: training, hollow: test"] if tested else []), *(["line: 50%"] if line else [])]
    return [first, " · ".join(rest)] if rest else [first]


def winners(winner: np.ndarray, sure: np.ndarray, k: int, mode: Mode) -> tuple[np.ndarray, np.ndarray]:
    """Palette indices and palette of winning classes, faint where the network is unsure."""
    background, floor = palette(mode)["background"], 1 / k
    sure = np.nan_to_num(sure, nan=floor)  # a network that broke down is sure of nothing
    steps = np.rint(np.clip((sure - floor) / (1 - floor), 0, 1) * (LEVELS - 1)).astype(int)
    ramps = [ramp([mix(background, c, 0.10), mix(background, c, FADE)], LEVELS) for c in class_colors(mode, k)]
    return (np.asarray(winner, dtype=int) * LEVELS + steps).astype(np.uint8), np.concatenate(ramps)


def cells_of(X: np.ndarray, extent: Extent, side: int) -> tuple[np.ndarray, np.ndarray]:
    """Row and column of the cell that holds each point; points outside take the nearest edge cell."""
    low, high = np.array([extent[0], extent[2]]), np.array([extent[1], extent[3]])
    place = np.floor((np.asarray(X, dtype=float) - low) / (high - low) * side).astype(int)
    place = np.clip(place, 0, side - 1)
    return place[:, 1], place[:, 0]


def boundary_text(
    frames: np.ndarray,
    extent: Extent,
    train: Points,
    test: Points | None = None,
    *,
    classes: Sequence[str] = ("class 0", "class 1"),
    confidence: np.ndarray | None = None,
    frame: int = -1,
) -> str:
    """The text twin of ``boundary``: shares of the plane and of the points on their own side, at one frame."""
    if np.isnan(np.asarray(frames if confidence is None else confidence)[frame]).all():
        return BROKEN
    won = np.asarray(frames[frame]) if confidence is not None else (np.asarray(frames[frame]) > 0.5).astype(int)
    areas = ", ".join(f"{name} {(won == k).mean():{PRECISION['share']}}" for k, name in enumerate(classes))
    parts = []
    for name, points in (("training", train), ("test", test)):
        if points is not None and len(points[0]):
            right = won[cells_of(points[0], extent, won.shape[0])] == np.asarray(points[1]).ravel()
            parts.append(f"{right.mean():{PRECISION['share']}} of {len(right)} {name} points")
    return f"Decision regions over the plane: {areas}. In the region of their own class lie {' and '.join(parts)}."
