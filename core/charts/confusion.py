"""Which classes are taken for which: a small table of counts, shaded by the share of its row."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.naming import Share, often
from core.charts.theme import ON_TOP, Mode, axis, finish, palette, sequential


def confusion(
    matrix: np.ndarray,
    class_names: Sequence[str],
    mode: Mode = "light",
    *,
    title: str = "Which class is taken for which",
) -> alt.LayerChart:
    """Counts of true class by predicted class.

    Parameters
    ----------
    matrix : ndarray, (K, K) of int
        Row i, column j: how many points of class i were called j.
    class_names : sequence of K str
        In the order of the rows.
    mode : {"light", "dark"}
        The page's appearance.
    title : str
        What is seen.

    Returns
    -------
    alt.LayerChart
        Each cell shows its count and, up to six classes, the share of its row.
    """
    counts, k, p = np.asarray(matrix), len(class_names), palette(mode)
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    table = pd.DataFrame(
        {
            "true": np.repeat(list(class_names), k),
            "predicted": np.tile(list(class_names), k),
            "count": counts.ravel().astype(str),
            "share": share.ravel(),
            "percent": [f"{Share(v):.0%}" for v in share.ravel()],
        }
    )
    order = list(class_names)
    x = alt.X("predicted:N", sort=order, axis=axis("predicted class", mode, labelAngle=0), scale=alt.Scale(padding=0))
    y = alt.Y("true:N", sort=order, axis=axis("true class", mode, **ON_TOP), scale=alt.Scale(padding=0))
    fill = alt.Scale(domain=[0, 1], range=sequential(mode, "prediction", 0.55), interpolate="rgb")
    base = alt.Chart(table).encode(x=x, y=y)
    cells = base.mark_rect(stroke=p["background"], strokeWidth=2).encode(
        color=alt.Color("share:Q", scale=fill, legend=None)
    )
    small = k > 6
    numbers = base.mark_text(
        color=p["text"], fontSize=12 if small else 16, fontWeight=600, dy=0 if small else -7
    ).encode(text=alt.Text("count:N"))
    layers = [cells, numbers]
    if not small:
        layers.append(base.mark_text(color=p["text"], fontSize=12, dy=11).encode(text=alt.Text("percent:N")))
    key = "count" if small else "count, and share of the true class"
    return finish(layers, mode, title, key, height=max((40 if small else 64) * k, 128))


def confusion_text(matrix: np.ndarray, class_names: Sequence[str]) -> str:
    """The text twin of ``confusion``: the share that is right, and the most frequent mistake."""
    counts = np.asarray(matrix)
    total, right = int(counts.sum()), int(np.trace(counts))
    sentence = f"{right} of {total} points are on the diagonal, {right / max(total, 1):.1%}."
    wrong = counts - np.diag(np.diag(counts))
    if not wrong.any():
        return sentence + " No class is taken for another."
    i, j = divmod(int(np.argmax(wrong)), len(wrong))
    mistake = f"{class_names[i]} called {class_names[j]}, {often(int(wrong[i, j]))}"
    return f"{sentence} The most frequent mistake: {mistake}."
