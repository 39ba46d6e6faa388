import itertools
import tomllib
from pathlib import Path

import numpy as np
import pytest

from core.charts.theme import (
    BACKGROUND,
    CLASS_COLORS,
    COLORS,
    DASHES,
    GLYPHS,
    SHAPES,
    class_colors,
    contrast,
    diverging,
    mix,
    palette,
    sequential,
)

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text())
MODES = ("light", "dark")
VISION = {  # Machado, Oliveira and Fernandes 2009, severity 1
    "full": np.eye(3),
    "no red cones": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "no green cones": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
}


def lab(color, vision):
    v = np.array([int(color[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    linear = np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.asarray(vision) @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ seen
    f = np.cbrt(xyz / [0.9505, 1, 1.089])
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_contrast_knows_its_ends():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("column", "mode"), list(enumerate(MODES)))
@pytest.mark.parametrize("name", COLORS)
def test_every_color_may_carry_text(name, column, mode):
    assert contrast(COLORS[name][column], BACKGROUND[mode]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_class_colors_may_carry_text_and_begin_with_orange_and_blue(mode):
    assert all(contrast(color, BACKGROUND[mode]) >= 4.5 for color in class_colors(mode, 10))
    assert len(set(class_colors(mode, 10))) == 10
    assert CLASS_COLORS[mode][:2] == (palette(mode)["class0"], palette(mode)["class1"])
    assert len(CLASS_COLORS[mode]) == len(set(SHAPES)) == len(set(GLYPHS)) == len(set(map(str, DASHES))) == 6


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("vision", VISION)
def test_class_colors_are_apart_for_every_eye(mode, vision):
    seen = [lab(color, VISION[vision]) for color in CLASS_COLORS[mode]]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) > 14


@pytest.mark.parametrize("mode", MODES)
def test_diverging_fades_into_the_page(mode):
    p = palette(mode)
    assert diverging(mode) == [p["class0"], p["background"], p["class1"]]
    assert diverging(mode, 0.0) == [p["background"]] * 3
    assert sequential(mode, "input") == [p["background"], p["input"]]


def test_mix_goes_from_one_color_to_the_other():
    assert mix("#000000", "#FF8000", 0) == "#000000"
    assert mix("#000000", "#FF8000", 0.5) == "#804000"
    assert mix("#000000", "#FF8000", 1) == "#FF8000"


@pytest.mark.parametrize("mode", MODES)
def test_config_agrees_with_the_table(mode):
    theme, p = CONFIG["theme"][mode], palette(mode)
    quantity = {
        "background": "background", "text": "text", "link": "positive", "red": "loss",
        "orange": "negative", "green": "activation", "blue": "positive", "violet": "gradient", "gray": "z",
    }  # fmt: skip
    for name, key in quantity.items():
        assert theme[f"{name}Color"] == p[key], name
    assert contrast(theme["primaryColor"], p["background"]) >= 4.5  # the numbers of sliders
    assert contrast(theme["primaryColor"], "#FFFFFF") >= 3.8  # the text on buttons
    for name in ("red", "orange", "green", "blue", "violet", "gray"):
        assert theme[f"{name}TextColor"] == p[quantity[name]]
    orange, blue, *others = CLASS_COLORS[mode]
    assert theme["chartCategoricalColors"] == [blue, orange, *others]
    assert theme["chartSequentialColors"][-1] == p["positive"]
    assert (theme["chartDivergingColors"][0], theme["chartDivergingColors"][-1]) == (p["class0"], p["class1"])
    assert len(theme["chartSequentialColors"]) == len(theme["chartDivergingColors"]) == 10
    assert contrast(p["text"], theme["secondaryBackgroundColor"]) >= 4.5


def test_config_is_quiet():
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["toolbarMode"] == "minimal"
    assert CONFIG["theme"]["font"] == CONFIG["theme"]["headingFont"] == "sans-serif"
