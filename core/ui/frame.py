"""The frame of every page: the way in, the question at the top, the way on at the bottom."""

from pathlib import Path
from typing import Literal

import streamlit as st

from core.ui.lessons import BY_SLUG, LESSONS, Lesson, neighbors
from core.ui.link import Link
from core.ui.phrases import follow
from core.ui.server import warm_up
from core.ui.sidebar import sidebar
from core.ui.teaching import ASKED
from core.ui.theme_watch import theme_watch
from core.ui.ways import page_of, pages
from core.ui.words import words_of

STYLE = Path(__file__).with_name("frame.css")
CANNOT_USE = "This link contains settings that this page can't use"
Mode = Literal["light", "dark"]
SIDEBAR = 284  # pixels
ICON = str(Path(__file__).with_name("icon.svg"))  # a Material icon would be fetched from another host


def mode() -> Mode:
    """Return the theme that the learner sees, for the charts' colors."""
    return "dark" if st.context.theme.type == "dark" else "light"


def navigation() -> st.Page:
    """Set the window's title and icon, and make the table of lessons known; the sidebar is drawn by each page."""
    st.set_page_config(page_title=LESSONS[0].title, page_icon=ICON, layout="wide", initial_sidebar_state=SIDEBAR)
    st.session_state["frame.routed"] = True
    return st.navigation(pages(), position="hidden")


def begin(slug: str, link: Link | None = None, views: str = "view") -> Lesson:
    """Open a page: every page calls this first. ``views`` is the control that chooses the view.

    A server that has just started answers a deep link by running the page's file alone, without the router. Then
    this builds the navigation and starts over, which leads through the router.
    """
    if not st.session_state.get("frame.routed"):
        navigation()
        st.rerun()
    warm_up()
    st.html(STYLE)
    lesson = BY_SLUG[slug]
    st.session_state.pop(ASKED, None)  # another page's
    st.session_state["frame.sidebar"] = sidebar(slug)
    if link is not None:
        link.open()
        for name, view in words_of(slug).views.items():
            if view.opening:
                link.open_view(name, view.opening, views)
        if link.problems:
            with st.container(border=True):
                st.warning("We used the closest ones that work:", title=CANNOT_USE)
                st.text("\n".join(f"• {p}" for p in link.problems))  # as Markdown, what a link says could become a link
    return lesson


def heading(lesson: Lesson) -> None:
    """Show the title and, first of all, the question."""
    st.title(lesson.numbered if lesson.number else lesson.title, anchor=False)
    st.subheader(lesson.question, anchor=False)


def end(slug: str, link: Link | None = None, left_open: str = "") -> None:
    """Close a page: write the link, offer it, and show the question left open with the ways back and on."""
    theme_watch()
    if link is not None:
        link.save()
        share(link)
        follow(link)
    before, after = neighbors(slug)
    st.divider()
    if left_open:
        st.markdown(f"**Still open:** {left_open}")
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if before:
            st.page_link(page_of(before.slug), label=f"Back: {before.title}", icon=":material/arrow_back:")
        if after:
            st.page_link(page_of(after.slug), label=f"Next: {after.title}", icon=":material/arrow_forward:")


def share(link: Link) -> None:
    """Offer the link to this exact state at the top of the sidebar, with a button that copies it.

    It is there once its drawer is open: Streamlit's field with a copy button brings along what colors code.
    """
    with st.session_state.pop("frame.sidebar"):
        drawer = st.expander("Link to this page", icon=":material/link:", key="frame.link", on_change="rerun")
        if drawer.open:
            drawer.code(link.url(), language=None)
