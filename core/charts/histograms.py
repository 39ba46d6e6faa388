"""How a layer's values are spread: a histogram a row, one row a layer, playing over the frames of a run."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.playing import epoch_param, frame_table, now, pack, still, unpack
from core.charts.rim import rimmed
from core.charts.theme import PLAIN, Mode, axis, finish, palette

ROW, LOWEST = 30, 120
FULL = 0.86
"""How much of its row the tallest bar fills."""


def histograms(
    shares: np.ndarray,
    edges: np.ndarray,
    rows: Sequence[str],
    notes: Sequence[Sequence[str]],
    mode: Mode,
    *,
    title: str,
    x_title: str,
    key: str | list[str] = "",
    ink: str | Sequence[str] = "activation",
    start: int = 0,
    height: int | None = None,
) -> alt.LayerChart:
    """Draw a histogram for each layer, the first layer on top.

    Parameters
    ----------
    shares : ndarray, (F, R, B)
        The share of a row's values in each bin; F frames that play together with a page's other pictures.
    edges : ndarray, (B + 1,)
        Where the bins begin and end. What lies beyond belongs into the outer bins.
    rows : sequence of R str
        The layers' names, on the left.
    notes : F sequences of R str
        What stands at a row's right end, such as its spread.
    mode : {"light", "dark"}
        The page's appearance.
    title, x_title : str
        What is seen, and the quantity with its unit.
    key : str or list of str
        Small print under the title.
    ink : str or sequence of R str
        The quantity whose color the bars have, or that of each row's.
    start : int
        The frame seen first.
    height : int, optional
        Pixels.
    """
    p, (frames, count, bins) = palette(mode), np.shape(shares)
    tallest = np.maximum(shares.max(-1, keepdims=True), 1e-12)
    base = np.repeat(np.arange(count)[::-1], bins).astype(float)
    corners = pd.DataFrame({"x": np.tile(edges[:-1], count), "x2": np.tile(edges[1:], count), "y": base})
    inks = [ink] * count if isinstance(ink, str) else list(ink)
    corners["ink"] = np.repeat([p[each] for each in inks], bins)
    bars = frame_table(corners, pack((shares / tallest).reshape(frames, -1), 0.0, 1.0))
    x = alt.X("x:Q", scale=alt.Scale(domain=[float(edges[0]), float(edges[-1])], nice=False, zero=False),
              axis=axis(x_title, mode, format=PLAIN))  # fmt: skip
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, count], nice=False))
    drawn = alt.Chart(bars).transform_calculate(y2=f"datum.y + {FULL} * ({unpack('p', 0.0, 1.0)})")
    floors = pd.DataFrame({"y": np.arange(count).astype(float)})
    words = pd.DataFrame({"y": np.arange(count)[::-1] + 0.5, "name": list(rows)})
    texts = frame_table(words, np.array([list(each) for each in notes], dtype=object), "notes")
    labels = alt.Chart(texts).transform_calculate(note=now("notes"))
    small: dict[str, Any] = {"fontSize": 12 if count < 16 else 10, "baseline": "middle"}
    left = labels.encode(x=alt.value(0), y=y, text=alt.Text("name:N"))
    right = labels.encode(x=alt.value("width"), y=y, text=alt.Text("note:N"))
    layers = [
        alt.Chart(floors).mark_rule(color=p["grid"]).encode(y=y),
        drawn.mark_rect(opacity=0.85).encode(
            x=x, x2=alt.X2("x2:Q"), y=y, y2=alt.Y2("y2:Q"), fill=alt.Fill("ink:N", scale=None)
        ),
        *rimmed(left, mode, align="left", dx=4, **small),
        *rimmed(right, mode, align="right", dx=-2, **small),
    ]
    frame = epoch_param(frames, start) if frames > 1 else still()
    return finish(layers, mode, title, key, params=[frame], height=height or max(LOWEST, ROW * count))


def histograms_text(rows: Sequence[str], notes: Sequence[str], *, title: str) -> str:
    """The text twin of ``histograms``: the note of each row."""
    return f"{title}, a histogram a row. " + "; ".join(f"{r}: {n}" for r, n in zip(rows, notes, strict=True)) + "."


def shares_of(values: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Return the share of each row's values in each bin, (R, B); those outside, in the outer bins; NaN in none.

    Parameters
    ----------
    values : ndarray, (R, n)
    edges : ndarray, (B + 1,), equally far apart.
    """
    bins = len(edges) - 1
    place = (np.nan_to_num(values, nan=edges[0]) - edges[0]) / (edges[-1] - edges[0]) * bins
    place = np.clip(place, 0, bins - 1).astype(int) + bins * np.arange(len(values))[:, None]
    known = np.isfinite(values)
    counts = np.bincount(place[known], minlength=bins * len(values)).reshape(len(values), bins)
    return counts / np.maximum(known.sum(1, keepdims=True), 1)
