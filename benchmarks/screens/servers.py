"""Servers to be measured: the app and its peer, started the same way."""

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
PATIENCE = 60.0  # seconds
ANOTHER_PAGE = """
import sys
from pathlib import Path
from sxsh_options.ui import server
server.PAGE = Path(sys.argv[1])
sys.exit(server.main(sys.argv[2:]))
"""
APP = ("-m", "sxsh_options.ui.server")
PEER = ("-c", ANOTHER_PAGE, str(Path(__file__).with_name("peer.py")))


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers, and when its process was started (by ``time.perf_counter``)."""

    pid: int
    port: int
    started: float

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://localhost:{self.port}"


@contextmanager
def served(command: tuple[str, ...], data: Path) -> Iterator[Running]:
    """Run a server with its own data folder until it is no longer needed."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command, "--port", str(port), "--no-browser"],
        cwd=ROOT,
        env={**os.environ, "SXSH_DATA_DIR": str(data)},
        stdout=subprocess.DEVNULL,
    )
    try:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() > started + PATIENCE:
                raise RuntimeError(f"the server did not come up: {command}")
            time.sleep(0.01)
        yield Running(process.pid, port, started)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
