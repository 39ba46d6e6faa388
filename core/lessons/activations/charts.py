"""Eight trained networks side by side, and an activation with its slope."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.contour import segments
from core.charts.lines import Style, spread, styles
from core.charts.naming import minus, plain
from core.charts.pictures import STEPS, Extent, plane_pictures, ramp
from core.charts.playing import pack
from core.charts.theme import ON_TOP, PLAIN, SHAPES, Mode, axis, diverging, finish, palette

COLUMNS = 4
GAP, HEAD = 0.08, 0.3
"""Between panels, and for the words above each: shares of a panel's edge."""
ALONE = 1.5
"""How wide the picture of one panel is: its panel takes 1 of it."""
LOWEST, HIGHEST = 250, 380  # pixels
POINTS = 70
"""Examples drawn in a panel: the first so many."""


def side_by_side(
    panels: Mapping[str, np.ndarray],
    words: Mapping[str, str],
    extent: Extent,
    points: tuple[np.ndarray, np.ndarray],
    classes: Sequence[str],
    mode: Mode,
    title: str,
    said: str = "",
) -> alt.LayerChart:
    """Draw what each network answers at every point, a panel a network.

    Parameters
    ----------
    panels : by name, (side, side) probabilities of class 1, row 0 lowest.
    words : by name, what was measured of it.
    extent : the plane's edges in data units.
    points : X (n, 2) and class numbers (n,).
    said : what the words above each panel mean.
    """
    p, columns = palette(mode), COLUMNS if len(panels) > 1 else 1
    rows = -(-len(panels) // columns)
    head = HEAD if columns > 1 else HEAD / 2
    tall = 1 + head
    wide, high = columns * (1 + GAP) - GAP if columns > 1 else ALONE, rows * (tall + GAP) - GAP
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, wide], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, high], nice=False))
    sheets, heads, dots, borders = [], [], [], []
    X, labels = points[0][:POINTS], points[1][:POINTS].astype(int)
    share = (X - [extent[0], extent[2]]) / (np.array(extent[1::2]) - np.array(extent[::2]))
    inside = ((share > 0) & (share < 1)).all(1)
    for k, (name, answers) in enumerate(panels.items()):
        left, low = k % columns * (1 + GAP), (rows - 1 - k // columns) * (tall + GAP)
        pixels = pack(np.nan_to_num(answers, nan=0.5)[None], 0, 1, STEPS - 1)
        sheet = plane_pictures(pixels, (left, left + 1, low, low + 1), ramp(diverging(mode, 0.6)))
        sheets.append(sheet.assign(y=low, y2=low + 1, url=sheet["url"]))
        borders.append(border(answers, left, low))
        heads.append(
            {"x": left, "y": low + 1 + 0.53 * head, "low": low + 1 + 0.13 * head, "name": name, "words": words[name]}
        )
        dots.append(pd.DataFrame({"x": left + share[inside, 0], "y": low + share[inside, 1], "class": labels[inside]}))
    pictures = alt.Chart(pd.concat(sheets, ignore_index=True)).mark_image(aspect=False)
    heading = alt.Chart(pd.DataFrame(heads))
    left_low: dict[str, Any] = {"align": "left", "baseline": "bottom", "color": p["text"]}
    small = 12 if columns > 1 else 14
    scale = alt.Scale(domain=[0, 1], range=[p["class0"], p["class1"]])
    marks = alt.Chart(pd.concat(dots, ignore_index=True)).mark_point(
        size=12 if columns > 1 else 50, filled=True, opacity=1, stroke=p["background"], strokeWidth=0.4
    )
    line = alt.Chart(pd.concat(borders, ignore_index=True)).mark_rule(color=p["text"], strokeWidth=1.4)
    layers = [
        pictures.encode(x=x, x2=alt.X2("x2:Q"), y=y, y2=alt.Y2("y2:Q"), url=alt.Url("url:N")),
        line.encode(x=x, x2=alt.X2("x2:Q"), y=y, y2=alt.Y2("y2:Q")),
        marks.encode(
            x=x, y=y, fill=alt.Color("class:N", scale=scale, legend=None),
            shape=alt.Shape("class:N", scale=alt.Scale(domain=[0, 1], range=list(SHAPES[:2])), legend=None),
        ),
        heading.mark_text(fontSize=small, fontWeight=600, **left_low).encode(x=x, y=y, text=alt.Text("name:N")),
        heading.mark_text(fontSize=small, **left_low).encode(x=x, y=alt.Y("low:Q"), text=alt.Text("words:N")),
    ]  # fmt: skip
    key = [
        *([said] if said else []),
        f"■ {classes[0]}   ● {classes[1]}",
        "color: the answer, fading where it's unsure",
        "line: it can't decide",
    ]
    # as high as makes the panels square, within what a telephone's letters and a notebook's screen allow
    height = alt.param(name="height", expr=f"clamp(width * {high / wide:.4f}, {LOWEST}, {HIGHEST})")
    return finish(layers, mode, title, key, params=[height])


def border(answers: np.ndarray, left: float, low: float) -> pd.DataFrame:
    """Where a network changes its answer: straight pieces in a panel of edge 1 whose lower left corner is given."""
    pieces = (segments(answers[None], 0.5)[0] + 0.5) / len(answers) + [left, low]
    x, y = pieces.round(3).reshape(-1, 2, 2).transpose(2, 0, 1)
    return pd.DataFrame({"x": x[:, 0], "x2": x[:, 1], "y": y[:, 0], "y2": y[:, 1]})


def side_by_side_text(words: Mapping[str, str], title: str) -> str:
    """The text twin of ``side_by_side``."""
    return f"{title}. " + ", ".join(f"{name}: {says}" for name, says in words.items()) + "."


def curves(
    z: np.ndarray,
    lines: Mapping[str, np.ndarray],
    at: float,
    values: Mapping[str, float],
    mode: Mode,
    title: str,
    y_title: str,
    domain: tuple[float, float],
) -> alt.LayerChart:
    """Draw activations, or their slopes, over z with a dot on each at one z.

    Parameters
    ----------
    z : (n,).
    lines : by name, (n,).
    values : by name, the value at the dot.
    """
    p, looks = palette(mode), looks_of(list(lines), mode)
    parts = [pd.DataFrame({"name": n, "z": z, "y": np.clip(v, *domain)}) for n, v in lines.items()]
    inks = alt.Scale(domain=list(lines), range=[look.color for look in looks.values()])
    dashes = alt.Scale(domain=list(lines), range=[look.dash for look in looks.values()])
    ends_and_middle = [round(float(v), 2) for v in (z[0], (z[0] + z[-1]) / 2, z[-1])]
    across = axis("z", mode, values=ends_and_middle, format=PLAIN)
    x = alt.X("z:Q", scale=alt.Scale(domain=[float(z[0]), float(z[-1])], nice=False), axis=across)
    y = alt.Y("y:Q", scale=alt.Scale(domain=list(domain), nice=False, zero=False),
              axis=axis(y_title, mode, grid=True, format=PLAIN, **ON_TOP))  # fmt: skip
    color = alt.Color("name:N", scale=inks, legend=None)
    names = list(lines)
    heights = np.array([np.clip(lines[n][-1], *domain) for n in names])
    room = (domain[1] - domain[0]) / 230 * 15
    ends = pd.DataFrame({"name": names, "z": z[-1], "y": spread(heights, room, domain[0])})
    dots = pd.DataFrame({"name": names, "z": at, "y": [np.clip(values[n], *domain) for n in names]})
    layers = [
        alt.Chart(pd.DataFrame({"z": [at]})).mark_rule(color=p["z"], strokeDash=[4, 4]).encode(x=x),
        alt.Chart(pd.concat(parts, ignore_index=True)).mark_line(strokeWidth=2.6, clip=True).encode(
            x=x, y=y, color=color, strokeDash=alt.StrokeDash("name:N", scale=dashes, legend=None)
        ),
        alt.Chart(dots).mark_point(filled=True, size=110, opacity=1).encode(x=x, y=y, color=color),
        alt.Chart(ends).mark_text(align="left", dx=6, fontSize=13, fontWeight=600).encode(
            x=x, y=y, text=alt.Text("name:N"), color=color
        ),
    ]  # fmt: skip
    key = [minus(f"{name} {plain(v, 4)}") for name, v in values.items()]
    return finish(layers, mode, title, key, height=230, right=8)


def looks_of(names: Sequence[str], mode: Mode) -> dict[str, Style]:
    """The chosen one is solid green, as activations are; the other one dashed."""
    found = styles(names, mode)
    first = names[0]
    return {**found, first: Style(palette(mode)["activation"], [1, 0])} | (
        {names[1]: Style(palette(mode)["positive"], [6, 4])} if len(names) > 1 else {}
    )


def curves_text(title: str, at: float, values: Mapping[str, float]) -> str:
    """The text twin of ``curves``."""
    return minus(f"{title} at z = {at:.2f}: " + ", ".join(f"{name} {v:.4g}" for name, v in values.items()) + ".")
