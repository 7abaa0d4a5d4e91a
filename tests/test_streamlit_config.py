"""The settings of the app: safe, known to the installed Streamlit, and legible (WCAG 2.2 AA)."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.config import get_config_options

CONFIG = tomllib.loads((Path(__file__).parents[1] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def leaves(table: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{prefix}{key}.")
        else:
            yield prefix + key


def luminance(color: str) -> float:
    """Relative luminance, WCAG 2.2."""
    shares = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_as_the_standard_has_it() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)  # the known lightest AA grey


def test_every_setting_is_known() -> None:
    assert set(leaves(CONFIG)) <= set(get_config_options())


def test_safe_settings() -> None:
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["server"]["maxUploadSize"] == 30
    assert CONFIG["browser"]["gatherUsageStats"] is False


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_is_legible(mode: str) -> None:
    theme = CONFIG["theme"][mode]
    for background in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        for text in (
            theme["textColor"],
            theme["linkColor"],
            theme["codeTextColor"],
            theme["dataframeHeaderTextColor"],
        ):
            assert contrast(text, background) >= 4.5
        for shape in (theme["primaryColor"], theme["borderColor"], *theme["chartCategoricalColors"]):
            assert contrast(shape, background) >= 3
    assert contrast("#ffffff", theme["primaryColor"]) >= 4.5  # the words on a main button
