"""The lines of arithmetic give what they say."""

import re

import pytest

from core.lessons.regularization import worked


@pytest.mark.parametrize("strength", [0.003, 0.3])
@pytest.mark.parametrize(("penalty", "pulls"), [("l1", (1, 1)), ("l2", (2, 0.02))])
def test_the_pull_on_a_large_weight_and_a_small_one(penalty, pulls, strength):
    line = re.sub(r"\\textcolor\{[^}]*\}", "", worked.laws(penalty, strength)).replace("{", "").replace("}", "")
    pulled = [float(v) for v in re.findall(r"\\times [.\d]+ = ([.\d]+)", line)]
    assert pulled == pytest.approx([strength * w for w in pulls], rel=0.01)
