"""A sheet to paint points on: with the mouse, a finger or the keyboard.

The browser draws and keeps what is being painted; Python hears of it when a stroke ends, and answers with the points
as it has read them. Each stroke has a number, the *turn*, which the answer repeats: an answer to an earlier stroke than
the last one is out of date and changes nothing on the sheet. Coordinates travel as whole steps of ``10^-decimals``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

import numpy as np
import streamlit as st

from core.charts.naming import minus
from core.charts.theme import GLYPHS, class_colors
from core.data.carried import MOST_ROWS
from core.data.numerals import LARGEST
from core.data.spec import Data
from core.ui import frame
from core.workshop.painter_page import CSS, HTML, JS

HALF = 3.0
"""An empty sheet goes from -3 to 3, both ways."""

_SHEET = st.components.v2.component("painter", html=HTML, css=CSS, js=JS)


@dataclass(frozen=True)
class Sheet:
    """The part of the plane that can be painted on.

    Attributes
    ----------
    low, high : (2,) tuples of int
        The edges, in steps.
    decimals : (2,) tuple of int
        A step is ``10^-decimals``, for each direction.
    """

    low: tuple[int, int]
    high: tuple[int, int]
    decimals: tuple[int, int]

    @classmethod
    def of(cls, X: np.ndarray) -> "Sheet":
        """Return the usual sheet, or one around points that lie beyond it."""
        ends = [_ends(column) for column in np.asarray(X, dtype=float).reshape(-1, 2).T]
        low, high, decimals = zip(*ends, strict=True)
        return cls(low, high, decimals)

    def steps(self, X: np.ndarray) -> np.ndarray:
        """Count points (n, 2) in steps."""
        return np.rint(np.asarray(X, dtype=float).reshape(-1, 2) * 10.0 ** np.array(self.decimals)).astype(int)

    def values(self, steps: np.ndarray) -> np.ndarray:
        """Return what steps (n, 2) stand for."""
        scale = [float(10 ** abs(d)) for d in self.decimals]
        columns = [c / s if d >= 0 else c * s for c, s, d in zip(steps.T, scale, self.decimals, strict=True)]
        return np.clip(np.column_stack(columns), -LARGEST, LARGEST)

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """The edges in the data's units: left, right, bottom, top."""
        low, high = self.values(np.array([self.low, self.high]))
        return float(low[0]), float(high[0]), float(low[1]), float(high[1])


def _ends(column: np.ndarray) -> tuple[int, int, int]:
    if not len(column) or np.abs(column).max() <= HALF:
        return round(-HALF * 100), round(HALF * 100), 2
    low, high = float(column.min()), float(column.max())
    margin = 0.08 * (high - low) or max(abs(low), 1.0)
    decimals = int(3 - np.ceil(np.log10(high - low + 2 * margin)))  # some hundred steps from edge to edge
    scale = 10.0**decimals
    return int(np.floor((low - margin) * scale)), int(np.ceil((high + margin) * scale)), decimals


def painter(
    key: str,
    name: str,
    data: Data,
    test: Sequence[int],
    picture: str,
    painted: Callable[[np.ndarray, np.ndarray], str],
) -> None:
    """Show the sheet.

    Parameters
    ----------
    key : str
        The name of the component on its page.
    name : str
        What tells these points from others. While somebody paints, the sheet keeps its edges.
    data : Data
        Points in the plane, with their classes.
    test : sequence of int
        The rows that are held out: they are drawn hollow.
    picture : str
        The address of a picture of what the network answers on the sheet; empty for a blank sheet.
    painted : callable
        Takes the points (n, 2) and their classes (n,) whenever a stroke has ended, in a callback; returns their name.
    """
    mode, sheet, count = frame.mode(), sheet_of(key, name, data), len(data.classes)

    def heard() -> None:
        stroke = (st.session_state.get(key) or {}).get("stroke")
        read = read_stroke(stroke, sheet, count)
        if (turn := turn_of(stroke)) is not None:
            st.session_state[f"{key}.turn"] = turn  # also of what can't be used: the sheet then shows what was before
        if read is not None:
            st.session_state[f"{key}.sheet"] = (painted(sheet.values(read[1]), read[2]), sheet)

    _SHEET(
        key=key,
        data={
            "points": np.column_stack([sheet.steps(data.X), data.y]).tolist(),
            "test": [int(row) for row in test],
            "name": f"{key} {st.session_state.setdefault(f'{key}.session', uuid4().hex)}",
            "sheet": str(sheet),
            "low": sheet.low,
            "high": sheet.high,
            "ticks": [_ticks(sheet, 0), _ticks(sheet, 1)],
            "titles": list(data.features),
            "classes": list(data.classes),
            "glyphs": list(GLYPHS[:count]),
            "colors": class_colors(mode, count),
            "most": MOST_ROWS,
            "turn": st.session_state.get(f"{key}.turn", 0),
            "picture": picture,
        },
        on_stroke_change=heard,
    )


def sheet_of(key: str, name: str, data: Data) -> Sheet:
    """Return the sheet that these points lie on: the one that they were painted on, or one around them."""
    painted, sheet = st.session_state.get(f"{key}.sheet", ("", None))
    return sheet if painted == name and sheet is not None else Sheet.of(data.X)


def turn_of(stroke: object) -> int | None:
    """Return the turn of what a browser says was painted; None for nonsense."""
    turn = stroke.get("turn") if isinstance(stroke, Mapping) else None
    return turn if type(turn) is int and 0 <= turn < 10**9 else None


def read_stroke(stroke: object, sheet: Sheet, classes: int) -> tuple[int, np.ndarray, np.ndarray] | None:
    """Return the turn, the steps (n, 2) and the classes (n,) of what a browser says was painted; None for nonsense.

    >>> sheet = Sheet((-300, -300), (300, 300), (2, 2))
    >>> read_stroke({"turn": 3, "sheet": str(sheet), "points": [[-300, 25, 1]]}, sheet, 2)
    (3, array([[-300,   25]]), array([1]))
    >>> read_stroke({"turn": 3, "sheet": str(sheet), "points": [[-301, 25, 1]]}, sheet, 2) is None
    True
    """
    if not isinstance(stroke, Mapping) or (turn := turn_of(stroke)) is None:
        return None
    points = stroke.get("points")
    if stroke.get("sheet") != str(sheet):
        return None
    if not isinstance(points, list) or len(points) > MOST_ROWS:
        return None
    if not all(isinstance(p, list) and len(p) == 3 and all(type(v) is int for v in p) for p in points):
        return None
    table = np.array([[max(-(10**15), min(v, 10**15)) for v in p] for p in points], dtype=np.int64).reshape(-1, 3)
    low, high = np.array([*sheet.low, 0]), np.array([*sheet.high, classes - 1])
    if ((table < low) | (table > high)).any():
        return None
    return turn, table[:, :2], table[:, 2]


def _ticks(sheet: Sheet, k: int) -> list[tuple[float, str]]:
    """Return a few round numbers along a side: where they are, in steps, and how they are written."""
    low, high = sheet.extent[2 * k : 2 * k + 2]
    size = 10.0 ** np.floor(np.log10((high - low) / 3))
    step = next(size * m for m in (1, 2, 5, 10) if (high - low) / (size * m) <= 7)
    values = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
    return [(float(v * 10.0 ** sheet.decimals[k]), minus(f"{v:.6g}" if abs(v) > step / 1e6 else "0")) for v in values]
