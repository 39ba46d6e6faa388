"""Lesson 29: which pixels and units an answer depends on, whether such a map is real, and the worst answers."""

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import band_text
from core.charts.scores import scores, scores_text
from core.data import ink
from core.lessons.inside import charts, looking, mistakes, panels, study, words, worked
from core.nn.losses import softmax
from core.training.settings import Setting, choice, whole
from core.ui import frame, show, teaching
from core.ui.buttons import buttons
from core.ui.drawing import drawing
from core.ui.link import Link
from core.workshop.sending import simulator_link
from core.workshop.turns import TRAINING

LAST_ROW = 539
ASKED = {"answer": words.ITS_ANSWER} | {str(k): str(k) for k in range(looking.CLASSES)}
link = Link(
    "inside",
    [
        choice("view", "pixels", words.VIEWS, "View"),
        whole("row", 2, 0, LAST_ROW, "Test digit"),
        Setting("ink", "", "Drawn digit", ink.read_ink),
        whole("net", 1, 1, looking.SEEDS, words.NETWORK),
        choice("asked", "answer", ASKED, words.ASK),
        choice("patch", "1", words.PATCHES, words.PATCH),
        whole("off", 0, 0, looking.UNITS, words.OFF),
        choice("order", "effect", words.ORDERS, words.ORDER),
        choice("against", "random", words.AGAINST, words.AGAINST_TITLE),
        choice("count", "all", words.COUNT, words.COUNT_TITLE),
        choice("kind", "mistakes", words.KIND, words.KIND_TITLE),
        choice("erase", "0", words.ERASE, words.ERASE_TITLE),
    ],
)
lesson = frame.begin("inside", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=1, show_spinner=words.WORKING)
def networks() -> np.ndarray:
    """The networks that are asked; the first visitor waits for them, with the question in sight."""
    with TRAINING.take():
        return looking.trained()


@st.cache_data(max_entries=8, show_spinner=words.WORKING)
def measured(view: str) -> dict[str, float]:
    """The numbers that a view's sentences speak of."""
    with TRAINING.take():
        return study.facts(view)


@st.cache_data(max_entries=16, show_spinner=words.WORKING)
def alike(against: str, count: str) -> dict[str, np.ndarray]:
    """How much maps agree."""
    return study.alike(against, count)


def digit() -> np.ndarray:
    """The digit of the page, (64,) from 0 to 1: a test digit, or one that was drawn."""
    return ink.from_text(link["ink"]) if link["ink"] else looking.data()["X_test"][link["row"]]


def paint(pixels: np.ndarray) -> None:
    """Take a picture that was drawn."""
    link.set(ink=ink.to_text(pixels))


def another_digit() -> None:
    """Go on to the next test digit."""
    link.set(row=(link["row"] + 1) % (LAST_ROW + 1), ink="")


def controls() -> None:
    """What a view lets the learner set."""
    if view == "pixels":
        st.selectbox(words.ASK, list(ASKED), format_func=ASKED.__getitem__, key=link.key("asked"))
        buttons(link, "patch", words.PATCH, words.PATCHES)
    elif view == "units":
        st.slider(words.OFF, 0, looking.UNITS, key=link.key("off"))
        buttons(link, "order", words.ORDER, words.ORDERS)
    elif view == "real":
        buttons(link, "against", words.AGAINST_TITLE, words.AGAINST)
        buttons(link, "count", words.COUNT_TITLE, words.COUNT)
    else:
        buttons(link, "kind", words.KIND_TITLE, words.KIND)
        buttons(link, "erase", words.ERASE_TITLE, words.ERASE)
        st.slider(words.NETWORK, 1, looking.SEEDS, key=link.key("net"))
    if view != "worst":
        st.button(words.ANOTHER, on_click=another_digit, icon=":material/skip_next:", key="inside.another")


def more() -> None:
    """Another network, and a way to watch it learn."""
    with st.expander(words.NETWORK_TITLE, key="inside.network"):
        st.slider(words.NETWORK, 1, looking.SEEDS, key=link.key("net"))
        simulator_link(words.SIMULATOR, looking.experiment(link["net"] - 1))


def line(sentence: str, latex: str, law: str = "") -> None:
    """Show a worked line and the formula that it is an example of."""
    with explained:
        st.caption(sentence)
        st.latex(latex)
        if law:
            st.latex(law)


def pictures(
    name: str, of: list[charts.Panel], title: str, key: str | list[str], columns: int, narrow: int = 0
) -> None:
    """Draw pictures beside each other; ``name`` also says what they depend on."""
    about = (name, link["net"], ink.to_text(one.picture), title, str(key), tuple(p.more for p in of), waiting, mode)
    build = partial(charts.panels, of, mode, title, key, columns, narrow)
    show.chart(f"inside.{name.partition(' ')[0]}", about, build, charts.panels_text(of, title))


def pixels() -> pd.DataFrame:
    """The view of three maps; returns its numbers."""
    asked = one.answer if waiting or link["asked"] == "answer" else int(link["asked"])
    side = 1 if waiting else int(link["patch"])
    found = one.maps(asked, side)
    live.update(turned=study.turned(one, asked))
    title = words.MAPS.format(asked=f"{'an' if asked == 8 else 'a'} {asked}")
    k = int(study.strongest(one.maps(asked)["occlusion"])[0])
    of_line = (k,) if one.picture[k] and not waiting else ()
    keys = [key.format(top=study.TOP) for key in words.MAPS_KEY][: 2 if of_line else 1]
    with main:
        pictures(f"maps {asked} {side}", panels.of_methods(one, found, waiting, of_line), title, keys, 2)
    if of_line:
        gone = one.picture * (np.arange(looking.PIXELS) != k)
        before, after = (float(looking.scores(one.network, page[None])[asked, 0, 0]) for page in (one.picture, gone))
        sentence = words.LINE_PIXELS.format(pixel=words.PIXEL[side == 1])
        line(sentence, worked.pixel(found["saliency"][k], one.picture[k], before, after), worked.LAW_PIXELS)
    return pd.DataFrame({words.NAMES[name]: found[name] for name in looking.METHODS})


def survivors() -> None:
    """How many answers stay while pixels are erased: it's the same for every digit, so it waits until it's wanted."""
    x, shares = np.arange(study.MOST_ERASED + 1), {words.NAMES[name]: each for name, each in study.erasing().items()}
    keys = [key.format(seeds=looking.SEEDS, some=study.SOME) for key in words.ERASING_KEY]
    axes = {"x_title": words.ERASED_AXIS, "y_title": words.STAY}
    build = partial(charts.erasing, x, shares, mode, words.ERASING, keys, **axes)
    with st.expander(words.ERASING_TITLE, key="inside.survivors"):
        st.markdown(words.ERASED.format(**facts))
        show.chart("inside.erasing", (mode,), build, band_text(x, shares, **axes))


def units() -> pd.DataFrame:
    """The view of silenced units; returns its numbers."""
    off, order = (0, "effect") if waiting else (link["off"], link["order"])
    asked = np.array([[one.answer]])
    effect = looking.ablation(one.theta, one.units, asked)[:, 0]
    places = study.order_of(one.theta, one.units, asked, order)[:, 0]
    mask = np.ones((looking.UNITS, 1))
    mask[places[:off]] = 0
    chances, gone = softmax(looking.silenced(one.theta, one.units, mask)[:, 0]), np.arange(looking.UNITS) < off
    title = words.UNITS_TITLE.format(asked=one.answer)
    with main:
        show.chart(
            "inside.chances", (*depends, off, order, mode), lambda: charts.bars(chances, mode, words.CHANCES, ""),
            charts.bars_text(chances, words.CHANCES),
        )  # fmt: skip
        show.chart(
            "inside.units", (*depends, off, order, mode),
            lambda: charts.units(effect[places], gone, mode, title, "score z", words.UNITS_KEY),
            charts.units_text(effect[places], gone, title),
        )  # fmt: skip
    live.update(
        answer=int(chances.argmax()),
        before=one.answer,
        then=looking.in_words(float(chances.max())),
        **study.left_of(one),
    )
    if not waiting:
        sentence = words.LINE_UNITS.format(answer=one.answer, which=words.WHICH[off < 2])
        line(sentence, worked.without(one, places[: max(off, 1)]), worked.LAW_UNITS)
    return pd.DataFrame({"unit": places + 1, "activation": one.units[places, 0], "adds to the score": effect[places]})


def real() -> pd.DataFrame:
    """The view of the sanity check; returns its numbers."""
    against, count = ("random", "all") if waiting else (link["against"], link["count"])
    theirs = looking.Looked(one.picture, study.stranger(against)[link["net"] - 1])
    rows = {words.TRAINED: one.maps(one.answer), words.OTHER[against]: theirs.maps(one.answer)}
    if waiting:
        rows.pop(words.OTHER[against])
    with main:
        ringed = () if waiting else panels.of_line(one.picture, rows[words.TRAINED]["product"], count)
        key = [words.REAL_KEY[count == "signed"], *([words.RINGED] if ringed else [])]
        of = panels.of_networks(one.picture, rows, count, ringed)
        pictures(f"real {against} {count}", of, words.REAL_TITLE[waiting], key, 3)
    if waiting:
        return pd.DataFrame()
    found, title = alike(against, count), words.ALIKE.format(**facts)
    names, values = [words.NAMES[n] for n in found], [each.tolist() for each in found.values()]
    with second:
        show.chart(
            "inside.alike", (against, count, mode),
            lambda: scores(names, values, mode, title, words.ALIKE_AXIS, "z.2f", (-0.2, 1.0), ""),
            scores_text(names, values, words.ALIKE_AXIS, "z.2f"),
        )  # fmt: skip
    slopes = [
        (float(one.picture[k]), {end.format(network=who): float(m["saliency"][k]) for who, m in rows.items()})
        for end, k in zip(
            words.LINES_REAL["ink" if count == "all" and one.picture.all() else count], ringed, strict=False
        )
    ]
    if slopes:
        line(words.LINE_REAL, worked.outline(slopes), worked.LAW_REAL[count])
    return pd.DataFrame(dict(zip(names, values, strict=True))).rename_axis("network").reset_index()


def worst() -> pd.DataFrame:
    """The view of the worst answers; returns its numbers."""
    m, kind, side = (link["net"] - 1, "mistakes", 0) if waiting else (link["net"] - 1, link["kind"], int(link["erase"]))
    found, theta = mistakes.gallery(m, kind), looking.trained()[m]
    of, here = panels.of_mistakes(m, kind, side)
    live.update(here=here, shown=len(of))
    with main:
        pictures(f"worst {kind} {side}", of, words.WORST[kind].format(net=m + 1), words.WORST_KEY[side > 0], 4, 2)
    if not waiting:
        k = mistakes.telling(theta, found, side)
        nth = words.NTH[k]
        with second:
            st.button(words.WHY.format(nth=nth), on_click=link.set, icon=":material/search:", key="inside.why",
                      kwargs={"view": "pixels", "row": int(found["row"][k]), "ink": "", "asked": "answer"})  # fmt: skip
        race = mistakes.race(theta, found, k, side)
        line(words.race(nth, list(race), max(race, key=lambda digit: race[digit][-1]), side), worked.race(race))
    return pd.DataFrame(found)


left, right = st.columns([1, 1.7], gap="large")
with right:  # the experiments stand where their picture is in sight; keyed, charts stay together on a phone
    main, under, trying = st.container(key="inside.main"), st.container(), st.container()
    second = st.container(key="inside.second")
live: dict[str, Any] = {}
with left:
    view = teaching.choose_view(link, words.VIEWS)
    intro = st.empty()
    predicted = teaching.prediction("inside", words.LESSON, view, **study.given())
    waiting = predicted is None
    of_right = view == "worst" and not waiting and link["kind"] == "right"
    intro.markdown(words.INTRO_RIGHT if of_right else words.INTRO[view])
    facts = study.given() if waiting else measured(view)  # the question doesn't wait for what is measured
    if not waiting:
        controls()
    place = st.container(key="inside.phone.below")
    one = looking.Looked(digit(), networks()[link["net"] - 1])
depends = (link["net"], ink.to_text(one.picture))
live.update(answer=one.answer, sure=one.sure)
if view in ("units", "real"):
    with place:
        pictures(
            "digit", [panels.of_digit(one, words.WHOLE if view == "units" else words.ANSWERED)], words.DIGIT, "", 1
        )
confrontation, explained = st.container(), st.container()
table = {"pixels": pixels, "units": units, "real": real, "worst": worst}[view]()

if predicted is not None:
    asked_here = words.LESSON.views[view]
    if view != "worst":
        with under:
            drawing("inside", digit, paint)
    with trying:
        teaching.tries(link, asked_here.tries, asked_here.fails, asked_here.opening, **(facts | live))
    if view != "worst":
        with second:
            more()
    with confrontation:
        finding = words.MEASURED_OF[view].format(**facts)
        teaching.confront(asked_here.prediction, predicted, finding)
        st.markdown(words.EXPLAIN_OF[view].format(**facts))
    if view == "pixels":
        survivors()
    teaching.checks("inside", asked_here.checks, view)
    teaching.misconceptions(words.WRONG)
    with st.expander(words.NUMBERS, key="inside.numbers"):
        st.dataframe(table.round(3), hide_index=True, alt="The numbers behind the picture")
    teaching.code(looking.slopes, looking.occlusion, looking.silenced, study.alike)
frame.end("inside", link, words.LEFT_OPEN)
if predicted is None:
    measured(view)  # what the answer needs, while the learner thinks
