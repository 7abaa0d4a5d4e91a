"""axe-core in a browser test: ``assert violations(page) == []``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

GRAVE = ("serious", "critical")
SETTLED = '.stApp[data-test-script-state="notRunning"]'
AT_REST = """() => document.getAnimations().every(a =>
    a.playState !== "running" || a.effect.getComputedTiming().endTime === Infinity)"""
SNIPPET = 160  # characters of the markup that are shown


@cache
def _script() -> str:
    """Return axe-core as the package brings it; read here, for its own reading depends on the locale."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Return what axe-core finds of level serious or critical on the page, once it is at rest.

    Returns
    -------
    list of str
        One text an element: level, rule, what is wrong, which element, and what would mend it.
    """
    page.wait_for_selector(SETTLED)
    # Elements that fade in or out would be judged by the colours of one moment.
    page.wait_for_function(AT_REST)
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    found: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        _text(violation, node)
        for violation in found["violations"]
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]


def _text(violation: dict[str, Any], node: dict[str, Any]) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return "\n".join(
        (
            f"{violation['impact']} {violation['id']}: {violation['help']}",
            f"  at {' '.join(str(part) for part in node['target'])}",
            f"  {' '.join(node['html'].split())[:SNIPPET]}",
            *(f"  - {check['message']}" for check in checks),
        )
    )
