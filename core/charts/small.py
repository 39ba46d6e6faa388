"""Small handwritten digits beside each other, each with a line of words."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.pictures import png, ramp
from core.charts.theme import Mode, finish, palette

SIDE, INK = 8, 17


def small_pictures(pictures: np.ndarray, captions: Sequence[str], mode: Mode, title: str) -> alt.LayerChart:
    """Draw pictures ``(n, 64)`` in a row, each with a line of words under it."""
    p, n = palette(mode), len(pictures)
    side = 88 if n < 4 else 64  # so that four fit into a narrow column
    inks = ramp([p["background"], p["text"]], INK)
    shades = [np.rint(np.clip(one, 0, 1).reshape(SIDE, SIDE) * (INK - 1)) for one in pictures]
    urls = [png(np.kron(one, np.ones((6, 6))).astype(np.uint8), inks) for one in shades]
    table = pd.DataFrame({"url": urls, "words": list(captions), "x": np.arange(n) + 0.5, "y": 52.0, "t": 108.0})
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, n], nice=False))
    scale = alt.Scale(domain=[124, 0], nice=False)
    y, under = alt.Y("y:Q", axis=None, scale=scale), alt.Y("t:Q", axis=None, scale=scale)
    images = alt.Chart(table).mark_image(width=side, height=side).encode(x=x, y=y, url=alt.Url("url:N"))
    words = alt.Chart(table).mark_text(fontSize=12, color=p["text"]).encode(x=x, y=under, text=alt.Text("words:N"))
    return finish([images, words], mode, title, height=124)


def small_pictures_text(pictures: np.ndarray, captions: Sequence[str]) -> str:
    """Return the text twin of `small_pictures`: each picture row by row, # for ink and . for paper."""
    rows = ["/".join("".join("#" if v >= 0.5 else "." for v in r) for r in one.reshape(SIDE, SIDE)) for one in pictures]
    return "; ".join(f"{caption}: {row}" for caption, row in zip(captions, rows, strict=True)) + "."
