"""The router: every page of "How neural networks learn" is reached through here."""

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # small matrices: one thread is faster, and it must be said before NumPy is there

import streamlit as st

from core.ui import fault, frame, line, server

if __name__ == "__main__":  # a visitor's browser asks for a page: Streamlit runs this file as a script
    with line.line().turn():
        page = frame.navigation()
        page.run()
else:  # the server imports it, once, when it starts
    app = st.App(__file__, lifespan=server.lifespan, on_script_error=fault.apologize)
