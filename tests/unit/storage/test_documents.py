from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from sxsh_options.errors import Message
from sxsh_options.model import Assessment
from sxsh_options.parameters import DATA_FOLDER
from sxsh_options.services.examples import examples
from sxsh_options.storage import read_assessment, read_assessment_bytes
from sxsh_options.storage.documents import read_assessment_json, write_assessment_json

EXAMPLES = [example.path for example in examples() if example.kind == "assessment"]

DOCUMENT = {
    "schema_version": 1,
    "id": "nha-may",
    "title": "Nhà máy giấy",
    "facility": {"name": "Giấy Sông Hồng", "legal_form": "cooperative", "revenue_vnd": 1.5e10},
    "baseline": {
        "start": "2025-01-01",
        "end": "2025-12-31",
        "production": [{"name": "Giấy kraft", "quantity": 1200, "unit": "t"}],
        "flows": [
            {
                "id": "dien",
                "resource": "electricity",
                "quantity": 850000,
                "unit": "kWh",
                "unit_price": 1834.5,
            },
            {"resource": "steam", "quantity": 0, "unit": "t", "vat_rate": 0.08, "vat_deductible": False},
        ],
    },
    "options": [
        {
            "name": "Biến tần",
            "category": "equipment_modification",
            "capex": [
                {"kind": "equipment", "amount": {"amount": 2280, "currency": "USD"}},
                {"kind": "training", "amount": 0},
            ],
            "annual_saving": 1e6,
            "savings": [{"resource": "electricity", "percent": 12.5, "of_flow": "dien"}],
            "technical_life_years": 10,
            "feasibility": {"quality": "good", "space": "manageable"},
            "decision": {"triage": "analyse_further"},
        }
    ],
    "assumptions": {
        "price_growth": {"electricity": 0.03},
        "weights": {"technical": 25, "economic": 50, "environmental": 25},
    },
    "exchange_rates": [{"currency": "USD", "vnd_per_unit": 25000, "on": "2025-06-30", "source": "Ngân hàng"}],
    "overrides": [
        {
            "kind": "price",
            "key": "steam",
            "value": 4e5,
            "unit": "t",
            "reason": "Hợp đồng",
            "on": "2025-02-28",
        },
        {
            "kind": "parameter",
            "key": "discount_rate.default",
            "value": 0.12,
            "unit": "",
            "reason": "Ngân hàng yêu cầu",
        },
    ],
}


def read(document: dict[str, object], encoding: str = "utf-8") -> Assessment:
    return read_assessment_json(json.dumps(document, ensure_ascii=False).encode(encoding), "a.json")


def test_a_whole_document() -> None:
    assessment = read(DOCUMENT)
    (option,) = assessment.options
    assert option.capex[0].amount.currency == "USD"
    assert option.capex[1].amount.amount == 0
    assert option.savings[0].percent == 12.5
    assert assessment.baseline is not None
    assert assessment.baseline.start == date(2025, 1, 1)
    assert assessment.baseline.flows[0].unit_price is not None
    assert assessment.baseline.flows[0].unit_price.amount == 1834.5
    assert assessment.exchange_rates[0].on == date(2025, 6, 30)
    assert assessment.overrides[0].on == date(2025, 2, 28)
    assert assessment.facility.name == "Giấy Sông Hồng"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings(encoding: str) -> None:
    assert read(DOCUMENT, encoding) == read(DOCUMENT)


def test_windows_1258_is_noted() -> None:
    notes: list[Message] = []
    data = b'{"schema_version": 1, "id": "a", "title": "Gi\xe2\xecy", "facility": {"name": "b"}}'  # â, acute
    assert read_assessment_json(data, "a.json", notes).title == "Giấy"
    assert [note.code for note in notes] == ["input.read_as_windows_1258"]


def test_round_trip() -> None:
    assessment = read(DOCUMENT)
    written = write_assessment_json(assessment)
    again = read_assessment_json(written.encode(), "a.json")
    assert again == assessment
    assert write_assessment_json(again) == written


def test_what_is_written_can_be_read_by_people() -> None:
    written = write_assessment_json(read(DOCUMENT))
    assert written.startswith('{\n  "schema_version": 1,\n  "id": "nha-may",\n  "title": "Nhà máy giấy",\n')
    assert written.endswith("}\n")
    assert "null" not in written


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_read_and_written(path: Path) -> None:
    assessment = read_assessment(path)
    assert read_assessment_bytes(write_assessment_json(assessment).encode(), "copy.json") == assessment


def test_a_table_becomes_a_document() -> None:
    assessment = read_assessment(DATA_FOLDER / "examples" / "options_flat_vi.csv")
    assert read_assessment_bytes(write_assessment_json(assessment).encode(), "copy.json") == assessment
