"""The world with what a robot knows of it, played over its episodes."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.choosing import chosen
from core.charts.lines import Style
from core.charts.playing import NAME, epoch_param, now
from core.charts.theme import Mode, axis, finish, mix, palette
from core.lessons.reward.study import CHANGE
from core.lessons.reward.world import (
    CELLS,
    COIN,
    COLUMNS,
    ENDS,
    GOAL,
    MOVES,
    NEAR,
    PRIZE,
    ROWS,
    START,
    WALLS,
    name_of,
)  # fmt: skip

SHAPES = ("triangle-up", "triangle-right", "triangle-down", "triangle-left")
OFF = 0.27
"""How far from a cell's middle its arrows stand: below the number, which a narrow cell holds above them."""
LOW, HIGH = -5.0, 10.0
"""Values between which the color changes."""
STRENGTH = 0.45
"""How far a cell's color goes, so that what is written on it can be read."""
SPAN = 84


def signed(value: float, form: str = "g") -> str:
    """Return a reward as it is written in a cell.

    >>> signed(10), signed(-5.0), signed(0)
    ('+10', '−5', '0')
    """
    return format(value, f"+{form}" if value else form).replace("-", "−")


def world_map(
    known: np.ndarray,
    ways: Sequence[Sequence[int]],
    chances: bool,
    own: tuple[str, float],
    changed: Sequence[bool],
    mode: Mode,
    title: str,
    key: str | list[str],
    start: int = 0,
) -> alt.LayerChart:
    """Draw the cells with one robot's best moves, and the way that it would take.

    Parameters
    ----------
    known : (F, STATES, 4) values of the moves, or their chances.
    ways : the cells on its way, for each frame.
    chances : whether ``known`` are chances; then all four arrows are drawn, the likelier the darker.
    own : the cell whose reward changes, and to what; ``changed`` says in which frames it has.
    """
    p = palette(mode)
    x = alt.X(
        "x:Q", scale=alt.Scale(domain=[0, COLUMNS], nice=False),
        axis=_named(COLUMNS, "'abcdef'[floor(datum.value)]", mode),
    )  # fmt: skip
    y = alt.Y(
        "y:Q", scale=alt.Scale(domain=[ROWS, 0], nice=False),
        axis=_named(ROWS, f"{ROWS} - floor(datum.value)", mode),
    )  # fmt: skip
    cells = _cells(known, chances)
    layers = [_ground(cells, chances, mode, x, y), _walls(p["muted"], x, y), _outline(own[0], p["input"], x, y)]
    layers += [_way(ways, p["text"], x, y), _arrows(cells, p["text"], x, y)]
    layers += [*_words(cells, own, changed, mode, x, y), _spots(cells, x, y)]
    return finish(layers, mode, title, key, params=[epoch_param(len(known), start)], height=SPAN * ROWS)


def _named(count: int, expression: str, mode: Mode) -> alt.Axis:
    """An axis with one name in the middle of each cell."""
    middles = [k + 0.5 for k in range(count)]
    return axis("", mode, values=middles, labelExpr=expression, labelOverlap=False)


def _cells(known: np.ndarray, chances: bool) -> pd.DataFrame:
    """A row a cell that can be entered: where it is, and lists of all frames."""
    best, blank = known.max(axis=-1), known.max(axis=-1) == known.min(axis=-1)
    arrows = known if chances else (known.argmax(axis=-1)[..., None] == np.arange(4)) & ~blank[..., None]
    rows = []
    for name, k in CELLS.items():
        row, column = divmod(k, COLUMNS)
        value, quiet = best[:, k], blank[:, k] | ENDS[k]
        texts = [f"{v:.0%}" if chances else f"{v:.1f}".replace("-", "−") for v in value]
        made = {"cell": name, "x": column, "x2": column + 1, "y": row, "y2": row + 1}
        made["values"] = np.where(ENDS[k], 0.25 if chances else 0.0, value).round(2).tolist()
        made["texts"] = ["" if q else text for q, text in zip(quiet, texts, strict=True)]
        for m, move in enumerate(MOVES):
            made[f"{move}s"] = known[:, k, m].round(2).tolist()
            made[f"a{m}"] = (arrows[:, k, m] * (not ENDS[k])).astype(float).round(2).tolist()
        rows.append(made)
    return pd.DataFrame(rows)


def _ground(cells: pd.DataFrame, chances: bool, mode: Mode, x: alt.X, y: alt.Y) -> alt.Chart:
    p = palette(mode)
    high, low = (mix(p["background"], p[name], STRENGTH) for name in ("prediction", "negative"))
    domain, inks = (
        ([0.25, 1.0], [p["background"], high]) if chances else ([LOW, 0.0, HIGH], [low, p["background"], high])
    )
    color = alt.Color("now:Q", scale=alt.Scale(domain=domain, range=inks, clamp=True, interpolate="rgb"), legend=None)
    base = alt.Chart(cells[["x", "x2", "y", "y2", "values"]]).transform_calculate(now=now("values"))
    return base.mark_rect(stroke=p["grid"]).encode(x=x, x2="x2:Q", y=y, y2="y2:Q", color=color)


def _walls(color: str, x: alt.X, y: alt.Y) -> alt.Chart:
    table = pd.DataFrame([{"x": k % COLUMNS, "y": k // COLUMNS} for k in WALLS]).assign(
        x2=lambda t: t["x"] + 1, y2=lambda t: t["y"] + 1
    )
    return alt.Chart(table).mark_rect(color=color).encode(x=x, x2="x2:Q", y=y, y2="y2:Q")


def _outline(cell: str, color: str, x: alt.X, y: alt.Y) -> alt.Chart:
    row, column = divmod(CELLS[cell], COLUMNS)
    inset = 0.03
    table = pd.DataFrame([{"x": column + inset, "x2": column + 1 - inset, "y": row + inset, "y2": row + 1 - inset}])
    mark = alt.Chart(table).mark_rect(fillOpacity=0, stroke=color, strokeWidth=2.5, strokeDash=[6, 4])
    return mark.encode(x=x, x2="x2:Q", y=y, y2="y2:Q")


def _middle(state: int) -> tuple[float, float]:
    return state % COLUMNS + 0.5, state // COLUMNS + 0.5


def _places(way: Sequence[int]) -> list[tuple[float, float]]:
    """Where the line passes: the cells' middles; at the edge of one that ends it, for there its reward is written."""
    places = [_middle(state) for state in way]
    if len(way) > 1 and ENDS[way[-1]]:
        (x, y), (u, v) = places[-2:]
        places[-1] = (x + 0.6 * (u - x), y + 0.6 * (v - y))
    return places


def _way(ways: Sequence[Sequence[int]], color: str, x: alt.X, y: alt.Y) -> alt.Chart:
    """The line through the cells on the way of the current frame, with a dot at each."""
    rows = [(f, k, *place) for f, way in enumerate(ways) for k, place in enumerate(_places(way))]
    table = pd.DataFrame(rows, columns=["f", "k", "x", "y"])
    line = alt.Chart(table).transform_filter(f"datum.f == {NAME}")
    mark = line.mark_line(color=color, strokeWidth=3, opacity=0.75, point={"color": color, "size": 40})
    return mark.encode(x=x, y=y, order=alt.Order("k:Q"))


def _arrows(cells: pd.DataFrame, color: str, x: alt.X, y: alt.Y) -> alt.Chart:
    parts = []
    for m, (down, right) in enumerate(MOVES.values()):
        place = {"x": cells["x"] + 0.5 + OFF * right, "y": cells["y"] + 0.5 + OFF * down}
        parts.append(pd.DataFrame(place | {"shape": SHAPES[m], "seen": cells[f"a{m}"]}))
    base = alt.Chart(pd.concat(parts, ignore_index=True)).transform_calculate(now=now("seen"))
    mark = base.mark_point(filled=True, color=color, size=70, strokeWidth=0)
    opacity = alt.Opacity("now:Q", scale=alt.Scale(domain=[0, 1], range=[0, 1]), legend=None)
    return mark.encode(x=x, y=y, shape=alt.Shape("shape:N", scale=None), opacity=opacity)


def _words(
    cells: pd.DataFrame, own: tuple[str, float], changed: Sequence[bool], mode: Mode, x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    """What stands in the cells: values, rewards, and where it starts."""
    p, mine = palette(mode), CELLS[own[0]]
    corner = cells.assign(x=cells["x"] + 0.09, y=cells["y"] + 0.12)[["x", "y", "texts"]]
    numbers = alt.Chart(corner).transform_calculate(now=now("texts")).encode(x=x, y=y, text="now:N")
    look: dict[str, Any] = {"align": "left", "fontSize": 11, "color": p["text"]}
    halo = numbers.mark_text(stroke=p["background"], strokeWidth=3, strokeOpacity=0.7, **look)  # keeps the way off them
    layers = [halo, numbers.mark_text(**look)]
    paid = {state: [signed(own[1]) if mine == state and c else signed(usual) for c in changed]
            for state, usual in ((GOAL, PRIZE), (NEAR, COIN))}  # fmt: skip
    ends = pd.DataFrame([{"x": _middle(s)[0], "y": _middle(s)[1] - 0.06, "texts": t} for s, t in paid.items()])
    names = pd.DataFrame(
        [{"x": _middle(s)[0], "y": _middle(s)[1] + 0.25, "text": t} for s, t in ((GOAL, "prize"), (NEAR, "coin"))]
    )
    texts = alt.Chart(ends).transform_calculate(now=now("texts"))
    layers.append(texts.mark_text(fontSize=18, fontWeight=700, color=p["text"]).encode(x=x, y=y, text="now:N"))
    layers.append(alt.Chart(names).mark_text(fontSize=12, color=p["muted"]).encode(x=x, y=y, text="text:N"))
    if not ENDS[mine]:
        at = pd.DataFrame([{"x": _middle(mine)[0] + 0.4, "y": _middle(mine)[1] + 0.32,
                            "texts": [signed(own[1]) if c else "" for c in changed]}])  # fmt: skip
        label = alt.Chart(at).transform_calculate(now=now("texts"))
        mark = label.mark_text(align="right", fontSize=16, fontWeight=700, color=p["input"])
        layers.append(mark.encode(x=x, y=y, text="now:N"))
    start = pd.DataFrame([{"x": START % COLUMNS + 0.06, "y": START // COLUMNS + 0.87, "text": "start"}])
    layers.append(
        alt.Chart(start).mark_text(align="left", fontSize=12, color=p["muted"]).encode(x=x, y=y, text="text:N")
    )
    return layers


def _spots(cells: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """Invisible cells that can be clicked, and that say what each move is worth or how likely it is."""
    lists = [f"{move}s" for move in MOVES]
    moves = {move: now(column) for move, column in zip(MOVES, lists, strict=True)}
    base = alt.Chart(cells[["cell", "x", "x2", "y", "y2", *lists]]).transform_calculate(**moves)
    tooltip = [alt.Tooltip("cell:N", title="cell"), *(alt.Tooltip(f"{m}:Q", title=m, format=".2f") for m in MOVES)]
    mark = base.mark_rect(opacity=0.001, fill="#808080", stroke=None, cursor="pointer")
    made: alt.Chart = mark.encode(x=x, x2="x2:Q", y=y, y2="y2:Q", tooltip=tooltip).add_params(chosen("spot", ["cell"]))
    return made


def world_map_text(way: Sequence[int], known: np.ndarray, chances: bool, own: tuple[str, float], episode: int) -> str:
    """Return the text twin of `world_map` at one frame."""
    value = float(known[START].max())
    knows = (
        f"its likeliest first move has a chance of {value:.0%}"
        if chances
        else f"its first move is worth {value:.2f} to it"
    )
    cells = ", ".join(name_of(state) for state in way)
    where = f"The chosen cell is {own[0]}; after episode {CHANGE} it pays {signed(own[1])}."
    return f"After episode {episode} the robot's way is {cells}; {knows}. {where}"


def at_once(
    ends: np.ndarray, means: np.ndarray, change: int, before: float, after: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return where points stand, the best return there and the robots' means (R, n), with two points at the change.

    Through the two the best return jumps there, for no robot could have earned anything in between.
    """
    twice = int(np.searchsorted(ends, change))
    best = np.where(np.arange(len(ends) + 1) > twice, after, before)
    return np.insert(ends, twice, change), best, np.insert(means, twice, means[:, twice], axis=1)


def looks(mode: Mode) -> dict[str, Style]:
    """Return how the curves of returns look."""
    p = palette(mode)
    return {"robots": Style(p["prediction"], [1, 0]), "best": Style(p["target"], [5, 4])}
