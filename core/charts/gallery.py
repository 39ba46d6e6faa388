"""Small handwritten digits beside each other, each with a line of words under it."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.pictures import png, ramp
from core.charts.theme import Mode, finish, palette

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
