"""A network of one input that answers with a number: its line through the data, and far beyond them."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from core.charts.theme import ON_TOP, PLAIN, Mode, axis, finish, palette


def across(
    x: np.ndarray,
    line: np.ndarray,
    truth: np.ndarray | None,
    train: tuple[np.ndarray, np.ndarray],
    point: tuple[float, float],
    mode: Mode,
    titles: tuple[str, str],
) -> alt.LayerChart:
    """Draw the network's answers over its input, with the training points and, where it's known, what made them.

    Parameters
    ----------
    x, line, truth : (n,) places, the network's answers there, and the curve that made the data.
    train : inputs (m,) and targets (m,).
    point : the place that is asked about, and the answer there.
    """
    p = palette(mode)
    every = np.concatenate([line, train[1], [] if truth is None else truth])
    room = 0.06 * (float(every.max() - every.min()) or 1.0)
    ends = alt.Scale(domain=[float(x[0]), float(x[-1])], nice=False)
    across_ = alt.X("x:Q", scale=ends, axis=axis(titles[0], mode, format=PLAIN))
    heights = alt.Scale(domain=[float(every.min()) - room, float(every.max()) + room], nice=False, zero=False)
    up = alt.Y("y:Q", scale=heights, axis=axis(titles[1], mode, grid=True, format=PLAIN, **ON_TOP))
    table = pd.DataFrame({"x": x, "y": line})
    dots = alt.Chart(pd.DataFrame({"x": train[0], "y": train[1]}))
    layers = [dots.mark_point(filled=True, size=26, color=p["train"], opacity=0.6, clip=True)]
    if truth is not None:
        known = alt.Chart(table.assign(y=truth))
        layers.append(known.mark_line(color=p["text"], strokeWidth=1.5, strokeDash=[1, 4], strokeCap="round"))
    layers.append(alt.Chart(table).mark_line(color=p["prediction"], strokeWidth=3))
    here = alt.Chart(pd.DataFrame({"x": [point[0]], "y": [point[1]]}))
    layers.append(here.mark_point(size=200, strokeWidth=2.5, filled=False, color=p["target"], opacity=1, clip=True))
    key = ["line: the network, dots: training points, ring: your point"]
    key += ["dotted: the pattern that made the data"] * (truth is not None)
    drawn = [layer.encode(x=across_, y=up) for layer in layers]
    return finish(drawn, mode, "What the network answers", key, height=300, right=14)


def across_text(x: np.ndarray, line: np.ndarray, train: np.ndarray) -> str:
    """Return the text twin of `across`."""
    at = np.linspace(0, len(x) - 1, 7).astype(int)
    said = ", ".join(f"{line[k]:z.2f} at {x[k]:z.1f}" for k in at)
    return f"The network's answers over its input: {said}. The data lie from {train.min():z.1f} to {train.max():z.1f}."
