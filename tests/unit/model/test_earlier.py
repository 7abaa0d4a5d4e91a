"""Documents that were written before something was renamed."""

from __future__ import annotations

import json

import pytest

from sxsh_options.model.earlier import with_todays_names
from sxsh_options.storage.documents import read_assessment_json
from tests.builders import option


@pytest.mark.parametrize(
    ("form", "today"), [("company", "enterprise"), ("other", None), ("household", "household")]
)
def test_earlier_names_are_read(form: str, today: str | None) -> None:
    facility = {"name": "Sữa", "legal_form": form, "employees": 12}
    document = {"schema_version": 1, "id": "a", "title": "A", "facility": facility, "options": [option()]}
    read = read_assessment_json(json.dumps(document).encode(), "a.json").facility
    assert (read.legal_form, read.employees_insured) == (today, 12)


def test_what_has_todays_names_is_left_alone() -> None:
    document = {"facility": {"name": "x", "legal_form": "enterprise", "employees_insured": 3}}
    assert with_todays_names(document) is document
    for strange in ({}, {"facility": None}, {"facility": {"legal_form": ["company"]}}):
        assert with_todays_names(strange) is strange


def test_a_city_class_may_be_a_number_and_unknown_may_be_null() -> None:
    facility = {
        "name": "x",
        "city_class_before_merger": 2,
        "sector": None,
        "province": None,
        "tax_code": None,
    }
    document = {"schema_version": 1, "id": "a", "title": "A", "facility": facility, "options": [option()]}
    read = read_assessment_json(json.dumps(document).encode(), "a.json").facility
    assert (read.city_class_before_merger, read.sector, read.province, read.tax_code) == ("2", "", "", "")
