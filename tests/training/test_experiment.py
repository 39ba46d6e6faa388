from dataclasses import FrozenInstanceError, fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.data.datasets import DATASETS
from core.data.features import FEATURES
from core.nn.activations import ACTIVATIONS
from core.nn.network import Network
from core.nn.optimizers import OPTIMIZERS
from core.nn.schedules import SCHEDULES
from core.training.building import network_of
from core.training.experiment import (
    KEYS,
    LOSS_NAMES,
    MOST_LAYERS,
    SECONDS,
    START_NAMES,
    TITLES,
    WIDEST,
    Experiment,
    key_of,
    lawful,
    layer_sizes,
    losses_for,
    parameter_count,
    seconds_an_epoch,
)
from core.training.settings import OTHER_VERSION

DEFAULTS = {
    "dataset": "moons",
    "samples": 300,
    "noise": 0.2,
    "label_noise": 0.0,
    "test_share": 0.3,
    "features": ("x1", "x2"),
    "hidden": (8, 8),
    "activation": "tanh",
    "initializer": "auto",
    "init_scale": 0.5,
    "batch_norm": False,
    "residual": False,
    "dropout": 0.0,
    "loss": "cross_entropy",
    "optimizer": "adam",
    "learning_rate": 0.02,
    "momentum": 0.9,
    "schedule": "constant",
    "stages": 5,
    "stage_factor": 0.5,
    "decay_end": 0.01,
    "warmup": 0.1,
    "cycle_up": 0.3,
    "plateau_wait": 10,
    "plateau_factor": 0.1,
    "batch_size": 32,
    "epochs": 100,
    "l1": 0.0,
    "l2": 0.0,
    "patience": 0,
    "seed": 0,
    "data_seed": 0,
}
LINK_KEYS = {
    "test_share": "test",
    "initializer": "init",
    "batch_norm": "batchnorm",
    "learning_rate": "lr",
    "batch_size": "batch",
    "data_seed": "data",
}


def subset(options):
    """Some of the options, in their own order."""
    return st.sets(st.sampled_from(list(options)), min_size=1).map(lambda s: tuple(o for o in options if o in s))


seeds = st.integers(0, 2**32 - 1)
experiments = st.builds(
    Experiment,
    dataset=st.sampled_from(list(DATASETS)),
    samples=st.integers(10, 2000),
    noise=st.floats(0, 2),
    label_noise=st.floats(0, 0.5),
    test_share=st.floats(0.1, 0.5),
    features=subset(FEATURES),
    hidden=st.lists(st.integers(1, WIDEST), max_size=MOST_LAYERS).map(tuple),
    activation=st.sampled_from(list(ACTIVATIONS)),
    initializer=st.sampled_from(START_NAMES),
    init_scale=st.floats(0, 5),
    batch_norm=st.booleans(),
    residual=st.booleans(),
    dropout=st.floats(0, 0.8),
    loss=st.sampled_from(list(LOSS_NAMES)),
    optimizer=st.sampled_from(list(OPTIMIZERS)),
    learning_rate=st.floats(1e-5, 100),
    momentum=st.floats(0, 0.999),
    schedule=st.sampled_from(list(SCHEDULES)),
    stages=st.integers(1, 50),
    stage_factor=st.floats(0.01, 1),
    decay_end=st.floats(1e-4, 1),
    warmup=st.floats(0, 0.9),
    cycle_up=st.floats(0.05, 0.95),
    plateau_wait=st.integers(0, 1000),
    plateau_factor=st.floats(0.01, 0.95),
    batch_size=st.integers(1, 2000),
    epochs=st.integers(1, 2000),
    l1=st.floats(0, 1),
    l2=st.floats(0, 1),
    patience=st.integers(0, 1000),
    seed=seeds,
    data_seed=seeds,
)
MOST = replace(
    Experiment(), dataset="digits", samples=2000, test_share=0.1, hidden=(WIDEST,) * MOST_LAYERS, batch_size=1
)
COSTLIEST = max(ACTIVATIONS, key=lambda name: ACTIVATIONS[name].nanoseconds)
MOST = replace(
    MOST, activation=COSTLIEST, batch_norm=True, residual=True, dropout=0.5, l1=0.1, l2=0.1, optimizer="adamw"
)

# Links and experiments


def test_every_field_is_built_by_the_strategy_above():
    assert set(DEFAULTS) == {f.name for f in fields(Experiment)}


def test_defaults_are_part_of_every_link_never_change_one():
    assert {f.name: f.default for f in fields(Experiment)} == DEFAULTS


def test_keys_are_part_of_every_link_never_change_one():
    assert {name: LINK_KEYS.get(name, name) for name in DEFAULTS} == KEYS
    assert key_of("learning_rate") == "lr"
    assert len(set(KEYS.values())) == len(KEYS)
    assert not set(KEYS.values()) & (set(DEFAULTS) - {name for name in DEFAULTS if name not in LINK_KEYS})


def test_an_experiment_is_flat_and_frozen():
    with pytest.raises(FrozenInstanceError):
        Experiment().seed = 1
    plain = (str, int, float, bool)
    for value in DEFAULTS.values():
        assert isinstance(value, plain) or all(isinstance(v, plain) for v in value)
    assert hash(Experiment(seed=1)) == hash(Experiment(seed=1))


def test_the_default_link_is_empty_and_lawful():
    assert Experiment().to_query() == {}
    assert Experiment.from_query({}) == (Experiment(), [])
    assert lawful(Experiment()) == (Experiment(), [])


def test_a_link_says_what_differs():
    e = Experiment(hidden=(), learning_rate=1e-5, batch_norm=True, features=("x1", "x1x2"), seed=3)
    query = {"hidden": "none", "lr": "1e-05", "batchnorm": "1", "features": "x1-x1x2", "seed": "3", "v": "1"}
    assert e.to_query() == query
    assert Experiment.from_query(query) == (e, [])


@given(experiments)
def test_a_lawful_experiment_comes_back_from_its_link(e):
    e, _ = lawful(e)
    assert Experiment.from_query(e.to_query()) == (e, [])


@given(experiments)
def test_lawful_is_lawful(e):
    kept, problems = lawful(e)
    assert lawful(kept) == (kept, [])
    changed = [name for name in DEFAULTS if getattr(kept, name) != getattr(e, name)]
    quiet = [name for name in ("loss", "samples") if getattr(e, name) == DEFAULTS[name]]  # nobody asked for a default
    said = " ".join(problems)
    assert all(TITLES[name] in said for name in changed if name not in quiet)
    assert changed or not problems


@given(experiments)
def test_full_names_are_taken_too(e):
    e, _ = lawful(e)
    full = {name: e.to_query()[key] for name, key in KEYS.items() if key in e.to_query()}
    assert Experiment.from_query(full) == (e, [])


def test_numbers_of_numpys_make_the_same_link():
    e = Experiment(learning_rate=np.float64(0.1), seed=np.int64(3), batch_norm=np.bool_(True))
    assert Experiment.from_query(e.to_query()) == (Experiment(learning_rate=0.1, seed=3, batch_norm=True), [])


# Whatever a link says

HOSTILE = {
    "hidden": ["9999999-1", "0-0", "-1", "8" * 100_000, "१२", "8-8-8-8-8-8-8-8"],
    "lr": ["nan", "inf", "-inf", "1e400", "0", "1_000", "१२", "1e-400", "0x1p-3"],
    "epochs": ["1e12", "-5", "0", "1.5", "1e400", "9" * 30],
    "dataset": ["<script>", "moons\x00", "__class__", "../moons", ""],
    "seed": ["-1", "4294967296", "1e309", "None"],
    "samples": ["1e12", "1", "-0"],
    "features": ["", "x3", "x1-" * 1000, "x1 x2"],
    "noise": ["2", "-1", "1e-300"],
    "batch": ["0", "1", "nan"],
    "v": ["2", "", "1.0"],
    "loss": ["hinge", "huber", "mae"],
}
value = st.one_of(st.text(max_size=300), st.sampled_from([v for values in HOSTILE.values() for v in values]))
key = st.one_of(st.sampled_from([*KEYS.values(), *KEYS, "v"]), st.text(max_size=30))
queries = st.dictionaries(key, st.one_of(value, st.lists(value, max_size=4)), max_size=12)


def lawful_whatever(query):
    e, problems = Experiment.from_query(query)
    assert lawful(e) == (e, [])
    assert Experiment.from_query(e.to_query()) == (e, [])
    for said in problems:
        quoted = said.partition("“")[2].rpartition("”")[0]
        assert len(said) <= 300
        assert said.isprintable()
        assert said.endswith(".")
        assert quoted.removesuffix("…").isascii()
        assert not set("<>&[](){}*`$\\|#!\"'/:") & set(quoted)
    return e, problems


@given(queries)
def test_any_link_opens_on_a_lawful_experiment(query):
    lawful_whatever(query)


@pytest.mark.parametrize(("key", "text"), [(key, text) for key, texts in HOSTILE.items() for text in texts])
def test_hostile_links(key, text):
    _, problems = lawful_whatever({key: text})
    quiet = {("noise", "1e-300"), ("seed", "1e309"), ("lr", "1e-400")}
    assert problems or (key, text) in quiet or (key == "loss" and text == "hinge") or text in ("-0", "1", "2")


def test_a_hundred_kilobytes_of_link():
    e, problems = lawful_whatever({"x" * 50_000: "y" * 50_000, "hidden": "1-" * 50_000, "lr": "9" * 100_000})
    assert e == Experiment()
    assert len(problems) == 3


def test_many_unknown_keys_make_one_sentence():
    _, problems = lawful_whatever({f"<{i}>": "1" for i in range(5000)})
    assert len(problems) == 1
    assert problems[0].startswith("The link also contains “?0?, ?1?,")


def test_keys_of_the_page_are_no_strangers():
    assert Experiment.from_query({"epoch": "33", "lr": "0.1"}, also=["epoch"]) == (Experiment(learning_rate=0.1), [])


def test_a_repeated_key_counts_with_its_last_value():
    e, problems = Experiment.from_query({"lr": ["0.5", "0.1"], "seed": ["4"], "epochs": []})
    assert e == Experiment(learning_rate=0.1, seed=4)
    assert problems[0] == "Learning rate: the link has it 2 times, so the last one counts."
    assert problems[1].startswith("Epochs: “” is not a number")


def test_the_short_key_wins_over_the_full_name():
    assert Experiment.from_query({"learning_rate": "0.5", "lr": "0.1"})[0].learning_rate == 0.1


def test_a_link_of_another_version_says_so():
    e, problems = Experiment.from_query({"lr": "0.1", "v": "2"})
    assert e.learning_rate == 0.1
    assert problems == [OTHER_VERSION]


# What settings mean together


def test_the_loss_follows_the_data():
    assert losses_for("moons")[0] == losses_for("blobs2")[0] == losses_for("digits")[0] == "cross_entropy"
    assert "hinge" not in losses_for("spirals3")
    assert Experiment.from_query({"dataset": "sine"}) == (Experiment(dataset="sine", loss="mse"), [])
    e, problems = Experiment.from_query({"dataset": "digits", "loss": "hinge"})
    assert e.loss == "cross_entropy"
    assert problems == ["Loss: hinge does not fit Handwritten digits, so it is cross-entropy."]
    assert {loss for name in DATASETS for loss in losses_for(name)} == set(LOSS_NAMES)


def test_real_data_have_no_more_examples_than_they_have():
    assert Experiment.from_query({"dataset": "iris"}) == (Experiment(dataset="iris", samples=150), [])
    e, problems = Experiment.from_query({"dataset": "iris", "samples": "500"})
    assert e.samples == 150
    assert problems == ["Examples: Iris flowers has 150, so it is 150."]


def test_everything_that_data_forbid_is_said():
    wanted = Experiment(dataset="sine", noise=2.0, label_noise=0.2, features=("x1", "x1x2"), loss="hinge")
    e, problems = lawful(wanted)
    assert e == Experiment(dataset="sine", noise=0.5, loss="mse")
    assert [said.partition(":")[0] for said in problems] == ["Noise", "Inputs", "Wrong training labels", "Loss"]


@given(experiments)
def test_parameters_are_counted_as_the_network_has_them(e):
    sizes = layer_sizes(e)
    network = network_of(replace(e, batch_norm=False, residual=False), sizes[0])
    assert isinstance(network, Network)
    assert parameter_count(sizes) == network.size
    assert sizes[1:-1] == e.hidden
    assert sizes[-1] == network.outputs


# The budget


@given(experiments)
@settings(suppress_health_check=[HealthCheck.filter_too_much])
def test_no_lawful_experiment_is_over_the_budget(e):
    kept, problems = lawful(e)
    assert seconds_an_epoch(kept) * kept.epochs <= SECONDS
    if kept.epochs < e.epochs:
        assert problems[-1].startswith(f"Epochs: {e.epochs} of them ")
        assert f"so it is {kept.epochs}." in problems[-1]
        assert "Fewer examples, larger batches or a smaller network allow more." in problems[-1]
        assert seconds_an_epoch(kept) * (kept.epochs + 1) > SECONDS


def test_the_most_expensive_experiment_fits_at_least_one_epoch():
    assert all(seconds_an_epoch(replace(MOST, dataset=name)) <= SECONDS for name in DATASETS)


@given(experiments)
def test_a_link_for_longer_training_is_cut_and_says_so(e):
    assume(seconds_an_epoch(lawful(e)[0]) * 2000 > SECONDS)
    e, problems = Experiment.from_query({**lawful(e)[0].to_query(), "epochs": "1e12"})
    assert e.epochs < 2000
    assert "would train for longer than" in problems[-1]
