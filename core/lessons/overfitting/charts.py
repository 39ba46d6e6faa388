"""Losses by size, where a size can be clicked; one network beside its twins; and where to stop a run."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.band import Rule, band
from core.charts.choosing import chosen
from core.charts.curves import curves
from core.charts.fitted import curve1d
from core.charts.lines import Style
from core.charts.plane import boundary
from core.charts.playing import at_rest
from core.charts.theme import DASHES, ON_TOP, Mode, axis, palette

TOPS = {"curve": 0.4, "boundary": 2.5}
"""Upper ends of the loss axes; what lies beyond is drawn at the edge."""
Y_ENDS = (-1.9, 1.9)
"""Ends of the vertical axis under a curve."""


def looks(mode: Mode) -> dict[str, Style]:
    """Return how the three losses look."""
    p = palette(mode)
    ways = zip(("train", "test", "loss"), (DASHES[0], DASHES[1], DASHES[2]), strict=True)
    return {
        name: Style(p[ink], dash) for name, (ink, dash) in zip(("training", "test", "stopped early"), ways, strict=True)
    }


def by_size(
    sizes: Sequence[int],
    losses: Mapping[str, np.ndarray],
    count: int,
    top: float,
    mode: Mode,
    title: str,
    key: list[str],
    floor: tuple[float, str] | None = None,
) -> alt.LayerChart:
    """Draw losses over the number of units; a click on a size chooses it.

    Parameters
    ----------
    losses : by name, (S, sizes).
    count : the size that is chosen.
    floor : the lowest loss that new examples allow, and what to call it.
    """
    p, x = palette(mode), np.array(sizes, float)
    made: Any = band(
        x, losses, mode, x_title="hidden units in each of two layers", y_title="loss", title=title, domain=(0.0, top),
        log_x=True, points=True, looks={n: s for n, s in looks(mode).items() if n in losses},
        key=key + ([floor[1]] if floor else []), ticks=sizes, all_ticks=True, rules=[Rule(count, "")], height=230,
    )  # fmt: skip
    more: list[alt.Chart] = []
    if floor:
        level = alt.Chart(pd.DataFrame({"y": [floor[0]]}))
        line = level.mark_rule(color=p["muted"], strokeDash=[1, 4], strokeCap="round", strokeWidth=1.5)
        more.append(line.encode(y="y:Q"))
    made.layer = [*made.layer, *more, _strips(x, losses)]
    return made


def _strips(sizes: np.ndarray, losses: Mapping[str, np.ndarray]) -> alt.Chart:
    """Invisible strips, one a size: where the mouse rests, its losses; a click gives its ``units``."""
    edges = np.concatenate([sizes[:1], np.sqrt(sizes[1:] * sizes[:-1]), sizes[-1:]])
    middles = {name: np.median(runs, axis=0) for name, runs in losses.items()}
    words = [
        f"{size:.0f} {'unit' if size == 1 else 'units'} a layer: "
        + ", ".join(f"{name} {middle[k]:.3f}" for name, middle in middles.items())
        for k, size in enumerate(sizes)
    ]
    table = pd.DataFrame({"units": sizes.astype(int), "x": edges[:-1], "x2": edges[1:], "words": words})
    mark = alt.Chart(table).mark_rect(opacity=0.001, fill="#808080", stroke=None, cursor="pointer")
    tooltip = alt.Tooltip("words:N", title="loss")
    return mark.encode(x="x:Q", x2=alt.X2("x2:Q"), tooltip=tooltip).add_params(chosen("size", ["units"]))


def fits(
    frames: np.ndarray,
    others: np.ndarray,
    x: np.ndarray,
    train: tuple[np.ndarray, np.ndarray],
    mode: Mode,
    title: str,
    key: str = "",
    truth: np.ndarray | None = None,
    start: int = 0,
) -> alt.LayerChart:
    """Draw a network's curve through its points, and faintly those of networks with other examples, (S, P)."""
    made: Any = curve1d(
        frames, x, train, None, mode, truth=truth, y_domain=Y_ENDS, title=title, height=230, start=start
    )
    made = made if len(frames) > 1 else at_rest(made)
    if len(others):
        across = alt.X("x:Q", axis=axis("input x", mode))
        up = alt.Y("y:Q", axis=axis("target y", mode, grid=True, **ON_TOP))
        table = pd.DataFrame(
            {
                "seed": np.repeat(np.arange(len(others)), len(x)),
                "x": np.tile(x, len(others)),
                "y": others.ravel().round(3),
            }
        )
        faint = alt.Chart(table).mark_line(clip=True, color=palette(mode)["prediction"], opacity=0.22, strokeWidth=1)
        made.layer = [faint.encode(x=across, y=up, detail="seed:N"), *made.layer]
        made.title.subtitle = [*made.title.subtitle, key]
    return made


def plane(
    frames: np.ndarray,
    extent: tuple[float, float, float, float],
    train: Any,
    test: Any,
    names: Sequence[str],
    mode: Mode,
    title: str,
    start: int = 0,
) -> alt.LayerChart:
    """Draw a boundary, as high as it is wide."""
    made: Any = boundary(frames, extent, train, test, mode, classes=names, title=title, start=start)
    made.title.subtitle = [part for line in made.title.subtitle for part in line.split(" · ")]  # the column is narrow
    return made if len(frames) > 1 else at_rest(made)


def stopping(
    epochs: np.ndarray,
    frames: np.ndarray,
    losses: Mapping[str, np.ndarray],
    stop: int,
    top: float,
    mode: Mode,
    words: str,
    start: int,
    height: int = 200,
) -> alt.LayerChart:
    """Draw the losses of a run, and the epoch of the lowest validation loss if that is among them."""
    title = "Loss over the epochs"
    made: Any = curves(epochs, frames, losses, mode, domain=(0.0, top), start=start, height=height, title=title)
    if "validation" in losses:
        p = palette(mode)
        mark = alt.Chart(pd.DataFrame({"at": [stop], "words": [words]}))
        line = mark.mark_rule(color=p["text"], strokeDash=[5, 4], strokeWidth=1.5).encode(x="at:Q")
        text = mark.mark_text(align="left", baseline="top", dx=5, y=0, fontSize=12, fontWeight=600, color=p["text"])
        made.layer = [*made.layer, line, text.encode(x="at:Q", text="words:N")]
    return made
