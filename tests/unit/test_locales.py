"""The texts of data/locales: complete in both languages, and exactly those that the code asks for."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from sxsh_options.i18n import LANGUAGES, Texts, Wording
from sxsh_options.model import Answer, Benefit, Category, CostKind, TaxAssumption, TechnicalFeasibility
from sxsh_options.parameters import DATA_FOLDER, EVIDENCE
from sxsh_options.resources import catalogue
from sxsh_options.screening.plausibility import FIELD_OF
from sxsh_options.screening.results import PaybackStatus, RankedList, Triage

ROOT = Path(__file__).resolve().parents[2]
FOLDER = DATA_FOLDER / "locales"
TEXTS = Texts(FOLDER)
WORDING = Wording("vi")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
SOURCES = [
    *sorted((ROOT / "sxsh_options").rglob("*.py")),
    *sorted((ROOT / "pages").glob("*.py")),
    *ROOT.glob("app.py"),
]


def tables(content: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every table that holds a text, by its dotted code."""
    for name, value in content.items():
        if not isinstance(value, dict) or (name == "params" and prefix):
            continue
        code = f"{prefix}{name}"
        own = {k: v for k, v in value.items() if k == "params" or not isinstance(v, dict)}
        if own:
            yield code, own
        yield from tables(value, f"{code}.")


def read_whole(path: Path) -> dict[str, dict[str, Any]]:
    return dict(tables(tomllib.loads(path.read_text(encoding="utf-8"))))


FILES = {path.name: read_whole(path) for path in sorted(FOLDER.glob("*.toml"))}
ALL = [(file, code) for file, content in FILES.items() for code in content]


def test_a_code_stands_in_one_place() -> None:
    """And the index, which never reads a file whole, finds exactly what a full reading finds."""
    codes = [code for _, code in ALL]
    assert len(codes) == len(set(codes)), sorted({c for c in codes if codes.count(c) > 1})
    assert sorted(TEXTS.codes()) == sorted(codes)


@pytest.mark.parametrize(("file", "code"), ALL, ids=[f"{file}:{code}" for file, code in ALL])
def test_text_is_complete(file: str, code: str) -> None:
    content = FILES[file][code]
    assert set(content) <= {"params", *LANGUAGES}
    params = content.get("params", {})
    assert set(params.values()) <= WORDING.value_types
    for lang in LANGUAGES:
        text = content.get(lang)
        assert isinstance(text, str), f"no text in {lang}"
        assert text.strip() == text, f"blank or empty text in {lang}"
        assert text, f"empty text in {lang}"
        assert set(PLACEHOLDER.findall(text)) == set(params), f"values shown in {lang}"
        assert "{" not in PLACEHOLDER.sub("", text), f"half a placeholder in {lang}"
    assert not re.search(r"\w\(e?s\)", content["en"]), "reword so that no plural is needed"
    entry = TEXTS.get(code)
    assert entry is not None
    assert entry.texts == {lang: content[lang] for lang in LANGUAGES}
    assert entry.params == params


def test_the_names_of_every_choice() -> None:
    """Whatever value a result can carry has a name in both languages."""
    irr_statuses = ("unique", "multiple", "no_root", "no_sign_change")
    evidence = (*EVIDENCE, "override", "entered")
    needed = {
        *(f"category.{c}" for c in Category),
        *(f"term.cost_{kind}" for kind in CostKind),
        *(f"term.benefit_{kind}" for kind in get_args(Benefit.model_fields["kind"].annotation)),
        *(f"term.answer_{answer}" for answer in Answer),
        *(f"term.feasibility_{question}" for question in TechnicalFeasibility.model_fields),
        *(f"term.{profile}" for profile in get_args(TaxAssumption.model_fields["profile"].annotation)),
        *(f"triage.{triage}" for triage in get_args(Triage)),
        *(f"payback_status.{status}" for status in get_args(PaybackStatus)),
        *(f"irr_status.{status}" for status in irr_statuses),
        *(f"measure.{measure}" for measure in get_args(get_type_hints(RankedList)["measure"])),
        *(f"evidence.{kind}" for kind in evidence),
        *(f"evidence_mark.{kind}" for kind in evidence if kind != "read"),
        *(f"unit.{resource.unit.lower()}" for resource in catalogue.resources().values()),
    }
    assert not needed - set(TEXTS.codes())


def formula_of(code: str) -> str:
    return code.removeprefix("formula.").removesuffix(".expression").removesuffix(".convention")


def test_every_formula_has_its_three_texts() -> None:
    formulas = {formula_of(code) for _, code in ALL if code.startswith("formula.")}
    for formula in formulas:
        for part in ("", ".expression", ".convention"):
            assert TEXTS.get(f"formula.{formula}{part}") is not None, formula + part


# What the code asks for


ANYTHING = r"[\w.\-]+"


def pattern(text: ast.JoinedStr) -> str:
    """Return a regular expression for what an f-string can become."""
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else ANYTHING for part in text.values
    )


class Call:
    """A call that names a text: its code (or the pattern of it), and the names of the values it passes."""

    def __init__(self, path: Path, line: int, code: str, names: set[str], *, all_known: bool) -> None:
        self.where = f"{path.relative_to(ROOT).as_posix()}:{line}"
        self.code = code  # a regular expression
        self.names = names
        self.all_known = all_known

    def fault(self, codes: dict[str, set[str]]) -> str | None:
        matching = [code for code in codes if re.fullmatch(self.code, code)]
        if not matching:
            return f"{self.where}: no text {self.code}"
        if any(self.names == codes[code] for code in matching):
            return None
        if not self.all_known and any(self.names <= codes[code] for code in matching):
            return None
        return f"{self.where}: {matching[0]} takes {sorted(codes[matching[0]])}, given {sorted(self.names)}"


class Reader(ast.NodeVisitor):
    """Gathers the calls of one module, following a code through a local variable or a small wrapper."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.calls: list[Call] = []
        self.unresolved: list[str] = []
        self.functions: list[ast.FunctionDef] = []
        self.wrappers = {
            node.name: fixed
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef) and (fixed := self._wraps(node)) is not None
        }
        self.visit(self.tree)

    @staticmethod
    def _wraps(function: ast.FunctionDef) -> set[str] | None:
        """Return the values that a function adds, if it hands its argument `code` on to a message."""
        arguments = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
        for node in ast.walk(function):
            if (
                "code" in arguments
                and isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("message", "Message")
                and node.args
                and isinstance(node.args[0], ast.Name)
                and node.args[0].id == "code"
            ):
                return {keyword.arg for keyword in node.keywords if keyword.arg}
        return None

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.functions.append(node)
        self.generic_visit(node)
        self.functions.pop()

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        function = node.func
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        is_message = isinstance(function, ast.Name) and name in ("message", "Message")
        receiver = ast.unparse(function.value) if isinstance(function, ast.Attribute) else ""
        is_text = name == "text" and receiver.endswith("wording")
        if not (is_message or is_text or name in self.wrappers) or not node.args:
            return
        if self.functions and self.functions[-1].name in self.wrappers and name not in self.wrappers:
            return
        codes = list(self._codes(node.args[0]))
        if not codes and is_message:
            self.unresolved.append(f"{self.path.name}:{node.lineno}")
        names, all_known = self._names(node)
        names |= self.wrappers.get(name, set())
        for code in codes:
            self.calls.append(Call(self.path, node.lineno, code, names, all_known=all_known))

    def _names(self, node: ast.Call) -> tuple[set[str], bool]:
        names = {keyword.arg for keyword in node.keywords if keyword.arg}
        all_known = True
        groups = [keyword.value for keyword in node.keywords if keyword.arg is None]
        if isinstance(node.func, ast.Name) and node.func.id == "Message" and len(node.args) > 1:
            groups.append(node.args[1])
        for group in groups:
            values = [group] if isinstance(group, ast.Dict) else list(self._assigned(group))
            if len(values) == 1 and isinstance(values[0], ast.Dict):
                names |= {str(key.value) for key in values[0].keys if isinstance(key, ast.Constant)}
            else:
                all_known = False
        return names, all_known

    def _codes(self, node: ast.expr) -> Iterator[str]:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        elif isinstance(node, ast.IfExp):
            yield from self._codes(node.body)
            yield from self._codes(node.orelse)
        elif isinstance(node, ast.JoinedStr):
            yield pattern(node)
        elif isinstance(node, ast.Name):
            for value in self._assigned(node):
                yield from self._codes(value)

    def _assigned(self, node: ast.expr) -> Iterator[ast.expr]:
        """Yield what is assigned to a name in the function around."""
        if not isinstance(node, ast.Name) or not self.functions:
            return
        for statement in ast.walk(self.functions[-1]):
            if isinstance(statement, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == node.id for target in statement.targets
            ):
                yield statement.value


READERS = [Reader(path) for path in SOURCES if path.name != "errors.py"]


def test_the_code_asks_only_for_texts_that_are_there() -> None:
    """Every code exists, and gets exactly the values that its text declares."""
    codes = {
        code: set(content.get("params", {})) for texts in FILES.values() for code, content in texts.items()
    }
    faults = [fault for reader in READERS for call in reader.calls if (fault := call.fault(codes))]
    assert not faults, "\n".join(faults)
    assert sum(len(reader.calls) for reader in READERS) > 50  # the search itself still finds them


def test_every_code_can_be_followed() -> None:
    assert not [place for reader in READERS for place in reader.unresolved]


def test_every_text_is_asked_for() -> None:
    """A text that nothing asks for is dead weight for translators."""
    strings: set[str] = set()
    patterns: list[str] = []
    for reader in READERS:
        for node in ast.walk(reader.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".+" for v in node.values
                ]
                if re.search(r"[a-z]{3}", "".join(parts)):
                    patterns.append("".join(parts))
    data = "\n".join(path.read_text(encoding="utf-8") for path in DATA_FOLDER.rglob("*.csv"))

    def asked(code: str) -> bool:
        area, _, rest = code.partition(".")
        if code in strings or any(re.fullmatch(each, code) for each in patterns if r"\." in each):
            if area == "term":
                return asked_by_name(rest)
            return area != "formula" or asked_by_name(formula_of(code))
        return False

    def asked_by_name(name: str) -> bool:
        if name in strings or any(re.fullmatch(each, name) for each in patterns):
            return True
        return name in data

    assert not [code for _, code in ALL if not asked(code)]


def test_every_quantity_and_assumption_is_named() -> None:
    """Inputs, assumptions and explanations are terms; what an explanation rests on is a formula."""
    missing = []
    for reader in READERS:
        for node in ast.walk(reader.tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            wanted: list[tuple[str, ast.expr]] = []
            if node.func.id in ("InputUsed", "AssumptionUsed", "Explanation"):
                wanted.append(("term", node.args[0]))
            if node.func.id == "Explanation":
                wanted.append(("formula", node.args[1]))
            for area, argument in wanted:
                if isinstance(argument, ast.Constant):
                    code = f"{area}.{argument.value!s}"
                    if TEXTS.get(code) is None:
                        missing.append(f"{reader.path.name}:{node.lineno}: {code}")
    assert not missing


@pytest.mark.parametrize("question", sorted(FIELD_OF))
def test_every_question_has_its_heading(question: str) -> None:
    code = f"option.asked_for.{question.removeprefix('question.')}"
    assert WORDING.text(code) != code
