"""The register of sources in the docs names every source as it stands."""

from __future__ import annotations

from pathlib import Path

from sxsh_options.funding import default_register

DOC = Path(__file__).resolve().parents[2] / "docs" / "money.md"


def test_every_source_stands_in_the_register_with_its_status() -> None:
    lines = DOC.read_text(encoding="utf-8").splitlines()
    rows = {line.split("|")[1].strip(" `"): line for line in lines if line.startswith("| `")}
    register = default_register()
    assert set(rows) == set(register.sources)
    for name, source in register.sources.items():
        cells = [cell.strip() for cell in rows[name].split("|")]
        assert cells[4] == source.versions[-1].status.replace("_", " ")
        assert cells[7] == source.checked_on.isoformat()
