"""Specific consumption: how much of a resource one unit of product takes, before and after."""

from __future__ import annotations

from collections.abc import Iterable

from sxsh_options.options import used_quantities
from sxsh_options.resources import catalogue
from sxsh_options.screening.results import Explanation, InputUsed
from sxsh_options.screening.valuation import Valuation


def specific_consumption(
    options: int | Iterable[int], value: Valuation, production: tuple[tuple[str, float, str], ...]
) -> list[Explanation]:
    """Return the consumption per unit of product after the savings, with what it was before.

    Parameters
    ----------
    options : int or iterable of int
        Index or indices of the options whose savings count together.
    value : Valuation
        Its baseline flows are the use before.
    production : tuple of (name, quantity a year, unit)

    Returns
    -------
    list of Explanation
        One for each product and resource that is both used and saved; ``value`` is the consumption
        after, in the resource's canonical unit for one unit of product.
    """
    chosen = [options] if isinstance(options, int) else list(options)
    used = used_quantities(value.flows.values())
    found: list[Explanation] = []
    for name, quantity, product_unit in production:
        for column, resource in enumerate(value.resources):
            saved = float(value.quantity[chosen, column].sum())
            if resource not in used or not saved:
                continue
            unit = catalogue.find(resource).unit
            found.append(
                Explanation(
                    "specific_consumption",
                    "specific_consumption",
                    (used[resource] - saved) / quantity,
                    f"{unit}/{product_unit}",
                    (
                        InputUsed("product", name),
                        InputUsed(
                            "consumption_before",
                            used[resource] / quantity,
                            f"{unit}/{product_unit}",
                            resource=resource,
                        ),
                        InputUsed("baseline_use", used[resource], f"{unit}/year", resource=resource),
                        InputUsed("saved_quantity", saved, f"{unit}/year", resource=resource),
                        InputUsed("production", quantity, f"{product_unit}/year"),
                    ),
                    resource=resource,
                )
            )
    return found
