"""What can be computed is computed; every row that cannot says why, and is lost nowhere."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sxsh_options.i18n import Wording
from sxsh_options.services import editing, workbench
from sxsh_options.services.examples import examples, load_example
from sxsh_options.services.ranking import RankRequest, rank

DAY = date(2026, 11, 22)
REQUEST = RankRequest(as_of=DAY)


def document(*options: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "id": "a",
        "title": "Xưởng dệt",
        "facility": {"name": "Xưởng dệt"},
        "options": list(options),
        **more,
    }


def option(option_id: str, **fields: Any) -> dict[str, Any]:
    whole = {
        "name": f"Giải pháp {option_id}",
        "capex": [{"id": "cost1", "kind": "equipment", "amount": {"amount": 600e6}}],
        "annual_saving": {"amount": 200e6},
        "technical_life_years": 10,
    }
    return {"id": option_id, **{k: v for k, v in {**whole, **fields}.items() if v is not None}}


def reasons(bench: workbench.Workbench) -> dict[str, list[tuple[str, str | None]]]:
    return {
        row.path[-1]: [(r.code, r.place.field if r.place else None) for r in row.reasons]
        for row in bench.unfinished
    }


@pytest.mark.parametrize("example", [e.id for e in examples() if e.kind == "assessment"])
def test_a_whole_assessment_is_ranked_as_it_stands(example: str) -> None:
    assessment = load_example(example)
    bench = workbench.evaluate(assessment.model_dump(mode="json", exclude_none=True), REQUEST)
    assert bench.assessment == assessment
    assert bench.ranked == rank(assessment, REQUEST)
    assert bench.unfinished == ()


def test_an_empty_document_is_an_empty_list() -> None:
    bench = workbench.evaluate({"schema_version": 1, "title": "Mới", "facility": {}, "options": []}, REQUEST)
    assert bench.ranked.options == ()
    assert bench.assessment.facility.name == "Mới"


def test_everything_that_a_row_lacks_is_said_at_once() -> None:
    bench = workbench.evaluate(document(option("o1"), {"id": "o2"}), REQUEST)
    assert [o.option_id for o in bench.ranked.options] == ["o1"]
    assert reasons(bench) == {
        "o2": [
            ("unfinished.missing", "name"),
            ("unfinished.missing", "technical_life_years"),
            ("unfinished.missing", "capex"),
            ("unfinished.no_benefit", "annual_saving"),
        ]
    }


def test_what_a_row_of_an_option_lacks_is_said_of_that_row() -> None:
    bench = workbench.evaluate(document(option("o1", capex=[{"id": "c1", "amount": 2.4e8}])), REQUEST)
    (row,) = bench.unfinished
    (reason,) = row.reasons
    assert (reason.code, reason.params) == ("unfinished.missing_in_row", {"field": "capex[0].kind"})
    assert Wording("vi").word(reason) == "chưa nhập khoản vốn đầu tư 1, loại"


def test_an_investment_of_nothing_is_said_and_not_assumed() -> None:
    none = option("o1", capex=[])
    untouched = option("o2", capex=None)
    bench = workbench.evaluate(document(none, untouched), REQUEST)
    assert [o.option_id for o in bench.ranked.options] == ["o1"]
    assert reasons(bench) == {"o2": [("unfinished.missing", "capex")]}


def test_a_saving_without_a_known_price_is_set_aside_with_the_reason() -> None:
    saving = [{"id": "s1", "resource": "steam", "quantity": 100.0, "unit": "t"}]
    bench = workbench.evaluate(
        document(option("o1"), option("o2", annual_saving=None, savings=saving)), REQUEST
    )
    assert [o.option_id for o in bench.ranked.options] == ["o1"]
    assert [code for code, _ in reasons(bench)["o2"]] == ["value.no_price"]


def test_links_to_a_row_that_is_not_finished_do_not_stop_the_others() -> None:
    bench = workbench.evaluate(
        document(option("o1", excludes=["o2"]), {"id": "o2", "name": "Dở dang"}), REQUEST
    )
    assert [o.option_id for o in bench.ranked.options] == ["o1"]
    assert bench.assessment.options[0].excludes == ()


def test_a_saving_of_a_flow_that_is_not_finished_waits_for_it() -> None:
    saving = [{"id": "s1", "resource": "electricity", "percent": 10.0, "of_flow": "flow1"}]
    baseline = {
        "start": "2025-01-01",
        "end": "2025-12-31",
        "flows": [{"id": "flow1", "resource": "electricity"}],
    }
    bench = workbench.evaluate(
        document(option("o1", annual_saving=None, savings=saving), baseline=baseline), REQUEST
    )
    assert bench.ranked.options == ()
    assert {row.path: [r.code for r in row.reasons] for row in bench.unfinished} == {
        ("baseline", "flows", "flow1"): ["unfinished.missing", "unfinished.missing"],
        ("options", "o1"): ["unfinished.flow"],
    }


def test_a_unit_that_does_not_fit_is_named() -> None:
    saving = [{"id": "s1", "resource": "electricity", "quantity": 5.0, "unit": "m3"}]
    bench = workbench.evaluate(document(option("o1", savings=saving)), REQUEST)
    assert bench.ranked.options == ()
    ((code, _),) = reasons(bench)["o1"]
    assert code == "conversion.not_for_resource"


def test_circular_prerequisites_are_set_aside_together() -> None:
    bench = workbench.evaluate(
        document(option("o1", requires=["o2"]), option("o2", requires=["o1"]), option("o3")), REQUEST
    )
    assert [o.option_id for o in bench.ranked.options] == ["o3"]
    assert set(reasons(bench)) == {"o1", "o2"}


def test_money_in_a_currency_without_a_rate_is_set_aside() -> None:
    foreign = option("o1", annual_saving={"amount": 10_000, "currency": "USD"})
    bench = workbench.evaluate(document(foreign, option("o2")), REQUEST)
    assert [o.option_id for o in bench.ranked.options] == ["o2"]
    assert reasons(bench) == {"o1": [("link.no_exchange_rate", None)]}


def test_drafts_do_not_touch_the_result() -> None:
    whole = document(option("o1"))
    drafted = editing.with_draft(whole, ("options", "o1", "capex"), "sáu trăm triệu")
    assert workbench.evaluate(drafted, REQUEST).ranked == workbench.evaluate(whole, REQUEST).ranked


def test_a_figure_that_could_never_be_read_is_not_left_out_silently() -> None:
    """Savings are known, but the added operating cost is not: the result would be too good."""
    drafted = editing.with_draft(
        document(option("o1"), option("o2")), ("options", "o1", "opex_change"), "vài triệu"
    )
    bench = workbench.evaluate(drafted, REQUEST)
    assert [o.option_id for o in bench.ranked.options] == ["o2"]
    assert reasons(bench) == {"o1": [("unfinished.unread", "opex_change")]}


def test_an_unread_saving_counts_only_where_nothing_stood_before() -> None:
    row = {"id": "s1", "resource": "electricity", "unit": "kwh"}
    path = ("options", "o1", "saving:electricity")
    before = document(option("o1", savings=[{**row, "quantity": 5_000.0}]))
    assert workbench.evaluate(editing.with_draft(before, path, "nhiều"), REQUEST).unfinished == ()
    never = editing.with_draft(document(option("o1", savings=[])), path, "nhiều")
    assert reasons(workbench.evaluate(never, REQUEST)) == {
        "o1": [("unfinished.unread", "saving:electricity")]
    }


def test_what_is_confirmed_is_not_asked_again_until_its_figures_change() -> None:
    cheap = option("o1", capex=[{"id": "c", "kind": "equipment", "amount": {"amount": 600.0}}])
    bench = workbench.evaluate(document(cheap), REQUEST)
    asked = bench.ranked.options[0].warnings
    codes = {question.code for question in asked}
    assert "question.small_capex" in codes
    from sxsh_options.screening.plausibility import figures

    confirmations = [
        {"id": f"c{n}", "question": q.code, "option": "o1", "figures": figures(q), "reason": "đã xem hóa đơn"}
        for n, q in enumerate(asked)
    ]
    settled = workbench.evaluate(document(cheap, confirmations=confirmations), REQUEST)
    assert settled.ranked.options[0].warnings == ()
    dearer = option("o1", capex=[{"id": "c", "kind": "equipment", "amount": {"amount": 700.0}}])
    again = workbench.evaluate(document(dearer, confirmations=confirmations), REQUEST)
    assert "question.small_capex" in {q.code for q in again.ranked.options[0].warnings}


def test_the_projection_has_a_row_for_every_option() -> None:
    given = document(option("o1", category="process_control"), {"id": "o2", "name": "Dở dang"})
    rows = workbench.project(workbench.evaluate(given, REQUEST), given)
    assert [(o.option_id, o.name, o.category, o.finished) for o in rows.options] == [
        ("o1", "Giải pháp o1", "process_control", True),
        ("o2", "Dở dang", None, False),
    ]
    (result,) = rows.results
    # 600 million for 200 million a year
    assert (result.option_id, result.simple_payback_years, result.as_of) == ("o1", 3.0, DAY)
    assert rows.facility.name == "Xưởng dệt"


def test_reasons_name_options_as_their_owner_does() -> None:
    saving = [{"id": "s1", "resource": "steam", "quantity": 5.0, "unit": "t"}]
    unpriced = option("option1", name="Thu hồi nước ngưng", annual_saving=None, savings=saving)
    bench = workbench.evaluate(document(unpriced), REQUEST)
    (row,) = bench.unfinished
    said = Wording("vi").word(row.reasons[0])
    assert "Thu hồi nước ngưng" in said
    assert "option1" not in said


def test_a_flow_of_another_resource_is_named_by_its_resource() -> None:
    saving = [{"id": "s1", "resource": "electricity", "percent": 10.0, "of_flow": "f"}]
    flows = [{"id": "f", "resource": "water", "quantity": 10.0, "unit": "m3"}]
    baseline = {"start": "2025-01-01", "end": "2025-12-31", "flows": flows}
    bench = workbench.evaluate(
        document(option("o1", annual_saving=None, savings=saving), baseline=baseline), REQUEST
    )
    said = [Wording("vi").word(reason) for row in bench.unfinished for reason in row.reasons]
    assert said == ["tiết kiệm điện nhưng lại tính theo dòng nước sạch"]
