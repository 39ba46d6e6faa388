"""The lesson on transfer: can old learning help?"""

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import band, band_text
from core.charts.gallery import gallery, gallery_text
from core.charts.lines import Style
from core.charts.scores import scores, scores_text
from core.charts.theme import palette
from core.lessons.transfer import study, words, worked
from core.training.settings import choice, nearest
from core.ui import frame, show, teaching
from core.ui.link import Link
from core.ui.sliders import select_slider

NAMES = {"scratch": "from scratch", "frozen": "frozen", "tuned": "fine-tuned"}
OLD = "as it is"
ASKED = (("noisy", 1), ("noisy", 30), ("other", 3), ("inverted", 10), ("inverted", 30))
link = Link(
    "transfer",
    [
        choice("task", "noisy", study.TASKS, "New pictures"),
        nearest("labels", 1, study.LABELS, "Labels for each digit"),
    ],
)
lesson = frame.begin("transfer", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=16, show_spinner="Training 60 networks …")
def result(task: str, labels: int) -> dict[str, np.ndarray]:
    """All three ways, from many draws."""
    return study.result(task, labels)


@st.cache_data(max_entries=2, show_spinner=False)
def measured() -> dict[str, float]:
    """The numbers that the sentences speak of."""
    found: dict[str, float] = {"seeds": study.SEEDS}
    for task, labels in ASKED:
        found |= study.summary(task, labels, result(task, labels))
    return found


@st.cache_data(max_entries=4, show_spinner=False)
def known(task: str) -> dict[str, float]:
    """How much the old network has learned."""
    return study.before(task)


left, right = st.columns([1, 1.6], gap="large")
with left:
    intro = st.container()
    predicted = teaching.prediction("transfer", words.LESSON)
    waiting = predicted is None
    if not waiting:
        titles = {name: one.title for name, one in study.TASKS.items()}
        st.selectbox("New pictures", list(titles), format_func=titles.__getitem__, key=link.key("task"))
        select_slider(link, "labels", "Labels for each digit", study.LABELS)
task, labels = ("noisy", 1) if waiting else (link["task"], int(link["labels"]))
chosen, parts = study.TASKS[task], study.parts(task)
kinds, captions = study.pairs(task)
intro.markdown(words.INTRO.format(**known(task)))
with right:  # while it asks, they are all there is to see
    main, pictures = st.container(), st.container(key="transfer.both")
with pictures:
    rows, size = (2, 110) if waiting else (4, 60)
    show.chart(
        "transfer.pictures", (task, waiting, mode), lambda: gallery(kinds, captions, mode, words.KINDS, rows, size),
        gallery_text(kinds, captions, words.KINDS),
    )  # fmt: skip

if not waiting:
    found = result(task, labels)
    with main:
        title = f"Right answers on {len(parts.test[1])} new pictures"
        names, each, key = [NAMES[way] for way in study.WAYS], [found[way].tolist() for way in study.WAYS], words.KEY
        if chosen.same_classes:
            key = [*key, words.KEY_OLD]
            names, each = [OLD, *names], [[study.untouched(task)], *each]
        show.chart(
            "transfer.scores", (task, labels, mode),
            lambda: scores(names, each, mode, title, "right answers", domain=(0.0, 1.03), x_title="", key=key),
            scores_text(names, each, "Right answers"),
        )  # fmt: skip
        teaching.tries(link, words.TRIES, words.FAILS, **measured())

if predicted is not None:
    teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(**measured()))
    st.markdown(words.EXPLAIN)
    unit, sums, names = study.most_active(task)
    st.markdown(words.LINE.format(unit=unit + 1, units=study.WIDTH))
    st.latex(worked.both(sums, names))
    st.markdown(words.VERDICTS[study.verdict(task, sums)])
    if not chosen.same_classes:
        st.markdown(words.NEW_DIGITS)
    with (opened := st.expander(words.CURVE_TITLE, on_change="rerun", key="transfer.curve")):
        if opened.open:
            by_labels = {n: result(task, n) for n in study.LABELS}
            series = {NAMES[w]: 100 * np.stack([by_labels[n][w] for n in study.LABELS], axis=1) for w in study.WAYS}
            p = palette(mode)
            looks = {
                NAMES["scratch"]: Style(p["test"], [6, 4]),
                NAMES["frozen"]: Style(p["input"], [2, 3]),
                NAMES["tuned"]: Style(p["prediction"], [1, 0]),
            }
            show.chart(
                "transfer.curve.chart", (task, mode),
                lambda: band(
                    np.array(study.LABELS), series, mode, x_title="labels for each digit", y_title="right answers, %",
                    title="Right answers by the number of labels", domain=(0.0, 100.0), log_x=True, looks=looks, points=True, height=260,
                ),
                band_text(np.array(study.LABELS), series, x_title="labels", y_title="Right answers in percent"),
            )  # fmt: skip
    teaching.checks("transfer", words.CHECKS)
    teaching.misconceptions(words.WRONG)
    with st.expander(words.NUMBERS, key="transfer.numbers"):
        st.dataframe(pd.DataFrame({NAMES[w]: found[w] for w in study.WAYS}).round(4), alt="Accuracy of each network")
    teaching.code(study.learn, study.first_weights, study.recipe)
frame.end("transfer", link, words.LEFT_OPEN)
