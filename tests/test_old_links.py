"""Links shared before pages and lessons moved open unchanged and show the same numbers.

The records are in tests/golden/links.json, made by make_links.py with the code of that time.
"""

import json
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from core.training.advice import advice
from core.training.building import prepare_experiment
from core.training.experiment import KEYS, Experiment
from tests.golden.make_links import LINKS, RUNS, open_page, page_numbers, parts, range_numbers, run_numbers

RECORDS = json.loads((Path(__file__).parent / "golden" / "links.json").read_text())
RENAMED = {"x": "w", "kept an example": "stored per example", "weighted sum z": "z"}
"""Columns of the lessons' tables that have another name now."""
WATCHED = {r["link"] for r in RECORDS if "patience=" in r["link"] or "schedule=plateau" in r["link"]}
"""They set a validation part aside now, so they train on less and say so."""
FULL_NAMES = {r["link"] for r in RECORDS if "batch_size=" in r["link"]}
"""Pages left settings by their full names out, as strangers, and now read them."""
SAMPLED = ("takeaways", "card 0", 1)
"""Accuracy without activation functions: of one sample of the data then, a median of twenty now."""
OPENED = {"takeaways": {"step": 1.0, "v": 1.0}}
"""An address without anything opens on the step that moves most now; with a version it means what it meant."""
OF_PAGE = {"epoch", "ax", "zoom"}
SAME = [r for r in RECORDS if r["link"] not in WATCHED | FULL_NAMES]


def same(address):
    """What an address says, whether it writes 1 or 1.0."""
    pairs = address.items() if isinstance(address, dict) else parse_qsl(address)
    return {k: float(v) if v.replace(".", "").isdigit() else v for k, v in pairs}


def by_link(records):
    return pytest.mark.parametrize("record", records, ids=[r["link"] for r in records])


def test_there_are_forty_of_all_pages():
    assert [r["link"] for r in RECORDS] == LINKS
    assert len(LINKS) == 40
    pages = {parts(link)[0] for link in LINKS}
    assert pages >= {"home", "neuron", "forward", "loss", "backprop", "learning_rate", "build", "takeaways", *RUNS}
    assert (len(WATCHED), len(FULL_NAMES)) == (2, 1)


@by_link([r for r in SAME if parts(r["link"])[0] not in RUNS])
def test_a_lesson_opens_with_the_same_numbers(record):
    page, query = parts(record["link"])
    at = open_page(page, query)
    assert same_address(at) == OPENED.get(record["link"], same(record["address"]))
    now = range_numbers(query) if query.get("view") == "range" else page_numbers(at)
    for name, then in record["numbers"].items():
        found = now[name] if name in now else now[RENAMED[name]]
        for k, (new, old) in enumerate(zip(found, then, strict=True)):
            if (page, name, k) != SAMPLED:
                assert close(new, old), (name, k, new, old)


@pytest.mark.claims  # under every kernel
@by_link([r for r in SAME if parts(r["link"])[0] in RUNS])
def test_a_run_ends_with_the_same_numbers(record):
    address = dict(parse_qsl(record["address"]))
    experiment, _ = Experiment.from_query(parts(record["link"])[1])
    then = {k: v for k, v in address.items() if k in {*KEYS.values(), "v"}}
    assert same(experiment.to_query()) == same(then)
    now = run_numbers(experiment)
    for name, then in record["numbers"].items():
        assert all(close(new, old) for new, old in zip(now[name], then, strict=True)), (name, now[name], then)


@by_link([r for r in SAME if parts(r["link"])[0] in RUNS and dict(parse_qsl(r["address"])).keys() & OF_PAGE])
def test_what_a_page_adds_to_a_run_is_still_read(record):
    assert same_address(open_page(*parts(record["link"]))) == same(record["address"])


@by_link([r for r in RECORDS if r["link"] in WATCHED])
def test_a_link_that_now_sets_a_validation_part_aside_says_so(record):
    experiment, problems = Experiment.from_query(parts(record["link"])[1])
    assert problems == []
    assert same(experiment.to_query()) == same(record["address"])
    sentence = next(s for s in advice(experiment, prepare_experiment(experiment)) if s.startswith("Validation:"))
    assert "a fifth of the training data" in sentence
    assert "Links made before this was so" in sentence


@by_link([r for r in RECORDS if r["link"] in FULL_NAMES])
def test_full_names_count_on_a_page_too(record):
    query = parts(record["link"])[1]
    e, problems = Experiment.from_query(query)
    assert (e.learning_rate, e.batch_size, e.data_seed, e.test_share, problems) == (0.01, 64, 3, 0.4, [])
    assert same_address(open_page("training", query)).items() >= {"lr": 0.01, "batch": 64.0, "data": 3.0}.items()


def same_address(at):
    """What the page wrote into its address."""
    return same(at.session_state["link.here"]["address"])


def close(new, old):
    """Return whether two numbers are the same in the four digits that a learner sees."""
    return new is old if None in (new, old) else new == pytest.approx(old, rel=1e-4, abs=1e-5)
