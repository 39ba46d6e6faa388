"""Lesson 23: one kernel slid by hand, kernels that learn, and what shuffled and moved pixels do to them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.data import ink
from core.lessons.convolution import charts, kernel, kernel_charts, study, trained_charts, words, worked
from core.nn.images import Conv2D
from core.training.settings import Setting, choice, moment, whole
from core.ui import frame, show, teaching
from core.ui.buttons import buttons
from core.ui.cells import number_table
from core.ui.drawing import drawing
from core.ui.link import Link
from core.ui.mirror import mirror
from core.ui.player import RESTING, player
from core.workshop.turns import TRAINING

VIEWS = {"kernel": "One kernel", "trained": "Trained kernels", "moved": "Shuffled and shifted"}
FIRST_ROW, MOST_SEED, PLACES_A_SECOND = 9, 19, 5
LAST_ROW = study.TESTED - 1
CODE: dict[str, tuple[Any, ...]] = {
    "kernel": (kernel.feature_map, kernel.pooled, Conv2D),
    "trained": (Conv2D, study.convolution, study.ends),
    "moved": (kernel.shifted, study.shuffled, study.ends),
}
link = Link(
    "convolution",
    [
        choice("view", "kernel", VIEWS, "View"),
        Setting("kernel", kernel.FIRST, "Kernel", kernel.read_kernel),
        choice("layer", "plain", kernel.LAYERS, "Layer"),
        whole("row", FIRST_ROW, 0, LAST_ROW, "Test digit"),
        Setting("ink", "", "Drawn digit", ink.read_ink),
        moment("epoch", -1, 400, "Place or step"),
        choice("kernels", str(study.ASKED), [str(k) for k in study.KERNELS], "Kernels"),
        whole("seed", 0, 0, MOST_SEED, "Seed of the weights"),
        choice("along", "parameters", words.ALONG, "Compare by"),
        choice("case", "shifted", words.CASES, "Pixels"),
    ],
)
lesson = frame.begin("convolution", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=40, show_spinner=False)
def trained(kind: str, size: int, way: str) -> dict[str, np.ndarray]:
    """The right answers of twenty networks."""
    with TRAINING.take() as let_others:
        return study.ends(kind, size, way, let_others)


@st.cache_data(max_entries=40, show_spinner="Training the kernels …")
def watched(kernels: int, seed: int) -> dict[str, np.ndarray]:
    """One network while it learns."""
    with TRAINING.take():
        return study.watched(kernels, seed)


def ends(asked: Sequence[tuple[str, int, str]]) -> dict[tuple[str, int, str], dict[str, np.ndarray]]:
    """The right answers of all networks that are asked for, with a word on how far it is."""
    found = {}
    for k, one in enumerate(asked, 1):
        with st.spinner(words.WAITING.format(seeds=study.SEEDS, k=k, n=len(asked))):
            found[one] = trained(*one)
    return found


def digit() -> np.ndarray:
    """The digit of the page, (64,) from 0 to 1: a test digit, or one that was drawn."""
    if predicted is None:
        return study.data()["X_test"][FIRST_ROW]
    return ink.from_text(link["ink"]) if link["ink"] else study.data()["X_test"][link["row"]]


def paint(pixels: np.ndarray) -> None:
    """Take a picture that was drawn."""
    link.set(ink=ink.to_text(pixels), epoch=-1)


def another_digit() -> None:
    """Go on to the next test digit."""
    link.set(row=(link["row"] + 1) % (LAST_ROW + 1), ink="", epoch=-1)


def kernel_controls() -> None:
    """A kernel with a name, or nine weights of one's own; and the layer around it."""
    name = kernel.named(link["kernel"]) or "own"
    options = [*kernel.PRESETS, *(["own"] if name == "own" else [])]

    def chosen(key: str) -> None:
        if (picked := st.session_state[key]) in kernel.PRESETS:
            link.set(kernel=kernel.PRESETS[picked][1], epoch=-1)

    def typed(weights: np.ndarray) -> None:
        link.set(kernel=kernel.to_text(weights), epoch=-1)

    st.selectbox(
        "Kernel", options, format_func=words.called,
        **mirror("convolution.preset", name, chosen),
    )  # fmt: skip
    st.caption(words.TYPE)
    number_table(
        "convolution.weights", kernel.from_text(link["kernel"]), typed, low=-kernel.MOST, high=kernel.MOST, decimals=1,
        cell="weight", alt="The kernel as 3 rows of 3 numbers", columns=words.COLUMNS,
    )  # fmt: skip
    buttons(link, "layer", "Layer", words.LAYERS)


def one_kernel() -> pd.DataFrame:
    """The view of one kernel; returns its numbers."""
    waiting = predicted is None
    layer, text = ("plain", kernel.FIRST) if waiting else (link["layer"], link["kernel"])
    padding, stride, pooling = kernel.LAYERS[layer]
    conv, weights = kernel.layer(layer), kernel.from_text(text)
    page = np.rint(digit().reshape(ink.SIDE, ink.SIDE) * ink.LEVELS)
    found = kernel.slid(page, weights, conv)
    places, columns = found["z"].size, found["z"].shape[1]
    with right:
        at = 0
        if not waiting:
            run = repr((layer, text, ink.to_text(page / ink.LEVELS)))
            at = player(link, range(1, places + 1), run, "place", PLACES_A_SECOND)
        show.chart(
            "convolution.sliding", (layer, text, page.tobytes(), waiting, mode),
            lambda: kernel_charts.sliding(
                page, weights, found, mode, padding=padding, stride=stride, pooling=pooling, title=words.SLIDING,
                start=places - 1, answered=not waiting,
            ),
            kernel_charts.sliding_text(found, at, not waiting),
        )  # fmt: skip
    if predicted is None:
        return pd.DataFrame()
    row, column = divmod(at, columns)
    numbers = kernel.counts(conv) | {"most": float(found["z"].max())}
    with right:
        teaching.tries(link, words.TRIES_KERNEL, words.FAILS_KERNEL, **numbers)
        drawing("convolution", digit, paint)
    with right, st.container(key=RESTING):
        st.caption(words.AT.format(place=at + 1))
        st.latex(worked.products(found["patches"][at], weights))
    asked = kernel.asked(study.data()["X_test"][FIRST_ROW].reshape(ink.SIDE, ink.SIDE) * ink.LEVELS)
    teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(**asked))
    st.markdown(words.EXPLAIN_KERNEL.format(**numbers))
    st.latex(r"z_{r,c} = \sum_{u}\sum_{v} w_{u,v}\; x_{r+u,\,c+v}")
    with st.expander(words.CROSS_TITLE, key="convolution.cross"):
        z, turned = (float((found["patches"][at] * w).sum()) for w in (weights, kernel.turned(weights)))
        line = words.CROSS.format(row=row + 1, column=column + 1, z=round(z, 1) + 0.0, turned=round(turned, 1) + 0.0)
        st.markdown(line.replace(" -", " −"))
    return pd.DataFrame(found["z"], columns=[f"column {k + 1}" for k in range(columns)])


def trained_kernels() -> pd.DataFrame:
    """The view of kernels that learn; returns its numbers."""
    waiting = predicted is None
    kernels, seed = (study.ASKED, 0) if waiting else (int(link["kernels"]), link["seed"])
    run, picture = watched(kernels, seed), digit()
    found, steps = study.seen(run["theta"], kernels, picture), run["steps"]
    with right:
        both = st.container(key="convolution.both")  # on a phone, too, the experiments come after both charts
    right_answers = None if waiting else run["accuracy"]
    with both:
        at = player(link, steps.tolist(), repr((kernels, seed, waiting)), "step")
        show.chart(
            "convolution.learning", (kernels, seed, ink.to_text(picture), waiting, mode),
            lambda: trained_charts.learning(
                picture, found, right_answers, mode, words.LEARNING.format(kernels=kernels), len(steps) - 1
            ),
            trained_charts.learning_text(found, right_answers, at),
        )  # fmt: skip
    if predicted is None:
        return pd.DataFrame()
    along = link["along"]
    of = {"kernels": study.KERNELS, "dense": study.UNITS}
    scores = ends([(kind, size, "plain") for kind, many in of.items() for size in many])
    sizes = {
        words.KINDS[kind]: (places, [words.NAMES[kind].format(size=size) for size in of[kind]], each)
        for kind, (places, each) in study.sized(scores, along).items()
    }
    title = words.COMPARED.format(along=words.ALONG[along])
    facts = study.scored_facts(scores) | {"end": float(run["accuracy"][-1])}
    with both:
        show.chart(
            "convolution.sizes", (along, mode),
            lambda: charts.sizes(sizes, mode, title, words.ALONG[along], (130, 5000), int(along == "work")),
            charts.sizes_text(sizes, words.ALONG[along]),
        )  # fmt: skip
    with right:
        teaching.tries(link, words.TRIES_TRAINED, words.FAILS_TRAINED, **facts)
        counted(along, kernels, found["pooled"].shape[-1])
    teaching.confront(words.PREDICTION_TRAINED, predicted, words.MEASURED_TRAINED.format(**facts))
    st.markdown(words.EXPLAIN_TRAINED.format(**facts))
    st.latex(worked.shared_gradient())
    parts = [
        pd.DataFrame({"network": names, words.ALONG[along]: size, "test accuracy": np.median(each, axis=1)})
        for size, names, each in sizes.values()
    ]
    return pd.concat(parts)


def counted(along: str, kernels: int, side: int) -> None:
    """The arithmetic behind the sizes that are compared: weights and biases, or multiplications."""
    if along == "work":
        lines, units = (words.WORK_LINE, worked.work, worked.dense_work), study.FEW_UNITS
    else:
        lines, units = (words.SIZE_LINE, worked.size, worked.dense_size), study.RIVAL
    line, of_kernels, of_dense = lines
    st.caption(line.format(kernels=kernels, each=side**2, places=study.facts()["places"]))
    st.latex(of_kernels(kernels, side))
    st.caption(words.DENSE_LINE.format(units=units))
    st.latex(of_dense(units))


def compared(case: str) -> dict[str, study.Pair]:
    """Right answers of both networks before and after what a case does to the pixels."""
    return study.pairs(case, ends(study.needed(case)))


def moved_line(picture: np.ndarray, mixed: bool) -> None:
    """What moves with the picture, or how alike neighbors are once they are shuffled, in numbers."""
    st.caption(words.ALIKE_LINE if mixed else words.MOVED_LINE.format(name=words.called(kernel.named(link["kernel"]))))
    if mixed:
        X = study.data()["X"]
        st.latex(worked.correlations(study.alike(X), study.alike(study.shuffled(X))))
    else:
        page = np.rint(picture * ink.LEVELS).reshape(ink.SIDE, ink.SIDE)
        st.latex(worked.moved(kernel.moved(page, kernel.from_text(link["kernel"]))))


def moved_pixels() -> pd.DataFrame:
    """The view of pixels that are moved; returns its numbers."""
    case, picture = ("shifted" if predicted is None else link["case"]), digit()
    mixed = case == "shuffled"
    names = words.PAGE_SHUFFLED if mixed else words.PAGE_NAMES
    others = [study.shuffled(picture[None])] if mixed else [kernel.shifted(picture[None], *by) for by in study.WAYS]
    pictures = np.vstack([picture[None], *others])
    with right:
        first = st.container()
        show.chart(
            "convolution.pages", (ink.to_text(picture), mixed, mode),
            lambda: charts.pages(pictures, names, mode, words.PAGES), charts.pages_text(names, words.PAGES),
        )  # fmt: skip
    if predicted is None:
        return pd.DataFrame()
    found = compared(case)
    rows = words.rows(case, {"kernels": study.ASKED, "dense": study.RIVAL})
    scores = [one for pair in found.values() for one in pair]
    with first:
        show.chart(
            "convolution.strips", (case, mode),
            lambda: charts.strips(rows, scores, mode, words.STRIPS[case], study.LOWEST[case]),
            charts.strips_text(rows, scores),
        )  # fmt: skip
        teaching.tries(link, words.TRIES_MOVED, words.FAILS_MOVED, **study.medians(found))
    with right:
        moved_line(picture, mixed)
    asked = study.medians(compared("shifted")) | study.facts()
    teaching.confront(words.PREDICTION_MOVED, predicted, words.MEASURED_MOVED.format(**asked))
    st.markdown(words.EXPLAIN_SHUFFLED if mixed else words.EXPLAIN_MOVED)
    return pd.DataFrame(dict(zip(rows, scores, strict=True))).rename_axis("seed").reset_index()


def trained_controls() -> None:
    """How many kernels, from which start, and what they are compared by."""
    buttons(link, "kernels", "Kernels", map(str, study.KERNELS))
    buttons(link, "along", "Compare by", words.ALONG)
    st.slider("Seed of the weights", 0, MOST_SEED, key=link.key("seed"))


left, right = st.columns([1, 2], gap="large")
with left:
    view = teaching.choose_view(link, VIEWS)
    st.markdown(words.INTRO[view].format(ink=ink.LEVELS, **study.facts()))
    predicted = teaching.prediction("convolution", words.LESSON, view, **study.facts())
    if predicted is not None:
        controls = {"kernel": kernel_controls, "trained": trained_controls}
        controls.get(view, lambda: buttons(link, "case", "Pixels", words.CASES))()
        st.button("Another digit", on_click=another_digit, icon=":material/skip_next:", key="convolution.another")
table = {"kernel": one_kernel, "trained": trained_kernels, "moved": moved_pixels}[view]()

if predicted is not None:
    teaching.checks("convolution", words.LESSON.views[view].checks, view)
    teaching.misconceptions(words.WRONG)
    with st.expander("The numbers behind the picture", key="convolution.numbers"):
        st.dataframe(table, hide_index=True)
    teaching.code(*CODE[view])
frame.end("convolution", link, words.LEFT_OPEN)
