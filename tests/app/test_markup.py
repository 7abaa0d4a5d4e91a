"""Markup, look and replaced words of the framework, without a page."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from sxsh_options.i18n import Wording
from sxsh_options.screening.results import Source
from sxsh_options.ui import figures, framework_words, shell
from sxsh_options.ui.markup import Html, join, table, tag

STYLE = (Path(shell.__file__).with_name("style.css")).read_text(encoding="utf-8")
PAIR = re.compile(r"(--sx-[a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")


def test_texts_are_escaped_and_markup_is_not() -> None:
    assert tag("p", "<b> & 'x'") == "<p>&lt;b&gt; &amp; &#x27;x&#x27;</p>"
    assert tag("p", tag("b", "x")) == "<p><b>x</b></p>"
    assert tag("p", (tag("i", c) for c in "ab"), " <") == "<p><i>a</i><i>b</i> &lt;</p>"
    assert join(["<", Html("<br>")]) == "&lt;<br>"


def test_attributes_are_escaped_and_left_out() -> None:
    assert tag("a", class_='"x"', data_label="l", open=True, title=None, hidden=False) == (
        '<a class="&quot;x&quot;" data-label="l" open></a>'
    )


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        table(["a", "b"], [["1"]], caption="c")


def luminance(color: str) -> float:
    shares = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_our_colours_are_legible(mode: int) -> None:
    """WCAG 2.2 AA: 4.5 : 1 for text on the page's ground, and on the ground of its own colour."""
    colors = {name: pair[mode] for name, *pair in PAIR.findall(STYLE)}
    page = {0: ("#ffffff", "#f2f6f4"), 1: ("#101817", "#1b2725")}[mode]  # as in .streamlit/config.toml
    for name in ("quiet", "accent", "warm", "cold", "link"):
        grounds = [*page, colors["--sx-ground"]]
        grounds += [colors[f"--sx-{name}-ground"]] if f"--sx-{name}-ground" in colors else []
        for ground in grounds:
            dark, light = sorted((luminance(colors[f"--sx-{name}"]), luminance(ground)))
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, ground)


def test_our_words_cannot_leave_the_style_element() -> None:
    class Rude(Wording):
        def text(self, code: str, /, **params: object) -> str:
            return 'a"b\\c</style><script>'

    style = framework_words.style(Rude("vi"))
    inside = style.removeprefix("<style>").removesuffix("</style>")
    assert "<" not in inside
    assert 'a"b' not in inside


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_word_of_the_framework_has_ours(lang: str) -> None:
    style = framework_words.style(Wording(lang))  # type: ignore[arg-type]
    assert "screen." not in style


def test_the_parts_of_a_source_are_set_apart() -> None:
    source = Source("Trung An", "derived", article="02/2026", valid_from=date(2022, 1, 1))
    cell = re.sub("<[^>]+>", "", figures.source_cell(source, Wording("vi"))).replace("\u00a0", " ")
    assert cell.endswith(" Trung An · 02/2026 · từ 01/01/2022")
