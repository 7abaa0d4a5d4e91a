"""Values with a legal or empirical meaning, each with its dates, its source and how well it is known.

The only part of the package that reads files under ``data/`` (besides the unit definitions and the texts).
"""

from sxsh_options.parameters.cells import Band, Cells, read_rows
from sxsh_options.parameters.schema import EVIDENCE
from sxsh_options.parameters.store import (
    DATA_FOLDER,
    DatedValue,
    Parameter,
    ParameterFileError,
    ParameterSet,
    Reference,
    Text,
    default_parameters,
    load,
    weakest,
)
from sxsh_options.parameters.tables import read_table

__all__ = [
    "DATA_FOLDER",
    "EVIDENCE",
    "Band",
    "Cells",
    "DatedValue",
    "Parameter",
    "ParameterFileError",
    "ParameterSet",
    "Reference",
    "Text",
    "default_parameters",
    "load",
    "read_rows",
    "read_table",
    "weakest",
]
