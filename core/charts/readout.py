"""The numbers of the moment, written in a picture that plays: they move with the other pictures of a run."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.naming import written
from core.charts.playing import epoch_param, now
from core.charts.theme import Mode, finish, palette

ROW, HEAD = 28, 26
Numbers = Mapping[str, tuple[Sequence[np.ndarray | None], str]]


def _cell(values: np.ndarray | None, frame: int, form: str) -> str:
    return "not defined" if values is None else written(float(values[frame]), form)


def readout(epochs: np.ndarray, columns: Sequence[str], numbers: Numbers, mode: Mode, start: int = 0) -> alt.LayerChart:
    """A small table whose numbers are those of the current frame.

    Parameters
    ----------
    epochs : ndarray, (F,)
        The epoch of each frame.
    columns : sequence of C str
        What stands over the columns.
    numbers : mapping of str to (C arrays of (F,), format)
        A row for each quantity; None for what is not defined.
    mode : {"light", "dark"}
        The page's appearance.
    start : int
        The frame seen first.
    """
    p, width = palette(mode), len(columns) + 1
    rows = [{"column": 0, "row": 0, "words": [f"Epoch {epoch:g}" for epoch in epochs]}]
    names = [{"column": k, "row": 0, "words": name} for k, name in enumerate(columns, 1)]
    for row, (name, (series, form)) in enumerate(numbers.items(), 1):
        names.append({"column": 0, "row": row, "words": name})
        rows += [
            {"column": k, "row": row, "words": [_cell(values, f, form) for f in range(len(epochs))]}
            for k, values in enumerate(series, 1)
        ]
    height = HEAD + ROW * len(numbers)
    x = alt.X("column:Q", axis=None, scale=alt.Scale(domain=[0, width], nice=False))
    y = alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[-0.5, len(numbers) + 0.5], reverse=True, nice=False))
    left: dict[str, Any] = {"align": "left", "baseline": "middle"}
    words = alt.Chart(pd.DataFrame(rows)).transform_calculate(now=now("words"))
    layers = [
        alt.Chart(pd.DataFrame(names)).mark_text(**left, fontSize=13, color=p["muted"]),
        words.mark_text(**left, fontSize=17, fontWeight=600, color=p["text"]),
    ]
    texts = (alt.Text("words:N"), alt.Text("now:N"))
    made = [layer.encode(x=x, y=y, text=text) for layer, text in zip(layers, texts, strict=True)]
    return finish(made, mode, "At this epoch", params=[epoch_param(len(epochs), start)], height=height)


def readout_text(epochs: np.ndarray, columns: Sequence[str], numbers: Numbers, *, frame: int = -1) -> str:
    """The text twin of ``readout``, at one frame."""
    parts = [
        f"{column} {name} {_cell(values, frame, form)}"
        for name, (series, form) in numbers.items()
        for column, values in zip(columns, series, strict=True)
    ]
    return f"Epoch {epochs[frame]:g}: {'; '.join(parts)}."
