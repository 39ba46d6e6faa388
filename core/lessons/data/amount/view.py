"""How many examples: the learning curve over seeds."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import Rule, band, band_text
from core.charts.lines import Style
from core.charts.theme import palette
from core.lessons.data.amount import study, words
from core.lessons.data.place import Place
from core.ui import formula, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.workshop.sending import simulator_link
from core.workshop.turns import TRAINING


@st.cache_data(max_entries=6, show_spinner=words.TRAINING.format(seeds=study.SEEDS))
def curve(task: str) -> dict[str, np.ndarray]:
    """The learning curve of a task."""
    with TRAINING.take() as let_others:
        return study.curve(task, let_others)


def known() -> dict[str, Any]:
    """The numbers of the view's texts that nothing has to be trained for."""
    return {"seeds": study.SEEDS}


def given() -> dict[str, Any]:
    """The numbers that the view's question and its measured answer speak of."""
    return study.facts(curve("digits"), "digits")


def controls(link: Link) -> None:
    """The task, what is drawn, and the number of examples of the worked line."""
    buttons(link, "task", "Examples of", words.TASKS)
    buttons(link, "drawn", "Count", words.DRAWN)
    options = study.sizes(link["task"])[:-1]
    if link["n"] not in options:
        link.set(n=options[-1])
    st.select_slider("Number of examples", options, key=link.key("n"))


def draw(place: Place, predicted: int | None) -> pd.DataFrame:
    """Draw the learning curve; return its medians."""
    link, mode = place.link, place.mode
    task, drawn, n = ("digits", "right", 100) if predicted is None else (link["task"], link["drawn"], link["n"])
    found = curve(task)
    sizes = np.array(study.sizes(task), float)
    columns = slice(None, 3) if predicted is None else slice(None)
    p, wrong = palette(mode), drawn == "wrong"
    series = {words.OWN: found["own"][:, columns], words.NEW: found["new"][:, columns]}
    if task == "clouds":
        series[words.BEST] = np.full_like(series[words.NEW], study.best_rule())
    if wrong:
        series = {name: 1 - runs for name, runs in series.items()}
    looks = {words.OWN: Style(p["train"], [6, 4]), words.NEW: Style(p["prediction"], [1, 0]),
             words.BEST: Style(p["muted"], [2, 4])}  # fmt: skip
    key = [words.KEY, "line: median, band: the middle 80%"] + ([words.KEY_BEST] if task == "clouds" else [])
    key += [words.KEY_NONE] if wrong and min(np.median(runs, 0).min() for runs in series.values()) == 0 else []
    rules = [] if predicted is None else [Rule(float(n), "")]
    with place.right:
        show.chart(
            "data.amount", (task, drawn, n, predicted is None, mode),
            lambda: band(
                sizes[columns], series, mode, x_title="examples to learn from", y_title=words.DRAWN[drawn].lower(),
                title=words.TITLE.format(task=words.TASKS[task], drawn=words.DRAWN[drawn].lower()),
                domain=(0.007, 1.0) if wrong else (0.3, 1.0), log_x=True, log_y=wrong, points=True, looks=looks,
                key=key, rules=rules, height=340, ticks=sizes[columns].tolist(),
            ),
            band_text(sizes[columns], series, x_title="examples", y_title=words.DRAWN[drawn]),
        )  # fmt: skip
    if predicted is None:
        return pd.DataFrame()
    middle = np.median(found["new"], axis=0)
    k = int(np.flatnonzero(sizes == n)[0])
    place.tries(words.VIEW, **study.facts(found, task))
    with place.right:
        st.markdown(words.LINE.format(n=n, then=int(sizes[k + 1])))
        st.latex(line(float(1 - middle[k]), float(1 - middle[k + 1])))
    with place.left:
        if task == "clouds":
            simulator_link(words.SIMULATOR, study.simulated(n), icon=":material/tune:")
    teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(**given()))
    st.markdown(words.EXPLAIN.format(**given()))
    table = {"examples": sizes.astype(int), "its own, right": np.median(found["own"], axis=0), "new, right": middle}
    return pd.DataFrame(table).round(4)


def line(before: float, after: float) -> str:
    """What share of the mistakes is left, as LaTeX."""
    put_in, places = formula.agreeing([100 * before, 100 * after], lambda v: v[1] / v[0], 1, 2)
    a, b = (formula.number(100 * v, "loss", put_in) + r"\%" for v in (before, after))
    return rf"\frac{{{b}}}{{{a}}} = {after / before:.{places}f}"
