"""HTML in which no text of a user can become markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape


class Html(str):
    """Markup that is safe as it stands."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Tell the framework that this is markup; else it looks for a file of that name, and for indents."""
        return str(self)


def tag(name: str, *children: str | Iterable[Html], **attributes: str | bool | None) -> Html:
    """Return an element; children that are not :class:`Html` are escaped.

    Parameters
    ----------
    name : str
        Of the element.
    *children : str, Html, or iterable of Html
    **attributes : str, bool or None
        ``class_`` is ``class`` and ``data_label`` is ``data-label``; ``True`` gives the bare name,
        ``False`` and ``None`` leave the attribute out.
    """
    given = _attributes(tuple(attributes.items())) if attributes else ""
    return Html(f"<{name}{given}>{join(children)}</{name}>")


@lru_cache(maxsize=1000)  # mostly the same few classes and roles, in every cell of every table
def _attributes(given: tuple[tuple[str, str | bool | None], ...]) -> str:
    written = ""
    for key, value in given:
        if value is None or value is False:
            continue
        written += " " + key.rstrip("_").replace("_", "-")
        written += "" if value is True else f'="{escape(value)}"'
    return written


def join(children: Iterable[str | Iterable[Html]]) -> Html:
    """Return texts, elements and rows of elements one after the other, texts escaped."""
    return Html("".join([child if type(child) is Html else _written(child) for child in children]))


def _written(child: str | Iterable[Html]) -> str:
    return escape(child) if isinstance(child, str) else join(child)


def table(headings: Iterable[str], rows: Iterable[Iterable[str]], *, caption: str, class_: str = "") -> Html:
    """Return a table whose first column heads its rows; a narrow screen shows each row as a card.

    Parameters
    ----------
    headings : iterable of str
        One a column.
    rows : iterable of iterable of str
        One cell a column, or what :func:`row` made of them.
    caption : str
        What the table holds, for who cannot see it.
    class_ : str
        Further classes.
    """
    headings = tuple(headings)
    body = (cells if isinstance(cells, Html) else row(headings, cells) for cells in rows)
    head = tag("tr", (tag("th", h, scope="col", role="columnheader") for h in headings), role="row")
    return tag(
        "table",
        tag("caption", caption, class_="sx-hidden"),
        tag("thead", head, role="rowgroup"),
        tag("tbody", body, role="rowgroup"),
        class_=f"sx-table {class_}".strip(),
        role="table",  # said again, because a row shown as a card is no table row to a screen reader
    )


def row(headings: Sequence[str], cells: Iterable[str]) -> Html:
    """Return a row of a table."""
    named = enumerate(zip(headings, cells, strict=True))
    return tag("tr", (_cell(position, heading, cell) for position, (heading, cell) in named), role="row")


def _cell(position: int, heading: str, cell: str) -> Html:
    if position == 0:
        return tag("th", cell, scope="row", role="rowheader", data_label=heading)
    return tag("td", tag("span", cell, class_="sx-cell"), role="cell", data_label=heading)
