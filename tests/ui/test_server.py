"""The server loads what is heavy when it starts, and not when the first visitor waits."""

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import streamlit as st
from streamlit.web.server.app_discovery import discover_asgi_app

from core.ui import server

ROOT = Path(__file__).parents[2]
START = """
import asyncio, gc, logging, sys, warnings
logging.disable()  # caches say that no server is running here
from streamlit_app import app
heavy = {"altair", "pandas", "sklearn.datasets", "sklearn.model_selection"}
before = gc.get_freeze_count()
async def start():
    async with app._user_lifespan(app):
        print(before, sorted(heavy - set(sys.modules)), gc.get_freeze_count() > 100_000)
asyncio.run(start())
"""


def test_streamlit_run_finds_what_the_server_starts_with():
    found = discover_asgi_app(ROOT / "streamlit_app.py")
    assert found.is_asgi_app
    assert found.import_string == "streamlit_app:app"


def test_all_that_is_heavy_is_loaded_when_the_server_starts():
    quiet = os.environ | {"STREAMLIT_SERVER_HEADLESS": "true"}
    done = subprocess.run(
        [sys.executable, "-c", START], cwd=ROOT, env=quiet, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.split("\n")[0] == "0 [] True", done.stderr


def start(monkeypatch, headless):
    """Start with everything slow left out; return what was opened in a browser."""
    opened = []

    class AtOnce:
        def __init__(self, seconds, function, arguments):
            self.start = lambda: function(*arguments)

    options = {"server.headless": headless, "browser.serverAddress": "localhost", "browser.serverPort": 8501}
    monkeypatch.setattr(server, "warm_up", lambda: True)
    monkeypatch.setattr(server.st, "get_option", options.__getitem__)
    monkeypatch.setattr(server.threading, "Timer", AtOnce)
    monkeypatch.setattr(server.webbrowser, "open", opened.append)

    async def through():
        async with server.lifespan(st.App(ROOT / "streamlit_app.py")):
            pass

    with ThreadPoolExecutor(1) as beside:  # this thread may have a loop of its own already, a browser's
        beside.submit(asyncio.run, through()).result()
    return opened


def test_the_browser_opens_by_itself(monkeypatch):
    assert start(monkeypatch, headless=False) == ["http://localhost:8501"]


def test_without_a_screen_no_browser_opens(monkeypatch):
    assert start(monkeypatch, headless=True) == []
