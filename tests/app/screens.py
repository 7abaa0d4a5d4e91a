"""The page as a person reads it: run without a browser, its markup taken apart into texts and tables."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

APP = Path(__file__).parents[2] / "app.py"


class _Reader(HTMLParser):
    """Collects the texts of a page, and the cells of its tables by class."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tables: list[tuple[str, list[list[str]]]] = []
        self._in_cell = False
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script"):
            self._unread += 1
        elif tag == "table":
            self.tables.append((dict(attrs).get("class") or "", []))
        elif tag == "tr":
            self.tables[-1][1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][1][-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self._unread -= 1
        elif tag in ("td", "th"):
            self._in_cell = False
        if tag not in ("bdi", "strong", "span", "a", "code"):
            self.texts.append(" ")  # a block ends

    def handle_data(self, data: str) -> None:
        if self._unread:
            return
        self.texts.append(data)
        if self._in_cell:
            self.tables[-1][1][-1][-1] += data


def opened(lang: str | None = None) -> AppTest:
    """Open the app as a new visitor does."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    if lang is not None:
        app.query_params["lang"] = lang
    return app.run()


def markup(app: AppTest) -> str:
    return "".join(str(element.value) for element in app.get("html") if isinstance(element, Element))


def read(app: AppTest) -> _Reader:
    reader = _Reader()
    reader.feed(markup(app))
    return reader


def said(app: AppTest) -> str:
    """Everything that the page says, labels of widgets and problems included."""
    widgets = [*app.selectbox, *app.radio, *app.button_group, *app.file_uploader, *app.button]
    labels = [widget.label for widget in widgets]
    problems = [e.value for e in app.error]
    return " ".join(["".join(read(app).texts), *labels, *problems]).replace("\u00a0", " ")


def table(app: AppTest, class_: str) -> list[list[str]]:
    """The rows of the first table of a class, headings left out."""
    rows = next(rows for classes, rows in read(app).tables if class_ in classes.split())
    return [[cell.replace("\u00a0", " ") for cell in row] for row in rows[1:]]


def headings(app: AppTest, class_: str) -> list[str]:
    return next(rows for classes, rows in read(app).tables if class_ in classes.split())[0]


def listed(app: AppTest) -> list[str]:
    """The names in the ranked list, in their order (each cell begins with the name)."""
    return [row[1] for row in table(app, "sx-list")]


def choose(app: AppTest, key: str, value: str) -> AppTest:
    """Choose in a row of buttons."""
    return app.button_group(key=key).set_value(value).run()
