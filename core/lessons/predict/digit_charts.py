"""Small handwritten digits: one to draw on, and how sure a network is of crowds of pictures."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.choosing import chosen
from core.charts.theme import Mode, axis, finish, mix, palette

SIDE = 8


def paper(picture: np.ndarray, mode: Mode, title: str) -> alt.LayerChart:
    """Draw 8 x 8 pixels that can be clicked: the selection ``pixel`` holds ``row``, ``column`` and ``turn``.

    ``turn`` differs between pictures, so that the same pixel can be clicked twice.
    """
    p = palette(mode)
    rows, columns = np.divmod(np.arange(SIDE * SIDE), SIDE)
    table = pd.DataFrame({"row": rows, "column": columns, "ink": np.asarray(picture, float)})
    table["turn"] = f"{zlib.crc32(np.asarray(picture, float).tobytes()):x}"
    ends = alt.Scale(domain=[0, 1], range=[p["background"], p["text"]], interpolate="rgb")
    pixel = chosen("pixel", ["row", "column", "turn"])
    across, down = alt.Scale(domain=[0, SIDE], nice=False), alt.Scale(domain=[SIDE, 0], nice=False)
    table["right"], table["bottom"] = table["column"] + 1, table["row"] + 1
    cells = alt.Chart(table).mark_rect(stroke=p["grid"], strokeWidth=1, cursor="pointer", tooltip=None)
    cells = cells.encode(
        x=alt.X("column:Q", axis=None, scale=across),
        x2=alt.X2("right:Q"),
        y=alt.Y("row:Q", axis=None, scale=down),
        y2=alt.Y2("bottom:Q"),
        color=alt.Color("ink:Q", scale=ends, legend=None),
    ).add_params(pixel)
    return finish([cells], mode, title, "choose a pixel to switch it", params=[alt.param(name="height", expr="width")])


def paper_text(picture: np.ndarray) -> str:
    """Return the text twin of `paper`: the picture, row by row, # for ink and . for paper."""
    dark = np.asarray(picture, float).reshape(SIDE, SIDE) >= 0.5
    return "Picture of 8 by 8 pixels, row by row: " + " / ".join("".join("#" if v else "." for v in r) for r in dark)


def crowds(names: Sequence[str], sure: Sequence[float], right: Sequence[float | None], mode: Mode) -> alt.LayerChart:
    """Draw for crowds of pictures how many answers are sure, and how many of all are right (a ring; None: unknown)."""
    p = palette(mode)
    table = pd.DataFrame({"name": list(names), "sure": list(sure)})
    table["right"] = [np.nan if r is None else r for r in right]
    table["words"] = [f"{v:.0%}" for v in sure]
    table["end"] = 1.0  # all numbers stand beyond the longest bar, where no ring comes
    y = alt.Y("name:N", sort=None, axis=axis("", mode, labelFontSize=13, labelColor=p["text"], labelLimit=220))
    x = alt.X("sure:Q", scale=alt.Scale(domain=[0, 1.14], nice=False),
              axis=axis("share of the pictures", mode, format=".0%", values=[0, 0.5, 1]))  # fmt: skip
    base = alt.Chart(table).encode(y=y)
    bars = base.mark_bar(height=20, cornerRadius=2, color=mix(p["background"], p["prediction"], 0.55)).encode(x=x)
    label = base.mark_text(align="left", dx=12, fontSize=13, fontWeight=600, color=p["text"])
    known = alt.Chart(table.dropna()).encode(y=y)
    ring = known.mark_point(size=150, strokeWidth=2.5, filled=False, color=p["target"], opacity=1).encode(
        x=alt.X("right:Q")
    )
    layers = [bars, label.encode(x=alt.X("end:Q"), text=alt.Text("words:N")), ring]
    key = ["bar: more than 90% sure", "ring: right"]
    return finish(layers, mode, "How sure, and how right", key, height=38 * len(table))


def crowds_text(names: Sequence[str], sure: Sequence[float], right: Sequence[float | None]) -> str:
    """Return the text twin of `crowds`."""
    lines = [
        f"{name}: more than 90% sure in {s:.0%}" + ("" if r is None else f", right in {r:.0%}")
        for name, s, r in zip(names, sure, right, strict=True)
    ]
    return "; ".join(lines) + "."
