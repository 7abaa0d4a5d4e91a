"""Names of downloaded files that every system takes."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

LONGEST = 80  # characters, the ending included
_D_WITH_STROKE = str.maketrans("đĐ", "dD")  # the one Vietnamese letter that does not come apart
_NOT_SAFE = re.compile(r"[^A-Za-z0-9]+")


def assessment_file_name(title: str, kind: Literal["json", "csv", "xlsx", "ics"]) -> str:
    """Return a file name for an assessment: its title in plain letters, ``SXSH-Nha-may-sua.xlsx``.

    The product's name stands in front, so that no title gives a name that a system keeps for itself.
    """
    apart = unicodedata.normalize("NFKD", title[:1_000].translate(_D_WITH_STROKE))
    plain = _NOT_SAFE.sub("-", "".join(c for c in apart if not unicodedata.combining(c)))
    stem = f"SXSH-{plain.strip('-')}"[: LONGEST - len(kind) - 1].rstrip("-")
    return f"{stem}.{kind}"
