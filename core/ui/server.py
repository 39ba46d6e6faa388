"""What the server does when it starts: it loads what is heavy before the first visitor has to wait for it."""

import ctypes
import gc
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import streamlit as st

M_TRIM_THRESHOLD, M_ARENA_MAX = -1, -8
"""The numbers by which glibc's ``mallopt`` knows its settings (``malloc.h``)."""


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Warm up, then open the browser as ``streamlit run`` does for an app that starts without this."""
    spare_memory()
    warm_up()
    if not st.get_option("server.headless"):
        address = f"http://{st.get_option('browser.serverAddress')}:{st.get_option('browser.serverPort')}"
        threading.Timer(0.5, webbrowser.open, [address]).start()  # by then the server listens
    yield


def spare_memory(pools: int = 2, spare: int = 2**20) -> bool:
    """Let threads share so few pools of memory, each with so many spare bytes at its end; return whether that is done.

    Each visitor's script runs in a thread of its own. By itself glibc gives them up to eight pools a core, and each
    keeps room for the largest array that it ever had: a class of a hundred took 50 MB more. Other C libraries know
    nothing of the sort, and need nothing.
    """
    with suppress(AttributeError, OSError, TypeError):
        library = ctypes.CDLL(None)
        return bool(library.mallopt(M_ARENA_MAX, pools) and library.mallopt(M_TRIM_THRESHOLD, spare))
    return False


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
