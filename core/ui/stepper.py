"""Back, play and step through the stages of a computation; each stage has a name and is in the link."""

from collections.abc import Sequence
from time import monotonic

import streamlit as st

from core.ui.link import Link

SECONDS = 1.4
"""How long a stage is seen while playing."""


def stepper(link: Link, name: str, stages: Sequence[str], counted: bool = True) -> int:
    """Show the buttons and the name of the stage; return the stage, 0 to ``len(stages) - 1``.

    Names that count themselves are not ``counted`` once more. While it plays, the whole page advances a stage at a
    time, so that picture and formulas stay together.
    """
    last = len(stages) - 1
    at = min(max(link[name], 0), last)
    link.set(**{name: at})
    playing = f"{link.page}.stepper.playing"
    if at == last or link.arrived:  # whoever comes back finds it at rest
        st.session_state[playing] = False
    plays = st.session_state.get(playing, False)

    def go(to: int) -> None:
        st.session_state[playing] = False
        link.set(**{name: min(max(to, 0), last)})

    def play() -> None:
        st.session_state[playing] = not plays
        if not plays and at == last:
            link.set(**{name: 0})

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Back", icon=":material/skip_previous:", key=f"{link.page}.stepper.back", on_click=go, args=(at - 1,),
            disabled=at == 0,
        )  # fmt: skip
        st.button(
            "Pause" if plays else "Play",
            icon=":material/pause:" if plays else ":material/play_arrow:",
            key=f"{link.page}.stepper.play",
            on_click=play,
        )
        st.button(
            "Step", icon=":material/skip_next:", key=f"{link.page}.stepper.step", on_click=go, args=(at + 1,),
            disabled=at == last,
        )  # fmt: skip
        st.markdown(f"**{at + 1} of {last + 1}** · {stages[at]}" if counted else stages[at])
    if plays:
        st.session_state[f"{playing}.due"] = monotonic() + SECONDS * 0.8
        _advance(link, name, last)
    return at


@st.fragment(run_every=SECONDS)
def _advance(link: Link, name: str, last: int) -> None:
    """Wait for the next stage, then draw the page at it."""
    playing = f"{link.page}.stepper.playing"
    if not st.session_state.get(playing) or monotonic() < st.session_state[f"{playing}.due"]:
        return
    link.set(**{name: min(link[name] + 1, last)})
    st.rerun()
