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
names.py           when two column names mean the same, and how to show them
numerals.py        one number as people write it, in its two readings
faults.py          why a cell is not a number, in words
units.py           numbers with a unit, which is left out where a whole column has it
decoding.py        a learner's own file: from bytes to text, safely
records.py         from text to rows of cells
heads.py           what stands above and beside the numbers
cells.py           all of that in its order: from bytes to a grid of cells
values.py          from cells to numbers: which decimal sign a table uses
one_hot.py         words as inputs, one for each
points.py          points to predict, from a file or a typed table
table.py           a dataset to learn from
carried.py         a small data set as one word of a link
drawn.py           points by a formula of the learner's own
own.py             a learner's own data as a data set among the others
reach.py           how far new points lie from those that were learned from
writing.py         from a table to the bytes of a CSV file
"""
