"""Lesson 4: backpropagation."""

import numpy as np
import streamlit as st

from core.charts.flow import network_flow
from core.charts.flow_data import Flow, network_flow_text
from core.charts.naming import counted, layer_name, minus, spoken, unit_name, weight_name
from core.lessons.backprop import blame, chain_rule, networks, words
from core.lessons.backprop import gradient_studies as studies
from core.lessons.backprop.charts import log_lines, log_lines_text, profile_chart, profile_text
from core.nn import walk
from core.nn.activations import ACTIVATIONS
from core.nn.layers import Activate, Dense, Sequence
from core.nn.small import Small
from core.training.settings import choice, number, whole
from core.ui import frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.sliders import slider
from core.ui.stepper import stepper

BENDS = ("tanh", "sigmoid", "relu", "identity")
SEEDS = 20
FIRST_STAGE = 1  # forward and loss are done
link = Link(
    "backprop",
    [
        whole("weight", 6, 0, 14, "Chosen weight"),
        number("rate", 0.5, 0.1, 5, "Learning rate"),
        whole("updates", 0, 0, 100, "Updates"),
        whole("step", FIRST_STAGE, 0, 5, "Stage"),
        choice("net", "pair", words.NETS, "Network"),
        number("x1", 0.5, -3, 3, "First input"),
        number("x2", 1.0, -3, 3, "Second input"),
        choice("target", "1", words.TARGETS, "Target"),
        choice("f", "tanh", BENDS, "Activation"),
        choice("loss", "brier", words.LOSSES, "Loss"),
        whole("h", 3, 1, 13, "Size of the nudge"),
        choice("place", "above", blame.PLACES, "Place"),
    ],
)
lesson = frame.begin("backprop", link)
frame.heading(lesson)
mode = frame.mode()
st.markdown(words.INTRO)
left, right = st.columns([1, 2], gap="large")


@st.cache_data(max_entries=1, show_spinner=False)
def cost() -> tuple[int, float, float]:
    """Time nudging against backpropagation, once a server."""
    return studies.nudging_cost()


@st.cache_data(max_entries=1, show_spinner=False)
def fading() -> dict[str, np.ndarray]:
    """The gradient's norm by layer, for each way to start."""
    return {name: studies.fading(name, range(SEEDS)) for name in studies.STARTS}


def start() -> None:
    """Begin with the network's own example when another one is chosen."""
    link.set(**words.STARTS[link["net"]])


with left:
    predicted = teaching.prediction("backprop", words.LESSON)
    open_ = predicted is not None
    recalled = bool(st.session_state.get(teaching.RECALLED))
    waited = st.session_state.pop("backprop.waited", None)
    if not open_:
        st.session_state["backprop.waited"] = recalled
    elif waited == recalled and link["step"] == FIRST_STAGE:  # answered here, and not brought back by the browser
        link.set(step=FIRST_STAGE + 1)  # the answer's gradients are in the picture
    net, begun = networks.NETWORKS[link["net"]]
    net = Small(net.sizes, link["f"], link["loss"])
    row, target = np.array([[link["x1"], link["x2"]]])[:, : net.sizes[0]], np.array([float(link["target"])])
    weights = blame.all_weights(net)
    weight = weights[min(link["weight"], len(weights) - 1)]
    link.set(weight=weight.index)
    names = [weight_name(net.sizes, w.layer, w.unit, w.source) for w in weights]
    if open_:
        st.selectbox(
            "Weight (or choose its number in the picture)",
            range(len(weights)),
            format_func=names.__getitem__,
            key=link.key("weight"),
        )
        slider(link, "rate", "Learning rate", 0.1, 5.0, 0.1)
    path, losses = walk.descend(net, begun, row, target, link["rate"], link["updates"])
    run = walk.train_step(net, path[-1], row, target, link["rate"])
    after = blame.loss_after(net, run.updated, row, target)
    if open_:
        st.caption(words.NEXT.format(after=after))
        with st.container(horizontal=True):
            st.button(
                "Apply one update", type="primary", icon=":material/check:", disabled=link["updates"] >= 100,
                on_click=lambda: link.set(updates=link["updates"] + 1),
            )  # fmt: skip
            st.button("Undo all", on_click=lambda: link.set(updates=0), disabled=not link["updates"])
        st.metric(
            f"Loss (updates: {link['updates']})", f"{run.loss:.4f}",
            f"{run.loss - losses[0]:.4f}" if link["updates"] else None, delta_color="inverse",
        )  # fmt: skip
        with st.container(key="backprop.phone.below"), st.expander("Change the network", key="backprop.change"):
            buttons(link, "net", "Network", words.NETS, on_change=start)
            slider(link, "x1", "Input x" + "₁" * (net.sizes[0] > 1), -3.0, 3.0, 0.1)
            if net.sizes[0] > 1:
                slider(link, "x2", "Input x₂", -3.0, 3.0, 0.1)
            buttons(link, "target", "Target", words.TARGETS)
            buttons(link, "f", "Activation", {f: ACTIVATIONS[f].title for f in BENDS})
            buttons(link, "loss", "Loss", words.LOSSES)
            if link["net"] == "pair":
                st.caption(words.SOLVED.format(says=networks.SAYS))

last, name = len(net.sizes) - 1, names[weight.index]
latex = chain_rule.weight_latex(net.sizes, weight)
hidden = [("hidden", layer) for layer in range(last - 1, 0, -1)]
stages = [("forward", last), ("loss", last + 1), ("output", last), *hidden, ("update", -1)]
titles = [
    words.STAGES[kind] if kind != "hidden" or last < 3 else f"{layer_name(net.sizes, at).capitalize()} gradients"
    for kind, at in stages
]
forward, gradient, updated = run.forward, float(run.gradient[weight.index]), float(run.updated[weight.index])
with right:
    stage = stepper(link, "step", titles) if open_ else min(link["step"], 1)
    kind, at = stages[stage]
    flow = Flow(
        net.sizes, forward.weights, forward.biases, tuple(z[:, 0] for z in forward.z),
        tuple(a[:, 0] for a in forward.a), last, at, gradients=tuple(dz[:, 0] for dz in run.dz),
        by_weight=tuple(matrix[:, :-1] for matrix in net.matrices(run.gradient)),
        chosen=(weight.layer, weight.unit, weight.source) if open_ else None,
        back=99 if stage < 2 else max(at, 1), becomes=updated if kind == "update" else None,
        loss=run.loss if stage else None, target=float(target[0]), title="One example, there and back",
        key=words.KEY if open_ else (), weight_digits=2,
        bends=(*net.bends, words.LOSSES[net.loss]),
    )  # fmt: skip

    def choose_weight() -> None:
        """Choose the weight whose number was clicked."""
        chosen = st.session_state["flow"]["selection"].get("weight")
        if chosen:
            place = [int(chosen[0][part]) for part in ("layer", "unit", "source")]
            link.set(weight=[[w.layer, w.unit, w.source] for w in weights].index(place))

    state = (net, path[-1].tobytes(), row.tobytes(), link["target"], link["rate"], stage, weight.index, open_, mode)
    show.chart(
        "flow", state, lambda: network_flow(flow, mode, "weight"), network_flow_text(flow), on_select=choose_weight,
        selection_mode="weight",
    )  # fmt: skip
    answer = st.container(key="backprop.phone.first")
    if open_:
        nudged = blame.nudge(net, path[-1], row, target, weight.index, 10.0 ** -link["h"])
        way = blame.chain(run, weight)[0]
        worked = {
            "product": " × ".join(words.factor(f.value) for f in way),
            "gradient": words.rounded(run.gradient[weight.index]), "nudged": words.rounded(nudged.one_sided),
        }  # fmt: skip
        with left:  # below the answer they would be out of the picture's sight
            teaching.tries(link, words.TRIES, words.FAILS, {"step": FIRST_STAGE + 1}, **worked)
    prediction = float(forward.a[-1][0, 0])
    squash = words.SQUASH.format(slope=prediction * (1 - prediction)) * (kind == "output" and net.loss == "brier")
    st.markdown(words.SAYS[kind].format(p=prediction, sign=words.SIGN[int(np.sign(gradient))]) + squash)
    if kind in ("forward", "loss"):
        st.latex(chain_rule.loss_line(net.loss, prediction, float(target[0]), run.loss))
    else:
        st.latex(chain_rule.stage_line(run, kind, at, weight, link["rate"]))
    if kind == "update":
        alone = blame.loss_if_alone(net, run, row, target, weight.index)
        st.markdown(words.ONE_STEP.format(name=name, alone=alone))

if open_:
    with right:
        st.markdown(f"**{words.CHAIN_TITLE.format(name=name)}**")
        st.latex(chain_rule.chain_lines(run, weight, gradient))
        st.markdown(f"**{words.NUDGE_TITLE}**")
        st.latex(chain_rule.nudge_lines(latex, nudged))
        agreed = {
            "digits": counted(blame.digits_of_agreement(nudged.one_sided, gradient), "digit"),
            "central": blame.digits_of_agreement(nudged.central, gradient),
        }
        st.markdown(words.AGREE.format(**agreed) if gradient or nudged.one_sided else words.AGREE_ZERO)
    assert predicted is not None
    two = blame.first_step()  # the answer is about a weight that is large, and one that is small
    measured = words.MEASURED if np.array_equal(two.gradient, run.gradient) else words.MEASURED_FIRST
    measured = measured.format(dz=float(two.dz[-1][0, 0]), **blame.compared(two))
    with answer:  # beside the controls it would push them away from their picture
        teaching.confront(words.PREDICTION, predicted, measured, here=True)
    st.markdown(words.EXPLAIN)

    with st.expander("What a gradient's sign says", key="backprop.signs"):
        st.markdown(words.PLACES_HEAD)
        buttons(link, "place", "Place", {k: one.title for k, one in blame.PLACES.items()}, label_visibility="collapsed")
        place = blame.PLACES[link["place"]]
        there = walk.train_step(place.small, place.theta, place.rows, place.targets, 0.1)
        t = np.linspace(-place.reach, place.reach, 161)
        curves = blame.profile(place, t)
        slope = float(there.gradient @ next(iter(place.directions.values())))
        show.chart(
            "place",
            (link["place"], mode),
            lambda: profile_chart(t, curves, slope, mode),
            profile_text(t, curves, slope),
        )
        st.markdown(minus(words.PLACES_SAY[link["place"]].format(g=slope, tiny=spoken(slope, 2), loss=there.loss)))
    with st.expander("Every operation of this training step", key="backprop.ledger"):
        st.markdown(words.LEDGER.format(count=len(run.entries)).replace("\n", " "))
        st.dataframe(
            {
                "part": [e.part for e in run.entries],
                "operation": [e.name for e in run.entries],
                "shape": ["×".join(map(str, e.result.shape)) or "1" for e in run.entries],
                "result": [np.array2string(e.result.ravel(), precision=4, separator="  ") for e in run.entries],
            },
            hide_index=True, alt="The operations of the training step, their shapes and results", height=460,
        )  # fmt: skip
    with st.expander("How small should a nudge be?", key="backprop.nudges"):
        st.slider("Nudge by 10 to the power of minus", 1, 13, key=link.key("h"))
        sizes = 10.0 ** np.linspace(-13, -1, 49)
        one, both = blame.nudge_errors(net, path[-1], row, target, weight.index, gradient, sizes)
        errors = {"one-sided": one, "both ways": both}
        show.chart(
            "nudges", (net, path[-1].tobytes(), row.tobytes(), link["target"], weight.index, link["h"], mode),
            lambda: log_lines(
                sizes, errors, mode, f"How far off a nudge of {name} is", "size of the nudge", "relative error",
                log_x=True, at=10.0 ** -link["h"],
            ),
            log_lines_text(sizes, errors, "The relative error of a nudge"),
        )  # fmt: skip
        st.markdown(words.AGREE_BOTH.format(**agreed) if gradient or nudged.one_sided else words.AGREE_ZERO)
        st.markdown(words.NUDGES)
        parameters, ratio, error = cost()
        st.markdown(
            words.COST.format(
                sizes=studies.SIZES,
                batch=studies.BATCH,
                parameters=parameters,
                ratio=float(f"{ratio:.2g}"),
                error=spoken(error, 1),
            )
        )
    with st.expander("When gradients fade: ten layers", key="backprop.fading"):
        norms = fading()
        layers = np.arange(1, 12)
        show.chart(
            "fading", (SEEDS, mode),
            lambda: log_lines(
                layers, norms, mode, "Gradients before training", "layer (11: output)",
                "norm of a layer's gradient",
            ),
            log_lines_text(layers, norms, "The norm of the gradient by layer"),
        )  # fmt: skip
        sigmoid, little_ = norms["sigmoid, Xavier"], norms["ReLU, N(0, 0.1)"]
        st.markdown(
            words.FADING.format(
                sigmoid=float(f"{sigmoid[-1] / sigmoid[0]:.2g}"),
                small=spoken(float(np.median(little_)), 1),
                seeds=SEEDS,
                **studies.ABOUT,
            )
        )
    teaching.checks("backprop", words.CHECKS)
    teaching.misconceptions(words.WRONG)
    teaching.code(Sequence.backward, Dense.backward, Activate.backward, blame.chain, blame.nudge)
    with st.expander("The numbers behind the picture", key="backprop.numbers"):
        table = {
            "weight": names,
            "value": run.theta.tolist(),
            "gradient": run.gradient.tolist(),
            "after the update": run.updated.tolist(),
        }
        st.dataframe(table, hide_index=True, alt="Every weight, its gradient, and its value after the update")
        units = {
            "unit": [unit_name(net.sizes, k, j) for k in range(1, last + 1) for j in range(net.sizes[k])],
            "z": [float(v) for z in forward.z for v in z[:, 0]],
            "passed on": [float(v) for a in forward.a[1:] for v in a[:, 0]],
            "dL/dz": [float(v) for dz in run.dz for v in dz[:, 0]],
        }
        st.dataframe(units, hide_index=True, alt="Every unit's z, value and gradient")
frame.end("backprop", link, words.LEFT_OPEN)
