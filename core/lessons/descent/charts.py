"""Seven walkers on one surface, each step of one of them opened, and who arrives first."""

from collections.abc import Mapping, Sequence
from string import ascii_uppercase

import altair as alt
import numpy as np
import pandas as pd

from core.charts.choosing import spots
from core.charts.naming import counted, written
from core.charts.pictures import Extent, plane_pictures, ramp
from core.charts.plane import axes
from core.charts.playing import NAME, epoch_param, now, pack
from core.charts.theme import CLASS_COLORS, MORE_COLORS, Mode, axis, finish, palette, sequential
from core.lessons.descent.arrow_charts import arrows, magnified, scale_words
from core.lessons.descent.study import TITLES

BANDS = 14
CELLS = 40
"""Places along each edge that can be clicked."""
USUAL = {
    "sgd": "S", "momentum": "M", "nesterov": "N", "adagrad": "G", "rmsprop": "R", "adam": "A", "adamw": "W",
}  # fmt: skip
PARTS = {"gradient": "against the gradient", "memory": "memory", "step": "the step taken"}


def letters(titles: Mapping[str, str]) -> dict[str, str]:
    """Return a letter for each optimizer: the usual one, or for a new one the first of its title that is free.

    >>> letters({"adam": "Adam", "lion": "Lion", "lars": "LARS"})
    {'adam': 'A', 'lion': 'L', 'lars': 'B'}
    """
    found = {name: USUAL[name] for name in titles if name in USUAL}
    for name, title in titles.items():
        free = [
            c for c in title.upper() + ascii_uppercase if c.isalpha() and c not in {*USUAL.values(), *found.values()}
        ]
        found.setdefault(name, free[0])
    return found


LETTERS = letters(TITLES)


def inks(mode: Mode) -> dict[str, str]:
    """Return the color of each optimizer."""
    return dict(zip(LETTERS, [*CLASS_COLORS[mode], *MORE_COLORS[mode]], strict=False))


def surface_map(
    plane: np.ndarray,
    extent: Extent,
    paths: Mapping[str, np.ndarray],
    chosen: str,
    parts: Mapping[str, np.ndarray],
    adds: bool,
    frames: Sequence[int],
    mode: Mode,
    title: str,
    start: int = 0,
) -> alt.LayerChart:
    """Draw the walkers on the ground, with the trail of one and the parts of its next step as arrows.

    Parameters
    ----------
    plane : (side, side) losses at the cell centers, row 0 lowest.
    paths : by optimizer, (T + 1, 2).
    parts : by `PARTS`, (T, 2): what goes into each step of the chosen one.
    adds : whether the first two parts add up to the third; if not, only their directions are drawn.
    frames : the steps after which the walkers are seen.
    """
    p = palette(mode)
    x, y = axes(extent, ("x", "y"), mode)
    layers = [_ground(plane, extent, mode, x, y), _trail(paths[chosen], frames, p["text"], x, y)]
    times = magnified(paths[chosen], parts, frames, extent) if adds else None
    layers += arrows(paths[chosen], parts, times, extent, frames, mode, x, y)
    layers += _walkers(paths, chosen, frames, extent, mode, x, y)
    layers.append(spots(extent, x, y, CELLS))
    key = [
        "redder: higher loss. Letters as in the bars" if len(paths) > 1 else "redder: higher loss",
        scale_words(times),
        f"violet: downhill{', green dashed: memory' * ('memory' in parts)}, thick: the next step",
    ]
    return finish(layers, mode, title, key, params=[epoch_param(len(frames), start)], height=380)


def _ground(plane: np.ndarray, extent: Extent, mode: Mode, x: alt.X, y: alt.Y) -> alt.Chart:
    """Bands of equal loss, equally far apart in the root of the loss, as a bowl's would be."""
    roots = np.sqrt(plane)
    bands = np.minimum(pack(roots[None], 0.0, float(roots.max()), BANDS), BANDS - 1)
    table = plane_pictures(bands, extent, ramp(sequential(mode, "loss", 0.55), BANDS))
    sheet = alt.Chart(table).transform_calculate(y2="datum.top", y="datum.top - datum.tall")
    picture = sheet.mark_image(aspect=False, clip=True)
    return picture.encode(x=x, x2=alt.X2("x2:Q"), y=y, y2=alt.Y2("y2:Q"), url=alt.Url("url:N"))


def _trail(path: np.ndarray, frames: Sequence[int], color: str, x: alt.X, y: alt.Y) -> alt.Chart:
    """The way of one walker up to the current frame."""
    steps = np.arange(len(path))
    table = pd.DataFrame({"k": steps, "f": np.searchsorted(frames, steps), "x": path[:, 0], "y": path[:, 1]})
    table = table[np.isfinite(path).all(axis=1)].round(4)
    line = alt.Chart(table).transform_filter(f"datum.f <= {NAME}")
    return line.mark_line(color=color, strokeWidth=1.6, clip=True, point={"color": color, "size": 16}).encode(
        x=x, y=y, order=alt.Order("k:Q")
    )


def _walkers(
    paths: Mapping[str, np.ndarray], chosen: str, frames: Sequence[int], extent: Extent, mode: Mode, x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    """A dot with its letter for each optimizer; the chosen one larger and on top."""
    ordered = [name for name in paths if name != chosen] + [chosen]
    far = 3 * extent[1]
    at = [np.clip(np.nan_to_num(paths[name][frames], nan=far), -far, far).round(4) for name in ordered]
    table = pd.DataFrame(
        {
            "name": ordered,
            "letter": [LETTERS[name] for name in ordered],
            "color": [inks(mode)[name] for name in ordered],
            "size": [460 if name == chosen else 220 for name in ordered],
            "xs": [place[:, 0].tolist() for place in at],
            "ys": [place[:, 1].tolist() for place in at],
        }
    )
    layers = []
    for k in range(len(table)):  # a layer each: where two meet, the upper dot covers the lower one's letter
        base = alt.Chart(table.iloc[[k]]).transform_calculate(x=now("xs"), y=now("ys"))
        dot = base.mark_point(filled=True, opacity=1, stroke=palette(mode)["background"], strokeWidth=1.5, clip=True)
        letter = base.mark_text(fontSize=11, fontWeight=700, color=palette(mode)["background"], clip=True)
        layers += [
            dot.encode(x=x, y=y, color=alt.Color("color:N", scale=None), size=alt.Size("size:Q", scale=None)),
            letter.encode(x=x, y=y, text=alt.Text("letter:N")),
        ]
    return layers


def surface_map_text(title: str, paths: Mapping[str, np.ndarray], chosen: str, step: int) -> str:
    """Return the text twin of `surface_map` after so many steps."""
    at = {TITLES[name]: [written(float(v), ".2f") for v in path[step]] for name, path in paths.items()}
    places = ", ".join(f"{name} at ({x}, {y})" for name, (x, y) in at.items())
    name = TITLES[chosen]
    return f"{title}: walkers from one start, {name} with its trail. After {counted(step, 'step')}: {places}."


def race_bars(needed: Mapping[str, float], chosen: str, most: int, mode: Mode) -> alt.LayerChart:
    """Draw the steps that each optimizer needs to arrive; a bar to the edge for those that never do.

    Parameters
    ----------
    needed : by name; NaN for never.
    """
    p = palette(mode)
    rows = []
    for name, v in needed.items():
        row = {"name": f"{TITLES[name]} ({LETTERS[name]})", "steps": v, "words": f"{v:.0f}", "opacity": 1.0}
        if not np.isfinite(v):
            row |= {"steps": most, "words": f"not in {most:,}", "opacity": 0.25}
        rows.append(row | {"color": inks(mode)[name], "edge": 2.5 if name == chosen else 0.0})
    table = pd.DataFrame(rows)
    order = alt.Y("name:N", sort=list(table["name"]), axis=axis("", mode, labelLimit=120))
    across = alt.X("steps:Q", scale=alt.Scale(domain=[0, most * 1.2], nice=False), axis=None)
    bar = alt.Chart(table).mark_bar(height=14, stroke=p["text"]).encode(
        x=across, y=order, color=alt.Color("color:N", scale=None), opacity=alt.Opacity("opacity:Q", scale=None),
        strokeWidth=alt.StrokeWidth("edge:Q", scale=None),
    )  # fmt: skip
    layers = [bar]
    for part, side in ((table[table["opacity"] == 1], 1), (table[table["opacity"] < 1], -1)):
        label = alt.Chart(part).mark_text(
            align="left" if side > 0 else "right", dx=6 * side, fontSize=13, fontWeight=600, color=p["text"]
        )
        layers.append(label.encode(x=across, y=order, text=alt.Text("words:N")))
    return finish(layers, mode, "Steps to arrive", height=190)


def race_bars_text(needed: Mapping[str, float]) -> str:
    """Return the text twin of `race_bars`."""
    steps = {TITLES[name]: f"{v:.0f}" if np.isfinite(v) else "never" for name, v in needed.items()}
    each = ", ".join(f"{name} {words}" for name, words in steps.items())
    return f"Steps that each optimizer needs: {each}."
