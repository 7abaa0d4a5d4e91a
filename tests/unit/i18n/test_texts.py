"""Locale files: found by code, read late, and nothing raises on a bad one."""

from pathlib import Path

from sxsh_options.i18n import Texts, Wording

CONTENT = """# A comment with [brackets]
[fruit.apple]
params = { count = "integer" }
vi = "{count} quả táo"
en = "{count} apples"

[fruit.apple.note]  # below another
vi = "táo đỏ"
en = "red apples"
"""


def test_texts_are_found_by_code(tmp_path: Path) -> None:
    (tmp_path / "fruit.toml").write_text(CONTENT, encoding="utf-8")
    texts = Texts(tmp_path)
    assert texts.codes() == ("fruit.apple", "fruit.apple.note")
    apple = texts.get("fruit.apple")
    assert apple is not None
    assert apple.params == {"count": "integer"}
    assert apple.texts == {"vi": "{count} quả táo", "en": "{count} apples"}
    assert texts.get("fruit.pear") is None
    assert Wording("en", texts).text("fruit.apple.note") == "red apples"


def test_a_table_that_is_no_toml_is_shown_by_its_code(tmp_path: Path) -> None:
    (tmp_path / "fruit.toml").write_text("[fruit.apple]\nvi = không có ngoặc\n", encoding="utf-8")
    assert Wording("vi", Texts(tmp_path)).text("fruit.apple", count=2) == "fruit.apple (count=2)"


def test_a_text_without_the_language_is_shown_by_its_code(tmp_path: Path) -> None:
    (tmp_path / "fruit.toml").write_text('[fruit.apple]\nvi = "táo"\n', encoding="utf-8")
    assert Wording("en", Texts(tmp_path)).text("fruit.apple") == "fruit.apple"
