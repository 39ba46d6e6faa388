"""The line where a plane of values crosses a level, for every frame, as one drawing command a frame."""

from collections import defaultdict

import altair as alt
import numpy as np
import pandas as pd

from core.charts.pictures import Extent
from core.charts.playing import now

HALF = 500
"""Paths are written in whole numbers from -500 to 500 over the plane's width."""


def segments(frames: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Marching squares: where the sides of the cells between four neighbors cross the level.

    Parameters
    ----------
    frames : ndarray, (F, side, side)
        Values at cell centers, row 0 lowest.
    level : float
        The value on the line.

    Returns
    -------
    pieces : ndarray, (n, 2, 2)
        n straight pieces, each from (column, row) to (column, row), in cells from the first center.
    counts : ndarray, (F,)
        How many of them, in order, each frame has.
    """
    left, right = frames[:, :, :-1], frames[:, :, 1:]
    a, b, c, d = left[:, :-1], right[:, :-1], right[:, 1:], left[:, 1:]  # counterclockwise from the lower left
    above = (a > level).astype(int) + (b > level) + (c > level) + (d > level)
    cells = np.nonzero((above > 0) & (above < 4))
    of, rows, columns = cells
    ring = np.stack([v[cells] for v in (a, b, c, d, a)])  # (5, cells)
    steps = np.diff(ring, axis=0)
    share = np.clip((level - ring[:4]) / np.where(steps == 0, 1.0, steps), 0, 1)
    crossed = (ring[:4] > level) != (ring[1:] > level)  # (4, cells): bottom, right, top, left
    one, zero = np.ones_like(share[0]), np.zeros_like(share[0])
    x = np.stack([share[0], one, 1 - share[2], zero]) + columns
    y = np.stack([zero, share[1], one, 1 - share[3]]) + rows
    points = np.stack([x, y], axis=-1).transpose(1, 0, 2)[crossed.T]  # two or four in a row for each cell
    return points.reshape(-1, 2, 2), np.bincount(of, crossed.sum(axis=0) // 2, len(frames)).astype(int)


def paths(frames: np.ndarray, level: float, whole: bool = False) -> list[str]:
    """Each frame's level line as an SVG path from -500 to 500, y down; a lone dot where there is none.

    With ``whole`` the pieces are joined, which takes longer: dashes are only seen on lines longer than they are.
    """
    pieces, counts = segments(frames, level)
    places = np.rint(((pieces + 0.5) * (2 * HALF / frames.shape[1]) - HALF) * [1, -1]).astype(int)
    write = joined if whole else _apart
    return [write(some) or "M0,0" for some in np.split(places, np.cumsum(counts)[:-1])]


def _apart(pieces: np.ndarray) -> str:
    ways = pieces - pieces[:, :1] * [[0], [1]]  # the way to the second end is shorter to say than its place
    return "".join(f"M{x},{y}l{u},{v}" for x, y, u, v in ways.reshape(-1, 4).tolist())


def joined(pieces: np.ndarray) -> str:
    """Return straight pieces (n, 2, 2), each from (x, y) to (x, y), as a path that goes on from piece to piece.

    >>> joined(np.array([[[0, 0], [2, 1]], [[5, 5], [6, 6]], [[2, 1], [5, 0]]]))
    'M0,0L2,1L5,0M5,5L6,6'
    """
    ends = [(tuple(one), tuple(other)) for one, other in pieces.tolist()]
    meeting: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for k, (one, other) in enumerate(ends):
        meeting[one].append(k)
        meeting[other].append(k)
    left, lines = dict.fromkeys(range(len(ends))), []
    while left:
        first = next(iter(left))
        line = list(ends[first])
        del left[first]
        for _ in range(2):  # on from its end, then from where it began
            while (following := next((k for k in meeting[line[-1]] if k in left), -1)) >= 0:
                del left[following]
                line.append(ends[following][ends[following][0] == line[-1]])
            line.reverse()
        lines.append("M" + "L".join(f"{x},{y}" for x, y in line))
    return "".join(lines)


def contour_layer(
    frames: np.ndarray, extent: Extent, level: float, color: str, x: alt.X, y: alt.Y, dash: list[int] | None = None
) -> alt.Chart:
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
    dash : list of int, optional
        Pixels drawn and left out, in turn.
    """
    middle = {"x": (extent[0] + extent[1]) / 2, "y": (extent[2] + extent[3]) / 2}
    table = pd.DataFrame([{"paths": paths(frames, level, whole=dash is not None), **middle}])
    return (
        alt.Chart(table)
        .transform_calculate(path=now("paths"))
        .mark_point(
            filled=False,
            color=color,
            opacity=1,
            strokeWidth=1.6,
            strokeCap="butt" if dash else "round",
            strokeDash=dash or alt.Undefined,
            tooltip=None,
            size=alt.expr(f"width * height / {HALF * HALF}"),
        )
        .encode(x=x, y=y, shape=alt.Shape("path:N", scale=None))
    )
