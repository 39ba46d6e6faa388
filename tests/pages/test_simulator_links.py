"""What a lesson sends to the simulator is what the simulator opens."""

from urllib.parse import parse_qs

import pytest

from core.training.experiment import Experiment
from core.ui.lessons import LESSONS
from tests.opening import ROOT, views_of

OF_THE_PAGE = ("epoch", "view")
"""What a link to the simulator may hold beside the run."""


def sent(at):
    """The queries of the page's links to the simulator."""
    links = [link.proto for link in at.main.get("page_link") if link.proto.page == "training"]
    return [{k: v[-1] for k, v in parse_qs(link.query_string).items()} for link in links if link.query_string]


def sends(lesson):
    """Whether the lesson's code knows the way to the simulator."""
    code = [lesson.file, *(ROOT / "core" / "lessons" / lesson.slug).rglob("*.py")]
    return any("simulator_link(" in file.read_text() for file in code)


@pytest.mark.parametrize("slug", [lesson.slug for lesson in LESSONS if sends(lesson)])
def test_every_run_opens_in_the_simulator_as_it_is(open_app, slug):
    for address in views_of(slug):
        for query in sent(open_app(slug, **address)):
            experiment, problems = Experiment.from_query(query, also=OF_THE_PAGE)
            assert not problems, query
            opened_as = {"v": "1"} | experiment.to_query()  # with what only fits the data, such as the loss
            assert {k: v for k, v in query.items() if k not in OF_THE_PAGE}.items() <= opened_as.items()
