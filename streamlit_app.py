"""The router: every page of "How neural networks learn" is reached through here."""

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # small matrices: one thread is faster, and it must be said before NumPy is there

from core.ui import frame

page = frame.navigation()
page.run()
