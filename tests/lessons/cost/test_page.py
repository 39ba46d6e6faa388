"""The lesson on cost says what the core computes, for every link."""

import pytest
import streamlit as st

from core.charts.naming import minus
from core.lessons.cost import charts, counting, energy, fairness, published, spiking, study, words
from tests.asked import assert_asks_one_of_each
from tests.pressing import in_every_order, notes, press

VIEWS = list(words.VIEWS)
ANSWER = {"run": "we estimate 140 mJ", "models": "24.7 tons", "spike": "0 spikes in", "fair": "are left"}


@pytest.fixture(autouse=True)
def no_clock(monkeypatch):
    """A time that depends on the run alone: 20 microseconds a step."""
    monkeypatch.setattr(counting, "seconds", lambda e: 2e-5 * counting.steps_of(e))
    st.cache_data.clear()
    yield
    st.cache_data.clear()


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_asks_before_it_shows(open_app, view):
    at = open_app("cost", commit=False, view=view)
    assert not at.exception
    assert ANSWER[view] not in text(at)
    assert not [*at.slider, *at.selectbox, *at.select_slider]
    item, name = words.LESSON.views[view].prediction, words.LESSON.question("cost", view)
    assert "{" not in text(at)
    at.radio(key=f"{name}.options").set_value(item.answer)
    at.button(key=f"{name}.commit").click().run()
    assert not at.exception
    assert "You said" in text(at)
    assert ANSWER[view] in text(at)
    assert "{" not in text(at).replace(r"\text{", "")


def test_the_run_that_is_asked_about(open_app):
    said = text(open_app("cost"))
    clock, arithmetic = 10 * 2e-5 * 700, 5_922_000 * 4.6e-12
    assert "the run in the question took 14 ms. From it we estimate 140 mJ, about 5,100 times the arithmetic's" in said
    assert clock / arithmetic == pytest.approx(5139, abs=1)
    assert energy.written(arithmetic) == "27 µJ"  # "millionths of a joule"
    assert "the median of at least 10 timings on this server" in said
    assert f"at least {1.3e-9 / 4.6e-12:.0f}" in said


def expected(view, values):
    if view == "run":
        found, first = (counting.measured(*key) for key in ((values["width"], values["batch"]), study.FIRST))
        more = {f"first_{k}": v for k, v in study.of_run(first, values["watts"]).items()}
        return study.of_run(found, values["watts"]) | more
    if view == "models":
        return study.of_models()
    if view == "spike":
        return study.of_spikes(values["current"], values["leak"] / 1000, values["pause"] / 1000)
    found = fairness.judged(values["columns"], values["gap"])
    names = fairness.COLUMNS[values["columns"]]
    return study.of_groups(found["rates"][values["rule"]], dict(zip(names, found["weights"], strict=True)))


@pytest.mark.parametrize("view", VIEWS)
def test_every_try_after_every_other_says_what_is_so(open_app, view):
    at = open_app("cost", view=view)
    for tried in in_every_order(words.LESSON.views[view]):
        press(at, tried.label)
        assert notes(at) == [minus(tried.look.format(**expected(view, tried.values)))]


def test_what_the_tries_say_is_so():
    run = {one.label: expected("run", one.values) for one in (*words.TRIES, words.FAILS)}
    assert run["All examples in one batch"]["steps"] < run["All examples in one batch"]["first_steps"]
    assert run["Wider layers"]["ratio"] > 1.9
    large = run["Where it fails: large arrays"]
    assert large["apart"] < large["first_apart"] / 10
    spike = {one.label: expected("spike", one.values) for one in (*words.TRIES_SPIKE, words.FAILS_SPIKE)}
    assert 50 < spike["Just above 1"]["every"] < 75
    climbing = spiking.simulate(1.05, 0.02, 0.002, 0.06)[0]
    assert (climbing > 0.9).mean() > 1 / 3  # "the last stretch is slow": a tenth of the way, over a third of the time
    paused = spike["A strong input, a long pause"]
    assert paused["rate"] < paused["limit"] == pytest.approx(50)
    assert paused["limit"] * paused["pause"] == pytest.approx(1000)  # "a second has room for"
    fair = {one.label: expected("fair", one.values) for one in (*words.TRIES_FAIR, words.FAILS_FAIR)}
    alike, recall = fair["Hide the district too"], fair["Equal recall"]
    assert alike["share_a"] == pytest.approx(alike["share_b"], abs=0.03)
    assert alike["hits_b"] - alike["hits_a"] > 0.1
    assert recall["hits_a"] == pytest.approx(recall["hits_b"], abs=0.005)
    assert recall["share_a"] - recall["share_b"] > 0.1
    assert fair["Where it fails: no disadvantage"]["most"] < 5
    assert abs(fair["Where it fails: no disadvantage"]["district"]) < 0.2 < abs(recall["district"])


def test_another_table_is_drawn_and_listed_and_the_question_keeps_its_own(open_app):
    at, usual = open_app("cost", view="fair", table=5), open_app("cost", view="fair")
    assert at.latex[0].value != usual.latex[0].value
    assert at.dataframe[0].value.equals(study.first_people(fairness.GAP, 5))
    seen, hidden = (fairness.judged(columns, fairness.GAP)["rates"]["one"] for columns in ("all", "blind"))
    assert words.MEASURED_FAIR.format(**study.asked_of_groups(seen, hidden)) in text(at)


@pytest.mark.parametrize("what", words.SHOWN)
@pytest.mark.parametrize("model", published.TRAININGS)
def test_every_model_opens(open_app, what, model):
    at = open_app("cost", view="models", show=what, model=model, grid="france")
    one = published.TRAININGS[model]
    assert not at.exception
    assert f"**{one.name}** ({one.year})" in text(at)
    drawn = {name for name, *_ in study.rows(what, "france")[0]}
    assert (words.NO_NUMBER[what].format(name=one.name) in text(at)) == (one.name not in drawn)


def test_a_neuron_that_never_fires_opens(open_app):
    at = open_app("cost", view="spike", current=0, pause=0)
    assert not at.exception
    assert any(r"\text{spikes in 100 ms} &= 0" in line.value for line in at.latex)


@pytest.mark.parametrize(
    "query",
    [
        {"view": "<script>", "width": "nan", "batch": "1e400", "watts": "१२"},
        {"view": "models", "show": "?", "grid": "moon", "model": "gpt4"},
        {"view": "spike", "current": "-1", "leak": "0", "pause": "inf"},
        {"view": "fair", "columns": "all,", "rule": "none", "gap": "9"},
        {"width": ["8", "9"], "stranger": "1"},
    ],
)
def test_hostile_links_open(open_app, query):
    at = open_app("cost", **query)
    assert not at.exception
    assert at.warning


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_chart_is_valid(mode):
    for what in words.SHOWN:
        rows, hollow = study.rows(what, "own")
        picture = charts.amounts(rows, mode, what, "units", study.DOMAINS[what], chosen="GPT-3", hollow=hollow)
        picture.to_dict(validate=True)
        assert "GPT-3" in charts.amounts_text(rows, what)
    charts.bars({"forward": 1, "backward": 2}, mode, "step").to_dict(validate=True)
    for current in (0.5, 2.0):
        voltage, spikes = spiking.simulate(current, 0.02, 0.002, 0.2)
        charts.voltage(spiking.STEP * (1 + voltage.argsort()), voltage, spikes, mode, "V").to_dict(validate=True)
        assert f"fires {len(spikes)} times" in charts.voltage_text(spikes, 0.2, current)
    counted = spiking.curve(0.02, 0.002)
    charts.rates(spiking.INPUTS, counted, counted, (1.0, 0.0), mode, "rate").to_dict(validate=True)
    judged = fairness.judged("all", 0.8)
    charts.groups(judged["rates"]["one"], words.SHARES, mode, "groups").to_dict(validate=True)
    charts.weights(fairness.COLUMNS["all"], judged["weights"], mode, "weights").to_dict(validate=True)


@pytest.mark.parametrize("view", words.LESSON.views)
def test_each_view_asks_one_check_one_transfer_one_recall(open_app, view):
    assert_asks_one_of_each(open_app, "cost", view)


def test_electricity_is_asked_for_only_where_it_counts(open_app):
    for what in words.SHOWN:
        at = open_app("cost", view="models", show=what, grid="usa")
        assert (words.GRID in [group.label for group in at.button_group]) == (what == "carbon")
        assert at.session_state["cost.grid"] == "usa"
