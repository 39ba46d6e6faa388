"""Small handwritten digits beside each other, each with a line of words under it."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.pictures import png, ramp
from core.charts.theme import Mode, finish, palette

SIDE, INK, TOP, BELOW = 8, 17, 4, 36
"""A digit's pixels from edge to edge, the shades of gray, and the room over a picture and for words, in pixels."""


def gallery(
    pictures: np.ndarray, captions: Sequence[str], mode: Mode, title: str, each_row: int = 4, size: int = 60
) -> alt.LayerChart:
    """Draw pictures (n, 64), inks from 0 to 1, beside each other, ``size`` pixels wide, each with a line of words."""
    p, n = palette(mode), len(pictures)
    colors = ramp([p["background"], p["text"]], INK)
    shades = [np.rint(np.clip(one, 0, 1).reshape(SIDE, SIDE) * (INK - 1)) for one in pictures]
    urls = [png(np.kron(one, np.ones((6, 6))).astype(np.uint8), colors) for one in shades]
    row, column = np.divmod(np.arange(n), each_row)
    high = size + BELOW
    tall = high * (int(row.max()) + 1 if n else 1)
    table = pd.DataFrame({"url": urls, "words": list(captions), "x": column + 0.5})
    table["y"], table["t"] = row * high + size / 2 + TOP, row * high + size + 20
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, each_row], nice=False))
    scale = alt.Scale(domain=[tall, 0], nice=False)
    y, under = alt.Y("y:Q", axis=None, scale=scale), alt.Y("t:Q", axis=None, scale=scale)
    images = alt.Chart(table).mark_image(width=size, height=size).encode(x=x, y=y, url=alt.Url("url:N"))
    words = alt.Chart(table).mark_text(fontSize=12, color=p["text"]).encode(x=x, y=under, text=alt.Text("words:N"))
    return finish([images, words], mode, title, height=tall)


def gallery_text(pictures: np.ndarray, captions: Sequence[str], title: str) -> str:
    """Return the text twin of `gallery`: each picture row by row, # for ink and . for paper.

    >>> gallery_text(np.eye(8).reshape(1, 64), ["a stroke"], "Digits")[:36]
    'Digits: a stroke: #......./.#....../'
    """
    rows = ["/".join("".join("#" if v >= 0.5 else "." for v in r) for r in one.reshape(SIDE, SIDE)) for one in pictures]
    return f"{title}: {'; '.join(f'{words}: {row}' for words, row in zip(captions, rows, strict=True)) or 'none'}."
