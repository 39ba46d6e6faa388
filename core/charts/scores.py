"""How several networks do from many starts: a dot a seed, beside each other."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.naming import minus
from core.charts.theme import ON_TOP, Mode, axis, finish, palette

HEAD = 0.09
"""Room above the dots for the medians in numbers, as a share of the axis: beside the dots a telephone has none."""


def scores(
    names: Sequence[str],
    values: Sequence[Sequence[float]],
    mode: Mode,
    title: str,
    y_title: str = "test accuracy",
    form: str = ".0%",
    domain: tuple[float, float] | None = None,
    x_title: str = "hidden layers",
    key: str | list[str] = "one dot a seed; the line is their median",
    limit: float | None = None,
) -> alt.LayerChart:
    """Draw one dot a seed and a line at the median, for several networks beside each other.

    Parameters
    ----------
    names, values : the networks, and each one's scores, (S,).
    form : how a median is written.
    domain : ends of the vertical axis; without them those of an accuracy.
    key : what dots and lines are, in the page's own words.
    limit : a score with a dashed line across.
    """
    p = palette(mode)
    rows = [(name, float(v)) for name, each in zip(names, values, strict=True) for v in each]
    table = pd.DataFrame(rows, columns=["name", "value"])
    low, high = domain or (min(0.5, float(table["value"].min())), 1.03)
    ends = [low, high + HEAD * (high - low)]
    x = alt.X("name:N", sort=None, axis=axis(x_title, mode, labelAngle=0))
    scale = alt.Scale(domain=ends, nice=False, zero=False)
    y = alt.Y(
        "value:Q", scale=scale, axis=axis(y_title, mode, format=".0%" if "%" in form else ".2~f", grid=True, **ON_TOP)
    )
    dots = alt.Chart(table).mark_circle(size=60, opacity=0.5, color=p["test"]).encode(x=x, y=y)
    middle = pd.DataFrame({"name": list(names), "value": [float(np.median(v)) for v in values]})
    middle["words"] = [minus(format(v, form)) for v in middle["value"]]
    base = alt.Chart(middle).encode(x=x, y=y)
    tick = base.mark_tick(color=p["text"], thickness=2.5, width=36)
    label = alt.Chart(middle).mark_text(baseline="top", fontSize=13, fontWeight=600, color=p["text"])
    label = label.encode(x=x, y=alt.value(2), text=alt.Text("words:N"))
    across = [] if limit is None else [_limit(limit, y, p["muted"])]
    return finish([*across, dots, tick, label], mode, title, key, height=240)


def _limit(at: float, y: alt.Y, color: str) -> alt.Chart:
    return (
        alt.Chart(pd.DataFrame({"value": [at]})).mark_rule(color=color, strokeDash=[6, 4], strokeWidth=1.5).encode(y=y)
    )


def scores_text(
    names: Sequence[str], values: Sequence[Sequence[float]], y_title: str = "Test accuracy", form: str = ".0%"
) -> str:
    """Return the text twin of `scores`."""
    each = "; ".join(
        f"{name} {np.median(v):{form}}, {min(v):{form}} to {max(v):{form}}"
        for name, v in zip(names, values, strict=True)
    )
    return minus(f"{y_title}, median and range: {each}.")
