"""The server loads what is heavy when it starts, and not when the first visitor waits."""

import asyncio
import os
import platform
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
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


POOLS = """
import ctypes, threading, time
from core.ui import server
library = ctypes.CDLL(None)
library.malloc.restype, library.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
print(server.spare_memory())
threads = [threading.Thread(target=lambda: (library.malloc(50_000), time.sleep(0.2))) for _ in range(12)]
for thread in threads: thread.start()
for thread in threads: thread.join()
library.fopen.restype, library.fopen.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_char_p]
out = library.fopen(b"/dev/stdout", b"w")
library.malloc_info.argtypes, library.fclose.argtypes = [ctypes.c_int, ctypes.c_void_p], [ctypes.c_void_p]
library.malloc_info(0, out), library.fclose(out)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has pools that can be counted")
def test_threads_share_two_pools_of_memory():
    ran = subprocess.run([sys.executable, "-uc", POOLS], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("True")
    assert 1 <= ran.stdout.count("<heap nr=") <= 2
    without = POOLS.replace("print(server.spare_memory())", "")
    ran = subprocess.run([sys.executable, "-uc", without], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.count("<heap nr=") > 2


def test_another_c_library_goes_without(monkeypatch):
    monkeypatch.setattr(server.ctypes, "CDLL", lambda name: object())
    assert not server.spare_memory()
