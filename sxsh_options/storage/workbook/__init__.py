"""The Excel workbook: out, filled in by people, and in again, equal in every field."""

from sxsh_options.storage.workbook.marking import marked_copy
from sxsh_options.storage.workbook.reading import WorkbookRead, read_workbook
from sxsh_options.storage.workbook.writing import write_workbook

__all__ = ["WorkbookRead", "marked_copy", "read_workbook", "write_workbook"]
