"""Files to take along: the ranked list as CSV and Excel, the assessment as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from sxsh_options.i18n import Wording
from sxsh_options.model.merging import Document
from sxsh_options.services.workbench import Workbench
from sxsh_options.storage.documents import write_document_json
from sxsh_options.storage.naming import assessment_file_name
from sxsh_options.storage.results_table import ranked_to_readable_csv
from sxsh_options.storage.results_xlsx import ranked_to_xlsx
from sxsh_options.storage.workbook import write_workbook
from sxsh_options.ui import shell
from sxsh_options.ui.markup import tag

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Kind = Literal["xlsx", "csv", "workbook", "json"]


def show(document: Document, bench: Workbench, wording: Wording) -> None:
    """Offer the files; each is made when it is asked for."""
    ranked, assessment = bench.ranked, bench.assessment
    # Excel reads Vietnamese letters of a CSV only behind a byte order mark
    files: dict[Kind, tuple[str, Callable[[], bytes]]] = {
        "xlsx": (_EXCEL, lambda: ranked_to_xlsx(ranked, assessment, wording)),
        "csv": ("text/csv", lambda: ranked_to_readable_csv(ranked, wording).encode("utf-8-sig")),
        "workbook": (_EXCEL, lambda: write_workbook(assessment, wording, ranked.as_of)),
        "json": ("application/json", lambda: write_document_json(document).encode()),
    }
    with st.container(horizontal=True, key="downloads"):
        for kind, (mime, make) in files.items():
            st.download_button(
                wording.text(f"screen.download.{kind}"),
                make,
                file_name=_file_name(assessment.title, kind),
                mime=mime,
                key=f"download_{kind}",
                icon=":material/download:",
                on_click="ignore",
            )
    if bench.unfinished:
        shell.show(
            tag(
                "p",
                wording.text("screen.download.unfinished", count=len(bench.unfinished)),
                class_="sx-quiet",
            )
        )


def _file_name(title: str, kind: Kind) -> str:
    if kind == "workbook":
        return assessment_file_name(f"{title} (form)", "xlsx")
    return assessment_file_name(title, kind)
