"""The loss curves of a few rates beside each other, in one picture that fits a phone."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.band import MOST_POINTS, quantiles
from core.charts.lines import thin
from core.charts.theme import PLAIN, Mode, axis, finish, palette

LOW, DECADES = 1e-3, 5
"""The losses' axis: its lower end, and over how many powers of ten it goes. What lies outside is drawn at the edge."""
DECADE, LINE = 32, 17
"""Pixels: of a tenfold loss, and of a line of words above a panel's curves."""
APART = 1.2
"""From the beginning of a panel to that of the next one, in widths of a panel."""


def panels(
    heads: Sequence[Sequence[str]], losses: Sequence[np.ndarray | None], seeds: int, mode: Mode
) -> alt.LayerChart:
    """Draw a panel a rate: its median, its band and one of its seeds; a question mark where nobody has seen the run.

    Parameters
    ----------
    heads : for each rate what stands above its panel, line by line.
    losses : for each rate (S, epochs + 1), or None.
    """
    p, epochs = palette(mode), next(v.shape[-1] for v in losses if v is not None) - 1
    head = LINE * max(map(len, heads))
    starts = [k * epochs * APART for k in range(len(losses))]
    x = _across(starts, epochs, mode)
    between = pd.DataFrame([(a + epochs, b) for a, b in pairwise(starts)], columns=["x", "end"])
    unseen = pd.DataFrame({"x": [at + epochs / 2 for at, v in zip(starts, losses, strict=True) if v is None]})
    rows = pd.concat([_rows(v, at) for v, at in zip(losses, starts, strict=True) if v is not None])
    layers = [
        *_curves(rows, x, head, mode),
        alt.Chart(between).mark_rect(color=p["background"], opacity=1).encode(x=x, x2=alt.X2("end:Q")),
        alt.Chart(unseen).mark_text(text="?", fontSize=64, fontWeight=600, color=p["muted"])
        .encode(x=x, y=alt.value(head + DECADE * DECADES / 2)),
        *_words(heads, starts, x, mode),
    ]  # fmt: skip
    key = [f"thick line: median of {seeds} seeds, thin: one of them", "band: the middle 80%"]
    return finish(layers, mode, "Training loss at three rates", key, height=head + DECADE * DECADES, right=14)


def _across(starts: Sequence[float], epochs: int, mode: Mode) -> alt.X:
    """The horizontal axis: in each panel it begins anew."""
    ticks = [at + part * epochs for at in starts for part in (0, 0.5, 1)]
    label = f"round(datum.value % {epochs * APART:g})"
    scale = alt.Scale(domain=[0, starts[-1] + epochs], nice=False)
    return alt.X("x:Q", scale=scale, axis=axis("epoch", mode, values=ticks, labelExpr=label, labelOverlap=False))


def _rows(losses: np.ndarray, start: float) -> pd.DataFrame:
    """A panel's curves: the band's ends, the median, and the first seed alone."""
    at = thin(losses.shape[-1], MOST_POINTS)
    one = np.where(np.isfinite(losses[0, at]), losses[0, at], np.inf)
    low, median, high, one = np.clip([*quantiles(losses[:, at]), one], LOW, LOW * 10.0**DECADES)
    return pd.DataFrame({"panel": start, "x": start + at, "low": low, "median": median, "high": high, "one": one})


def _curves(table: pd.DataFrame, x: alt.X, head: int, mode: Mode) -> list[alt.Chart]:
    """Band, one seed and median of every panel, below so many pixels of words."""
    powers = [float(f"{LOW * 10**k:.6g}") for k in range(DECADES + 1)]
    up = alt.Scale(type="log", domain=[LOW, powers[-1] * 10 ** (head / DECADE)], nice=False)
    quiet = axis("", mode, grid=True, values=powers, format=PLAIN)
    base, red = alt.Chart(table).encode(x=x, detail=alt.Detail("panel:N")), palette(mode)["loss"]
    return [
        base.mark_area(opacity=0.2, color=red).encode(y=alt.Y("low:Q", scale=up, axis=quiet), y2=alt.Y2("high:Q")),
        base.mark_line(strokeWidth=1, color=red).encode(y=alt.Y("one:Q", scale=up)),
        base.mark_line(strokeWidth=2.5, color=red).encode(y=alt.Y("median:Q", scale=up)),
    ]


def _words(heads: Sequence[Sequence[str]], starts: Sequence[float], x: alt.X, mode: Mode) -> list[alt.Chart]:
    """What stands above each panel: its rate in bold, and lines below it."""
    p, layers = palette(mode), list[alt.Chart]()
    for k in range(max(map(len, heads))):
        rows = [(at, lines[k]) for at, lines in zip(starts, heads, strict=True) if k < len(lines)]
        base, top = alt.Chart(pd.DataFrame(rows, columns=["x", "words"])), {"align": "left", "baseline": "top"}
        bold = {"fontSize": 14, "fontWeight": 600, "color": p["text"]}
        style: dict[str, Any] = top | ({"fontSize": 12, "color": p["z"]} if k else bold)
        text = base.mark_text(**style)
        layers.append(text.encode(x=x, y=alt.value(k * LINE), text=alt.Text("words:N")))
    return layers


def panels_text(heads: Sequence[Sequence[str]], losses: Sequence[np.ndarray | None]) -> str:
    """The text twin of ``panels``."""
    parts = []
    for lines, runs in zip(heads, losses, strict=True):
        rate, *more = lines
        if runs is None:
            parts.append(f"{rate}: not seen yet")
            continue
        low, _, high = quantiles(runs[:, -1:])[:, 0]
        parts.append(
            f"{rate}: {', '.join(more)}; the middle 80% of {len(runs)} seeds end between {low:.3g} and {high:.3g}"
        )
    return f"Training loss over {next(v.shape[-1] for v in losses if v is not None) - 1} epochs. {'. '.join(parts)}."
