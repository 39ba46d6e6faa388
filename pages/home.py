"""The first page: what learning is, in one run that plays, and the way into the lessons."""

from dataclasses import asdict
from typing import Any

import streamlit as st

from core.lessons.home import course, words
from core.training.experiment import Experiment
from core.training.one_step import OneStep, changed, one_step
from core.training.settings import choice, moment, whole
from core.ui import frame, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.player import player
from core.ui.ring import ring, update
from core.ui.ways import page_of
from core.workshop import cache, simulator
from core.workshop.presets import BY_SLUG as PRESETS

DATA = {"circles": ("Circles", 0.1), "moons": ("Moons", 0.2), "xor": ("XOR", 0.1)}
NETS = {"layers": ("Two layers of 8", (8, 8)), "one": ("One neuron", ())}
STEPS = 700
EXAMPLES = ("spirals", "overfit", "vanishing")

link = Link(
    "home",
    [
        choice("data", "circles", DATA, "Data"),
        choice("net", "layers", NETS, "Network"),
        whole("step", 1, 1, STEPS, "Step"),
        whole("seed", 0, 0, 2**32 - 1, "Seed of the weights"),
        moment("epoch", -1, 100, "Epoch"),
    ],
)
lesson = frame.begin("home", link)
frame.heading(lesson)
(_, noise), (_, hidden) = DATA[link["data"]], NETS[link["net"]]
experiment = Experiment(
    dataset=link["data"], noise=noise, hidden=hidden, optimizer="sgd", learning_rate=0.5, seed=link["seed"]
)


@st.cache_data(max_entries=200, show_spinner=False)
def opened(query: str, number: int) -> dict[str, Any]:
    """The numbers of one step of a run."""
    return asdict(one_step(cache.experiment_of(query), number))


intro, way = st.columns([2.4, 1], gap="large", vertical_alignment="center")
with intro:
    st.markdown(words.INTRO)
with way:
    if (going := course.next_lesson()) and st.button(
        f"{'Go on' if course.begun() else 'Start'} with lesson {going.number}", type="primary", width="stretch",
        icon=":material/arrow_forward:", icon_position="right", key="home.start",
    ):  # fmt: skip
        st.switch_page(page_of(going.slug))

plane, beside = st.columns([1.4, 1], gap="large")
with plane:
    scene = simulator.run(experiment, ("spread", 0, 1))
    if st.session_state.get("home.played", scene.query) != scene.query:
        link.set(epoch=-1)  # another run: let it play
    st.session_state["home.played"] = scene.query
    at = player(link, scene.frames.tolist(), scene.query)
    simulator.answer_chart(scene, at)
    trying = st.container(key="home.phone.above")  # within sight of what the experiments change
    st.caption(words.PICTURE)
with beside:
    buttons(link, "data", "Data", {d: title for d, (title, *_) in DATA.items()})
    buttons(link, "net", "Network", {n: title for n, (title, *_) in NETS.items()})
    simulator.loss_chart(scene, log=False)
    st.caption(words.SEED.format(seed=link["seed"]))

st.subheader("The learning loop", anchor=False)
step = OneStep(**opened(scene.query, link["step"]))
looking, drawn = st.columns([1, 1.2], gap="large")
with looking:
    st.markdown(words.LOOP)
    predicted = teaching.prediction("home", words.LESSON)
    if predicted is not None:
        simulator.step_chart(scene, step)
with drawn:
    ring(step, f"Step {step.number} of {step.total}")
    st.slider("Step", 1, STEPS, key=link.key("step"))
    st.button(
        "Take the next step", icon=":material/replay:", key="home.next",
        on_click=lambda: link.set(step=min(link["step"] + 1, STEPS)),
    )  # fmt: skip
    update(step)

if predicted is not None:
    thetas = scene.history.snapshots
    size, (moved, median) = thetas.shape[1], changed(thetas[0], thetas[-1])
    first = OneStep(**opened(scene.query, 1)).moved
    measured = words.MEASURED.format(changed=moved, size=size, first=first, median=median)
    teaching.confront(words.PREDICTION, predicted, measured)
    losses = scene.history.train_loss
    st.markdown(words.EXPLAIN.format(before=losses[0], after=losses[-1]))
    with trying:
        teaching.tries(link, words.TRIES, words.FAILS, right=float(scene.history.test_accuracy[-1]))
    teaching.checks("home", words.LESSON.checks)

st.subheader(course.heading(), anchor=False)
course.lessons()
with st.expander(words.TEACHERS_TITLE, key="home.teachers"):
    st.markdown(words.TEACHERS)
    for preset in (PRESETS[slug] for slug in EXAMPLES):
        st.page_link(
            page_of("training"), label=preset.title, icon=":material/link:",
            query_params=preset.experiment.to_query(),
        )  # fmt: skip
if predicted is not None:
    teaching.misconceptions(words.WRONG)
    teaching.code(one_step, changed)
    with st.expander("The numbers behind the picture", key="home.numbers"):
        st.dataframe(simulator.table(scene), hide_index=True, alt="Loss and accuracy after every epoch")
frame.end("home", link, words.LEFT_OPEN)
