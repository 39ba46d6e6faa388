"""Every lesson on how a network is built and trained can be reached from the settings that it explains."""

from core.lessons.training.explained import EXPLAINED
from core.ui.lessons import LESSONS, PARTS


def test_the_lessons_stand_in_their_order_and_none_is_missing():
    order = [lesson.slug for lesson in LESSONS if lesson.number]
    assert all(list(slugs) == sorted(slugs, key=order.index) for slugs in EXPLAINED.values())
    elsewhere = {lesson.slug for part in ("Other networks", "Other ways to learn") for lesson in PARTS[part]}
    explained = {slug for slugs in EXPLAINED.values() for slug in slugs}
    assert set(order) - explained == {"neuron", "predict", "training"} | elsewhere  # what the simulator can't hold


def test_the_simulator_leads_to_them(open_app):
    at = open_app("training")
    closed = [link.value for link in at.main.get("page_link")]
    at.session_state["training.lessons"] = True
    at.run()
    assert not at.exception
    titles = {lesson.slug: lesson.numbered for lesson in LESSONS}
    related = [titles[slug] for slugs in EXPLAINED.values() for slug in slugs]
    assert not set(related) & set(closed)
    assert [link.value for link in at.main.get("page_link") if link.value not in closed] == related
