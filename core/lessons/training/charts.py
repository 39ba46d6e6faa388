"""One weight's step, written in a picture that plays with the run."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.charts.playing import epoch_param, now
from core.charts.theme import Mode, finish, palette

ROW, VALUES = 26, 0.31  # pixels; where the values begin, as a share of the width


def step_picture(lines: dict[str, list[str]], up: list[bool], key: Sequence[str], mode: Mode) -> alt.LayerChart:
    """Write the lines of the current frame; ``up``: at which the weight is above zero, ``key``: what the names mean."""
    p = palette(mode)
    inks = {"gradient": [p["gradient"]] * len(up), "weight": [p["positive" if u else "negative"] for u in up]}
    table = pd.DataFrame([
        {"row": row, "name": name, "words": texts, "inks": inks.get(name, [p["text"]] * len(up))}
        for row, (name, texts) in enumerate(lines.items())
    ])  # fmt: skip
    y = alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[-0.5, len(lines) - 0.5], reverse=True, nice=False))
    left: dict[str, Any] = {"align": "left", "baseline": "middle"}
    span = alt.Scale(domain=[0, 1], nice=False)
    base = alt.Chart(table).transform_calculate(now=now("words"), ink=now("inks"))
    layers = [
        base.mark_text(**left, fontSize=13, color=p["muted"]).encode(
            x=alt.X(datum=0, type="quantitative", scale=span, axis=None), y=y, text=alt.Text("name:N")
        ),
        base.mark_text(**left, fontSize=15, fontWeight=600).encode(
            x=alt.X(datum=VALUES, type="quantitative", scale=span, axis=None), y=y, text=alt.Text("now:N"),
            color=alt.Color("ink:N", scale=None),
        ),
    ]  # fmt: skip
    parameters = [epoch_param(len(up))]
    return finish(layers, mode, "One weight's step", list(key), params=parameters, height=ROW * len(lines))


def step_text(lines: dict[str, list[str]], frame_: int) -> str:
    """The text twin of `step_picture`, at one frame."""
    return "One weight's step. " + "; ".join(f"{name}: {texts[frame_]}" for name, texts in lines.items()) + "."
