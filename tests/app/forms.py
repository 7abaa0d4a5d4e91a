"""Opening one page of the app without a browser, and typing into its fields."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from sxsh_options.services.editing import Path as FieldPath
from sxsh_options.services.editing import get
from sxsh_options.services.library import Projection, Revision
from sxsh_options.ui.fields import key_of
from sxsh_options.ui.work import LOCAL, repository
from tests.app.screens import said

CODE = re.compile(r"\b(?:quick|facility|flows|assume|field|term|unit|entry)\.[a-z_]+")
PAGES = Path(__file__).parents[2] / "pages"
# Not app.py itself: a page of its folder is run bare by the test runner, without navigation.
SCRIPT = f"from pathlib import Path\nfrom sxsh_options.ui import shell\nshell.run(Path({str(PAGES)!r}))"


def page(name: str, document: dict[str, Any] | None = None, lang: str | None = None) -> AppTest:
    """Open a page as a new visitor does, with a stored assessment open if there is a document."""
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    if lang is not None:
        app.query_params["lang"] = lang
    if document is not None:
        app.query_params["assessment"] = stored(document)
    return turn_to(app, name)


def turn_to(app: AppTest, name: str) -> AppTest:
    """Go to another page of the same window; like the app's own links, language and assessment go along."""
    app.switch_page(str(PAGES / f"{name}.py")).run()
    return sound(app)


def sound(app: AppTest) -> AppTest:
    """Return the app after seeing that nothing failed and that every text has its words."""
    assert not app.exception
    assert not app.error
    hints = [field.placeholder for field in (*app.text_input, *app.text_area)]
    labels = [field.label for field in (*app.text_input, *app.text_area, *app.checkbox, *app.expander)]
    text = " ".join((said(app), *hints, *labels))
    assert not CODE.findall(text)
    return app


def stored(document: dict[str, Any]) -> str:
    """Store a document and return its id."""
    assessment_id = uuid.uuid4().hex
    kept = {**document, "id": assessment_id}
    first = Revision(assessment_id, 1, None, kept, LOCAL, datetime.now(UTC))
    repository().add(LOCAL, first, Projection())
    return assessment_id


def saved(app: AppTest) -> dict[str, Any]:
    """Return the document as it is stored now."""
    found = app.query_params["assessment"]
    assessment_id = found if isinstance(found, str) else found[0]
    revision = repository().revision(LOCAL, assessment_id)
    assert revision is not None
    return revision.document


def value(app: AppTest, *path: str) -> Any:
    """Return what is stored at a path."""
    return get(saved(app), path)


def enter(app: AppTest, path: FieldPath, text: str) -> AppTest:
    """Type into a field."""
    key = key_of(path)
    fields = [*app.text_input, *app.text_area]
    next(field for field in fields if field.key == key).set_value(text).run()
    return sound(app)


def shown(app: AppTest, path: FieldPath) -> str:
    """Return what stands in a field."""
    fields = [*app.text_input, *app.text_area]
    return str(next(field.value for field in fields if field.key == key_of(path))).replace("\u00a0", " ")


def pick(app: AppTest, path: FieldPath, chosen: Any) -> AppTest:
    """Choose in a list of choices, or among those side by side, by the value behind the name."""
    key = key_of(path)
    found = [widget for widget in app.radio if widget.key == key]
    (found[0] if found else app.selectbox(key=key)).set_value(chosen).run()
    return sound(app)
