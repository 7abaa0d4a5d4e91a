"""The app's own server: it says where it is, refuses a port that it cannot have, and ends quietly."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.runtime.scriptrunner import script_runner

from sxsh_options.ui import server
from sxsh_options.ui.work import repository

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8.600", "abc", "８６００", ""])
def test_what_is_no_port_is_refused_in_both_languages(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert server.main([f"--port={port}", "--no-browser"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"Cổng phải là số nguyên từ 1 đến 65535, không phải “{port}”. Ví dụ: --port 8600.",
        f"A port is a whole number from 1 to 65535, not “{port}”. For example: --port 8600.",
    ]


@pytest.fixture
def taken() -> Iterator[str]:
    """Return a port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield str(other.getsockname()[1])


def test_a_port_that_is_taken_is_refused_in_both_languages(
    taken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert server.main(["--port", taken, "--no-browser"]) == 2
    vi, en = capsys.readouterr().err.splitlines()
    assert vi.startswith(f"Cổng {taken} không dùng được")
    assert en.startswith(f"Port {taken} cannot be used")


def test_warming_up_freezes_what_is_loaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SXSH_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(script_runner, "gc", gc)  # put back when the test is over
    before = gc.get_freeze_count()
    try:
        server.warm_up()
        assert gc.get_freeze_count() > before + 100_000  # the libraries
        collections = gc.get_stats()[2]["collections"]
        script_runner.gc.collect(2)  # what the framework calls after each run
        assert gc.get_stats()[2]["collections"] == collections
    finally:
        gc.unfreeze()
        repository.clear()  # it stands in this test's own folder


@pytest.mark.slow
def test_it_says_where_it_is_and_ends_on_interrupt(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "sxsh_options.ui.server", "--no-browser"],
        cwd=ROOT,
        env={**os.environ, "SXSH_DATA_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    said = [process.stdout.readline(), process.stdout.readline()]
    if os.name == "nt":  # which sends Ctrl-C to whole consoles only
        process.kill()
    else:
        process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=60)
    assert said[0].startswith("SXSH Options đang chạy tại http://localhost:")
    assert said[1].startswith("SXSH Options is running at http://localhost:")
    assert (process.returncode if os.name != "nt" else 0, rest, errors) == (0, "", "")
