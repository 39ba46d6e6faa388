"""How z spreads over the examples, layer above layer, while a network trains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.playing import epoch_param, now
from core.charts.theme import PLAIN, Mode, axis, finish, palette

TALL = 0.86
"""How high a full bar stands in its row."""
HEIGHT = 300


def histograms(
    shares: np.ndarray,
    layers: Sequence[int],
    spreads: np.ndarray,
    edge: float,
    mode: Mode,
    title: str,
    quantity: str,
    start: int = 0,
) -> alt.LayerChart:
    """Draw one unit's z as a histogram in each layer, the first at the top, playing.

    Parameters
    ----------
    shares : (F, layers, bins) the share of the examples in each bin from ``-edge`` to ``edge``.
    layers : their numbers.
    spreads : (F, layers) the standard deviations that stand beside them.
    quantity : whose color the bars have.
    """
    p, bins = palette(mode), shares.shape[2]
    ends = np.linspace(-edge, edge, bins + 1).round(4)
    x = alt.X("x:Q", scale=alt.Scale(domain=[-edge, edge], nice=False), axis=axis("z", mode, format=PLAIN))
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, len(layers)], nice=False), axis=None)
    foot = [len(layers) - 1 - k for k in range(len(layers))]
    rows = [
        {
            "x": ends[b],
            "x2": ends[b + 1],
            "y": foot[k],
            "tops": (foot[k] + TALL * np.sqrt(shares[:, k, b])).round(3).tolist(),
        }
        for k in range(len(layers))
        for b in range(bins)
        if shares[:, k, b].any()
    ]
    bars = alt.Chart(pd.DataFrame(rows)).transform_calculate(top=now("tops"))
    lines = pd.DataFrame({"y": foot, "x": -edge, "x2": edge})
    words = [
        {"x": -edge, "y": foot[k] + 0.62, "words": [f"layer {layers[k]}"] * len(shares)} for k in range(len(layers))
    ]
    said = [
        {"x": edge, "y": foot[k] + 0.62, "words": [f"spread {v:.2f}" for v in spreads[:, k]]}
        for k in (0, len(layers) - 1)
    ]
    floor = alt.Chart(lines).mark_rule(color=p["grid"]).encode(x=x, x2=alt.X2("x2:Q"), y=y)
    layered = [
        floor,
        bars.mark_rect(color=p[quantity], clip=True).encode(x=x, x2=alt.X2("x2:Q"), y=y, y2=alt.Y2("top:Q")),
    ]
    sides: list[tuple[Any, Any, str]] = [(words, "left", p["muted"]), (said, "right", p["text"])]
    for table, side, color in sides:
        text = alt.Chart(pd.DataFrame(table)).transform_calculate(now=now("words"))
        layered.append(
            text.mark_text(align=side, fontSize=12, fontWeight=600, color=color).encode(x=x, y=y, text="now:N")
        )
    return finish(layered, mode, title, params=[epoch_param(len(shares), start)], height=HEIGHT)


def histograms_text(title: str, layers: Sequence[int], spreads: np.ndarray, at: int) -> str:
    """Return the text twin of `histograms` at one frame."""
    each = ", ".join(f"layer {k}: {v:.2f}" for k, v in zip(layers, spreads[at], strict=True))
    return f"{title}. How far z spreads over the examples: {each}."


def answers(said: np.ndarray, use: float, mode: Mode, title: str) -> alt.LayerChart:
    """Draw what one example was answered among other companions, and the one answer in use as a line.

    Parameters
    ----------
    said : (n,) probabilities in training mode.
    use : the probability in evaluation mode.
    """
    p = palette(mode)
    counts, ends = np.histogram(said, bins=25, range=(0, 1))
    table = pd.DataFrame({"x": ends[:-1], "x2": ends[1:], "count": counts})
    x = alt.X(
        "x:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=axis("probability of class 1", mode, format=PLAIN)
    )
    y = alt.Y(
        "count:Q",
        axis=axis(
            "batches", mode, grid=True, titleAngle=0, titleAlign="left", titleAnchor="end", titleY=-10, titleX=-30
        ),
    )
    bars = alt.Chart(table).mark_bar(color=p["prediction"]).encode(x=x, x2=alt.X2("x2:Q"), y=y)
    rule = (
        alt.Chart(pd.DataFrame({"x": [use]})).mark_rule(color=p["text"], strokeDash=[5, 4], strokeWidth=2).encode(x=x)
    )
    return finish([bars, rule], mode, title, "dashed: the answer in evaluation mode", height=200)


def answers_text(said: np.ndarray, use: float) -> str:
    """Return the text twin of `answers`."""
    low, high = np.quantile(said, [0.1, 0.9])
    return f"Among other companions most answers run from {low:.3g} to {high:.3g}; in use it is {use:.3g}."
