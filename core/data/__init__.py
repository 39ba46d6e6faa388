"""Data: the points a network learns from, and how they are made ready for it.

Read these files in this order:

1. ``spec``            what a data set is: inputs, answers, names
2. ``classification``  moons, circles, blobs, XOR, spirals, two Gaussians
3. ``regression``      a plane, a sine, a bump, a wiggly curve
4. ``real``            flowers, wines, tumors, handwritten digits, patients
5. ``datasets``        the registry of all of them, and ``load``
6. ``features``        new inputs computed from old ones: x₁², x₁x₂, sin x₁
7. ``splits``          which points to learn from and which to keep for the test
8. ``label_noise``     wrong labels, on purpose
9. ``scaling``         zero mean and unit spread, measured on the training points only
10. ``prepare``        all of these in their order: from a name to a network's inputs
11. ``cells``          a learner's own file: from bytes to a grid of text, safely
12. ``table``          from that grid to points or to a data set

Imports run downwards in this list, and none leads out of ``core/data`` except to NumPy, pandas and scikit-learn.
"""
