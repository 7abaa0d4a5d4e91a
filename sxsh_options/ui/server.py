"""The app's own server: ``python -m sxsh_options.ui.server``, quick from the first visit on.

The framework collects garbage after every run of a page, and looks at every object of every library and
every visitor for it. Here the libraries are loaded once, as soon as the first page is shown, and then taken
out of the collector's sight; from then on Python alone decides when to collect.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import io
import logging
import pkgutil
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import TextIO

import streamlit as st
from streamlit.runtime.scriptrunner import script_runner
from streamlit.web.bootstrap import load_config_options

import sxsh_options
from sxsh_options.errors import InputError, Message, message
from sxsh_options.i18n import LANGUAGES
from sxsh_options.ui import shell
from sxsh_options.ui.language import wording_in

OK, BAD_INPUT = 0, 2
PAGE = Path(sxsh_options.__file__).parents[1] / "app.py"

_LIBRARIES = ("altair", "babel.numbers", "pandas", "pyarrow", "sqlalchemy.orm")
_LAST_PORT = 65535
_RUN_OF_A_PAGE = "ScriptRunner.scriptThread"  # what the framework calls the thread
_LONGEST_WAIT, _LOOK_EVERY = 10.0, 0.05  # seconds
_log = logging.getLogger(__name__)


def serve(port: str | None = None, *, browser: bool = True) -> int:
    """Serve the app until it is interrupted; return the exit code.

    Parameters
    ----------
    port : str, optional
        To listen on. Without it the port of the settings, or one of the next that is free.
    browser : bool
        Whether to open the app in the browser.
    """
    settings: dict[str, object] = {
        "server.fileWatcherType": "none",  # nobody edits the program while it serves
        "logger.hideWelcomeMessage": True,  # ours is said, in both languages
    }
    if not browser:
        settings["server.headless"] = True
    app = st.App(PAGE, lifespan=_lifespan)
    sys.argv = [str(PAGE)]  # beside which the framework looks for its settings
    try:
        if port is not None:
            settings["server.port"] = _port(port)
            load_config_options(settings)
            _must_be_free(st.get_option("server.address"), port)
    except InputError as error:
        _say(sys.stderr, *error.messages)
        return BAD_INPUT
    _keep_web_server_quiet()
    with suppress(KeyboardInterrupt):  # the usual way to end it
        app.run(config=settings)
    return OK


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    """Say where the app is and open it; load what further pages need once the first is shown."""
    url = f"http://{st.get_option('server.address') or 'localhost'}:{st.get_option('server.port')}"
    _say(sys.stdout, message("server.running", url=url))
    threading.Thread(target=_warm_up_in_time, daemon=True).start()
    if not st.get_option("server.headless"):
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
    yield


def _port(text: str) -> int:
    port = int(text) if text.isascii() and text.isdecimal() else 0
    if not 1 <= port <= _LAST_PORT:
        raise InputError(message("server.not_a_port", port=text))
    return port


def _must_be_free(address: str | None, port: str) -> None:
    family = socket.AF_INET6 if address and ":" in address else socket.AF_INET
    try:
        socket.create_server((address or "", int(port)), family=family).close()
    except OSError as error:
        raise InputError(message("server.port_taken", port=port)) from error


def _warm_up_in_time() -> None:
    """Warm up when the first run of a page is over: that page must not wait for what others need.

    Nor before it, while the browser is on its way: loading then holds up the files that the browser asks for,
    and the first page shows a second later.
    """
    _wait_until(_a_page_runs)
    _wait_until(lambda: not _a_page_runs())
    warm_up()


def _a_page_runs() -> bool:
    return any(thread.name == _RUN_OF_A_PAGE for thread in threading.enumerate())


def _wait_until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds, but not for ever: nobody may come."""
    end = time.monotonic() + _LONGEST_WAIT
    while not condition() and time.monotonic() < end:
        time.sleep(_LOOK_EVERY)


def warm_up() -> None:
    """Load what the pages need, then take it all out of the garbage collector's sight."""
    with shell.loading:
        try:
            _import_all()
            _rehearse()
        except Exception:  # the page that needs what is missing will say so
            _log.exception("Warming up failed")
    shell.loaded.set()
    gc.collect()
    gc.freeze()
    _collect_at_pythons_own_pace()


def _import_all() -> None:
    """Import the libraries that pages draw and write with, and all of our own."""
    for library in _LIBRARIES:
        importlib.import_module(library)
    for module in pkgutil.walk_packages(sxsh_options.__path__, "sxsh_options."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            importlib.import_module(module.name)


def _collect_at_pythons_own_pace() -> None:
    """Keep the framework from collecting garbage after every run of a page.

    That looks at all that all visitors have open, a quarter of the work of a run where they have many
    options. Python collects by itself when enough is new.
    """
    script_runner.gc = SimpleNamespace(collect=lambda _generation: 0)  # type: ignore[assignment, attr-defined]


def _rehearse() -> None:
    """Open the library of assessments, and read the data files and texts, as the start page does."""
    from sxsh_options.day import today
    from sxsh_options.services.examples import load_example
    from sxsh_options.services.ranking import RankRequest, rank
    from sxsh_options.ui.listing import lead
    from sxsh_options.ui.start import SAMPLE
    from sxsh_options.ui.work import repository

    repository()
    ranked = rank(load_example(SAMPLE), RankRequest(as_of=today()))
    for lang in LANGUAGES:
        lead(ranked, wording_in(lang))


def _keep_web_server_quiet() -> None:
    """Leave out the web server's own English account of starting and ending; its errors stay."""
    from uvicorn.config import LOGGING_CONFIG

    LOGGING_CONFIG["loggers"]["uvicorn.error"]["level"] = "WARNING"


def _say(stream: TextIO, *messages: Message) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")  # a console without Vietnamese letters must not stop us
    for what in messages:
        for lang in LANGUAGES:
            stream.write(f"{wording_in(lang).word(what)}\n")
    stream.flush()


def main(arguments: Sequence[str]) -> int:
    """Serve the app as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m sxsh_options.ui.server", allow_abbrev=False)
    parser.add_argument("--port")
    parser.add_argument("--no-browser", action="store_true")
    given = parser.parse_args(arguments)
    return serve(given.port, browser=not given.no_browser)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
