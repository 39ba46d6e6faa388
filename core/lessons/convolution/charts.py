"""Networks compared over seeds: by their size or work, and with moved pixels; and what moved pixels look like."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.band import HIGH, LOW
from core.charts.lines import styles
from core.charts.theme import ON_TOP, Mode, axis, finish, palette
from core.lessons.convolution.kernel import SIDE

Sizes = Mapping[str, tuple[Sequence[float], Sequence[str], np.ndarray]]
"""By kind of network: the places across, the names of the sizes, and the scores (sizes, seeds)."""
ROW = 44
ABOVE: tuple[int, int, Any] = (-8, -10, "right")
BELOW: tuple[int, int, Any] = (8, 14, "left")
"""Where names stand beside their dots."""


def sizes(found: Sizes, mode: Mode, title: str, x_title: str, ends: tuple[float, float], above: int) -> alt.LayerChart:
    """Draw the scores of networks of several sizes: median and the middle 80 % of the seeds.

    Parameters
    ----------
    ends : of the axis across, logarithmic.
    above : which of the two kinds has the names of its sizes above its line.
    """
    lowest = min(np.quantile(scores, LOW, axis=1).min() for _, _, scores in found.values())
    low_end, rows = min(0.7, float(np.floor(10 * lowest) / 10)), []
    for kind, (places, names, scores) in found.items():
        low, middle, high = np.clip(np.quantile(scores, [LOW, 0.5, HIGH], axis=1), low_end, 1)
        rows += [
            {"kind": kind, "x": float(x), "name": name, "low": a, "y": b, "high": c, "words": f"{b:.1%}"}
            for x, name, a, b, c in zip(places, names, low, middle, high, strict=True)
        ]
    table, kinds = pd.DataFrame(rows), list(found)
    x = alt.X("x:Q", scale=alt.Scale(type="log", domain=list(ends), nice=False),
              axis=axis(x_title, mode, format=",", values=[300, 1000, 3000]))  # fmt: skip
    scale = alt.Scale(domain=[low_end, 1], nice=False, zero=False)
    y = alt.Y("y:Q", scale=scale, axis=axis("test accuracy", mode, format=".0%", grid=True, **ON_TOP))
    looks = styles(kinds, mode)
    color = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[looks[k].color for k in kinds]), legend=None)
    dashes = alt.Scale(domain=kinds, range=[looks[k].dash for k in kinds])
    dash = alt.StrokeDash("kind:N", scale=dashes, legend=None)
    tooltip = [alt.Tooltip("name:N", title="network"), alt.Tooltip("words:N", title="median")]
    base = alt.Chart(table).encode(x=x, color=color)
    layers = [
        base.mark_rule(strokeWidth=5, opacity=0.25).encode(y=alt.Y("low:Q", scale=scale), y2="high:Q"),
        base.mark_line(strokeWidth=2).encode(y=y, strokeDash=dash),
        base.mark_point(filled=True, size=60, opacity=1).encode(y=y, tooltip=tooltip),
    ]
    for kind, (dx, dy, align) in zip(kinds, (ABOVE, BELOW) if above == 0 else (BELOW, ABOVE), strict=True):
        one = alt.Chart(table[table["kind"] == kind]).mark_text(align=align, dx=dx, dy=dy, fontSize=12)
        layers.append(one.encode(x=x, y=y, color=color, text=alt.Text("name:N")))
    starts = max(scores.shape[-1] for _, _, scores in found.values())
    return finish(layers, mode, title, f"dot: median of {starts} starts, bar: the middle 80%", height=190)


def sizes_text(found: Sizes, x_title: str) -> str:
    """Return the text twin of `sizes`."""
    each = (
        f"{name}, {x:,.0f}: {np.median(score):.1%}"
        for places, names, scores in found.values()
        for x, name, score in zip(places, names, scores, strict=True)
    )
    return f"Test accuracy by {x_title}, medians: {'; '.join(each)}."


def strips(names: Sequence[str], scores: Sequence[np.ndarray], mode: Mode, title: str, lowest: float) -> alt.LayerChart:
    """Draw a row for each network in each case: a dot a seed, a line and a number at their median.

    ``lowest`` is where the axis begins.
    """
    p, count = palette(mode), len(names)
    rows = [(k, float(v), k % 2) for k, each in enumerate(scores) for v in each]
    table = pd.DataFrame(rows, columns=["row", "value", "after"])
    middle = pd.DataFrame({"row": range(count), "value": [float(np.median(v)) for v in scores], "name": list(names)})
    middle["words"] = [f"{v:.1%}" for v in middle["value"]]
    x = alt.X("value:Q", scale=alt.Scale(domain=[lowest, 1.0], nice=False),
              axis=axis("test accuracy", mode, format=".0%", grid=True))  # fmt: skip
    y = alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[count - 0.5, -0.5], nice=False))
    inks = alt.Scale(domain=[0, 1], range=[p["z"], p["activation"]])
    dots = alt.Chart(table).mark_circle(size=55, opacity=0.5)
    base = alt.Chart(middle).encode(y=y)
    words = base.mark_text(align="left", baseline="bottom", dy=-8, fontSize=13, color=p["text"])
    numbers = base.mark_text(align="right", baseline="bottom", dy=-8, fontSize=13, fontWeight=600, color=p["text"])
    layers = [
        dots.encode(x=x, y=y, color=alt.Color("after:Q", scale=inks, legend=None)),
        base.mark_tick(color=p["text"], thickness=2.5, height=16).encode(x=x),
        words.encode(x=alt.value(0), text=alt.Text("name:N")),
        numbers.encode(x=alt.value("width"), text=alt.Text("words:N")),
    ]
    return finish(layers, mode, title, "one dot: one start; line and number: their median", height=ROW * count + 10)


def strips_text(names: Sequence[str], scores: Sequence[np.ndarray]) -> str:
    """Return the text twin of `strips`."""
    each = (f"{name} {np.median(v):.1%}, {v.min():.1%} to {v.max():.1%}" for name, v in zip(names, scores, strict=True))
    return f"Test accuracy, median and range of the seeds: {'; '.join(each)}."


def pages(pictures: np.ndarray, names: Sequence[str], mode: Mode, title: str) -> alt.LayerChart:
    """Draw pictures (n, 64) beside each other, each with its name under it."""
    p, count, each = palette(mode), len(pictures), SIDE + 2.0
    k, row, column = (grid.ravel() for grid in np.meshgrid(range(count), range(SIDE), range(SIDE), indexing="ij"))
    table = pd.DataFrame({"x": k * each + column, "y": row, "value": pictures.reshape(-1)})
    table["x2"], table["y2"] = table["x"] + 1, table["y"] + 1
    wide, unit = count * each - 2, f"min(width, {110 * count}) / {count * each - 2}"
    across = alt.Scale(domain=[0, wide], range=[0, alt.ExprRef(f"{unit} * {wide}")], nice=False)
    down = alt.Scale(domain=[0, SIDE + 2], range=[0, alt.ExprRef(f"{unit} * {SIDE + 2}")], nice=False)
    x, y = alt.X("x:Q", axis=None, scale=across), alt.Y("y:Q", axis=None, scale=down)
    ink = alt.Scale(domain=[0, 1], range=[p["background"], p["text"]], interpolate="rgb")
    squares = alt.Chart(table).mark_rect(stroke=p["grid"], strokeWidth=0.6)
    captions = pd.DataFrame({"x": [n * each + SIDE / 2 for n in range(count)], "y": SIDE + 1.2, "words": list(names)})
    words = alt.Chart(captions).mark_text(fontSize=12, color=p["text"]).encode(x=x, y=y, text=alt.Text("words:N"))
    layers = [
        squares.encode(x=x, x2="x2:Q", y=y, y2="y2:Q", color=alt.Color("value:Q", scale=ink, legend=None)), words,
    ]  # fmt: skip
    return finish(layers, mode, title, params=[alt.param(name="height", expr=f"{unit} * {SIDE + 2}")])


def pages_text(names: Sequence[str], title: str) -> str:
    """Return the text twin of `pages`."""
    return f"{title}: {', '.join(names)}."
