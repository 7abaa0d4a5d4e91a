"""Getting text out: to a terminal of any code page, to a pipe, to a file.

Modules that only one case needs are imported there: a short run is mostly imports.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from sxsh_options.i18n import NO_BREAK_SPACE

READABLE = 120  # cells of a line of prose
_NARROWEST, _PIPED = 60, 160  # cells of a line of a table


def use_utf8() -> None:
    """Let the standard streams write UTF-8 whatever the code page, with line ends as they are given."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def line_width() -> int:
    """Return the cells of a line: those of the terminal, but not fewer than a table can be read in."""
    import shutil

    return max(_NARROWEST, shutil.get_terminal_size((_PIPED, 24)).columns)


def for_terminal(lines: list[str]) -> str:
    """Return lines as one text, with blanks that can be searched for."""
    return "".join(f"{line}\n" for line in lines).replace(NO_BREAK_SPACE, " ")


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, text in UTF-8.

    Raises
    ------
    OSError
        Where the folder cannot be written to; an older file of that name is then untouched.
    """
    import tempfile

    handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:50]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        _usual_permissions(temporary, path)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _usual_permissions(temporary: str, path: Path) -> None:
    """Give a temporary file (private by default) the permissions of what it replaces, or of a new file."""
    if path.exists():
        mode = path.stat().st_mode & 0o777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    Path(temporary).chmod(mode)


def save_crash(error: BaseException) -> Path | None:
    """Write the details of an unexpected error to a file; return it, or ``None`` where that fails too."""
    import tempfile
    import traceback

    details = "".join(traceback.format_exception(error))
    try:
        with tempfile.NamedTemporaryFile(
            "w",
            prefix="sxsh-error-",
            suffix=".txt",
            delete=False,
            encoding="utf-8",
            errors="backslashreplace",
        ) as file:
            file.write(details)
    except OSError:
        return None
    return Path(file.name)


def silence_stdout() -> None:
    """Point standard output nowhere, so that the interpreter does not trip over a closed pipe at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
