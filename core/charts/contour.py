"""The line where a plane of values crosses a level, for every frame, as one drawing command a frame."""

import altair as alt
import numpy as np
import pandas as pd

from core.charts.pictures import Extent
from core.charts.playing import now

HALF = 500
"""Paths are written in whole numbers from -500 to 500 over the plane's width."""


def segments(frame: np.ndarray, level: float) -> np.ndarray:
    """Marching squares: where the sides of the cells between four neighbors cross the level.

    Parameters
    ----------
    frame : ndarray, (side, side)
        Values at cell centers, row 0 lowest.
    level : float
        The value on the line.

    Returns
    -------
    ndarray, (n, 2, 2)
        n straight pieces, each from (column, row) to (column, row), in cells from the first center.
    """
    a, b, c, d = frame[:-1, :-1], frame[:-1, 1:], frame[1:, 1:], frame[1:, :-1]  # counterclockwise from the lower left
    above = (a > level).astype(int) + (b > level) + (c > level) + (d > level)
    rows, columns = np.nonzero((above > 0) & (above < 4))
    ring = np.stack([v[rows, columns] for v in (a, b, c, d, a)])  # (5, cells)
    steps = np.diff(ring, axis=0)
    share = np.clip((level - ring[:4]) / np.where(steps == 0, 1.0, steps), 0, 1)
    crossed = (ring[:4] > level) != (ring[1:] > level)  # (4, cells): bottom, right, top, left
    one, zero = np.ones_like(share[0]), np.zeros_like(share[0])
    x = np.stack([share[0], one, 1 - share[2], zero]) + columns
    y = np.stack([zero, share[1], one, 1 - share[3]]) + rows
    points = np.stack([x, y], axis=-1).transpose(1, 0, 2)[crossed.T]  # two or four in a row for each cell
    return points.reshape(-1, 2, 2)


def path(frame: np.ndarray, level: float) -> str:
    """The level line of one frame as an SVG path from -500 to 500, y down; a lone dot where there is none."""
    side = len(frame)
    pieces = ((segments(frame, level) + 0.5) * (2 * HALF / side) - HALF) * [1, -1]
    whole = np.rint(pieces).astype(int)
    return "".join(f"M{x},{y}L{u},{v}" for (x, y), (u, v) in whole.tolist()) or "M0,0"


def contour_layer(frames: np.ndarray, extent: Extent, level: float, color: str, x: alt.X, y: alt.Y) -> alt.Chart:
    """The current frame's path, stretched over a square plane.

    Parameters
    ----------
    frames : ndarray, (F, side, side)
        Values at cell centers.
    extent : (x_low, x_high, y_low, y_high)
        The plane's edges in data units.
    level : float
        The value on the line, such as a probability of 0.5.
    color : str
        The line's color.
    x, y : alt.X, alt.Y
        The plane's axes, for a field ``x`` and a field ``y``.
    """
    middle = {"x": (extent[0] + extent[1]) / 2, "y": (extent[2] + extent[3]) / 2}
    table = pd.DataFrame([{"paths": [path(frame, level) for frame in frames], **middle}])
    return (
        alt.Chart(table)
        .transform_calculate(path=now("paths"))
        .mark_point(
            filled=False,
            color=color,
            opacity=1,
            strokeWidth=1.6,
            strokeCap="round",
            tooltip=None,
            size=alt.expr(f"width * height / {HALF * HALF}"),
        )
        .encode(x=x, y=y, shape=alt.Shape("path:N", scale=None))
    )
