"""How sure a network is of crowds of pictures."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.theme import Mode, axis, finish, mix, palette


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
