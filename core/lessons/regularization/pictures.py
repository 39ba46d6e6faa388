"""The pictures of lesson 20, as its page shows them."""

from typing import Any

import numpy as np
import streamlit as st

from core.charts.answers import answers, answers_text
from core.charts.band import band, band_text
from core.charts.curves import curves, curves_text
from core.charts.histograms import histograms, histograms_text
from core.charts.theme import Mode
from core.lessons.regularization import charts, dropped, study, watch, words
from core.ui import show

Found = dict[str, np.ndarray]
SEEDS = study.SEEDS


def overfitting(plain: Found, mode: Mode) -> None:
    """Show what is seen before the prediction: no help at all."""
    series = {"training loss": plain["train"].T, "test loss": plain["test"].T}
    show.chart(
        "regularization.plain", (mode,),
        lambda: band(
            study.MOMENTS, series, mode, x_title="step", y_title="loss", title=words.TITLES["plain"],
            domain=(0, 2), key=words.KEYS["band"].format(seeds=SEEDS),
        ),
        band_text(study.MOMENTS, series, x_title="step", y_title="Loss"),
    )  # fmt: skip


def by_strength(
    name: str, level: int, losses: np.ndarray, base: np.ndarray, depends: tuple[Any, ...], mode: Mode
) -> None:
    """Show a cure's test loss by its strength.

    Parameters
    ----------
    losses, base : (S, L) with the cure and (S,) without.
    """
    method, levels = study.METHODS[name], losses.shape[1]
    series = {method.title: losses, words.NONE: np.repeat(base[:, None], levels, 1)}
    show.chart(
        "regularization.cures", (*depends, mode),
        lambda: charts.by_strength(
            method.strengths, level, series, charts.INKS[:2], mode, method.dose,
            title=words.TITLES["cure"].format(dose=method.dose),
            y_title="test loss", domain=(0.2, 2), log_y=True, key=words.KEYS["cure"].format(seeds=SEEDS).split("\n"),
        ),
        band_text(np.array(method.strengths), series, x_title=method.dose, y_title="Test loss"),
    )  # fmt: skip


def how_often(name: str, level: int, each: Found, depends: tuple[Any, ...], mode: Mode) -> None:
    """Show how often a cure helped by its strength, (1, L) by label."""
    method = study.METHODS[name]
    room = [method.title, words.NONE]
    show.chart(
        "regularization.helped", (*depends, mode),
        lambda: charts.by_strength(
            method.strengths, level, each, charts.INKS[::2], mode, method.dose,
            title=words.TITLES["helped"], y_title="networks",
            domain=(0, SEEDS), height=150, key=words.KEYS["helped"].format(seeds=SEEDS), room=room,
        ),
        "; ".join(f"{label}: {', '.join(f'{v:.0f}' for v in values[0])}" for label, values in each.items()),
    )  # fmt: skip


def near_and_not(share: float) -> str:
    """Return how many weights are near 0, and how many aren't.

    >>> near_and_not(0.9964)
    '99.6% near 0, 4 not'
    """
    digits = 0 if share < 0.995 or share == 1 else 1
    return f"{share:.{digits}%} near 0, {round((1 - share) * watch.count()):,} not"


def penalty(series: Found, rows: dict[str, Found], title: str, at: int, depends: tuple[Any, ...], mode: Mode) -> None:
    """Show a run's losses with its penalty, and where its weights are beside those without help."""
    steps, heading = np.array(watch.FRAMES), words.TITLES["weights"]
    x_title = f"weight (end bars: {watch.EDGE:g} and beyond)"
    one, other = st.columns(2)  # on one screen with what is said of them
    with one:
        show.chart(
            "regularization.losses", (*depends, mode),
            lambda: curves(steps, steps, series, mode, domain=(0, 2), x_title="step", height=260, title=title),
            curves_text(steps, series),
        )  # fmt: skip
    notes = [[near_and_not(float(row["near"][k])) for row in rows.values()] for k in range(len(steps))]
    shares = np.stack([row["histogram"] for row in rows.values()], 1)
    with other:
        show.chart(
            "regularization.weights", (*depends, mode),
            lambda: histograms(
                shares, watch.EDGES, list(rows), notes, mode,
                title=heading, x_title=x_title, ink="positive", height=100 * len(rows),
                key=words.KEY_NEAR.format(near=watch.NEAR),
            ),
            histograms_text(list(rows), notes[at], title=heading),
        )  # fmt: skip


def network(found: Found, at: int, depends: tuple[Any, ...], mode: Mode) -> None:
    """Show the network with the units that are off."""
    key = [line.format(shown=dropped.SHOWN) for line in words.KEY_DROPPED]
    weights = [found[f"weights {k}"] for k in (1, 2, 3)]
    show.chart(
        "regularization.dropped", (*depends, mode),
        lambda: charts.dropped(weights, found["on"], dropped.SHOWN, mode, words.TITLES["dropped"], key),
        charts.dropped_text(found["on"][at], dropped.FRAMES[at]),
    )  # fmt: skip


def modes(series: Found, depends: tuple[Any, ...], mode: Mode) -> None:
    """Show the training loss of the same weights with units off and in use, and their test loss."""
    steps = np.arange(1, study.STEPS + 1)
    title, loss = words.TITLES["modes"], words.MEAN_OF.format(steps=dropped.SMOOTH)
    show.chart(
        "regularization.modes", (*depends, mode),
        lambda: curves(
            steps, np.array(dropped.FRAMES), series, mode, domain=(0, 1), x_title="step", y_title=loss, title=title,
            looks=charts.of_modes(list(series), mode),
        ),
        curves_text(steps, series),
    )  # fmt: skip


def asked(found: Found, depends: tuple[Any, ...], mode: Mode) -> None:
    """Show what one test point is answered, time after time."""
    outputs, use = found["answers"], float(found["use"])
    show.chart(
        "regularization.answers", (*depends, mode),
        lambda: answers(outputs, use, mode, words.TITLES["asked"], "times"), answers_text(outputs, use),
    )  # fmt: skip
