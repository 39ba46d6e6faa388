"""Starts servers of the app quickly: a process that has imported the libraries, and forks for each server.

A server from here is as cold as one that was started by hand in all that is ours: no page has run in it, nobody has
spoken to it, its caches are empty, and nothing of ``core/`` is imported. It only need not read NumPy, pandas, Altair,
scikit-learn and Streamlit again, which takes three seconds a server. (Where forking is not safe, it does.)

Each line on standard input is an order, each answered by one line: ``start PORT LOG`` by the number of the process,
``stop PID`` by that number. When the input ends, so do all servers.
"""

import os
import signal
import subprocess
import sys
from importlib import import_module

FORKS = sys.platform == "linux"
LIBRARIES = (
    "numpy", "pandas", "altair", "sklearn.datasets", "sklearn.model_selection",
    "streamlit.web.cli", "streamlit.web.bootstrap", "streamlit.web.server",
)  # fmt: skip


def serve(port: str) -> None:
    """Run the app until the process is ended."""
    sys.argv = [
        "streamlit", "run", "streamlit_app.py", "--server.port", port, "--server.address", "127.0.0.1",
        "--server.headless", "true", "--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false",
    ]  # fmt: skip
    import_module("streamlit.web.cli").main()


def start(port: str, log: str) -> int:
    """Start a server that writes into the file ``log``; return the number of its process."""
    with open(log, "wb") as out:
        if not FORKS:
            return subprocess.Popen([sys.executable, __file__, port], stdout=out, stderr=out).pid
        pid = os.fork()
        if not pid:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
            serve(port)
            os._exit(0)
    return pid


def obey() -> None:
    """Take orders until there are no more."""
    for name in LIBRARIES if FORKS else ():
        import_module(name)
    running: set[int] = set()
    for line in sys.stdin:
        order, number, *log = line.rstrip("\n").split(" ", 2)
        if order == "start":
            pid = start(number, log[0])
            running.add(pid)
        else:
            pid = int(number)
            os.kill(pid, signal.SIGTERM)
            running.discard(pid)
        print(pid, flush=True)
    for pid in running:
        os.kill(pid, signal.SIGTERM)


if __name__ == "__main__":
    os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")  # as streamlit_app.py does
    if hasattr(signal, "SIGCHLD"):
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a server ended
    serve(sys.argv[1]) if sys.argv[1:] else obey()
