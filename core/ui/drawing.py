"""A sheet to draw a digit on, by mouse, finger or keyboard, in sight of the picture that it changes.

Called right under that picture, it stands there; on a phone it comes above it, the sheet last (core/ui/frame.css).
"""

from collections.abc import Callable

import numpy as np
import streamlit as st

from core.charts.paper import paper, paper_text
from core.data import ink
from core.ui import frame, show
from core.ui.cells import number_table

TITLE = "Draw your own digit"
HOW = "Click or tap a pixel to switch it, or type its ink (0 to {levels}) into the table."
EMPTY = "Empty page"
WIDEST = 264
"""No wider, so that on a telephone the sheet and the picture that it changes are in sight together."""
Array = np.ndarray


def drawing(page: str, digit: Callable[[], Array], painted: Callable[[Array], None]) -> None:
    """Offer a sheet with the page's picture on it.

    Parameters
    ----------
    page : begins the names of everything that it keeps in the session.
    digit : returns the picture as it is now, (64,) from 0 to 1.
    painted : takes what was drawn.
    """
    picture, mode = digit(), frame.mode()

    def clicked() -> None:
        if pixel := st.session_state[f"{page}.paper"]["selection"]["pixel"]:
            painted(ink.toggled(digit(), int(pixel[0]["row"]), int(pixel[0]["column"])))

    with st.container(key=f"{page}.phone.above"), st.expander(TITLE, key=f"{page}.draw"):
        st.markdown(HOW.format(levels=ink.LEVELS))
        typing, sheet = st.columns(2, gap="medium")
        with sheet:
            show.chart(
                f"{page}.paper", (ink.to_text(picture), mode), lambda: paper(picture, mode, "Draw a digit", WIDEST),
                paper_text(picture), on_select=clicked, selection_mode="pixel",
            )  # fmt: skip
        with typing:
            st.button(
                EMPTY, on_click=painted, args=(np.zeros(ink.SIDE**2),), icon=":material/crop_square:",
                key=f"{page}.empty",
            )  # fmt: skip
            levels = np.rint(picture * ink.LEVELS).reshape(ink.SIDE, ink.SIDE)
            number_table(
                f"{page}.pixels", levels, lambda typed: painted(typed.ravel() / ink.LEVELS), low=0, high=ink.LEVELS,
                cell="pixel", alt="The picture as 8 rows of 8 numbers",
            )  # fmt: skip
