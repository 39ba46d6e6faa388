"""Charts: arrays in, ``alt.Chart`` out. Every chart has a twin in words beside it, called ``..._text``.

theme.py      the one table of colors, and the quiet clothes every chart wears
naming.py     how numbers, units and layers are written
playing.py    how one chart holds every frame of a run
pictures.py   frames as small pictures: one image for all of them
contour.py    where a plane of values crosses a level, for every frame
plane.py      what a network answers over the plane of two inputs
surface.py    values over that plane: a regression's answer, or one unit's
fitted.py     a network of one input: its curve through the data
lines.py      what curve charts share
curves.py     curves over the epochs of a run
answers.py    what one example is answered in training mode and in use
band.py       curves of many runs: median and middle eight tenths
gradients.py  the length of each layer's gradient, on a logarithmic axis
histograms.py  how a layer's values are spread, a row a layer
scores.py     how several networks do from many starts
rates.py      the learning rate over a run
rim.py        words that stay readable over a picture
readout.py    the numbers of the moment, in a picture that plays
gallery.py    small pictures of digits, each with a line of words
confusion.py  which classes are taken for which
choosing.py   marks that answer a click, or a finger's tap
paper.py      a digit to draw on
layout.py     where layers and units stand in a diagram
units.py      units as small pictures of where they are active
network.py    the network itself, left to right
flow_data.py  what a drawn network shows at one moment, as rows
flow.py       a small network with its numbers, forward and back
loop.py       the learning loop: four stages in a ring
described.py  a chart as a plain Vega-Lite description
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
