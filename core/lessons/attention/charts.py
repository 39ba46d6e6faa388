"""Where the question looks, and what it answers, playing over the training."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.naming import Share
from core.charts.playing import at_rest, epoch_param, now
from core.charts.theme import ON_TOP, Mode, axis, class_colors, finish, mix, palette

WIDE = 0.62
"""Width of all bars of one place together."""


def inks(mode: Mode) -> list[str]:
    """Return the color of each head's weights; no answer has it, and no gradient."""
    return [palette(mode)["positive"], class_colors(mode, 4)[-1]]


def attention(weights: np.ndarray, places: Sequence[str], mode: Mode, title: str, start: int) -> alt.LayerChart:
    """Draw how much of its attention ``?`` gives to each place, a bar a head.

    Parameters
    ----------
    weights : (F, heads, 7), each head's adding up to 1.
    places : what stands at each, such as ``B★``.
    """
    p, (_, heads, n) = palette(mode), weights.shape
    each = WIDE / heads
    rows = [
        {
            "left": s - WIDE / 2 + h * each,
            "right": s - WIDE / 2 + (h + 0.94) * each,
            "middle": s,
            "head": h,
            "ws": weights[:, h, s].round(3).tolist(),
        }
        for h in range(heads)
        for s in range(n)
    ]  # fmt: skip
    ends_x = alt.Scale(domain=[-0.5, n - 0.5], nice=False)
    x, middle, at, a = (alt.X(f"{name}:Q", axis=None, scale=ends_x) for name in ("left", "middle", "at", "a"))
    ends = alt.Scale(domain=[0, 1.08], nice=False)
    y = alt.Y("w:Q", scale=ends, axis=axis("weight", mode, format=".0%", values=[0, 0.5, 1], grid=True, **ON_TOP))
    ink = alt.Color("head:N", scale=alt.Scale(domain=list(range(heads)), range=inks(mode)[:heads]), legend=None)
    base = alt.Chart(pd.DataFrame(rows)).transform_calculate(w=now("ws"), zero="0")
    bars = base.mark_rect(cornerRadius=2).encode(x=x, x2=alt.X2("right:Q"), y=y, y2=alt.Y2("zero:Q"), color=ink)
    # Of two heads, each writes to its own side; a phone has no room for % over so narrow a bar.
    share = "(datum.w >= 0.995 ? '>99' : format(100 * datum.w, '.0f'))"
    share += " + '%'" if heads == 1 else " + (width > 480 ? '%' : '')"
    label = base.transform_calculate(words=f"datum.w >= 0.095 ? {share} : ''")
    style: dict[str, Any] = {"baseline": "bottom", "dy": -2, "fontSize": 12, "fontWeight": 600}
    sides: list[Any] = ["center"] if heads == 1 else ["right", "left"]
    labels = [
        label.transform_filter(f"datum.head == {h}")
        .mark_text(align=side, **style)
        .encode(x=middle, y=y, text=alt.Text("words:N"), color=ink)
        for h, side in enumerate(sides)
    ]
    tiles = pd.DataFrame({"at": range(n), "words": list(places)})
    names = alt.Chart(tiles).mark_text(fontSize=20, fontWeight=700, color=p["text"], baseline="top")
    names = names.encode(x=at, y=alt.value(248), text=alt.Text("words:N"))
    asking = alt.Chart(pd.DataFrame([{"a": n - 1.45, "b": n - 0.55}])).mark_rect(
        fill=mix(p["background"], p["muted"], 0.14)
    )
    asking = asking.encode(x=a, x2=alt.X2("b:Q"))
    key = ["how much the question (?) takes from each place", "left bar: head 1, right bar: head 2"][:heads]
    layers = [asking, bars, *labels, names]
    picture = finish(layers, mode, title, key, params=[epoch_param(len(weights), start)], height=240)
    picture.padding = {"left": 0, "top": 4, "right": 5, "bottom": 36}
    return picture if len(weights) > 1 else at_rest(picture)


def attention_text(weights: np.ndarray, places: Sequence[str]) -> str:
    """Return the text twin of `attention` at one frame, (heads, 7)."""
    each = [", ".join(f"{name} {Share(w):.0%}" for name, w in zip(places, head, strict=True)) for head in weights]
    return "Weights of the question: " + "; ".join(f"head {h}: {words}" for h, words in enumerate(each, 1)) + "."


def everywhere(
    weights: np.ndarray, places: Sequence[str], mode: Mode, title: str, key: list[str], start: int, head: int = 0
) -> alt.LayerChart:
    """Draw how much each place takes from each place in one head, with a frame around what ``?`` takes.

    Parameters
    ----------
    weights : (F, 7, 7), each row adding up to 1: who asks, who is asked.
    places : what stands at each, such as ``B★``.
    """
    p, n = palette(mode), len(places)
    rows = [
        {"left": s - 0.5, "right": s + 0.5, "top": t - 0.5, "low": t + 0.5, "s": s, "t": t}
        | {"ws": weights[:, t, s].round(3).tolist()}
        for t in range(n)
        for s in range(n)
    ]
    steps: dict[str, Any] = {"values": list(range(n)), "labelExpr": f"{list(places)}[datum.value]"}
    steps |= {"labelFontSize": 13, "labelColor": p["text"], "labelOverlap": False}
    across, down = (alt.Scale(domain=ends, nice=False) for ends in ([-0.5, n - 0.5], [n - 0.5, -0.5]))
    x = alt.X("left:Q", scale=across, axis=axis("is asked", mode, orient="top", titleAnchor="start", **steps))
    y = alt.Y("top:Q", scale=down, axis=axis("asks", mode, **steps, **ON_TOP))
    box: dict[str, Any] = {"x": x, "x2": alt.X2("right:Q"), "y": y, "y2": alt.Y2("low:Q")}
    fill = alt.Scale(
        domain=[0, 1], range=[p["background"], mix(p["background"], inks(mode)[head], 0.55)], interpolate="rgb"
    )
    base = alt.Chart(pd.DataFrame(rows)).transform_calculate(w=now("ws"), words=f"format({now('ws')}, '.2f')")
    cells = base.mark_rect(stroke=p["background"], strokeWidth=2)
    numbers = base.mark_text(color=p["text"], fontSize=12)
    middle = {"x": alt.X("s:Q", scale=across, axis=x["axis"]), "y": alt.Y("t:Q", scale=down, axis=y["axis"])}
    own = alt.Chart(pd.DataFrame([{"left": -0.5, "right": n - 0.5, "top": n - 1.5, "low": n - 0.5}]))
    layers = [
        cells.encode(**box, color=alt.Color("w:Q", scale=fill, legend=None)),
        numbers.encode(**middle, text=alt.Text("words:N")),
        own.mark_rect(fillOpacity=0, stroke=p["text"], strokeWidth=2).encode(**box),
    ]
    return finish(layers, mode, title, key, params=[epoch_param(len(weights), start)], height=34 * n)


def everywhere_text(weights: np.ndarray, places: Sequence[str]) -> str:
    """Return the text twin of `everywhere` at one frame, (7, 7): where each place looks most."""
    each = [
        f"{t + 1} ({name}) at {int(row.argmax()) + 1} ({places[int(row.argmax())]}), {Share(row.max()):.0%}"
        for t, (name, row) in enumerate(zip(places, weights, strict=True))
    ]
    return f"Where each place looks most: {'; '.join(each)}."


def answers(shares: np.ndarray, names: Sequence[str], right: int, mode: Mode, title: str, start: int) -> alt.LayerChart:
    """Draw the probability of each answer, (F, K); a ring marks the right one."""
    p = palette(mode)
    table = pd.DataFrame({"name": list(names), "ps": shares.round(3).T.tolist()})
    names_of = {"labelAngle": 0, "labelFontSize": 13 if len(names) < 9 else 11, "labelColor": p["text"]}
    x = alt.X("name:N", sort=None, axis=axis("answer", mode, labelOverlap=False, **names_of))
    y = alt.Y(
        "p:Q", scale=alt.Scale(domain=[0, 1.05], nice=False),
        axis=axis("probability", mode, format=".0%", values=[0, 0.5, 1], grid=True, **ON_TOP),
    )  # fmt: skip
    bars = alt.Chart(table).transform_calculate(p=now("ps")).mark_bar(color=p["prediction"], cornerRadius=2)
    ring = alt.Chart(pd.DataFrame([{"name": names[right]}])).mark_point(size=120, strokeWidth=2.5, color=p["target"])
    layers = [bars.encode(x=x, y=y), ring.encode(x=x, y=alt.value(4))]
    return finish(layers, mode, title, "ring: the right answer", params=[epoch_param(len(shares), start)], height=120)


def answers_text(shares: np.ndarray, names: Sequence[str], right: int) -> str:
    """Return the text twin of `answers` at one frame, (K,)."""
    best = int(shares.argmax())
    sure, due = Share(shares[best]), Share(shares[right])
    return f"The network says {names[best]} with {sure:.0%}; right is {names[right]} ({due:.0%})."
