"""Lesson 15: why early layers may stop learning."""

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import band, band_text
from core.charts.gradients import domain_of, gradient_norms, gradient_norms_text
from core.lessons.vanishing import study, words
from core.nn.activations import sigmoid_backward
from core.nn.layers import Dense, Residual
from core.training.experiment import MOST_LAYERS
from core.training.settings import choice, moment
from core.training.signals import look
from core.ui import frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.player import player
from core.workshop.sending import simulator_link

Setting = tuple[str, int, str, str]
FIRST: Setting = ("sigmoid", study.DEPTHS[0], "none", "suited")  # what is drawn beside the question
ASKED: Setting = ("sigmoid", study.DEPTHS[-1], "none", "suited")
OLD = ("small", "large")  # first weights that links of earlier days call a change
link = Link(
    "vanishing",
    [
        choice("act", "sigmoid", study.ACTIVE, "Activation"),
        choice("depth", str(ASKED[1]), [str(n) for n in study.DEPTHS], "Hidden layers"),
        choice("change", "none", [*study.CHANGES, *OLD], "Change"),
        choice("weights", "suited", study.WEIGHTS, "First weights"),
        moment("epoch", 0, study.EPOCHS, "Epoch"),
    ],
)
lesson = frame.begin("vanishing", link)
if link["change"] in OLD:
    link.set(change="none", weights=link["change"])
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=144, show_spinner="Training 20 deep networks …")
def trained(activation: str, depth: int, change: str, weights: str) -> dict[str, np.ndarray]:
    """The gradients and accuracies of one setting's runs, as arrays."""
    runs = study.run(activation, depth, change, weights)
    return {"norms": runs.norms, "accuracy": runs.accuracy} | {f"part {k}": v for k, v in runs.parts.items()}


def runs_of(*setting: *Setting) -> study.Runs:
    """The same as an object: a cache holds plain arrays only."""
    found = trained(*setting)
    parts = {name.removeprefix("part "): v for name, v in found.items() if name.startswith("part ")}
    return study.Runs(found["norms"], parts, found["accuracy"])


left, right = st.columns([1, 2], gap="large")
with left:
    st.markdown(words.INTRO)
    predicted = teaching.prediction("vanishing", words.LESSON, depth=ASKED[1], few=FIRST[1])
waiting = predicted is None
if not waiting:
    with left:
        buttons(link, "act", "Activation", study.ACTIVE)
        buttons(link, "depth", "Hidden layers", map(str, study.DEPTHS))
        st.selectbox("Change", list(words.CHANGES), format_func=words.CHANGES.__getitem__, key=link.key("change"))
        with st.expander(words.WEIGHTS_TITLE.format(name=words.WEIGHTS[link["weights"]]), key="vanishing.weights_too"):
            buttons(link, "weights", "First weights", words.WEIGHTS)
setting = FIRST if waiting else (link["act"], int(link["depth"]), link["change"], link["weights"])
act, depth, change, weights = setting
runs = runs_of(*setting)
names = [f"layer {k}" for k in range(1, depth + 1)]
numbers = words.spoken(study.ends(runs))

with right:
    at = player(link, study.FRAMES, repr((*setting, waiting)))
    title = words.TITLE.format(name=study.ACTIVE[act], depth=depth)
    show.chart(
        "vanishing.gradients", (*setting, mode),
        lambda: gradient_norms(
            runs.norms, names, mode, title=title, key=f"median and middle 80% of {study.SEEDS} starts",
            domain=domain_of(np.append(runs.norms, study.RANGE)), y_title=words.Y_TITLE,
        ),
        gradient_norms_text(runs.norms[at], names, title=title),
    )  # fmt: skip
    if not waiting:
        trained_to = words.TRAINED.format(epochs=study.EPOCHS, accuracy=numbers["accuracy"])
        st.markdown(f"{words.verdict(study.judge(runs.norms[0]))} {trained_to}")
        teaching.tries(link, words.TRIES, words.FAILS, **numbers)
        epochs, low = np.arange(runs.accuracy.shape[1]), 0.4 if np.isfinite(runs.accuracy).all() else 0.0
        share = {"training": np.nan_to_num(runs.accuracy)}  # what broke gets none right
        show.chart(
            "vanishing.accuracy", (*setting, mode),
            lambda: band(
                epochs, share, mode, x_title="epoch", y_title="training accuracy", title="What the network learns",
                domain=(low, 1.0), height=150, named=False, key="median and middle 80%",
            ),
            band_text(epochs, share, x_title="epoch", y_title="Training accuracy"),
        )  # fmt: skip
        parts = {kind: float(np.median(each)) for kind, each in runs.parts.items()}
        if line := words.on_the_way_back(parts, numbers["factor"]):
            st.caption(words.LINE)
            st.latex(line)
        else:
            st.caption(words.ALSO.format(title=words.FACTOR_TITLE))
        st.caption(words.CHAIN.format(depth=depth))
        st.latex(words.chain(numbers["last"], numbers["factor"], depth - 1))

if predicted is not None:
    asked = words.spoken(study.ends(runs_of(*ASKED)))
    teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(depth=ASKED[1], seeds=study.SEEDS, **asked))
    st.markdown(words.EXPLAIN)
    name = words.OPEN if depth <= MOST_LAYERS else words.OPEN_FEWER.format(most=MOST_LAYERS)
    simulator_link(name, study.experiment(act, min(depth, MOST_LAYERS), change, weights))
    with st.expander(words.FACTOR_TITLE, key="vanishing.factor"):
        st.latex(words.product(parts, numbers["factor"]))
        st.markdown(words.FACTOR)
    teaching.checks("vanishing", words.CHECKS)
    teaching.misconceptions(words.WRONG)
    with st.expander("The numbers behind the picture", key="vanishing.numbers"):
        middle = np.median(runs.norms, axis=1)
        st.dataframe(
            pd.DataFrame(middle.T, columns=[f"epoch {k}" for k in study.FRAMES]).assign(layer=names).set_index("layer")
        )
    teaching.code(sigmoid_backward, Dense, Residual, look, study.judge)
frame.end("vanishing", link, words.LEFT_OPEN)
if waiting:
    runs_of(*ASKED)  # what the answer needs, while the learner thinks
