"""The lesson on attention: where a network looks for its answer."""

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.naming import Share
from core.lessons.attention import charts, study, words, worked
from core.lessons.attention.tasks import LETTERS, LONG, STEPS, TASKS, read
from core.nn.attention import Attention
from core.nn.layers import Sequence
from core.nn.network import Network
from core.training.parsing import quoted
from core.training.settings import Setting, choice, moment, switch, whole
from core.ui import frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.player import RESTING, player
from core.ui.typed import text_field

HEADS = {"2x2": "2 heads, 2 numbers each", "1x4": "1 head, 4 numbers", "1x2": "1 head, 2 numbers"}
LAST = study.FRAMES[-1]
TASK = {"look": "mark", "order": "third", "heads": "both"}
TEXTS = {
    "look": (words.PREDICTION, words.MEASURED, words.EXPLAIN),
    "order": (words.ORDER, words.ORDER_MEASURED, words.ORDER_EXPLAIN),
    "heads": (words.HEADS, words.HEADS_MEASURED, words.HEADS_EXPLAIN),
}


def lawful(title: str, value: str, default: str) -> tuple[str, str]:
    """Read six letters from a link or a field; blanks and commas between them are fine."""
    text = "".join(value[:200].replace(",", " ").split()).upper()
    if len(text) == LONG and all(c in LETTERS for c in text):
        return text, ""
    return default, words.BAD_LETTERS.format(title=title, text=quoted(value), used=default)


link = Link(
    "attention",
    [
        choice("view", "look", words.VIEWS, "View"),
        Setting("letters", "ABCDAB", "Letters", lawful),
        whole("star", 2, 1, LONG, "Place of the ★"),
        whole("dot", 5, 1, LONG, "Place of the ●"),
        switch("pos", False, "Positions"),
        choice("heads", "2x2", HEADS, "Heads"),
        whole("seed", study.SEED, 0, 999, "Start"),
        moment("epoch", LAST, LAST, "Epoch"),
        choice("place", "most", ["most", *map(str, range(1, STEPS + 1))], words.PLACE),
    ],
)
lesson = frame.begin("attention", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=8, show_spinner="Training a network …")
def run(task: str, shape: str, positions: bool, seed: int) -> dict[str, Any]:
    """One run, as arrays."""
    return vars(study.run(task, shape, positions, seed))


@st.cache_data(max_entries=2, show_spinner="Training 23 networks …")
def measured() -> dict[str, float]:
    """The numbers that the sentences speak of."""
    ends = {"alone": "1x2", "four": "1x4", "both": "2x2"}
    found: dict[str, float] = {
        name: Share(run("both", shape, True, study.SEED)["accuracy"][-1]) for name, shape in ends.items()
    }
    found |= study.stars() | {"seeds": study.SEEDS, "bound": study.SURE, "learned": study.LEARNED}
    return study.measured(lambda task, positions: study.Run(**run(task, "1x2", positions, study.SEED))) | found


@st.cache_data(max_entries=2, show_spinner="Training 60 networks …")
def starts() -> dict[str, float]:
    """In how many starts one head and two heads learn both letters."""
    return study.heads()


@st.cache_data(max_entries=64, show_spinner=False)
def looks(task: str, shape: str, positions: bool, seed: int, row: str) -> list[study.Look]:
    """What one row does to the network at every frame."""
    one, rows = study.Run(**run(task, shape, positions, seed)), read(row)
    assert rows is not None
    return [study.look(one, k, rows) for k in range(len(study.FRAMES))]


def controls(view: str) -> None:
    """The view's own controls."""
    if view != "heads":
        text_field(link, "letters", "Six letters, A to D", partial(lawful, "Letters"))
    if view == "look":
        st.slider("Place of the ★", 1, LONG, key=link.key("star"))
    elif view == "order":
        st.toggle("The network sees positions", key=link.key("pos"))
    else:
        buttons(link, "heads", "Heads", HEADS)
        st.slider("Place of the ★", 1, LONG, key=link.key("star"))
        st.slider("Place of the ●", 1, LONG, key=link.key("dot"))


view = teaching.choose_view(link, words.VIEWS)
left, right = st.columns([1, 1.6], gap="large")
with left:
    st.markdown(words.INTRO[view])
    predicted = teaching.prediction(
        "attention", words.LESSON, view, **({"seeds": study.SEEDS} if view == "heads" else {})
    )
    waiting = predicted is None
    if not waiting:
        controls(view)
letters, star, dot = ("ABCDAB", 2, 5) if waiting else (link["letters"], link["star"], link["dot"])
if star == dot:
    dot = dot % LONG + 1
    if not waiting:
        left.caption(words.SAME_PLACE.format(place=dot))
heads = link["heads"] if view == "heads" and not waiting else "1x2"
positions = view != "order" or (link["pos"] and not waiting)
shape, row = (TASK[view], heads, positions, study.SEED if waiting else link["seed"]), f"{letters}{star}{dot}"
rows = read(row)
assert rows is not None
places, task = rows.written(0), TASKS[TASK[view]]
answer = int(task.right(rows)[0])
seen = looks(*shape, row)[:1] if waiting else looks(*shape, row)
frames = study.FRAMES[:1] if waiting else study.FRAMES
weights, shares = np.stack([one.weights for one in seen]), np.stack([one.answers for one in seen])

with right:
    at = 0 if waiting else player(link, frames, repr((shape, row)), "epoch")
    depends = (shape, row, waiting, mode)
    show.chart(
        "attention.weights", depends,
        lambda: charts.attention(weights, places, mode, task.asks, len(frames) - 1),
        charts.attention_text(weights[at], places),
    )  # fmt: skip
    if not waiting:
        teaching.tries(
            link, words.LESSON.views[view].tries, words.LESSON.views[view].fails,
            **measured(), **study.answered(seen[at], task.answers),
        )  # fmt: skip
        show.chart(
            "attention.answers", depends,
            lambda: charts.answers(shares, task.answers, answer, mode, "What it answers", len(frames) - 1),
            charts.answers_text(shares[at], task.answers, answer),
        )  # fmt: skip

if not waiting:
    with left, st.container(key="attention.phone.below"), st.expander(words.START_TITLE, key="attention.start"):
        st.number_input("Start", 0, 999, key=link.key("seed"))
        st.caption(words.START)

if predicted is not None:
    asked, finding, why = TEXTS[view]
    numbers = starts() if view == "heads" else measured()
    teaching.confront(asked, predicted, finding.format(**numbers))
    st.markdown(why.format(**numbers))
    with st.container(key=RESTING):
        for head in range(len(weights[0])):
            most = link["place"] == "most"
            place = int(seen[at].weights[head].argmax()) if most else int(link["place"]) - 1
            line = (words.LINE_HEAD if len(weights[0]) > 1 else words.LINE)[most]
            st.markdown(line.format(head=head + 1, epoch=frames[at], place=place + 1, name=places[place]))
            st.latex(worked.line(seen[at], head, place))
    st.latex(worked.FORMULA)
    st.caption(words.MEANING[view])
    with st.expander(words.NUMBERS, key="attention.numbers"):
        names = {"most": words.LARGEST} | {str(k + 1): name for k, name in enumerate(places)}
        buttons(link, "place", words.PLACE, names)
        st.markdown(words.ROOT)
        for head in range(len(weights[0])):
            now = seen[at]
            table = {"place": places} | {f"key {k + 1}": now.keys[head, k] for k in range(now.keys.shape[1])}
            table |= {"score": now.scores[head], "weight": now.weights[head]}
            table |= {f"value {k + 1}": now.values[head, k] for k in range(now.keys.shape[1])}
            query = ", ".join(f"{v:.2f}" for v in now.queries[head])
            st.caption(f"Head {head + 1} at epoch {frames[at]}; the query of ?: {query}".replace("-", "−"))
            st.dataframe(pd.DataFrame(table).round(3), hide_index=True, alt=f"Numbers of head {head + 1}")
            every = np.stack([one.everywhere[head] for one in seen])
            title = words.MAP_HEAD.format(head=head + 1) if len(weights[0]) > 1 else words.MAP
            show.chart(
                f"attention.everywhere.{head}", depends,
                partial(charts.everywhere, every, places, mode, title, words.MAP_KEY, len(frames) - 1, head),
                charts.everywhere_text(every[at], places),
            )  # fmt: skip
        st.caption(words.MAP_NOTE)
    with st.expander(words.MODELS_TITLE, key="attention.models"):
        st.dataframe(
            pd.DataFrame(words.MODELS, columns=["model", "year", "parameters", "source"]), hide_index=True,
            alt="Published sizes of models",
        )  # fmt: skip
        size = Network(Sequence(study.layers(*shape[:3]).layers), len(rows.inputs(positions)[0])).trained
        st.markdown(words.MODELS_NOTE.format(parameters=size))
    teaching.checks("attention", words.LESSON.views[view].checks, view)
    teaching.misconceptions(words.WRONG)
    teaching.code(Attention, study.layers, study.look)
frame.end("attention", link, words.LEFT_OPEN)
