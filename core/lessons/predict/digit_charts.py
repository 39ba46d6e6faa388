"""Small handwritten digits: a row of them, and how sure a network is of crowds of pictures."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.pictures import png, ramp
from core.charts.theme import Mode, axis, finish, mix, palette

SIDE = 8


def gallery(pictures: np.ndarray, captions: Sequence[str], mode: Mode, title: str, each_row: int = 4) -> alt.LayerChart:
    """Draw pictures (n, 64) beside each other, each with a line of words under it."""
    p, n = palette(mode), len(pictures)
    colors = ramp([p["background"], p["text"]], 17)
    urls = [png(np.kron(np.rint(x.reshape(SIDE, SIDE) * 16), np.ones((6, 6))).astype(np.uint8), colors)
            for x in pictures]  # fmt: skip
    row, column = np.divmod(np.arange(n), each_row)
    tall = 96 * (int(row.max()) + 1 if n else 1)
    table = pd.DataFrame(
        {"url": urls, "words": list(captions), "x": column + 0.5, "y": row * 96.0 + 34, "t": row * 96.0 + 80}
    )
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, each_row], nice=False))
    scale = alt.Scale(domain=[tall, 0], nice=False)
    y, under = alt.Y("y:Q", axis=None, scale=scale), alt.Y("t:Q", axis=None, scale=scale)
    images = alt.Chart(table).mark_image(width=60, height=60).encode(x=x, y=y, url=alt.Url("url:N"))
    words = alt.Chart(table).mark_text(fontSize=12, color=p["text"]).encode(x=x, y=under, text=alt.Text("words:N"))
    return finish([images, words], mode, title, height=tall)


def gallery_text(captions: Sequence[str], title: str) -> str:
    """Return the text twin of `gallery`."""
    return f"{title}: {'; '.join(captions) or 'none'}."


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
