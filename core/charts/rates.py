"""The learning rate over a run."""

import altair as alt
import numpy as np
import pandas as pd

from core.charts.lines import thin, value_domain
from core.charts.naming import spoken
from core.charts.theme import ON_TOP, PLAIN, Mode, axis, finish, palette


def learning_rate(
    steps: np.ndarray,
    values: np.ndarray,
    mode: Mode = "light",
    *,
    log: bool = False,
    height: int = 120,
    x_title: str = "epoch",
    title: str = "Learning rate over the epochs",
) -> alt.LayerChart:
    """The learning rate a schedule gives, small: one line with its first, largest and last value written on it.

    Parameters
    ----------
    steps, values : ndarray, (n,)
        Epochs or steps, and the rate there.
    mode : {"light", "dark"}
        The page's appearance.
    log : bool
        A logarithmic vertical axis; zeros are drawn at its foot.
    height : int
        Pixels.
    x_title, title : str
        What the steps are, and what is seen.

    Returns
    -------
    alt.LayerChart
    """
    at, rate, p = np.asarray(steps, dtype=float), np.asarray(values, dtype=float), palette(mode)
    low, high = value_domain({"rate": rate}, log)
    indices = np.unique(np.append(thin(len(at)), int(np.argmax(rate))))
    lines = pd.DataFrame({"at": at[indices], "y": np.maximum(rate[indices], low)})
    marked = sorted({0, int(np.argmax(rate)), len(at) - 1})
    marks = pd.DataFrame(
        {"at": at[marked], "y": np.maximum(rate[marked], low), "label": [spoken(rate[k], 2) for k in marked]}
    )
    marks["late"] = (marks["at"] > at[0] + 0.8 * (at[-1] - at[0])).astype("int8")
    end = at[-1] if at[-1] > at[0] else at[0] + 1
    x = alt.X("at:Q", scale=alt.Scale(domain=[at[0], end], nice=False), axis=axis(x_title, mode, format=PLAIN))
    scale = alt.Scale(type="log" if log else "linear", domain=[low, high], nice=False, zero=False)
    y_axis = axis("rate", mode, grid=True, format=PLAIN, tickCount=3, **ON_TOP)
    y = alt.Y("y:Q", scale=scale, axis=y_axis)
    line = alt.Chart(lines).mark_line(color=p["text"], strokeWidth=2).encode(x=x, y=y)
    align, gap = alt.expr("datum.late ? 'right' : 'left'"), alt.expr("datum.late ? -4 : 4")
    label = (
        alt.Chart(marks)
        .mark_text(align=align, dx=gap, dy=-8, color=p["text"], fontSize=12)
        .encode(x=x, y=y, text=alt.Text("label:N"))
    )
    dots = alt.Chart(marks).mark_point(filled=True, size=36, opacity=1, color=p["text"]).encode(x=x, y=y)
    return finish([line, dots, label], mode, title, height=height, right=12)


def learning_rate_text(steps: np.ndarray, values: np.ndarray) -> str:
    """The text twin of ``learning_rate``."""
    at, rate = np.asarray(steps, dtype=float), np.asarray(values, dtype=float)
    top = int(np.argmax(rate))
    return (
        f"The learning rate starts at {spoken(rate[0])}, is largest at {at[top]:g} with {spoken(rate[top])}, "
        f"and ends at {at[-1]:g} with {spoken(rate[-1])}."
    )
