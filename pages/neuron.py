"""Lesson 1: inside a single neuron."""

import numpy as np
import streamlit as st

from core.charts.naming import minus
from core.charts.pictures import grid
from core.data.gates import CORNERS, GATES
from core.lessons.neuron import study as neuron
from core.lessons.neuron import words
from core.lessons.neuron.charts import neuron_curve, neuron_curve_text, neuron_plane, neuron_plane_text
from core.lessons.neuron.study import NEURON_ACTIVATIONS
from core.training.settings import choice, number
from core.ui import formula, frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.sliders import slider

VIEWS = {"one": "One input", "two": "Two inputs"}
FIRST = (0.5, 0.8, 0.2)  # input, weight and bias, where the first view opens
link = Link(
    "neuron",
    [
        choice("view", "one", VIEWS, "View"),
        choice("f", "sigmoid", NEURON_ACTIVATIONS, "Activation"),
        number("x", FIRST[0], -3, 3, "Input"),
        number("w", FIRST[1], -5, 5, "Weight"),
        number("b", FIRST[2], -5, 5, "Bias"),
        number("w1", 1.0, -2, 2, "First weight"),
        number("w2", 1.0, -2, 2, "Second weight"),
        number("b2", -1.5, -2, 2, "Bias"),
        choice("gate", "and", GATES, "Gate"),
    ],
)
lesson = frame.begin("neuron", link)
frame.heading(lesson)
mode = frame.mode()
view = teaching.choose_view(link, VIEWS, "Inputs")
two = view == "two"
st.markdown(words.INTRO[view])
plane, beside = st.columns([1.3, 1], gap="large")  # the picture first: a phone puts one below the other
with beside:
    predicted = teaching.prediction("neuron", words.LESSON, view)
activation = NEURON_ACTIVATIONS[link["f"] if predicted is not None or two else "sigmoid"]


@st.cache_data(max_entries=8)
def best_of(gate: str) -> float:
    """The best score any neuron of a grid reaches."""
    return neuron.best_gate_score(gate)[0]


def activation_choice() -> None:
    """Let the learner choose the activation, on demand."""
    with st.expander(f"Activation function: {activation.title}", key="neuron.activation"):
        titles = {name: one.title for name, one in NEURON_ACTIVATIONS.items()}
        buttons(link, "f", "Activation", titles, label_visibility="collapsed")


if not two:
    x, w, b = (link["x"], link["w"], link["b"]) if predicted is not None else FIRST  # not the answer yet
    line = np.linspace(-3, 3, 241)
    z = float(neuron.pre_activation(np.array([x]), np.array([w]), b))
    a, curve, turn = float(activation(z)), activation(w * line + b), neuron.turning_point(w, b)
    with plane:
        show.chart(
            "neuron.curve", (activation.title, x, w, b, mode), lambda: neuron_curve(line, curve, (x, a), turn, mode),
            neuron_curve_text((x, a), turn, float(curve.min()), float(curve.max())),
        )  # fmt: skip
        if predicted is not None:
            with st.container(key="neuron.phone.above"):
                teaching.tries(link, words.TRIES_ONE, words.FAILS_ONE)
        put_in, digits = formula.agreeing([x, w, b], lambda v: v[0] * v[1] + v[2])
        with st.container(key="neuron.phone.below"):
            st.latex(
                rf"z = {formula.number(x, 'input', put_in)} \times {formula.weight(w, put_in)} + {formula.weight(b, put_in)} = {formula.number(z, 'z', digits, alone=True)}"
            )
            st.latex(rf"a = f(z) = {activation.formula} = {formula.number(a, 'activation', 4, alone=True)}")
            if turn is None:
                st.caption(words.NEVER.format(b=b))
    if predicted is not None:
        with beside:
            slider(link, "x", "Input x", -3.0, 3.0, 0.05)
            slider(link, "w", "Weight w", -5.0, 5.0, 0.05)
            slider(link, "b", "Bias b", -5.0, 5.0, 0.05)
            activation_choice()
        teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(**neuron.five_times(*FIRST)))
        st.markdown(words.EXPLAIN_ONE)
        st.button(
            words.WAY_IN, icon=":material/arrow_forward:", icon_position="right", key="neuron.two",
            on_click=lambda: link.set(view="two"),
        )  # fmt: skip
else:
    weights, b, gate = np.array([link["w1"], link["w2"]]), link["b2"], link["gate"]
    extent = (-0.5, 1.5, -0.5, 1.5)
    field = activation(neuron.pre_activation(grid(extent, 40), weights, b)).reshape(40, 40)
    corners = activation(neuron.pre_activation(CORNERS, weights, b).round(9))
    span = (-1.0, 1.0) if link["f"] in ("tanh", "identity", "relu") else (0.0, 1.0)
    right_side = neuron.right_side(weights, b, gate)
    score = neuron.gate_score(weights, b, gate)
    with plane:
        show.chart(
            "neuron.plane", (link["f"], *weights.tolist(), b, gate, mode),
            lambda: neuron_plane(
                field, neuron.line_ends(weights, b), extent, CORNERS, GATES[gate], corners, right_side, mode,
                words.TITLE_TWO.format(gate=gate.upper(), right=int(right_side.sum())), span,
            ),
            neuron_plane_text(CORNERS, corners, right_side),
        )  # fmt: skip
        if predicted is not None:
            with st.container(key="neuron.phone.above"):
                teaching.tries(link, words.TRIES_TWO, words.FAILS_TWO, words.OPENING_TWO)
        with st.container(key="neuron.phone.below"):
            st.latex(
                rf"z = {formula.weight(weights[0], alone=True)}\,x_1 + {formula.weight(weights[1])}\,x_2 + {formula.weight(b)}"
                if weights.any()
                else rf"z = {formula.weight(b, alone=True)} \text{{ everywhere: no line}}"
            )
            st.caption(words.CORNER)
            one = float(weights.sum() + b)
            put_in, digits = formula.agreeing([*weights, b], sum)
            st.latex(
                rf"z = {formula.weight(weights[0], put_in, alone=True)} + {formula.weight(weights[1], put_in)} + {formula.weight(b, put_in)} = {formula.number(one, 'z', digits, alone=True)}"
            )
            st.latex(rf"a = f(z) = {formula.number(float(activation(one)), 'activation', alone=True)}")
    if predicted is not None:
        with beside:
            buttons(
                link, "gate", "Challenge", {name: name.upper() for name in GATES},
                help="Move the sliders until all four corners are on the right side of the line.",
            )  # fmt: skip
            slider(link, "w1", "Weight w₁", -2.0, 2.0, 0.05)
            slider(link, "w2", "Weight w₂", -2.0, 2.0, 0.05)
            slider(link, "b2", "Bias b", -2.0, 2.0, 0.05)
            activation_choice()
            st.metric(f"Corners of {gate.upper()} on the right side", f"{score:.0%}")
            if score == 1:
                st.success(words.SOLVED.format(gate=gate.upper()), icon=":material/check:")
        best = {"and_": best_of("and"), "or_": best_of("or"), "xor": best_of("xor")}
        low, high = minus(f"{neuron.LOWEST:g}"), f"{neuron.HIGHEST:g}"
        tried = {"tried": neuron.STEPS**3, "low": low, "high": high}
        measured = words.MEASURED_TWO.format(**best, **tried)
        teaching.confront(words.PREDICTION_TWO, predicted, measured)
        st.markdown(words.EXPLAIN_TWO)
        if gate == "xor":
            st.markdown(words.WHY_NOT_XOR)

if predicted is not None:
    teaching.checks("neuron", words.LESSON.views[view].checks, view)
    teaching.misconceptions(words.WRONG)
    with st.expander("The numbers behind the picture", key="neuron.numbers"):
        table = (
            {"x1": CORNERS[:, 0], "x2": CORNERS[:, 1], "z": neuron.pre_activation(CORNERS, weights, b), "a": corners}
            if two
            else {"x": line[::10], "z": w * line[::10] + b, "a": curve[::10]}
        )
        st.dataframe(table, alt="Inputs, z and activations", hide_index=True)
        if two and weights.any():
            away = formula.inked(f"{neuron.distance_from_origin(weights, b):.3f}", "z")
            st.caption(words.DISTANCE)
            st.latex(rf"|b| \,/\, \textstyle\sqrt{{w_1^2 + w_2^2}} = {away}")
    teaching.code(neuron.pre_activation, neuron.gate_score, neuron.best_gate_score)
frame.end("neuron", link, words.LEFT_OPEN if two else words.STILL_ONE)
