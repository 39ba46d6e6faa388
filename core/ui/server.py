"""What the server does when it starts: it loads what is heavy before the first visitor has to wait for it."""

from __future__ import annotations

import gc
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Warm up, then open the browser as ``streamlit run`` does for an app that starts without this."""
    warm_up()
    if not st.get_option("server.headless"):
        address = f"http://{st.get_option('browser.serverAddress')}:{st.get_option('browser.serverPort')}"
        threading.Timer(0.5, webbrowser.open, [address]).start()  # by then the server listens
    yield


@st.cache_resource(max_entries=1, show_spinner=False)
def warm_up() -> bool:
    """Load what charts need, and train once, which loads what data needs; keep the garbage collector off it all.

    Streamlit collects all garbage after every run of a script; over the objects of scikit-learn that takes longer
    than the page itself. Freezing takes them out of its sight. Where a host starts the server in a way of its own, the
    first visitor's page calls this.
    """
    import core.charts.curves  # noqa: F401
    from core.training.engine import train
    from core.training.experiment import Experiment

    train(Experiment(epochs=1))
    gc.collect()
    gc.freeze()
    return True
