"""The register of sources in the docs names every source as it stands."""

from __future__ import annotations

from pathlib import Path

from sxsh_options.funding import default_register
from sxsh_options.funding.schema import Source

DOC = Path(__file__).resolve().parents[2] / "docs" / "money.md"


def _row(source: Source) -> str:
    """Return the line of a source: evidence and status are those of its newest version."""
    newest = source.versions[-1]
    named = [*newest.references, *(each.reference for each in (*newest.support, *newest.conditions))]
    cells = (
        f"`{source.id}`",
        source.name.en,
        source.kind.replace("_", " "),
        newest.status.replace("_", " "),
        str(len(source.versions)),
        ", ".join(sorted({reference.evidence for reference in named})),
        source.checked_on.isoformat(),
        source.missing.en if source.missing else "",
    )
    return f"| {' | '.join(cells)} |"


def test_every_source_stands_in_the_register_as_it_is() -> None:
    lines = DOC.read_text(encoding="utf-8").splitlines()
    rows = {line.split("|")[1].strip(" `"): line for line in lines if line.startswith("| `")}
    register = default_register()
    assert rows == {name: _row(source) for name, source in register.sources.items()}
    assert not register.faults
