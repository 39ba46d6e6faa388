"""The training simulator, in-process: presets, links, continuing, divergence, and what can be taken home."""

import io
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.charts.naming import spoken, written
from core.data.datasets import DATASETS
from core.lessons.training import words, worked
from core.lessons.training.followed import follow
from core.lessons.training.going_on import continuation
from core.nn.optimizers import OPTIMIZERS
from core.nn.schedules import SCHEDULES
from core.training.experiment import MOST_LAYERS, WIDEST, Experiment
from core.training.one_step import parameter_name
from core.workshop import cache, simulator
from core.workshop.presets import BY_SLUG, PRESETS
from tests.runs import runs, trained

DOWNLOADS = ["Weights (npz)", "Curves (CSV)", "Data (CSV)"]


def last_epoch(experiment):
    """The last epoch that a run of the experiment has."""
    return simulator.run(experiment, ("spread", 0, 1)).history.epochs


def spread(values):
    """From the lowest tenth to the highest tenth."""
    return np.ptp(np.quantile(values, [0.1, 0.9]))


@pytest.mark.claims
def test_what_the_page_says_of_its_first_network():
    """A few percent at most; and the test loss is lowest long before the last epoch, while accuracy hardly moves."""
    each = runs(Experiment())
    accuracy = np.array([h.test_accuracy for h in each])
    assert spread(accuracy[:, -1]) <= 0.02
    assert spread(accuracy[:, 1]) > 0.05
    lowest = [int(np.argmin(h.test_loss)) for h in each]
    assert np.quantile(lowest, 0.9) < 60
    assert all(abs(h.test_accuracy[-1] - h.test_accuracy[k]) <= 0.04 for h, k in zip(each, lowest, strict=True))


@pytest.mark.claims
def test_small_steps_add_up_fast_at_first_and_end_within_one_example():
    right = np.array([np.rint(h.test_accuracy * len(h.data.test)) for h in runs(Experiment())])
    start, one, few, end = np.median(right[:, [0, 1, 20, -1]], axis=0)
    assert one - start > (end - start) / 3  # in the first of a hundred epochs
    assert few - start > 0.9 * (end - start)
    assert np.ptp(right[:, -1]) <= 1  # "differ by a single test example", as a hundred starts do
    measured = cache.luck(early=20)
    assert [measured[k] for k in ("start", "early", "end")] == right[0, [0, 20, -1]].tolist()


def test_the_first_network_is_asked_about_before_it_plays(open_app):
    at = open_app("training", commit=False)
    assert not at.exception
    assert len(at.get("vega_lite_chart")) == 1
    assert not at.metric
    assert "test examples" in at.radio[0].label
    at.radio[0].set_value(0)
    press(at, "Commit")
    assert "**You said:** Evenly" in at.warning[0].value
    assert f"it ends with {cache.luck(early=20)['ends']} right" in at.warning[0].value
    assert len(at.get("vega_lite_chart")) > 3


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
@pytest.mark.parametrize("epoch", [0, 1, 37])
def test_the_worked_line_is_the_runs_own_step(open_app, optimizer, epoch):
    at = open_app("training", optimizer=optimizer, epochs="40", epoch=str(epoch))
    e = experiment_of(at)
    h = trained(e)
    taken = int(metrics(at)["Epoch"])
    said = arithmetic(at)
    number = worked.numbers_of(h, [taken])[0]
    assert said["step"] == f"{number} of 280" + ("" if taken else ", still to come")
    name = follow(e, worked.farthest(h), [1]).name
    assert f"{name} travels farthest" in " ".join(m.value for m in at.markdown)
    for line in ("move", "weight"):
        assert calculated(said[line].partition(" = ")[0]) == pytest.approx(number_in(said[line]), rel=1e-3, abs=1e-4)
    if taken:  # an epoch's last step ends where the epoch ends
        assert number_in(said["weight"]) == pytest.approx(h.network(taken).theta[worked.farthest(h)], abs=1e-4)
    (made,) = [line for name, line in said.items() if name not in ("step", "gradient", "move", "weight")] or [""]
    assert bool(made) == (optimizer != "sgd")
    if made:  # to the last digit
        assert calculated(made.partition(" = ")[0]) == pytest.approx(number_in(made), rel=1e-3)
    assert at.session_state["training.epoch"] == epoch


@pytest.mark.parametrize(
    "e",
    [
        Experiment(),
        Experiment(optimizer="momentum", momentum=0.0, l2=0.01, epochs=20),
        Experiment(dataset="digits", samples=300, hidden=(16,), epochs=5, schedule="cosine"),
        Experiment(dataset="sine", noise=0.1, loss="mse", hidden=(8,), epochs=20),
        Experiment(hidden=(), batch_size=2000, epochs=9, optimizer="sgd"),
    ],
    ids=["default", "momentum", "digits", "sine", "none"],
)
def test_the_followed_weight_is_the_runs_own_at_every_frame(e):
    h = trained(e)
    epochs = h.snapshot_epochs.tolist()
    f, index = worked.followed(h, epochs), worked.farthest(h)
    late = [k for k, epoch in enumerate(epochs) if epoch]
    assert np.array_equal(f.after[late], h.snapshots[late, index])
    assert f.name.startswith("the weight from")
    travelled = np.abs(h.snapshots[-1] - h.snapshots[0])
    assert travelled[index] == max(travelled[k] for k in range(len(travelled)) if not is_bias(h, k))
    for k in range(len(epochs)):
        said = worked.lines(f, e, k)
        assert number_in(said["move"]) == pytest.approx(
            f.after[k] - f.before[k], rel=0.01, abs=2e-7 * (1 + abs(f.after[k]))
        )


def is_bias(h, index):
    network = h.network(0)
    return parameter_name(network, index, h.data.input_names).startswith("the bias")


def arithmetic(at) -> dict[str, str]:
    """The lines of one weight's step, as they are read out."""
    said = [picture.proto.alt for picture in at.get("vega_lite_chart")]
    (text,) = [alt for alt in said if alt.startswith("One weight's step. ")]
    return dict(part.split(": ", 1) for part in text.removeprefix("One weight's step. ").removesuffix(".").split("; "))


def plainly(text: str) -> str:
    """The text as Python writes numbers."""
    text = text.translate(str.maketrans("−×÷⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "-*/0123456789-"))
    return re.sub(r" \* 10(-?\d+)", r"e\1", text)


def calculated(text: str) -> float:
    assert re.fullmatch(r"[-+*/() .\de]+", plainly(text)), text
    return eval(plainly(text))


def number_in(text: str) -> float:
    """The number behind the equals sign."""
    return float(plainly(text.rpartition("= ")[2]))


def test_where_it_fails_it_says_so(open_app):
    at = press(open_app("training"), words.FAILS_LABEL)
    assert experiment_of(at) == BY_SLUG[words.FAILS].experiment
    h, told = trained(experiment_of(at)), " ".join(info.value for info in at.info)
    assert BY_SLUG[words.FAILS].look in told
    right, guess = h.test_accuracy[-1], np.log(2)
    assert f"{right:.0%} of the test answers are right and the loss is {h.train_loss[-1]:.3f}" in told
    assert f"can't decide has a loss of {guess:.3f}" in told
    assert abs(h.train_loss[-1] - guess) < 0.005


def press(at, label):
    next(button for button in at.button if button.label.startswith(label)).click()
    at.run()
    assert not at.exception
    return at


def metrics(at) -> dict[str, str]:
    """The numbers of the frame on which the run rests, as they are read out."""
    said = [picture.proto.alt for picture in at.get("vega_lite_chart")]
    (text,) = [alt for alt in said if re.match(r"Epoch \d+: ", alt)]
    epoch, _, rest = text.removesuffix(".").removeprefix("Epoch ").partition(": ")
    found = [re.match(r"(\w+ (?:loss|accuracy|R²)) (.+)", part) for part in rest.split("; ")]
    values = {part[1].capitalize().replace("r²", "R²"): part[2].replace("−", "-") for part in found}
    return {"Epoch": epoch} | values


def experiment_of(at) -> Experiment:
    experiment, problems = Experiment.from_query(at.query_params, also=("epoch", "view", "ax", "ay", "layer", "unit"))
    assert problems == []
    return experiment


def expected(experiment: Experiment, epoch: int) -> dict[str, str]:
    h = trained(experiment)
    word, form = ("accuracy", ".1%") if h.data.data.classes else ("R²", ".3f")
    return {
        "Epoch": str(epoch),
        "Training loss": f"{h.train_loss[epoch]:.4f}",
        "Test loss": f"{h.test_loss[epoch]:.4f}",
        f"Training {word}": format(h.train_accuracy[epoch], form),
        f"Test {word}": format(h.test_accuracy[epoch], form),
    }


def downloads(at) -> dict[str, bytes]:
    """What the download buttons hand out, as the page last made it."""
    return {button.label: button for button in at.get("download_button")}


@pytest.mark.parametrize("preset", PRESETS, ids=lambda p: p.slug)
def test_choosing_a_preset_sets_the_controls_and_says_what_to_look_for(open_app, preset):
    at = open_app("training", hidden="3", epochs="2", lr="0.5")
    at.selectbox(key="training.preset").select(preset.slug).run()
    assert not at.exception
    assert experiment_of(at) == preset.experiment
    assert any(info.value.startswith(f"**{preset.title}.** {preset.look}") for info in at.info)
    assert metrics(at)["Epoch"] == str(last_epoch(preset.experiment))  # where the run that plays will rest
    at.run()  # and a rerun keeps to it
    assert not at.exception
    assert experiment_of(at) == preset.experiment


def test_the_sentence_leaves_with_the_experiment_that_it_speaks_of(open_app):
    at = open_app("training")
    at.selectbox(key="training.preset").select("xor").run()
    at.select_slider(key="training.lr").set_value(0.1).run()
    assert BY_SLUG["xor"].look not in " ".join(info.value for info in at.info)


@pytest.mark.parametrize("epoch", [0, 1, 37, 100])
def test_a_link_to_an_epoch_shows_that_epochs_numbers(open_app, epoch):
    at = open_app("training", epoch=epoch)
    shown = int(metrics(at)["Epoch"])
    assert shown <= epoch  # the frame that shows it, or the last one before it
    assert epoch - shown <= 10
    assert metrics(at) == expected(Experiment(), shown)


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(dataset="circles", noise=0.1, hidden=(4,), learning_rate=0.1, epochs=30, seed=7),
        Experiment(dataset="iris", samples=150, hidden=(6,), epochs=20, data_seed=3),
        Experiment(dataset="sine", noise=0.1, loss="mse", hidden=(8,), epochs=20, activation="relu"),
        Experiment(optimizer="momentum", momentum=0.5, l2=0.001, batch_norm=True, dropout=0.1, hidden=(8, 8), epochs=9),
        Experiment(dataset="digits", samples=300, hidden=(16,), epochs=5, schedule="cosine"),
    ],
    ids=lambda e: e.dataset,
)
def test_the_same_link_shows_the_same_run(open_app, experiment):
    address = experiment.to_query() | {"epoch": str(experiment.epochs)}
    first, second = open_app("training", **address), open_app("training", **address)
    assert experiment_of(first) == experiment
    assert metrics(first) == metrics(second)
    assert metrics(first) == expected(experiment, int(metrics(first)["Epoch"]))


def test_a_changed_control_changes_the_run_and_the_link(open_app):
    at = open_app("training")
    before = at.get("vega_lite_chart")[0].proto.spec
    at.select_slider(key="training.lr").set_value(0.1).run()
    assert at.query_params == {"lr": "0.1", "v": "1"}
    assert at.get("vega_lite_chart")[0].proto.spec != before
    at.selectbox(key="training.dataset").select("circles").run()
    assert experiment_of(at) == Experiment(
        dataset="circles", noise=DATASETS["circles"].default_noise, learning_rate=0.1
    )


def test_new_seed_changes_nothing_else(open_app):
    at = press(open_app("training", lr="0.1", epoch="5"), "New seed")
    assert at.query_params == {"lr": "0.1", "seed": "1", "v": "1"}
    press(at, "New seed")
    assert experiment_of(at) == Experiment(learning_rate=0.1, seed=2)


def test_reset_brings_the_page_back(open_app):
    at = open_app("training", dataset="xor", lr="0.1", epoch="5", hidden="none", log="1")
    press(at, "Reset")
    assert at.query_params == {}


def test_continuing_adds_epochs_to_the_same_run(open_app):
    at = open_app("training", epochs="20")
    press(at, "Continue for 50 more epochs")
    assert experiment_of(at) == Experiment(epochs=70)
    short, long = trained(Experiment(epochs=20)), trained(Experiment(epochs=70))
    assert np.array_equal(long.train_loss[:21], short.train_loss)  # the same run, gone on
    next(n for n in at.number_input if n.label == "Epochs to add").set_value(1000)
    at.run()
    press(at, "Continue for 1,000 more epochs")
    assert experiment_of(at).epochs == 1070


def test_continuing_ends_at_the_most_epochs(open_app):
    at = press(open_app("training", epochs="1990", hidden="none", samples="10"), "Continue for 50 more epochs")
    assert experiment_of(at).epochs == 2000


def test_a_layer_can_be_added_and_taken_away(open_app):
    at = open_app("training", epochs="5")
    press(at, "Layer")
    assert experiment_of(at).hidden == (8, 8, 8)
    at.button(key="training.fewer").click().run()
    at.button(key="training.fewer").click().run()
    at.button(key="training.fewer").click().run()
    assert experiment_of(at).hidden == ()
    assert at.button(key="training.fewer").disabled
    press(at, "Layer")
    assert experiment_of(at).hidden == (8,)


@pytest.mark.parametrize(
    ("typed", "hidden"), [("16-4", (16, 4)), ("none", ()), ("999", (128,)), ("<b>", (8, 8)), ("0", ())]
)
def test_widths_can_be_typed(open_app, typed, hidden):
    at = open_app("training", epochs="5")
    at.text_input[0].set_value(typed).run()
    assert not at.exception
    assert experiment_of(at).hidden == hidden


def test_an_emptied_field_of_widths_takes_no_layer_away(open_app):
    at = open_app("training", epochs="5")
    at.text_input[0].set_value(" ").run()
    assert experiment_of(at).hidden == (8, 8)
    assert at.text_input[0].value == "8-8"
    assert "it stays 8-8" in at.warning[0].value


def test_divergence_is_explained_and_its_button_mends_it(open_app):
    at = open_app("training", **BY_SLUG["too_fast"].experiment.to_query())
    h = trained(BY_SLUG["too_fast"].experiment)
    assert f"After step {h.diverged_step + 1}," in at.error[0].value
    assert "learning rate, 1.5" in at.error[0].value
    press(at, "Train with a tenth of that rate")
    assert not at.error
    assert experiment_of(at) == replace(BY_SLUG["too_fast"].experiment, learning_rate=0.15)
    at = open_app("training", **at.query_params, epoch="2000")
    assert not {"too large", "not finite", "not defined"} & set(metrics(at).values())
    assert float(metrics(at)["Training R²"]) > 0.9


def test_a_diverged_run_can_be_looked_at_to_its_end(open_app):
    at = open_app("training", **BY_SLUG["too_fast"].experiment.to_query(), epoch="2000")
    assert not at.exception
    assert metrics(at)["Training loss"] in ("too large", "not finite") or "× 10" in metrics(at)["Training loss"]


def test_digits_have_a_confusion_matrix_and_moons_have_one_to_open(open_app):
    e = BY_SLUG["digits"].experiment
    at = open_app("training", **e.to_query(), epoch=str(e.epochs))
    [expander] = [x for x in at.expander if x.label.startswith("Confusion matrix")]
    assert expander.proto.expanded
    matrix = cache.confusion(cache.query_of(e), int(metrics(at)["Epoch"]))
    assert matrix.shape == (10, 10)
    assert f"{np.trace(matrix) / matrix.sum():.1%}" == metrics(at)["Test accuracy"]
    assert matrix.sum() - np.trace(matrix) > 0
    [closed] = [x for x in open_app("training").expander if x.label.startswith("Confusion matrix")]
    assert not closed.proto.expanded
    assert not [x for x in open_app("training", dataset="sine", epochs="5").expander if "onfusion" in x.label]


def test_what_is_closed_is_made_only_when_it_is_opened(open_app):
    at = open_app("training", epochs="5")
    assert len(at.get("vega_lite_chart")) == 6  # answer, accuracy, loss, numbers, one step, network
    assert len(at.dataframe) == 0
    at.session_state["training.numbers"] = True
    assert len(at.run().dataframe) == 2  # the curves, and every weight and bias


def test_the_downloads_hold_what_is_shown(open_app):
    from core.data.writing import csv_bytes

    at = open_app("training", epochs="12", epoch="12")
    at.session_state["training.downloads"] = True  # opened
    assert [button.label for button in at.run().get("download_button")] == DOWNLOADS
    e = Experiment(epochs=12)
    shown, h = simulator.run(e, ("spread", 0, 1)), trained(e)
    table = pd.read_csv(io.BytesIO(csv_bytes(simulator.table(shown))))
    assert list(table["epoch"]) == list(range(13))
    assert np.allclose(table["train_loss"], h.train_loss)
    at.session_state["training.numbers"] = True  # opened
    assert at.run().dataframe[0].value["test_loss"].tolist() == pytest.approx(h.test_loss.tolist())
    data = pd.read_csv(io.BytesIO(csv_bytes(simulator.examples(shown))))
    assert (data["part"] == "train").sum() == len(h.data.train)
    assert (data["part"] == "test").sum() == len(h.data.test)
    weights = np.load(io.BytesIO(simulator.weights_file(shown, len(shown.frames) - 1)), allow_pickle=False)
    a = h.data.inputs(h.data.data.X)
    for k in (1, 2, 3):
        a = a @ weights[f"W{k}"].T + weights[f"b{k}"]
        a = np.tanh(a) if k < 3 else 1 / (1 + np.exp(-a))
    assert np.allclose(a[:, 0], h.predict(h.data.data.X), atol=1e-4)  # the file is the network


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({"hidden": "9999999-1"},
         f"Hidden layers: at most {MOST_LAYERS} layers of 1 to {WIDEST} units, so it is {WIDEST}-1."),
        ({"lr": "nan"}, "Learning rate: “nan” is not a number, so it is 0.02."),
        ({"epochs": "1e12"}, "Epochs: “1e12” is out of range, so it is 2000."),
        ({"dataset": "<script>"}, "Data: there is no “?script?”, so it is moons."),
        ({"epochs": "5", "epoch": "9"}, "Epoch: the run has 5, so it is the last."),
        ({"epochs": "5", "epoch": "1e999"}, "Epoch: “1e999” is beyond the end, so it is the last one."),
        ({"seed": "-1"}, "Seed of the weights: “-1” is out of range, so it is 0."),
        ({"samples": "3", "epochs": "5"}, "Examples: “3” is out of range, so it is 10."),
        ({"dataset": "wine", "samples": "2000", "epochs": "5"}, "Examples: Wines has 178, so it is 178."),
        ({"loss": "hinge", "dataset": "sine", "epochs": "5"}, "Loss: hinge does not fit Sine, so it is squared error."),
        ({"noise": "2", "epochs": "5"}, "Noise: Moons takes 0 to 0.5, so it is 0.5."),
        ({"widht": "3", "epochs": "5"}, "The link also contains “widht”, which this page doesn't know."),
        ({"dataset": "wine", "view": "inputs", "ax": "63", "epochs": "5"},
         "Horizontal axis: Wines has 13 inputs, so it is the last."),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)  # fmt: skip
def test_a_bad_link_opens_and_says_in_a_sentence_what_it_changed(open_app, address, said):
    at = open_app("training", **address)
    assert not at.exception
    told = "\n".join(element.value for element in [*at.warning, *at.text]).split("\n")
    assert {f"- {said}", f"• {said}"} & set(told)
    assert metrics(at)["Epoch"] == str(last_epoch(experiment_of(at)))
    assert not open_app("training", **at.query_params).warning  # what it was changed to is lawful


def test_a_long_run_is_cut_to_what_a_server_can_bear(open_app):
    at = open_app("training", batch="1", samples="2000", epochs="2000", hidden="128-128-128", epoch="0")
    assert not at.exception
    assert "would train for longer than" in at.warning[0].value
    assert experiment_of(at).epochs < 50


def test_of_a_repeated_key_the_last_counts(open_app):
    assert experiment_of(open_app("training", lr=["0.1", "0.3"], epochs="5")).learning_rate == 0.3


def test_100_kilobytes_of_text_open_the_page(open_app):
    at = open_app("training", hidden="1-" * 50_000, dataset="a" * 100_000, lr="9" * 100_000, junk="b" * 100_000)
    assert not at.exception
    assert len(at.warning[0].value) < 1_000
    assert at.query_params == {}


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_data_set_opens_from_a_link_with_nothing_else(open_app, dataset):
    at = open_app("training", dataset=dataset, epochs="2")
    assert not at.exception
    assert not at.warning  # nothing that the learner asked for was changed
    assert experiment_of(at).dataset == dataset


@pytest.mark.parametrize(
    "extreme",
    [{"patience": "1000"}, {"optimizer": "momentum", "momentum": "0.999"}, {"lr": "100"}, {"lr": "0.00001"},
     {"dropout": "0.8"}, {"init": "constant", "init_scale": "5"}, {"l1": "1", "l2": "1"}, {"test": "0.1"},
     {"seed": "4294967295", "data": "4294967295"}, {"hidden": "none"}, {"layer": "7", "unit": "128"},
     {"batch": "2000"}, {"features": "x1"}, {"samples": "10"}, {"label_noise": "0.5"},
     {"epoch": "2000", "epochs": "2000"}],
    ids=lambda value: "-".join(value),
)  # fmt: skip
def test_every_setting_opens_at_its_bounds_and_so_do_its_drawers(open_app, extreme):
    at = open_app("training", **{"epochs": "5"} | extreme)
    assert not at.exception
    assert not at.warning
    assert at.query_params.keys() >= extreme.keys()
    assert not open_drawers(at).exception


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("hidden", ["none", "1", "3-2"])
def test_the_drawers_open_on_every_data_set_with_any_network(open_app, dataset, hidden):
    at = open_app("training", dataset=dataset, hidden=hidden, epochs="3", samples="40")
    charts = len(at.get("vega_lite_chart"))
    open_drawers(at)
    assert not at.exception
    assert len(at.get("vega_lite_chart")) > charts


def open_drawers(at):
    """Open all that is closed on the simulator."""
    for name in ("training.rates", "training.numbers", "training.confusion.True", "training.confusion.False"):
        at.session_state[name] = True
    return at.run()


# What chooses is not what judges


WATCHED = {"epochs": "120", "patience": "5", "noise": "0.4", "hidden": "32-32", "samples": "100"}


def texts(at) -> str:
    return " ".join(e.value for kind in (at.caption, at.info, at.warning, at.error) for e in kind)


@pytest.mark.parametrize("address", [WATCHED, {"schedule": "plateau", "epochs": "30"}])
def test_a_link_with_early_stopping_or_plateau_says_that_a_fifth_is_set_aside(open_app, address):
    at = open_app("training", **address, epoch="3")
    h = trained(experiment_of(at))
    n, v = len(h.data.train), len(h.data.validation)
    assert f"a fifth of the training data ({v} of {n + v} examples) is set aside" in texts(at)
    assert "Links made before this was so give other numbers now." in texts(at)
    assert metrics(at)["Validation loss"] == f"{h.validation_loss[3]:.4f}"
    assert f"The validation loss is lowest at epoch {h.best_epoch}:" in texts(at)
    assert not at.warning


def test_the_data_say_which_examples_are_watched(open_app):
    shown = simulator.run(Experiment(patience=3, epochs=9), ("spread", 0, 1))
    assert simulator.examples(shown)["part"].value_counts().to_dict() == {"train": 168, "validation": 42, "test": 90}
    columns = list(simulator.table(shown))
    assert columns[1:4] == ["train_loss", "validation_loss", "test_loss"]


def test_without_either_no_epoch_is_called_best(open_app):
    at = open_app("training", epochs="30")
    assert "lowest" not in texts(at)
    assert "alidation" not in " ".join(metrics(at))


# Going on


def button(at):
    return next(b for b in at.button if b.label.startswith("Continue for"))


def test_a_stretched_schedule_is_said_to_make_a_new_run(open_app):
    at = open_app("training", schedule="cosine", epochs="40", epoch="40")
    assert button(at).label == "Continue for 50 more epochs (a new run)"
    assert "With 90 epochs it is stretched" in texts(at)
    assert "a new run from epoch 1" in texts(at)
    press(at, "Continue for 50 more epochs")
    assert experiment_of(at) == Experiment(schedule="cosine", epochs=90)
    assert "epoch" not in at.query_params  # it plays from its beginning


@pytest.mark.parametrize("schedule", ["constant", "plateau"])
def test_other_schedules_go_on_where_they_stood(open_app, schedule):
    at = press(open_app("training", schedule=schedule, epochs="20"), "Continue for 50 more epochs")
    short, long = (trained(Experiment(schedule=schedule, epochs=n)) for n in (20, 70))
    assert np.array_equal(long.test_loss[:21], short.test_loss)
    assert np.array_equal(long.snapshots[:21], short.snapshots)
    assert at.query_params["epoch"] in ("20", ["20"])


def test_a_patient_run_that_has_not_stopped_goes_on_as_the_same_run(open_app):
    at = open_app("training", patience="50", epochs="20")
    assert not button(at).disabled
    short, long = (trained(Experiment(patience=50, epochs=n)) for n in (20, 70))
    assert np.array_equal(long.test_loss[:21], short.test_loss)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        (WATCHED, "early stopping ended it at epoch"),
        (BY_SLUG["too_fast"].experiment.to_query(), "it diverged"),
        ({"epochs": "2000", "hidden": "none", "samples": "10"}, "2000 epochs are the most"),
    ],
)
def test_where_it_cannot_go_on_the_button_is_off_and_says_why(open_app, address, why):
    at = open_app("training", **address)
    assert button(at).disabled
    assert "This run can't be continued" in texts(at)
    assert why in texts(at)


@pytest.mark.parametrize("schedule", [s for s in SCHEDULES if s not in ("constant", "plateau")])
def test_every_schedule_that_depends_on_the_total_is_found(schedule):
    h = trained(Experiment(schedule=schedule, epochs=12))
    onward = continuation(h, 5)
    assert (onward.epochs, onward.same) == (17, False)
    longer = trained(Experiment(schedule=schedule, epochs=17))
    assert not np.array_equal(longer.learning_rate[: len(h.learning_rate)], h.learning_rate)


# One truth on one screen


def test_ties_count_the_same_in_accuracy_and_confusion_matrix(open_app):
    at = open_app("training", init="zeros", epochs="3", epoch="0")
    e = experiment_of(at)
    matrix = cache.confusion(cache.query_of(e), 0)
    assert metrics(at)["Test accuracy"] == f"{np.trace(matrix) / matrix.sum():.1%}" == "50.0%"


def test_r_squared_of_one_example_is_not_defined(open_app):
    at = open_app("training", dataset="sine", samples="10", test="0.1", epochs="20", epoch="20")
    assert not at.exception
    assert metrics(at)["Test R²"] == "not defined"
    assert float(metrics(at)["Training R²"]) < 1
    assert "R² is not defined where there is nothing to explain: one test example." in texts(at)
    assert "test_R2" not in simulator.table(simulator.run(experiment_of(at), ("spread", 0, 1)))


@pytest.mark.parametrize(
    ("address", "term"),
    [
        ({"l2": "0.3"}, "0.3 / 2 times the sum of the squared weights"),
        ({"l1": "0.01"}, "0.01 times the sum of the weights' sizes"),
        ({}, ""),
    ],
)
def test_the_penalty_is_said_to_be_left_out_of_the_loss(open_app, address, term):
    at = open_app("training", epochs="5", **address)
    assert ("The loss shown is without the penalty." in texts(at)) == bool(term)
    assert term in texts(at)


def test_batch_norm_with_single_examples_is_said_not_to_work(open_app):
    assert "there is no variance" in texts(open_app("training", batchnorm="1", batch="1", epochs="2"))


def test_each_event_of_a_diverging_run_has_its_own_epoch(open_app):
    e = BY_SLUG["too_fast"].experiment
    at, h = open_app("training", **e.to_query()), trained(e)
    loss = int(np.flatnonzero(~np.isfinite(h.train_loss))[0])
    assert f"in epoch {h.epochs}, a weight was no longer a finite number" in at.error[0].value
    assert f"From epoch {loss} on, the loss was too large" in at.error[0].value
    at = open_app("training", **e.to_query(), epoch=str(h.epochs))
    assert metrics(at)["Training loss"] in ("too large", "not finite")
    values = [written(v, ".4f") for v in (0.5, 1.04e36, -2.6e11, np.inf, -np.inf, np.nan)]
    assert values == ["0.5000", "1.0 × 10³⁶", "−2.6 × 10¹¹", "too large", "too large", "not finite"]


def test_what_is_taken_along_is_the_epoch_on_screen(open_app):
    at = open_app("training", epochs="20", epoch="5")
    asked = next(link for link in at.page_link if link.value == "Ask this network about new data")
    assert "epoch=5" in asked.proto.query_string
    assert "after epoch 5" in asked.proto.help
    at.session_state["training.downloads"] = True  # opened
    weights = at.run().get("download_button")[0]
    assert "after epoch 5" in weights.help
    scene = simulator.run(Experiment(epochs=20), ("spread", 0, 1))
    file = np.load(io.BytesIO(simulator.weights_file(scene, scene.frames.tolist().index(5))), allow_pickle=False)
    np.testing.assert_array_equal(file["W1"], scene.history.network(5).p["0.W"][:, :-1])
    assert file["epoch"] == 5
    assert "Weights: after epoch 5." in texts(at)
    at = open_app("training", epochs="20")
    asked = next(link for link in at.page_link if link.value == "Ask this network about new data")
    assert "epoch=" not in asked.proto.query_string.replace("epochs=", "")
    assert "after epoch 20" in asked.proto.help


@pytest.mark.parametrize(("optimizer", "quantities"), [("sgd", 0), ("momentum", 1), ("adam", 2)])
def test_the_drawer_shows_each_layers_gradient_and_what_the_optimizer_remembers(open_app, optimizer, quantities):
    e = Experiment(epochs=5, hidden=(4, 3), optimizer=optimizer)
    at = open_app("training", **e.to_query(), epoch=2)
    closed = len(at.get("vega_lite_chart"))
    at.session_state["training.rates"] = True
    at.run()
    assert not at.exception
    assert len(at.get("vega_lite_chart")) == closed + 2
    f = worked.followed(trained(e), [2])
    memory = {name: value[0] for name, value in f.memory.items()}
    assert len(memory) == quantities
    lines = [f"{name}: {spoken(float(value), 4)}" for name, value in memory.items()]
    if lines:
        assert "\n".join(lines) in [text.value for text in at.text]
    else:
        assert words.FORGETS.format(optimizer="SGD") in [text.value for text in at.markdown]


def test_a_network_whose_weights_stay_has_none_that_travels(open_app):
    at = open_app("training", init="zeros", epochs="5")
    sentences = [m.value for m in at.markdown if "travels farthest" in m.value]
    assert sentences
    assert all(re.fullmatch(r"In this run, .* travels farthest, and even it stays at 0\.00\.", s) for s in sentences)
