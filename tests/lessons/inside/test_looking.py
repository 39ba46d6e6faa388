"""The maps against nudges and plain loops, the networks against the layers that they are made of."""

import numpy as np
import pytest

from core.lessons.inside import charts, looking, mistakes, panels
from core.training.engine import train
from core.training.experiment import Experiment

ROWS, MANY = 6, 3


@pytest.fixture(scope="module")
def asked():
    return looking.answers()[:MANY, :ROWS]


@pytest.fixture(scope="module")
def networks():
    return looking.network_of(looking.trained()[:MANY])


def rows():
    return looking.data()["X_test"][:ROWS]


def by_hand(theta, picture):
    """The scores of one network for one picture, with nothing of the core."""
    hidden, last = theta[: looking.HIDDEN].reshape(32, 65), theta[looking.HIDDEN :].reshape(10, 33)
    a = np.maximum(hidden[:, :-1] @ picture + hidden[:, -1], 0)
    return last[:, :-1] @ a + last[:, -1], a, last


def test_scores_are_those_by_hand(networks):
    found = looking.scores(networks, rows())
    for m in range(MANY):
        for n in range(ROWS):
            expected = by_hand(looking.trained()[m].astype(float), rows()[n])[0]
            np.testing.assert_allclose(found[:, m, n], expected, atol=1e-10)


def test_saliency_is_what_a_nudge_of_each_pixel_says(networks, asked):
    step, found = 1e-6, looking.slopes(networks, rows(), asked)
    for k in range(looking.PIXELS):
        up, down = rows().copy(), rows().copy()
        up[:, k] += step
        down[:, k] -= step
        ends = [looking.of_class(looking.scores(networks, page), asked) for page in (up, down)]
        np.testing.assert_allclose(found[k], (ends[0] - ends[1]) / (2 * step), atol=1e-6)


def test_one_network_says_the_same_as_beside_others(networks, asked):
    together = looking.maps(networks, rows(), asked)
    alone = looking.maps(looking.network_of(looking.trained()[1]), rows(), asked[1:2])
    for name in looking.METHODS:
        np.testing.assert_allclose(alone[name][:, 0], together[name][:, 1], atol=1e-10)


@pytest.mark.parametrize("side", [1, 2, 3])
def test_occlusion_is_a_plain_loop_over_patches(side):
    theta, picture = looking.trained()[0].astype(float), rows()[2]
    answer, falls, many = int(looking.answers()[0, 2]), np.zeros((8, 8)), np.zeros((8, 8))
    whole = by_hand(theta, picture)[0][answer]
    for row in range(8 - side + 1):
        for column in range(8 - side + 1):
            page = picture.reshape(8, 8).copy()
            page[row : row + side, column : column + side] = 0
            falls[row : row + side, column : column + side] += whole - by_hand(theta, page.ravel())[0][answer]
            many[row : row + side, column : column + side] += 1
    found = looking.Looked(picture, looking.trained()[0]).maps(answer, side)["occlusion"]
    np.testing.assert_allclose(found, (falls / many).ravel(), atol=1e-10)


def test_gradient_times_input_is_occlusion_where_no_unit_switches(networks, asked):
    found = looking.maps(networks, rows(), asked)
    for m in range(MANY):
        theta = looking.trained()[m].astype(float)
        for n in range(ROWS):
            before = by_hand(theta, rows()[n])[1] > 0
            for k in range(looking.PIXELS):
                after = by_hand(theta, rows()[n] * (np.arange(64) != k))[1] > 0
                if np.array_equal(before, after):
                    assert abs(found["product"][k, m, n] - found["occlusion"][k, m, n]) < 1e-9


def test_an_empty_page_says_nothing_but_its_slopes():
    found = looking.Looked(np.zeros(64), looking.trained()[0]).maps(0)
    assert not found["product"].any()
    assert not found["occlusion"].any()
    assert found["saliency"].any()


@pytest.fixture
def rounded(monkeypatch):
    """Scores whose last digits are any: so another processor, or another batch, rounds them."""
    scores, silenced, rng = looking.scores, looking.silenced, np.random.default_rng(0)

    def shaken(compute):
        return lambda *given: (z := compute(*given)) * (1 + 1e-14 * rng.normal(size=z.shape))

    monkeypatch.setattr(looking, "scores", shaken(scores))
    monkeypatch.setattr(looking, "silenced", shaken(silenced))


@pytest.mark.parametrize("side", [1, 2, 3])
@pytest.mark.usefixtures("rounded")
def test_what_is_only_rounded_is_no_fall(networks, asked, side):
    found = looking.occlusion(networks, rows(), asked, side)
    reach = np.einsum("pk,pn->kn", looking.patches(side), looking.patches(side) @ rows().T)  # ink that can be taken
    assert not found[np.broadcast_to((reach == 0)[:, None], found.shape)].any()
    assert (found != 0).sum() > 10 * ROWS * MANY
    for theta in looking.trained():
        one = looking.Looked(np.zeros(looking.PIXELS), theta)
        assert not one.maps(one.answer, side)["occlusion"].any()
        of = panels.of_methods(one, one.maps(one.answer, side), waiting=False)
        assert not of[2].marked.any()
        assert not of[3].marked.any()
        assert not any("shared" in panel.more for panel in of)
        assert charts.panels_text(of, "").count("strongest none") == 2


@pytest.mark.usefixtures("rounded")
def test_a_unit_that_is_off_adds_nothing():
    one = looking.Looked(rows()[2], looking.trained()[0])
    adds = looking.ablation(one.theta, one.units, np.array([[one.answer]]))
    np.testing.assert_array_equal(adds != 0, one.units > 0)


def test_ablation_is_activation_times_weight():
    theta, picture = looking.trained()[0], rows()[2]
    one = looking.Looked(picture, theta)
    z, a, last = by_hand(theta.astype(float), picture)
    np.testing.assert_allclose(one.units[:, 0], a, atol=1e-10)
    found = looking.ablation(theta, one.units, np.array([[one.answer]]))[:, 0]
    np.testing.assert_allclose(found, a * last[one.answer, :-1], atol=1e-10)
    kept = np.ones((32, 1))
    kept[[3, 8]] = 0
    expected = last[:, :-1] @ (a * kept[:, 0]) + last[:, -1]
    np.testing.assert_allclose(looking.silenced(theta, one.units, kept)[:, 0], expected, atol=1e-10)
    np.testing.assert_allclose(one.chances, np.exp(z) / np.exp(z).sum(), atol=1e-10)


def test_the_culprit_is_the_patch_whose_loss_costs_most():
    theta, picture = looking.trained()[0].astype(float), rows()[2]
    answer = np.array([[int(looking.answers()[0, 2])]])
    lost = [by_hand(theta, picture * (np.arange(64) != k))[0][answer[0, 0]] for k in range(64)]
    mark = mistakes.culprits(theta, picture[None], answer, 1)[0]
    assert np.flatnonzero(mark).tolist() == [int(np.argmin(lost))]
    pages, _ = mistakes.erased(theta, picture[None], answer, 1)
    np.testing.assert_array_equal(pages[0], np.where(mark, 0, picture))
    untouched, now = mistakes.erased(theta, picture[None], answer, 0)
    assert np.array_equal(untouched[0], picture)
    assert now[0] == answer[0, 0]


def test_the_gallery_is_what_it_says():
    d = looking.data()
    for m in (0, 7):
        found = mistakes.worst(m)
        assert set(found["row"]) == set(np.flatnonzero(looking.answers()[m] != d["y_test"]))
        assert (np.diff(found["sure"]) <= 0).all()
        right = mistakes.gallery(m, "right")
        assert (right["truth"] == right["answer"]).all()
        assert len(right["row"]) == mistakes.MOST_SHOWN


def test_the_simulator_trains_the_same_network():
    run = train(looking.experiment(3))
    assert np.mean(run.decide(looking.data()["X_test"]) == looking.answers()[3]) > 0.98
    assert Experiment.from_query(looking.experiment(3).to_query()) == (looking.experiment(3), [])
