"""By when to file with which source, and what the dossier still needs: what page and export show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sxsh_options.errors import Message
from sxsh_options.funding.calendar import Calendar, calendar_of, could_be_filed
from sxsh_options.funding.matching import to_finance
from sxsh_options.model import Assessment
from sxsh_options.services.dossier import Dossier, dossiers_of
from sxsh_options.services.money import sources_for


@dataclass(frozen=True, slots=True)
class Filing:
    """What filing takes on a day.

    Attributes
    ----------
    assessment : Assessment
    calendar : Calendar
    dossiers : tuple of Dossier
        Of every source of the calendar.
    left_out : tuple of Message
        The files of sources that could not be used.
    """

    assessment: Assessment
    calendar: Calendar
    dossiers: tuple[Dossier, ...]
    left_out: tuple[Message, ...]

    @property
    def has_options(self) -> bool:
        """Whether there is anything that money is looked for."""
        return bool(to_finance(self.assessment))


def filing_for(assessment: Assessment, as_of: date, *, named: bool = True) -> Filing:
    """Return by when to file for an assessment's options, and with which papers, by the rules of a day.

    Parameters
    ----------
    assessment : Assessment
    as_of : date
    named : bool
        Whether the facility's name was entered; a document without one lends its title.
    """
    matched = sources_for(assessment, as_of)
    filed = [match for match in matched.found if could_be_filed(match)]
    calendar = calendar_of(filed, as_of)
    return Filing(assessment, calendar, dossiers_of(filed, assessment, named=named), matched.left_out)
