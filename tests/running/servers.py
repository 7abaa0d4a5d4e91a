"""The product's own server in a process of its own, as the tests in a browser and the benchmarks run it."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ("-m", "sxsh_options.ui.server")  # what ``tasks.py app`` runs
PATIENCE = 60.0  # seconds until a server must answer, or have ended
LOG = "server.log"  # in its home folder: what every server said that had it


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Server:
    """A server that was started, and when (by ``time.perf_counter``)."""

    process: subprocess.Popen[bytes]
    port: int
    home: Path
    started: float

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> str:
        """Return what was said by the servers of its home folder."""
        return (self.home / LOG).read_text(encoding="utf-8")

    def wait(self) -> None:
        """Wait until it answers."""
        while not _answers(self.port):
            if self.process.poll() is not None or time.perf_counter() > self.started + PATIENCE:
                raise RuntimeError(f"the server did not come up:\n{self.log}")
            time.sleep(0.01)

    def end(self) -> None:
        """Ask it to end, and wait until it has."""
        self.process.terminate()
        self.process.wait(PATIENCE)

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        self.process.kill()
        self.process.wait(PATIENCE)


def start(home: Path, *, port: int | None = None, command: tuple[str, ...] = APP) -> Server:
    """Start a server with its own home folder, which is also where it keeps assessments.

    Parameters
    ----------
    home : Path
    port : int, optional
        To listen on; without it one that is free.
    command : tuple of str
        What Python is to run.

    Returns
    -------
    Server
        It does not answer yet.
    """
    port = port or free_port()
    started = time.perf_counter()
    places = {name: str(home) for name in ("HOME", "USERPROFILE", "SXSH_DATA_DIR")}
    with (home / LOG).open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, *command, "--port", str(port), "--no-browser"],
            cwd=ROOT,
            env={**os.environ, **places},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    return Server(process, port, home, started)


@contextmanager
def served(home: Path, *, command: tuple[str, ...] = APP) -> Iterator[Server]:
    """Run a server until it is no longer needed."""
    server = start(home, command=command)
    try:
        server.wait()
        yield server
    finally:
        server.end()


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
