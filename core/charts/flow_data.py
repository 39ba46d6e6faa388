"""What a drawn network shows at one moment, as rows for its chart."""

from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np

from core.charts.naming import layer_name, minus, unit_name, weight_name, written

Rows = list[dict[str, Any]]
BOX, TALL, PITCH, HEAD = 54, 34, 100, 60
SMALL, COLUMN = 40, 85
"""How wide a box is where a column has fewer pixels than that, as on a phone."""
TIGHT, WIDE_COLUMN, HIGH_PITCH, APART = 34, 100, 140, 14
"""The same where each weight has its gradient below its number; a row's height then; how far both are from the line."""
ALL = 2
"""Up to so many units on both sides of a gap, all its weights are written; otherwise those into the opened unit."""


@dataclass(frozen=True, eq=False)
class Flow:
    """What is seen of a network at one moment.

    Attributes
    ----------
    sizes : units of every layer, inputs first.
    weights, biases : of the layers 1..L, ``(n_l, n_{l-1})`` and ``(n_l,)``.
    sums : z of the layers 1..L, ``(n_l,)``.
    values : what the layers 0..L pass on, ``(n_l,)``.
    reached : the last layer that has been computed.
    now : the layer that is worked on (len(sizes): the loss).
    opened : the (layer, unit) that is looked into, or None.
    chosen : the (layer, unit, source) of the chosen weight, or None.
    gradients : dz of the layers 1..L, ``(n_l,)``; shown from the output down to layer ``back``, before an update.
    by_weight : the weights' gradients of the layers 1..L, shaped as ``weights``; shown as far.
    becomes : what the update makes of the chosen weight, when that is shown.
    bends : what the layers 1..L do with their sums, in a word under the layer's name.
    loss, target : shown in a column of their own when there is a target; the loss once it is known.
    """

    sizes: tuple[int, ...]
    weights: tuple[np.ndarray, ...]
    biases: tuple[np.ndarray, ...]
    sums: tuple[np.ndarray, ...]
    values: tuple[np.ndarray, ...]
    reached: int
    now: int
    opened: tuple[int, int] | None = None
    chosen: tuple[int, int, int] | None = None
    gradients: tuple[np.ndarray, ...] = ()
    by_weight: tuple[np.ndarray, ...] = ()
    back: int = 99
    becomes: float | None = None
    loss: float | None = None
    target: float | None = None
    bends: tuple[str, ...] = ()
    title: str = "The network"
    key: tuple[str, ...] = field(default=())
    weight_digits: int = 1

    @property
    def pitch(self) -> int:
        """Pixels from one unit to the one below it."""
        return HIGH_PITCH if self.by_weight else PITCH

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return round(HEAD + (max(self.sizes) - 1) * self.pitch + TALL + 34)

    def y(self, layer: int, unit: int) -> float:
        """The middle of a unit, in pixels from the top."""
        middle = HEAD + ((max(self.sizes) - 1) * self.pitch + TALL) / 2
        return middle + (unit - (self.sizes[layer] - 1) / 2) * self.pitch


def short(value: float, digits: int = 2) -> str:
    """Write a number so that it fits into a unit.

    >>> short(0.456), short(-1234.5), short(1.2e6)
    ('0.46', '−1,234', '1.2 × 10⁶')
    """
    return written(value, f",.{digits if abs(value) < 1000 else 0}f")


def unit_rows(flow: Flow) -> Rows:
    """One row a unit: its place, its numbers as words, and how it stands out."""
    rows = []
    for layer, size in enumerate(flow.sizes):
        for unit in range(size):
            known, back = layer <= flow.reached, 0 < layer >= flow.back
            z = minus(f"z {short(flow.sums[layer - 1][unit])}") if layer and known and not back else ""
            chosen = bool(layer) and flow.chosen == (layer, unit, flow.sizes[layer - 1])
            dz = minus(f"◀ {flow.gradients[layer - 1][unit]:z.4f}") if back and flow.becomes is None else ""
            given = "" if layer else unit_name(flow.sizes, 0, unit)
            rows.append(
                {
                    "layer": layer,
                    "unit": unit,
                    "x": float(layer),
                    "y": flow.y(layer, unit),
                    "name": unit_name(flow.sizes, layer, unit),
                    "value": minus(short(float(flow.values[layer][unit]))) if known else "?",
                    "z": z,
                    "over": _bias(flow, layer, unit, chosen) or given,
                    "chosen": int(chosen),
                    "dz": dz,
                    "state": ("input" if not layer else "known") if known else "unknown",
                    "now": int(layer == flow.now),
                    "open": int((layer, unit) == flow.opened),
                    "negative": int(bool(layer) and flow.biases[layer - 1][unit] < 0),
                    "plain": int(not layer or flow.biases[layer - 1][unit] == 0),
                }
            )
    return rows


def _bias(flow: Flow, layer: int, unit: int, chosen: bool) -> str:
    """A unit's bias in words, if it has one; if it's ``chosen``, once the update is shown, what it becomes."""
    value = flow.biases[layer - 1][unit] if layer else 0
    if chosen and flow.becomes is not None:
        return minus(f"bias ➜ {flow.becomes:+z.3f}")
    return minus(f"bias {value:+z.{flow.weight_digits}f}") if value or chosen else ""


def edge_rows(flow: Flow) -> Rows:
    """One row a weight: its ends, its words, where they stand, and whether it is lit."""
    rows, largest = [], max(float(np.abs(w).max()) for w in flow.weights) or 1.0
    for layer, w in enumerate(flow.weights, 1):
        for to, source in product(*map(range, w.shape)):
            y, y2 = flow.y(layer - 1, source), flow.y(layer, to)
            chosen = flow.chosen == (layer, to, source)
            written = max(w.shape) <= ALL or min(w.shape) == 1 or flow.opened == (layer, to) or chosen
            lit = layer == flow.now if flow.opened is None else flow.opened == (layer, to)
            back = layer - 1 >= flow.back and layer > 1
            rows.append(
                {
                    "layer": layer,
                    "unit": to,
                    "source": source,
                    "x": layer - 1.0,
                    "x2": float(layer),
                    "y": y,
                    "y2": y2,
                    "positive": int(w[to, source] >= 0),
                    "width": 1 + 4 * abs(float(w[to, source])) / largest,
                    "opacity": 1.0 if lit or chosen else (0.75 if layer <= flow.reached else 0.3),
                    "words": _written(flow, layer, to, source) if written else "",
                    "written": int(written),
                    **_label_place(flow, layer, to, source),
                    "gradient": _gradient(flow, layer, to, source) if written else "",
                    "chosen": int(chosen),
                    "name": weight_name(flow.sizes, layer, to, source),
                    "back": int(back),
                    "arrow_x": layer - 1 + 0.66,
                    "arrow_y": y + 0.66 * (y2 - y),
                }
            )
    return rows


def _written(flow: Flow, layer: int, to: int, source: int) -> str:
    """A weight in words; for the chosen one, once the update is shown, what it becomes."""
    if flow.becomes is not None and flow.chosen == (layer, to, source):
        return minus(f"➜ {flow.becomes:z.3f}")
    return minus(f"{flow.weights[layer - 1][to, source]:z.{flow.weight_digits}f}")


def _gradient(flow: Flow, layer: int, to: int, source: int) -> str:
    """A weight's gradient in words, once it is known."""
    return minus(f"{flow.by_weight[layer - 1][to, source]:z.4f}") if flow.by_weight and layer >= flow.back else ""


def _label_place(flow: Flow, layer: int, to: int, source: int) -> dict[str, float]:
    """Where a weight and its gradient are written, so that crossing lines' numbers stay apart."""
    y, y2 = flow.y(layer - 1, source), flow.y(layer, to)
    rows, columns = flow.weights[layer - 1].shape
    crosses = rows == columns and to != source
    if flow.by_weight:
        moved = flow.becomes is not None and flow.chosen == (layer, to, source)
        return _two_places(layer - 1, y, y2, crosses, moved)
    at = 0.36 if crosses else 0.5 if rows == columns else 0.56 if rows > columns else 0.44
    on = y + at * (y2 - y)
    return {"at": layer - 1 + at, "up": on, "below": layer - 1 + at, "down": on}


def _two_places(x: float, y: float, y2: float, crosses: bool, moved: bool) -> dict[str, float]:
    """A gradient stands below its weight: where lines cross both on the line, and else one on each side of it.

    What a weight has ``moved`` to takes more room than it had, and must not lie behind a box.
    """
    if crosses:
        on = y + 0.38 * (y2 - y)
        return {"at": x + 0.38, "up": on, "below": x + 0.38, "down": on + APART - 1}
    if y == y2:
        return {"at": x + 0.5, "up": y - APART * (1 + moved), "below": x + 0.5, "down": y + APART}
    up, down = (0.52 + 0.1 * moved, 0.42) if y < y2 else (0.42, 0.52)
    aside = APART + 4
    return {
        "at": x + up, "up": y + up * (y2 - y) - aside, "below": x + down, "down": y + down * (y2 - y) + aside
    }  # fmt: skip


def head_rows(flow: Flow) -> Rows:
    """Return one row a column: its name, what its units do with their sums, and whether it is worked on."""
    names = [layer_name(flow.sizes, k) for k in range(len(flow.sizes))] + ["loss"] * (flow.target is not None)
    bends = dict(enumerate(flow.bends, 1))
    return [
        {"x": float(k), "y": 11.0, "words": name, "bend": bends.get(k, ""), "now": int(k == flow.now)}
        for k, name in enumerate(names)
    ]


def loss_rows(flow: Flow) -> Rows:
    """Return the one row of the loss's column: the target, the loss once it is known, and where they stand."""
    last, known = len(flow.sizes), flow.loss is not None
    y = flow.y(last - 1, 0)
    row: dict[str, Any] = {"x": float(last), "x0": last - 1.0, "mid": last - 0.42, "y": y, "y2": y, "name": "target"}
    row |= {"ring": f"{flow.target:g}", "loss": f"L {flow.loss:z.4f}" if known else "L ?", "known": int(known)}
    return [row | {"back": int(flow.back < last)}]


def network_flow_text(flow: Flow) -> str:
    """Return the text twin of `core.charts.flow.network_flow`."""
    parts = []
    for layer in range(flow.reached + 1):
        values = ", ".join(short(float(v)) for v in flow.values[layer])
        parts.append(f"{layer_name(flow.sizes, layer)} {values}")
    text = f"A network of {', '.join(map(str, flow.sizes))} units"
    text += f" ({', '.join(flow.bends)})" if flow.bends else ""
    text += f", computed so far: {'; '.join(parts)}."
    if flow.loss is not None:
        text += f" With target {flow.target:g} the loss is {flow.loss:z.4f}."
    for layer in range(len(flow.sizes) - 1, max(flow.back, 1) - 1, -1):
        values = ", ".join(f"{v:z.4f}" for v in flow.gradients[layer - 1])
        text += f" The gradient at {layer_name(flow.sizes, layer)} is {values}."
        if flow.by_weight:
            each = ", ".join(f"{v:z.4f}" for v in flow.by_weight[layer - 1].ravel())
            text += f" Its weights' gradients are {each}."
    return text
