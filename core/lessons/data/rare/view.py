"""A rare class: accuracy, and what it hides."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import Rule, band, band_text
from core.charts.confusion import confusion, confusion_text
from core.charts.lines import Style
from core.charts.theme import palette
from core.lessons.data.place import Place
from core.lessons.data.rare import study, words
from core.ui import formula, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.workshop.turns import TRAINING

SHARES = {f"{100 * share:.0f}": share for share in study.SHARES}
ASKED = 0.05


@st.cache_data(max_entries=6, show_spinner=words.TRAINING.format(seeds=study.SEEDS))
def over_shares(overlap: str, copies: str) -> dict[str, np.ndarray]:
    """How the networks do, by the share of the rare class."""
    with TRAINING.take() as let_others:
        return study.over_shares(overlap, copies == "copied", let_others)


def known() -> dict[str, Any]:
    """The numbers of the view's texts that nothing has to be trained for."""
    return {"share": ASKED}


def given() -> dict[str, Any]:
    """The numbers that the view's question and its measured answer speak of."""
    return study.facts(over_shares("much", "none"), study.SHARES.index(ASKED))


def controls(link: Link) -> None:
    """How many are ill, how often each of them counts, and how far the groups overlap."""
    st.select_slider("Share of the ill", list(SHARES), format_func=lambda s: f"{s}%", key=link.key("rare"))
    buttons(link, "copies", "The ill are shown", words.COPIES)
    buttons(link, "overlap", "The two groups", words.OVERLAPS)


def draw(place: Place, predicted: int | None) -> pd.DataFrame:
    """Draw accuracy and recall over the share of the ill, and who is taken for what; return the medians."""
    link, mode = place.link, place.mode
    waiting = predicted is None
    rare, copies, overlap = ("5", "none", "much") if waiting else (link["rare"], link["copies"], link["overlap"])
    found, k = over_shares(overlap, copies), list(SHARES).index(rare)
    p, shares = palette(mode), np.array(study.SHARES)
    always = np.tile(1 - shares, (study.SEEDS, 1))
    names = words.SERIES if not waiting else {"accuracy": words.SERIES["accuracy"]}
    series = {title: found[name] for name, title in names.items()} | {words.ALWAYS: always}
    looks = {words.SERIES["accuracy"]: Style(p["test"], [6, 4]), words.SERIES["recall"]: Style(p["class1"], [1, 0]),
             words.ALWAYS: Style(p["muted"], [2, 4])}  # fmt: skip
    with place.right:
        show.chart(
            "data.rare", (rare, copies, overlap, waiting, mode),
            lambda: band(
                100 * shares, series, mode, x_title="percent of the people that are ill",
                y_title="share", title=words.TITLE,
                domain=(0.0, 1.0), log_x=True, points=True, looks=looks, key=words.KEY, height=280,
                rules=[Rule(float(rare), "")], ticks=(100 * shares).round().tolist(),
            ),
            band_text(100 * shares, series, x_title="percent ill", y_title="Share"),
        )  # fmt: skip
    if predicted is None:
        return pd.DataFrame()
    matrix, title = study.counts(found, k), words.MATRIX.format(share=SHARES[rare])
    place.tries(words.VIEW, **study.facts(found, k))
    with place.right:
        show.chart(
            "data.matrix", (rare, copies, overlap, mode),
            lambda: confusion(matrix, words.NAMES, mode, title=title), confusion_text(matrix, words.NAMES),
        )  # fmt: skip
        st.markdown(words.LINE)
        st.latex(line(SHARES[rare], matrix))
    teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(**given()))
    st.markdown(words.EXPLAIN)
    table = {"share of the ill": shares} | {name: np.nanmedian(v, axis=0) for name, v in found.items()}
    return pd.DataFrame(table).round(4)


def line(share: float, matrix: np.ndarray) -> str:
    """Accuracy as a sum of both groups' parts, as LaTeX, from counts of a thousand people."""
    healthy, ill = (matrix[c, c] / matrix[c].sum() for c in (0, 1))
    put_in, places = formula.agreeing(
        [share, ill, 1 - share, healthy], lambda v: v[0] * v[1] + v[2] * v[3], 2, 2
    )  # fmt: skip
    a, b = (formula.number(v, "class1", put_in) for v in (share, ill))
    c, d = (formula.number(v, "class0", put_in) for v in (1 - share, healthy))
    total = share * ill + (1 - share) * healthy
    return rf"{a} \times {b} + {c} \times {d} = {formula.number(total, 'test', places, alone=True)}"
