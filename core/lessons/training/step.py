"""One weight's step at every frame of a run, as lines of arithmetic in a picture that plays."""

from typing import Any

import streamlit as st

from core.charts.naming import minus, spoken
from core.lessons.training import words, worked
from core.lessons.training.charts import step_picture, step_text
from core.nn.optimizers import OPTIMIZERS
from core.ui import frame, show
from core.ui.player import RESTING
from core.workshop import cache
from core.workshop.simulator import Scene


@st.cache_data(max_entries=24, show_spinner=False)
def rows(query: str) -> dict[str, Any]:
    """Follow a weight through a run: its lines of arithmetic at every frame, by what each gives."""
    arrays, e = cache.run(query), cache.experiment_of(query)
    h, epochs = cache.history_of(arrays, e), arrays["frames"].tolist()
    f, total = worked.followed(h, epochs), h.epochs * int(h.facts[2])
    each = [worked.lines(f, e, k) for k in range(len(epochs))]
    of = [
        f"{n:,} of {total:,}" + ("" if epoch else ", still to come") for n, epoch in zip(f.numbers, epochs, strict=True)
    ]
    return {
        "name": f.name,
        "lines": {"step": of} | {name: [line[name] for line in each] for name in each[0]},
        "way": (float(f.before[0]), float(f.after[-1])),
        "memory": {name: values.tolist() for name, values in f.memory.items()},
    }


def worked_step(scene: Scene, at: int) -> None:
    """Show one weight's step; it plays with the run."""
    if not worked.can_follow(scene.history):
        return
    found, mode = rows(scene.query), frame.mode()
    first, last = found["way"]
    key = words.HOW[scene.experiment.optimizer]
    sentence = words.STILL if f"{first:.2f}" == f"{last:.2f}" else words.WORKED
    st.markdown(minus(sentence.format(name=found["name"], first=first, last=last)))
    lines = found["lines"]
    up = [not text.rpartition("= ")[2].startswith("−") for text in lines["weight"]]
    show.chart("one_step", (scene.query, mode), lambda: step_picture(lines, up, key, mode), step_text(lines, at))


def remembered(scene: Scene, at: int) -> None:
    """Say what the optimizer remembers for that weight after its step."""
    optimizer = OPTIMIZERS[scene.experiment.optimizer]
    if not optimizer.memory:
        st.markdown(words.FORGETS.format(optimizer=optimizer.title))
    elif worked.can_follow(scene.history):
        found = rows(scene.query)
        st.markdown(words.REMEMBERED.format(optimizer=optimizer.title, name=found["name"]))
        st.latex(optimizer.formula)
        with st.container(key=f"{RESTING}.memory"):  # of the epoch where it last rested
            st.text("\n".join(f"{name}: {spoken(float(values[at]), 4)}" for name, values in found["memory"].items()))
