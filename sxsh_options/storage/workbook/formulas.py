"""The formulas of a workbook: what an option costs and brings in a year, as far as the workbook knows.

They follow :mod:`sxsh_options.screening.valuation`, with the published prices of the day on which the
workbook was written; where no price is known there is no preview. Every formula uses a name that begins with
``sxsh_``, by which a reader tells ours from those that people write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sxsh_options.storage.workbook.columns import BENEFIT, COST, INVESTMENT, PAYBACK
from sxsh_options.storage.workbook.layout import SavingColumn

Cell = Callable[[str], str]  # the address of a column's cell in the row of the formula


def name_of(sheet: str, path: str) -> str:
    """Return the defined name of a column's cells."""
    return f"sxsh_{sheet}_{path.replace('.', '_')}"


# What cannot be worked out is a mark: programs differ in what a sum makes of a cell with an error.
_GAP = "n/a"
YEARS, UNITS, PRICES = "sxsh_years", "sxsh_units", "sxsh_prices"


class Terms(NamedTuple):
    """What formulas compare with, in the language of the workbook."""

    no: str
    own_price: str  # kind of an override
    never: str


class SavedColumn(NamedTuple):
    """A column of saved quantities as formulas use it."""

    column: SavingColumn
    resource: str  # its name
    per_unit: float  # canonical units


def years(start: str, end: str) -> str:
    """Return the length of the period in years; a whole calendar year is exactly one."""
    days = f"({end}-{start}+1)"
    whole = f"ROUND({days}/365.25,0)"
    near = f"AND({whole}>0,ABS({days}-{whole}*365.25)<=1)"
    return f'=IFERROR(IF(OR({start}="",{end}=""),1,IF({near},{whole},{days}/365.25)),1)'


def price_of_resource(name: str, *, published: float | None, bought: bool) -> str:
    """Return the price of one canonical unit: one's own, else the flows' average, else `published`."""
    flows = "sxsh_flows_resource"
    weight = f"SUMIFS(sxsh_flows__weight,{flows},{name})"
    average = f"SUMIFS(sxsh_flows__weighted,{flows},{name})/{weight}"
    gaps = f'COUNTIFS({flows},{name},sxsh_flows__weighted,"{_GAP}")'
    otherwise = repr(published) if published is not None else f'"{_GAP}"' if bought else "0"
    of_flows = f'IF({gaps}>0,"{_GAP}",IF({weight}>0,{average},{otherwise}))'
    return f"=IF({_own(name)}>0,{_last_own(name)},{of_flows})"


def _own(name: str) -> str:
    return f"COUNTIFS(sxsh_overrides_kind,sxsh_own_price,sxsh_overrides_key,{name})"


def _last_own(name: str) -> str:
    rows = f"((sxsh_overrides_kind=sxsh_own_price)*(sxsh_overrides_key={name}))"
    return f"LOOKUP(2,1/{rows},sxsh_overrides__price)"


def _per_unit(resource: str, unit: str) -> str:
    return f'VLOOKUP({resource}&"|"&{unit},{UNITS},2,FALSE)'


def _rate(currency: str) -> str:
    newest = f"SUMPRODUCT(MAX((sxsh_rates_currency={currency})*sxsh_rates_on))"
    found = f"AVERAGEIFS(sxsh_rates_vnd_per_unit,sxsh_rates_currency,{currency},sxsh_rates_on,{newest})"
    return f'IF(OR({currency}="",{currency}="VND"),1,{found})'


def _with_vat(cell: Cell, no: str) -> str:
    return f'(1+IF({cell("vat_deductible")}="{no}",{cell("vat_rate")},0))'


def of_flow(cell: Cell, terms: Terms) -> Mapping[str, str]:
    """Return the formulas of a flow."""
    resource, unit, quantity, price = (cell(p) for p in ("resource", "unit", "quantity", "unit_price"))
    per_unit = _per_unit(resource, unit)
    net = f"{price}*{_rate(cell('currency'))}/{per_unit}*{_with_vat(cell, terms.no)}"
    alone = f'SUMPRODUCT((sxsh_flows_resource={resource})*(sxsh_flows_end_use=""))=0'
    whole = f'OR({cell("end_use")}="",{alone})'
    used = cell("_canonical")
    weighted = f"{cell('_weight')}*{cell('_price')}"
    return {
        "_canonical": f'=IF(OR({resource}="",{quantity}=""),0,{_or_gap(f"{quantity}*{per_unit}/{YEARS}")})',
        "_price": f'=IF(OR({resource}="",{price}=""),0,{_or_gap(net)})',
        "_weight": f'=IF({price}="",0,IF({whole},IF({used}=0,1,{used}),0))',
        "_weighted": f'=IF(OR({resource}="",{cell("_weight")}=0),0,{_or_gap(weighted)})',
        COST: f'=IF(OR({quantity}="",{price}="",{YEARS}=0),"",IFERROR({used}*{cell("_price")},""))',
    }


def of_cost(cell: Cell, terms: Terms) -> Mapping[str, str]:
    """Return the formulas of an item of the investment."""
    amount = cell("amount")
    worth = f"{amount}*{_rate(cell('currency'))}*{_with_vat(cell, terms.no)}"
    return {"_vnd": f'=IF({amount}="",0,{_or_gap(worth)})'}


def of_benefit(cell: Cell, _: Terms) -> Mapping[str, str]:
    """Return the formulas of a benefit."""
    amount = cell("amount")
    worth = f"{amount}*{_rate(cell('currency'))}"
    return {"_vnd": f'=IF({amount}="",0,{_or_gap(worth)})'}


def of_saving(cell: Cell, _: Terms) -> Mapping[str, str]:
    """Return the formulas of a saving: the quantity in the resource's own unit, and its worth."""
    resource, quantity, percent = (cell(p) for p in ("resource", "quantity", "percent"))
    row = f"MATCH({cell('of_flow')},sxsh_flows_id,0)"
    part = f'IF({cell("base_share")}="",1,{cell("base_share")})'
    of_base = f'IF({percent}="",0,{percent}*{part}*INDEX(sxsh_flows__canonical,{row}))'
    absolute = f"{quantity}*{_per_unit(resource, cell('unit'))}"
    general = f"VLOOKUP({resource},{PRICES},2,FALSE)"
    own = f'IF(INDEX(sxsh_flows_unit_price,{row})="",{general},INDEX(sxsh_flows__price,{row}))'
    price = f'IF(OR({cell("of_flow")}="",{_own(resource)}>0),{general},{own})'
    saved = f'IF({quantity}<>"",{absolute},{of_base})'
    worth = f"{cell('_canonical')}*{price}"
    return {
        "_canonical": f'=IF({resource}="",0,{_or_gap(saved)})',
        "_vnd": f'=IF({resource}="",0,{_or_gap(worth)})',
    }


def of_further(cell: Cell, _: Terms) -> Mapping[str, str]:
    """Return the formulas of an option's further figures: what else is paid at the start."""
    paid = f"{cell('downtime_cost')}*1+{cell('working_capital')}*1"
    return {"_once": f'=IF({cell("option")}="",0,{_or_gap(paid)})'}


def of_override(cell: Cell, _: Terms) -> Mapping[str, str]:
    """Return the formulas of a value of one's own: a price for one canonical unit."""
    per_unit = f'IF({cell("unit")}="",1,{_per_unit(cell("key"), cell("unit"))})'
    return {"_price": f"=IF({cell('kind')}=sxsh_own_price,{cell('value')}/{per_unit},0)"}


def of_option(cell: Cell, saved: Mapping[str, SavedColumn], terms: Terms) -> Mapping[str, str]:
    """Return the formulas of an option; `saved` are its columns of saved quantities by path.

    The preview is empty where nothing is entered yet, and where a price or an exchange rate is missing.
    """
    option, stated, opex = cell("id"), cell("annual_saving"), cell("opex_change")
    rate = _rate(cell("currency"))
    cells = [cell(path) for path in saved]
    worth = [
        f'IF({at}="",0,{at}*{each.per_unit!r}*VLOOKUP("{_quoted(each.resource)}",{PRICES},2,FALSE))'
        for at, each in zip(cells, saved.values(), strict=True)
    ]
    rows = {sheet: f"COUNTIFS(sxsh_{sheet}_option,{option})" for sheet in ("savings", "benefits", "costs")}
    by_rows = f"SUMIFS(sxsh_savings__vnd,sxsh_savings_option,{option})"
    of_savings = f"IF({_given(option, rows['savings'])},{by_rows},{'+'.join(worth) or '0'})"
    others = f'IF({option}="",0,SUMIFS(sxsh_benefits__vnd,sxsh_benefits_option,{option}))'
    given = [f'{stated}<>""', f'{opex}<>""', *(f'{at}<>""' for at in cells)]
    given += [_given(option, rows["savings"]), _given(option, rows["benefits"])]
    gaps = f'{_gaps("benefits", option)}+IF({stated}="",{_gaps("savings", option)},0)>0'
    first = f'IF({stated}<>"",{stated}*{rate},{of_savings})'
    net = f'IF({gaps},"",{first}+{others}-{opex}*{rate})'
    benefit = f'=IF(OR({",".join(given)}),IFERROR({net},""),"")'

    spent = cell(INVESTMENT)
    further = f"SUMIFS(sxsh_further__once,sxsh_further_option,{option})"
    by_items = f"SUMIFS(sxsh_costs__vnd,sxsh_costs_option,{option})"
    items = f"IF({_given(option, rows['costs'])},{by_items},{spent}*{rate})"
    investment = f'({items}+IF({option}="",0,{further}))'
    net, life = cell(BENEFIT), cell("technical_life_years")
    ratio = f"{investment}/{net}"
    judged = f'IF({net}<=0,"{_quoted(terms.never)}",IF({ratio}>{life},"{_quoted(terms.never)}",{ratio}))'
    missing = f'AND({spent}="",NOT({_given(option, rows["costs"])}))'
    gaps = f"{_gaps('costs', option)}+{_gaps('further', option, 'once')}>0"
    payback = f'=IF(OR({net}="",{life}="",{missing},{gaps}),"",IFERROR({judged},""))'
    return {BENEFIT: benefit, PAYBACK: payback}


def _or_gap(expression: str) -> str:
    return f'IFERROR({expression},"{_GAP}")'


def _gaps(sheet: str, option: str, figure: str = "vnd") -> str:
    """Count an option's rows on a sheet whose figure is not known."""
    return f'COUNTIFS(sxsh_{sheet}_option,{option},sxsh_{sheet}__{figure},"{_GAP}")'


def investment_of_rows(option: str) -> str:
    """Return the sum of an option's items of investment."""
    return f"=SUMIFS(sxsh_costs__vnd,sxsh_costs_option,{option})"


def saving_of_rows(option: str, saved: SavedColumn) -> str:
    """Return what an option saves of a resource by its rows, in the unit of the column."""
    of_resource = f'sxsh_savings_resource,"{_quoted(saved.resource)}"'
    return f"=SUMIFS(sxsh_savings__canonical,sxsh_savings_option,{option},{of_resource})/{saved.per_unit!r}"


def _given(option: str, count: str) -> str:
    return f'IF({option}="",FALSE,{count}>0)'


def _quoted(text: str) -> str:
    return text.replace('"', '""')
