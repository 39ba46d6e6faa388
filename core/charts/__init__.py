"""Charts: arrays in, ``alt.Chart`` out. Read ``theme``, ``playing`` and ``pictures`` first.

Every chart has a twin in words beside it, called ``..._text``, for its ``alt`` sentence.
"""

from core.charts.confusion import confusion, confusion_text
from core.charts.curves import curves, curves_text
from core.charts.fitted import curve1d, curve1d_text
from core.charts.network import diagram, diagram_text
from core.charts.pictures import grid
from core.charts.plane import boundary, boundary_text
from core.charts.rates import learning_rate, learning_rate_text
from core.charts.surface import surface, surface_text, unit_response, unit_response_text
from core.charts.theme import COLORS, PRECISION, Mode, palette
from core.charts.units import scale_responses

__all__ = [
    "COLORS",
    "PRECISION",
    "Mode",
    "boundary",
    "boundary_text",
    "confusion",
    "confusion_text",
    "curve1d",
    "curve1d_text",
    "curves",
    "curves_text",
    "diagram",
    "diagram_text",
    "grid",
    "learning_rate",
    "learning_rate_text",
    "palette",
    "scale_responses",
    "surface",
    "surface_text",
    "unit_response",
    "unit_response_text",
]
