"""Lesson 18: what depth buys: by folding, and in a race at equal size."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import band, band_text
from core.charts.scores import scores, scores_text
from core.lessons.depth import charts, folding, race, words, worked
from core.nn.activations import ACTIVATIONS
from core.training.settings import choice, number, whole
from core.ui import frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.sliders import slider
from core.ui.words import Item
from core.workshop.sending import simulator_link
from core.workshop.turns import TRAINING

VIEWS = {"fold": "By hand", "race": "By training"}
BENDS = ("relu", "tanh")
START = {"layers": 5, "x": 0.3, "peak": 1.0}
ASKED = ("teeth4", "relu")
DEPTHS = [str(len(hidden)) for hidden in race.SHAPES]
CODE: dict[str, tuple[Any, ...]] = {
    "fold": (folding.fold, folding.network, folding.corners, folding.one_layer),
    "race": (race.curves, race.off),
}
link = Link(
    "depth",
    [
        choice("view", "fold", VIEWS, "View"),
        whole("layers", 5, 1, folding.MOST, "Layers"),
        number("x", 0.3, 0, 1, "Input x"),
        number("peak", 1.0, 0.3, 1, "Height of the fold"),
        choice("challenge", ASKED[0], words.CHALLENGES, "Challenge"),
        choice("activation", ASKED[1], BENDS, "Activation"),
        whole("shape", 1, 1, len(DEPTHS), "Shape"),
    ],
)
lesson = frame.begin("depth", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=8, show_spinner=words.RACING.format(seeds=race.SEEDS))
def raced(challenge: str, activation: str) -> dict[str, Any]:
    """What training finds with every shape."""
    with TRAINING.take() as let_others:
        return race.race(challenge, activation, let_others)


def given(view: str) -> dict[str, Any]:
    """The numbers that a view's question speaks of."""
    if view == "fold":
        return START | folding.costs(int(START["layers"]))
    return {"parameters": parameters, "units": race.SHAPES[0][0], "seeds": race.SEEDS}


def by_folding(predicted: int | None) -> pd.DataFrame:
    """The view of folding layers; returns its numbers."""
    waiting = predicted is None
    values = START | {"layers": 1} if waiting else link.values()
    layers, x, peak = int(values["layers"]), float(values["x"]), float(values["peak"])
    way, found = folding.folded(np.array([x]), layers, peak)[:, 0], folding.costs(layers, peak)
    with right:
        show.chart(
            "depth.folds", (layers, x, peak, mode), lambda: charts.folds(folding.outlines(layers, peak), x, way, mode),
            charts.folds_text(way, x, found["pieces"]),
        )  # fmt: skip
    if predicted is None:
        return pd.DataFrame()
    bars = {words.WAYS["deep"]: found["units"], words.WAYS["wide"]: found["wide_units"]}
    with right:
        teaching.tries(link, words.TRIES_FOLD, words.FAILS_FOLD, **found)
        show.chart("depth.sizes", (*bars.values(), mode), lambda: charts.sizes(bars, mode), charts.sizes_text(bars))
        st.markdown(words.COSTS.format(**found))
        st.caption(words.WORKED)
        for line in worked.first_fold(x, peak):
            st.latex(line)
    teaching.confront(filled(words.PREDICTION), predicted, words.MEASURED.format(**given("fold")))
    st.markdown(words.EXPLAIN_FOLD.format(**found, hinge=words.HINGE))
    st.latex(worked.law(layers, found["pieces"]))
    each = [folding.costs(k, peak) for k in range(1, folding.MOST + 1)]
    return pd.DataFrame(each, index=pd.RangeIndex(1, folding.MOST + 1, name="layers")).reset_index()


def curve_of(challenge: str, activation: str, shape: int, name: str) -> None:
    """Let the learner choose a shape, draw what one network of it learned, and say how many found the saw."""
    found = raced(challenge, activation)
    each = found["scores"][shape]
    buttons(link, "shape", words.SHAPE, dict(enumerate(DEPTHS, start=1)))
    drawn = {"target": race.sawtooth(challenge, race.X)[None], "trained": found["curves"][shape]}
    show.chart(
        "depth.curve", (challenge, activation, shape, mode),
        lambda: band(
            race.X, drawn, mode, x_title="input x", y_title="y", title=words.CURVE.format(shape=name),
            domain=(-0.1, 1.1), looks=charts.looks(mode), named=False, key=words.CURVE_KEY, height=220,
        ),
        band_text(race.X, drawn, x_title="input x", y_title="y"),
    )  # fmt: skip
    hits = int((each < race.GOOD).sum())
    st.markdown(words.FOUND.format(found=hits, seeds=race.SEEDS, shape=name))
    st.latex(worked.off_line(float(np.median(each))))


def by_training(predicted: int | None) -> pd.DataFrame:
    """The view of trained networks; returns its numbers."""
    if predicted is None:
        x = race.X
        with right:
            show.chart(
                "depth.saw", (mode,),
                lambda: band(
                    x, {"target": race.sawtooth(ASKED[0], x)[None]}, mode, x_title="input x", y_title="y", title=words.SAW,
                    domain=(-0.1, 1.1), looks=charts.looks(mode), named=False, key=words.SAW_KEY,
                ),
                words.SAW,
            )  # fmt: skip
        return pd.DataFrame()
    challenge, activation, shape = link["challenge"], link["activation"], link["shape"] - 1
    found, teeth = raced(challenge, activation), challenge in race.TEETH
    each, names = found["scores"], [race.title(hidden) for hidden in race.shapes(challenge)]
    title = words.RACE_TITLE.format(what=words.CHALLENGES[challenge], activation=ACTIVATIONS[activation].title)
    look: dict[str, Any] = {"y_title": words.RIGHT, "form": ".0%"}
    if teeth:
        look = {"y_title": words.OFF, "form": ".3f"}
    limit: dict[str, Any] = (
        {"limit": race.GOOD, "key": words.RACE_KEY.format(good=race.GOOD), "domain": (0, 0.34)} if teeth else {}
    )
    with right:
        show.chart(
            "depth.race", (challenge, activation, mode),
            lambda: scores(names, each.tolist(), mode, title, **look, **limit),
            scores_text(names, each.tolist(), look["y_title"], look["form"]),
        )  # fmt: skip
        teaching.tries(link, words.TRIES_RACE, words.FAILS_RACE, **race.facts(challenge, found))
        if teeth:
            curve_of(challenge, activation, shape, names[shape])
        st.caption(words.COUNTED)
        st.latex(worked.parameters_line(race.shapes(challenge)[shape], 1 if teeth else 2))
    if not teeth:
        with left:
            simulator_link(
                words.SIMULATOR.format(shape=names[shape]), race.on_spirals(shape, activation), icon=":material/tune:"
            )
    asked = race.facts(ASKED[0], raced(*ASKED))
    teaching.confront(filled(words.PREDICTION_RACE), predicted, words.MEASURED_RACE.format(**asked))
    st.markdown(words.EXPLAIN_RACE)
    table = pd.DataFrame(race.costs(challenge) | {"seconds": found["seconds"].round(2)})
    with st.expander(words.COST_TITLE, key="depth.cost"):
        st.markdown(words.COST_NOTE.format(multiply=words.MULTIPLY))
        st.dataframe(table, hide_index=True)
    return pd.DataFrame(each.T, columns=names).rename_axis("seed").reset_index()


def filled(item: Item) -> Item:
    """The prediction with its numbers put into its options."""
    return words.with_numbers(item, given(view))


parameters = round(race.costs(ASKED[0])["parameters"][0], -1)
left, right = st.columns([1, 2], gap="large")
with left:
    view = teaching.choose_view(link, VIEWS)
    st.markdown(words.INTRO[view].format(parameters=parameters, seeds=race.SEEDS))
    item = filled(words.LESSON.views[view].prediction)
    answer = teaching.ask(words.LESSON.question("depth", view), item)
    if answer is not None and view == "fold":
        st.slider("Layers", 1, folding.MOST, key=link.key("layers"))
        slider(link, "x", "Input x", 0.0, 1.0, 0.01)
        slider(link, "peak", "Height of the fold", 0.3, 1.0, 0.05)
    elif answer is not None:
        st.pills(
            "Challenge", list(words.CHALLENGES), format_func=words.CHALLENGES.__getitem__, key=link.key("challenge"),
            required=True, wrap=True
        )  # fmt: skip
        buttons(link, "activation", "Activation", {n: ACTIVATIONS[n].title for n in BENDS})
table = (by_folding if view == "fold" else by_training)(answer)

if answer is not None:
    teaching.checks("depth", words.LESSON.views[view].checks, view)
    teaching.misconceptions(words.WRONG)
    with st.expander("The numbers behind the picture", key="depth.numbers"):
        st.dataframe(table, hide_index=True)
    teaching.code(*CODE[view])
frame.end("depth", link, words.LEFT_OPEN)
