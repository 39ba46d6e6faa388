"""What one example is answered in training mode, time after time, and in use."""

import altair as alt
import numpy as np
import pandas as pd

from core.charts.theme import PLAIN, Mode, axis, finish, palette


def answers(outputs: np.ndarray, use: float, mode: Mode, title: str, counted: str) -> alt.LayerChart:
    """Draw what one example was answered in training mode, and the one answer in use as a line.

    Parameters
    ----------
    outputs : (n,) probabilities in training mode.
    use : the probability in evaluation mode.
    counted : what is counted upward, such as "batches".
    """
    p = palette(mode)
    counts, ends = np.histogram(outputs, bins=25, range=(0, 1))
    table = pd.DataFrame({"x": ends[:-1], "x2": ends[1:], "count": counts})
    x = alt.X(
        "x:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=axis("probability of class 1", mode, format=PLAIN)
    )
    y = alt.Y(
        "count:Q",
        axis=axis(counted, mode, grid=True, titleAngle=0, titleAlign="left", titleAnchor="end", titleY=-10, titleX=-30),
    )
    bars = alt.Chart(table).mark_bar(color=p["prediction"]).encode(x=x, x2=alt.X2("x2:Q"), y=y)
    rule = (
        alt.Chart(pd.DataFrame({"x": [use]})).mark_rule(color=p["text"], strokeDash=[5, 4], strokeWidth=2).encode(x=x)
    )
    return finish([bars, rule], mode, title, "dashed: the answer in evaluation mode", height=200)


def answers_text(outputs: np.ndarray, use: float) -> str:
    """Return the text twin of `answers`."""
    low, high = np.quantile(outputs, [0.1, 0.9])
    return f"In training mode most answers run from {low:.3g} to {high:.3g}; in use it is {use:.3g}."
