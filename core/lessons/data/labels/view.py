"""Wrong labels: what is learned first, and what later."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import Rule, band, band_text
from core.charts.gallery import gallery, gallery_text
from core.charts.lines import Style
from core.charts.theme import palette
from core.lessons.data.labels import study, words
from core.lessons.data.learning import SEEDS, digits
from core.lessons.data.place import Place
from core.ui import formula, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.workshop.sending import simulator_link
from core.workshop.turns import TRAINING

SHARES = {f"{100 * share:.0f}": share for share in study.SHARES}
ASKED = 0.4


@st.cache_data(max_entries=8, show_spinner=words.TRAINING.format(seeds=SEEDS))
def watched(share: float, kind: str) -> dict[str, np.ndarray]:
    """What the networks answer, epoch by epoch."""
    with TRAINING.take() as let_others:
        return study.watched(share, kind, let_others)


def known() -> dict[str, Any]:
    """The numbers that the view's question speaks of; none of them has to be trained for."""
    return {"share": ASKED, "first": study.EARLY, "rows": len(digits()[1]), "new": len(digits()[3])}


def given() -> dict[str, Any]:
    """The numbers that the view's measured answer speaks of."""
    return study.facts(watched(ASKED, "random"), study.EARLY)


def controls(link: Link) -> None:
    """How many labels are wrong, in which way, and the epoch that is looked at."""
    st.select_slider("Wrong labels", list(SHARES), format_func=lambda s: f"{s}%", key=link.key("wrong"))
    buttons(link, "kind", "A wrong label is", words.KINDS)
    st.slider("Epoch", 0, study.EPOCHS, key=link.key("epoch"))


def draw(place: Place, predicted: int | None) -> pd.DataFrame:
    """Draw the curves over the epochs, and some digits with wrong labels; return the curves."""
    link, mode = place.link, place.mode
    X, truth = digits()[:2]
    if predicted is None:
        rows = np.flatnonzero(study.labels(truth, ASKED, "random", 0) != truth)[: study.SHOWN]
        given_now = study.labels(truth, ASKED, "random", 0)[rows]
        captions, title = [words.LABELED.format(label=label) for label in given_now], words.GALLERY_WAITING
        with place.right:
            show.chart("data.mislabeled", ("waiting", mode), lambda: gallery(X[rows], captions, mode, title),
                       gallery_text(X[rows], captions, title))  # fmt: skip
        return pd.DataFrame()
    wrong, kind, epoch = link["wrong"], link["kind"], link["epoch"]
    share = SHARES[wrong]
    found = watched(share, kind)
    p, epochs = palette(mode), np.arange(study.EPOCHS + 1)
    series = {words.NAMES[name]: found[name] for name in (words.NAMES if share else ("new",))}
    inks = {
        "new": Style(p["prediction"], [1, 0]),
        "truth": Style(p["train"], [6, 4]),
        "repeated": Style(p["loss"], [2, 3]),
    }
    title = words.TITLE.format(share=share)
    with place.right:
        show.chart(
            "data.labels", (wrong, kind, epoch, mode),
            lambda: band(
                epochs, series, mode, x_title="epoch", y_title="share of answers", title=title, domain=(0.0, 1.0),
                looks={words.NAMES[name]: inks[name] for name in inks}, key=words.KEY if share else words.KEY[:1],
                height=300, rules=[Rule(float(epoch), "")],
            ),
            band_text(epochs, series, x_title="epoch", y_title="Share of answers"),
        )  # fmt: skip
        place.tries(words.VIEW, **study.facts(found, epoch))
        if share:
            captions = [
                words.CAPTION.format(given=label, answer=answer)
                for label, answer in zip(found["given"], found["answers"][epoch], strict=True)
            ]
            name = words.GALLERY.format(epoch=epoch)
            show.chart(
                "data.mislabeled", (wrong, kind, epoch, mode),
                lambda: gallery(X[found["rows"]], captions, mode, name), gallery_text(X[found["rows"]], captions, name),
            )  # fmt: skip
            st.markdown(words.LINE)
            st.latex(line(share, kind))
        else:
            st.markdown(words.NONE_WRONG)
    with place.left:
        if kind == "random" and share <= 0.5:
            simulator_link(words.SIMULATOR, study.simulated(share), icon=":material/tune:")
    teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(**given()))
    st.markdown(words.EXPLAIN.format(**known() | given()))
    table = {"epoch": epochs} | {words.CURVES[name]: np.median(found[name], axis=0) for name in words.CURVES}
    return pd.DataFrame(table).round(4)


def line(share: float, kind: str) -> str:
    """How many labels of one digit are right, and how many name the same wrong one, as LaTeX."""
    right = formula.number(1 - share, "train", 2)
    if kind == "same":
        each, sign = formula.number(share, "loss", 2), ">" if 1 - share > share else "<"
        return rf"{right} {sign} {each}"
    each = rf"\frac{{{formula.number(share, 'loss', 2)}}}{{9}} = {formula.number(share / 9, 'loss', 3)}"
    return rf"{right} > {each}"
