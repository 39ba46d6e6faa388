"""Lesson 2: forward propagation."""

import numpy as np
import streamlit as st

from core.charts.flow import network_flow
from core.charts.flow_data import Flow, network_flow_text
from core.charts.naming import layer_name, unit_name
from core.charts.pictures import grid
from core.data.gates import CORNERS
from core.lessons.forward import networks, words
from core.lessons.forward.charts import response_curve, response_curve_text, response_plane, response_plane_text
from core.nn import small, walk
from core.nn.activations import ACTIVATIONS
from core.nn.layers import Dense
from core.nn.small import Small
from core.training.settings import choice, number, switch, whole
from core.ui import frame, show, teaching, working
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.sliders import slider
from core.ui.stepper import stepper

BENDS = ("relu", "tanh", "sigmoid", "identity")
link = Link(
    "forward",
    [
        number("x1", 2.0, -5, 5, "First input"),
        number("x2", 1.0, -5, 5, "Second input"),
        choice("net", "seeded", words.CONTROLS["net"], "Network"),
        whole("step", 1, 0, 4, "Layer"),
        whole("unit", 3, 1, 4, "Opened unit"),
        whole("inputs", 1, 1, 2, "Inputs"),
        whole("h1", 3, 0, 4, "Units in hidden 1"),
        whole("h2", 2, 0, 4, "Units in hidden 2"),
        whole("h3", 0, 0, 4, "Units in hidden 3"),
        choice("f", "relu", BENDS, "Activation"),
        choice("out", "mse", words.CONTROLS["out"], "Output"),
        switch("bias", False, "Biases"),
        whole("seed", 31, 0, 999, "Seed"),
    ],
)
lesson = frame.begin("forward", link, "net")
frame.heading(lesson)
mode = frame.mode()
left, right = st.columns([1, 2], gap="large")

with left:
    view = "xor" if link["net"] == "xor" else ""
    intro = st.empty()
    predicted = teaching.prediction("forward", words.LESSON, view)
    intro.markdown(words.INTRO.format(do=words.DO["relu" if predicted is None else link["f"]]))
    by_hand, inputs = link["net"] == "xor", 2 if link["net"] == "xor" else link["inputs"]
    if predicted is not None:
        buttons(link, "net", "Network", words.CONTROLS["net"])
        by_hand, inputs = link["net"] == "xor", 2 if link["net"] == "xor" else link["inputs"]
        slider(link, "x1", "Input x" + "₁" * (inputs > 1), -5.0, 5.0, 0.1)
        if inputs > 1:
            slider(link, "x2", "Input x₂", -5.0, 5.0, 0.1)
        with st.expander("Change the network", key="forward.change"):
            if not by_hand:
                st.slider("Inputs", 1, 2, key=link.key("inputs"))
                for layer in (1, 2, 3):
                    st.slider(f"Units in hidden layer {layer} (0: no such layer)", 0, 4, key=link.key(f"h{layer}"))
            buttons(link, "f", "Activation", {f: ACTIVATIONS[f].title for f in BENDS})
            if not by_hand:
                buttons(link, "out", "Output", words.CONTROLS["out"])
                st.toggle("Biases (drawn from −1 to 1)", key=link.key("bias"))
                st.slider("Seed of the random weights", 0, 999, key=link.key("seed"))

hidden = tuple(n for n in (link["h1"], link["h2"], link["h3"]) if n)
bend = "relu" if by_hand and predicted is None else link["f"]  # what is asked is what happens without it
net = Small((2, 2, 1), bend) if by_hand else Small((link["inputs"], *hidden, 1), bend, link["out"])
theta = networks.XOR_BY_HAND if by_hand else small.seeded(net, link["seed"], link["bias"])
row = np.array([link["x1"], link["x2"]])[: net.sizes[0]]
if predicted is None and not by_hand and not networks.can_be_asked_about(net, theta, row):
    net, theta, row = networks.TWICE, small.seeded(networks.TWICE, 31), np.array([2.0])
run, twice = walk.forward(net, theta, row), float(net.predict(theta, 2 * row[None])[0, 0])
y, last = float(run.a[-1][0, 0]), len(net.sizes) - 1

if predicted is not None:
    with left:
        here = words.LESSON.views[view]
        teaching.tries(link, here.tries, here.fails, here.opening)
    answered = (net, theta.tobytes(), row.tobytes(), mode)
    with left, st.container(key="forward.phone.below"):
        if net.sizes[0] == 1:
            line = np.linspace(-5, 5, 201)
            answers = net.predict(theta, line[:, None])[0]
            show.chart(
                "curve", answered, lambda: response_curve(line, answers, (row[0], y), (2 * row[0], twice), mode),
                response_curve_text(line, answers, (row[0], y)),
            )  # fmt: skip
        else:
            extent = (-0.5, 1.5, -0.5, 1.5)
            field = net.predict(theta, grid(extent, 40))[0].reshape(40, 40)
            corners, own = net.predict(theta, CORNERS)[0], (float(field.min()), float(field.max()) + 1e-9)
            span = (0.0, max(1.0, float(corners.max()))) if by_hand or net.loss == "brier" else own
            show.chart(
                "plane", answered, lambda: response_plane(field, extent, CORNERS, corners, (row[0], row[1]), mode, span),
                response_plane_text(CORNERS, corners),
            )  # fmt: skip
with right:
    step = stepper(link, "step", [layer_name(net.sizes, k).capitalize() for k in range(last + 1)])
    unit = min(link["unit"], net.sizes[step])
    reached = step if predicted is None else last  # what was measured is also in the picture
    flow = Flow(
        net.sizes, run.weights, run.biases, tuple(z[:, 0] for z in run.z), tuple(a[:, 0] for a in run.a), reached, step,
        (step, unit - 1), title="One example on its way through the network",
        key=(*words.KEY, words.KEY_IDENTITY) if "identity" in net.bends else words.KEY,
        bends=net.bends,
    )  # fmt: skip
    state = (net, theta.tobytes(), row.tobytes(), reached, step, unit, mode)

    def open_unit() -> None:
        """Open the unit that was clicked, in its layer."""
        chosen = st.session_state["flow"]["selection"].get("unit")
        if chosen:
            link.set(step=int(chosen[0]["layer"]), unit=int(chosen[0]["unit"]) + 1)

    show.chart(
        "flow", state, lambda: network_flow(flow, mode), network_flow_text(flow), on_select=open_unit,
        selection_mode="unit",
    )  # fmt: skip
    answer = st.container(key="forward.phone.first")
    if step == 0:
        st.markdown(words.GIVEN)
    else:
        if net.sizes[step] > 1:
            link.set(unit=unit)
            units = {k: unit_name(net.sizes, step, k - 1) for k in range(1, net.sizes[step] + 1)}
            buttons(link, "unit", "Open a unit (or choose it in the picture)", units)
        st.latex(working.unit_sum(run, step, unit - 1))
        with st.expander(words.WHOLE_LAYER, key="forward.layer"):
            st.caption(words.PRODUCT)
            st.latex(working.layer_product(run, step, unit - 1))

if predicted is not None:
    if by_hand:
        bent, flat = ([words.written(v) for v in networks.corners(f)] for f in ("relu", "identity"))
        measured = words.MEASURED_XOR.format(bent=", ".join(bent), flat=", ".join(flat))
        with answer:  # beside the controls it would push them away from their picture
            teaching.confront(words.PREDICTION_XOR, predicted, measured, here=True)
        right.markdown(words.XOR_WORDS)
    else:
        doubles = net.activation in ("relu", "identity") and net.loss == "mse" and not link["bias"]
        one, two = (y, twice) if doubles else networks.doubled(networks.TWICE)
        ratio = words.RATIO.format(ratio=two / one) if one else ""
        measured = words.MEASURED if doubles else words.MEASURED_FIRST
        numbers = dict(zip(("y", "y2"), words.agreeing(one, two), strict=True)) | {"ratio": ratio}
        numbers |= {"at": words.place(row.tolist())}
        with answer:
            teaching.confront(words.PREDICTION, predicted, measured.format(**numbers), here=True)
        if not doubles:
            right.markdown(words.NOT_DOUBLED.format(y=words.written(y), y2=words.written(twice)))
        right.markdown(words.EXPLAIN.format(count=run.multiplications))
    with st.expander("A whole batch as one product", key="forward.batch"):
        rows = CORNERS if net.sizes[0] == 2 else np.array([[-2.0], [0.0], [1.0], [2.0]])
        batch, layer = walk.forward(net, theta, rows), max(step, 1)
        st.markdown(
            words.BATCH.format(one=len(run.entries), many=len(rows), batch=len(batch.entries)).replace("\n", " ")
        )
        st.caption(f"{layer_name(net.sizes, layer).capitalize()}, {len(rows)} examples at once")
        st.latex(working.layer_shapes(batch, layer, len(rows)))
        st.latex(working.layer_product(batch, layer, unit - 1, len(rows)))
        inputs_ = {unit_name(net.sizes, 0, k): v for k, v in enumerate(batch.a[0])}
        st.dataframe(inputs_ | {"prediction": batch.a[-1][0]}, hide_index=True, alt="Inputs and predictions of a batch")
    teaching.checks("forward", words.LESSON.views[view].checks, view)
    teaching.misconceptions(words.WRONG)
    teaching.code(Dense, walk.forward, small.seeded)
    with st.expander("The numbers behind the picture", key="forward.numbers"):
        table = {
            "layer": [layer_name(net.sizes, k) for k, n in enumerate(net.sizes) for _ in range(n)],
            "unit": [unit_name(net.sizes, k, j) for k, n in enumerate(net.sizes) for j in range(n)],
            "z": [None] * net.sizes[0] + [float(v) for z in run.z for v in z[:, 0]],
            "passed on": [float(v) for a in run.a for v in a[:, 0]],
        }
        st.dataframe(table, hide_index=True, alt="Every unit's z and what it passes on")
frame.end("forward", link, words.LEFT_OPEN)
