"""Pictures of 8 x 8 pixels beside each other, ink or a map of what speaks for an answer; and a row of units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.band import band
from core.charts.lines import Style
from core.charts.naming import minus
from core.charts.pictures import ramp
from core.charts.theme import ON_TOP, PLAIN, Mode, axis, diverging, finish, palette

SIDE, GAP, FOOT, LEVELS = 8, 1.1, 2.5, 16
"""Pixels a side, clear pixels between pictures, room for two lines of words under each, and steps of ink."""
NARROW, WIDEST = 420, 190
"""Below so many screen pixels pictures stand in fewer columns; none is wider than that."""
LOUD = 0.4
"""Where a map reaches this share of its strongest pixel, a sign says which way."""


@dataclass(frozen=True, eq=False)
class Panel:
    """One picture.

    Attributes
    ----------
    values : (64,) of ink from 0 to 1, or of a map.
    words, more : two lines under it.
    kind : "ink", or of a map its "sign" or its "strength" alone.
    marked : (64,) which pixels are framed.
    ringed : the pixels that wear a ring.
    """

    values: np.ndarray
    words: str
    more: str = ""
    kind: str = "ink"
    marked: np.ndarray | None = None
    ringed: tuple[int, ...] = ()


def panels(
    pictures: Sequence[Panel], mode: Mode, title: str, key: str | list[str], columns: int, narrow: int = 0
) -> alt.LayerChart:
    """Draw pictures in rows of so many ``columns``, or fewer where the page is ``narrow``.

    Each picture is a piece of two broken scales, so that the browser itself can arrange them. Words are clipped at the
    edge: what reaches beyond it would narrow the chart, which can change the columns, and so on without end.
    """
    p, narrow, count = palette(mode), narrow or columns, len(pictures)
    each = f"(width < {NARROW} ? {narrow} : {columns})"
    pixel = f"(min({WIDEST}, width / {each}) / {SIDE + GAP})"
    rows = f"ceil({count} / {each})"
    lines, gap = (2 if any(one.more for one in pictures) else 1), 16
    high = f"({pixel} * {SIDE} + {8 + gap * lines + 10})"
    starts = [(f"({k} % {each}) * {pixel} * {SIDE + GAP}", f"floor({k} / {each}) * {high}") for k in range(count)]
    ends = [edge for k in range(count) for edge in (10.0 * k, 10.0 * k + SIDE)]
    spans = [[alt.ExprRef(at + plus) for at in some for plus in ("", f" + {SIDE} * {pixel}")]
             for some in zip(*starts, strict=True)]  # fmt: skip
    across, down = (alt.Scale(domain=ends, range=span, nice=False, zero=False) for span in spans)
    table = pd.concat([_pixels(one, k, mode) for k, one in enumerate(pictures)], ignore_index=True)
    x, y = alt.X("x:Q", axis=None, scale=across), alt.Y("y:Q", axis=None, scale=down)
    cells = alt.Chart(table).mark_rect(strokeWidth=0.6, stroke=p["grid"]).encode(
        x=x, x2="x2:Q", y=y, y2="y2:Q", color=alt.Color("color:N", scale=None),
        tooltip=alt.Tooltip("text:N"),
    )  # fmt: skip
    loud = alt.Chart(table[table["sign"] != ""]).mark_text(fontSize=13, fontWeight=600)
    signs = loud.encode(x=alt.X("mx:Q", axis=None, scale=across), y=alt.Y("my:Q", axis=None, scale=down),
                        text="sign:N", color=alt.Color("ink:N", scale=None))  # fmt: skip
    framed = alt.Chart(table[table["marked"]]).encode(x=x, x2="x2:Q", y=y, y2="y2:Q")
    looks = [(5.0, p["background"]), (2.2, p["text"])]  # a halo first: a frame is seen on any color
    frames = [framed.mark_rect(filled=False, strokeWidth=w, stroke=c, fillOpacity=0) for w, c in looks]
    size: Any = alt.ExprRef(f"pow(0.95 * {pixel}, 2)")
    ring = alt.Chart(table[table["ringed"]]).mark_point(size=size, stroke=p["text"], strokeWidth=1.6, filled=False)
    frames.append(ring.encode(x=alt.X("mx:Q", axis=None, scale=across), y=alt.Y("my:Q", axis=None, scale=down)))
    labels = pd.DataFrame(
        [{"x": 10.0 * k + SIDE / 2, "y": 10.0 * k + SIDE, "words": one.words, "more": one.more}
         for k, one in enumerate(pictures)]
    )  # fmt: skip
    base = alt.Chart(labels).encode(x=x, y=y)
    below: dict[str, Any] = {"baseline": "top", "clip": True}
    first = base.mark_text(dy=8, fontSize=13, fontWeight=600, color=p["text"], **below).encode(text="words:N")
    second = base.mark_text(dy=8 + gap, fontSize=12, color=p["muted"], **below).encode(text="more:N")
    layers = [cells, *frames, signs, first, second]
    return finish(layers, mode, title, key, params=[alt.param(name="height", expr=f"{rows} * {high}")])


def _pixels(one: Panel, k: int, mode: Mode) -> pd.DataFrame:
    """The pixels of one picture, with their places, colors and words."""
    p, values = palette(mode), np.asarray(one.values, float)
    row, column = np.divmod(np.arange(SIDE * SIDE), SIDE)
    share = values if one.kind == "ink" else values / (float(np.abs(values).max()) or 1.0)
    signed = one.kind == "sign"
    ends = diverging(mode, 0.85) if signed else [p["background"], p["text" if one.kind == "ink" else "gradient"]]
    colors = ramp(ends, 101)
    at = np.rint(50 + 50 * share if signed else 100 * np.clip(np.abs(share), 0, 1)).astype(int)
    table = pd.DataFrame({"x": 10.0 * k + column, "y": 10.0 * k + row, "color": [_hex(colors[i]) for i in at]})
    for name in "xy":
        table[f"{name}2"], table[f"m{name}"] = table[name] + 1, table[name] + 0.5
    table["sign"] = np.where(signed & (np.abs(share) >= LOUD), np.where(share > 0, "+", "−"), "")
    table["ink"] = np.where(np.abs(share) > 0.75, p["background"], p["text"])
    table["marked"] = np.zeros(len(table), bool) if one.marked is None else np.asarray(one.marked, bool)
    table["ringed"] = np.isin(np.arange(len(table)), one.ringed)
    place = [f"row {r + 1}, column {c + 1}" for r, c in zip(row, column, strict=True)]
    if one.kind != "ink":
        table["text"] = [minus(f"{w}: {v:+.2f}") for w, v in zip(place, values, strict=True)]
    else:
        table["text"] = [f"{w}: ink {v * LEVELS:.0f} of {LEVELS}" for w, v in zip(place, values, strict=True)]
    return table


def _hex(color: np.ndarray) -> str:
    return "#" + "".join(f"{int(v):02X}" for v in color)


def panels_text(pictures: Sequence[Panel], title: str) -> str:
    """Return the text twin of `panels`: of a map its strongest pixels."""
    return f"{title}: {'; '.join(_told(one) for one in pictures)}."


def _told(one: Panel) -> str:
    name = f"{one.words}{', ' + one.more if one.more else ''}"
    if one.kind == "ink":
        rows = np.asarray(one.values).reshape(SIDE, SIDE) >= 0.5
        return f"{name}, row by row: " + "/".join("".join("#" if v else "." for v in row) for row in rows)
    top = [k for k in np.argsort(-np.abs(one.values), kind="stable")[:3] if one.values[k]]
    each = [minus(f"row {k // SIDE + 1} column {k % SIDE + 1}: {one.values[k]:+.2f}") for k in top]
    return f"{name}: strongest {', '.join(each) or 'none'}"


def units(effect: np.ndarray, off: np.ndarray, mode: Mode, title: str, y_title: str, key: str) -> alt.LayerChart:
    """Draw a bar a unit: what it adds to the score; those that are silenced (``off``) are left as outlines.

    Parameters
    ----------
    effect, off : (U,), in the order in which units are silenced.
    """
    p = palette(mode)
    table = pd.DataFrame({"place": np.arange(len(effect)) + 1, "effect": effect, "off": np.asarray(off, bool)})
    table["color"] = np.where(table["effect"] >= 0, p["positive"], p["negative"])
    table["text"] = [
        minus(f"unit {k} adds {v:+.2f}{', and is silenced' if o else ''}")
        for k, v, o in zip(table["place"], effect, off, strict=True)
    ]
    table["x1"], table["x2"], table["zero"] = table["place"] - 0.4, table["place"] + 0.4, 0.0
    low, high = min(0.0, float(np.min(effect))), max(0.0, float(np.max(effect)))
    room = (high - low or 1.0) * 0.06
    x = alt.X("x1:Q", scale=alt.Scale(domain=[0.4, len(effect) + 0.6], nice=False),
              axis=axis("unit, in the order in which they're silenced", mode, tickMinStep=1, format="d"))  # fmt: skip
    y = alt.Y("effect:Q", scale=alt.Scale(domain=[low - room, high + room], nice=False),
              axis=axis(y_title, mode, format=PLAIN, grid=True, **ON_TOP))  # fmt: skip
    color = alt.Color("color:N", scale=None)
    tip = alt.Tooltip("text:N")
    layers = [
        alt.Chart(table[~table["off"]]).mark_bar().encode(x=x, x2="x2:Q", y=y, y2="zero:Q", color=color, tooltip=tip),
        alt.Chart(table[table["off"]]).mark_bar(filled=False, strokeDash=[3, 2], strokeWidth=1.2, fillOpacity=0).encode(
            x=x, x2="x2:Q", y=y, y2="zero:Q", stroke=color, tooltip=tip),
        alt.Chart(table[:1]).mark_rule(color=p["z"]).encode(y=alt.Y("zero:Q")),
    ]  # fmt: skip
    return finish(layers, mode, title, key, height=170)


def units_text(effect: np.ndarray, off: np.ndarray, title: str) -> str:
    """Return the text twin of `units`."""
    each = ", ".join(f"{v:+.2f}{' (silenced)' if o else ''}" for v, o in zip(effect[:5], off[:5], strict=True))
    return minus(f"{title}: {int(np.sum(off))} of {len(effect)} units silenced; the first add {each}.")


def bars(chances: np.ndarray, mode: Mode, title: str, key: str) -> alt.LayerChart:
    """Draw the probability of each digit."""
    p = palette(mode)
    table = pd.DataFrame({"digit": [str(k) for k in range(len(chances))], "p": chances})
    table["text"] = [f"{k}: {f'{v:.0%}' if v < 0.995 else 'nearly 100%'}" for k, v in enumerate(chances)]
    x = alt.X("digit:N", sort=None, axis=axis("digit", mode, labelAngle=0))
    y = alt.Y("p:Q", scale=alt.Scale(domain=[0, 1], nice=False),
              axis=axis("probability", mode, format=".0%", grid=True, tickCount=3, **ON_TOP))  # fmt: skip
    tip = alt.Tooltip("text:N")
    layer = alt.Chart(table).mark_bar(color=p["prediction"]).encode(x=x, y=y, tooltip=tip)
    return finish([layer], mode, title, key, height=105)


def bars_text(chances: np.ndarray, title: str) -> str:
    """Return the text twin of `bars`."""
    order = np.argsort(-chances, kind="stable")[:3]
    return f"{title}: {', '.join(f'{k} with {chances[k]:.0%}' for k in order)}."


def erasing(
    x: np.ndarray, shares: Mapping[str, np.ndarray], mode: Mode, title: str, key: list[str], x_title: str, y_title: str
) -> alt.LayerChart:
    """Draw how many answers stay while more and more pixels are erased: ``shares`` (S, n) by method, in four looks.

    None is blue or orange: on this page those say for and against.
    """
    inks = [palette(mode)[name] for name in ("gradient", "input", "text", "muted")]
    dashes = ([2, 3], [6, 4], [1, 0], [9, 3, 2, 3])
    looks = {name: Style(*look) for name, look in zip(shares, zip(inks, dashes, strict=True), strict=True)}
    return band(
        x,
        shares,
        mode,
        x_title=x_title,
        y_title=y_title,
        title=title,
        domain=(0.0, 1.0),
        looks=looks,
        key=key,
        height=210,
    )
