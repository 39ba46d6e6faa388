"""Pictures of the lesson on data: points that can be moved, measurements by their size, and networks in other uses."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.choosing import spots
from core.charts.contour import contour_layer
from core.charts.pictures import STEPS, Extent, plane_layer, plane_pictures, ramp
from core.charts.plane import FADE, INPUTS, Points, axes, points_layer, square
from core.charts.playing import pack, still
from core.charts.theme import GLYPHS, Mode, axis, diverging, finish, palette

CELLS = 40
CLASSES = ("class 0", "class 1")


def points(
    plane: np.ndarray,
    before: np.ndarray | None,
    extent: Extent,
    train: Points,
    test: Points,
    chosen: Sequence[float] | None,
    mode: Mode,
) -> alt.LayerChart:
    """Draw what a network answers, its boundary, the boundary before anything moved, and the points.

    Parameters
    ----------
    plane, before : (side, side) probability of class 1 now, and with the points that the page opened on.
    chosen : where the chosen point is; with one, places can be clicked (`core.charts.choosing.spots`).
    """
    x, y = axes(extent, INPUTS, mode)
    p, now = palette(mode), np.asarray(plane, float)[None]
    table = plane_pictures(pack(now, 0, 1, STEPS - 1), extent, ramp(diverging(mode, FADE)))
    layers = [plane_layer(table, x, y)]
    if before is not None:
        layers.append(contour_layer(np.asarray(before, float)[None], extent, 0.5, p["muted"], x, y, [5, 4]))
    layers.append(contour_layer(now, extent, 0.5, p["text"], x, y))
    layers += [points_layer(some, mode, x, y, CLASSES, hollow) for some, hollow in ((train, False), (test, True))]
    if chosen is not None:
        here = alt.Chart(pd.DataFrame({"x": [chosen[0]], "y": [chosen[1]]})).encode(x=x, y=y)
        for width, ink in ((6.0, "background"), (2.5, "target")):
            layers.append(
                here.mark_point(size=380, strokeWidth=width, color=p[ink], filled=False, opacity=1, clip=True)
            )
        layers.append(spots(extent, x, y, CELLS))
    names = "   ".join(f"{glyph} {name}" for glyph, name in zip(GLYPHS, CLASSES, strict=False))
    key = [f"{names} · filled: training, hollow: test"]
    key += ["line: boundary, dashed: before"] if before is not None else ["line: boundary"]
    key += ["ring: the chosen point"] if chosen is not None else []
    return square(layers, mode, "Learned from the filled points", key, still(), None)


def points_text(training: float, test: float, changed: float) -> str:
    """Return the text twin of `points`."""
    return (
        f"What the network answers over the plane. {changed:.1%} of the plane gets another answer than at first. "
        f"Right are {training:.0%} of the training points"
        + ("." if np.isnan(test) else f" and {test:.0%} of the test points.")
    )


def measurements(spreads: np.ndarray, mode: Mode, title: str, key: str) -> alt.LayerChart:
    """Draw each measurement's spread on a logarithmic axis, from the largest down; below, where all of them end.

    Parameters
    ----------
    spreads : (d,) in the units in which they were measured.
    """
    p, order = palette(mode), np.argsort(-spreads, kind="stable")
    table = pd.DataFrame({"rank": np.arange(len(order)), "spread": spreads[order]})
    ticks = [0.001, 0.01, 0.1, 1, 10, 100, 1000]
    x = alt.X("spread:Q", scale=alt.Scale(type="log", domain=[0.001, 1000], nice=False),
              axis=axis("spread", mode, values=ticks, format="~g", grid=True))  # fmt: skip
    y = alt.Y("rank:Q", scale=alt.Scale(domain=[len(order), -1], nice=False), axis=None)
    dots = alt.Chart(table).mark_point(filled=True, size=46, opacity=1, color=p["input"], tooltip=None)
    line = alt.Chart(pd.DataFrame({"spread": [1.0]})).mark_rule(color=p["activation"], strokeDash=[5, 4], strokeWidth=2)
    return finish([line.encode(x=x), dots.encode(x=x, y=y)], mode, title, key, height=150)


def measurements_text(spreads: np.ndarray) -> str:
    """Return the text twin of `measurements`."""
    return f"Spreads of {len(spreads)} measurements, from {spreads.max():.3g} down to {spreads.min():.2g}."


def uses(
    names: Sequence[str],
    plain: np.ndarray,
    other: np.ndarray | None,
    labels: Sequence[str],
    chosen: int,
    mode: Mode,
    title: str,
) -> alt.LayerChart:
    """Draw how networks do in several uses: a square for those without copies, a circle for the others.

    Parameters
    ----------
    plain, other : (S, uses) the share of right answers, a row a seed.
    labels : what the two are called.
    chosen : the row that is looked at.
    """
    p = palette(mode)
    y = alt.Y("name:N", sort=list(names), axis=axis("", mode, labelFontSize=13, labelColor=p["text"], labelLimit=170))
    scale = alt.Scale(domain=[0, 1.14], nice=False)
    x = alt.X("middle:Q", scale=scale, axis=axis("right answers", mode, format=".0%", values=[0, 0.5, 1], grid=True))
    behind = alt.Chart(pd.DataFrame({"name": [names[chosen]], "a": [0.0], "b": [1.14]}))
    layers = [behind.mark_rect(color=p["muted"], opacity=0.14, height=30).encode(y=y, x=alt.X("a:Q", scale=scale),
                                                                                 x2=alt.X2("b:Q"))]  # fmt: skip
    apart = 0 if other is None else 6
    for runs, ink, shape, dy in ((plain, "muted", "square", -apart), (other, "prediction", "circle", apart)):
        if runs is None:
            continue
        low, middle, high = np.quantile(runs, [0.1, 0.5, 0.9], axis=0)
        table = pd.DataFrame({"name": list(names), "low": low, "middle": middle, "high": high, "end": 1.0})
        table["words"] = [f"{v:.0%}" for v in middle]
        base = alt.Chart(table).encode(y=y)
        layers.append(base.mark_rule(color=p[ink], yOffset=dy, strokeWidth=3, opacity=0.5).encode(
            x=alt.X("low:Q", scale=scale), x2=alt.X2("high:Q")))  # fmt: skip
        layers.append(
            base.mark_point(filled=True, size=80, opacity=1, shape=shape, color=p[ink], yOffset=dy).encode(x=x)
        )
        words = base.mark_text(align="left", dx=12, dy=dy, fontSize=12, fontWeight=600)
        layers.append(words.encode(x=alt.X("end:Q", scale=scale), text=alt.Text("words:N"), color=alt.value(p[ink])))
    key = " · ".join(f"{mark} {label}" for mark, label in zip("■●", labels, strict=False))
    return finish(layers, mode, title, [key, "median of the seeds, bar: the middle 80%"], height=40 * len(names))


def uses_text(names: Sequence[str], plain: np.ndarray, other: np.ndarray | None, labels: Sequence[str]) -> str:
    """Return the text twin of `uses`."""
    parts = []
    for label, runs in zip(labels, (plain, other), strict=False):
        if runs is not None:
            each = ", ".join(f"{name} {v:.0%}" for name, v in zip(names, np.median(runs, axis=0), strict=True))
            parts.append(f"{label}: {each}")
    return f"Right answers, medians. {'; '.join(parts)}."
