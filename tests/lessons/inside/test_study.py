"""Ranks against SciPy, counts against loops, and what the page says of twenty networks."""

import numpy as np
import pytest
from scipy.stats import rankdata, spearmanr

from core.lessons.inside import looking, mistakes, study, words


def test_ranks_and_their_correlation_are_scipys():
    rng = np.random.default_rng(0)
    a, b = rng.integers(0, 5, (4, 30)), rng.normal(size=(4, 30))
    np.testing.assert_allclose(study.ranks(a), rankdata(a, axis=-1))
    expected = [spearmanr(x, y).statistic for x, y in zip(a, b, strict=True)]
    np.testing.assert_allclose(study.rank_correlation(a, b), expected, atol=1e-12)
    assert study.rank_correlation(np.zeros(5), np.arange(5.0)) == 0


def test_alike_is_the_mean_over_digits_of_spearmans():
    rows, answers = looking.data()["X_test"][: study.SOME], looking.answers()[:1, : study.SOME]
    ours = looking.maps(looking.network_of(looking.trained()[0]), rows, answers)
    theirs = looking.maps(looking.network_of(looking.untrained()[0]), rows, answers)
    for count in study.COUNTS:
        for name in looking.METHODS:
            a, b = ours[name][:, 0], theirs[name][:, 0]
            a, b = (a, b) if count == "signed" else (np.abs(a), np.abs(b))
            seen = [rows[n] > 0 if count == "ink" else np.ones(64, bool) for n in range(study.SOME)]
            each = [spearmanr(a[s, n], b[s, n]).statistic for n, s in enumerate(seen)]
            assert abs(study.alike("random", count)[name][0] - np.mean(each)) < 1e-9


def test_strangers_are_made_as_said():
    hidden, ours = looking.HIDDEN, looking.trained()
    output = study.stranger("output")
    np.testing.assert_array_equal(output[:, :hidden], ours[:, :hidden])
    assert not np.isclose(output[:, hidden:], ours[:, hidden:]).all(1).any()
    np.testing.assert_array_equal(study.stranger("random"), looking.untrained())
    np.testing.assert_array_equal(study.stranger("other")[1], ours[0])


def test_shared_and_erased_by_a_loop():
    m, maps = 4, study.many_maps()
    counted = []
    for n in range(study.SOME):
        best = [
            set(np.argsort(-np.abs(maps[k][:, m, n]), kind="stable")[: study.TOP]) for k in ("saliency", "occlusion")
        ]
        counted.append(len(best[0] & best[1]))
    assert abs(np.mean(counted) - study.shared()["saliency"][m]) < 1e-9
    kept = 0
    network = looking.network_of(looking.trained()[m])
    for n in range(study.SOME):
        page = looking.data()["X_test"][n].copy()
        page[np.argsort(-np.abs(maps["occlusion"][:, m, n]), kind="stable")[: study.TOP]] = 0
        kept += looking.scores(network, page[None])[:, 0, 0].argmax() == looking.answers()[m, n]
    assert abs(kept / study.SOME - study.erasing()["occlusion"][m, study.TOP]) < 1e-9


def test_silencing_by_a_loop():
    m, rows = 2, looking.data()["X_test"]
    theta, asked = looking.trained()[m], looking.answers()[m : m + 1]
    units = looking.active(looking.network_of(theta), rows)[:, 0]
    last = theta[looking.HIDDEN :].reshape(10, 33).astype(float)
    changed = 0
    for n in range(len(rows)):
        adds = units[:, n] * last[asked[0, n], :-1]
        left = np.where(np.arange(32) == adds.argmax(), 0, units[:, n])
        changed += (last[:, :-1] @ left + last[:, -1]).argmax() != asked[0, n]
    assert abs(changed / len(rows) - study.silencing()["first"][m]) < 1e-9


@pytest.mark.parametrize("order", study.ORDERS)
def test_taking_units_away_is_silencing_them(order):
    theta, asked, rows = looking.trained()[5], looking.answers()[5:6, :40], looking.data()["X_test"][:40]
    units = looking.active(looking.network_of(theta), rows)[:, 0]
    first, found = study.order_of(theta, units, asked, order), study.changes(theta, units, asked, order)
    for count in (0, 1, 7, 32):
        kept = np.ones(units.shape)
        np.put_along_axis(kept, first[:count], 0.0, 0)
        assert found[count] == np.mean(looking.silenced(theta, units, kept).argmax(0) != asked[0])


def test_each_view_gets_its_numbers():
    for view in ("pixels", "units", "real", "worst"):
        assert all(np.isfinite(value) for value in study.facts(view).values())


def test_what_is_left_without_units_by_hand():
    one = looking.Looked(looking.data()["X_test"][2], looking.trained()[0])
    last = one.theta[looking.HIDDEN :].reshape(10, 33).astype(float)
    adds = last[one.answer, :-1] * one.units[:, 0]
    first, found = np.argsort(-adds)[:3], study.left_of(one)
    for name, off in {"only1": first[:1], "only2": first[1:2], "only3": first[2:], "all_three": first}.items():
        z = last[:, :-1] @ np.where(np.isin(np.arange(32), off), 0, one.units[:, 0]) + last[:, -1]
        assert abs(found[name] - np.exp(z[one.answer]) / np.exp(z).sum()) < 1e-9


def test_a_pixel_at_random_has_ink():
    rows, theta = looking.data()["X_test"], looking.trained()[0]
    assert (rows > 0).sum(1).min() >= mistakes.DRAWS
    seen = []
    network = looking.scores

    def watch(*given):
        seen.append(given[1])
        return network(*given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mistakes, "scores", watch)
        assert mistakes.at_random(theta, rows, 0).shape == (mistakes.DRAWS, len(rows))
    pages = seen[0].reshape(mistakes.DRAWS, *rows.shape)
    assert ((pages != rows).sum(2) == 1).all()
    assert (pages[pages != rows] == 0).all()


@pytest.mark.claims
def test_the_methods_disagree_and_occlusion_finds_what_matters():
    shared, kept = study.shared(), study.erasing()
    assert np.quantile(shared["saliency"], [0, 1]).round().tolist() == [2, 3]  # "two or three"
    assert (shared["product"] > 6.5).all()
    assert np.median(study.shared(3)["product"]) < 0.6 * np.median(shared["product"])
    at = {name: each[:, study.TOP] for name, each in kept.items()}
    assert (at["occlusion"] < at["product"]).all()
    assert (at["product"] + 0.2 < at["saliency"]).all()
    assert (at["saliency"] < at["random"]).mean() > 0.8  # of those with ink
    assert (study.blank() > study.TOP / 2 - 0.5).all()  # "have no ink to erase"


@pytest.mark.claims
def test_the_first_try_turns_signs():
    one = looking.Looked(looking.data()["X_test"][2], looking.trained()[0])
    assert one.answer == 5
    assert study.turned(one, 3) >= 5
    assert study.turned(one, one.answer) == 0
    assert (one.maps(3)["occlusion"] < -0.1).any()  # "orange ink"
    assert (one.maps(3)["saliency"][one.picture == 0] > 0.1).any()  # "blue paper"


@pytest.mark.claims
def test_one_unit_rarely_decides():
    found = study.silencing()
    assert np.median(found["first"]) < 0.2  # "fewer than one in four"
    assert (found["first"] > 0.05).all()  # and not "none"
    assert (found["effect"] <= 4).all()  # "about three"
    assert np.median(found["effect"]) + 0.5 < np.median(found["activity"]) < 6
    assert (found["random"] > 3 * found["activity"]).all()
    assert (found["together"] > 1.5 * found["alone"]).all()  # "together they use it up"
    one = looking.Looked(looking.data()["X_test"][2], looking.trained()[0])
    left = study.left_of(one)
    asked = np.array([[one.answer]])
    for order in ("random", "activity"):  # "without these three it still says 5"
        first = study.order_of(one.theta, one.units, asked, order)[:3, 0]
        assert one.without(first) > 0.9
    assert looking.ablation(one.theta, one.units, asked)[first[0], 0] < -0.5  # "speaks against the 5"
    assert left["least"] == min(left[f"only{k}"] for k in (1, 2, 3)) > 0.9 > 0.6 > left["all_three"]


@pytest.mark.claims
def test_one_unit_can_carry_the_whole_lead():
    """Where it fails: sure and right, and wrong without one unit, which adds more than the lead."""
    fails = words.FAILS_UNITS.values
    one = looking.Looked(looking.data()["X_test"][fails["row"]], looking.trained()[fails["net"] - 1])
    assert one.answer == looking.data()["y_test"][fails["row"]]
    assert one.chances.max() > 0.9
    first = study.order_of(one.theta, one.units, np.array([[one.answer]]), "effect")[:1, 0]
    kept = np.isin(np.arange(looking.UNITS), first, invert=True)[:, None]
    z = looking.silenced(one.theta, one.units, kept)[:, 0]
    assert z.max() - z[one.answer] > 1  # the lead is gone, and more
    assert one.without(first) < 0.2


@pytest.mark.claims
def test_saliency_passes_the_sanity_check_and_the_others_draw_the_digit():
    random, ink, signed = (study.alike("random", count) for count in study.COUNTS)
    for name in ("product", "occlusion"):
        assert (random[name] > 0.85).all()
        assert (ink[name] < 0.5).all()
        assert np.median(ink[name]) > 0.2  # "what remains"
        assert abs(np.median(signed[name])) < 0.1
    assert (np.abs(random["saliency"]) < 0.15).all()
    assert abs(np.median(signed["saliency"])) < 0.1
    assert np.median(study.alike("output")["saliency"]) < 0.3
    assert (study.alike("other")["saliency"] > 0.4).all()
    assert (study.alike("other")["saliency"] < 0.7).all()
    assert (study.alike("other")["product"] > 0.9).all()
    assert np.median(study.alike("other")["product"] - random["product"]) < 0.1  # "hardly notices"
    assert (looking.right() > 0.95).all()


@pytest.mark.claims
def test_one_pixel_mends_about_half_of_the_mistakes():
    one, patch = mistakes.mended(1), mistakes.mended(3)
    assert one["wrong"] > 150
    assert 0.38 < one["mended"] < 0.62
    assert one["mended_sure"] < one["mended"] - 0.08
    assert patch["mended"] < one["mended"] - 0.04
    assert 0.1 < one["spoiled"] < 0.25
    assert one["lot"] < 0.6 * one["mended"]
    assert one["lot_spoiled"] < 0.3 * one["spoiled"]
    assert patch["spoiled"] > 0.65
