"""Changes to a document: an assessment as far as it has been entered.

A document is plain JSON in the shape of :class:`~sxsh_options.model.Assessment`, except that it may be
unfinished: rows may lack required fields, and ``drafts`` holds text that did not parse. A path leads to a
field by keys, and by ids through lists of rows: ``("options", "option3", "name")``. Documents are never
changed in place: what an operation returns shares the untouched parts with what it was given.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sxsh_options.model import merging

Document = merging.Document
Path = tuple[str, ...]

DRAFTS = "drafts"  # [{"id": path, "text": what was typed}]
CONFLICTS = "conflicts"  # [{"id": path, "mine": the value that was not taken}]
NUMBER_STYLE = "number_style"  # how this person writes numbers, once known
_NOT_IN_ASSESSMENT = (DRAFTS, CONFLICTS, NUMBER_STYLE)


def get(document: Any, path: Sequence[str], default: Any = None) -> Any:
    """Return what stands at a path, or `default` where nothing does."""
    value = document
    for part in path:
        value = _row(value, part) if isinstance(value, list) else _key(value, part)
        if value is None:
            return default
    return value


def rows(document: Document, *path: str) -> list[Document]:
    """Return the rows of a list; none where there is no list."""
    found = get(document, path)
    return found if isinstance(found, list) else []


def put(document: Document, path: Sequence[str], value: Any) -> Document:
    """Return the document with a value at a path; ``None`` takes the field away.

    Dictionaries on the way are made where they are missing; rows are not.

    Raises
    ------
    KeyError
        The path leads through a row that is not there.
    """
    return dict(_put(document, tuple(path), value))


def add_row(document: Document, path: Sequence[str], row: Mapping[str, Any], prefix: str) -> Document:
    """Return the document with a new row at the end of a list.

    A row without an ``id`` gets one that no other window gives, so that two rows added at the same time
    stay two.
    """
    filled = dict(row) if "id" in row else {"id": f"{prefix}-{uuid.uuid4().hex[:8]}", **row}
    return put(document, path, [*rows(document, *path), filled])


def remove_row(document: Document, path: Sequence[str]) -> Document:
    """Return the document without a row, without the drafts inside it, and without options' links to it."""
    *to_list, row_id = path
    left = [row for row in rows(document, *to_list) if row.get("id") != row_id]
    document = put(document, to_list, left)
    row = join(path)
    drafts = [d for d in rows(document, DRAFTS) if not f"{d['id']}/".startswith(f"{row}/")]
    document = put(document, (DRAFTS,), drafts or None)
    if tuple(to_list) != ("options",):
        return document
    bundle = [target for target in document.get("bundle") or () if target != row_id]
    document = put(document, ("bundle",), bundle or None)
    for option in rows(document, "options"):
        for link in ("excludes", "requires"):
            targets = option.get(link) or []
            if row_id in targets:
                kept = [target for target in targets if target != row_id]
                document = put(document, ("options", option["id"], link), kept)
    return document


def join(path: Sequence[str]) -> str:
    """Return a path as drafts and conflicts name it."""
    return "/".join(path)


def draft(document: Document, path: Sequence[str]) -> str | None:
    """Return the text of a field that did not parse, if there is one."""
    text = get(document, (DRAFTS, join(path), "text"))
    return None if text is None else str(text)


def with_draft(document: Document, path: Sequence[str], text: str | None) -> Document:
    """Return the document with the text of a field that did not parse; ``None`` settles the field."""
    name = join(path)
    others = [d for d in rows(document, DRAFTS) if d["id"] != name]
    if text is not None:
        others.append({"id": name, "text": text})
    return put(document, (DRAFTS,), others or None)


def settle(document: Document, path: Sequence[str], value: Any) -> Document:
    """Return the document with a value at a path and no draft of it."""
    return with_draft(put(document, path, value), path, None)


def without_conflict(document: Document, path: Sequence[str]) -> Document:
    """Return the document with a conflict of two windows decided."""
    name = join(path)
    left = [c for c in rows(document, CONFLICTS) if c["id"] != name]
    return put(document, (CONFLICTS,), left or None)


def bare(document: Document) -> Document:
    """Return what belongs to the assessment itself, without drafts, conflicts and habits of writing."""
    return {key: value for key, value in document.items() if key not in _NOT_IN_ASSESSMENT}


def _key(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def _row(there: list[Any], row_id: str) -> Any:
    return next((row for row in there if isinstance(row, dict) and row.get("id") == row_id), None)


def _put(there: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(there, list):
        if _row(there, head) is None:
            raise KeyError(head)
        return [
            _put(row, rest, value) if isinstance(row, dict) and row.get("id") == head else row
            for row in there
        ]
    changed = dict(there) if isinstance(there, dict) else {}
    inner = _put(changed.get(head), rest, value)
    if inner is None:
        changed.pop(head, None)
    else:
        changed[head] = inner
    return changed
