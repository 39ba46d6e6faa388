"""Experiments on a learner's own data: their links, their runs, and what cannot be."""

from dataclasses import replace

import numpy as np
import pytest

from core.data import own
from core.data.datasets import load
from core.data.spec import Data
from core.training.building import prepare_experiment
from core.training.engine import train
from core.training.experiment import Experiment, layer_sizes, losses_for


@pytest.fixture(autouse=True)
def shelf():
    """A shelf of this test's own."""
    mine, before = {}, own._shelf[0]
    own.keep_on(lambda: mine)
    yield mine
    own.keep_on(before)


def cloud(count, classes=2, seed=0):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(count, 2)).round(2), np.arange(count) % classes
    return Data(X, y, "classification", tuple("ABCDEFGHIJ"[:classes]), ("height", "weight"), "kind")


def test_a_link_with_points_gives_the_same_run():
    e = Experiment(dataset=own.name_of(cloud(40), own.POINTS), epochs=5)
    found, problems = Experiment.from_query(e.to_query())
    assert (found, problems) == (e, [])
    assert np.array_equal(train(found).snapshots, train(e).snapshots)
    assert prepare_experiment(e).input_names == ("height", "weight")


def test_every_point_counts_however_many_examples_the_link_asks_for():
    name = own.name_of(cloud(40), own.POINTS)
    e, problems = Experiment.from_query({"dataset": name, "samples": "12"})
    assert problems == []
    assert e == Experiment(dataset=name)
    assert len(prepare_experiment(e).train) + len(prepare_experiment(e).test) == 40


def test_a_link_without_its_table_opens_on_the_moons():
    e = Experiment(dataset=own.name_of(cloud(300)), samples=300)
    own.keep_on(dict)
    found, problems = Experiment.from_query(e.to_query())
    assert found == Experiment()
    assert problems == [
        "Data: the table was too large to go into the link (you can choose its file again), so it is moons."
    ]


def test_a_link_with_too_few_points_opens_on_the_moons():
    found, problems = Experiment.from_query({"dataset": own.name_of(cloud(3), own.POINTS)})
    assert found == Experiment()
    assert problems == ["Data: 4 points are the fewest to learn from, and there are 3, so it is Moons."]


def test_classes_and_numbers_get_their_losses():
    three, curve = own.name_of(cloud(30, 3)), own.name_of(load("sine", 50, 0.1, 0))
    assert layer_sizes(Experiment(dataset=three)) == (2, 8, 8, 3)
    assert losses_for(curve)[0] == "mse"
    found, problems = Experiment.from_query({"dataset": curve})
    assert (found.loss, problems) == ("mse", [])


@pytest.mark.parametrize("count", [4, 5, 7])
@pytest.mark.parametrize("settings", [{}, {"patience": 5}, {"label_noise": 0.5}, {"batch_norm": True}, {"test": 0.1}])
def test_a_handful_of_points_can_be_trained_on(count, settings):
    query = {"dataset": own.name_of(cloud(count), own.POINTS), "epochs": "3"} | {k: str(v) for k, v in settings.items()}
    history = train(Experiment.from_query(query)[0])
    assert np.isfinite(history.train_loss).all()
    assert history.epochs == 3


def test_points_of_a_single_class_can_be_trained_on():
    lonely = replace(cloud(12), y=np.zeros(12, int))
    history = train(Experiment(dataset=own.name_of(lonely, own.POINTS), epochs=3))
    assert np.isfinite(history.test_loss).all()


def test_scikit_learn_agrees_on_the_split_and_the_scale():
    from sklearn.model_selection import train_test_split
    from sklearn.preprocessing import StandardScaler

    data = cloud(60)
    prepared = prepare_experiment(Experiment(dataset=own.name_of(data, own.POINTS)))
    X_train, X_test, _, y_test = train_test_split(data.X, data.y, test_size=0.3, stratify=data.y, random_state=0)
    assert np.allclose(prepared.X_test, StandardScaler().fit(X_train).transform(X_test))
    assert np.array_equal(prepared.y_test, y_test)
