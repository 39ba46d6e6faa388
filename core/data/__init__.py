"""Data: the points a network learns from, and how they are made ready for it.

spec.py            what a dataset is: inputs X, answers y, and the names of both
classification.py  points in a plane that belong to classes, drawn by a formula
regression.py      curves and surfaces with noise on them
real.py            measured data that come with scikit-learn
datasets.py        all datasets by name
gates.py           logic gates: the smallest datasets there are
features.py        new inputs computed from old ones
label_noise.py     wrong labels, on purpose
splits.py          which examples to learn from, and which to test on
scaling.py         zero mean and unit spread for each input
prepare.py         all of this in the one order that does not leak
ink.py             digits drawn by hand, and how a link holds them
cells.py           a learner's own file: from bytes to a grid of text, safely
table.py           from that grid to points to predict, or examples to learn from
"""
