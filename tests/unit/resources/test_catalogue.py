"""Finding resources by what people call them."""

from __future__ import annotations

import pytest

from sxsh_options.errors import InputError
from sxsh_options.resources import catalogue


@pytest.mark.parametrize(
    ("name", "resource_id"),
    [
        ("electricity", "electricity"), ("ĐIỆN", "electricity"), ("dien nang", "electricity"),
        ("Dầu DO", "diesel"), ("mazut", "fuel_oil"), ("than", "coal"), ("than cám 5", "coal_grade_5_6"),
        ("nước thải", "wastewater"), ("nuoc", "water"), ("R-404A", "r404a"), ("Xút (NaOH)", "caustic_soda"),
        ("  rice   husk ", "rice_husk"), ("hazardous_waste", "hazardous_waste"),
    ],
)  # fmt: skip
def test_names_in_both_languages_with_and_without_accents(name: str, resource_id: str) -> None:
    assert catalogue.find(name).resource_id == resource_id


def test_a_near_miss_is_answered_with_a_question() -> None:
    with pytest.raises(InputError) as error:
        catalogue.find("electrcity")
    (message,) = error.value.messages
    assert message.code == "resource.unknown_near"
    assert message.params["suggestions"].split(", ")[0] == "electricity"


@pytest.mark.parametrize("name", ["", "zzzz", "CO2"])
def test_what_nothing_is_near_to_is_unknown(name: str) -> None:
    with pytest.raises(InputError) as error:
        catalogue.find(name)
    assert error.value.messages[0].code in {"resource.unknown", "resource.unknown_near"}
