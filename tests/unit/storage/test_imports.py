"""Lenient reading: a file without fault as the strict reader has it, of any other all that is right."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sxsh_options.errors import InputError, Message
from sxsh_options.i18n import Wording
from sxsh_options.model import Assessment
from sxsh_options.services.editing import bare, draft, get
from sxsh_options.services.examples import examples
from sxsh_options.services.workbench import finished
from sxsh_options.storage import read_assessment_bytes
from sxsh_options.storage.documents import write_document_json
from sxsh_options.storage.imports import MAX_OPTIONS, Imported, import_document
from tests.builders import electricity, option

HEADER = (
    "option_id,name,category,capex_vnd,annual_saving_vnd,opex_change_vnd_per_year,lifetime_years,"
    "saving_electricity_kwh,saving_electricity_mwh,saving_water_m3"
)
GOOD = "A,Bọc bảo ôn,process_control,1000000,500000,,5,100,,20"
FILES = [example.path for example in examples() if example.kind != "unfinished"]


def read(*lines: str) -> Imported:
    return import_document("\n".join([HEADER, *lines, ""]).encode(), "bảng.csv")


def read_json(document: dict[str, Any]) -> Imported:
    return import_document(json.dumps(document).encode(), "a.json")


def strict_faults(data: bytes, name: str) -> tuple[Message, ...]:
    with pytest.raises(InputError) as caught:
        read_assessment_bytes(data, name)
    return caught.value.messages


def drafts(found: Imported) -> dict[str, str]:
    return {row["id"]: row["text"] for row in found.document.get("drafts", [])}


def the_option(found: Imported, option_id: str) -> dict[str, Any]:
    made = get(found.document, ("options", option_id))
    assert isinstance(made, dict)
    return made


def document(*options: dict[str, Any], **rest: Any) -> dict[str, Any]:
    named = {"schema_version": 1, "id": "a", "title": "b", "facility": {"name": "c"}}
    return {**named, "options": list(options), **rest}


# Without fault


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_without_fault_is_what_the_strict_reader_reads(path: Any) -> None:
    found = import_document(path.read_bytes(), path.name)
    strict = read_assessment_bytes(path.read_bytes(), path.name)
    assert found == (strict.model_dump(mode="json", exclude_none=True), (), ())
    assert finished(found.document) == (strict, ())


def test_a_guessed_encoding_is_said() -> None:
    table = f"{HEADER}\nA,May,,1,2,,5,,,\n"
    assert import_document(table.encode(), "t.csv").notes == ()
    found = import_document(table.replace("May", "Đá").encode("cp1258"), "t.csv")
    assert [note.code for note in found.notes] == ["input.read_as_windows_1258"]
    assert the_option(found, "A")["name"] == "Đá"


# Tables


def test_a_bad_cell_becomes_a_draft_and_the_rest_of_its_row_is_kept() -> None:
    found = read(GOOD, "B,Thay đèn,process_control,chưa rõ,700000,1000,8,300,,")
    assert drafts(found) == {"options/B/capex": "chưa rõ"}
    assert draft(found.document, ("options", "B", "capex")) == "chưa rõ"
    made = the_option(found, "B")
    assert "capex" not in made
    assert (made["name"], made["category"], made["technical_life_years"]) == (
        "Thay đèn",
        "process_control",
        8,
    )
    assert made["annual_saving"] == {"amount": 700_000.0, "currency": "VND"}
    assert made["opex_change"] == {"amount": 1_000.0, "currency": "VND"}
    assert [(s["resource"], s["quantity"], s["unit"]) for s in made["savings"]] == [
        ("electricity", 300.0, "kwh")
    ]
    assert [(m.code, m.place and m.place.row, m.place and m.place.column) for m in found.faults] == [
        ("input.not_a_number", 3, "capex_vnd")
    ]


def test_good_rows_are_as_if_the_others_were_not_there() -> None:
    alone = read_assessment_bytes(f"{HEADER}\n{GOOD}\n".encode(), "bảng.csv")
    found = read(GOOD, "B,,,x,y,z,0,a,b,c")
    (good,) = alone.model_dump(mode="json", exclude_none=True)["options"]
    assert the_option(found, "A") == good
    assessment, unfinished = finished(found.document)
    assert assessment == alone
    assert [row.path for row in unfinished] == [("options", "B")]


def test_every_field_of_a_row_can_be_wrong() -> None:
    found = read(GOOD, f"B,{'n' * 301},loại lạ,-5,1e30,abc,7.5,nhiều,ít,0x1")
    assert drafts(found) == {
        "options/B/name": "n" * 301,
        "options/B/category": "loại lạ",
        "options/B/capex": "-5",
        "options/B/annual_saving": "1e30",
        "options/B/opex_change": "abc",
        "options/B/technical_life_years": "7.5",
        "options/B/saving:electricity": "nhiều",  # one field takes the text of one column
        "options/B/saving:water": "0x1",
    }
    made = the_option(found, "B")
    assert made["id"] == "B"
    assert made.keys().isdisjoint(
        {"name", "category", "capex", "annual_saving", "opex_change", "technical_life_years"}
    )
    assert len(found.faults) == 9


def test_a_saving_that_is_not_known_keeps_the_option_unfinished() -> None:
    """Its other savings alone would be too little."""
    found = read("B,n,,1000000,,,5,100,,nhiều")
    assert the_option(found, "B")["savings"] == [
        {"id": "saving_electricity_kwh", "resource": "electricity", "quantity": 100.0, "unit": "kwh"},
        {"id": "saving_water_m3", "resource": "water", "unit": "m3"},
    ]
    assert finished(found.document)[0].options == ()


def test_the_draft_of_a_saving_keeps_the_unit_of_its_column() -> None:
    found = read("B,n,,1000000,1,,5,,nhiều,")
    assert drafts(found) == {"options/B/saving:electricity": "nhiều mwh"}


def test_an_option_without_any_saving_is_unfinished_not_worthless() -> None:
    found = read(GOOD, "B,n,,1000000,,,5,,,")
    assert [fault.code for fault in found.faults] == ["input.no_saving"]
    assert drafts(found) == {}
    (row,) = finished(found.document)[1]
    assert [reason.code for reason in row.reasons] == ["unfinished.no_benefit"]


def test_a_row_without_a_name_is_kept_without_one() -> None:
    found = read("B,,,1000000,1,,5,,,")
    assert "name" not in the_option(found, "B")
    assert drafts(found) == {}
    assert [fault.code for fault in found.faults] == ["input.empty_cell"]


def test_an_id_that_is_there_twice_or_not_at_all_or_no_id() -> None:
    found = read(GOOD, GOOD, GOOD.replace("A,", ",", 1), GOOD.replace("A,", "option2,", 1), f"={GOOD}")
    assert [row["id"] for row in found.document["options"]] == [
        "A",
        "option1",
        "option3",
        "option2",
        "option4",
    ]
    assert [fault.code for fault in found.faults] == [
        "input.duplicate_option_id",
        "input.empty_cell",
        "input.bad_id",
    ]
    assert [(n.code, n.params["id"], n.place and n.place.row) for n in found.notes] == [
        ("import.id_given", "option1", 3),
        ("import.id_given", "option3", 4),
        ("import.id_given", "option4", 6),
    ]
    assert len(finished(found.document)[0].options) == 5


def test_a_number_that_can_be_read_both_ways_is_asked_for() -> None:
    found = read("B,n,,1.234,5.000,,5,,,")
    assert drafts(found) == {"options/B/capex": "1.234", "options/B/annual_saving": "5.000"}


def test_numbers_in_two_styles() -> None:
    """Whichever contradicts waits, and with it every number that only a style could settle."""
    found = read('B,n,,1.000.000,"1,5",,5,,,', "C,m,,2000000.5,2.500,,5,,,")
    assert drafts(found) == {"options/C/capex": "2000000.5", "options/C/annual_saving": "2.500"}
    assert the_option(found, "B")["annual_saving"]["amount"] == 1.5


def test_columns_and_rows_that_belong_nowhere_are_named_and_left_out() -> None:
    found = import_document(f"{HEADER},màu\n{GOOD},xanh\n{GOOD}\n".encode(), "t.csv")
    assert [fault.code for fault in found.faults] == ["input.unknown_column", "input.ragged_row"]
    assert [row["id"] for row in found.document["options"]] == ["A"]


def test_a_table_without_any_column_of_savings_is_kept_for_completion() -> None:
    found = import_document(b"option_id,name,capex_vnd,lifetime_years\nA,n,5,6\n", "t.csv")
    assert [fault.code for fault in found.faults] == ["input.no_saving_column"]
    assert the_option(found, "A")["capex"][0]["amount"]["amount"] == 5.0
    assert [row.path for row in finished(found.document)[1]] == [("options", "A")]


def test_many_faults_are_all_kept_as_drafts() -> None:
    rows = [f"o{n},n,,x{n},1,,5,,," for n in range(MAX_OPTIONS)]
    found = read(*rows)
    assert drafts(found) == {f"options/o{n}/capex": f"x{n}" for n in range(MAX_OPTIONS)}
    assert len(found.faults) == 1_001  # and that there are more
    assert found.faults[-1].code == "input.more_faults_possible"


# Documents


def test_a_bad_field_of_a_document_becomes_a_draft() -> None:
    data = document(
        option("A"),
        option("B", technical_life_years="tám", capex=0.0)
        | {"capex": [{"kind": "equipment", "amount": "nhiều"}]},
    )
    found = read_json(data)
    assert drafts(found) == {
        "options/B/technical_life_years": "tám",
        "options/B/capex/cost1/amount": "nhiều",
    }
    made = the_option(found, "B")
    assert made["capex"] == [{"id": "cost1", "kind": "equipment"}]
    assert made["annual_saving"] == {"amount": 25e6, "currency": "VND"}
    assert found.faults == strict_faults(json.dumps(data).encode(), "a.json")
    assert [row.path for row in finished(found.document)[1]] == [("options", "B")]
    alone = Assessment.model_validate_json(json.dumps(document(option("A"))))
    assert finished(found.document)[0] == alone


def test_values_of_any_kind_become_text() -> None:
    data = document(
        facility={
            "name": "c",
            "employees_insured": 1.5,
            "revenue_vnd": -3,
            "legal_form": True,
            "sector": ["x"],
        },
        assumptions={"discount_rate": 99, "price_growth": {"water": "a", "coal": 0.5}, "gas_set": "AR9"},
        baseline=electricity(quantity=-1.0, price=None, start="hôm qua"),
    )
    data["baseline"]["flows"][0]["unit_price"] = {"amount": -2, "currency": "USD"}
    found = read_json(data)
    assert drafts(found) == {
        "facility/employees_insured": "1.5",
        "facility/revenue_vnd": "-3",
        "facility/legal_form": "true",
        "facility/sector": '["x"]',
        "assumptions/discount_rate": "99",
        "assumptions/price_growth/water": "a",
        "assumptions/gas_set": "AR9",
        "baseline/flows/power/quantity": "-1.0",
        "baseline/flows/power/unit_price": "-2 USD",
        "baseline/start": "hôm qua",
    }
    assert found.document["facility"] == {"name": "c"}
    assert found.document["assumptions"] == {"price_growth": {"coal": 0.5}}
    assert found.document["baseline"] == {
        "end": "2025-12-31",
        "flows": [{"id": "power", "resource": "electricity", "unit": "kWh"}],
    }


def test_resources_and_units_that_are_not_known_wait_too() -> None:
    data = document(
        option("A", savings=[{"resource": "điện lạ", "quantity": 1, "unit": "kWh"}]),
        option("B", savings=[{"id": "s", "resource": "electricity", "quantity": 1, "unit": "m3"}]),
        assumptions={"price_growth": {"lạ": 0.1, "water": 0.2}},
    )
    found = read_json(data)
    assert drafts(found) == {
        "options/A/savings/saving1/resource": "điện lạ",
        "options/B/savings/s/unit": "m3",
    }
    assert found.document["assumptions"] == {"price_growth": {"water": 0.2}}
    assert found.faults == strict_faults(json.dumps(data).encode(), "a.json")


def test_a_lender_that_is_not_known_waits_and_a_decision_about_nothing_goes() -> None:
    """Without the source that it is about, a decision has no place on the screen; a loan has."""
    lent = {"id": "l", "rate": 0.08, "term_years": 3, "source": "ngân hàng lạ"}
    kept = {"id": "vepf", "use": "leave_out"}
    data = document(
        financing={"loans": [lent], "sources": [kept, kept, {"use": "count_on"}, {**kept, "id": "lạ"}]}
    )
    found = read_json(data)
    assert found.document["financing"] == {
        "loans": [{"id": "l", "rate": 0.08, "term_years": 3}],
        "sources": [kept],
    }
    assert drafts(found) == {"financing/loans/l/source": "ngân hàng lạ"}
    assert found.faults == strict_faults(json.dumps(data).encode(), "a.json")
    assert {what.code for what in found.faults} == {
        "input.duplicate_id",
        "input.field_missing",
        "input.unknown_source",
    }


def test_rows_that_break_a_rule_of_their_own_are_kept_whole() -> None:
    saving = {"id": "s", "resource": "water", "quantity": 3.0, "unit": "m3", "percent": 4.0}
    found = read_json(document(option("A", savings=[saving])))
    assert the_option(found, "A")["savings"] == [saving]
    assert drafts(found) == {}
    assert [fault.code for fault in found.faults] == ["input.saving_needs_quantity_or_percent"]


def test_links_that_lead_nowhere_stay_to_be_mended() -> None:
    found = read_json(document(option("A", requires=["B"])))
    assert the_option(found, "A")["requires"] == ["B"]
    assert [fault.code for fault in found.faults] == ["link.unknown_option"]
    assert [row.path for row in finished(found.document)[1]] == [("options", "A")]


def test_texts_that_could_not_be_read_go_along() -> None:
    typed = {"id": "options/A/capex", "text": "chưa rõ"}
    nowhere = {"id": "ghi chú", "text": "?"}
    found = read_json(document(option("A"), drafts=[typed, nowhere, "x"]))
    assert found.document["drafts"] == [typed]
    assert found.faults == ()


def test_an_unfinished_document_comes_back_as_it_was() -> None:
    unfinished = document(option("A"), {"id": "B", "name": "Nồi hơi"})
    unfinished["drafts"] = [{"id": "options/B/capex", "text": "hỏi thợ"}]
    found = import_document(write_document_json(unfinished).encode(), "a.json").document
    assert [row["name"] for row in found["options"]] == [row["name"] for row in unfinished["options"]]
    assert found["options"][1] == {"id": "B", "name": "Nồi hơi"}
    assert found["drafts"] == unfinished["drafts"]


@pytest.mark.parametrize("key", ["conflicts", "number_style", "ghi chú"])
def test_fields_that_belong_nowhere_are_named_and_left_out(key: str) -> None:
    found = read_json(document(option("A"), **{key: [{"id": "x", "text": "y"}]}))
    assert key not in found.document
    (fault,) = found.faults
    assert fault.code in ("input.field_unknown", "input.field_unknown_near")
    assert (fault.params["field"], fault.place and fault.place.field) == (key, key)
    assert found.document == bare(found.document)


def test_ids_of_a_document() -> None:
    good = option("A")
    unnamed = {key: value for key, value in good.items() if key != "id"}
    found = read_json(document(good, good, unnamed, good | {"id": 7}, good | {"id": "option2"}))
    ids = [row["id"] for row in found.document["options"]]
    assert ids == ["A", "option1", "option3", "option4", "option2"]
    assert [(n.params["id"], n.place and n.place.field) for n in found.notes] == [
        ("option1", "options[1]"),
        ("option4", "options[3]"),
    ]


def test_what_is_no_row_and_no_list_is_left_out() -> None:
    data = document(option("A"), 5, facility="x", overrides={}, exchange_rates=[None])  # type: ignore[arg-type]
    found = read_json(data)
    assert found.document.keys() == {"schema_version", "id", "title", "options"}
    assert len(found.document["options"]) == 1
    assert len(found.faults) == 4


def test_a_document_without_a_title_is_named_after_its_file() -> None:
    data = document()
    del data["title"]
    assert import_document(json.dumps(data).encode(), "x/Nhà máy.json").document["title"] == "Nhà máy"


def test_what_is_written_in_a_draft_can_be_put_back() -> None:
    """With each draft put right, the document is the one that was meant."""
    meant = document(
        option("A", opex_change=-1e6, savings=[{"resource": "water", "quantity": 2.0, "unit": "m3"}])
    )
    wrong = json.loads(json.dumps(meant))
    wrong["options"][0]["technical_life_years"] = "10 năm"
    wrong["options"][0]["savings"][0]["quantity"] = "2 khối"
    found = read_json(wrong)
    assert len(drafts(found)) == 2
    made = json.loads(json.dumps(bare(found.document)))
    made["options"][0]["technical_life_years"] = 10
    made["options"][0]["savings"][0]["quantity"] = 2.0
    assert Assessment.model_validate_json(json.dumps(made)) == Assessment.model_validate_json(
        json.dumps(meant)
    )


def test_every_note_has_words() -> None:
    found = read(GOOD, GOOD)
    for lang in ("vi", "en"):
        assert "option1" in Wording(lang).word(found.notes[0])


def test_a_row_under_a_new_id_is_not_computed_as_if_it_cost_nothing() -> None:
    """What other sheets say of it stands under its lost id: an empty list is not known to be nothing."""
    data = document(option("A"), {**option("A", capex=0.0), "capex": []})
    found = read_json(data)
    twin = next(row for row in found.document["options"] if row["id"] != "A")
    assert "capex" not in twin
    assert [row.path for row in finished(found.document)[1]] == [("options", twin["id"])]
