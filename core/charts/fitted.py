"""A network of one input: its curve through the data, playing over its training."""

import altair as alt
import numpy as np
import pandas as pd

from core.charts.naming import BROKEN
from core.charts.playing import FINE, epoch_param, frame_table, pack, unpack
from core.charts.theme import ON_TOP, Mode, axis, finish, palette

Points = tuple[np.ndarray, np.ndarray]


def _ends(values: np.ndarray, margin: float = 0.08) -> tuple[float, float]:
    low, high = float(np.min(values)), float(np.max(values))
    room = (high - low or 1.0) * margin
    return low - room, high + room


def curve1d(
    frames: np.ndarray,
    x: np.ndarray,
    train: Points,
    test: Points | None = None,
    mode: Mode = "light",
    *,
    truth: np.ndarray | None = None,
    y_domain: tuple[float, float] | None = None,
    start: int = 0,
    axis_titles: tuple[str, str] = ("input x", "target y"),
    height: int = 320,
    title: str = "The network's curve through the data",
) -> alt.LayerChart:
    """The fitted curve of a network with one input and one output.

    Parameters
    ----------
    frames : ndarray, (F, m)
        Predictions at the places ``x``.
    x : ndarray, (m,)
        Where the curve is drawn, ascending.
    train, test : (x, y) of shapes (n,) or (n, 1), (n,)
        The data: filled circles and hollow diamonds.
    mode : {"light", "dark"}
        The page's appearance.
    truth : ndarray, (m,), optional
        The function that made the data, as a thin dotted line.
    y_domain : (low, high), optional
        Fixed ends of the vertical axis; without it the data's range and a margin.
    start : int
        The frame seen first.
    axis_titles : (str, str)
        Names and units of input and target.
    height : int
        Pixels; the width is that of the chart's place.
    title : str
        What is seen.

    Returns
    -------
    alt.LayerChart
    """
    p, places = palette(mode), np.asarray(x, dtype=float).ravel()
    low, high = y_domain or _ends(np.asarray(train[1], dtype=float))
    ex = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[float(places[0]), float(places[-1])], nice=False, zero=False),
        axis=axis(axis_titles[0], mode),
    )
    y_axis = axis(axis_titles[1], mode, grid=True, **ON_TOP)
    ey = alt.Y("y:Q", scale=alt.Scale(domain=[low, high], nice=False, zero=False), axis=y_axis)
    room = high - low
    wide = (low - room, high + room)  # a curve that leaves the picture still leaves it at the right angle
    packed = frame_table(pd.DataFrame({"x": places}), pack(frames, *wide, top=FINE))
    line = alt.Chart(packed).transform_calculate(y=unpack("p", *wide, top=FINE))
    layers = [_dots(points, hollow, mode, ex, ey) for points, hollow in ((train, False), (test, True)) if points]
    if truth is not None:
        known = alt.Chart(pd.DataFrame({"x": places, "y": np.asarray(truth, dtype=float).ravel()}))
        layers.append(known.mark_line(clip=True, color=p["muted"], strokeDash=[1, 4], strokeCap="round").encode(ex, ey))
    layers.append(line.mark_line(clip=True, color=p["prediction"], strokeWidth=2.6).encode(x=ex, y=ey))
    known_key = ["dotted: what made the data"] if truth is not None else []
    data_key = "● training" + ("   ◇ test" if test is not None else "")
    key = [" · ".join([data_key, "line: prediction"]), *known_key]
    return finish(layers, mode, title, key, params=[epoch_param(len(frames), start)], height=height)


def _dots(points: Points, hollow: bool, mode: Mode, x: alt.X, y: alt.Y) -> alt.Chart:
    p = palette(mode)
    table = pd.DataFrame({"x": np.asarray(points[0], float).ravel(), "y": np.asarray(points[1], float).ravel()})
    mark = alt.Chart(table).mark_point(
        clip=True,
        shape="diamond" if hollow else "circle",
        size=52 if hollow else 36,
        filled=not hollow,
        color=p["test"] if hollow else p["train"],
        opacity=1 if hollow else 0.8,
        strokeWidth=1.6,
    )
    return mark.encode(x=x, y=y)


def curve1d_text(
    frames: np.ndarray, x: np.ndarray, train: Points, test: Points | None = None, *, frame: int = -1
) -> str:
    """The text twin of ``curve1d``: the curve's range and its root mean square distance to the points."""
    curve, places = np.asarray(frames[frame], dtype=float), np.asarray(x, dtype=float).ravel()
    if np.isnan(curve).all():
        return BROKEN
    parts = []
    for name, points in (("training", train), ("test", test)):
        if points is not None and len(points[0]):
            at = np.interp(np.asarray(points[0], dtype=float).ravel(), places, curve)
            error = np.sqrt(np.mean((at - np.asarray(points[1], dtype=float).ravel()) ** 2))
            parts.append(f"{error:z.3f} for {len(at)} {name} points")
    ends = f"from {curve.min():z.2f} to {curve.max():z.2f}"
    return f"The fitted curve runs {ends}. Root mean square error: {' and '.join(parts)}."
