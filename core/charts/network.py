"""The network itself, left to right: weights as lines, units as small pictures of where they are active."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.layout import MOST_UNITS, UNIT, Layout, layer_names, layout
from core.charts.naming import BROKEN
from core.charts.playing import epoch_param, frame_table, pack, unpack
from core.charts.theme import PRECISION, Mode, finish, palette
from core.charts.units import boxes, numbers, pictures_layer, ring, unit_table, unit_title

THINNEST, THICKEST = 0.4, 5.0
STEPS = 9999
"""Steps of a weight's scale: fine enough for two decimals in its tooltip."""


def weight_title(sizes: Sequence[int], labels: Sequence[str], layer: int, to: int, source: int) -> str:
    """The name of a weight by its two ends, or of a bias: one past the last source.

    >>> weight_title((2, 3, 1), ("x₁", "x₂"), 1, 2, 0)
    'x₁ → hidden, unit 3'
    """
    end = unit_title(sizes, labels, layer, to)
    return f"bias of {end}" if source == sizes[layer - 1] else f"{unit_title(sizes, labels, layer - 1, source)} → {end}"


def _edges(
    plan: Layout, sizes: Sequence[int], labels: Sequence[str], weights: Sequence[np.ndarray]
) -> tuple[pd.DataFrame, float]:
    """One row for each drawn weight with its value in each frame, and the largest absolute weight."""
    finite = [np.where(np.isfinite(w), w, 0.0) for w in weights]
    largest = max(float(np.abs(w).max()) for w in finite) or 1.0
    parts, frames = [], []
    for layer, w in enumerate(finite):
        to, source = plan.units[layer + 1], plan.units[layer]
        ends = np.meshgrid(plan.rows(layer + 1), plan.rows(layer), indexing="ij")
        flat = {"y2": ends[0].ravel(), "y": ends[1].ravel(), "x": float(layer), "x2": float(layer + 1)}
        flat["name"] = [weight_title(sizes, labels, layer + 1, j, i) for j in range(to) for i in range(source)]
        parts.append(pd.DataFrame(flat))
        frames.append(w[:, :to, :source].reshape(len(w), -1))
    packed = pack(np.concatenate(frames, axis=1), -largest, largest, STEPS)
    return frame_table(pd.concat(parts, ignore_index=True), packed, "packed"), largest


def _weights(table: pd.DataFrame, largest: float, mode: Mode, x: alt.X, y: alt.Y, what: str, form: str) -> alt.Chart:
    """Lines as wide as the weight is large; blue and solid above zero, orange and dashed below."""
    p, up = palette(mode), "datum.w >= 0"
    width = alt.Scale(domain=[0, largest], range=[THINNEST, THICKEST])
    return (
        alt.Chart(table)
        .transform_calculate(w=unpack("packed", -largest, largest, STEPS))
        .transform_calculate(size="abs(datum.w)")
        .mark_rule(opacity=0.85)
        .encode(
            x=x,
            x2=alt.X2("x2:Q"),
            y=y,
            y2=alt.Y2("y2:Q"),
            color=alt.ColorValue(p["negative"], condition={"test": up, "value": p["positive"]}),
            strokeDash=alt.StrokeDashValue([5, 4], condition={"test": up, "value": [1, 0]}),
            strokeWidth=alt.StrokeWidth("size:Q", scale=width, legend=None),
            tooltip=[alt.Tooltip("name:N", title="weight"), alt.Tooltip("w:Q", title=what, format=form)],
        )
    )


def _words(
    plan: Layout, layer_sizes: Sequence[int], labels: Sequence[str], mode: Mode, x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    """The names of the layers, of the inputs and of the output, and how many units are not drawn."""
    p, n = palette(mode), len(layer_sizes)
    heads = pd.DataFrame({"x": np.arange(n, dtype=float), "y": 12.0, "words": layer_names(n)})
    more = [size - count for size, count in zip(layer_sizes, plan.units, strict=True)]
    below = [float(plan.rows(k)[-1] + UNIT / 2 + 14) for k in range(n)]
    rest = pd.DataFrame(
        {"x": np.arange(n, dtype=float), "y": below, "words": [f"+ {m} more" if m else "" for m in more]}
    )
    left = pd.DataFrame({"x": 0.0, "y": plan.rows(0), "words": list(labels)[: plan.units[0]]})
    text: dict[str, Any] = {"fontSize": 12, "color": p["muted"]}
    made = [
        alt.Chart(pd.concat([heads, rest[rest["words"] != ""]]))
        .mark_text(**text)
        .encode(x=x, y=y, text=alt.Text("words:N"))
    ]
    near = alt.Chart(left).mark_text(fontSize=13, fontWeight=600, color=p["input"], align="right", dx=-UNIT / 2 - 8)
    made.append(near.encode(x=x, y=y, text=alt.Text("words:N")))
    return made


def diagram(
    layer_sizes: Sequence[int],
    weights_frames: Sequence[np.ndarray],
    biases: Sequence[np.ndarray] | None = None,
    unit_frames: Sequence[np.ndarray] | None = None,
    input_labels: Sequence[str] | None = None,
    mode: Mode = "light",
    start: int = 0,
    selected: tuple[int, int] | None = None,
    *,
    unit_values: Sequence[np.ndarray] | None = None,
    output: str = "probability",
    clickable: bool = False,
    title: str = "Weights, and where each unit is active",
    key: Sequence[str] = ("weights: blue solid above 0, orange dashed", "below, wide when large"),
    what: str = "value",
    form: str = PRECISION["weight"],
) -> alt.LayerChart:
    """The network from inputs to output, playing over its training.

    Parameters
    ----------
    layer_sizes : sequence of int
        Units of every layer, inputs first: two to eight layers. Of each, the first eight units are drawn.
    weights_frames : list per pair of layers of ndarray, (F, out, in)
        The weights in every frame.
    biases : list per layer after the inputs of ndarray, (F, out), optional
        Shown as numbers in the units when there is nothing else to show there.
    unit_frames : list per layer of ndarray, (F, units, s, s) uint8, optional
        Where each unit is active over the plane, the inputs first, scaled by ``scale_responses``. One frame instead
        of F stands still.
    input_labels : sequence of str, optional
        Names of the inputs.
    mode : {"light", "dark"}
        The page's appearance.
    start : int
        The frame seen first.
    selected : (layer, unit), optional
        The unit with a ring around it; layer 0 is the inputs.
    unit_values : list per layer of ndarray, (F, units), optional
        Numbers shown in the units instead of pictures.
    output : {"probability", "value"}
        A probability is drawn in the colors of the classes.
    clickable : bool
        Units can be chosen with the pointer: the chart's selection is called ``unit``, with ``layer`` and ``unit``.
    title, key : str, sequence of str
        What is seen, and the key to the lines.
    what, form : str
        What a line's number is, and its format.

    Returns
    -------
    alt.LayerChart
    """
    labels = list(input_labels or [f"x{'₁₂₃₄₅₆₇₈'[k]}" for k in range(min(layer_sizes[0], MOST_UNITS))])
    plan = layout(layer_sizes, unit_frames[0].shape[-1] if unit_frames else 12)
    room = [-0.42, len(layer_sizes) - 1 + 0.3]
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=room, nice=False, zero=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[plan.height, 0], nice=False, zero=False))
    units = unit_table(plan, layer_sizes, labels)
    layers = [_weights(*_edges(plan, layer_sizes, labels, weights_frames), mode, x, y, what, form)]
    if unit_frames:
        layers.append(pictures_layer(plan, unit_frames, output, mode, x, y))
    layers += boxes(plan, units, biases, mode, x, y, clickable, bool(unit_frames))
    values = unit_values or (None if unit_frames else biases)
    if values:
        layers.append(numbers(plan, units, values, mode, x, y))
    if selected is not None:
        layers.append(ring(units, selected, mode, x, y))
    layers += _words(plan, layer_sizes, labels, mode, x, y)
    frames = max(len(w) for w in weights_frames)
    return finish(layers, mode, title, list(key), params=[epoch_param(frames, start)], height=plan.height)


def diagram_text(layer_sizes: Sequence[int], weights_frames: Sequence[np.ndarray], *, frame: int = -1) -> str:
    """The text twin of ``diagram``: its layers, and the largest weight into each layer, at one frame."""
    sizes = ", ".join(str(n) for n in layer_sizes)
    names, parts = layer_names(len(layer_sizes)), []
    if any(np.isnan(np.asarray(w[frame], dtype=float)).all() for w in weights_frames):
        return BROKEN
    for layer, w in enumerate(weights_frames, start=1):
        now = np.asarray(w[frame], dtype=float)
        to, source = np.unravel_index(int(np.argmax(np.abs(np.nan_to_num(now)))), now.shape)
        above = float((now > 0).mean())
        parts.append(
            f"into {names[layer]} the largest weight is {now[to, source]:+z.2f}, "
            f"from unit {source + 1} to unit {to + 1}, and {above:.0%} are above zero"
        )
    return f"A network of {sizes} units from inputs to output: {'; '.join(parts)}."
