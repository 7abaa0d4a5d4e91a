"""What goes out as a workbook comes in again equal, whatever the assessment holds."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sxsh_options.errors import InputError
from sxsh_options.i18n import Wording
from sxsh_options.i18n.texts import Lang
from sxsh_options.model import Answer, Assessment, Category, CostKind
from sxsh_options.model.facility import WastewaterTreatment
from sxsh_options.storage.workbook import read_workbook, write_workbook
from tests.builders import AS_OF

# Texts with all that XML cannot hold, or that a spreadsheet would take for something else.
texts = st.text(
    alphabet=st.one_of(
        st.sampled_from("aĐđấ =+-@'\"<>&\n\r\t\x01\x0b_x0041;:|*?~\u2028\ufffe"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=30,
)
names = texts.filter(bool)
ids = st.from_regex(r"[A-Za-zĐ0-9_.;:,|*?#=][ A-Za-z0-9_.;:,|*?#=]{0,8}", fullmatch=True).filter(
    lambda written: not written.startswith("=")
)
finite = st.floats(-1e18, 1e18)
positive = st.floats(0, 1e18)
share = st.floats(0, 1)
rate = st.floats(-0.99, 10)
days = st.dates().map(lambda day: day.isoformat())
currencies = st.sampled_from(["VND", "USD", "EUR", "THB"])
treatments = st.sampled_from(WastewaterTreatment.__args__)  # type: ignore[attr-defined]
resources = st.sampled_from(
    [
        ("electricity", "kWh"),
        ("electricity", "mwh"),
        ("water", "m3"),
        ("diesel", "lít"),
        ("coal", "tấn"),
        ("cod", "kg"),
    ]
)
end_uses = st.sampled_from(["elec_light", "elec_motor"])


def money(amounts: st.SearchStrategy[float]) -> st.SearchStrategy[Any]:
    """Return amounts in dong or another currency."""
    return st.builds(lambda amount, currency: {"amount": amount, "currency": currency}, amounts, currencies)


def some(**optional: st.SearchStrategy[Any]) -> dict[str, Any]:
    """Return optional fields."""
    return {"optional": optional}


def rows(row: st.SearchStrategy[dict[str, Any]], most: int = 3) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Return rows, each with an id of its own."""
    return st.lists(st.tuples(ids, row), max_size=most, unique_by=lambda pair: pair[0]).map(
        lambda pairs: [{"id": row_id, **row} for row_id, row in pairs]
    )


costs = st.fixed_dictionaries(
    {"kind": st.sampled_from([kind.value for kind in CostKind]), "amount": money(positive)},
    **some(
        name=texts,
        low=money(positive),
        high=money(positive),
        suggested=money(positive),
        vat_rate=share,
        vat_deductible=st.booleans(),
    ),
)
plain_cost = st.tuples(ids, money(positive)).map(
    lambda pair: [{"id": pair[0], "kind": "other", "amount": pair[1]}]
)
quantities = st.builds(
    lambda resource, quantity, more: {
        "resource": resource[0],
        "unit": resource[1],
        "quantity": quantity,
        **more,
    },
    resources,
    finite,
    st.fixed_dictionaries({}, **some(low=finite, high=finite, end_use=end_uses)),
)
plain_quantities = st.builds(
    lambda resource, quantity: {"resource": resource[0], "unit": resource[1], "quantity": quantity},
    resources,
    finite,
)
benefits = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["avoided_fee", "avoided_treatment", "revenue", "quality", "other"]),
        "amount": money(finite),
    },
    **some(name=texts, low=money(finite), high=money(finite)),
)
flows = st.builds(
    lambda resource, quantity, more: {
        "resource": resource[0],
        "unit": resource[1],
        "quantity": quantity,
        **more,
    },
    resources,
    positive,
    st.fixed_dictionaries(
        {},
        **some(
            name=texts,
            process_step=texts,
            end_use=end_uses,
            unit_price=money(positive),
            vat_rate=share,
            vat_deductible=st.booleans(),
            note=texts,
        ),
    ),
)
years = st.integers(1, 100)
options = st.fixed_dictionaries(
    {"name": names, "technical_life_years": years},
    **some(
        name_en=texts,
        category=st.sampled_from([category.value for category in Category]),
        catalogue_id=ids,
        process_step=texts,
        capex=plain_cost | rows(costs),
        annual_saving=money(finite),
        annual_saving_low=money(finite),
        annual_saving_high=money(finite),
        opex_change=money(finite),
        savings=rows(plain_quantities) | rows(quantities),
        benefits=rows(benefits),
        depreciation_life_years=years,
        lead_time_months=positive,
        downtime_days=positive,
        downtime_cost=money(positive),
        working_capital=money(positive),
        salvage=money(positive),
        feasibility=st.dictionaries(
            st.sampled_from(["quality", "capacity", "space", "downtime", "compatibility", "safety"]),
            st.sampled_from([answer.value for answer in Answer]),
        ),
        interaction_group=ids,
        stated_co2e_t_per_year=finite,
        decision=st.fixed_dictionaries(
            {"triage": st.sampled_from(["implement_now", "analyse_further", "rejected"])},
            **some(reason=texts),
        ),
        note=texts,
        source=texts,
    ),
)
assumptions = st.fixed_dictionaries(
    {"inflation_rate": rate},
    **some(
        discount_rate=rate,
        discount_rate_is_real=st.booleans(),
        analysis_years=years,
        price_growth=st.dictionaries(st.sampled_from(["electricity", "water", "coal"]), rate),
        benefit_growth=rate,
        opex_growth=rate,
        tax=st.fixed_dictionaries(
            {},
            **some(
                profile=st.sampled_from(["before_tax", "company", "household"]),
                rate=share,
                losses=st.sampled_from(["offset", "carry_forward"]),
            ),
        ),
        grid_data_year=st.integers(2000, 2100),
        gas_set=st.sampled_from(["AR4", "AR5", "AR6"]),
        weights=st.fixed_dictionaries(
            dict.fromkeys(("technical", "economic", "environmental"), st.floats(0.1, 100))
        ),
    ),
)
projects = st.fixed_dictionaries(
    {},
    optional={
        "project_started": st.booleans(),
        "environmental_project": st.booleans(),
        "energy_saving_share": st.floats(0, 1),
        "environmental_improvement": st.floats(0, 1),
    },
).filter(bool)
loans = st.fixed_dictionaries(
    {"rate": st.floats(0, 1), "term_years": st.integers(2, 40)},
    optional={
        "name": names,
        "source": st.sampled_from(["vepf", "smedf"]),
        "grace_years": st.integers(0, 1),
        "repayment": st.sampled_from(["annuity", "equal_principal"]),
        "fee_share": st.floats(0, 1),
        "share_max": st.floats(0, 1),
        "amount_max_vnd": positive,
    },
)
floating = st.builds(
    lambda loan, years, rate: {**loan, "fixed_years": years, "later_rate": rate},
    loans,
    st.integers(1, 40),
    st.floats(0, 1),
)
choices = st.sampled_from(["vepf", "khuyen_cong_may_moc", "natif_lai_suat"]).flatmap(
    lambda name: st.fixed_dictionaries(
        {"id": st.just(name), "use": st.sampled_from(["count_on", "leave_out"])},
        optional={"amount_vnd": positive},
    )
)
budgets = st.sampled_from(["vepf", "khuyen_cong_may_moc", "natif_lai_suat"]).flatmap(
    lambda name: st.fixed_dictionaries(
        {"id": st.just(name)}, optional={"remaining_vnd": positive, "told_by": texts}
    )
)
financing = st.fixed_dictionaries(
    {},
    optional={
        "objective": st.sampled_from(["npv", "own_capital", "payback", "co2e"]),
        "may_leave_out": st.booleans(),
        "own_capital_vnd": positive,
        "own_share_min": st.floats(0, 1),
        "public_share_max": st.floats(0, 1),
        "collateral_vnd": positive,
        "lent_against_collateral": st.floats(0, 1),
        "min_debt_service_cover": st.floats(0, 10),
        "months_to_payout": st.integers(1, 60),
        "bridge_rate": st.floats(0, 1),
        "usual_bank_loan": st.booleans(),
        "loans": st.lists(loans | floating, min_size=1, max_size=2),
        "sources": st.lists(choices, min_size=1, max_size=2, unique_by=lambda row: row["id"]),
        "remaining_budgets": st.lists(budgets, min_size=1, max_size=2, unique_by=lambda row: row["id"]),
    },
).filter(bool)
facilities = st.fixed_dictionaries(
    {"name": names},
    **some(
        sector=texts,
        legal_form=st.sampled_from(["enterprise", "household", "cooperative", "cooperative_group", None]),
        province=texts,
        commune=texts,
        employees_insured=st.integers(0, 10**9),
        revenue_vnd=positive,
        note=texts,
        tax_code=texts,
        vsic=texts,
        ownership=st.sampled_from(["private", "state", "foreign"]),
        capital_vnd=positive,
        founded_on=days,
        women_owned=st.booleans(),
        commune_kind=st.sampled_from(["xa", "phuong", "dac_khu"]),
        province_before_merger=texts,
        commune_kind_before_merger=st.sampled_from(["xa", "phuong", "thi_tran"]),
        district_kind_before_merger=st.sampled_from(["huyen", "thi_xa", "thanh_pho", "quan"]),
        city_class_before_merger=st.sampled_from(["1", "2", "3", "special"]),
        ward_converted_on=days,
        craft_village=st.booleans(),
        industrial_zone=st.booleans(),
        applies_cleaner_production=st.booleans(),
        environmental_permit=st.booleans(),
        previous_state_support=st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "cost_item": st.sampled_from(["machinery", "pilot_model", "assessment"]),
                    "source": names,
                    "year": st.integers(1990, 2200),
                    "amount_vnd": positive,
                },
            ).filter(bool),
            max_size=2,
        ),
    ),
)
said = st.fixed_dictionaries({"reason": names}, **some(by=texts, on=days))
overrides = st.one_of(
    st.builds(
        lambda kind, resource, value: {"kind": kind, "key": resource[0], "unit": resource[1], "value": value},
        st.sampled_from(["price", "emission_factor"]),
        resources,
        finite,
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("parameter"),
            "key": st.sampled_from(["discount_rate.default", "fixed_asset.threshold"]),
            "unit": st.sampled_from(["share", "VND/kWh", "", "của tôi"]),
            "value": finite,
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("end_use"),
            "key": end_uses,
            "unit": st.sampled_from(["share", "VND"]),
            "value": share,
        }
    ),
)


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """Return an assessment in which every field may be filled."""
    document: dict[str, Any] = {
        "id": draw(ids),
        "title": draw(names),
        "facility": draw(facilities),
        "project": draw(st.none() | projects),
        "financing": draw(st.none() | financing),
        "options": draw(rows(options)),
        "assumptions": draw(assumptions),
        "exchange_rates": [
            {
                "id": f"r{n}",
                "currency": currency,
                "vnd_per_unit": draw(st.floats(1e-3, 1e9)),
                "on": draw(days),
            }
            | {"source": draw(texts), "evidence": draw(st.sampled_from(["read", "nghe nói"]))}
            for n, currency in enumerate(("USD", "EUR", "THB"))
        ],
        "overrides": [row | draw(said) for row in draw(rows(overrides))],
        "confirmations": [
            row | draw(said)
            for row in draw(rows(st.fixed_dictionaries({"question": ids, "option": ids, "figures": texts})))
        ],
        "note": draw(texts),
        "source": draw(texts),
    }
    if draw(st.booleans()):
        one, other = sorted((draw(days), draw(days)))
        document["baseline"] = {"start": one, "end": other, "flows": draw(rows(flows))}
        product = {"name": names, "quantity": st.floats(1e-9, 1e18), "unit": names}
        document["baseline"]["production"] = draw(rows(st.fixed_dictionaries(product)))
        if draw(st.booleans()):
            document["baseline"]["wastewater_treatment"] = draw(treatments)
    known = document.get("baseline", {}).get("flows", [])
    for option in document["options"]:
        others = [other["id"] for other in document["options"] if other is not option]
        if others and draw(st.booleans()):
            option["excludes"] = draw(st.lists(st.sampled_from(others), max_size=3))
        if known and draw(st.booleans()):
            flow = draw(st.sampled_from(known))
            percent = {
                "percent": draw(st.floats(-1e18, 100)),
                "low": draw(finite),
                "base_share": draw(st.floats(1e-9, 1)),
            }
            option["savings"] = [
                {"id": "s", "resource": flow["resource"], "of_flow": flow["id"], **percent},
                *option.get("savings", [])[:1],
            ]
            option["savings"] = list({row["id"]: row for row in option["savings"]}.values())
    document["bundle"] = [option["id"] for option in document["options"] if draw(st.booleans())]
    return Assessment.model_validate_json(json.dumps(document))


@settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(assessments(), st.sampled_from(["vi", "en"]))
def test_every_field_survives_the_way_out_and_in(assessment: Assessment, lang: Lang) -> None:
    read = read_workbook(write_workbook(assessment, Wording(lang), AS_OF), "a.xlsx")
    assert not read.faults
    assert not read.notes
    assert read.assessment == assessment


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_message(data: bytes) -> None:
    for content in (data, b"PK\x03\x04" + data):
        try:
            read_workbook(content, "a.xlsx")
        except InputError as error:
            assert error.messages  # noqa: PT017
        else:
            raise AssertionError(content)
