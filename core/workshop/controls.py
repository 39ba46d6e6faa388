"""The simulator's controls, in groups: each setting of an experiment as a widget that its link restores."""

from dataclasses import fields
from typing import Any

import streamlit as st

from core.data import own
from core.data.datasets import DATASETS, spec_of
from core.data.features import FEATURES
from core.nn.activations import ACTIVATIONS
from core.nn.initializers import INITIALIZERS
from core.nn.optimizers import OPTIMIZERS
from core.nn.schedules import SCHEDULES
from core.training import parsing
from core.training.experiment import (
    LOSS_NAMES,
    MOST_LAYERS,
    START_NAMES,
    TITLES,
    WIDEST,
    Experiment,
    key_of,
    lawful,
    losses_for,
)
from core.training.settings import written
from core.ui.link import Link
from core.ui.mirror import mirror
from core.ui.sliders import exact, percent, select_slider, slider
from core.workshop import own_session

RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 3.0, 10.0)
EPOCHS = (10, 20, 50, 100, 150, 200, 300, 500, 1000, 2000)
FEWEST_EXAMPLES, MOST_EXAMPLES = 10, 2000
BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 2000)
STRENGTHS = (0.0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
TEST_SHARES = tuple(k / 20 for k in range(2, 11))
LABEL_NOISE = tuple(k / 20 for k in range(11))
START_TITLES = {"auto": "automatic"} | {name: start.title for name, start in INITIALIZERS.items()}


def experiment_in(link: Link) -> tuple[Experiment, list[str]]:
    """Return the lawful experiment that the controls say, after setting them to it, and what had to be changed."""
    wanted = Experiment(**{f.name: link[key_of(f.name)] for f in fields(Experiment)})
    experiment, problems = lawful(wanted)
    put(link, experiment)
    return experiment, problems


def axes_in(link: Link, experiment: Experiment) -> list[str]:
    """Keep the two inputs that the picture is cut along among those that the data have; say what was changed."""
    problems, spec = [], spec_of(experiment.dataset)
    for name, word in (("ax", "Horizontal axis"), ("ay", "Vertical axis")):
        if link[name] >= spec.dimensions > 2:
            link.set(**{name: spec.dimensions - 1})
            problems.append(f"{word}: {spec.title} has {spec.dimensions} inputs, so it is the last.")
    if link["ax"] == link["ay"] and spec.dimensions > 2:
        link.set(ay=(link["ax"] + 1) % spec.dimensions)
        problems.append("Vertical axis: it must be another input than the horizontal one, so it is the next.")
    return problems if link["view"] == "inputs" else []


def moment_in(link: Link, experiment: Experiment) -> list[str]:
    """Keep the epoch among those that the run has; say what was changed in a link."""
    if link["epoch"] <= experiment.epochs:
        return []
    link.set(epoch=experiment.epochs)
    return [] if link.edited else [f"Epoch: the run has {experiment.epochs}, so it is the last."]


def put(link: Link, experiment: Experiment) -> None:
    """Set the controls to an experiment: in a callback, or before they are drawn."""
    link.set(**{key_of(f.name): getattr(experiment, f.name) for f in fields(Experiment)})


def use(link: Link, name: str) -> None:
    """Set the controls to a data set, with the settings that suit it; in a callback, or before they are drawn."""
    spec = spec_of(name)
    link.set(
        dataset=name,
        noise=Experiment.noise if own.is_own(name) else spec.default_noise,
        samples=Experiment.samples
        if own.goes_into_link(name)
        else min(MOST_EXAMPLES if own.is_own(name) else 300 if spec.synthetic else 800, spec.max_samples),
        loss=losses_for(name)[0],
        label_noise=0.0,
        features=("x1", "x2"),
    )


def _slide(link: Link, name: str, options: tuple[Any, ...], help: str = "", written: Any = exact) -> None:
    """Show a slider over fixed values; a link's own value joins them."""
    select_slider(link, key_of(name), TITLES[name], options, written, help=help or None)


def _batch(value: int) -> str:
    return "all" if value == 2000 else str(value)


def data_choice(link: Link) -> None:
    """Which data."""
    options = [*DATASETS, *own_session.menu(link["dataset"])]
    st.selectbox(
        "Data", options, format_func=lambda d: spec_of(d).title, key=link.key("dataset"),
        on_change=lambda: use(link, link["dataset"]),
    )  # fmt: skip


def data_controls(link: Link) -> None:
    """How many examples, how noisy, and how they are split."""
    spec = spec_of(link["dataset"])
    st.caption(spec.about)
    if spec.synthetic:
        low, high = spec.noise_range
        slider(link, "noise", "Noise", low, high, 0.05)
    if not own.goes_into_link(spec.name):
        most = min(MOST_EXAMPLES, spec.max_samples)
        if most > FEWEST_EXAMPLES:
            st.slider("Examples", FEWEST_EXAMPLES, most, step=10 if most > 200 else 1, key=link.key("samples"))
        else:
            st.caption(f"All {most} examples are used.")
    _slide(
        link, "test_share", TEST_SHARES, "The network never learns from these, and nothing is chosen by them.", percent
    )
    if spec.task == "classification":
        _slide(link, "label_noise", LABEL_NOISE, "", percent)
    st.number_input(TITLES["data_seed"], 0, 2**32 - 1, key=link.key("data"), help="Another seed draws other data.")


def input_controls(link: Link) -> None:
    """Which inputs the network sees; planar data only."""
    spec = spec_of(link["dataset"])
    if spec.dimensions != 2:
        inputs = f"all {spec.dimensions} of its inputs" if spec.dimensions > 1 else "its one input"
        st.caption(f"{spec.title}: {inputs}, standardized on the training part.")
        return

    def chosen(key: str) -> None:
        picked = tuple(name for name in FEATURES if name in st.session_state[key])
        link.set(features=picked or ("x1", "x2"))
        st.session_state[key] = list(link["features"])

    st.pills(
        "What the network is given",
        list(FEATURES),
        selection_mode="multi",
        format_func=lambda f: FEATURES[f].label,
        **mirror("training.picked", list(link["features"]), chosen),
        wrap=True,
    )
    st.caption("Computed from the two coordinates, then standardized on the training part.")


def network_controls(link: Link) -> None:
    """Activation, first weights, and what is put between the layers."""
    st.selectbox(
        "Activation", list(ACTIVATIONS), format_func=lambda a: ACTIVATIONS[a].title, key=link.key("activation")
    )
    st.selectbox(TITLES["initializer"], START_NAMES, format_func=lambda i: START_TITLES[i], key=link.key("init"))
    if link["init"] in INITIALIZERS and INITIALIZERS[link["init"]].scaled:
        slider(link, "init_scale", TITLES["init_scale"], 0.0, 5.0, 0.05)
    st.toggle(TITLES["batch_norm"], key=link.key("batchnorm"))
    st.toggle(
        TITLES["residual"], key=link.key("residual"), help="A way around every hidden layer that keeps its width."
    )
    slider(link, "dropout", "Dropout", 0.0, 0.8, 0.05)
    st.number_input(TITLES["seed"], 0, 2**32 - 1, key=link.key("seed"), help="Another seed draws other first weights.")


def layers(link: Link) -> None:
    """How many hidden layers, and how wide."""

    def typed(key: str) -> None:
        text, hidden = st.session_state[key], link["hidden"]
        widths, problem = hidden, f"Empty, so it stays {written(hidden)}. For no hidden layer, type “none”."
        if text.strip():
            widths, problem = parsing.widths("Hidden layers", text, MOST_LAYERS, WIDEST, hidden)
        link.set(hidden=widths)
        st.session_state[key] = written(widths)
        st.session_state["training.problem"] = (widths, problem)

    def change(by: int) -> None:
        hidden = link["hidden"]
        link.set(hidden=(*hidden, hidden[-1] if hidden else 8) if by > 0 else hidden[:-1])

    hidden = link["hidden"]
    field = mirror("training.widths", written(hidden), typed)
    st.text_input("Units in each hidden layer", **field, help="Such as 8-8; “none” for no layer.")
    of, problem = st.session_state.get("training.problem", ((), ""))
    if problem and of == hidden:  # gone as soon as the layers are set elsewhere
        st.warning(problem)
    with st.container(horizontal=True):
        full = len(hidden) >= MOST_LAYERS
        st.button("Layer", icon=":material/add:", on_click=change, args=(1,), disabled=full, help="Add a hidden layer")
        st.button(
            "Layer", icon=":material/remove:", on_click=change, args=(-1,), disabled=not hidden, help="Take one away",
            key="training.fewer",
        )  # fmt: skip


def rate_control(link: Link) -> None:
    """How far a step goes."""
    _slide(link, "learning_rate", RATES)


def training_controls(link: Link) -> None:
    """How the weights are changed, and for how long."""
    st.selectbox("Optimizer", list(OPTIMIZERS), format_func=lambda o: OPTIMIZERS[o].title, key=link.key("optimizer"))
    if "momentum" in OPTIMIZERS[link["optimizer"]].settings.values():
        slider(link, "momentum", "Momentum", 0.0, 0.999, 0.001)
    st.selectbox(
        "Schedule", list(SCHEDULES), format_func=lambda s: SCHEDULES[s].title, key=link.key("schedule"),
        help=f"“{SCHEDULES['plateau'].title}” watches a validation part: a fifth of the training data, set aside.",
    )  # fmt: skip
    for _, name in SCHEDULES[link["schedule"]].settings:
        schedule_setting(link, name)
    options = losses_for(link["dataset"])
    st.selectbox("Loss", options, format_func=lambda n: LOSS_NAMES[n], key=link.key("loss"))
    _slide(link, "batch_size", BATCHES, "How many examples each step looks at.", _batch)
    _slide(link, "epochs", EPOCHS, "One epoch: every training example was used once.")


_SHARES = tuple(k / 20 for k in range(1, 19))
_FACTORS = (0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9)
SCHEDULE_STEPS: dict[str, tuple[tuple[Any, ...], Any]] = {
    "stages": (tuple(range(1, 11)), exact),
    "stage_factor": (_FACTORS, exact),
    "decay_end": ((0.0001, 0.001, 0.01, 0.03, 0.1, 0.3, 1.0), exact),
    "warmup": ((0.0, *_SHARES), percent),
    "cycle_up": (_SHARES, percent),
    "plateau_wait": ((0, 1, 2, 3, 5, 10, 20, 50), exact),
    "plateau_factor": (_FACTORS, exact),
}
"""What the sliders of the schedules' own settings offer, and how they write it."""


def schedule_setting(link: Link, name: str, title: str = "") -> None:
    """Show one of a schedule's own settings, by its field: when it changes the rate, how much, for how long."""
    values, written = SCHEDULE_STEPS[name]
    select_slider(link, key_of(name), title or TITLES[name], values, written)


def restraint_controls(link: Link) -> None:
    """What keeps the network from learning the noise."""
    _slide(link, "l2", STRENGTHS)
    _slide(link, "l1", STRENGTHS)
    st.slider(
        TITLES["patience"],
        0,
        max(200, link["patience"]),
        step=5,
        key=link.key("patience"),
        help="0: off. Ends the run when the loss on the validation part has not fallen for so many epochs. The "
        "validation part is a fifth of the training data, set aside for this: the test data must not choose.",
    )
