"""How the parts of a ranking are said."""

from __future__ import annotations

from sxsh_options.i18n import Wording
from sxsh_options.i18n.results import distinct_names
from tests.unit.charts.builders import row


def test_equal_names_are_told_apart() -> None:
    options = [row("A", name="Bơm"), row("B", name="Bơm"), row("C", name="Quạt")]
    assert distinct_names(options, Wording("vi")) == {"A": "Bơm", "B": "Bơm (2)", "C": "Quạt"}


def test_names_are_in_the_language() -> None:
    lamps = [row("A", name="Đèn LED", name_en="LED lamps")]
    assert distinct_names(lamps, Wording("en")) == {"A": "LED lamps"}
