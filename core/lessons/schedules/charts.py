"""The rate above the loss that it causes, on one axis of steps; and where each schedule ends."""

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.band import quantiles
from core.charts.lines import Ruler, brief, spread, thin
from core.charts.theme import PLAIN, Mode, axis, finish, palette

GAP, TALL, HEAD = 0.2, 0.5, 0.1
"""Between the two pictures, the upper one, and its title above it, in heights of the lower."""
HEIGHT = 410
POINTS = 101
FEW = 8


def above(
    rates: np.ndarray,
    losses: Mapping[str, np.ndarray],
    domain: tuple[float, float],
    mode: Mode,
    title: str,
    t: int,
    faint: np.ndarray,
    whose: str,
    decisions: Sequence[int] = (),
) -> alt.LayerChart:
    """Draw the learning rate over the steps, and under it the losses that come of it.

    Parameters
    ----------
    rates : (W, T) of one schedule; the first walk's is drawn bold.
    losses : by name, (W, T + 1); the first is the one that the rates belong to: with a band and one walk.
    domain : ends of the loss's logarithmic axis.
    t : the step that the worked line speaks of.
    faint, whose : (F, T) other rates, drawn thin, and what they are.
    decisions : steps at which the first walk's watcher has lowered the rate.
    """
    steps = rates.shape[1]
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, steps], nice=False), axis=axis("step", mode, format=PLAIN))
    y = _up("y:Q")
    layers = _frame(rates, domain, steps, mode, x, y) + _losses(losses, domain, mode, x, y)
    layers += _decided(decisions, mode, x, y) + _thin(faint, rates, mode, x, y) + _rate(rates, mode, t, x, y)
    key = ["red: median of the walks, the middle 80% and one walk"] + [f"thin violet: {whose}"] * bool(whose)
    key[-1] += "; dashed: its rate was lowered" * bool(len(decisions))
    return finish(layers, mode, title, key, height=HEIGHT, right=8)


def _up(column: str) -> alt.Y:
    """Heights in both pictures. (Vega-Lite draws nothing when layers disagree on whether there is an axis.)"""
    return alt.Y(column, scale=alt.Scale(domain=[0, 1 + GAP + TALL + HEAD], nice=False), axis=None)


def _decided(decisions: Sequence[int], mode: Mode, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Upright lines through both pictures where the one walk's rate was lowered; ticks under the rate for many."""
    low, high = (0.0, TALL) if len(decisions) <= FEW else (1 + GAP - 0.04, 0.04)
    cuts = pd.DataFrame({"x": decisions, "y": low, "y2": 1 + GAP + high})
    rule = alt.Chart(cuts).mark_rule(color=palette(mode)["z"], strokeDash=[5, 4])
    return [rule.encode(x=x, y=y, y2=alt.Y2("y2:Q"))] * bool(len(decisions))


def _thin(faint: np.ndarray, rates: np.ndarray, mode: Mode, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Other rates, thinly."""
    some, at = _lift(faint, rates)[:, ::2], np.arange(rates.shape[1])[::2]
    table = pd.DataFrame({"x": np.tile(at, len(some)), "y": brief(some), "k": np.repeat(range(len(some)), len(at))})
    line = alt.Chart(table).mark_line(color=palette(mode)["gradient"], strokeWidth=1, opacity=0.35)
    return [line.encode(x=x, y=y, detail=alt.Detail("k:N"))]


def _top(rates: np.ndarray) -> float:
    return float(rates.max())


def _lift(values: np.ndarray, rates: np.ndarray) -> np.ndarray:
    """Heights of rates in the upper picture."""
    return 1 + GAP + TALL * 0.92 * np.asarray(values) / _top(rates)


def _sink(values: np.ndarray, domain: tuple[float, float]) -> np.ndarray:
    """Heights of losses in the lower picture; what lies outside is drawn at the edge."""
    return Ruler(*domain, True, 1).pixels(np.asarray(values, float))


def _frame(
    rates: np.ndarray, domain: tuple[float, float], steps: int, mode: Mode, x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    """Lines across with their numbers, and what each picture shows."""
    p, top = palette(mode), _top(rates)
    ticks = [v for v in Ruler(*domain, True, 1).ticks() or [] if len(str(v)) < 12]
    ticks = ticks[:: max(1, len(ticks) // 4)]
    marks = [(float(_sink(np.array(v), domain)), f"{v:g}") for v in ticks]
    marks += [(float(_lift(np.array(v), rates)), f"{v:g}") for v in (0.0, top)]
    lines = pd.DataFrame({"x": 0, "x2": steps, "y": [m[0] for m in marks], "words": [m[1] for m in marks]})
    titles = pd.DataFrame({"x": 0, "y": [1.07, 1 + GAP + TALL + 0.06], "words": ["loss", "learning rate"]})
    base = alt.Chart(lines)
    texts = base.mark_text(align="right", dx=-6, fontSize=12, color=p["muted"])
    heads = alt.Chart(titles).mark_text(align="left", dx=-30, fontSize=12, color=p["muted"])
    return [
        base.mark_rule(color=p["grid"]).encode(x=x, x2=alt.X2("x2:Q"), y=y),
        texts.encode(x=x, y=y, text=alt.Text("words:N")),
        heads.encode(x=x, y=y, text=alt.Text("words:N")),
    ]


def _rate(rates: np.ndarray, mode: Mode, t: int, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    p, steps, base = palette(mode), rates.shape[1], 1 + GAP
    mine, at = _lift(rates[0], rates), np.arange(steps)
    table = pd.DataFrame({"x": at, "y": brief(mine), "base": base})
    area = alt.Chart(table).mark_area(color=p["gradient"], opacity=0.16).encode(x=x, y=y, y2=alt.Y2("base:Q"))
    line = alt.Chart(table).mark_line(color=p["gradient"], strokeWidth=2.5).encode(x=x, y=y)
    here = pd.DataFrame({"x": [t], "y": [mine[t]], "words": [f"{rates[0, t]:.3g} at step {t}"]})
    dot = alt.Chart(here).mark_point(filled=True, size=90, opacity=1, color=p["gradient"])
    late = t > 0.6 * steps
    word = alt.Chart(here).mark_text(
        align="right" if late else "left", dx=-6 if late else 6, dy=-12, fontSize=13, fontWeight=600,
        color=p["gradient"],
    )  # fmt: skip
    return [area, line, dot.encode(x=x, y=y), word.encode(x=x, y=y, text=alt.Text("words:N"))]


def _losses(
    losses: Mapping[str, np.ndarray], domain: tuple[float, float], mode: Mode, x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    p, names = palette(mode), list(losses)
    looks = dict(
        zip(names, [(p["loss"], [1, 0], 3.0), (p["muted"], [6, 4], 2.0), (p["muted"], [2, 3], 2.0)], strict=False)
    )
    indices = thin(next(iter(losses.values())).shape[1], POINTS)
    layers, ends = [], {}
    for name in reversed(names):
        color, dash, width = looks[name]
        low, middle, high = (brief(_sink(row, domain)) for row in quantiles(losses[name][:, indices]))
        table = pd.DataFrame({"x": indices, "y": middle, "low": low, "high": high})
        ends[name] = float(middle[-1])
        if name == names[0]:
            table["one"] = brief(_sink(losses[name][0, indices], domain))
            area = alt.Chart(table).mark_area(color=color, opacity=0.18)
            layers.append(area.encode(x=x, y=_up("low:Q"), y2=alt.Y2("high:Q")))
            layers.append(alt.Chart(table).mark_line(color=color, strokeWidth=1).encode(x=x, y=_up("one:Q")))
        layers.append(alt.Chart(table).mark_line(color=color, strokeDash=dash, strokeWidth=width).encode(x=x, y=y))
    unit = (1 + GAP + TALL + HEAD) / HEIGHT
    heights = spread(np.array([ends[n] for n in names]), 17 * unit, floor=4 * unit)
    words = pd.DataFrame({"x": indices[-1], "y": heights, "words": names, "color": [looks[n][0] for n in names]})
    label = alt.Chart(words).mark_text(align="left", dx=8, fontSize=13, fontWeight=600)
    return [*layers, label.encode(x=x, y=y, text=alt.Text("words:N"), color=alt.Color("color:N", scale=None))]


def above_text(rates: np.ndarray, losses: Mapping[str, np.ndarray], decisions: Sequence[int]) -> str:
    """Return the text twin of `above`."""
    mine = rates[0]
    ends = "; ".join(f"{name} {np.median(v[:, -1]):.3g}" for name, v in losses.items())
    lowered = f" It was lowered at steps {', '.join(map(str, decisions))}." if len(decisions) else ""
    return (
        f"The learning rate over {len(mine)} steps: {mine[0]:.3g} at first, {mine.max():.3g} at most, {mine[-1]:.3g} "
        f"at the end.{lowered} Median loss after the last step: {ends}."
    )


def ends(
    final: Mapping[str, np.ndarray], chosen: str, domain: tuple[float, float], mode: Mode, title: str
) -> alt.LayerChart:
    """Draw where each schedule ends: a dot for the median, a bar for the middle 80 % of the walks.

    Parameters
    ----------
    final : by name, (W,) losses after the last step.
    """
    p, rows = palette(mode), []
    for name, values in final.items():
        low, middle, high = (float(v) for v in np.clip(quantiles(values[:, None])[:, 0], *domain))
        label = f"{np.median(values):.2g}"
        here = name == chosen
        rows.append((name, low, middle, high, label, p["loss"] if here else p["muted"], 130 if here else 70))
    table = pd.DataFrame(rows, columns=["name", "low", "middle", "high", "words", "color", "size"])
    scale = alt.Scale(type="log", domain=list(domain), nice=False)
    ticks = Ruler(*domain, True, 1).ticks() or []
    across = axis("loss after the last step", mode, grid=True, format=PLAIN, values=ticks[:: max(1, len(ticks) // 4)])
    x = alt.X("middle:Q", scale=scale, axis=across)
    y = alt.Y("name:N", sort=list(final), axis=axis("", mode, labelLimit=170))
    color, base = alt.Color("color:N", scale=None), alt.Chart(table)
    layers = [
        base.mark_rule(strokeWidth=5, opacity=0.35).encode(
            x=alt.X("low:Q", scale=scale, axis=across), x2=alt.X2("high:Q"), y=y, color=color),
        base.mark_point(filled=True, opacity=1).encode(x=x, y=y, color=color, size=alt.Size("size:Q", scale=None)),
        base.mark_text(dy=-11, fontSize=12, fontWeight=600).encode(x=x, y=y, color=color, text=alt.Text("words:N")),
    ]  # fmt: skip
    return finish(layers, mode, title, "dot: median of the walks, bar: the middle 80%", height=34 * len(final))


def ends_text(final: Mapping[str, np.ndarray]) -> str:
    """Return the text twin of `ends`."""
    each = ", ".join(f"{name} {np.median(v):.2g}" for name, v in final.items())
    return f"Median loss after the last step: {each}."
