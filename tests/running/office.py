"""LibreOffice in a process of its own: opens a workbook, calculates it, and saves it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import tasks

PATIENCE = 120.0  # seconds for one file


def office() -> str:
    """Return the LibreOffice that ``tasks.py test`` has provided, or that of this machine."""
    found = os.environ.get(tasks.OFFICE_VARIABLE) or tasks.find_office()
    assert found, "LibreOffice is missing; `python tasks.py test` installs it"
    return found


def saved_by_office(data: bytes, folder: Path, kind: str = "xlsx") -> bytes:
    """Return a workbook as LibreOffice saves it, its formulas calculated anew.

    Parameters
    ----------
    data : bytes
        Of an ``.xlsx`` file.
    folder : Path
        An empty one; LibreOffice keeps its settings there too.
    kind : str
        Which kind of file to save.
    """
    source, out = folder / "in.xlsx", folder / "out"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office(), profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(source)]
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    saved = out / f"in.{kind}"
    assert saved.exists(), done.stderr.decode(errors="replace")
    return saved.read_bytes()
