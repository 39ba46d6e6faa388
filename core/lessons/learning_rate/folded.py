"""What the page keeps folded: rates that change during a run, and a finder that tries them all in one run."""

from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.theme import Mode
from core.lessons.learning_rate import charts, descent, words
from core.nn import schedules
from core.training import finder
from core.training.experiment import Experiment, layer_sizes
from core.ui import show
from core.ui.buttons import buttons
from core.ui.link import Link

OPTIMIZERS = {"sgd": "plain", "momentum": "momentum", "adam": "Adam"}
SEEDS = 20
SWEPT = Experiment(dataset="digits", samples=1797, hidden=(32,), activation="relu")
SMALLEST = 0.001  # of a loss that is written out
HIGHEST = 0.5  # the rate at which the schedules begin, or which they reach


@st.cache_data(max_entries=2, show_spinner=False)
def scheduled() -> tuple[dict[str, np.ndarray], pd.DataFrame]:
    """The schedules' rates over a run, and where each ends on the noisy and on the noiseless valley."""
    noisy, still = descent.Noisy(), descent.Noisy(noise=0.0)
    shapes, rows = {}, []
    for name in schedules.SCHEDULES:
        losses, used = noisy.scheduled(name, HIGHEST)
        spoken = name.replace("_", " + ").replace("one + ", "one ")
        shapes[spoken] = used[0]
        ends = losses[:, -1].mean(), still.scheduled(name, HIGHEST, 1)[0][0, -1]
        rows.append((spoken, HIGHEST, *map(brief, ends)))
    for rate in (0.1, 0.01):
        ends = (noisy.scheduled("constant", rate)[0][:, -1].mean(), still.scheduled("constant", rate, 1)[0][0, -1])
        rows.append(("constant", rate, *map(brief, ends)))
    return shapes, pd.DataFrame(rows, columns=["schedule", "highest rate", "loss with noise", "loss without noise"])


@st.cache_data(max_entries=4, show_spinner=False)
def swept(optimizer: str) -> tuple[dict[str, np.ndarray], list[tuple[float, float]]]:
    """A finder's sweep with seed 0, and what its two rules say for each seed."""
    runs = finder.find_many(replace(SWEPT, optimizer=optimizer), range(SEEDS))
    one = runs[0]
    picture = {"rates": one.rates, "losses": one.losses, "smooth": one.smooth}
    return picture, [(r.tenth, r.steepest) for r in runs]


def brief(loss: float) -> str:
    """Return a loss as a person would write it."""
    return f"{loss:.3g}" if loss >= SMALLEST else f"below {SMALLEST:g}"


def schedules_of(mode: Mode) -> None:
    """Schedules, and what each is worth on a noisy valley."""
    with (opened := st.expander(words.SCHEDULES_TITLE, on_change="rerun", key="learning_rate.schedules")):
        if opened.open:
            shapes, scores = scheduled()
            noisy = descent.Noisy()
            about = {"directions": len(noisy.curvatures), "steps": noisy.steps, "seeds": descent.WALKS}
            st.markdown(words.SCHEDULES.format(**about))
            show.chart("rate.shapes", (mode,), lambda: charts.shapes(shapes, mode), charts.shapes_text(shapes))
            st.dataframe(scores, hide_index=True)
            plateau = schedules.ReduceLROnPlateau
            st.markdown(words.SCHEDULE_NOTES.format(rate=HIGHEST, patience=plateau.patience, factor=plateau.factor))


def finder_of(link: Link, mode: Mode) -> None:
    """One sweep over all rates, and what two rules read from it."""
    with (opened := st.expander(words.FINDER_TITLE, on_change="rerun", key="learning_rate.sweep")):
        if opened.open:
            sizes = "-".join(map(str, layer_sizes(SWEPT)))
            st.markdown(words.FINDER.format(sizes=sizes, batch=SWEPT.batch_size, steps=finder.STEPS))
            buttons(link, "finder", "Optimizer", OPTIMIZERS)
            sweep, picks = swept(link["finder"])
            marks = [(picks[0][0], "a tenth of the minimum"), (picks[0][1], "steepest")]
            show.chart(
                "rate.found", (link["finder"], mode), lambda: charts.found(**sweep, marks=marks, mode=mode),
                charts.found_text(sweep["rates"], sweep["smooth"], marks),
            )  # fmt: skip
            (a, c), (b, d) = np.min(picks, 0), np.max(picks, 0)
            read = {name: f"{value:.2g}" for name, value in zip("abcd", (a, b, c, d), strict=True)}
            st.markdown(words.FINDER_FAILS.format(seeds=SEEDS, optimizer=words.SPOKEN[link["finder"]], **read))
