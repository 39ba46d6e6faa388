"""A field beside a slider: whoever moves one finds the other moved; what is old about a field counts for nothing."""

from streamlit.testing.v1 import AppTest

from core.ui.mirror import AGAIN


def page():
    import streamlit as st

    from core.ui.mirror import mirror

    state = st.session_state
    state.setdefault("number", 1)

    def typed(field: str) -> None:
        state.number = int(state[field])
        state[field] = str(state.number)

    def more() -> None:
        state.number += 1

    st.text_input("Number", **mirror("field", str(state.number), typed))
    st.button("More", on_click=more)
    st.text(state.number)


def test_what_is_typed_keeps_the_field_and_what_changes_elsewhere_replaces_it():
    at = AppTest.from_function(page).run()
    assert (at.text_input[0].value, at.text_input[0].key) == ("1", "field")
    at.text_input[0].set_value("007").run()
    assert (at.text_input[0].value, at.text_input[0].key, at.text[0].value) == ("7", "field", "7")
    at.button[0].click().run()
    assert (at.text_input[0].value, at.text_input[0].key, at.text[0].value) == ("8", f"field{AGAIN}1", "8")
    at.text_input[0].set_value("7").run()
    assert (at.text_input[0].value, at.text_input[0].key, at.text[0].value) == ("7", f"field{AGAIN}1", "7")


def test_a_field_that_the_answer_has_not_reached_yet_types_nothing():
    at = AppTest.from_function(page).run()
    old = at._tree.get_widget_states()
    at.button[0].click().run()
    for widget in old.widgets:
        if widget.id == at.button[0].proto.id:
            widget.trigger_value = True
    at._run(old)
    assert at.text[0].value == "3"
    assert at.text_input[0].value == "3"
