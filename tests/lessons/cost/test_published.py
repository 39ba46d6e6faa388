"""Published numbers agree with one another as their sources say they were computed."""

import re
from math import log10

import pytest

from core.lessons.cost import published, study, words, worked
from core.lessons.cost.published import TRAININGS

DAY = 86_400
PATTERSON = {  # watts a chip with its share of the machine, operations a second, chips, days, overhead, kg a kWh
    "search": (208, 24.8e12, 200, 6.8, 1.10, 0.431),
    "t5": (310, 45.6e12, 512, 20, 1.12, 0.545),
    "meena": (289, 42.3e12, 1024, 30, 1.09, 0.415),
    "gshard": (288, 48.0e12, 1024, 3.1, 1.09, 0.201),
    "switch": (245, 34.4e12, 1024, 27, 1.10, 0.403),
    "gpt3": (330, 24.6e12, 10_000, 14.8, 1.10, 0.429),
}


@pytest.mark.parametrize("name", PATTERSON)
def test_patterson_2021_table_4(name):
    watts, speed, chips, days, overhead, grid = PATTERSON[name]
    one = TRAININGS[name]
    assert one.energy == pytest.approx(watts * chips * days * 24 * overhead / 1e6, rel=0.02)
    assert one.operations == pytest.approx(speed * chips * days * DAY, rel=0.02)
    assert one.intensity == pytest.approx(grid, rel=0.02)


def test_strubell_2019_table_3():
    for name, watts, hours in (("transformer", 1515.43, 84), ("bert", 12_041.51, 79), ("guess", 1515.43, 274_120)):
        one = TRAININGS[name]
        assert one.energy == pytest.approx(watts * hours * 1.58 / 1e9 * 1e3, rel=0.01)
        assert one.carbon == pytest.approx(one.energy * 1000 * 0.954 * 0.45359237 / 1000, rel=0.01)


def test_touvron_2023_table_15():
    llama, bloom = TRAININGS["llama"], TRAININGS["bloom"]
    assert llama.energy == pytest.approx(1_022_362 * 400 * 1.1 / 1e6, rel=0.01)
    assert llama.carbon == pytest.approx(llama.energy * 0.385, rel=0.01)
    assert pytest.approx(1_082_880 * 400 * 1.1 / 1e6 * 0.385, rel=0.01) == published.BLOOM_ELSEWHERE
    assert bloom.intensity == pytest.approx(0.057, rel=0.01)  # Luccioni 2022


@pytest.mark.parametrize("name", ["gpt3", "llama3"])
def test_six_n_d_against_the_papers(name):
    one = TRAININGS[name]
    assert one.by_hand == pytest.approx(one.operations, rel=0.01)
    assert "its source" in worked.operations(one)


@pytest.mark.parametrize("name", TRAININGS)
@pytest.mark.parametrize("grid", published.GRIDS)
def test_energy_times_electricity_is_so_as_written(name, grid):
    one, line = TRAININGS[name], worked.emitted(TRAININGS[name], grid).replace(",", "")
    assert bool(line) == (one.energy is not None)
    if line:
        energy, rate, tons = map(float, re.findall(r"([\d.]+)\\ \\text", line))
        assert f"{energy * rate:.3g}" == f"{tons:.3g}" == f"{published.carbon(one, grid):.3g}"
        assert f"{1000 * rate:g} g a kWh" in line


@pytest.mark.parametrize("name", TRAININGS)
def test_energy_an_operation_is_so_as_written(name):
    one, line = TRAININGS[name], worked.an_operation(TRAININGS[name])
    assert bool(line) == bool(one.energy and published.operations(one)[0])
    if line:
        (a, p), (b, q) = re.findall(r"([\d.]+) \\cdot 10\^\{(-?\d+)\}", line)
        each = float(re.findall(r"= ([\d.,]+)\\ \\text\{pJ\}$", line)[0].replace(",", ""))
        assert f"{1e12 * float(f'{a}e{p}') / float(f'{b}e{q}'):.3g}" == f"{each:.3g}"


def test_what_a_source_does_not_give_is_left_out():
    assert TRAININGS["llama3"].energy is None
    assert published.carbon(TRAININGS["llama3"], "own") == 8930
    assert published.carbon(TRAININGS["llama3"], "france") is None
    assert worked.operations(TRAININGS["switch"]) == ""
    assert all(one.sources for one in TRAININGS.values())


def test_energy_of_operations():
    assert pytest.approx(4.6e-12) == published.ARITHMETIC
    gpt3 = published.joules_an_operation(TRAININGS["gpt3"])
    assert gpt3 == pytest.approx(330 / 24.6e12 * 1.1, rel=0.01)  # watts over operations a second, and cooling
    assert pytest.approx(2 * gpt3) == published.MACHINE
    assert 0.7 < published.SYNAPSE["TrueNorth"] / published.MACHINE < 1.1  # "a spike isn't cheaper", nor much dearer


def test_what_the_sentences_say():
    said = study.of_models()
    assert said["times"] == pytest.approx(552.1 / 24.7)
    assert 1 / 25 < said["bloom"] / said["gpt3"] < 1 / 18  # "about a twentieth"
    assert 0.3 < said["bloom_energy"] / said["gpt3_energy"] < 0.37  # "a third"
    assert said["bloom_usa"] == pytest.approx(433.195 * 0.429)
    assert said["wrong"] == pytest.approx(88, abs=1)  # Patterson says 88
    assert said["guess"] == pytest.approx(284, abs=0.5)
    assert 0.9 < TRAININGS["bloom"].by_hand / TRAININGS["gpt3"].operations < 1.3  # "about as many operations"


YOURS = {"multiply_adds": 5_922_000, "operations": 14_007_000, "seconds": 0.02}


@pytest.mark.parametrize("grid", published.GRIDS)
@pytest.mark.parametrize("what", words.SHOWN)
def test_what_is_drawn(what, grid):
    rows, hollow = study.rows(what, grid)
    low, high = study.DOMAINS[what]
    names = [name for name, *_ in rows]
    assert len(set(names)) == len(names) >= 7
    assert all(low < value < high / 50 for _, value, _ in rows)
    ours = {"operations": {"BLOOM", "LLaMA, 65B"}, "carbon": set(names) if grid != "own" else set()}
    assert set(hollow) == ours.get(what, set())
    assert all(said.isprintable() for *_, said in rows)
    if what == "energy":
        assert [v for _, v, _ in rows] == sorted(v for _, v, _ in rows)


def test_the_learners_run_beside_the_models():
    """0.02 seconds at 10 watts; a kilowatt-hour is 3.6 million joules."""
    assert "about 200 mJ" in study.yours("energy", "own", YOURS)
    assert f"about {0.2 / 3.6e6 * 429 * 1e6:.0f} µg" in study.yours("carbon", "own", YOURS)
    assert f"about {0.2 / 3.6e6 * 57 * 1e6:.1f} µg" in study.yours("carbon", "france", YOURS)
    assert "14,007,000 operations" in study.yours("operations", "own", YOURS)
    for what, mine in (("energy", 0.2 / 3.6e9), ("carbon", 0.2 / 3.6e9 * 0.429), ("operations", YOURS["operations"])):
        assert mine < study.DOMAINS[what][0] / 1e6  # "far too little for this picture"


def test_amounts_are_written_as_they_are():
    superscripts = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
    for k in range(-12, 26):
        for digits in (1.0, 2.5, 9.96):
            value = digits * 10.0**k
            text = study.in_digits(value).replace(",", "")
            head, _, power = text.partition("·10")
            read = float(head) * 10.0 ** int(power.translate(superscripts) or 0)
            assert log10(read) == pytest.approx(log10(value), abs=0.03)
