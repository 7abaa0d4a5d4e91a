"""Our words in place of the English ones that Streamlit shows of its own and offers no setting for."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from sxsh_options.i18n import Wording
from sxsh_options.storage.text import MAX_BYTES
from sxsh_options.ui.markup import Html

_DROPZONE = '[data-testid="stFileUploaderDropzone"]'
_UPLOAD = f'{_DROPZONE} [data-testid="stBaseButton-secondary"]'
_LIMIT = '[data-testid="stFileUploaderDropzoneInstructions"]'
_REFUSED = '[data-testid="stTooltipErrorHoverTarget"]'
_DROP_HERE = f"{_DROPZONE} > div:not([data-testid]) > span"
_LOST = '[data-sx-dialog="lost"]'  # the page's script marks the framework's dialogs
_NO_PAGE = '[data-sx-dialog="no_page"]'
_SKIP = '[data-testid="stSkipToContent"]'

# What is hidden, and where which text of ours takes its place. Bare text can only be hidden by its size.
_HIDDEN = (
    f'{_UPLOAD} [data-testid="stMarkdownContainer"]',
    f"{_LIMIT} > *",
    f"{_LOST} h2 + div > *",
    f"{_NO_PAGE} h2 + div > *",
    '[data-testid="stTooltipErrorContent"]',
    '[data-testid="stFileChip"] [role="alert"]',
)
_SHRUNK = (f"{_LOST} h2", f"{_NO_PAGE} h2", _SKIP, _DROP_HERE)
# Labels, hints and tooltips that no style reaches; the page's script looks for these words.
_ATTRIBUTES = {
    "file upload": "words.upload",
    "Upload": "words.upload",
    "Skip to main content": "screen.skip",
    "Open": "words.open_list",
    "Choose an option": "words.choose",
    "Choose options": "words.choose",
    "Clear value": "words.clear",
    "Clear all": "words.clear",
    "Close": "words.close",
    "Remove": "words.remove",
    "Delete": "words.remove",
}
_SCRIPT = Path(__file__).with_name("page.js")
_OURS = {
    _UPLOAD: "screen.uploader.button",
    _LIMIT: "screen.uploader.limit",
    _DROP_HERE: "screen.uploader.drop",
    _REFUSED: "screen.uploader.refused",
    f"{_LOST} h2": "screen.lost",
    f"{_LOST} h2 + div": "screen.lost.what_to_do",
    f"{_NO_PAGE} h2": "screen.no_page",
    f"{_NO_PAGE} h2 + div": "screen.no_page.what_to_do",
    _SKIP: "screen.skip",
}


def style(wording: Wording) -> Html:
    """Return the style element that puts our words in place."""
    rules = [
        f"{', '.join(_HIDDEN)} {{ display: none; }}",
        f"{', '.join(_SHRUNK)} {{ font-size: 0 !important; }}",
    ]
    limit = MAX_BYTES // 1_000_000
    rules += [
        f"{place}::after {{ content: {_css_text(wording.text(code, limit_mb=limit))}; }}"
        for place, code in _OURS.items()
    ]
    rules += [
        f"{_LOST} h2::after, {_NO_PAGE} h2::after {{ font-size: 1.25rem; }}",
        f"{_SKIP}::after, {_DROP_HERE}::after {{ font-size: 1rem; }}",
    ]
    return Html(f"<style>{' '.join(rules)}</style>")


def script(wording: Wording) -> Html:
    """Return the script that names the page's language and puts our words into labels and hints."""
    words = json.dumps({theirs: wording.text(code) for theirs, code in _ATTRIBUTES.items()})
    dialogs = json.dumps({kind: wording.text(f"screen.{kind}") for kind in ("lost", "no_page")})
    language = f"document.documentElement.lang = {json.dumps(wording.lang)};"
    return Html(f"<script>{{ {language} const words = {words}, dialogs = {dialogs};\n{_script()} }}</script>")


@cache
def _script() -> str:
    return _SCRIPT.read_text(encoding="utf-8")


def _css_text(text: str) -> str:
    """Return a text as a CSS string in which nothing can end the string or the style element."""
    return '"' + "".join(c if c.isalnum() or c in " .,:;()–" else f"\\{ord(c):x} " for c in text) + '"'
