"""The ground with a walk on it, and the ground around deep networks, as maps of the loss."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.contour import contour_layer
from core.charts.naming import spoken
from core.charts.pictures import Extent, plane_pictures, ramp
from core.charts.plane import axes, square
from core.charts.playing import NAME, epoch_param, now, pack, still
from core.charts.theme import Mode, palette, sequential

BANDS = 16
LEVELS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 100.0, 1000.0)
"""Losses at which the map has a line, as far as they occur."""
MOST_LINES = 6


def _ground(
    surface: np.ndarray,
    extent: Extent,
    domain: tuple[float, float],
    mode: Mode,
    x: alt.X,
    y: alt.Y,
    numbered: bool = True,
) -> list[alt.Chart]:
    """Bands of the loss's logarithm, and lines of equal loss with their numbers."""
    low, high = np.log(domain)
    bands = np.minimum(pack(np.log(surface)[None], float(low), float(high), BANDS), BANDS - 1)
    table = plane_pictures(bands, extent, ramp(sequential(mode, "loss", 0.6), BANDS))
    sheet = alt.Chart(table).transform_calculate(y2="datum.top", y="datum.top - datum.tall")
    picture = sheet.mark_image(aspect=False, clip=True)
    layers = [picture.encode(x=x, x2=alt.X2("x2:Q"), y=y, y2=alt.Y2("y2:Q"), url=alt.Url("url:N"))]
    marks, p = [], palette(mode)
    for level in levels(surface) if numbered else []:
        line = contour_layer(
            np.broadcast_to(np.log(surface), (1, *surface.shape)), extent, float(np.log(level)), p["muted"], x, y
        )
        layers.append(line.transform_calculate(path="datum.paths[0]"))
        marks.append(_label_place(surface, level, extent))
    words = pd.DataFrame(marks, columns=["x", "y", "words"])
    text = alt.Chart(words).mark_text(fontSize=11, fontWeight=600, clip=True)
    here = {"x": alt.X("x:Q"), "y": alt.Y("y:Q"), "text": alt.Text("words:N")}
    if not marks:
        return layers
    halo = alt.Chart(words).mark_text(
        fontSize=11, fontWeight=600, clip=True, stroke=p["background"], strokeWidth=3, strokeJoin="round"
    )
    return [*layers, halo.encode(**here), text.encode(**here, color=alt.value(p["text"]))]


def levels(surface: np.ndarray) -> list[float]:
    """Return the losses at which a map has a line: at most `MOST_LINES`, the lowest of those that occur."""
    inside = [level for level in LEVELS if surface.min() < level < surface.max()]
    return inside[:MOST_LINES]


def _label_place(surface: np.ndarray, level: float, extent: Extent) -> tuple[float, float, str]:
    """Where a line's number stands: on the line, right of the lowest place or, if it is not there, anywhere on it."""
    side = len(surface)
    inner = surface[2:-2, 2:-2]
    gap = np.abs(np.log(inner) - np.log(level))
    row, column = np.unravel_index(int(np.argmin(gap)), inner.shape)
    x = extent[0] + (column + 2.5) / side * (extent[1] - extent[0])
    y = extent[2] + (row + 2.5) / side * (extent[3] - extent[2])
    return float(x), float(y), f"{level:g}"


def walk_map(
    surface: np.ndarray,
    extent: Extent,
    places: np.ndarray,
    far: np.ndarray,
    titles: Sequence[str],
    mode: Mode,
    title: str,
    factor: float,
    numbered: bool = True,
    start: int = 0,
) -> alt.LayerChart:
    """Draw a walk on the loss over a plane, playing: a filled dot where the plane is right, a hollow one where not.

    Parameters
    ----------
    surface : (side, side) losses at the cells' centers, row 0 lowest.
    places : (F, 2) where the walk is nearest to.
    far : (F,) whether the true loss there differs by more than ``factor``.
    numbered : draw lines of equal loss; without them the map does not tell its losses.
    """
    p = palette(mode)
    x, y = axes(extent, titles, mode)
    domain = (float(surface.min()), float(max(surface.max(), surface.min() * 1.01)))
    table = pd.DataFrame({"k": np.arange(len(places)), "x": places[:, 0], "y": places[:, 1], "far": far}).round(4)
    whole = (
        alt.Chart(table).mark_line(color=p["muted"], strokeWidth=1, clip=True).encode(x=x, y=y, order=alt.Order("k:Q"))
    )
    past = alt.Chart(table).transform_filter(f"datum.k <= {NAME}")
    line = past.mark_line(color=p["text"], strokeWidth=1.4, clip=True).encode(x=x, y=y, order=alt.Order("k:Q"))
    seen: dict[str, Any] = {"stroke": p["text"], "strokeWidth": 1.6, "opacity": 1, "clip": True, "filled": True}
    good = past.transform_filter("!datum.far").mark_point(size=22, fill=p["text"], **seen).encode(x=x, y=y)
    bad = past.transform_filter("datum.far").mark_point(size=220, fill=p["background"], **seen).encode(x=x, y=y)
    row = {"xs": places[:, 0].round(4).tolist(), "ys": places[:, 1].round(4).tolist()}
    moving = alt.Chart(pd.DataFrame([row])).transform_calculate(x=now("xs"), y=now("ys"))
    dot = moving.mark_point(filled=True, size=70, opacity=1, color=p["loss"], clip=True)
    last = {"x2": alt.datum(float(table["x"].iloc[-1])), "y2": alt.datum(float(table["y"].iloc[-1]))}
    left = moving.mark_rule(color=p["gradient"], strokeWidth=2, clip=True).encode(x=x, y=y, **last)
    end = alt.Chart(table.tail(1)).mark_point(shape="cross", size=120, filled=True, color=p["text"], opacity=1)
    layers = [
        *_ground(surface, extent, domain, mode, x, y, numbered),
        whole,
        line,
        good,
        bad,
        *([left] if numbered else []),
        end.encode(x=x, y=y),
        dot.encode(x=x, y=y),
    ]
    key = ["redder: higher loss; lines: equal loss. ✚ the end", f"○ map and truth differ by more than {factor:g} times"]
    run = "black: the run so far; gray: the rest; red dot: this epoch"
    key = [*key, run, "violet: p, from this epoch to the end"] if numbered else ["redder: higher loss. ✚ the end", run]
    return square(layers, mode, title, key, epoch_param(len(places), start), None)


def walk_map_text(title: str, share: float, true: np.ndarray, plane: np.ndarray, far: np.ndarray, at: int) -> str:
    """Return the text twin of `walk_map` at one frame."""
    return (
        f"{title}. It holds {share:.1%} of the walk. At frame {at} it shows a loss of {plane[at]:.3f}, the "
        f"true loss is {true[at]:.3f}. They differ too much at {int(far.sum())} of {len(far)} places."
    )


def ground_map(
    surface: np.ndarray, extent: Extent, domain: tuple[float, float], mode: Mode, title: str
) -> alt.LayerChart:
    """Draw the loss around a network's weights, in the colors of a given range."""
    p = palette(mode)
    x, y = axes(extent, ("one direction", "another"), mode)
    here = alt.Chart(pd.DataFrame([{"x": 0.0, "y": 0.0}])).mark_point(
        shape="cross", size=120, filled=True, color=p["text"], opacity=1
    )
    clipped = np.clip(surface, *domain)
    layers = [*_ground(clipped, extent, domain, mode, x, y), here.encode(x=x, y=y)]
    return square(layers, mode, title, ["lines: equal loss. ✚ where training ended"], still(), None)


def ground_map_text(surface: np.ndarray, title: str) -> str:
    """Return the text twin of `ground_map`."""
    low, high = spoken(float(surface.min())), spoken(float(surface.max()))
    return f"{title}: from {low} at the lowest place to {high} at the highest."
