"""A trained network asked about new data: where it is sure, on the way out from the data, and which units say so."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.choosing import spots
from core.charts.contour import contour_layer
from core.charts.naming import minus
from core.charts.pictures import STEPS, Extent, plane_layer, plane_pictures, ramp
from core.charts.plane import FADE, Points, axes, points_layer, square, winners
from core.charts.playing import pack, still
from core.charts.theme import GLYPHS, ON_TOP, PLAIN, Mode, axis, diverging, finish, mix, palette

CELLS = 40
"""Places along each edge that can be clicked."""


def asked_plane(
    field: np.ndarray,
    sure: np.ndarray,
    extent: Extent,
    train: Points,
    point: Sequence[float] | np.ndarray,
    end: Sequence[float] | None,
    mode: Mode,
    *,
    classes: Sequence[str],
    level: float = 0.99,
    titles: Sequence[str] = ("x₁", "x₂"),
    clickable: bool = True,
) -> alt.LayerChart:
    """Draw what the network answers over a plane, with the point it is asked about and the way out through it.

    Parameters
    ----------
    field : (side, side) probability of class 1; with more classes the winning class's index. Row 0 lowest.
    sure : (side, side) the winning class's probability.
    point, end : the point asked about, and where the ray from the data through it leaves the picture, or None.
    level : the confidence whose border is drawn.
    """
    x, y = axes(extent, titles, mode)
    p, two = palette(mode), len(classes) == 2
    if two:
        known = np.nan_to_num(np.asarray(field, float), nan=0.5)[None]
        table = plane_pictures(pack(known, 0, 1, STEPS - 1), extent, ramp(diverging(mode, FADE)))
        layers = [plane_layer(table, x, y), contour_layer(known, extent, 0.5, p["text"], x, y)]
    else:
        indices, colors = winners(field[None], sure[None], len(classes), mode)
        layers = [plane_layer(plane_pictures(indices, extent, colors), x, y)]
    layers.append(contour_layer(np.nan_to_num(sure)[None], extent, level, p["muted"], x, y, [7, 5]))
    layers.append(points_layer(train, mode, x, y, classes, hollow=False))
    if end is not None:
        way = pd.DataFrame({"x": [point[0]], "y": [point[1]], "u": [end[0]], "v": [end[1]]})
        ray = alt.Chart(way).mark_rule(color=p["text"], strokeWidth=1.5, strokeDash=[2, 3], clip=True)
        layers.append(ray.encode(x=x, y=y, x2=alt.X2("u:Q"), y2=alt.Y2("v:Q")))
    here = alt.Chart(pd.DataFrame({"x": [point[0]], "y": [point[1]]})).encode(x=x, y=y)
    layers.append(here.mark_point(size=380, strokeWidth=6, color=p["background"], filled=False, opacity=1, clip=True))
    layers.append(here.mark_point(size=380, strokeWidth=2.5, color=p["target"], filled=False, opacity=1, clip=True))
    if clickable:
        layers.append(spots(extent, x, y, CELLS))
    names = "   ".join(f"{glyph} {name}" for glyph, name in zip(GLYPHS, classes, strict=False))
    key = [names, ("line: 50%, " if two else "") + f"dashed: {level:.0%} sure"]
    key.append("ring: your point" + (", dotted: the way out" if end is not None else ""))
    return square(layers, mode, "What the network answers", key, still(), None)


def asked_plane_text(
    point: Sequence[float] | np.ndarray, answer: str, sure: str, area: float, level: float = 0.99
) -> str:
    """Return the text twin of `asked_plane`; ``area`` is the share of the picture beyond the level."""
    return (
        f"What the network answers over the plane. In {area:.0%} of the picture it is more than {level:.0%} sure. "
        f"At ({point[0]:z.2f}, {point[1]:z.2f}) it answers {answer} with {sure}."
    )


def walking(
    distances: np.ndarray,
    here: np.ndarray,
    band: tuple[np.ndarray, np.ndarray, np.ndarray],
    at: float,
    farthest: float,
    mode: Mode,
    *,
    floor: float | None = 0.5,
    y_title: str = "confidence",
    reach: float = 100.0,
    height: int = 250,
    free: np.ndarray | None = None,
    truth: np.ndarray | None = None,
) -> alt.LayerChart:
    """Draw what a network answers on the way out from the data: along one ray, and in most directions.

    Parameters
    ----------
    distances, here : (D,) distance from the data's mean in its own spread, and the answers along the ray.
    band : (low, middle, high), (D,) each, over many directions.
    at, farthest : where the point is, and the training point that lies farthest out.
    floor : the confidence of pure guessing; None for answers that are no confidence.
    free : (D,) what the same network answers along the ray without its penalty.
    truth : (D,) what is true along the ray.
    """
    p = palette(mode)
    place = np.log1p if floor is not None else np.asarray  # a straight line of answers must look straight
    ends, ticks = [0, float(place(reach))], [0, 1, 3, 10, 30, 100]
    back = {"values": np.log1p(ticks).tolist(), "labelExpr": "format(exp(datum.value) - 1, '.0f')"}
    stretched = {"tickCount": len(ticks)} | back if floor is not None else {}
    x_axis = axis("distance in standard deviations", mode, **stretched)
    x = alt.X("x:Q", scale=alt.Scale(domain=ends, nice=False), axis=x_axis)
    low, high = (floor, 1.02) if floor is not None else _range(here, *band, *([] if truth is None else [truth]))
    form = ".0%" if floor is not None else PLAIN
    y_axis = axis(y_title, mode, grid=True, format=form, **ON_TOP)
    up = alt.Scale(domain=[low, high], nice=False, zero=False)
    y = alt.Y("y:Q", scale=up, axis=y_axis)
    table = pd.DataFrame({"x": place(distances), "y": here, "low": band[0], "middle": band[1], "high": band[2]})
    base = alt.Chart(table)
    room = alt.Chart(pd.DataFrame({"x": [0.0], "x2": [float(place(min(farthest, reach)))]})).mark_rect(
        color=p["train"], opacity=0.10
    )
    area = base.mark_area(color=p["prediction"], opacity=0.22, clip=True)
    spread = area.encode(x=x, y=alt.Y("low:Q", scale=up, axis=y_axis), y2=alt.Y2("high:Q"))
    middle = base.mark_line(color=p["prediction"], strokeWidth=1.5, strokeDash=[5, 3], clip=True)
    ray = base.mark_line(color=p["prediction"], strokeWidth=3, clip=True)
    near = float(np.interp(min(at, reach), distances, here))
    dot = pd.DataFrame({"x": [float(place(min(at, reach)))], "y": [near]})
    ring = alt.Chart(dot).mark_point(size=200, strokeWidth=2.5, filled=False, color=p["target"], opacity=1)
    layers = [
        room.encode(x=x, x2=alt.X2("x2:Q")),
        spread,
        middle.encode(x=x, y=alt.Y("middle:Q", scale=up, axis=y_axis)),
        ray.encode(x=x, y=y),
        ring.encode(x=x, y=y),
    ]
    key = [
        "gray strip: the data",
        "line: through your point (ring)",
        "band: 80% of directions, dashed: middle",
    ]
    if free is not None:
        thin = alt.Chart(pd.DataFrame({"x": place(distances), "y": free})).mark_line(color=p["muted"], clip=True)
        layers.insert(-2, thin.encode(x=x, y=y))
        key.append("gray line: without the penalty")
    if truth is not None:
        layers += _true(pd.DataFrame({"x": place(distances), "y": truth}), dot["x"][0], p["text"], x, y)
        key.append("dotted: the truth, cross: at your point")
    return finish(layers, mode, "Walking away from the data", key, height=height)


def _true(table: pd.DataFrame, at: float, ink: str, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """What is true along the ray, and a cross where the point is."""
    line = alt.Chart(table).mark_line(color=ink, strokeWidth=1.5, strokeDash=[1, 3], strokeCap="round", clip=True)
    here = pd.DataFrame({"x": [at], "y": [float(np.interp(at, table["x"], table["y"]))]})
    cross = alt.Chart(here).mark_point(shape="cross", size=70, filled=True, color=ink, opacity=1)
    return [line.encode(x=x, y=y), cross.encode(x=x, y=y)]


def _range(*ways: np.ndarray) -> tuple[float, float]:
    every = np.concatenate(ways)
    low, high = float(np.nanmin(every)), float(np.nanmax(every))
    gap = (high - low or 1.0) * 0.05
    return low - gap, high + gap


def walking_text(
    distances: np.ndarray,
    here: np.ndarray,
    middle: np.ndarray,
    at: float,
    free: np.ndarray | None = None,
    truth: np.ndarray | None = None,
) -> str:
    """Return the text twin of `walking`."""
    others = (("Without the penalty", free), ("True", truth))
    more = [f" {name}: {np.interp(at, distances, way):.3g} at the point." for name, way in others if way is not None]
    steps = [f"{np.interp(d, distances, here):.3g} at distance {d:g}" for d in (0, 1, 3, 10, 100)]
    return (
        f"On the ray through the point, which lies at distance {at:z.2f}: {', '.join(steps)}. "
        f"In the middle direction: {middle[0]:.3g} at the center, {middle[-1]:.3g} at distance {distances[-1]:g}."
        + "".join(more)
    )


def answers(names: Sequence[str], values: np.ndarray, mode: Mode, title: str, truth: int = -1) -> alt.LayerChart:
    """Draw the probability of every class as a bar; the largest stands out, the true one has a ring."""
    p, top = palette(mode), int(np.argmax(values))
    table = pd.DataFrame({"name": list(names), "p": np.asarray(values, float)})
    table["words"] = [f"{v:z.3f}" for v in table["p"]]
    table["top"], table["true"] = table.index == top, table.index == truth
    y = alt.Y("name:N", sort=None, axis=axis("", mode, labelFontSize=14, labelColor=p["text"]))
    x = alt.X("p:Q", scale=alt.Scale(domain=[0, 1.35], nice=False), axis=None)
    base = alt.Chart(table).encode(y=y)
    inks = alt.condition("datum.top", alt.value(p["prediction"]), alt.value(mix(p["background"], p["prediction"], 0.4)))
    bars = base.mark_bar(height=18, cornerRadius=2).encode(x=x, color=inks)
    label = base.mark_text(align="left", dx=6, fontSize=13, color=p["text"]).encode(x=x, text=alt.Text("words:N"))
    layers = [bars, label]
    if truth >= 0:
        ring = alt.Chart(table[table["true"]]).mark_point(size=130, strokeWidth=2, filled=False, color=p["target"])
        layers.append(ring.encode(y=y, x=alt.datum(1.3)))
    key = "ring: what it really is" if truth >= 0 else ""
    return finish(layers, mode, title, key, height=28 * len(table))


def answers_text(names: Sequence[str], values: np.ndarray) -> str:
    """Return the text twin of `answers`."""
    return "Probabilities: " + ", ".join(f"{name} {v:z.3f}" for name, v in zip(names, values, strict=True)) + "."


def voices(
    contributions: np.ndarray, bias: float, mode: Mode, title: str, word: str = "unit", most: int = 12
) -> alt.LayerChart:
    """Draw what each unit of the last hidden layer (or input), and the bias, added to z; the largest first."""
    p = palette(mode)
    order = np.argsort(-np.abs(contributions), kind="stable")
    rows = [(f"{word} {k + 1}", float(contributions[k])) for k in order[:most]]
    if len(order) > most:
        rows.append(("all others", float(contributions[order[most:]].sum())))
    table = pd.DataFrame([*rows, ("bias", bias)], columns=["name", "value"])
    table["words"] = [minus(f"{v:+z.2f}") for v in table["value"]]
    table["up"] = table["value"] >= 0
    reach = max(float(table["value"].abs().max()), 1e-9) * 1.3
    y = alt.Y("name:N", sort=None, axis=axis("", mode))
    x = alt.X("value:Q", scale=alt.Scale(domain=[-reach, reach], nice=False), axis=axis("added to z", mode))
    base = alt.Chart(table).encode(y=y)
    parts: list[alt.Chart] = []
    for up, name, dash in ((True, "positive", [1, 0]), (False, "negative", [4, 3])):
        mine = alt.Chart(table[table["up"] == up]).encode(y=y)
        look: dict[str, Any] = {"fill": mix(p["background"], p[name], 0.55), "stroke": p[name], "strokeDash": dash}
        parts.append(mine.mark_bar(height=14, strokeWidth=1.5, **look).encode(x=x))
        side: dict[str, Any] = {"align": "left" if up else "right", "dx": 5 if up else -5}
        parts.append(mine.mark_text(fontSize=12, color=p["text"], **side).encode(x=x, text=alt.Text("words:N")))
    zero = base.mark_rule(color=p["muted"]).encode(x=alt.datum(0))
    return finish([*parts, zero], mode, title, height=max(24 * len(table), 80))


def voices_text(contributions: np.ndarray, bias: float, word: str = "unit") -> str:
    """Return the text twin of `voices`."""
    largest = int(np.argmax(np.abs(contributions))) if len(contributions) else 0
    return (
        f"Together the {word}s add {contributions.sum():+z.2f} to z, the bias {bias:+z.2f}. "
        f"The largest share is that of {word} {largest + 1} with {contributions[largest]:+z.2f}."
    )
