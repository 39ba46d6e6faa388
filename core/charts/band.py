"""Curves of many runs: for each name the median, and the band that holds the middle eight tenths of the seeds."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from core.charts.lines import Ruler, Style, spread, styles, thin
from core.charts.naming import median_of, spoken
from core.charts.theme import ON_TOP, PLAIN, Mode, axis, finish, palette

LOW, HIGH = 0.1, 0.9
MOST_POINTS = 120
BAR = 8  # pixels


class Rule(NamedTuple):
    """An upright line at ``x`` with words beside it; with ``x2`` a bar on the axis, from one to the other."""

    x: float
    words: str
    x2: float | None = None


def quantiles(runs: np.ndarray) -> np.ndarray:
    """Low end, median and high end over the seeds, (3, n); a run that broke counts as worse than any number.

    Parameters
    ----------
    runs : ndarray, (S, n)
        A row a seed; NaN where a run is no longer a number.
    """
    values = np.where(np.isfinite(runs), runs, np.inf)
    low, high = np.quantile(values, [LOW, HIGH], axis=0, method="closest_observation")  # no number between two runs
    return np.stack([low, np.median(values, axis=0), high])  # the median is that of the sentences: of 20, between two


def _drawn(x: np.ndarray, log: bool) -> np.ndarray:
    """The indices of the places that are drawn: equally far apart on the axis, the first and the last among them."""
    if not log or len(x) <= MOST_POINTS:
        return thin(len(x), MOST_POINTS)
    return np.unique(np.searchsorted(x, np.geomspace(x[0], x[-1], MOST_POINTS)).clip(max=len(x) - 1))


def _table(x: np.ndarray, series: Mapping[str, np.ndarray], ruler: Ruler, log: bool, one: int | None) -> pd.DataFrame:
    parts, indices = [], _drawn(x, log)
    for name, runs in series.items():
        low, middle, high = np.clip(quantiles(np.asarray(runs, float)[:, indices]), ruler.low, ruler.high)
        part = {"name": name, "x": x[indices], "low": low, "median": middle, "high": high}
        if one is not None:
            mine = np.asarray(runs, float)[one, indices]
            part["one"] = np.clip(np.where(np.isfinite(mine), mine, ruler.high), ruler.low, ruler.high)
        parts.append(pd.DataFrame(part))
    return pd.concat(parts, ignore_index=True)


def _scale(values: Sequence[float], log: bool) -> alt.Scale:
    more: dict[str, Any] = {} if log else {"zero": False}
    return alt.Scale(type="log" if log else "linear", domain=[float(v) for v in values], nice=False, **more)


def _rules(rules: Sequence[Rule], x: alt.X, mode: Mode, height: int) -> list[alt.Chart]:
    if not rules:
        return []
    p = palette(mode)
    table = pd.DataFrame([r._asdict() for r in rules])
    strips, lines = table[table["x2"].notna()], table[table["x2"].isna()]
    layers = []
    if len(strips):
        bar = alt.Chart(strips).mark_rect(color=p["text"], opacity=0.75)
        layers.append(bar.encode(x=x, x2=alt.X2("x2:Q"), y=alt.value(height - BAR), y2=alt.value(height)))
    if len(lines):
        layers.append(alt.Chart(lines).mark_rule(color=p["z"], strokeDash=[5, 4]).encode(x=x))
    words = alt.Chart(table).mark_text(align="right", baseline="top", dx=-5, fontSize=12, color=p["z"], y=2)
    return [*layers, words.encode(x=x, text=alt.Text("words:N"))]


def band(
    x: np.ndarray,
    series: Mapping[str, np.ndarray],
    mode: Mode,
    *,
    x_title: str,
    y_title: str,
    title: str,
    domain: tuple[float, float],
    log_x: bool = False,
    log_y: bool = False,
    one: int | None = None,
    rules: Sequence[Rule] = (),
    looks: Mapping[str, Style] | None = None,
    points: bool = False,
    key: str | list[str] = "line: median of the seeds, band: the middle 80%",
    height: int = 300,
    named: bool = True,
    ticks: Sequence[float] = (),
    all_ticks: bool = False,
) -> alt.LayerChart:
    """Draw a median and a band over seeds for each name, named at the right end.

    Parameters
    ----------
    x : ndarray, (n,)
        Epochs, steps or rates, ascending.
    series : mapping of str to ndarray, (S, n)
        A row a seed.
    domain : (low, high)
        Fixed ends of the vertical axis; what lies outside is drawn at the edge.
    log_x, log_y : bool
        Logarithmic axes.
    one : int, optional
        The row of one seed, drawn as a thin line as well.
    rules : sequence of Rule
        Upright lines, or bars on the axis, with words on their left.
    looks : mapping of str to Style, optional
        Color and dash by name.
    points : bool
        Mark the places that were computed.
    named : bool
        Write each name at the end of its line; the names make their own room.
    ticks : sequence of float
        Where the horizontal axis has its numbers; without them Vega chooses.
    all_ticks : bool
        Write all of these numbers, also where Vega fears that two could touch.
    """
    ruler = Ruler(*domain, log_y, height)
    at, names = np.asarray(x, float), list(series)
    table, looks = _table(at, series, ruler, log_x, one), looks or styles(names, mode)
    ends = [at[0], at[-1]]
    rungs = {"values": ruler.ticks()} if log_y else {}
    y_axis = axis(y_title, mode, grid=True, format=PLAIN, **ON_TOP, **rungs)
    given: dict[str, Any] = {"values": list(ticks)} if ticks else {}
    x_scale, y_scale = _scale(ends, log_x), _scale(domain, log_y)
    across = alt.X("x:Q", scale=x_scale, axis=axis(x_title, mode, format=PLAIN, labelOverlap=not all_ticks, **given))
    up = alt.Y("median:Q", scale=y_scale, axis=y_axis)
    inks = alt.Scale(domain=names, range=[looks[n].color for n in names])
    dashes = alt.Scale(domain=names, range=[looks[n].dash for n in names])
    color = alt.Color("name:N", scale=inks, legend=None)
    dash = alt.StrokeDash("name:N", scale=dashes, legend=None)
    base = alt.Chart(table)
    layers = [
        base.mark_area(opacity=0.2).encode(x=across, y=alt.Y("low:Q", scale=y_scale), y2=alt.Y2("high:Q"), color=color)
    ]
    layers += _rules(rules, alt.X("x:Q", scale=x_scale), mode, height)
    if one is not None:
        layers.append(base.mark_line(strokeWidth=1).encode(x=across, y=alt.Y("one:Q"), color=color))
    layers.append(base.mark_line(strokeWidth=2.5).encode(x=across, y=up, color=color, strokeDash=dash))
    if points:
        layers.append(base.mark_point(filled=True, size=34, opacity=1).encode(x=across, y=up, color=color))
    if named:
        last = table.groupby("name", sort=False).tail(1)
        heights = ruler.values(spread(ruler.pixels(last["median"].to_numpy(float)), 16))
        words = pd.DataFrame({"name": last["name"], "x": at[-1], "median": heights})
        label = alt.Chart(words).mark_text(align="left", dx=8, fontSize=13, fontWeight=600)
        layers.append(label.encode(x=across, y=up, text=alt.Text("name:N"), color=color))
    return finish(layers, mode, title, key, height=height, right=8)


def band_text(x: np.ndarray, series: Mapping[str, np.ndarray], *, x_title: str, y_title: str) -> str:
    """The text twin of ``band``: where each median ends and is lowest."""
    parts = []
    for name, runs in series.items():
        low, middle, high = quantiles(np.asarray(runs, float))
        best = int(np.argmin(middle))
        parts.append(
            f"{name}: lowest at {x_title} {spoken(x[best])} with {spoken(middle[best])}; ends at {spoken(middle[-1])}"
            + (f", seeds from {spoken(low[-1])} to {spoken(high[-1])}" if len(runs) > 1 else "")
        )
    count = max(map(len, series.values()))  # what has one value for all, such as a target, has one row
    return f"{y_title} over {x_title}, {median_of(count)}. {'. '.join(parts)}."
