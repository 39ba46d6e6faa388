"""A network's curve over its one input, within the data and far outside them."""

import altair as alt
import numpy as np
import pandas as pd

from core.charts.theme import ON_TOP, PLAIN, Mode, axis, finish, palette
from core.lessons.predict.curve.study import Curve

HEIGHT = 300


def beyond(
    c: Curve, train: tuple[np.ndarray, np.ndarray], point: tuple[float, float], titles: tuple[str, str], mode: Mode,
    waiting: bool, true: float | None = None,
) -> alt.LayerChart:  # fmt: skip
    """Draw the curve with the points it learned from; while ``waiting``, only where these are.

    ``point`` is the place that is asked about with the answer, and ``true`` what is true there, where it's known.
    """
    p = palette(mode)
    inside = (c.x >= c.data[0]) & (c.x <= c.data[1]) if waiting else np.full(len(c.x), True)
    table = pd.DataFrame({"x": c.x, "y": c.y, "truth": np.nan if c.truth is None else c.truth})[inside]
    dots = pd.DataFrame({"x": train[0], "y": train[1]})
    low, high = _range(np.concatenate([table["y"], table["truth"], dots["y"], [point[1]]]))
    x = alt.X("x:Q", scale=alt.Scale(domain=[c.x[0], c.x[-1]], nice=False, zero=False),
              axis=axis(titles[0], mode, format=PLAIN))  # fmt: skip
    up, y_axis = alt.Scale(domain=[low, high], nice=False), axis(titles[1], mode, grid=True, format=PLAIN, **ON_TOP)
    y = alt.Y("y:Q", scale=up, axis=y_axis)
    room = alt.Chart(pd.DataFrame({"x": [c.data[0]], "x2": [c.data[1]]})).mark_rect(color=p["train"], opacity=0.08)
    layers = [room.encode(x=x, x2=alt.X2("x2:Q"))]
    if c.truth is not None:
        known = alt.Chart(table).mark_line(color=p["muted"], strokeWidth=1.5, strokeDash=[1, 3], strokeCap="round")
        layers.append(known.encode(x=x, y=alt.Y("truth:Q", scale=up, axis=y_axis)))
    layers.append(alt.Chart(dots).mark_point(size=14, filled=True, color=p["train"], opacity=0.6).encode(x=x, y=y))
    layers.append(alt.Chart(table).mark_line(color=p["prediction"], strokeWidth=2.6, clip=True).encode(x=x, y=y))
    here = pd.DataFrame({"x": [point[0]], "y": [point[1]], "true": [np.nan if true is None else true]})
    if true is not None:
        off = alt.Chart(here).mark_rule(color=p["text"], strokeWidth=1).encode(x=x, y=y, y2=alt.Y2("true:Q"))
        cross = alt.Chart(here).mark_point(shape="cross", size=70, filled=True, color=p["text"], opacity=1)
        layers += [off, cross.encode(x=x, y=alt.Y("true:Q", scale=up, axis=y_axis))]
    ring = alt.Chart(here).mark_point(size=200, strokeWidth=2.5, filled=False, color=p["target"], opacity=1)
    layers.append(ring.encode(x=x, y=y))
    dotted = ["dotted: the true curve"] if c.truth is not None else []
    key = ["dots and gray strip: the training points", ", ".join(["line: the network", *dotted])]
    key.append("ring: the answer at your x" + (", cross: the true curve there" if true is not None else ""))
    return finish(layers, mode, "What it answers, in the data and far outside", key, height=HEIGHT, right=12)


def _range(values: np.ndarray) -> tuple[float, float]:
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    gap = (high - low or 1.0) * 0.06
    return low - gap, high + gap


def beyond_text(c: Curve, waiting: bool, x: float, answer: float) -> str:
    """Return the text twin of `beyond`."""
    places = np.linspace(*c.data, 4) if waiting else np.linspace(c.x[0], c.x[-1], 7)
    steps = [f"{np.interp(x, c.x, c.y):.3g} at {x:.3g}" for x in places]
    data = f"The training points lie from {c.data[0]:.3g} to {c.data[1]:.3g}."
    return f"{data} The network answers {', '.join(steps)}. The ring is at {x:.3g}, where it answers {answer:.3g}."
