"""Savings of one option, and of several options together."""

from sxsh_options.options.savings import (
    BaselineFlow,
    SavingRow,
    annual_flows,
    saving_rows,
    used_quantities,
    whole_flows,
)
from sxsh_options.options.together import combined_shares, selection_problems

__all__ = [
    "BaselineFlow",
    "SavingRow",
    "annual_flows",
    "combined_shares",
    "saving_rows",
    "selection_problems",
    "used_quantities",
    "whole_flows",
]
