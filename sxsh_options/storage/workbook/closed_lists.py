"""The closed lists that the workbook's choices are from."""

from __future__ import annotations

from functools import cache
from typing import get_args

from sxsh_options.model import (
    Answer,
    Benefit,
    Category,
    CostKind,
    LoanOffer,
    Objective,
    Override,
    SourceChoice,
    TaxAssumption,
)
from sxsh_options.model.facility import (
    CityClassBefore,
    CommuneKind,
    CommuneKindBefore,
    DistrictKindBefore,
    LegalForm,
    Ownership,
    SupportedItem,
    WastewaterTreatment,
)
from sxsh_options.model.option import Decision


@cache
def choices() -> dict[str, dict[str, str]]:
    """Return the closed lists: each value with the code of its name."""
    return {
        "yes_no": {"yes": "term.yes", "no": "term.no"},
        "legal_form": {form: f"facility.form.{form}" for form in get_args(LegalForm)},
        "ownership": {who: f"facility.ownership.{who}" for who in get_args(Ownership)},
        "commune_kind": {kind: f"facility.commune_kind.{kind}" for kind in get_args(CommuneKind)},
        "commune_kind_before": {
            kind: f"facility.commune_kind_before_merger.{kind}" for kind in get_args(CommuneKindBefore)
        },
        "district_kind_before": {
            kind: f"facility.district_kind_before_merger.{kind}" for kind in get_args(DistrictKindBefore)
        },
        "city_class_before": {
            name: f"facility.city_class_before_merger.{name}" for name in get_args(CityClassBefore)
        },
        "supported_item": {item: f"funding.item.{item}" for item in get_args(SupportedItem)},
        "wastewater": {kind: f"catalogue.treatment.{kind}" for kind in get_args(WastewaterTreatment)},
        "category": {kind.value: f"category.{kind}" for kind in Category},
        "triage": {way: f"triage.{way}" for way in get_args(Decision.model_fields["triage"].annotation)},
        "answer": {answer.value: f"term.answer_{answer}" for answer in Answer},
        "cost": {kind.value: f"term.cost_{kind}" for kind in CostKind},
        "benefit": {
            kind: f"term.benefit_{kind}" for kind in get_args(Benefit.model_fields["kind"].annotation)
        },
        "tax_profile": {
            profile: f"assume.tax.{profile}"
            for profile in get_args(TaxAssumption.model_fields["profile"].annotation)
        },
        "losses": {
            way: f"workbook.losses.{way}" for way in get_args(TaxAssumption.model_fields["losses"].annotation)
        },
        "repayment": {
            way: f"plan.offer.repayment.{way}"
            for way in get_args(LoanOffer.model_fields["repayment"].annotation)
        },
        "objective": {aim: f"plan.objective.{aim}" for aim in get_args(Objective)},
        "use": {way: f"workbook.use.{way}" for way in get_args(SourceChoice.model_fields["use"].annotation)},
        "gas_set": {name: f"workbook.gas_set.{name}" for name in ("AR4", "AR5", "AR6")},
        "override": {
            kind: f"workbook.override.{kind}" for kind in get_args(Override.model_fields["kind"].annotation)
        },
    }
