"""Units that add up to a curve, and how far several ways of setting them are off."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.choosing import chosen
from core.charts.lines import Style
from core.charts.theme import MORE_COLORS, ON_TOP, Mode, axis, finish, palette

SPAN = (-1.8, 1.8)
"""The ends of the vertical axis; what lies outside is cut off."""
STRIPS = 120
"""Places that can be clicked."""


def unit_curves(
    x: np.ndarray,
    units: np.ndarray,
    heights: np.ndarray,
    turns: np.ndarray,
    at: int,
    mode: Mode,
    curve: np.ndarray | None = None,
    target: np.ndarray | None = None,
) -> alt.LayerChart:
    """Draw what each unit adds, and on top of it their sum and the target.

    Parameters
    ----------
    x : (P,) places.
    units : (P, K) each unit's response.
    heights : (K,) what it's multiplied by; a unit has the color of this weight, as in the worked line.
    turns : (K,) where each unit turns.
    at : the unit that is chosen, drawn thicker.
    curve, target : (P,) the sum with the output's bias, and what it should be; None to leave it out.
    """
    p = palette(mode)
    across = alt.X(
        "x:Q", scale=alt.Scale(domain=[float(x[0]), float(x[-1])], nice=False, zero=False), axis=axis("input x", mode)
    )
    up = alt.Y("y:Q", scale=alt.Scale(domain=SPAN, nice=False, zero=False), axis=axis("y", mode, grid=True, **ON_TOP))
    inks = [p["positive" if height >= 0 else "negative"] for height in heights]
    layers = [_units(x, units * heights, at, inks, across, up)]
    if target is not None:
        layers.append(_line(x, target, across, up, color=p["target"], strokeDash=[2, 4], strokeWidth=2.5))
    if curve is not None:
        layers.append(_line(x, curve, across, up, color=p["prediction"], strokeWidth=4.5))
    layers += _marks(turns, at, inks, mode, across, up)
    layers.append(_strips(x, across))
    key = ["thin: what each unit adds (blue: up, orange: down)", "numbers: where each one turns"]
    if curve is not None:
        key.append("thick: their sum, the network's answer; dotted: the target")
    title = "Hidden units, and their sum" if curve is not None else "Two hidden units"
    return finish(layers, mode, title, key, height=330)


def _line(x: np.ndarray, y: np.ndarray, across: alt.X, up: alt.Y, **look: Any) -> alt.Chart:
    table = pd.DataFrame({"x": x, "y": np.asarray(y).round(4)})
    return alt.Chart(table).mark_line(clip=True, **look).encode(x=across, y=up)


def _units(x: np.ndarray, units: np.ndarray, at: int, inks: list[str], across: alt.X, up: alt.Y) -> alt.Chart:
    """A thin line a unit, in its own color; the chosen one is a little thicker."""
    count = units.shape[1]
    table = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(count), len(x)),
            "x": np.tile(x, count),
            "y": units.T.ravel().round(4),
            "wide": np.repeat(np.where(np.arange(count) == at, 2.0, 1.0), len(x)),
            "ink": np.repeat(inks, len(x)),
        }
    )
    lines = alt.Chart(table).mark_line(clip=True, opacity=0.75)
    wide = alt.StrokeWidth("wide:Q", scale=None)
    ink = alt.Color("ink:N", scale=None)
    return lines.encode(x=across, y=up, detail="unit:N", strokeWidth=wide, color=ink)


def _marks(turns: np.ndarray, at: int, inks: list[str], mode: Mode, across: alt.X, up: alt.Y) -> list[alt.Chart]:
    """A numbered mark on the floor where each unit turns; units at one place stand above one another."""
    p = palette(mode)
    near = [sum(abs(t - u) < 0.14 for u in turns[:k]) for k, t in enumerate(turns)]
    table = pd.DataFrame(
        {
            "x": turns,
            "y": [SPAN[0] + 0.12 + 0.22 * level for level in near],
            "words": [str(k + 1) for k in range(len(turns))],
            "color": [p["text"] if k == at else inks[k] for k in range(len(turns))],
        }
    )
    base = alt.Chart(table).encode(x=across, y=up)
    dots = base.mark_point(filled=True, size=260, opacity=1).encode(color=alt.Color("color:N", scale=None))
    return [dots, base.mark_text(fontSize=11, fontWeight=700, color=p["background"]).encode(text="words:N")]


def _strips(x: np.ndarray, across: alt.X) -> alt.Chart:
    """Invisible strips; a click gives the middle of one as ``px``."""
    wide = float(x[-1] - x[0]) / STRIPS
    strips = alt.Chart(alt.sequence(0, STRIPS, as_="k")).transform_calculate(
        x=f"{float(x[0])} + datum.k * {wide}", x2=f"datum.x + {wide}", px=f"round(100 * (datum.x + {wide / 2})) / 100"
    )
    mark = strips.mark_rect(opacity=0.001, fill="#808080", stroke=None, cursor="crosshair", tooltip=None)
    return mark.encode(x=across, x2=alt.X2("x2:Q")).add_params(chosen("spot", ["px"]))


def unit_curves_text(turns: np.ndarray, heights: np.ndarray, off: float | None) -> str:
    """Return the text twin of `unit_curves`."""
    each = "; ".join(
        f"unit {k + 1} turns at {t:.2f}, {v:+z.2f}" for k, (t, v) in enumerate(zip(turns, heights, strict=True))
    )
    return f"{each}." + ("" if off is None else f" Their sum is {off:.3f} off the target.")


def ways(values: Mapping[str, float], mode: Mode) -> alt.LayerChart:
    """Draw how far each way of setting the units is off, the first one marked."""
    p, names = palette(mode), list(values)
    most = max(max(values.values()), 1e-3)
    table = pd.DataFrame(
        {
            "name": names,
            "off": list(values.values()),
            "words": [f"{v:.3f}" for v in values.values()],
            "color": [p["prediction"]] + [p["muted"]] * (len(names) - 1),
        }
    )
    order = alt.Y("name:N", sort=names, axis=axis("", mode, labelLimit=200))
    across = alt.X("off:Q", scale=alt.Scale(domain=[0, 1.25 * most], nice=False), axis=None)
    base = alt.Chart(table).encode(x=across, y=order)
    layers = [
        base.mark_bar(height=14).encode(color=alt.Color("color:N", scale=None)),
        base.mark_text(align="left", dx=6, fontSize=13, fontWeight=600, color=p["text"]).encode(text="words:N"),
    ]
    return finish(layers, mode, "How far off", height=28 * len(names) + 10)


def ways_text(values: Mapping[str, float]) -> str:
    """Return the text twin of `ways`."""
    return "How far off: " + ", ".join(f"{name} {v:.3f}" for name, v in values.items()) + "."


def looks(mode: Mode) -> dict[str, Style]:
    """Return how the curves of trained networks, of units set by hand and of the target look."""
    p = palette(mode)
    return {
        "target": Style(p["target"], [2, 4]),
        "by hand": Style(MORE_COLORS[mode][0], [6, 4]),
        "trained": Style(p["prediction"], [1, 0]),
    }
