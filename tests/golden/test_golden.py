"""The golden files hold no digit that another processor would write otherwise."""

import re
from pathlib import Path

import pytest

FILES = sorted(Path(__file__).parent.glob("*.json"))
NUMBER = re.compile(r"(?<![\w.])-?(\d+(?:\.\d+)?)(?:e[+-]?\d+)?(?![\w.])")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_number_has_at_most_twelve_digits(path):
    digits = [number.replace(".", "").strip("0") for number in NUMBER.findall(path.read_text())]
    assert len(digits) > 100
    assert [d for d in digits if len(d) > 12] == []
