"""What each layer has folded, one curve above the other, and what that costs."""

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.lines import Style
from core.charts.rim import rimmed
from core.charts.theme import Mode, axis, finish, palette

GAP = 1.45
"""From one curve's floor to the next one's."""


def folds(curves: Sequence[tuple[np.ndarray, np.ndarray]], at: float, way: np.ndarray, mode: Mode) -> alt.LayerChart:
    """Draw the curve after each layer, the first one on top, with the way of one input through them.

    Parameters
    ----------
    curves : for each layer the ends and corners of its curve, x and y.
    at, way : the input that is followed, and what it is after each layer, (layers,).
    """
    p, count = palette(mode), len(curves)
    floors = GAP * (count - 1 - np.arange(count))
    across = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[0, 1.06], nice=False),
        axis=axis("input x", mode, values=[0, 0.25, 0.5, 0.75, 1], format=".2~f"),
    )
    up = alt.Y("y:Q", scale=alt.Scale(domain=[-0.12, GAP * count], nice=False), axis=None)
    lines = pd.concat(
        [pd.DataFrame({"layer": k, "x": x, "y": (y + floors[k]).round(4)}) for k, (x, y) in enumerate(curves)]
    )
    base = alt.Chart(lines).encode(x=across, y=up, detail="layer:N")
    words = [f"after layer {k + 1}" for k in range(count)]
    heads = pd.DataFrame({"x": 0.0, "y": floors + 1.17, "words": words})
    dots = pd.DataFrame({"x": at, "y": way + floors, "words": [f"{v:.2f}" for v in way]})
    floor = pd.DataFrame({"x": 0.0, "x2": 1.0, "y": floors})
    dot = alt.Chart(dots).encode(x=across, y=up)
    layers = [
        alt.Chart(floor).mark_rule(color=p["grid"]).encode(x=across, x2="x2:Q", y=up),
        alt.Chart(pd.DataFrame({"x": [at]})).mark_rule(color=p["input"], strokeDash=[4, 4]).encode(x=across),
        base.mark_line(color=p["prediction"], strokeWidth=2.2),
        alt.Chart(heads).mark_text(align="left", fontSize=12, color=p["muted"]).encode(x=across, y=up, text="words:N"),
        dot.mark_point(filled=True, size=70, opacity=1, color=p["input"]),
        *rimmed(
            dot.encode(text="words:N"),
            mode,
            color=p["prediction"],
            align="left",
            dx=8,
            dy=-2,
            fontSize=13,
            fontWeight=600,
        ),
    ]
    key = "dashed: your x; numbers: what each layer makes of it"
    return finish(layers, mode, "Each layer folds what the layer before has drawn", key, height=70 + 62 * count)


def folds_text(way: Sequence[float] | np.ndarray, at: float, count: int) -> str:
    """Return the text twin of `folds`."""
    steps = ", ".join(f"{v:.2f}" for v in way)
    what = f"The curve after each layer; the last one has {count} straight pieces."
    return f"{what} x = {at:.2f} becomes {steps}."


def sizes(values: Mapping[str, int], mode: Mode) -> alt.LayerChart:
    """Draw how many hidden units two networks need for the same curve."""
    p, names = palette(mode), list(values)
    most = max(values.values())
    inks = [p["prediction"], p["muted"]]
    table = pd.DataFrame(
        {"name": names, "units": list(values.values()), "words": [f"{v:,}" for v in values.values()], "color": inks}
    )
    order = alt.Y("name:N", sort=names, axis=axis("", mode, labelLimit=200))
    across = alt.X("units:Q", scale=alt.Scale(domain=[0, 1.2 * most], nice=False), axis=None)
    base = alt.Chart(table).encode(x=across, y=order)
    layers = [
        base.mark_bar(height=14).encode(color=alt.Color("color:N", scale=None)),
        base.mark_text(align="left", dx=6, fontSize=13, fontWeight=600, color=p["text"]).encode(text="words:N"),
    ]
    return finish(layers, mode, "Hidden units for this curve", height=70)


def sizes_text(values: Mapping[str, int]) -> str:
    """Return the text twin of `sizes`."""
    return "Hidden units for this curve: " + ", ".join(f"{name} {v:,}" for name, v in values.items()) + "."


def looks(mode: Mode) -> dict[str, Style]:
    """Return how the target and the trained curves look."""
    p = palette(mode)
    return {"target": Style(p["target"], [2, 4]), "trained": Style(p["prediction"], [1, 0])}
