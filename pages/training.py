"""Lesson 7, the workshop: choose data and a network, press play, and watch it learn."""

from dataclasses import replace

import streamlit as st

from core.charts.naming import counted
from core.data import own
from core.data.writing import csv_bytes
from core.lessons.training import words, worked
from core.lessons.training.explained import related_lessons
from core.lessons.training.going_on import Continuation, continuation
from core.lessons.training.gradients import gradient_chart
from core.lessons.training.step import remembered, worked_step
from core.training.engine import train
from core.training.experiment import SETTINGS, Experiment
from core.training.loop import fit
from core.training.settings import choice, moment, switch, whole
from core.ui import frame, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.player import player
from core.ui.ways import page_of
from core.workshop import cache, controls, own_data, sentences, simulator
from core.workshop.presets import BY_SLUG, PRESETS

VIEWS = {"spread": "where the data spread most", "inputs": "two inputs"}

link = Link(
    "training",
    [
        *SETTINGS,
        moment("epoch", -1, 2000, "Epoch"),
        choice("view", "spread", VIEWS, "View"),
        whole("ax", 0, 0, 63, "Horizontal axis"),
        whole("ay", 1, 0, 63, "Vertical axis"),
        whole("layer", 1, 1, 7, "Layer of the enlarged unit"),
        whole("unit", 1, 1, 128, "Enlarged unit"),
        switch("log", False, "Logarithmic loss"),
    ],
)
lesson = frame.begin("training", link)
sketch = link["dataset"] if own.not_ready(link["dataset"]) and own.read_name(link["dataset"])[0] else ""
experiment, changed = controls.experiment_in(link)
changed = link.lasting(changed + controls.axes_in(link, experiment) + controls.moment_in(link, experiment))
frame.heading(lesson)


def start_from() -> None:
    preset = BY_SLUG.get(st.session_state["training.preset"] or "")
    if preset:
        link.reset()
        controls.put(link, preset.experiment)
    st.session_state["training.looking"] = preset.slug if preset else None


def again(**settings: object) -> None:
    controls.put(link, replace(experiment, **settings))  # type: ignore[arg-type]
    link.set(epoch=-1)


def go_on(onward: Continuation) -> None:
    controls.put(link, replace(experiment, epochs=onward.epochs))
    link.set(epoch=scene.history.epochs if onward.same else -1)


def reset() -> None:
    link.reset()
    st.session_state["training.preset"] = None


def fails() -> None:
    st.session_state["training.preset"] = words.FAILS
    start_from()


def take(name: str) -> None:
    """Go on with other data of the learner's own; where they are of another kind, with the settings that suit them."""
    if own_data.alike(name, link["dataset"]):
        link.set(dataset=name)
    else:
        controls.use(link, name)
    link.set(epoch=-1)


if sketch:
    link.set(dataset=sketch)
    own_data.editor("training", sketch, None, take)
    controls.data_choice(link)
    controls.data_controls(link)
    frame.end("training", link, words.LEFT_OPEN)
    st.stop()
facts = worked.givens(experiment)
predicted = teaching.answers().get("training.prediction")
waiting = predicted is None and experiment == Experiment() and link["epoch"] < 0
if waiting:
    asking, picture = st.columns([1, 1.4], gap="large")
    with asking:
        st.markdown(words.ASKING.format(**facts))
        teaching.prediction("training", words.LESSON, **facts)
    with picture:
        simulator.answer_chart(simulator.run(experiment, ("spread", 0, 1)), 0, plays=False)
    frame.end("training", link, words.LEFT_OPEN)
    st.stop()

st.markdown(words.INTRO.format(**facts))
answer = st.container()
if changed:
    st.warning("\n".join(f"- {c}" for c in changed), title="Some settings do not go together, so:")
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.selectbox(
        "Start from", [p.slug for p in PRESETS], format_func=lambda s: BY_SLUG[s].title, index=None, width=260,
        placeholder="an experiment …", key="training.preset", on_change=start_from,
    )  # fmt: skip
    st.button(
        "New seed", icon=":material/casino:", on_click=again, kwargs={"seed": (experiment.seed + 1) % 2**32},
        help="Start from other random weights and change nothing else",
    )  # fmt: skip
    st.button("Reset", icon=":material/restart_alt:", on_click=reset, help="The experiment that this page opens with")
    st.button(words.FAILS_LABEL, icon=":material/warning:", on_click=fails)

if own.is_own(experiment.dataset):
    own_data.editor("training", experiment.dataset, experiment, take)
pictures, settings = st.columns([3.2, 1], gap="medium")
with settings:
    st.subheader("Settings", anchor="settings")
    with st.expander("Examples", key="training.examples"):
        controls.data_controls(link)
    with st.expander("Inputs", key="training.inputs"):
        controls.input_controls(link)
    with st.expander("Network", key="training.network"):
        controls.network_controls(link)
    with st.expander("Training", key="training.training"):
        controls.training_controls(link)
    with st.expander("Against overfitting", key="training.against"):
        controls.restraint_controls(link)
    related_lessons()

with pictures:
    looking, look = st.session_state.get("training.looking"), st.container()
    scene = simulator.run(experiment, (link["view"], link["ax"], link["ay"]))
    if looking and BY_SLUG[looking].experiment == experiment:
        end = f" {words.FAILS_END.format(**worked.ending(scene.history))}" if looking == words.FAILS else ""
        look.info(f"**{BY_SLUG[looking].title}.** {BY_SLUG[looking].look}{end}", icon=":material/visibility:")
    simulator.advise(scene)
    if cause := sentences.diverged(scene.history):
        st.error(cause, title="The run diverged", icon=":material/trending_up:")
        st.button(
            "Train with a tenth of that rate", icon=":material/healing:", type="primary", on_click=again,
            kwargs={"learning_rate": max(1e-5, experiment.learning_rate / 10)},
        )  # fmt: skip
    at = player(link, scene.frames.tolist(), scene.query or "default")
    epoch = int(scene.frames[at])
    plane, lines = st.columns([1.1, 1], gap="medium")
    with plane:
        simulator.answer_chart(scene, at)
        if scene.history.data.data.X.shape[1] > 2:
            inputs = scene.history.data.data.features
            buttons(link, "view", "The picture shows a cut along", VIEWS)
            if link["view"] == "inputs":
                for key, other, word in (("ax", "ay", "Horizontal axis"), ("ay", "ax", "Vertical axis")):
                    free = [k for k in range(len(inputs)) if k != link[other]]
                    st.selectbox(word, free, format_func=lambda k: inputs[k], key=link.key(key))
        controls.data_choice(link)
        controls.rate_control(link)
        controls.layers(link)
    with lines:
        simulator.accuracy_chart(scene)
        simulator.loss_chart(scene, link["log"])
        st.toggle("Logarithmic loss", key=link.key("log"))
    simulator.metrics(scene, at)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        more = st.number_input("Epochs to add", 1, 1000, 50, width=140)
        onward = continuation(scene.history, more)
        st.button(
            f"Continue for {counted(more, 'more epoch')}" + ("" if onward.same else " (a new run)"),
            icon=":material/fast_forward:", on_click=go_on, args=(onward,),
            disabled=onward.epochs == experiment.epochs,
        )  # fmt: skip
    if onward.says:
        st.caption(onward.says)
    worked_step(scene, at)
if predicted is None:
    st.markdown(words.OF_FIRST)
    predicted = teaching.prediction("training", words.LESSON, **worked.givens(Experiment()))
if predicted is not None:
    with answer:
        measured = words.MEASURED if experiment == Experiment() else words.MEASURED_FIRST
        found, steps = cache.luck(early=20), worked.givens(Experiment())["steps"]
        found |= {"steps": steps, "soon": steps * found["few"] // found["epochs"]}
        teaching.confront(words.PREDICTION, predicted, measured.format(**found))
    st.markdown(words.EXPLAIN)
units = simulator.unit_names(scene) if scene.picture["units"] else {}
drawn, enlarged = st.columns([1.6, 1], gap="medium")
wanted = (link["layer"], link["unit"] - 1)
selected = wanted if wanted in units.values() else (1, 0)
with drawn:
    clicked = simulator.network_chart(scene, at, selected)
if clicked and clicked in units.values() and clicked != st.session_state.get("training.clicked"):
    link.set(layer=clicked[0], unit=clicked[1] + 1)
    st.session_state["training.clicked"] = clicked
    st.session_state["training.enlarge"] = True
    st.rerun()
if "extent" in scene.picture:
    with enlarged, st.expander(words.ENLARGE, on_change="rerun", key="training.enlarge") as drawer:
        if drawer.open:
            name = st.selectbox("Enlarged unit", list(units), index=list(units.values()).index(selected))
            if units[name] != selected:
                link.set(layer=units[name][0], unit=units[name][1] + 1)
                st.rerun()
            simulator.unit_chart(scene, at, name, selected)
if scene.classes:
    many = len(scene.classes) > 2
    with st.expander(
        "Confusion matrix on the test data", expanded=many, on_change="rerun", key=f"training.confusion.{many}"
    ) as drawer:
        if drawer.open:
            simulator.confusion_chart(scene, epoch)
with st.expander("Learning rate and gradients", on_change="rerun", key="training.rates") as drawer:
    if drawer.open:
        simulator.rate_chart(scene)
        gradient_chart(scene, at)
        remembered(scene, at)
with st.expander("The numbers behind the charts", key="training.numbers", on_change="rerun") as drawer:
    if drawer.open:
        st.dataframe(simulator.table(scene), hide_index=True, alt="Loss and accuracy after every epoch")
        st.caption(f"Weights and biases at epoch {epoch}")
        st.dataframe(simulator.weight_table(scene, at), hide_index=True, alt="Every weight and bias, by name")
rested = at if link["epoch"] >= 0 else len(scene.frames) - 1  # while it plays, the page cannot know where
taken = int(scene.frames[rested])
with st.expander(words.DOWNLOADS, on_change="rerun", key="training.downloads") as drawer:
    if drawer.open:
        with st.container(horizontal=True):
            st.download_button(
                "Weights (npz)", simulator.weights_file(scene, rested), "weights.npz", on_click="ignore",
                icon=":material/download:", help=f"The weights and biases after epoch {taken}.",
            )  # fmt: skip
            st.download_button(
                "Curves (CSV)", csv_bytes(simulator.table(scene)), "curves.csv", on_click="ignore", icon=":material/download:",
                help=f"Loss and {'accuracy' if scene.classes else 'R²'} after every epoch, 0 to {scene.history.epochs}.",
            )  # fmt: skip
            st.download_button(
                "Data (CSV)",
                csv_bytes(simulator.examples(scene)),
                "data.csv",
                on_click="ignore",
                icon=":material/download:",
            )
        st.caption(f"Weights: after epoch {taken}.")
st.page_link(
    page_of("predict"), label="Ask this network about new data", icon=":material/my_location:",
    query_params={"v": "1"} | experiment.to_query() | ({"epoch": str(taken)} if link["epoch"] >= 0 else {}),
    help=f"The network as it is after epoch {taken}.",
)  # fmt: skip

if predicted is not None:
    teaching.checks("training", words.CHECKS)
    teaching.misconceptions(words.WRONG)
    teaching.code(train, fit)
frame.end("training", link, words.LEFT_OPEN)
