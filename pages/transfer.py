"""The lesson on transfer: can old learning help?"""

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import band, band_text
from core.charts.lines import Style
from core.charts.scores import scores, scores_text
from core.charts.small import small_pictures, small_pictures_text
from core.charts.theme import palette
from core.lessons.transfer import study, words
from core.training.settings import choice, nearest
from core.ui import formula, frame, show, teaching
from core.ui.link import Link
from core.ui.sliders import select_slider

NAMES = {"scratch": "from scratch", "frozen": "frozen", "tuned": "fine-tuned"}
ASKED = (("noisy", 1), ("noisy", 30), ("other", 3), ("inverted", 10))
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


left, right = st.columns([1, 1.6], gap="large")
with left:
    st.markdown(words.INTRO)
    predicted = teaching.prediction("transfer", words.LESSON)
    waiting = predicted is None
    if not waiting:
        titles = {name: one.title for name, one in study.TASKS.items()}
        st.selectbox("New pictures", list(titles), format_func=titles.__getitem__, key=link.key("task"))
        select_slider(link, "labels", "Labels for each digit", study.LABELS)
task, labels = ("noisy", 1) if waiting else (link["task"], int(link["labels"]))
chosen, parts = study.TASKS[task], study.parts(task)
with left:
    kinds = np.concatenate([parts.old[0][:2], parts.pool[0][:2]])
    captions = ["old", "old", "new", "new"]
    show.chart(
        "transfer.pictures", (task, mode), lambda: small_pictures(kinds, captions, mode, "Old and new pictures"),
        small_pictures_text(kinds, captions),
    )  # fmt: skip

if not waiting:
    found = result(task, labels)
    with right:
        title = f"Right answers on {len(parts.test[1])} new pictures"
        show.chart(
            "transfer.scores", (task, labels, mode),
            lambda: scores(
                [NAMES[way] for way in study.WAYS], [found[way].tolist() for way in study.WAYS], mode, title,
                domain=(0.0, 1.03), x_title="",
            ),
            scores_text([NAMES[way] for way in study.WAYS], [found[way].tolist() for way in study.WAYS]),
        )  # fmt: skip
        teaching.tries(link, words.TRIES, words.FAILS, **measured())

if predicted is not None:
    teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(**measured()))
    st.markdown(words.EXPLAIN)
    trained, every = study.parameters(task)
    gain = study.summary(task, labels, found)
    st.markdown(words.LINE.format(trained=trained, all=every, pictures=labels * len(chosen.new)))
    a, b = (formula.number(100 * gain[f"{task}_{way}{labels}"], "prediction", 1) for way in ("tuned", "scratch"))
    change = formula.number(
        round(100 * gain[f"{task}_tuned{labels}"], 1) - round(100 * gain[f"{task}_scratch{labels}"], 1),
        "loss",
        1,
        alone=True,
    )
    st.latex(rf"{a}\,\% - {b}\,\% = {change}\ \text{{points}}")
    same = words.UNTOUCHED.format(share=study.untouched(task)) if chosen.same_classes else words.NEW_DIGITS
    st.markdown(same)
    with (opened := st.expander(words.CURVE_TITLE, on_change="rerun", key="transfer.curve")):
        if opened.open:
            each = {n: result(task, n) for n in study.LABELS}
            series = {NAMES[w]: np.stack([each[n][w] for n in study.LABELS], axis=1) for w in study.WAYS}
            p = palette(mode)
            looks = {
                "from scratch": Style(p["test"], [6, 4]),
                "frozen": Style(p["input"], [2, 3]),
                "fine-tuned": Style(p["prediction"], [1, 0]),
            }
            show.chart(
                "transfer.curve.chart", (task, mode),
                lambda: band(
                    np.array(study.LABELS), series, mode, x_title="labels for each digit", y_title="right answers",
                    title="Right answers by the number of labels", domain=(0.0, 1.0), log_x=True, looks=looks, points=True, height=260,
                ),
                band_text(np.array(study.LABELS), series, x_title="labels", y_title="Right answers"),
            )  # fmt: skip
    teaching.checks("transfer", words.CHECKS)
    teaching.misconceptions(words.WRONG)
    with st.expander(words.NUMBERS, key="transfer.numbers"):
        st.dataframe(pd.DataFrame({NAMES[w]: found[w] for w in study.WAYS}).round(4), alt="Accuracy of each network")
    teaching.code(study.learn, study.first_weights, study.recipe)
frame.end("transfer", link, words.LEFT_OPEN)
