"""The training simulator in a real browser: it plays, its link is its state, and no link breaks it."""

import csv
import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest

from core.training.experiment import Experiment
from core.workshop.presets import BY_SLUG
from tests.browser.driving import FAULTS, let_pass, pick, press

pytestmark = pytest.mark.browser
READOUT = '[data-testid="stVegaLiteChart"][aria-label^="Epoch "]'
ANSWER = '[data-testid="stVegaLiteChart"] canvas'


def bar(page):
    return page.get_by_role("group", name="Player of the training run")


def frame(page) -> int:
    return int(bar(page).get_attribute("data-frame"))


def playing(page) -> bool:
    return "playing" in bar(page).get_attribute("class")


def paused(visit, settle, **address):
    """The default run, resting in the middle."""
    query = "&".join(f"{k}={v}" for k, v in ({"epoch": 40} | address).items())
    return visit(f"training?{query}", skip=False)


def numbers(page) -> str:
    """The numbers of the frame on which the run rests, as they are read out."""
    return page.locator(READOUT).get_attribute("aria-label")


def epoch_of(page) -> int:
    return int(re.match(r"Epoch (\d+)", numbers(page))[1])


def query(page) -> dict[str, str]:
    return {k: v[-1] for k, v in parse_qs(urlsplit(page.url).query).items()}


def exceptions(page) -> list[str]:
    return page.locator(FAULTS).all_inner_texts()


def well(page) -> bool:
    assert exceptions(page) == []
    assert page.problems == []
    return True


def choose_from(page, box, option):
    """Choose from a menu by its name."""
    menu = page.get_by_role("combobox", name=box, exact=True)
    return pick(page, menu, page.get_by_role("option", name=option, exact=True))


def opened(page, name):
    """Open a group of controls."""
    page.locator('[data-testid="stExpander"] summary').filter(has_text=re.compile(f"{name}$")).click()


def wait_for(page, condition, seconds=15):
    """Wait without disturbing what plays."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "this never came"
        page.wait_for_timeout(50)


def test_it_plays_by_itself_when_the_link_is_opened(visit):
    page = visit("training?epochs=60", ready=False)
    wait_for(page, lambda: bar(page).count() and playing(page) and frame(page) > 0, 45)
    assert well(page)


def test_it_rests_at_its_end_when_reduced_motion_is_asked_for(visit):
    page = visit("training?epochs=30", motion=False)
    assert not playing(page)
    assert epoch_of(page) == 30


def test_playing_moves_the_picture_and_pausing_holds_it(visit, settle, picture):
    page = visit("training")
    wait_for(page, lambda: not playing(page))  # it has played to the end by itself
    last = frame(page)
    assert last > 50
    end = picture(page, ANSWER)
    press(page, "Back to the start")
    assert frame(page) == 0
    start = picture(page, ANSWER)
    assert start != end
    bar(page).get_by_role("button", name="Play").click()
    wait_for(page, lambda: frame(page) > 10)
    bar(page).get_by_role("button", name="Pause").click()
    settle(page)
    held = frame(page)
    assert 10 < held < last
    assert epoch_of(page) == held
    middle = picture(page, ANSWER)
    assert middle not in (start, end)
    let_pass(page, 12)
    assert frame(page) == held
    assert picture(page, ANSWER) == middle
    assert well(page)


def test_the_numbers_move_with_the_picture_while_it_plays(visit, settle):
    page = paused(visit, settle, epoch=0)
    readout = page.locator(f"{READOUT} canvas")
    readout.scroll_into_view_if_needed()
    first = readout.evaluate("canvas => canvas.toDataURL()")
    bar(page).get_by_role("button", name="Play").evaluate("button => button.click()")
    wait_for(page, lambda: frame(page) > 5)
    assert playing(page)
    assert readout.evaluate("canvas => canvas.toDataURL()") != first
    assert page.locator('[data-testid="stMetric"]').count() == 0  # none that Python wrote, of another moment
    assert well(page)


def test_a_charts_tools_leave_the_bar_free(visit, settle):
    page = paused(visit, settle)
    page.locator(ANSWER).first.hover()
    tools = page.locator(".stElementToolbar").locator("visible=true").first
    tools.wait_for()
    over, under = tools.bounding_box(), bar(page).bounding_box()
    assert over["y"] >= under["y"] + under["height"]
    assert well(page)


def test_the_bar_is_called_by_what_it_counts(visit):
    assert visit("convolution", width=390).get_by_role("slider", name="Place", exact=True).is_visible()


def test_stepping_scrubbing_and_reset_move_the_picture(visit, settle, picture):
    page = paused(visit, settle)
    here, seen = frame(page), picture(page, ANSWER)
    press(page, "One frame forward")
    assert frame(page) == here + 1
    on = picture(page, ANSWER)
    assert on != seen
    press(page, "One frame back")
    assert frame(page) == here
    assert picture(page, ANSWER) == seen
    scrub = bar(page).get_by_role("slider", name="Epoch")
    scrub.focus()
    scrub.press("End")
    settle(page)
    assert frame(page) == int(scrub.get_attribute("max"))
    assert picture(page, ANSWER) not in (seen, on)
    assert epoch_of(page) == 100
    press(page, "Back to the start")
    assert frame(page) == 0
    assert epoch_of(page) == 0
    assert well(page)


def test_all_charts_move_with_the_bar(visit, settle):
    page = paused(visit, settle)
    charts = page.locator(ANSWER).locator("visible=true")
    before = [charts.nth(k).evaluate("canvas => canvas.toDataURL()") for k in range(charts.count())]
    assert len(before) >= 6  # answer, accuracy, loss, numbers, one step, network
    bar(page).get_by_role("slider", name="Epoch").press("End")
    settle(page)
    after = [charts.nth(k).evaluate("canvas => canvas.toDataURL()") for k in range(charts.count())]
    assert [k for k, (a, b) in enumerate(zip(before, after, strict=True)) if a == b] == []


def test_a_chart_out_of_sight_rests_while_it_plays_and_catches_up(visit, settle):
    page = paused(visit, settle, epoch=0, epochs=600)
    charts = "() => [...document.querySelectorAll('.vega-bindings input[name=epoch]')].map(input => +input.value)"
    bar(page).get_by_role("combobox", name="Speed").select_option("0.5")
    bar(page).get_by_role("button", name="Play").click()
    wait_for(page, lambda: frame(page) > 5)
    shown = page.evaluate(charts)
    assert shown[0] > 5
    assert shown[-1] == 0  # the network is below the window's edge
    page.locator(ANSWER).nth(5).evaluate("canvas => canvas.scrollIntoView()")
    wait_for(page, lambda: page.evaluate(charts)[-1] > shown[0])
    bar(page).evaluate("bar => bar.querySelector('[aria-label=Pause]')?.click()")  # it may have come to its end
    settle(page)
    assert set(page.evaluate(charts)) == {frame(page)}
    assert well(page)


def test_playing_asks_nothing_of_the_server(visit, settle):
    page = paused(visit, settle, epoch=0)
    bar(page).get_by_role("combobox", name="Speed").select_option("0.5")
    bar(page).get_by_role("button", name="Play").click()
    wait_for(page, lambda: frame(page) > 2)
    sent = len(page.sent)
    wait_for(page, lambda: frame(page) > 20)
    assert playing(page)
    assert len(page.sent) == sent  # not a word to the server
    bar(page).get_by_role("button", name="Pause").click()
    settle(page)
    assert len(page.sent) > sent  # but it hears where the learner stopped


def test_a_changed_control_rewrites_the_link_and_the_link_shows_the_same(visit, settle, picture):
    page = visit("training?epoch=30&epochs=60", skip=False)
    seen = picture(page, ANSWER)
    thumb = page.get_by_role("group", name="Learning rate", exact=True).get_by_role("slider")
    thumb.focus()
    thumb.press("ArrowRight")
    settle(page)
    assert query(page)["lr"] == "0.03"
    assert picture(page, ANSWER) != seen
    choose_from(page, "Data", "Circles")
    assert query(page)["dataset"] == "circles"
    page.get_by_text("Link to this page", exact=True).click()
    assert page.get_by_test_id("stSidebar").get_by_test_id("stCode").inner_text().strip() == page.url
    again = visit(page.url.split("/", 3)[3], skip=False)
    assert query(again) == query(page)
    assert numbers(again) == numbers(page)
    assert frame(again) == frame(page)
    assert picture(again, ANSWER) == picture(page, ANSWER)
    assert well(page)
    assert well(again)


def test_where_the_learner_stopped_is_in_the_link(visit, settle):
    page = paused(visit, settle)
    press(page, "One frame forward")
    again = visit(page.url.split("/", 3)[3], skip=False)
    assert frame(again) == frame(page)
    assert numbers(again) == numbers(page)
    assert not playing(again)


@pytest.mark.parametrize(
    "saying",
    [
        {
            "hidden=9999999-1": "Hidden layers: at most",
            "lr=nan": "Learning rate: “nan” is not a number, so it is 0.02.",
            "dataset=<script>alert(1)</script>": "Data: there is no",
            "seed=-1": "Seed of the weights: “-1” is out of range, so it is 0.",
            "optimiser=adam&v=0": "“optimiser”, which this page doesn't know.",
            "epochs=20": "",
        },
        {"epochs=1e12": "Epochs: “1e12” is out of range, so it is 2000.", "hidden=none": ""},
        {
            "lr=0.1&lr=0.5&lr=x": "Learning rate: “x” is not a number",
            "junk=" + "a" * 50_000 + "&hidden=" + "1-" * 5_000: "Hidden layers:",
            "epochs=20": "",
        },
    ],
    ids=["strange", "1e12", "60 kB"],
)
def test_a_hostile_link_opens_with_plain_sentences(visit, server, saying):
    page = visit(f"training?{'&'.join(saying)}&epoch=1", skip=False)  # at rest: what plays keeps the machine busy
    for said in filter(None, saying.values()):
        assert page.get_by_text(said).first.is_visible()
    assert bar(page).is_visible()
    assert len(page.url) < 300
    assert well(page)
    assert server.tracebacks() == ""


def test_divergence_is_explained_and_its_button_mends_it(visit, settle, server):
    link = "&".join(f"{k}={v}" for k, v in BY_SLUG["too_fast"].experiment.to_query().items())
    page = visit(f"training?{link}", skip=False)
    assert page.get_by_text("The run diverged").is_visible()
    assert page.get_by_text("a weight was no longer a finite number").is_visible()
    press(page, "Train with a tenth of that rate")
    assert page.get_by_text("The run diverged").count() == 0
    assert query(page)["lr"] == "0.15"
    wait_for(page, lambda: not playing(page))
    settle(page)
    assert "none" not in numbers(page)
    assert well(page)
    assert server.tracebacks() == ""


def test_continue_and_new_seed_change_the_run(visit, settle, picture):
    page = visit("training?epochs=30&epoch=30", skip=False)
    seen = picture(page, ANSWER)
    press(page, "Continue for 50 more epochs")
    assert query(page)["epochs"] == "80"
    press(page, "New seed")
    assert query(page)["seed"] == "1"
    wait_for(page, lambda: not playing(page))
    assert picture(page, ANSWER) != seen
    assert well(page)


@pytest.mark.parametrize("slug", ["classes", "curve", "digits"])
def test_a_preset_sets_everything_and_says_what_to_look_for(visit, settle, slug):
    preset = BY_SLUG[slug]
    page = visit("training?epochs=5", skip=False)
    choose_from(page, "Start from", preset.title)
    assert page.get_by_text(preset.look).is_visible()
    wait_for(page, lambda: not playing(page), 30)
    settle(page)
    assert epoch_of(page) == preset.experiment.epochs
    assert Experiment.from_query(query(page)) == (preset.experiment, [])  # and no epoch: whoever opens it sees it play
    if slug == "digits":
        assert page.get_by_text("Confusion matrix on the test data").is_visible()
        assert page.locator('[data-testid="stExpander"]:has-text("Confusion matrix") canvas').is_visible()
    assert well(page)


def test_what_was_trained_can_be_taken_home(visit, settle, tmp_path):
    page = visit("training?epochs=8&epoch=8", skip=False)
    page.get_by_text("Download weights, curves or data").click()
    for name, file in (("Weights (npz)", "weights.npz"), ("Curves (CSV)", "curves.csv"), ("Data (CSV)", "data.csv")):
        with page.expect_download() as taken:
            page.get_by_role("button", name=name).click()
        assert taken.value.suggested_filename == file
        taken.value.save_as(tmp_path / file)
    rows = list(csv.DictReader((tmp_path / "curves.csv").read_text().splitlines()))
    assert len(rows) == 9
    assert f"{float(rows[8]['test_loss']):.4f}" in numbers(page)
    assert len((tmp_path / "data.csv").read_text().splitlines()) == 301
    assert (tmp_path / "weights.npz").read_bytes()[:2] == b"PK"
    page.get_by_role("button", name="Continue for 50 more epochs").click()
    with page.expect_download():  # the page is still working: what it last offered is there to take
        page.get_by_role("button", name="Curves (CSV)").click()
    settle(page)
    assert well(page)


def test_a_unit_that_is_clicked_is_enlarged(visit, settle, picture):
    page = paused(visit, settle)
    page.get_by_text("Enlarge one unit").click()
    settle(page)
    enlarged = page.get_by_role("combobox", name="Enlarged unit")
    assert enlarged.input_value() == "hidden 1, unit 1"
    choose_from(page, "Enlarged unit", "hidden 2, unit 3")
    assert {k: query(page)[k] for k in ("layer", "unit")} == {"layer": "2", "unit": "3"}
    assert page.get_by_role("combobox", name="Enlarged unit").input_value() == "hidden 2, unit 3"
    assert well(page)
