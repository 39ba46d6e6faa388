"""Values over the plane of two inputs: a regression network's answer, or the answer of one unit."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.naming import BROKEN
from core.charts.pictures import STEPS, Extent, plane_layer, plane_pictures, ramp
from core.charts.plane import INPUTS, Points, axes, cells_of, square
from core.charts.playing import epoch_param, pack, span
from core.charts.theme import PLAIN, Mode, diverging, palette, sequential

Range = tuple[float, float]


def _legend(title: str, mode: Mode) -> alt.Legend:
    p = palette(mode)
    return alt.Legend(
        title=title,
        orient="bottom",
        direction="horizontal",
        gradientLength=alt.expr("clamp(width - 60, 60, 160)"),
        gradientThickness=8,
        tickCount=3,
        labelColor=p["muted"],
        titleColor=p["muted"],
        titleFontWeight="normal",
        labelFontSize=12,
        titleFontSize=12,
        titlePadding=6,
        titleOrient="top",
        titleLimit=300,
        format=PLAIN,
    )


def _values(points: Points, mode: Mode, x: alt.X, y: alt.Y, fill: alt.Fill, hollow: bool) -> alt.Chart:
    """Points in the color of their target: where the surface fits, their inside melts into it."""
    p = palette(mode)
    X = np.asarray(points[0], dtype=float)
    table = pd.DataFrame({"x": X[:, 0], "y": X[:, 1], "target": np.asarray(points[1], dtype=float).ravel()})
    mark = alt.Chart(table).mark_point(
        shape="diamond" if hollow else "circle", size=60, filled=False, opacity=1, strokeWidth=1, stroke=p["target"]
    )
    return mark.encode(x=x, y=y, fill=fill)


def surface(
    frames: np.ndarray,
    extent: Extent,
    train: Points,
    test: Points | None = None,
    mode: Mode = "light",
    *,
    domain: Range | None = None,
    units: str = "target",
    start: int = 0,
    axis_titles: Sequence[str] = INPUTS,
    size: int | None = None,
    title: str = "What the network predicts at every point",
) -> alt.LayerChart:
    """A regression network's prediction over the plane, playing over its training.

    Parameters
    ----------
    frames : ndarray, (F, side, side)
        Predictions at the cell centers of ``pictures.grid``.
    extent : (x_low, x_high, y_low, y_high)
        The plane's edges in data units.
    train, test : (X, y) of shapes (n, 2), (n,)
        The data and their target values, drawn in the colors of the same scale.
    mode : {"light", "dark"}
        The page's appearance.
    domain : (low, high), optional
        Values at the ends of the color scale; without it the range of the training targets.
    units : str
        What the values are, with their unit, for the legend.
    start, axis_titles, size, title
        As in ``plane.boundary``.

    Returns
    -------
    alt.LayerChart
    """
    low, high = domain or (float(np.min(train[1])), float(np.max(train[1])))
    low, high = (low, high) if low < high else (low - 1, high + 1)
    x, y = axes(extent, axis_titles, mode)
    colors = diverging(mode, 0.85)
    table = plane_pictures(pack(frames, low, high, STEPS - 1), extent, ramp(colors))
    fill = alt.Fill(
        "target:Q",
        scale=alt.Scale(domain=[low, (low + high) / 2, high], range=colors, clamp=True, interpolate="rgb"),
        legend=_legend(units, mode),
    )
    layers = [plane_layer(table, x, y), _values(train, mode, x, y, fill, hollow=False)]
    if test is not None and len(test[0]):
        layers.append(_values(test, mode, x, y, fill, hollow=True))
    key = ["● training" + ("   ◆ test" if test is not None else ""), "a point that fits has the color around it"]
    return square(layers, mode, title, key, epoch_param(len(frames), start), size)


def surface_text(
    frames: np.ndarray, extent: Extent, train: Points, test: Points | None = None, *, frame: int = -1
) -> str:
    """The text twin of ``surface``: the range of the predictions and the mean error at the points, at one frame."""
    plane = np.asarray(frames[frame])
    if np.isnan(plane).all():
        return BROKEN
    parts = []
    for name, points in (("training", train), ("test", test)):
        if points is not None and len(points[0]):
            error = np.abs(plane[cells_of(points[0], extent, plane.shape[0])] - np.asarray(points[1]).ravel()).mean()
            parts.append(f"{error:z.3f} at {len(points[0])} {name} points")
    return (
        f"Predictions over the plane run from {plane.min():z.2f} to {plane.max():z.2f}. "
        f"Mean distance to the target is about {' and '.join(parts)}."
    )


def unit_response(
    frames: np.ndarray,
    extent: Extent,
    mode: Mode = "light",
    title: str = "Where this unit is active",
    start: int = 0,
    *,
    domain: Range | None = None,
    quantity: str = "activation",
    axis_titles: Sequence[str] = INPUTS,
    size: int | None = None,
) -> alt.LayerChart:
    """One unit's activation over the plane, large: the page's background where it is low, its color where it is high.

    Parameters
    ----------
    frames : ndarray, (F, side, side)
        The unit's activation at the cell centers of ``pictures.grid``.
    extent : (x_low, x_high, y_low, y_high)
        The plane's edges in data units.
    mode : {"light", "dark"}
        The page's appearance.
    title : str
        Which unit is seen.
    start : int
        The frame seen first.
    domain : (low, high), optional
        Activations at the ends of the scale; without it the range over all frames.
    quantity : str
        The quantity whose color is used: ``"activation"``, ``"input"`` or ``"probability"``.
    axis_titles, size
        As in ``plane.boundary``.

    Returns
    -------
    alt.LayerChart
    """
    low, high = domain or span(frames)
    high = high if high > low else low + 1.0
    x, y = axes(extent, axis_titles, mode)
    colors = diverging(mode, 0.85) if quantity == "probability" else sequential(mode, quantity, 0.9)
    table = plane_pictures(pack(frames, low, high, STEPS - 1), extent, ramp(colors))
    scale = alt.Scale(domain=np.linspace(low, high, len(colors)).tolist(), range=colors, interpolate="rgb")
    ends = pd.DataFrame({"x": [extent[0]] * 2, "y": [extent[2]] * 2, "value": [low, high]})
    legend = (
        alt.Chart(ends)  # two marks without size: they only carry the scale's legend
        .mark_point(size=0, opacity=0)
        .encode(x=x, y=y, color=alt.Color("value:Q", scale=scale, legend=_legend(quantity, mode)))
    )
    return square([plane_layer(table, x, y), legend], mode, title, [], epoch_param(len(frames), start), size)


def unit_response_text(frames: np.ndarray, extent: Extent, *, name: str = "This unit", frame: int = -1) -> str:
    """The text twin of ``unit_response``: its range, and the part of the plane where it is in its upper half."""
    plane = np.asarray(frames[frame], dtype=float)
    if np.isnan(plane).all():
        return BROKEN
    low, high = span(frames)
    rows, columns = np.nonzero(plane > (low + high) / 2)
    sentence = f"{name} runs from {plane.min():z.2f} to {plane.max():z.2f} over the plane"
    if not len(rows):
        return sentence + " and is nowhere in the upper half of its range."
    side = plane.shape[0]
    x = extent[0] + (columns.mean() + 0.5) / side * (extent[1] - extent[0])
    y = extent[2] + (rows.mean() + 0.5) / side * (extent[3] - extent[2])
    share = len(rows) / plane.size
    return f"{sentence}; it is in the upper half of its range on {share:.0%} of it, around ({x:z.1f}, {y:z.1f})."
