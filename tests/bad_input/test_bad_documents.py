"""Bad assessments in JSON: every fault at once, each with the path of its field."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from sxsh_options.errors import InputError, Message
from sxsh_options.funding import default_register
from sxsh_options.i18n import Wording
from sxsh_options.storage import read_assessment_bytes, source_faults

Fault = tuple[str, str | None]


def faults(content: str | bytes) -> list[Message]:
    data = content.encode() if isinstance(content, str) else content
    with pytest.raises(InputError) as caught:
        read_assessment_bytes(data, "a.json")
    for message in caught.value.messages:
        assert message.place is not None
        assert message.place.file == "a.json"
        for lang in ("vi", "en"):
            text = Wording(lang).word(message)
            assert message.code not in text, "a fault without words"
            assert "{" not in text.replace("{…}", "")
    return list(caught.value.messages)


def located(content: str | bytes) -> list[Fault]:
    return [(m.code, m.place and m.place.field) for m in faults(content)]


def document(**parts: Any) -> dict[str, Any]:
    return {"schema_version": 1, "id": "a", "title": "Xưởng", "facility": {"name": "Xưởng"}, **parts}


def wrong(**parts: Any) -> list[Fault]:
    return located(json.dumps(document(**parts)))


def option(**parts: Any) -> dict[str, Any]:
    return {"id": "A", "name": "b", "technical_life_years": 5, **parts}


def replaced(parameter: str, value: float) -> dict[str, Any]:
    return {"kind": "parameter", "key": parameter, "value": value, "unit": "", "reason": "r"}


# JSON


@pytest.mark.parametrize("content", ["", "  \n", "\ufeff"])
def test_empty(content: str) -> None:
    assert located(content) == [("input.empty_document", None)]


@pytest.mark.parametrize(
    ("content", "line", "position"),
    [
        ('{"schema_version": 1,', 1, 22),
        ('{\n  "id": "a"\n  "title": "b"\n}', 3, 3),
        ("{'id': 1}", 1, 2),
        ('{"a": 1} x', 1, 10),
        ("hello", 1, 1),
        ('{"a": 01}', 1, 8),
    ],
)
def test_broken_json_says_where(content: str, line: int, position: int) -> None:
    (fault,) = faults(content)
    assert fault.code == "input.json_broken"
    assert fault.params == {"line": line, "position": position}
    assert fault.place is not None
    assert fault.place.row == line


def test_keys_twice_and_what_json_does_not_know() -> None:
    content = '{"schema_version": 1, "id": "a", "id": "b", "options": [{"x": NaN, "y": -Infinity, "y": 2}]}'
    assert located(content) == [
        ("input.key_twice", "id"),
        ("input.key_twice", "options[0].y"),
        ("input.json_not_a_value", "options[0].x"),
    ]


@pytest.mark.parametrize("depth", [250, 1_500, 200_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_depth_bombs(depth: int, opening: str, closing: str) -> None:
    content = '{"schema_version": 1, "note": ' + opening * depth + "1" + closing * depth + "}"
    assert [code for code, _ in located(content)] == ["input.json_too_deep"]


def test_crowds() -> None:
    assert located("[" + "1," * 300_001 + "1]") == [("input.too_many_values", None)]
    assert located(json.dumps({f"k{i}": 1 for i in range(300)})) == [("input.too_many_keys", "")]


def test_half_a_surrogate_pair() -> None:
    content = (
        r'{"schema_version": 1, "id": "a", "title": "\ud83d\ude00 \\ud800",'
        "\n"
        r'"note": "\ud800", "source": "\\\udc00", "facility": {"name": "\ud83d\ud83d\ude00"}}'
    )
    assert [(m.place and m.place.row, m.params) for m in faults(content)] == [
        (2, {"written": r"\ud800", "line": 2, "position": 10}),
        (2, {"written": r"\udc00", "line": 2, "position": 32}),
        (2, {"written": r"\ud83d", "line": 2, "position": 63}),
    ]


@pytest.mark.parametrize("number", ["1e400", "-1e999", "9" * 500, "9" * 5_000])
def test_numbers_beyond_a_double(number: str) -> None:
    content = json.dumps(document(facility={"name": "b", "revenue_vnd": 7})).replace("7", number)
    assert len(faults(content)) == 1


# The document


@pytest.mark.parametrize("content", ["[]", "1", "null", '"x"'])
def test_not_an_assessment(content: str) -> None:
    assert located(content) == [("input.not_an_assessment", None)]


def test_schema_version_missing() -> None:
    (fault,) = faults('{"id": "a"}')
    assert (fault.code, fault.params) == ("input.schema_version_missing", {"reads": 1})


@pytest.mark.parametrize("version", [0, 2, -1])
def test_schema_version_unknown(version: int) -> None:
    assert wrong(schema_version=version) == [("input.schema_version_unknown", "schema_version")]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('"1"', '"1"'),
        ("1.0", "1.0"),
        ("true", "true"),
        ("null", "null"),
        ("[1]", "[…]"),
        ("9" * 10_000, "> 1e308"),
        ("-1e400", "< -1e308"),
    ],
)
def test_schema_version_that_is_no_whole_number(written: str, shown: str) -> None:
    (fault,) = faults(f'{{"schema_version": {written}}}')
    assert fault.code == "input.schema_version_not_a_number"
    assert fault.params == {"value": shown, "reads": 1}


def test_missing_and_unknown_fields() -> None:
    found = faults('{"schema_version": 1, "facilty": {}, "titel": "x", "id": "a", "zzz": 1}')
    assert [(m.code, m.place and m.place.field, m.params.get("near")) for m in found] == [
        ("input.field_missing", "title", None),
        ("input.field_missing", "facility", None),
        ("input.field_unknown_near", "facilty", "facility"),
        ("input.field_unknown_near", "titel", "title"),
        ("input.field_unknown", "zzz", None),
    ]


def test_unknown_field_deep_inside_lists_the_known() -> None:
    (fault,) = faults(
        json.dumps(document(options=[option(capex=[{"kind": "other", "amount": 1, "qqq": 2}])]))
    )
    assert fault.place is not None
    assert (fault.code, fault.place.field) == ("input.field_unknown", "options[0].capex[0].qqq")
    assert fault.params["known"] == ("id, kind, name, amount, low, high, suggested, vat_rate, vat_deductible")


@pytest.mark.parametrize(
    ("parts", "code", "field"),
    [
        ({"title": ""}, "input.field_empty", "title"),
        ({"title": 5}, "input.field_not_text", "title"),
        ({"title": None}, "input.field_not_text", "title"),
        ({"title": "x" * 301}, "input.text_too_long", "title"),
        ({"id": "=a"}, "input.bad_id", "id"),
        ({"facility": []}, "input.field_not_an_object", "facility"),
        ({"facility": {"name": "b", "legal_form": "x"}}, "input.field_not_allowed", "facility.legal_form"),
        (
            {"facility": {"name": "b", "employees_insured": -1}},
            "input.field_below",
            "facility.employees_insured",
        ),
        (
            {"facility": {"name": "b", "employees_insured": 1.5}},
            "input.field_not_a_whole_number",
            "facility.employees_insured",
        ),
        ({"facility": {"name": "b", "revenue_vnd": "1"}}, "input.field_not_a_number", "facility.revenue_vnd"),
        (
            {"facility": {"name": "b", "revenue_vnd": True}},
            "input.field_not_a_number",
            "facility.revenue_vnd",
        ),
        ({"options": {}}, "input.field_not_a_list", "options"),
        ({"options": [5]}, "input.field_not_an_object", "options[0]"),
        (
            {"options": [option(technical_life_years=0)]},
            "input.field_below",
            "options[0].technical_life_years",
        ),
        (
            {"options": [option(technical_life_years=101)]},
            "input.field_above",
            "options[0].technical_life_years",
        ),
        ({"options": [option(category="x")]}, "input.field_not_allowed", "options[0].category"),
        ({"options": [option(annual_saving="1")]}, "input.field_not_an_amount", "options[0].annual_saving"),
        ({"options": [option(), option()]}, "input.duplicate_id", "options[1].id"),
        ({"options": [option(annual_saving=1e19)]}, "input.field_above", "options[0].annual_saving"),
        ({"options": [option(opex_change=-1e19)]}, "input.field_below", "options[0].opex_change"),
        (
            {"options": [option(capex=[{"kind": "other", "amount": 1e308}])]},
            "input.field_above",
            "options[0].capex[0].amount",
        ),
        (
            {"options": [option(savings=[{"resource": "water", "quantity": -1e19, "unit": "m3"}])]},
            "input.field_below",
            "options[0].savings[0].quantity",
        ),
        (
            {"overrides": [replaced("fixed_asset.threshold", 1e19)]},
            "input.field_above",
            "overrides[0].value",
        ),
        (
            {"overrides": [replaced("vat.standard", 0.1)]},
            "input.parameter_not_replaceable",
            "overrides[0].key",
        ),
        (
            {"exchange_rates": [{"currency": "USD", "vnd_per_unit": 2e9, "on": "2025-06-30", "source": "x"}]},
            "input.field_above",
            "exchange_rates[0].vnd_per_unit",
        ),
        (
            {"facility": {"name": "b", "employees_insured": 10**400}},
            "input.field_above",
            "facility.employees_insured",
        ),
        (
            {"options": [option(capex=[{"kind": "other", "amount": -1}])]},
            "input.field_below",
            "options[0].capex[0].amount",
        ),
        (
            {"options": [option(capex=[{"kind": "other", "amount": {"amount": -1}}])]},
            "input.field_below",
            "options[0].capex[0].amount.amount",
        ),
        (
            {"options": [option(annual_saving={"amount": 1, "currency": "usd"})]},
            "input.bad_currency",
            "options[0].annual_saving.currency",
        ),
        (
            {"options": [option(savings=[{"resource": "water", "quantity": 1}])]},
            "input.saving_needs_quantity_or_percent",
            "options[0].savings[0]",
        ),
        (
            {"baseline": {"start": "2025-13-01", "end": "2025-12-31"}},
            "input.field_not_a_date",
            "baseline.start",
        ),
        ({"baseline": {"start": "2025-01-01", "end": 5}}, "input.field_not_a_date", "baseline.end"),
        ({"baseline": {"start": "2025-12-31", "end": "2025-01-01"}}, "input.period_reversed", "baseline.end"),
        ({"assumptions": {"discount_rate": -1}}, "input.field_not_above", "assumptions.discount_rate"),
        (
            {"assumptions": {"discount_rate_is_real": 1}},
            "input.field_not_true_or_false",
            "assumptions.discount_rate_is_real",
        ),
        ({"assumptions": {"discount_rate_is_real": True}}, "input.real_rate_needs_inflation", "assumptions"),
        (
            {"financing": {"loans": [{"id": "a", "rate": 0.08, "term_years": 3, "grace_years": 3}]}},
            "input.grace_not_within_term",
            "financing.loans[0]",
        ),
        (
            {"financing": {"loans": [{"id": "a", "rate": 0.08, "term_years": 3, "fixed_years": 2}]}},
            "input.floating_needs_both",
            "financing.loans[0]",
        ),
        ({"assumptions": {"price_growth": []}}, "input.field_not_an_object", "assumptions.price_growth"),
        (
            {"assumptions": {"weights": {"technical": 0, "economic": 0, "environmental": 0}}},
            "input.weights_all_zero",
            "assumptions.weights",
        ),
    ],
)
def test_fields(parts: dict[str, Any], code: str, field: str) -> None:
    assert wrong(**parts) == [(code, field)]


# Resources, units, links


def test_resources_and_units() -> None:
    assert wrong(
        baseline={
            "start": "2025-01-01",
            "end": "2025-12-31",
            "flows": [
                {"resource": "electrcity", "quantity": 1, "unit": "kwh"},
                {"resource": "water", "quantity": 1, "unit": "kWh"},
                {"resource": "diesel", "quantity": 1, "unit": "xyz"},
            ],
        },
        options=[
            option(savings=[{"resource": "điện", "quantity": 1, "unit": "kwh"}]),
            option(id="B", savings=[{"resource": "qqqq", "quantity": 1, "unit": "kwh"}]),
        ],
        assumptions={"price_growth": {"watr": 0.1}},
        overrides=[
            {"kind": "price", "key": "water", "value": 1, "unit": "kwh", "reason": "r"},
            {"kind": "emission_factor", "key": "qqqq", "value": 1, "unit": "kwh", "reason": "r"},
        ],
    ) == [
        ("resource.unknown_near", "baseline.flows[0].resource"),
        ("conversion.not_for_resource", "baseline.flows[1].unit"),
        ("conversion.unknown_unit", "baseline.flows[2].unit"),
        ("input.resource_not_by_id", "options[0].savings[0].resource"),
        ("resource.unknown", "options[1].savings[0].resource"),
        ("conversion.not_for_resource", "overrides[0].unit"),
        ("resource.unknown", "overrides[1].key"),
        ("resource.unknown_near", "assumptions.price_growth.watr"),
    ]


def test_resource_faults_come_together_with_those_of_fields() -> None:
    found = wrong(title="", options=[option(savings=[{"resource": "qqqq", "quantity": 1, "unit": "kwh"}])])
    assert found == [("input.field_empty", "title"), ("resource.unknown", "options[0].savings[0].resource")]


def test_circular_prerequisites_and_links_that_lead_nowhere() -> None:
    found = faults(
        json.dumps(
            document(
                options=[
                    option(requires=["B"]),
                    option(id="B", requires=["C"]),
                    option(id="C", requires=["A"], excludes=["D"]),
                ]
            )
        )
    )
    assert [m.code for m in found] == ["link.unknown_option", "link.circular"]
    assert set(found[1].params["options"].split(" → ")) == {"A", "B", "C"}


def test_fields_ids_links_and_currencies_come_together() -> None:
    found = faults(
        json.dumps(
            document(
                options=[
                    option(technical_life_years=0, requires=["B", "X"], excludes=["Y"]),
                    option(annual_saving={"amount": 1, "currency": "USD"}),
                    option(id="B", requires=["A"], capex=[{"id": "c", "kind": "other"}, {"id": "c"}]),
                    5,
                    {"name": "c", "requires": ["option1"], "opex_change": {"amount": 1, "currency": "eur"}},
                    option(id="=C", savings=[{"percent": 5, "of_flow": "f"}], excludes=["Z", 7]),
                    option(id="D", savings=[{"resource": "water", "percent": 5, "of_flow": "g"}]),
                ],
                baseline={"start": "2025", "flows": [{"id": "f", "resource": "water", "quantity": -1}]},
            )
        )
    )
    assert {(m.code, m.place and m.place.field, m.params.get("target")) for m in found} >= {
        ("input.field_below", "options[0].technical_life_years", None),
        ("input.duplicate_id", "options[1].id", None),
        ("input.duplicate_id", "options[2].capex[1].id", None),
        ("link.unknown_option", "options[0].requires", "X"),
        ("link.unknown_option", "options[0].excludes", "Y"),
        ("link.names_itself", "options[4].requires", None),
        ("link.unknown_option", "options[5].excludes", "Z"),
        ("link.unknown_flow", "options[6].savings[0].of_flow", None),
        ("link.circular", None, None),
        ("link.no_exchange_rate", None, None),
    }
    assert len([m for m in found if m.code.startswith("link.")]) == 7
    twins = [m.params for m in found if m.code == "input.duplicate_id"]
    assert twins == [{"id": "A", "first": "options[0]"}, {"id": "c", "first": "options[2].capex[0]"}]


def test_many_faults_are_limited() -> None:
    found = faults(json.dumps(document(options=[{"id": f"A{i}"} for i in range(30_000)])))
    assert len(found) == 1001
    assert [(m.code, m.place and m.place.field) for m in found[:3]] == [
        ("input.field_missing", "options[0].name"),
        ("input.field_missing", "options[0].technical_life_years"),
        ("input.field_missing", "options[1].name"),
    ]
    assert found[-1].code == "input.more_faults_possible"


def test_a_fault_behind_many_good_rows_is_found() -> None:
    options = [option(id=f"A{i}") for i in range(25_000)]
    options[-1]["name"] = ""
    assert wrong(options=options) == [("input.field_empty", "options[24999].name")]


LOAN = {"id": "a", "rate": 0.08, "term_years": 3}


def test_decisions_and_loans_name_sources_that_there_are() -> None:
    found = faults(
        json.dumps(
            document(
                title="",
                financing={
                    "sources": [{"id": "vepf", "use": "count_on"}, {"id": "vepff", "use": "leave_out"}],
                    "loans": [
                        {**LOAN, "source": "smedf"},
                        {**LOAN, "id": "b", "source": "smdf"},
                        {**LOAN, "id": "c", "source": "khuyen_cong_thi_diem_sxsh"},
                    ],
                    "remaining_budgets": [{"id": "vepf"}, {"id": "von_tu_co", "remaining_vnd": 1}],
                },
            )
        )
    )
    assert [(m.code, m.place and m.place.field) for m in found] == [
        ("input.field_empty", "title"),
        ("input.unknown_source", "financing.sources[1].id"),
        ("input.unknown_source", "financing.loans[1].source"),
        ("input.source_not_a_loan", "financing.loans[2].source"),
        ("input.source_without_budget", "financing.remaining_budgets[1].id"),
    ]
    assert [m.params["near"].split(", ")[0] for m in found[1:3]] == ["vepf", "smedf"]
    assert "vay_thuong_mai" in found[3].params["allowed"]
    assert "khuyen_cong_may_moc" in found[4].params["allowed"]


def test_decisions_about_a_source_whose_file_cannot_be_used_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    register = default_register()
    less = {name: source for name, source in register.sources.items() if name != "vepf"}
    broken = replace(register, sources=less, left_out=frozenset({"vepf"}))
    monkeypatch.setattr(source_faults, "default_register", lambda: broken)
    source_faults._fault.cache_clear()
    given = document(financing={"sources": [{"id": "vepf", "use": "leave_out"}]})
    kept = read_assessment_bytes(json.dumps(given).encode(), "a.json").financing
    source_faults._fault.cache_clear()
    assert kept is not None
    assert [choice.id for choice in kept.sources] == ["vepf"]


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"financing": {"loans": [LOAN, LOAN]}}, "financing.loans[1].id"),
        ({"financing": {"sources": [{"id": "vepf", "use": "count_on"}] * 2}}, "financing.sources[1].id"),
        (
            {"financing": {"remaining_budgets": [{"id": "vepf"}] * 2}},
            "financing.remaining_budgets[1].id",
        ),
        (
            {"facility": {"name": "b", "previous_state_support": [{"id": "a"}] * 2}},
            "facility.previous_state_support[1].id",
        ),
    ],
)
def test_an_id_twice_is_said_in_every_list(parts: dict[str, Any], field: str) -> None:
    assert wrong(**parts) == [("input.duplicate_id", field)]


def test_an_unknown_end_use_is_named_with_what_is_near() -> None:
    flow = {"id": "f", "resource": "electricity", "quantity": 1, "unit": "kwh", "end_use": "elec_lihgt"}
    (fault,) = faults(
        json.dumps(document(baseline={"start": "2025-01-01", "end": "2025-12-31", "flows": [flow]}))
    )
    assert fault.place is not None
    assert (fault.code, fault.place.field) == ("input.unknown_end_use", "baseline.flows[0].end_use")
    assert "elec_light" in fault.params["near"]
