"""The folds on the data, the loss of each strength, and how far scores are above the truth."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.contour import contour_layer
from core.charts.naming import minus
from core.charts.pictures import STEPS, Extent, plane_layer, plane_pictures, ramp
from core.charts.plane import FADE, INPUTS, axes, square
from core.charts.playing import NAME, epoch_param, now, pack
from core.charts.rim import rimmed
from core.charts.theme import CLASS_COLORS, GLYPHS, ON_TOP, PLAIN, SHAPES, Mode, axis, diverging, finish, palette

WRONG = "✕"


def folds(
    planes: np.ndarray,
    extent: Extent,
    points: np.ndarray,
    y: np.ndarray,
    held: np.ndarray,
    wrong: np.ndarray,
    mode: Mode,
) -> alt.LayerChart:
    """Draw each fold's network over the plane, with the examples that it did not learn from as hollow marks.

    Parameters
    ----------
    planes : (k, side, side) each network's probability of class 1.
    points, y : (N, 2) and (N,) all examples.
    held, wrong : (N,) in which fold an example is held out, and whether it is then answered wrong.
    """
    p, k = palette(mode), len(planes)
    x_axis, y_axis = axes(extent, INPUTS, mode)
    table = pd.DataFrame({"x": points[:, 0], "y": points[:, 1], "class": y, "held": held, "wrong": wrong})
    inside, outside = f"datum.held != {NAME}", f"datum.held == {NAME}"
    ink = alt.Scale(domain=[0, 1], range=list(CLASS_COLORS[mode][:2]))
    shape = alt.Shape("class:N", scale=alt.Scale(domain=[0, 1], range=list(SHAPES[:2])), legend=None)
    learned = alt.Chart(table).transform_filter(inside).mark_point(
        size=46, opacity=1, filled=True, stroke=p["background"], strokeWidth=1, clip=True
    )  # fmt: skip
    out = alt.Chart(table).transform_filter(outside).mark_point(
        size=90, opacity=1, filled=False, fill=p["background"], strokeWidth=2.4, clip=True
    )  # fmt: skip
    missed = alt.Chart(table[table["wrong"]]).transform_filter(outside).mark_text(
        text=WRONG, fontSize=22, fontWeight=900, color=p["loss"], clip=True
    )  # fmt: skip
    fill, stroke = (channel("class:N", scale=ink, legend=None) for channel in (alt.Fill, alt.Stroke))
    layers = [
        plane_layer(plane_pictures(pack(planes, 0, 1, STEPS - 1), extent, ramp(diverging(mode, FADE))), x_axis, y_axis),
        contour_layer(np.asarray(planes, float), extent, 0.5, p["text"], x_axis, y_axis),
        learned.encode(x=x_axis, y=y_axis, shape=shape, fill=fill),
        out.encode(x=x_axis, y=y_axis, shape=shape, stroke=stroke),
        missed.encode(x=x_axis, y=y_axis),
        *_score(held, wrong, k, extent, mode, x_axis, y_axis),
    ]
    key = [f"{GLYPHS[0]} class 0   {GLYPHS[1]} class 1 · line: 50%", f"hollow: held out · {WRONG} held out, and wrong"]
    return square(layers, mode, "Each fold is held out once", key, epoch_param(k), None)


def _score(
    held: np.ndarray, wrong: np.ndarray, k: int, extent: Extent, mode: Mode, x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    """How many of the held-out examples the fold's network gets right, in words above the points."""
    words = [f"fold {f + 1}: {int((~wrong[held == f]).sum())} of {int((held == f).sum())} right" for f in range(k)]
    at = {"x": extent[0] + 0.15, "y": extent[3] - 0.15}
    text = alt.Chart(pd.DataFrame([{"words": words} | at])).transform_calculate(now=now("words"))
    text = text.encode(x=x, y=y, text=alt.Text("now:N"))
    return rimmed(text, mode, align="left", baseline="top", fontSize=14, fontWeight=600)


def folds_text(held: np.ndarray, wrong: np.ndarray, k: int) -> str:
    """Return the text twin of `folds`."""
    each = [f"{int((~wrong[held == f]).sum())} of {int((held == f).sum())}" for f in range(k)]
    return f"{len(held)} examples in {k} folds. Right among those held out: {', '.join(each)}."


def columns(
    values: Mapping[str, np.ndarray],
    mode: Mode,
    title: str,
    *,
    y_title: str,
    domain: tuple[float, float],
    zero: str,
    labels: Sequence[str],
    key: Sequence[str],
    form: str = ".2~f",
    marked: int | None = None,
    bar: tuple[str, float, float] | None = None,
    parts: np.ndarray | None = None,
    height: int = 240,
) -> alt.LayerChart:
    """Draw a dot a draw in columns beside each other, with a short line at each column's median.

    Parameters
    ----------
    values : by name, (D,); a space in a name is where it may be broken.
    zero : what the line at zero is.
    labels : what is written above each column.
    form : how the axis writes its numbers.
    marked : the draw that the rest of the page shows, with a ring around its dots.
    bar : a column's name and the ends of an upright bar on its ringed dot.
    parts : what the ringed dot of that column is the mean of: green diamonds beside it.
    """
    p, names = palette(mode), list(values)
    room = [domain[0], domain[1] + 0.14 * (domain[1] - domain[0])]  # above the dots, for the labels
    x, y = _places(names, room, mode, y_title, zero, form)
    table, middle = _dots(values, domain), [float(np.clip(np.median(v), *domain)) for v in values.values()]
    medians = alt.Chart(pd.DataFrame({"name": names, "value": middle, "words": list(labels)}))
    line = alt.Chart(pd.DataFrame({"value": [0.0]})).mark_rule(color=p["target"], strokeWidth=2)
    words = medians.mark_text(baseline="top", fontSize=13, fontWeight=600, color=p["text"])
    layers = [
        line.encode(y=y),
        _jittered(alt.Chart(table), x, y).mark_circle(size=50, opacity=0.5, color=p["test"]),
        medians.mark_tick(color=p["text"], thickness=2.5, width=34).encode(x=x, y=y),
        words.encode(x=x, y=alt.value(2), text=alt.Text("words:N")),
    ]
    mine = table[table["draw"] == marked]
    if bar is not None:
        ends = mine[mine["name"] == bar[0]].assign(value=max(bar[1], domain[0]), high=min(bar[2], domain[1]))
        upright = _jittered(alt.Chart(ends), x, y).mark_rule(color=p["text"], strokeWidth=2)
        layers.append(upright.encode(y2=alt.Y2("high:Q")))
        heights = np.clip(np.zeros(0) if parts is None else parts, *domain)
        own = pd.DataFrame({"name": bar[0], "value": heights, "beside": mine["beside"].iloc[0] - 0.45})
        own["beside"] -= 0.13 * own.groupby("value").cumcount()  # equal ones side by side
        diamonds = _jittered(alt.Chart(own), x, y)
        layers.append(diamonds.mark_point(shape="diamond", filled=True, size=60, opacity=1, color=p["activation"]))
    if marked is not None:
        ring = _jittered(alt.Chart(mine), x, y)
        layers.append(ring.mark_point(size=120, opacity=1, strokeWidth=2, color=p["text"]))
    return finish(layers, mode, title, list(key), height=height)


def _places(
    names: Sequence[str], room: Sequence[float], mode: Mode, y_title: str, zero: str, form: str
) -> tuple[alt.X, alt.Y]:
    """The axes of `columns`: names broken at their spaces, and zero by its name."""
    broken: dict[str, Any] = {"labelExpr": "split(datum.label, ' ')", "labelLineHeight": 14}
    x = alt.X("name:N", sort=list(names), axis=axis("", mode, labelAngle=0, labelOverlap=False, **broken))
    named = f"datum.value == 0 ? '{zero}' : datum.label"
    up = axis(y_title, mode, format=form, grid=True, labelExpr=named, **ON_TOP)
    return x, alt.Y("value:Q", scale=alt.Scale(domain=list(room), nice=False, zero=False), axis=up)


def _dots(values: Mapping[str, np.ndarray], domain: tuple[float, float]) -> pd.DataFrame:
    """A row a dot, each draw a little beside the others so that equal scores can be told apart."""
    parts = []
    for name, each in values.items():
        draws = np.arange(len(each))
        beside = (draws * 7 % len(draws)) / max(1, len(draws) - 1) - 0.5
        heights = np.clip(each, *domain).round(5)
        parts.append(pd.DataFrame({"name": name, "draw": draws, "value": heights, "beside": beside}))
    return pd.concat(parts, ignore_index=True)


def _jittered(base: alt.Chart, x: alt.X, y: alt.Y) -> alt.Chart:
    return base.encode(x=x, y=y, xOffset=alt.XOffset("beside:Q", scale=alt.Scale(domain=[-1.6, 1.6])))


def whole(values: Mapping[str, np.ndarray]) -> list[str]:
    """Write each column's median as a whole number with its sign, as the labels of `columns`; zero has none."""
    return [minus(f"{np.median(v):+.0f}") for v in values.values()]


def columns_text(values: Mapping[str, np.ndarray], y_title: str, form: str = "+.0%") -> str:
    """Return the text twin of `columns`."""
    each = [f"{name} {np.median(v):{form}} ({min(v):{form}} to {max(v):{form}})" for name, v in values.items()]
    count = len(next(iter(values.values())))
    return minus(f"{y_title}, median and range of {count} data sets: {'; '.join(each)}.")


def strengths(
    names: Sequence[str],
    folds: np.ndarray,
    truth: np.ndarray | None,
    used: int,
    chosen: int,
    mode: Mode,
    title: str,
    domain: tuple[float, float],
) -> alt.LayerChart:
    """Draw the loss of each strength on the held-out examples, and on fresh points.

    Parameters
    ----------
    names : the V strengths, as they are written.
    folds : (V, k) loss of each fold.
    truth : (V,) loss on fresh points, or None to keep it hidden.
    used : how many of the folds the mean is taken over.
    chosen : the strength with the lowest mean.
    """
    p, low, high = palette(mode), *domain
    x = alt.X("name:N", sort=list(names), axis=axis("strength of the L2 penalty", mode, labelAngle=0))
    scale = alt.Scale(type="log", domain=[low, high], nice=False)
    y = alt.Y(
        "loss:Q",
        scale=scale,
        axis=axis("loss", mode, grid=True, format=PLAIN, labelOverlap=False, values=_ticks(domain), **ON_TOP),
    )
    each = pd.DataFrame(
        [
            {"name": name, "loss": float(np.clip(v, low, high))}
            for name, row in zip(names, folds[:, :used], strict=True)
            for v in row
        ]
    )
    mean = pd.DataFrame({"name": list(names), "loss": np.clip(folds[:, :used].mean(axis=1), low, high)})
    base = alt.Chart(mean).encode(x=x, y=y)
    layers = [
        alt.Chart(each).mark_point(size=30, opacity=0.55, color=p["test"]).encode(x=x, y=y),
        base.mark_line(color=p["test"], strokeDash=[6, 4], strokeWidth=2.2),
        base.mark_point(filled=True, size=60, opacity=1, color=p["test"]),
    ]
    circles = "circles: each fold on what it held out; dashed: their mean"
    key = ["the axis of the loss is logarithmic", circles if used > 1 else "dashed: the fold on what it held out"]
    if truth is not None:
        known = alt.Chart(pd.DataFrame({"name": list(names), "loss": np.clip(truth, low, high)})).encode(x=x, y=y)
        best = pd.DataFrame({"name": [names[int(truth.argmin())]], "loss": [float(truth.min())]})
        star = alt.Chart(best).mark_point(shape="diamond", size=190, filled=False, opacity=1, strokeWidth=2.4)
        layers += [
            known.mark_line(color=p["loss"], strokeWidth=3),
            star.encode(x=x, y=y, color=alt.value(p["loss"])),
        ]
        key.append("red: the truth, on fresh points; its lowest place has a diamond")
    mark = pd.DataFrame({"name": [names[chosen]], "words": ["chosen"]})
    rule = alt.Chart(mark).encode(x=x)
    layers += [
        rule.mark_rule(color=p["z"], strokeDash=[5, 4]),
        rule.mark_text(baseline="top", dx=6, align="left" if chosen < len(names) - 2 else "right", fontSize=13,
                       fontWeight=600, color=p["text"])
        .encode(y=alt.value(2), text=alt.Text("words:N")),
    ]  # fmt: skip
    return finish(layers, mode, title, key, height=300)


def _ticks(domain: tuple[float, float]) -> list[float]:
    return [v for v in (0.05, 0.1, 0.2, 0.5, 1.0, 2.0) if domain[0] <= v <= domain[1]]


def strengths_text(names: Sequence[str], mean: np.ndarray, truth: np.ndarray | None) -> str:
    """Return the text twin of `strengths`."""
    best = int(np.argmin(mean))
    each = ", ".join(f"{name}: {v:.2f}" for name, v in zip(names, mean, strict=True))
    sentence = f"Mean loss on held-out examples by strength: {each}. Chosen: {names[best]}."
    if truth is None:
        return sentence
    lowest = int(np.argmin(truth))
    known = f"On fresh points {names[best]} has {truth[best]:.2f}"
    return f"{sentence} {known}; the best, {names[lowest]}, has {truth[lowest]:.2f}."
