"""The day that prices and law go by where nobody names another."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

VIET_NAM = timezone(timedelta(hours=7))


def today() -> date:
    """Return the calendar day in Viet Nam, wherever this machine stands."""
    return datetime.now(VIET_NAM).date()
