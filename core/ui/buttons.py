"""One of a few: a row of buttons of which one is always pressed."""

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from core.ui.link import Link


def buttons(link: Link, name: str, title: str, options: Mapping[Any, str] | Iterable[Any], **more: Any) -> None:
    """Show a button for each value that the link's ``name`` may have: called by its text, or by itself.

    On a narrow screen the row breaks. ``more`` goes to `st.segmented_control`.
    """
    texts = options if isinstance(options, Mapping) else {value: str(value) for value in options}
    st.segmented_control(
        title, list(texts), format_func=texts.__getitem__, key=link.key(name), required=True, wrap=True, **more
    )
