"""Where a view draws, and how each view tells what was measured."""

from typing import Any, NamedTuple

from streamlit.delta_generator import DeltaGenerator

from core.charts.theme import Mode
from core.ui import teaching
from core.ui.link import Link
from core.ui.words import View


class Place(NamedTuple):
    """The page as a view gets it: its link, its colors, its two columns."""

    link: Link
    mode: Mode
    left: DeltaGenerator
    right: DeltaGenerator

    def tries(self, view: View, **numbers: Any) -> None:
        """Offer the view's experiments under the picture that they change."""
        with self.right:
            teaching.tries(self.link, view.tries, view.fails, **numbers)
