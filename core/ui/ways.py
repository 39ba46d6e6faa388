"""The pages as Streamlit knows them, for whatever leads to one of them."""

from copy import copy

import streamlit as st

from core.ui.lessons import LESSONS


@st.cache_resource(max_entries=1, show_spinner=False)
def _pages() -> dict[str, st.Page]:
    """To make a page asks the disk for its file, and every visitor's every click would do that for every page."""
    return {
        lesson.slug: st.Page(
            str(lesson.file),
            title=lesson.numbered,
            url_path="" if lesson.slug == "home" else lesson.slug,
            default=lesson.slug == "home",
        )
        for lesson in LESSONS
    }


def pages() -> list[st.Page]:
    """Return all pages, for `st.navigation`; copies, since it marks the one that a visitor is on."""
    return [copy(page) for page in _pages().values()]


def page_of(slug: str) -> st.Page:
    """Return the page of that slug, for `st.page_link` and `st.switch_page`."""
    return _pages()[slug]
