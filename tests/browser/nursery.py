"""Servers of the app to test against, each as cold as one that was just started; `forking.py` makes them quickly."""

import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = 60  # seconds that a server may take to become healthy


@dataclass(frozen=True)
class Server:
    """One running app: where it listens, what it has written, its process, and where it came from.

    ``begins`` is where in the log, in bytes, the present test begins: a traceback is the fault of one test only.
    """

    url: str
    log: Path
    pid: int
    nursery: "Nursery"
    begins: int = 0

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rpartition(":")[2])

    def from_now_on(self) -> "Server":
        """Return the same server for another test."""
        return replace(self, begins=self.log.stat().st_size)

    def tracebacks(self) -> str:
        """Return what the server wrote from its first traceback in this test on; "" when there is none."""
        written = self.log.read_bytes()[self.begins :].decode(errors="replace")
        at = written.find("Traceback (most recent call last)")
        return written[at : at + 3000] if at >= 0 else ""

    def stop(self) -> None:
        """End it, and leave its port to the next one."""
        self.nursery.order(f"stop {self.pid}")
        deadline = time.monotonic() + LONGEST
        while listens(self.port):
            if time.monotonic() > deadline:
                raise RuntimeError(f"the app at port {self.port} did not end")
            time.sleep(0.02)
        self.nursery.ports.append(self.port)

    def wait_until_healthy(self) -> None:
        """Wait until it answers; no page is asked for."""
        deadline = time.monotonic() + LONGEST
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(self.url + "/_stcore/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"the app did not become healthy:\n{self.log.read_text(errors='replace')[-2000:]}")


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def listens(port: int) -> bool:
    """Return whether somebody answers at a port."""
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


class Nursery:
    """Starts servers; their logs go into a folder.

    The next server gets the port of one that has ended: a browser knows Streamlit's own files by it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.started = folder, 0
        self.ports: list[int] = []
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("forking.py"))],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def order(self, line: str) -> int:
        """Give an order; return the number of the process that it was about."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def start(self) -> Server:
        """Start the app and wait until it is healthy. No page has been asked for yet."""
        port = self.ports.pop() if self.ports else free_port()
        self.started += 1
        log = self.folder / f"server-{self.started}.log"
        server = Server(f"http://127.0.0.1:{port}", log, self.order(f"start {port} {log}"), self)
        server.wait_until_healthy()
        return server

    def close(self) -> None:
        """End all servers."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(20)
        assert self.process.stdout
        self.process.stdout.close()
