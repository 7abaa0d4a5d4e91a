"""What sources of money ask about the project itself; ``None`` is not known."""

from __future__ import annotations

from sxsh_options.model.rows import Row, Share


class Project(Row):
    """The investment as sources of money see it.

    Shares are of the facility's use or emissions before; ``environmental_improvement`` is of an indicator
    that a programme chose.
    """

    project_started: bool | None = None  # or a machine bought
    new_in_area: bool | None = None  # no establishment of the district has applied the technology
    proven_model: bool | None = None  # a model that works well and is worth repeating
    chosen_by_programme: bool | None = None  # of energy efficiency
    environmental_project: bool | None = None  # among the activities that environment funds support
    green_project_confirmed: bool | None = None
    technology_transfer: bool | None = None
    value_chain_member: bool | None = None
    innovative_startup: bool | None = None
    fta_ecosystem_member: bool | None = None
    in_listed_park: bool | None = None
    polluting_kiln: bool | None = None  # fired clay in improved manual or ring kilns
    energy_saving_share: Share | None = None
    co2e_saving_share: Share | None = None
    environmental_improvement: Share | None = None
