"""The lesson on autoencoders: squeeze a picture through a few numbers and draw it again."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.gallery import gallery_text
from core.charts.playing import at_rest
from core.lessons.autoencoder import charts, study, words, worked
from core.training.settings import choice, moment, nearest, number, whole
from core.ui import frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.player import RESTING, player
from core.ui.sliders import select_slider
from core.ui.typed import number_field

BENDS = {"tanh": "tanh", "identity": "none"}
DRAWS = {"codes": "where pictures lie", "drawings": "what is drawn there"}
TEXTS = {
    "map": (words.PREDICTION, words.MEASURED, words.EXPLAIN),
    "size": (words.SIZE, words.SIZE_MEASURED, words.SIZE_EXPLAIN),
}
TILES, SEEN, LAST = 12, 300, study.EPOCHS[-1]
link = Link(
    "autoencoder",
    [
        choice("view", "map", words.VIEWS, "View"),
        choice("bend", "tanh", BENDS, "Bends"),
        choice("draw", "codes", DRAWS, "Map"),
        number("px", 0.0, -study.EDGE, study.EDGE, "First number"),
        number("py", 0.0, -study.EDGE, study.EDGE, "Second number"),
        moment("epoch", LAST, LAST, "Epoch"),
        nearest("size", 2, study.SIZES, "Numbers in the code"),
        whole("digit", 0, 0, 539, "Test picture"),
    ],
)
lesson = frame.begin("autoencoder", link)
frame.heading(lesson)
mode = frame.mode()
digits = study.digits()


@st.cache_data(max_entries=16, show_spinner="Training an autoencoder …")
def run(size: int, bend: str) -> dict[str, Any]:
    """One run, as arrays."""
    return vars(study.run(size, bend))


@st.cache_data(max_entries=2, show_spinner="Training seven autoencoders …")
def measured() -> dict[str, float]:
    """The numbers that the sentences speak of."""
    return study.measured(lambda size, bend: study.Run(**run(size, bend)))


@st.cache_data(max_entries=4, show_spinner="Asking the decoder …")
def atlas(bend: str) -> dict[str, Any]:
    """The codes of the test pictures and what is drawn from each part of the map, at every moment."""
    one = study.Run(**run(2, bend))
    extent = study.extent(one)
    moments = range(len(study.EPOCHS))
    codes = np.stack([study.encode(one, k, digits.test) for k in moments])
    return {
        "extent": extent,
        "codes": codes,
        "drawings": np.stack([study.tiles(one, k, extent, TILES) for k in moments]),
    }


@st.cache_data(max_entries=6, show_spinner="Training 20 autoencoders …")
def ends(size: int) -> tuple[np.ndarray, list[float]]:
    """How networks from many starts end."""
    return study.ends(size)


def clicked() -> None:
    """Choose the place of the map that was clicked."""
    if spot := st.session_state["autoencoder.map"]["selection"]["spot"]:
        link.set(px=float(spot[0]["px"]), py=float(spot[0]["py"]))


def draw_map(waiting: bool) -> None:
    """The map, what is drawn from the chosen place, and the worked line."""
    bend, draw = ("tanh", "codes") if waiting else (link["bend"], link["draw"])
    one, whole_map = study.Run(**run(2, bend)), atlas(bend)
    extent, codes = whole_map["extent"], whole_map["codes"]
    if waiting:  # the trained map would be the answer
        untrained = codes[:1, :SEEN], digits.labels[:SEEN], None, extent, None, mode, words.UNTRAINED, 0
        with right:
            show.chart(
                "autoencoder.untrained", (mode,), lambda: at_rest(charts.code_map(*untrained)),
                charts.code_map_text(codes[0], digits.labels, None),
            )  # fmt: skip
        return
    place = [float(np.clip(link[k], *extent[:2])) for k in ("px", "py")]
    link.set(px=place[0], py=place[1])  # the map without bends ends sooner
    with right:
        at = player(link, study.EPOCHS, f"{bend}{draw}", "epoch")
        seen = codes[at, :SEEN]  # those that are drawn
        show.chart(
            "autoencoder.map", (bend, draw, tuple(place), mode),
            lambda: charts.code_map(
                codes[:, :SEEN], digits.labels[:SEEN], whole_map["drawings"] if draw == "drawings" else None, extent,
                place, mode, "Every picture is two numbers", len(study.EPOCHS) - 1,
            ),
            charts.code_map_text(seen, digits.labels[:SEEN], place), on_select=clicked, selection_mode="spot",
        )  # fmt: skip
        *others, last = map(str, study.around(seen, place))
        teaching.tries(
            link, words.TRIES, words.FAILS, words.LESSON.views["map"].opening,
            around=f"{', '.join(others)} and {last}", **measured(),
        )  # fmt: skip
        with st.expander(words.TYPED, key="autoencoder.place"):
            number_field(link, "px", "First number", *extent[:2])
            number_field(link, "py", "Second number", *extent[:2])
    closest = study.nearest(seen, place)
    pictures = np.stack(
        [study.decode(one, at, np.array([place]))[0], digits.test[closest],
         study.decode(one, at, codes[at][closest : closest + 1])[0]]
    )  # fmt: skip
    captions = ["drawn from here", "closest picture", "drawn again"]
    with left, st.container(key=RESTING):
        show.chart(
            "autoencoder.pictures", (bend, at, tuple(place), mode),
            lambda: charts.compared(pictures, captions, mode, words.PLACE, worked.worst(*pictures[1:]), (1, 2)),
            gallery_text(pictures, captions, words.PLACE),
        )  # fmt: skip
    with explained, st.container(key=f"{RESTING}.line"):
        error = study.error(digits.test, study.decode(one, at, codes[at]))
        st.markdown(words.LINE.format(digit=digits.labels[closest], epoch=study.EPOCHS[at], error=error))
        st.latex(worked.line(pictures[1], pictures[2]))


def draw_sizes(waiting: bool) -> None:
    """The error by the size of the code, and one picture by both."""
    size, digit = (2, 0) if waiting else (int(link["size"]), link["digit"])
    found = study.by_size(lambda k: study.Run(**run(k, "tanh")))
    flat, band = study.component_errors(), None if waiting else study.spread(ends)
    with right:
        drawn = found if not waiting else [np.nan] * len(found)
        about = words.ERRORS_BAND.format(start=study.START, middle=study.MIDDLE, seeds=study.SEEDS)
        key = [*[about] * (not waiting), words.ERRORS_KEY]
        show.chart(
            "autoencoder.errors", (size, waiting, mode),
            lambda: charts.errors(study.SIZES, drawn, flat, size, mode, words.ERRORS, key, band),
            charts.errors_text(study.SIZES, drawn, flat, band),
        )  # fmt: skip
        if not waiting:
            teaching.tries(link, words.SIZE_TRIES, words.SIZE_FAILS, **measured())
    if waiting:
        return
    one, picture = study.Run(**run(size, "tanh")), digits.test[digit : digit + 1]
    last = len(study.EPOCHS) - 1
    pictures = np.concatenate(
        [picture, study.decode(one, last, study.encode(one, last, picture)), study.components(size).redraw(picture)]
    )
    captions = ["test picture", "network", "components"]
    title = f"Through {size} number{'s' if size > 1 else ''}"
    with left:
        show.chart(
            "autoencoder.pictures", (size, digit, mode),
            lambda: charts.compared(pictures, captions, mode, title, worked.worst(*pictures[:2]), (0, 1)),
            gallery_text(pictures, captions, title),
        )  # fmt: skip
    with explained:
        st.markdown(words.SIZE_LINE.format(digit=digits.labels[digit], size=size))
        st.latex(worked.line(pictures[0], pictures[1]))


view = teaching.choose_view(link, words.VIEWS)
left, right = st.columns([1, 1.6], gap="large")
with left:
    st.markdown(words.INTRO[view])
    predicted = teaching.prediction("autoencoder", words.LESSON, view)
    if predicted is not None and view == "map":
        buttons(link, "draw", "The map shows", DRAWS)
        buttons(link, "bend", "Bends (activations)", BENDS)
    elif predicted is not None:
        select_slider(link, "size", "Numbers in the code", study.SIZES)
        st.number_input("Test picture", 0, 539, key=link.key("digit"))
confrontation, explained = st.container(), st.container()
(draw_map if view == "map" else draw_sizes)(predicted is None)

if predicted is not None:
    asked, finding, why = TEXTS[view]
    if view == "map" and link["bend"] != "tanh":
        finding = words.WITH_BENDS + finding
    with confrontation:
        teaching.confront(asked, predicted, finding.format(**measured()))
        st.markdown(why)
    st.latex(worked.FORMULA)
    with (opened := st.expander(words.STARTS, on_change="rerun", key="autoencoder.starts")):
        if opened.open:
            st.markdown(words.STARTS_SAY.format(**study.starts(ends)))
    teaching.checks("autoencoder", words.LESSON.views[view].checks, view)
    teaching.misconceptions(words.WRONG)
    with st.expander(words.NUMBERS, key="autoencoder.numbers"):
        found = study.by_size(lambda k: study.Run(**run(k, "tanh")))
        table = {"numbers in the code": study.SIZES, "network": found, "principal components": study.component_errors()}
        st.dataframe(pd.DataFrame(table), hide_index=True)
    teaching.code(study.run, study.encode, study.decode, study.components)
frame.end("autoencoder", link, words.LEFT_OPEN)
if predicted is None and view == "size":
    study.spread(ends)  # what the answer needs, while the learner thinks
