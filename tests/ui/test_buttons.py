"""A row of buttons sets what the link holds."""

from urllib.parse import urlencode

from streamlit.testing.v1 import AppTest


def app():
    from core.training.settings import choice, whole
    from core.ui.buttons import buttons
    from core.ui.link import Link

    link = Link("one", [choice("kind", "b", ("a", "b"), "Kind"), whole("size", 20, 1, 60, "Size")]).open()
    buttons(link, "kind", "Kind", {"a": "First", "b": "Second"}, help="One of two.")
    buttons(link, "size", "Size", (20, 60))
    link.save()


def test_a_button_is_called_by_its_text_or_by_itself_and_one_is_always_pressed():
    at = AppTest.from_function(app, default_timeout=30).run()
    kind, size = at.get("button_group")
    assert [option.content for option in kind.proto.options] == ["First", "Second"]
    assert [option.content for option in size.proto.options] == ["20", "60"]
    assert (kind.proto.help, kind.proto.required, kind.proto.wrap) == ("One of two.", True, True)
    assert (kind.value, size.value) == ("b", 20)


def test_it_writes_what_is_chosen_into_the_link():
    at = AppTest.from_function(app, default_timeout=30).run()
    kind, size = at.get("button_group")
    kind.set_value("a")
    size.set_value(60)
    at.run()
    assert "kind=a" in (address := urlencode(at.query_params, doseq=True))
    assert "size=60" in address
