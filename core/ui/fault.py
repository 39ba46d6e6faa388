"""What a learner reads where a page breaks: whose fault it is, and two ways on. The traceback goes to the log."""

import streamlit as st

WAYS_ON = (
    '<a href="" style="color: inherit">Load this page again</a>: it opens as it was before your last step.<br>'
    '<a href="?" style="color: inherit">Start this page over</a> with its first settings.'
)
"""Real links, since a visit that starts anew is what helps: to the same address, and to it without settings."""


def apologize(error: Exception) -> bool:
    """Stand in for Streamlit's own report of an error; return True, which says that it was done."""
    with st.container(border=True, key="frame.fault"):
        st.error("Something broke on this page. It's our mistake, not yours, and your answers are safe.")
        st.html(WAYS_ON)
    return True
