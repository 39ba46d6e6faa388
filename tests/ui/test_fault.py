"""Where a page breaks, the learner reads a kind word and two ways on, and never a traceback."""

import streamlit as st
from streamlit.testing.v1 import AppTest

from core.ui import fault
from streamlit_app import app


def broken() -> None:
    import streamlit as st

    from core.ui.fault import apologize

    st.title("Before")
    assert apologize(ValueError("/home/someone/file.py, line 3"))


def test_it_says_whose_fault_it_is_and_how_to_go_on():
    at = AppTest.from_function(broken).run()
    assert not at.exception
    assert at.title[0].value == "Before"  # what was there stays
    assert "our mistake, not yours" in at.error[0].value
    (ways_on,) = [element.proto.body for element in at.get("html")]
    assert 'href=""' in ways_on
    assert 'href="?"' in ways_on
    assert "line 3" not in at.error[0].value + ways_on


def test_the_server_asks_for_it_and_hides_tracebacks_where_it_is_not_asked():
    assert app._on_script_error is fault.apologize
    assert st.get_option("client.showErrorDetails") == "none"
