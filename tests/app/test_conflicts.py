"""What two windows both changed: named as the screens call it, and written as amounts are elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from sxsh_options.i18n import Wording
from sxsh_options.model import Assessment
from sxsh_options.ui.conflicts import path_of, place_of
from tests.app.forms import page, saved
from tests.app.screens import said

DOCUMENT: dict[str, Any] = {
    "schema_version": 1,
    "title": "T",
    "facility": {"name": "Xưởng", "commune": "Phủ Lý"},
    "baseline": {
        "start": "2025-01-01",
        "end": "2025-12-31",
        "flows": [{"id": "f1", "resource": "electricity", "quantity": 5.0, "unit": "kwh"}],
    },
    "financing": {
        "own_capital_vnd": 1.3e9,
        "own_share_min": 0.25,
        "loans": [
            {"id": "l1", "name": "Quỹ HTX", "rate": 0.085, "term_years": 5},
            {"id": "l2", "rate": 0.09, "term_years": 5, "amount_max_vnd": 2e8},
        ],
        "sources": [{"id": "vepf", "use": "count_on", "amount_vnd": 1e8}],
        "remaining_budgets": [{"id": "vepf", "remaining_vnd": 3e8}],
    },
    "options": [
        {
            "id": "a",
            "name": "Máy nén",
            "capex": [
                {"id": "c1", "kind": "equipment", "amount": {"amount": 5e8, "currency": "VND"}},
                {"id": "c2", "kind": "installation", "amount": {"amount": 1_304_000_000, "currency": "VND"}},
            ],
        }
    ],
}


def shown(path: str, mine: Any, lang: str = "vi") -> str:
    return said(page("facility", {**DOCUMENT, "conflicts": [{"id": path, "mine": mine}]}, lang))


@pytest.mark.parametrize(
    ("path", "mine", "words"),
    [
        (
            "financing/own_capital_vnd",
            1.7e9,
            "Phương án vốn, vốn tự có, nhiều nhất: đang lưu: 1,3 tỷ ₫; giá trị kia: 1,7 tỷ ₫",
        ),
        ("financing/own_share_min", 0.3, "so với vốn đầu tư: đang lưu: 25 %; giá trị kia: 30 %"),
        ("financing/loans/l1/rate", 0.095, "Phương án vốn, Quỹ HTX, "),
        (
            "financing/loans/l2/amount_max_vnd",
            3e8,
            "khoản vay 2, số tiền vay nhiều nhất: đang lưu: 200 triệu ₫",
        ),
        ("financing/sources/vepf/amount_vnd", 2e8, "Quỹ Bảo vệ môi trường Việt Nam"),
        (
            "financing/remaining_budgets/vepf/remaining_vnd",
            2e8,
            "số tiền còn lại: đang lưu: 300 triệu ₫; giá trị kia: 200 triệu ₫",
        ),
        (
            "options/a/capex/c1/amount/amount",
            6e8,
            "Máy nén, khoản vốn đầu tư 1, số tiền: đang lưu: 500 triệu ₫; giá trị kia: 600 triệu ₫",
        ),
        (
            "options/a/capex/c2/amount",
            {"amount": 1_304_500_000, "currency": "VND"},
            "đang lưu: 1.304.000.000 ₫; giá trị kia: 1.304.500.000 ₫",
        ),
        ("baseline/flows/f1/quantity", 6.0, "Dòng tiêu thụ 1 (điện), số lượng: đang lưu: 5; giá trị kia: 6"),
        ("facility/commune", "Ba Đình", "Cơ sở, xã, phường: đang lưu: Phủ Lý; giá trị kia: Ba Đình"),
    ],
)
def test_the_row_and_the_field_are_named(path: str, mine: Any, words: str) -> None:
    assert words in shown(path, mine)
    assert "dòng này:" not in shown(path, mine)


def test_the_same_in_english() -> None:
    assert "saved now: 1.3 billion ₫; the other value: 1.7 billion ₫" in shown(
        "financing/own_capital_vnd", 1.7e9, "en"
    )


def paths(model: type[BaseModel], before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, field in model.model_fields.items():
        yield (*before, name)
        for inner in models(field.annotation):
            yield from paths(inner, (*before, name))


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models(part)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_field_of_an_assessment_has_a_name(lang: Any) -> None:
    wording = Wording(lang)
    assert not [path for path in paths(Assessment) if "_" in place_of({}, path, wording)]
    in_code = [path for path in paths(Assessment) if wording.field(path[-1]) == path[-1]]
    assert lang == "en" or not in_code


def test_a_text_that_did_not_parse_can_be_taken() -> None:
    """Both windows typed into one field what nobody could read."""
    path = "drafts/options/a/capex/text"
    assert path_of(path) == ("drafts", "options/a/capex", "text")
    drafts = [{"id": "options/a/capex", "text": "x12"}]
    app = page("facility", {**DOCUMENT, "drafts": drafts, "conflicts": [{"id": path, "mine": "12x"}]})
    assert "Máy nén, vốn đầu tư" in said(app)
    assert "đang lưu: x12; giá trị kia: 12x" in said(app)
    app.button(key="take_0").click().run()
    assert not app.exception
    assert saved(app)["drafts"] == [{"id": "options/a/capex", "text": "12x"}]
    assert "conflicts" not in saved(app)
