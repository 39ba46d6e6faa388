"""The numbers of one step in a table that plays, written as people write them."""

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.naming import minus, plain, scientific
from core.charts.playing import epoch_param, now
from core.charts.theme import Mode, finish, palette
from core.lessons.descent.worked import TINY

INKS = {"g": "gradient", "v": "activation", "m̂": "activation", "√v̂": "z", "√s": "z"}
"""The quantity whose color a row of the table has, by its letter."""


def state_table(
    rows: Mapping[str, np.ndarray], frames: Sequence[int], mode: Mode, title: str, start: int = 0
) -> alt.LayerChart:
    """Draw the numbers of the step that follows each frame: a row a quantity, x and y beside each other.

    Parameters
    ----------
    rows : by name, (T, 2); the first word is the quantity's color where it has one.
    """
    p = palette(mode)
    most = len(next(iter(rows.values())))
    steps = np.minimum(frames, most - 1)
    table = pd.DataFrame(
        [
            {"row": k, "column": 0.62 + 0.34 * c, "values": [rounded(v) for v in of[steps, c]],
             "color": p[INKS.get(name.split(" ")[-1], "text")]}
            for k, (name, of) in enumerate(rows.items()) for c in range(2)
        ]
    )  # fmt: skip
    x = alt.X("column:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None)
    y = alt.Y("row:Q", scale=alt.Scale(domain=[len(rows) - 0.5, -1.5], nice=False), axis=None)
    which = pd.DataFrame([{"column": 0.0, "row": -1, "values": [step_name(k, most) for k in frames]}])
    heads = pd.DataFrame({"column": [0.62, 0.96], "row": [-1, -1], "words": ["x", "y"]})
    names = pd.DataFrame({"column": 0.0, "row": range(len(rows)), "words": list(rows)})
    moving = [alt.Chart(each).transform_calculate(words=now("values")) for each in (which, table)]
    layers = [
        moving[0].mark_text(align="left", fontSize=13, color=p["muted"]).encode(x=x, y=y, text="words:N"),
        alt.Chart(heads).mark_text(align="right", fontSize=13, color=p["muted"]).encode(x=x, y=y, text="words:N"),
        alt.Chart(names).mark_text(align="left", fontSize=13, color=p["text"]).encode(x=x, y=y, text="words:N"),
        moving[1].mark_text(align="right", fontSize=15, fontWeight=600).encode(
            x=x, y=y, text="words:N", color=alt.Color("color:N", scale=None)
        ),
    ]  # fmt: skip
    return finish(layers, mode, title, params=[epoch_param(len(frames), start)], height=30 * (len(rows) + 1))


def step_name(after: int, most: int) -> str:
    """Return which step is opened where a walk is seen after so many: the next one, or, at its end, the last.

    >>> step_name(12, 1000), step_name(1000, 1000)
    ('the next step (13)', 'the last step (1000)')
    """
    return f"the next step ({after + 1})" if after < most else f"the last step ({most})"


def rounded(value: float) -> str:
    """Return a number as short text.

    >>> rounded(-2720.4), rounded(0.08926), rounded(3e7), rounded(-4.36e-06), rounded(1.6e-22), rounded(-0.0)
    ('−2,720', '0.0893', '3.0 × 10⁷', '−0.0000044', '≈ 0', '0')
    """
    if abs(value) < TINY:
        return "≈ 0" if value else "0"
    if abs(value) >= 1e6:
        return scientific(value)
    return minus(f"{value:,.0f}" if abs(value) >= 1e3 else plain(value, 3 if abs(value) >= 1e-4 else 2))


def state_table_text(rows: Mapping[str, np.ndarray], after: int) -> str:
    """Return the text twin of `state_table` where the walk is seen after so many steps."""
    most = len(next(iter(rows.values())))
    k = min(after, most - 1)
    numbers = "; ".join(f"{name} ({rounded(of[k, 0])}, {rounded(of[k, 1])})" for name, of in rows.items())
    name = step_name(after, most)
    return f"{name[0].upper()}{name[1:]}: {numbers}."
