"""A sweep with what three rules pick from it, and under it, on the same axis, what training at the picks comes to."""

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.lines import Ruler, brief
from core.charts.naming import plain, written
from core.charts.theme import CLASS_COLORS, GLYPHS, ON_TOP, PLAIN, SHAPES, Mode, axis, finish, palette

ENDS = (1e-5, 10.0)
POWERS = [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10]
FAINT = 20
LEFT = 3e-3
"""Rates below this have their names on the right."""
HEIGHT = 280
TENTH = "tenth of the minimum"
KEYS = ["small marks below: the picks from all starts", "ring: the minimum"]
ROOM = 62
"""Pixels for the numbers beside both pictures, so that their rates stand above one another."""


class Look:
    """How a rule's picks look: color, shape and the same shape as a letter."""

    def __init__(self, k: int, mode: Mode) -> None:
        self.color, self.shape, self.glyph = CLASS_COLORS[mode][k], SHAPES[k], GLYPHS[k]


def _across(mode: Mode) -> alt.X:
    scale = alt.Scale(type="log", domain=list(ENDS), nice=False)
    return alt.X("rate:Q", scale=scale, axis=axis("learning rate", mode, format=PLAIN, values=POWERS))


def sweep(
    rates: np.ndarray,
    losses: np.ndarray,
    smooth: np.ndarray,
    start: int,
    picks: Mapping[str, np.ndarray],
    limit: float | None,
    mode: Mode,
    title: str,
) -> alt.LayerChart:
    """Draw one start's sweep, the others' running means faintly, each rule's pick, and under them those of all starts.

    Parameters
    ----------
    rates : (n,); losses, smooth : (S, n), NaN where a sweep broke.
    picks : each rule's name with its pick for every start, (S,); none before the prediction.
    limit : 2 / λ at this start's first weights.
    """
    first, marks = smooth[np.isfinite(smooth[:, 0]), 0], {rule: float(each[start]) for rule, each in picks.items()}
    p, top = palette(mode), 1.6 * float(first.max(initial=0.1))
    y_scale = alt.Scale(domain=[0, top], nice=False)
    room = {"minExtent": ROOM - 30, "maxExtent": ROOM - 30}
    x, y = (
        _across(mode),
        alt.Y("loss:Q", scale=y_scale, axis=axis("loss of the batch", mode, grid=True, **ON_TOP, **room)),
    )
    some = [k for k in range(len(smooth)) if k != start][: FAINT if marks else 0]
    others = pd.DataFrame(
        {
            "rate": brief(np.tile(rates, len(some))),
            "loss": np.minimum(smooth[some], top).ravel(),
            "k": np.repeat(some, len(rates)),
        }
    )
    others["loss"] = others["loss"].round(4)
    mine = pd.DataFrame(
        {"rate": brief(rates), "loss": np.minimum(losses[start], top), "mean": np.minimum(smooth[start], top)}
    )
    layers = [
        alt.Chart(others).mark_line(color=p["loss"], strokeWidth=1, opacity=0.18).encode(x=x, y=y, detail="k:N")
    ] * bool(some)
    layers.append(alt.Chart(mine).mark_point(filled=True, size=18, color=p["muted"], opacity=0.7).encode(x=x, y=y))
    mean = alt.Chart(mine[mine["mean"].notna()]).mark_line(color=p["loss"], strokeWidth=3)
    layers.append(mean.encode(x=x, y=alt.Y("mean:Q", scale=y_scale)))
    layers += [*_marks(marks, limit, x, mode), *_every(picks, x, mode)]
    if marks and mine["mean"].notna().any():
        lowest = alt.Chart(mine.loc[[mine["mean"].idxmin()]]).mark_point(
            size=150, strokeWidth=3, filled=False, color=Look(list(marks).index(TENTH), mode).color, opacity=1
        )
        layers.append(lowest.encode(x=x, y=alt.Y("mean:Q", scale=y_scale)))
    key = [", ".join(["dots: one batch, line: running mean"] + ["faint: the other starts"] * bool(some))]
    return finish(layers, mode, title, key + KEYS * bool(marks), height=HEIGHT, right=14)


def _every(picks: Mapping[str, np.ndarray], x: alt.X, mode: Mode) -> list[alt.Chart]:
    """A row of small marks for each rule, at the foot of the picture: what it picks from every start."""
    layers = []
    for k, each in enumerate(picks.values()):
        look, table = Look(k, mode), pd.DataFrame({"rate": np.clip(each, *ENDS)})
        dots = alt.Chart(table).mark_point(filled=True, size=34, opacity=0.6, color=look.color, shape=look.shape)
        layers.append(dots.encode(x=x, y=alt.value(HEIGHT - 28 + 10 * k)))
    return layers


def _marks(marks: Mapping[str, float], limit: float | None, x: alt.X, mode: Mode) -> list[alt.Chart]:
    """Upright lines where the rules point, with their names one below another, left of all lines but those far left."""
    rows = []
    for k, (name, rate) in enumerate(marks.items()):
        look = Look(k, mode)
        rows.append((rate, f"{look.glyph} {name}: {plain(rate)}", look.color, [1, 0]))
    if limit is not None:
        rows.append((limit, f"2/λ: {plain(limit)}", palette(mode)["z"], [5, 4]))
    beside = min((rate for rate, *_ in rows if rate > LEFT), default=LEFT)
    layers = []
    for k, (rate, words, color, dash) in enumerate(rows):
        left = rate > LEFT
        place = {"rate": float(np.clip(rate, *ENDS)), "beside": beside if left else rate, "words": words}
        base = alt.Chart(pd.DataFrame([place]))
        layers.append(base.mark_rule(color=color, strokeWidth=2, strokeDash=dash).encode(x=x))
        text = base.mark_text(
            align="right" if left else "left",
            dx=-8 if left else 8,
            y=8 + 18 * k,
            fontSize=13,
            fontWeight=600,
            color=color,
        )
        at = alt.X("beside:Q", scale=alt.Scale(type="log", domain=list(ENDS), nice=False))
        layers.append(text.encode(x=at, text=alt.Text("words:N")))
    return layers


def sweep_text(rates: np.ndarray, smooth: np.ndarray, marks: Mapping[str, float], limit: float | None) -> str:
    """Return the text twin of `sweep`, of one start's running mean (n,)."""
    if not np.isfinite(smooth).any():
        return "A sweep that broke at its first step."
    low = int(np.nanargmin(smooth))
    picks = ", ".join(f"{name}: {plain(rate)}" for name, rate in marks.items())
    more = (f" Picks: {picks}." if picks else "") + (f" 2/λ is {plain(limit)}." if limit is not None else "")
    ends = f"{smooth[0]:.2f} at first, lowest at {plain(rates[low])} with {smooth[low]:.2f}"
    return f"Loss of the batches while the rate grows: {ends}.{more}"


def landings(
    picks: Mapping[str, np.ndarray],
    ends: Mapping[str, np.ndarray],
    grid: tuple[Sequence[float], np.ndarray],
    start: int,
    domain: tuple[float, float],
    mode: Mode,
    title: str,
) -> alt.LayerChart:
    """Draw every start's pick by every rule, as high as the loss that training there ended at.

    Parameters
    ----------
    picks, ends : by rule, (S,) rates and losses; an infinite loss is drawn at the top.
    grid : rates, and their median losses.
    start : the one drawn large.
    """
    p, x = palette(mode), _across(mode)
    scale = alt.Scale(type="log", domain=list(domain), nice=False)
    ticks = Ruler(*domain, True, 1).ticks()
    room = {"minExtent": ROOM - 30, "maxExtent": ROOM - 30}
    y_axis = axis("training loss afterwards", mode, grid=True, format=PLAIN, values=ticks, **ON_TOP, **room)
    y = alt.Y("loss:Q", scale=scale, axis=y_axis)
    line = pd.DataFrame({"rate": grid[0], "loss": np.clip(grid[1], *domain)})
    layers = [
        alt.Chart(line).mark_line(color=p["muted"], strokeWidth=2, strokeDash=[6, 4]).encode(x=x, y=y),
        alt.Chart(line).mark_point(filled=True, size=24, color=p["muted"], opacity=1).encode(x=x, y=y),
    ]
    for k, rule in enumerate(picks):
        look = Look(k, mode)
        places = {"rate": np.clip(picks[rule], *ENDS), "loss": np.clip(ends[rule], *domain)}
        table = pd.DataFrame(places).assign(size=np.where(np.arange(len(picks[rule])) == start, 170, 55))
        dots = alt.Chart(table).mark_point(
            filled=True, opacity=0.75, color=look.color, shape=look.shape, stroke=p["background"], strokeWidth=0.6
        )
        layers.append(dots.encode(x=x, y=y, size=alt.Size("size:Q", scale=None)))
    shapes = ", ".join(f"{GLYPHS[k]} {rule}" for k, rule in enumerate(picks))
    key = [shapes, "large: the start above", "dashed: the same network trained at other rates"]
    return finish(layers, mode, title, key, height=220, right=14)


def landings_text(picks: Mapping[str, np.ndarray], ends: Mapping[str, np.ndarray], best: tuple[float, float]) -> str:
    """Return the text twin of `landings`."""
    listing = "; ".join(
        f"{rule}: picks from {plain(v.min())} to {plain(v.max())}, median loss {middle}"
        for rule, v in picks.items()
        for middle in [written(float(np.median(ends[rule])), ".3g")]
    )
    other = f"The best of other rates is {plain(best[0])} with {plain(best[1], 3)}"
    return f"What training at each start's pick ends at. {listing}. {other}."
