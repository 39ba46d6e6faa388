"""Lesson 6: choose layers and widths, and see what they cost."""

from functools import partial
from itertools import pairwise

import pandas as pd
import streamlit as st

from core.charts.naming import counted
from core.charts.scores import scores, scores_text
from core.data.datasets import spec_of
from core.lessons.build import capacity, charts, costs, words
from core.lessons.build.others import kinds
from core.training import shapes
from core.training.settings import Setting, choice, whole
from core.ui import formula, frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.mirror import mirror
from core.workshop.sending import simulator_link

START, BEND, TRIED = (3, 4, 2), {"tanh": "tanh", "relu": "ReLU"}, (1, 2, 4, 8)
SEEDS, SPIRAL_SEEDS, A_ROW = 40, 20, 4  # numbers of a sum

link = Link(
    "build",
    [
        Setting("net", START, "Layers", costs.read_sizes, costs.written),
        choice("f", "tanh", BEND, "Activation"),
        whole("batch", 32, 1, 2000, "Examples in a batch"),
    ],
)
lesson = frame.begin("build", link)
frame.heading(lesson)
mode = frame.mode()
left, right = st.columns([1, 1.7], gap="large")


def typed(key: str) -> None:
    net, problem = costs.read_sizes("Layers", st.session_state[key], link["net"])
    link.set(net=net)
    st.session_state[key] = costs.written(net)
    st.session_state["build.problem"] = (net, problem)


def stepped(layer: int, key: str) -> None:
    change(costs.clamped([*link["net"][:layer], st.session_state[key], *link["net"][layer + 1 :]]))


def change(net: costs.Sizes) -> None:
    link.set(net=net)


def parts(net: costs.Sizes) -> list[str]:
    names = ["inputs", *(f"hidden {k}" for k in range(1, len(net) - 1)), "outputs"]
    return names if len(net) != 3 else ["inputs", "hidden", "outputs"]


def editor(net: costs.Sizes) -> None:
    """Buttons for depth and width; folded, the layers as text and a stepper for each."""
    full, flat = len(net) - 2 >= costs.MOST_HIDDEN, len(net) == 2
    with st.container(horizontal=True):
        st.button("Layer", icon=":material/add:", on_click=change, args=(costs.deeper(net),), disabled=full,
                  key="build.deeper", help="One hidden layer more, as wide as the last")  # fmt: skip
        st.button("Layer", icon=":material/remove:", on_click=change, args=(costs.shallower(net),), disabled=flat,
                  key="build.shallower", help="The last hidden layer goes")  # fmt: skip
    with st.container(horizontal=True):
        st.button("Width × 2", on_click=change, args=(costs.wider(net),), disabled=flat, key="build.wider",
                  help="Every hidden layer twice as wide")  # fmt: skip
        st.button("Width ÷ 2", on_click=change, args=(costs.wider(net, 0.5),), disabled=flat, key="build.narrower",
                  help="Every hidden layer half as wide")  # fmt: skip
    with st.expander(words.FOLDED, key="build.folded"):
        text = mirror("build.text", costs.written(net), typed)
        st.text_input("Layers, inputs first", **text, help="Such as 784-128-10.")
        of, problem = st.session_state.get("build.problem", ((), ""))
        if problem and of == net:  # gone as soon as the layers are set elsewhere
            st.warning(problem)
        for layer, name in enumerate(parts(net)):
            top = costs.MOST_INPUTS if layer == 0 else costs.MOST_OUTPUTS if layer == len(net) - 1 else costs.WIDEST
            width = mirror(f"build.width.{layer}", net[layer], partial(stepped, layer))
            st.number_input(name.capitalize(), 1, top, **width)


def send(net: costs.Sizes) -> None:
    """The way to the simulator, with this network in its link."""
    sent = capacity.for_simulator(net)
    simulator_link(words.TO_SIMULATOR, sent.experiment)
    title = spec_of(sent.experiment.dataset).title
    st.caption(" ".join(sent.changes) or words.AS_IT_IS.format(title=title))


BASE = dict(zip(("n_in", "hidden", "n_out"), words.WIDTH_OR_DEPTH, strict=True))


def looks(net: costs.Sizes) -> dict[str, float]:
    """The numbers that the sentences of experiments speak of."""
    c, grown = costs.cost(net), [costs.cost(n).parameters for n in (costs.wider(net), costs.deeper(net))]
    return {
        "parameters": c.parameters,
        "first": c.layers[0].parameters,
        "base": costs.cost(words.WIDTH_OR_DEPTH).parameters,
        "added": c.parameters - costs.cost(words.WIDTH_OR_DEPTH).parameters,
        "more_wide": grown[0] - c.parameters,
        "more_deep": grown[1] - c.parameters,
    }


def total(c: costs.Cost) -> str:
    """The sum over all layers, a few numbers a row."""
    each = [f"{layer.parameters:,}" for layer in c.layers]
    rows = [" + ".join(each[k : k + A_ROW]) for k in range(0, len(each), A_ROW)]
    text = r"\begin{gathered}" + r" \\ + ".join(rows) + rf" = {c.parameters:,}\end{{gathered}}"
    return text.replace(",", "{,}")


with left:
    st.markdown(words.INTRO)
    predicted = teaching.prediction("build", words.LESSON, **BASE)
    if predicted is not None:
        editor(link["net"])
        send(link["net"])
net = words.WIDTH_OR_DEPTH if predicted is None else link["net"]  # the question speaks of the network beside it
now = costs.cost(net)
names = parts(net)
pairs = [f"{a} → {b}" for a, b in pairwise(names)]
drawn = charts.drawn(net)
heading = words.PICTURE if drawn == now.parameters else words.PICTURE_IN_PART
heading = heading.format(parameters=now.parameters, drawn=drawn)
with right:
    show.chart(
        "network",
        (net, mode),
        lambda: charts.architecture(net, mode, heading),
        charts.architecture_text(net, now.parameters),
    )
    if predicted is not None:
        teaching.tries(link, words.TRIES, words.FAILS, words.LESSON.views[""].opening, **looks(net))
    if len(now.layers) <= 3:
        for layer in now.layers:
            a = formula.number(layer.n_in, "input" if layer.first else "activation", 0)
            b = formula.number(layer.n_out, "prediction" if layer.last else "activation", 0)
            st.latex(rf"({a} + 1) \times {b} = {layer.parameters:,}".replace(",", r"{,}"))
    else:
        st.latex(total(now))
    st.markdown(words.SUMMARY.format(parameters=now.parameters))

if predicted is not None:
    base = words.WIDTH_OR_DEPTH
    few, wider, deeper = (costs.cost(n).parameters for n in (base, costs.wider(base), costs.deeper(base)))
    measured = words.MEASURED.format(net=costs.written(base), more_wide=wider - few, more_deep=deeper - few)
    teaching.confront(words.PREDICTION, predicted, measured)
    where, other = st.columns(2, gap="large")
    with where:
        sums = [
            f"{name}: ({layer.n_in:,} + 1) × {layer.n_out:,} = {layer.parameters:,}"
            for name, layer in zip(pairs, now.layers, strict=True)
        ]
        title = "Where the parameters are"
        show.chart(
            "where", (net, mode),
            lambda: charts.cost_bars(sums, [layer.parameters for layer in now.layers], mode, title),
            charts.cost_bars_text(sums, title),
        )  # fmt: skip
    with other:
        others = {
            "as it is": net,
            "hidden layers twice as wide": costs.wider(net),
            "one layer deeper": costs.deeper(net),
        }
        others = {name: other for name, other in others.items() if name == "as it is" or other != net}
        counts = [costs.cost(s).parameters for s in others.values()]
        labels = [
            f"{name}{', ' + costs.written(s) if len(s) < 5 else ''}: {c:,}"
            for (name, s), c in zip(others.items(), counts, strict=True)
        ]
        title = "What it would cost to grow"
        show.chart(
            "grow",
            (net, mode),
            lambda: charts.cost_bars(labels, counts, mode, title, 0),
            charts.cost_bars_text(labels, title),
        )
    st.markdown(words.EXPLAIN)


@st.cache_data(max_entries=8, show_spinner="Training on XOR …")
def xor_shares(activation: str) -> list[float]:
    return [capacity.xor_share(units, activation, SEEDS) for units in TRIED]


@st.cache_data(max_entries=8, show_spinner="Training on spirals …")
def spiral_scores(activation: str) -> list[list[float]]:
    return [shapes.spiral_scores(hidden, activation, range(SPIRAL_SEEDS)).tolist() for hidden in shapes.SAME_SIZE]


if predicted is not None:
    st.subheader(words.BUYS, anchor=False)
    about, chart = st.columns([1, 1.4], gap="large")
    with about:
        answered = teaching.prediction("build", words.LESSON, "units", seeds=SEEDS)
        if answered is not None:
            _, *more = xor_shares("tanh")
            places = dict(zip(("two", "four", "eight"), more, strict=True))
            measured = words.MEASURED_UNITS.format(activation=BEND["tanh"], **places)
            teaching.confront(words.PREDICTION_UNITS, answered, measured)
            st.markdown(words.ABOUT_XOR)
            buttons(link, "f", "Activation", BEND)
            fails = words.FAILS_UNITS
            st.button(
                fails.label,
                on_click=link.set,
                kwargs=dict(fails.values),
                icon=":material/warning:",
                key="build.units.try.0",
            )
            if link["f"] == fails.values["f"]:
                places = dict(zip(("two", "four", "eight"), xor_shares(link["f"])[1:], strict=True))
                st.info(fails.look.format(**places), icon=":material/visibility:")
    if answered is not None:
        shares = xor_shares(link["f"])
        with chart:
            ranges = [capacity.likely_range(s, SEEDS) for s in shares]
            show.chart(
                "solved", (link["f"], mode), lambda: charts.solved(TRIED, shares, ranges, SEEDS, mode),
                charts.solved_text(TRIED, shares, SEEDS),
            )  # fmt: skip
    with (opened := st.expander(words.DEPTH, on_change="rerun", key="build.depth")):
        if opened.open:
            st.markdown(words.ABOUT_DEPTH.format(**capacity.about_spirals(SPIRAL_SEEDS)))
            found = spiral_scores(link["f"])
            names = [f"{len(h)} × {h[0]}" for h in shapes.SAME_SIZE]
            title = f"Spirals with {BEND[link['f']]}, by depth"
            show.chart(
                "spirals", (link["f"], mode), lambda: scores(names, found, mode, title),
                scores_text(names, found),
            )  # fmt: skip
    with st.expander(words.MEMORY, key="build.memory"):
        st.slider("Examples in a batch", 1, 2000, key=link.key("batch"))
        batch = link["batch"]
        st.markdown(
            words.ABOUT_MEMORY.format(
                activations=costs.memory(now.activation_bytes(batch)), batch=counted(batch, "example"), ratio=now.backward / now.forward,
                parameters=costs.memory(now.parameter_bytes()), forward=now.forward, backward=now.backward, bytes=costs.BYTES,
            )
        )  # fmt: skip
        table = {
            "layers": pairs,
            "weights": [c.weights for c in now.layers],
            "biases": [c.biases for c in now.layers],
            "parameters": [c.parameters for c in now.layers],
            "forward": [c.forward for c in now.layers],
            "backward": [c.backward for c in now.layers],
            "stored per example": [c.stored for c in now.layers],
        }
        st.dataframe(pd.DataFrame(table), hide_index=True, alt="Cost of each layer")
    with st.expander(words.OTHERS_TITLE, key="build.others"):
        st.markdown(words.OTHERS)
        layers = kinds()
        rows = {
            "layer": [k.name for k in layers],
            "reads": [k.reads for k in layers],
            "count": [k.sum for k in layers],
            "parameters": [k.parameters for k in layers],
            "uses of a weight": [k.uses for k in layers],
        }
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Parameters of other kinds of layer")
    with st.expander(words.RULES_TITLE, key="build.rules"):
        for rule, truth in words.RULES:
            st.markdown(f"**“{rule}”** {truth}")
    with st.expander(words.KNOWN_TITLE, key="build.known"):
        st.markdown(words.KNOWN)
    teaching.checks("build", words.CHECKS)
    teaching.misconceptions(words.WRONG)
    with st.expander("The numbers behind the pictures", key="build.numbers"):
        st.caption(words.TRAINED_XOR.format(steps=capacity.XOR_STEPS, rate=capacity.XOR_RATE))
        if answered is not None:
            st.dataframe(
                pd.DataFrame({"hidden units": TRIED, "share of seeds that solve XOR": shares}), hide_index=True,
                alt="Share of seeds that solve XOR by hidden units",
            )  # fmt: skip
        st.dataframe(pd.DataFrame({"network": labels, "parameters": counts}), hide_index=True, alt="Cost of growing")
    teaching.code(costs.LayerCost, costs.Cost, capacity.xor_share)
frame.end("build", link, words.LEFT_OPEN)
