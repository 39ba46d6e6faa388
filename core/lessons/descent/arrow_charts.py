"""The parts of the walker's next step as arrows, all of a walk at one scale, so that longer means larger."""

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.pictures import Extent
from core.charts.playing import now
from core.charts.theme import Mode, palette

LONG = 0.2
"""The length of arrows that show only directions, and of a walk's long ones, as a share of the plane."""
FAINT = 1e-9
"""A part shorter than this share of the plane has no direction worth an arrow."""
USUAL = 0.9
"""The share of a walk's steps whose arrows are no longer than `LONG`; the first few may leave the picture."""
TIMES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def half(extent: Extent) -> np.ndarray:
    """Return half of the plane's width and height."""
    return np.array([extent[1], extent[3]])


def magnified(path: np.ndarray, parts: Mapping[str, np.ndarray], frames: Sequence[int], extent: Extent) -> int:
    """Return how many times as long as they are the arrows of a whole walk are drawn.

    Parameters
    ----------
    path : (T + 1, 2); steps that begin outside the plane don't count.
    parts : by name, (T, 2).
    frames : the steps after which the walk is seen.
    """
    steps = np.array([k for k in frames if k < len(path) - 1 and (np.abs(path[k]) <= half(extent)).all()], int)
    lengths = [np.linalg.norm(v[steps] / half(extent), axis=1) for v in parts.values()]
    usual = float(np.quantile(np.max(lengths, axis=0), USUAL)) if len(steps) else 0.0
    fit = [times for times in TIMES if times * usual <= 2 * LONG]
    return fit[-1] if fit and usual > FAINT else TIMES[0]


def arrow_ends(
    places: np.ndarray, parts: Mapping[str, np.ndarray], times: int | None, extent: Extent
) -> dict[str, np.ndarray]:
    """Return where each part's arrow ends, (F, 2) each, given where the arrows begin.

    Parameters
    ----------
    times : how many times as long as it is each part is drawn; None: each `LONG`, only its direction counts.
    """
    if times is not None:
        return {name: places + times * v for name, v in parts.items()}
    ends = {}
    for name, v in parts.items():
        lengths = np.linalg.norm(v / half(extent), axis=1)
        ends[name] = places + v * (2 * LONG / np.where(lengths > FAINT, lengths, np.inf))[:, None]
    return ends


def scale_words(times: int | None) -> str:
    """Say how long the arrows are."""
    if times is None:
        return "arrows, showing directions only:"
    return "arrows at their true length:" if times == 1 else f"arrows at {times:,} times their true length:"


def arrows(
    path: np.ndarray, parts: Mapping[str, np.ndarray], times: int | None, extent: Extent, frames: Sequence[int],
    mode: Mode, x: alt.X, y: alt.Y,
) -> list[alt.Chart]:  # fmt: skip
    """Draw the parts of the step that follows each frame, a shaft and a head each; after the last step, none."""
    p = palette(mode)
    looks = {
        "gradient": (p["gradient"], 2.5, [1, 0]),
        "memory": (p["activation"], 2.5, [5, 3]),
        "step": (p["text"], 4, [1, 0]),
    }
    places = np.clip(np.nan_to_num(path[frames], nan=1e3, posinf=1e3, neginf=-1e3), -1e3, 1e3)
    to_come = {name: np.nan_to_num(np.vstack([v, [0, 0]])[frames], posinf=0, neginf=0) for name, v in parts.items()}
    ends = arrow_ends(places, to_come, times, extent)
    layers = []
    for name in sorted(ends, key=lambda n: n != "step"):
        color, width, dash = looks[name]
        far, end = places.round(4), np.clip(ends[name], -1e3, 1e3).round(4)
        row = {"xs": far[:, 0].tolist(), "ys": far[:, 1].tolist(), "us": end[:, 0].tolist(), "vs": end[:, 1].tolist()}
        base = alt.Chart(pd.DataFrame([row])).transform_calculate(x=now("xs"), y=now("ys"), u=now("us"), v=now("vs"))
        shaft = base.mark_rule(color=color, strokeWidth=width, strokeDash=dash, clip=True)
        layers.append(shaft.encode(x=x, y=y, x2=alt.X2("u:Q"), y2=alt.Y2("v:Q")))
        head = alt.Chart(pd.DataFrame([row])).transform_calculate(x=now("us"), y=now("vs")).encode(x=x, y=y)
        layers.append(head.mark_point(filled=True, color=color, size=60, opacity=1, shape="diamond", clip=True))
    return layers
