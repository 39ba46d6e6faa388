"""A cure by its strength, and the network with the units that are off in a step."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.band import Rule, band
from core.charts.lines import Style
from core.charts.playing import epoch_param, frame_table, now, pack, unpack
from core.charts.theme import Mode, finish, palette

INKS = ("loss", "muted", "prediction")
"""Of a cure's test loss, of what it is without help, and of right answers."""
PITCH, HEAD, FOOT = 11, 42, 8
THICKEST = 3.0
STEPS = 9998
"""An even number: a weight of exactly 0 stays one, and is not drawn."""


def by_strength(
    strengths: Sequence[float],
    level: int,
    series: Mapping[str, np.ndarray],
    inks: Sequence[str],
    mode: Mode,
    dose: str,
    room: Sequence[str] = (),
    **options: Any,
) -> alt.LayerChart:
    """Draw what becomes of twenty networks by the strength of a cure, with a line at the chosen one.

    Parameters
    ----------
    strengths : what is offered; shares are drawn on a plain axis, all else on a logarithmic one.
    level : the chosen one, from 1.
    series, inks : (S, n) by name, and the quantity whose color each has.
    dose : what the strength is called.
    room : names that need as much room at the right as in another chart, so that both horizontal axes line up.
    """
    x, p = np.array(strengths, float), palette(mode)
    looks = {n: Style(p[ink], [6, 4] if ink == "muted" else [1, 0]) for n, ink in zip(series, inks, strict=True)}
    log = not (x.max() < 1 and x.max() / x.min() < 10)
    here = [Rule(float(x[level - 1]), "")]
    made: Any = band(
        x, series, mode, x_title=dose, log_x=log, rules=here, points=True, looks=looks, ticks=strengths, **options
    )
    if room:
        unseen = alt.Chart(pd.DataFrame({"x": x[-1], "names": list(room)}))
        text = unseen.mark_text(align="left", dx=8, fontSize=13, fontWeight=600, opacity=0.001)
        made.layer = [*made.layer, text.encode(x="x:Q", text="names:N")]
    return made


def _heights(count: int, tallest: int) -> np.ndarray:
    """Where a layer's units stand, in pixels from the top."""
    middle, apart = HEAD + tallest * PITCH / 2, PITCH if count > 2 else 12 * PITCH
    return middle + (np.arange(count) - (count - 1) / 2) * apart


def _lines(weights: Sequence[np.ndarray], on: Sequence[np.ndarray], most: int) -> tuple[pd.DataFrame, np.ndarray]:
    """One row a drawn weight, and its value in each frame: 0 where an end is off."""
    tallest = max(w.shape[1] for w in weights)
    rows, values = [], []
    for layer, w in enumerate(weights):
        _, to, source = np.unravel_index(np.arange(w[0].size), (1, *w.shape[1:]))
        alive = w * on[layer + 1][:, :, None] * on[layer][:, None, :]
        flat, last = alive.reshape(len(w), -1), np.abs(w[-1]).ravel()
        largest = np.sort(np.argsort(last)[-most:])
        y, y2 = _heights(w.shape[2], tallest)[source[largest]], _heights(w.shape[1], tallest)[to[largest]]
        rows.append(pd.DataFrame({"x": float(layer), "x2": layer + 1.0, "y": y, "y2": y2}))
        values.append(flat[:, largest])
    return pd.concat(rows, ignore_index=True), np.concatenate(values, axis=1)


def _units(on: Sequence[np.ndarray]) -> tuple[pd.DataFrame, np.ndarray]:
    """One row a unit, and whether it is on in each frame."""
    tallest = max(each.shape[1] for each in on)
    rows = [
        pd.DataFrame({"x": float(layer), "y": _heights(each.shape[1], tallest), "layer": layer})
        for layer, each in enumerate(on)
    ]
    return pd.concat(rows, ignore_index=True), np.concatenate(on, axis=1)


def dropped(
    weights: Sequence[np.ndarray], on: np.ndarray, most: int, mode: Mode, title: str, key: list[str], start: int = 0
) -> alt.LayerChart:
    """Draw a network of two hidden layers, playing over steps: units that are off are hollow and lose their weights.

    Parameters
    ----------
    weights : for each layer (F, out, in).
    on : (F, 2, units) of 0 and 1 for the hidden layers.
    most : how many weights are drawn between two layers at most: the largest at the end.
    """
    p, frames = palette(mode), len(on)
    always = [np.ones((frames, n)) for n in (weights[0].shape[2], weights[-1].shape[1])]
    states = [always[0], on[:, 0], on[:, 1], always[1]]
    lines, values = _lines(weights, states, most)
    largest = float(np.abs(values).max()) or 1.0
    table = frame_table(lines, pack(values, -largest, largest, STEPS), "packed")
    height = HEAD + FOOT + max(each.shape[1] for each in states) * PITCH
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.35, 3.35], nice=False, zero=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False, zero=False))
    width = alt.Scale(domain=[0, 0.002 * largest, largest], range=[0, 0.4, THICKEST])
    drawn = (
        alt.Chart(table)
        .transform_calculate(w=unpack("packed", -largest, largest, STEPS))
        .transform_calculate(size="abs(datum.w)")
        .mark_rule(opacity=0.75)
        .encode(
            x=x, x2=alt.X2("x2:Q"), y=y, y2=alt.Y2("y2:Q"),
            color=alt.ColorValue(p["negative"], condition={"test": "datum.w >= 0", "value": p["positive"]}),
            strokeDash=alt.StrokeDashValue([5, 4], condition={"test": "datum.w >= 0", "value": [1, 0]}),
            strokeWidth=alt.StrokeWidth("size:Q", scale=width, legend=None),
        )
    )  # fmt: skip
    places, alive = _units(states)
    places["ink"] = np.where(places["layer"] == 0, p["input"], p["activation"])
    ink: dict[str, Any] = {"field": "ink", "type": "nominal", "scale": None}
    units = alt.Chart(frame_table(places, alive.astype(int), "ons")).transform_calculate(on=now("ons"))
    dots = units.mark_point(size=62, opacity=1, filled=True, strokeWidth=1.2).encode(
        x=x, y=y,
        fill=alt.FillValue(p["background"], condition={"test": "datum.on > 0"} | ink),
        stroke=alt.StrokeValue(p["muted"], condition={"test": "datum.on > 0"} | ink),
    )  # fmt: skip
    return finish(
        [drawn, dots, *_words(on, mode, x, y)], mode, title, key, params=[epoch_param(frames, start)], height=height
    )


def _words(on: np.ndarray, mode: Mode, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The layers' names, and under them how many units are on."""
    p, (frames, _, units) = palette(mode), on.shape
    heads = pd.DataFrame({"x": np.arange(4.0), "y": 8.0, "words": ["inputs", "hidden 1", "hidden 2", "output"]})
    counts = np.array([[f"{int(n)} of {units} on" for n in row] for row in on.sum(-1)], dtype=object)
    rows = frame_table(pd.DataFrame({"x": [1.0, 2.0], "y": 24.0}), counts.reshape(frames, 2), "counts")
    below = alt.Chart(rows).transform_calculate(words=now("counts"))
    text: dict[str, Any] = {"fontSize": 12, "color": p["muted"]}
    return [each.mark_text(**text).encode(x=x, y=y, text=alt.Text("words:N")) for each in (alt.Chart(heads), below)]


def of_modes(names: Sequence[str], mode: Mode) -> dict[str, Style]:
    """Return how the losses look: training with units off, training in use, test. None has the color of a weight."""
    p = palette(mode)
    looks = (Style(p["activation"], [2, 3]), Style(p["train"], [1, 0]), Style(p["test"], [6, 4]))
    return dict(zip(names, looks, strict=True))


def dropped_text(on: np.ndarray, step: int) -> str:
    """Return the text twin of `dropped` at one step, ``on`` of which is (2, units)."""
    first, second = on.sum(-1).astype(int)
    return (
        f"The network in step {step}: {first} of {on.shape[1]} units of the first hidden layer are on, and {second} of "
        f"the second. Those that are off are hollow and lose their weights."
    )
