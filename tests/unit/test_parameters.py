"""Looking up dated values: both sides of every date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sxsh_options.errors import ParameterError
from sxsh_options.parameters import DatedValue, ParameterSet, default_parameters, load, weakest

RATE = """
id = "test.rate"
description = { vi = "Mức thử", en = "Test rate" }
unit = "fraction"
kind = "number"

[[values]]
from = 2020-01-01
value = 0.1
evidence = "read"
reference = { title = "Luật A", article = "Điều 1" }

[[values]]
from = 2022-01-01
still_valid_on = 2023-06-30
value = 0.2
evidence = "secondary"
reference = { title = "Luật B" }
note = { vi = "Theo báo chí.", en = "From news." }

[[values]]
from = 2024-01-01
from_assumed = true
unknown = true
evidence = "read"
reference = { title = "Luật C", article = "Điều 2" }
note = { vi = "Chưa biết mức.", en = "The figure is not known." }

[[values]]
from = 2025-01-01
repealed_on = 2026-01-01
value = 3
evidence = "read"
reference = { title = "Luật D" }
"""

TEMPORARY = """
id = "test.temporary"
description = { vi = "Mức tạm", en = "Temporary rate" }
unit = "fraction"
kind = "number"

[[values]]
from = 2025-07-01
until = 2026-12-31
value = 0.08
evidence = "read"
reference = { title = "Luật E" }
"""

CONSTANT = """
id = "test.constant"
description = { vi = "Hằng số", en = "Constant" }
unit = "-"
kind = "text"
timeless = true

[[values]]
value = "x"
evidence = "read"
reference = { title = "Sổ tay" }
"""


@pytest.fixture
def parameters(tmp_path: Path) -> ParameterSet:
    (tmp_path / "family").mkdir()
    (tmp_path / "family" / "test.rate.toml").write_text(RATE, encoding="utf-8")
    (tmp_path / "test.temporary.toml").write_text(TEMPORARY, encoding="utf-8")
    (tmp_path / "test.constant.toml").write_text(CONSTANT, encoding="utf-8")
    return load(tmp_path)


def refusal(parameters: ParameterSet, parameter_id: str, on: date) -> tuple[str, dict[str, object]]:
    with pytest.raises(ParameterError) as error:
        parameters.get(parameter_id, on)
    (message,) = error.value.messages
    return message.code, message.params


def codes(value: DatedValue) -> list[str]:
    return [message.code for message in value.messages]


def test_before_the_first_date_the_error_names_that_date(parameters: ParameterSet) -> None:
    code, params = refusal(parameters, "test.rate", date(2019, 12, 31))
    assert code == "parameter.before_first"
    assert params["first"] == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("on", "value"),
    [
        (date(2020, 1, 1), 0.1),
        (date(2021, 12, 31), 0.1),
        (date(2022, 1, 1), 0.2),
        (date(2023, 12, 31), 0.2),
        (date(2025, 1, 1), 3.0),
        (date(2025, 12, 31), 3.0),
    ],
)
def test_the_value_in_force_on_a_day(parameters: ParameterSet, on: date, value: float) -> None:
    assert parameters.get("test.rate", on).number == value


def test_a_value_comes_with_its_source(parameters: ParameterSet) -> None:
    value = parameters.get("test.rate", date(2021, 1, 1))
    assert (value.reference.title, value.reference.article) == ("Luật A", "Điều 1")
    assert (value.valid_from, value.unit, value.evidence) == (date(2020, 1, 1), "fraction", "read")


def test_past_its_check_a_value_may_be_out_of_date(parameters: ParameterSet) -> None:
    assert codes(parameters.get("test.rate", date(2023, 6, 30))) == []
    late = parameters.get("test.rate", date(2023, 7, 1))
    assert codes(late) == ["parameter.may_be_out_of_date"]
    assert late.messages[0].params["checked_on"] == date(2023, 6, 30)


def test_what_is_not_known_has_no_number(parameters: ParameterSet) -> None:
    value = parameters.get("test.rate", date(2024, 1, 1))
    assert value.value is None
    assert codes(value) == ["parameter.not_known", "parameter.start_assumed"]
    assert value.messages[0].params["act"] == "Luật C Điều 2"
    with pytest.raises(ParameterError):
        _ = value.number


def test_repealed_says_so(parameters: ParameterSet) -> None:
    code, params = refusal(parameters, "test.rate", date(2026, 1, 1))
    assert code == "parameter.repealed"
    assert params["repealed_on"] == date(2026, 1, 1)


def test_a_temporary_value_holds_through_its_last_day(parameters: ParameterSet) -> None:
    assert parameters.get("test.temporary", date(2026, 12, 31)).number == 0.08
    assert refusal(parameters, "test.temporary", date(2027, 1, 1))[0] == "parameter.ended"


def test_a_constant_has_no_date(parameters: ParameterSet) -> None:
    value = parameters.get("test.constant", date(1900, 1, 1))
    assert (value.value, value.valid_from) == ("x", None)
    with pytest.raises(ParameterError) as error:
        _ = value.number
    assert error.value.messages[0].code == "parameter.not_number"


def test_an_unknown_id_is_named_with_what_is_near(parameters: ParameterSet) -> None:
    code, params = refusal(parameters, "test.rat", date(2021, 1, 1))
    assert code == "parameter.unknown"
    assert str(params["suggestions"]).split(", ")[0] == "test.rate"


def test_data_years_that_are_not_there_are_listed() -> None:
    with pytest.raises(ParameterError) as error:
        default_parameters().for_data_year("grid_emission_factor", 2024)
    (message,) = error.value.messages
    assert message.code == "parameter.no_data_year"
    assert message.params["known"].startswith("2014, 2015")
    assert message.params["known"].endswith("2023")


def test_the_weakest_evidence_counts() -> None:
    assert weakest("read", "secondary") == "secondary"
    assert weakest("unverified-low", "derived", "read") == "unverified-low"
