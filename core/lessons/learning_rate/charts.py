"""A walk down one valley, the steps that each rate needs, the shapes of schedules, and the sweep of a rate finder."""

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.lines import Ruler
from core.charts.naming import counted, spoken
from core.charts.rim import rimmed
from core.charts.theme import ON_TOP, PLAIN, Mode, axis, finish, palette

SPAN = (-1.5, 1.5)
MOST_DRAWN = 60
TOP = 5.0
"""The highest loss drawn, for every valley: so a steeper one looks steeper."""
APART = 0.1
"""Steps closer than this in w share a number."""


def walk(
    x: np.ndarray, f: np.ndarray, path: np.ndarray, heights: np.ndarray, mode: Mode, title: str = "Down one valley"
) -> alt.LayerChart:
    """Draw a valley and a walk in it: a dot a step, joined by lines, the first steps numbered where there's room.

    Parameters
    ----------
    x, f : (n,) the valley; path, heights : (T + 1,) where the walk is after each step, and how high.
    """
    p = palette(mode)
    top = TOP
    across = alt.X("x:Q", scale=alt.Scale(domain=list(SPAN), nice=False), axis=axis("weight w", mode))
    up = alt.Y("f:Q", scale=alt.Scale(domain=[-0.04 * top, top], nice=False),
               axis=axis("loss", mode, grid=True, **ON_TOP))  # fmt: skip
    curve = alt.Chart(pd.DataFrame({"x": x, "f": f})).mark_line(color=p["loss"], strokeWidth=3, clip=True)
    steps = pd.DataFrame({"t": np.arange(len(path)), "x": path, "f": heights})[: MOST_DRAWN + 1]
    lines = alt.Chart(steps).mark_line(color=p["gradient"], strokeWidth=1.6, clip=True)
    dots = alt.Chart(steps).mark_point(filled=True, size=70, color=p["gradient"], opacity=1, clip=True)
    near = [k for k in range(min(5, len(path))) if abs(path[k]) <= SPAN[1] and heights[k] <= top]
    numbered: list[int] = []
    for k in near:
        if all(abs(path[k] - path[j]) > APART for j in numbered):
            numbered.append(k)
    named = steps.loc[numbered].assign(side=lambda d: np.where(d["x"] >= 0, 1, 0))
    words = alt.Chart(named).mark_text(
        fontSize=13, fontWeight=600, color=p["gradient"], align=alt.expr("datum.side ? 'left' : 'right'"),
        dx=alt.expr("datum.side ? 10 : -10"), dy=4,
    )  # fmt: skip
    begin = alt.Chart(steps[:1]).mark_point(filled=True, size=150, color=p["text"], opacity=1, clip=True)
    layers = [c.encode(x=across, y=up) for c in (curve, lines, dots, begin)]
    layers.append(words.encode(x=across, y=up, text=alt.Text("t:N")))
    return finish(layers, mode, title, "violet: the walk, numbered by step", height=330, right=14)


def walk_text(path: np.ndarray, needed: int | None) -> str:
    """The text twin of ``walk``."""
    first = ", ".join(f"{v:z.3f}" for v in path[:5])
    end = f"It arrives after {counted(needed, 'step')}" if needed is not None else "It does not arrive"
    return f"A walk down a valley whose lowest place is 0: {first} and so on. {end}."


def needed_steps(
    rates: np.ndarray, steps: np.ndarray, here: tuple[float, float | None], limit: float, mode: Mode, most: int
) -> alt.LayerChart:
    """Draw how many steps each rate needs to arrive, with the current rate and the rate beyond which none arrives.

    Parameters
    ----------
    rates, steps : (n,) steps needed, NaN where the walk never arrives.
    here : the current rate, and its steps or None.
    limit : 2 / c.
    """
    p = palette(mode)
    x = alt.X("rate:Q", scale=alt.Scale(domain=[0, float(rates[-1])], nice=False),
              axis=axis("learning rate", mode, format=PLAIN))  # fmt: skip
    ruler = Ruler(0.8, float(most), True, 150)
    y = alt.Y("steps:Q", scale=alt.Scale(type="log", domain=[ruler.low, ruler.high], nice=False),
              axis=axis("steps needed", mode, grid=True, values=[1, 10, 100, 1000], **ON_TOP))  # fmt: skip
    table = pd.DataFrame({"rate": rates, "steps": steps})
    table = table[np.isfinite(table["steps"])]
    line = alt.Chart(table).mark_line(color=p["text"], strokeWidth=2, clip=True).encode(x=x, y=y)
    wall = pd.DataFrame({"rate": [limit], "end": [float(rates[-1])], "words": ["never: beyond 2/c"]})
    strip = alt.Chart(wall).mark_rect(color=p["muted"], opacity=0.18).encode(x=x, x2=alt.X2("end:Q"))
    note = alt.Chart(wall).mark_text(align="left", baseline="bottom", dx=6, y=142, fontSize=13, color=p["z"])
    best = alt.Chart(pd.DataFrame({"rate": [limit / 2], "words": ["1/c"]})).encode(x=x)
    upright = best.mark_rule(color=p["muted"], strokeDash=[2, 3])
    fastest = best.mark_text(align="left", baseline="top", dx=5, y=2, fontSize=13, color=p["z"])
    layers = [
        strip,
        upright,
        line,
        note.encode(x=x, text=alt.Text("words:N")),
        fastest.encode(text=alt.Text("words:N")),
    ]
    inside = min(here[0], float(rates[-1]))
    never = here[1] is None
    answer = f"{here[1]:z.0f}" if here[1] is not None else "never" if here[0] >= limit else f"over {most:,}"
    left = inside > (0.75 * float(rates[-1]) if never else limit / 2)  # above the curve, on the side where it is not
    dot = pd.DataFrame({"rate": [inside], "steps": [min(here[1] or most, most)], "words": [answer]})
    layers.append(alt.Chart(dot).mark_point(filled=True, size=150, color=p["gradient"], opacity=1).encode(x=x, y=y))
    label = alt.Chart(dot).mark_text(
        align="right" if left else "left",
        dx=-9 if left else 9,
        dy=0 if never else -10,
        fontSize=15,
        fontWeight=600,
        color=p["gradient"],
    )
    layers.append(label.encode(x=x, y=y, text=alt.Text("words:N")))
    return finish(layers, mode, "Steps that each rate needs", height=150, right=14)


def needed_steps_text(here: tuple[float, float | None], limit: float, most: int) -> str:
    """The text twin of ``needed_steps``."""
    late = "never arrives" if here[0] >= limit else f"needs more than {most:,} steps"
    answer = late if here[1] is None else f"needs {counted(here[1], 'step')}"
    return (
        f"Steps needed over the learning rate: one step at {limit / 2:z.3f}, more on both sides alike, and none beyond "
        f"{limit:z.3f}. The current rate {here[0]:z.3f} {answer}."
    )


def shapes(schedules: Mapping[str, np.ndarray], mode: Mode) -> alt.LayerChart:
    """Draw the learning rate of each schedule over the run, one small panel below the other in a single picture.

    Parameters
    ----------
    schedules : name -> (steps,) rates.
    """
    p, names = palette(mode), list(schedules)
    top = max(float(v.max()) for v in schedules.values())
    parts = [
        pd.DataFrame({"t": np.arange(len(v)), "y": (len(names) - 1 - k) + 0.78 * v / top, "base": len(names) - 1.0 - k})
        for k, v in enumerate(schedules.values())
    ]
    last = len(next(iter(schedules.values()))) - 1
    x = alt.X("t:Q", scale=alt.Scale(domain=[0, last], nice=False), axis=axis("step", mode))
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, len(names)], nice=False), axis=None)
    layers: list[alt.Chart] = []
    for table in parts:
        layers.append(
            alt.Chart(table).mark_area(color=p["gradient"], opacity=0.16).encode(x=x, y=y, y2=alt.Y2("base:Q"))
        )
        layers.append(alt.Chart(table).mark_line(color=p["gradient"], strokeWidth=2).encode(x=x, y=y))
    words = pd.DataFrame({"t": 0.985 * last, "y": [len(names) - 0.5 - k for k in range(len(names))], "words": names})
    labels = alt.Chart(words).encode(x=x, y=y, text=alt.Text("words:N"))
    layers += rimmed(labels, mode, align="right", fontSize=13, fontWeight=600)
    title = f"Seven schedules with the same highest rate, {top:g}"
    return finish(layers, mode, title, height=52 * len(names), right=10)


def shapes_text(schedules: Mapping[str, np.ndarray]) -> str:
    """The text twin of ``shapes``."""
    each = "; ".join(f"{n} from {v[0]:.3g} over {v.max():.3g} to {v[-1]:.3g}" for n, v in schedules.items())
    return f"The learning rate over the steps of a run: {each}."


def found(
    rates: np.ndarray, losses: np.ndarray, smooth: np.ndarray, marks: Sequence[tuple[float, str]], mode: Mode
) -> alt.LayerChart:
    """Draw a finder's sweep: the loss of each batch as dots, its running mean as a line, and the rules' choices.

    Parameters
    ----------
    rates, losses, smooth : (n,)
    marks : rates with words.
    """
    p = palette(mode)
    top = 2.2 * float(smooth[0])
    x = alt.X("rate:Q", scale=alt.Scale(type="log", domain=[float(rates[0]), 10.0], nice=False),
              axis=axis("learning rate", mode, format=PLAIN, values=[1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10]))  # fmt: skip
    y = alt.Y("loss:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=axis("loss", mode, grid=True, **ON_TOP))
    dots = pd.DataFrame({"rate": rates, "loss": np.minimum(losses, top)})
    line = pd.DataFrame({"rate": rates, "loss": np.minimum(smooth, top)})
    layers = [
        alt.Chart(dots).mark_point(filled=True, size=16, color=p["muted"], opacity=0.6).encode(x=x, y=y),
        alt.Chart(line).mark_line(color=p["loss"], strokeWidth=3).encode(x=x, y=y),
    ]
    for k, (rate, word) in enumerate(marks):
        table = pd.DataFrame({"rate": [rate], "words": [f"{word}: {rate:.2g}"]})
        base = alt.Chart(table)
        layers.append(base.mark_rule(color=p["gradient"], strokeDash=[5, 4]).encode(x=x))
        side = rate < 3e-2
        text = base.mark_text(
            align="left" if side else "right", dx=5 if side else -5, y=8 + 18 * k, fontSize=13, color=p["gradient"]
        )
        layers.append(text.encode(x=x, text=alt.Text("words:N")))
    return finish(layers, mode, "One sweep: the rate grows at every step", "dots: one batch, line: running mean",
                  height=240, right=14)  # fmt: skip


def found_text(rates: np.ndarray, smooth: np.ndarray, marks: Sequence[tuple[float, str]]) -> str:
    """The text twin of ``found``."""
    best = int(np.argmin(smooth))
    listing = ", ".join(f"{word} {spoken(rate, 2)}" for rate, word in marks)
    return (
        f"Loss over a growing learning rate: {smooth[0]:z.2f} at first, lowest at {spoken(rates[best], 2)} with "
        f"{smooth[best]:z.2f}, then rising. Choices: {listing}."
    )
