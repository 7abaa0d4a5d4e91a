"""``tasks.py`` without network: what it decides, and which commands it would run."""

import ast
import json
import runpy
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import tasks

Command = tuple[str, ...]


class FakeRun:
    """Stands in for ``tasks.run``: notes the commands, and makes what ``venv`` and pip would make."""

    def __init__(self) -> None:
        self.commands: list[Command] = []
        self.answer: Callable[[Command], int] = lambda command: 0

    def __call__(self, *command: object, cwd: Path | None = None) -> int:
        parts = tuple(str(part) for part in command)
        self.commands.append(parts)
        if parts[1:3] == ("-m", "venv"):
            for folder in ("bin", "Scripts"):
                (Path(parts[3]) / folder).mkdir(parents=True)
                (Path(parts[3]) / folder / "python").touch()
                (Path(parts[3]) / folder / "python.exe").touch()
        return self.answer(parts)

    def jobs(self) -> list[str]:
        """Return the commands by their kind and empty the list."""
        kinds = [
            "venv" if "venv" in command else "editable" if "-e" in command else Path(command[-1]).name
            for command in self.commands
        ]
        self.commands.clear()
        return kinds


@pytest.fixture
def fake_run(monkeypatch: pytest.MonkeyPatch) -> FakeRun:
    fake = FakeRun()
    monkeypatch.setattr(tasks, "run", fake)
    return fake


@pytest.fixture
def environment(tmp_path: Path) -> tasks.Environment:
    root = tmp_path / "Nhà máy sữa"
    (root / "requirements").mkdir(parents=True)
    (root / "sxsh_options").mkdir()
    for name in (
        "requirements/base.txt",
        "requirements/dev.txt",
        "pyproject.toml",
        "sxsh_options/__init__.py",
    ):
        (root / name).write_text(f"# {name}\n", encoding="utf-8")
    return tasks.Environment(root)


# --- the Python that runs it


def test_old_python_is_told_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit) as stopped:
        runpy.run_path(tasks.__file__)
    assert "Cần Python 3.11 trở lên; đang chạy Python 3.9." in str(stopped.value)
    assert "Python 3.11 or newer is needed; this is Python 3.9." in str(stopped.value)


def test_an_old_python_can_read_the_file() -> None:
    ast.parse(Path(tasks.__file__).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse(Path(tasks.__file__).read_text(encoding="utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


# --- the environment


def test_set_up_from_nothing_then_nothing_to_do(environment: tasks.Environment, fake_run: FakeRun) -> None:
    assert environment.set_up() is True
    install = next(command for command in fake_run.commands if command[-1].endswith("base.txt"))
    assert {"--require-hashes", "--only-binary=:all:"} <= set(install)
    editable = next(command for command in fake_run.commands if "-e" in command)
    assert {"--no-deps", "--no-build-isolation"} <= set(editable)
    assert fake_run.jobs() == ["venv", "base.txt", "editable"]

    assert environment.set_up() is False
    assert fake_run.jobs() == []


def test_tools_for_tests_include_the_base(environment: tasks.Environment, fake_run: FakeRun) -> None:
    environment.set_up(dev=True)
    assert fake_run.jobs() == ["venv", "dev.txt", "editable"]
    assert environment.set_up() is False
    assert environment.set_up(dev=True) is False


def test_base_does_not_count_as_tools_for_tests(environment: tasks.Environment, fake_run: FakeRun) -> None:
    environment.set_up()
    fake_run.jobs()
    assert environment.set_up(dev=True) is True
    assert fake_run.jobs() == ["dev.txt", "editable"]


@pytest.mark.parametrize("changed", ["requirements/base.txt", "pyproject.toml", "sxsh_options/__init__.py"])
def test_a_changed_lock_or_project_is_installed_in_place(
    changed: str, environment: tasks.Environment, fake_run: FakeRun
) -> None:
    environment.set_up()
    fake_run.jobs()
    (environment.root / changed).write_text("# changed\n", encoding="utf-8")
    assert environment.set_up() is True
    assert fake_run.jobs() == ["base.txt", "editable"]


def test_line_endings_of_a_checkout_do_not_matter(environment: tasks.Environment) -> None:
    before = environment.fingerprint("base")
    lock = environment.root / "requirements/base.txt"
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert environment.fingerprint("base") == before


def test_failed_network_is_a_message_and_keeps_what_works(
    environment: tasks.Environment, fake_run: FakeRun
) -> None:
    environment.set_up()
    fake_run.jobs()
    fake_run.answer = lambda command: 1
    with pytest.raises(tasks.JobError) as failed:
        environment.set_up(dev=True)
    assert "kiểm tra kết nối mạng" in str(failed.value)
    assert "Check the network" in str(failed.value)
    assert fake_run.jobs() == ["dev.txt"]
    assert environment.set_up() is False  # the app still starts

    fake_run.answer = lambda command: 0
    assert environment.set_up(dev=True) is True
    assert fake_run.jobs() == ["dev.txt", "editable"]


def test_interrupted_installation_is_made_anew(environment: tasks.Environment, fake_run: FakeRun) -> None:
    def cut_short(command: Command) -> int:
        if "--require-hashes" in command:
            raise SystemError  # as if the power went: no line after this one runs
        return 0

    fake_run.answer = cut_short
    with pytest.raises(SystemError):
        environment.set_up()
    leftover = environment.folder / "half-installed"
    leftover.touch()
    fake_run.jobs()

    fake_run.answer = lambda command: 0
    assert environment.set_up() is True
    assert fake_run.jobs() == ["venv", "base.txt", "editable"]
    assert not leftover.exists()


@pytest.mark.parametrize("damage", ["no state", "not JSON", "no object", "other root", "no python"])
def test_an_unusable_environment_is_made_anew(
    damage: str, environment: tasks.Environment, fake_run: FakeRun
) -> None:
    environment.set_up()
    fake_run.jobs()
    if damage == "no state":
        environment.state_file.unlink()
    elif damage == "not JSON":
        environment.state_file.write_text("{", encoding="utf-8")
    elif damage == "no object":
        environment.state_file.write_text("[1]", encoding="utf-8")
    elif damage == "other root":  # the folder was moved: the scripts inside still name the old place
        state = json.loads(environment.state_file.read_text(encoding="utf-8"))
        environment.state_file.write_text(json.dumps({**state, "root": "/elsewhere"}), encoding="utf-8")
    else:
        environment.python.unlink()
    assert environment.set_up() is True
    assert fake_run.jobs() == ["venv", "base.txt", "editable"]


def test_python_without_venv_is_told_what_to_install(
    environment: tasks.Environment, fake_run: FakeRun
) -> None:
    fake_run.answer = lambda command: 1
    with pytest.raises(tasks.JobError, match="python3-venv"):
        environment.set_up()
    assert environment.usable_locks() is None


def test_a_folder_that_cannot_be_written_is_a_message(
    environment: tasks.Environment, fake_run: FakeRun
) -> None:
    environment.folder.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(tasks.JobError, match="Cannot write"):
        environment.set_up()


@pytest.mark.parametrize("site", ["lib/python3.12/site-packages", "Lib/site-packages"])
def test_link_to_the_project_is_ascii_and_leads_there(site: str, environment: tasks.Environment) -> None:
    link = environment.folder / site / "sxsh_options.pth"
    link.parent.mkdir(parents=True)
    link.write_text(str(environment.root), encoding="utf-8")
    environment.make_link_relative()
    target = link.read_bytes().decode("ascii").strip()
    assert (link.parent / target).resolve() == environment.root.resolve()


# --- Chromium


PLAYWRIGHT = ["py", "-m", "playwright", "install"]
APT = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]


@pytest.mark.parametrize(
    ("machine", "first_words"),
    [
        ({"apt": True, "root": True, "sudo": False}, [APT, [*PLAYWRIGHT, "--with-deps", "chromium"]]),
        (
            {"apt": True, "root": False, "sudo": True},
            [["sudo", *APT], [*PLAYWRIGHT, "--with-deps", "chromium"]],
        ),
        ({"apt": True, "root": False, "sudo": False}, [[*PLAYWRIGHT, "chromium"]]),
        ({"apt": False, "root": True, "sudo": True}, [[*PLAYWRIGHT, "chromium"]]),
        ({"apt": False, "root": False, "sudo": False}, [[*PLAYWRIGHT, "chromium"]]),
    ],
)
def test_which_installer_is_picked(machine: dict[str, bool], first_words: list[list[str]]) -> None:
    ways = tasks.chromium_installers("py", **machine)
    assert len(ways) == len(first_words)
    for way, words in zip(ways, first_words, strict=True):
        assert all(command[: len(words)] == words for command in way)


def test_a_stub_that_does_not_start_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = {"chromium-browser": "/stub", "google-chrome": "/real"}
    monkeypatch.setattr("shutil.which", installed.get)
    monkeypatch.setattr(tasks, "CHROMIUM_PLACES", ())
    monkeypatch.setattr(tasks, "starts", lambda program: program == "/real")
    assert tasks.find_chromium() == "/real"


def test_a_program_that_is_not_there_does_not_start(tmp_path: Path) -> None:
    assert tasks.WINDOWS or tasks.starts(str(tmp_path / "nothing")) is False


@pytest.fixture
def no_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(tasks.CHROMIUM_VARIABLE, raising=False)
    monkeypatch.setattr(tasks, "find_chromium", lambda: None)
    monkeypatch.setattr(tasks, "find_playwright_chromium", lambda python: None)


@pytest.mark.usefixtures("no_chromium")
def test_chromium_that_cannot_be_had_is_a_message(fake_run: FakeRun) -> None:
    fake_run.answer = lambda command: 1
    with pytest.raises(tasks.JobError, match="--quick") as failed:
        tasks.provide_chromium(Path("py"))
    assert "Không cài được Chromium" in str(failed.value)


@pytest.mark.usefixtures("no_chromium")
def test_second_way_is_tried_after_the_first_failed(
    fake_run: FakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(command: Command) -> int:
        if "playwright" in command:
            monkeypatch.setattr(tasks, "find_playwright_chromium", lambda python: "/own/chromium")
            return 0
        return 100

    fake_run.answer = answer
    monkeypatch.setattr(tasks, "chromium_installers", lambda *a, **k: [[["apt-get"]], [["playwright"]]])
    assert tasks.provide_chromium(Path("py")) == "/own/chromium"
    assert fake_run.commands == [("apt-get",), ("playwright",)]


@pytest.mark.usefixtures("no_chromium")
def test_a_chromium_named_by_the_user_is_taken(fake_run: FakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(tasks.CHROMIUM_VARIABLE, "/my/chromium")
    assert tasks.provide_chromium(Path("py")) == "/my/chromium"
    assert fake_run.commands == []


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(tasks.OFFICE_VARIABLE, raising=False)
    monkeypatch.setattr(tasks, "find_office", lambda: None)
    monkeypatch.setattr(tasks.shutil, "which", lambda name: f"/usr/bin/{name}")


@pytest.mark.usefixtures("no_office")
def test_libreoffice_that_cannot_be_had_is_a_message(fake_run: FakeRun) -> None:
    fake_run.answer = lambda command: 1
    with pytest.raises(tasks.JobError, match="--quick") as failed:
        tasks.provide_office()
    assert "Không cài được LibreOffice" in str(failed.value)


@pytest.mark.usefixtures("no_office")
def test_libreoffice_is_installed_where_it_is_missing(
    fake_run: FakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(command: Command) -> int:
        if "install" in command:
            monkeypatch.setattr(tasks, "find_office", lambda: "/usr/bin/soffice")
        return 0

    fake_run.answer = answer
    assert tasks.provide_office() == "/usr/bin/soffice"
    assert "libreoffice-calc-nogui" in fake_run.commands[-1]


def test_a_libreoffice_named_by_the_user_is_taken(fake_run: FakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(tasks.OFFICE_VARIABLE, "/my/soffice")
    assert tasks.provide_office() == "/my/soffice"
    assert fake_run.commands == []


# --- the jobs


@pytest.fixture
def ready(fake_run: FakeRun, monkeypatch: pytest.MonkeyPatch) -> FakeRun:
    """Everything is set up; only the job's own commands are noted."""
    monkeypatch.setattr(tasks.Environment, "set_up", lambda self, dev=False: False)
    monkeypatch.setenv(tasks.CHROMIUM_VARIABLE, "/my/chromium")
    monkeypatch.setenv(tasks.OFFICE_VARIABLE, "/my/soffice")
    return fake_run


def test_unknown_arguments_of_test_go_to_pytest(ready: FakeRun) -> None:
    ready.answer = lambda command: 5
    assert tasks.main(["test", "--quick", "-k", "npv or irr", "tests/unit", "--maxfail=1"]) == 5
    (command,) = ready.commands
    assert command[1:] == (
        *("-m", "pytest", "-m", "not browser and not slow", "--ignore=tests/app"),
        *("--ignore=tests/bad_input", "--ignore=tests/faults", "--ignore=tests/property"),
        *("-k", "npv or irr", "tests/unit", "--maxfail=1"),
    )


@pytest.mark.parametrize(("first", "second", "code"), [(0, 0, 0), (1, 0, 1), (0, 1, 1), (130, 0, 130)])
def test_all_tests_by_default_in_two_halves(
    ready: FakeRun, monkeypatch: pytest.MonkeyPatch, first: int, second: int, code: int
) -> None:
    ready.answer = lambda command: first
    other: list[tuple[str, ...]] = []

    @contextmanager
    def beside(*command: object) -> Iterator[Callable[[], int]]:
        other.append(tuple(map(str, command)))
        yield lambda: second

    monkeypatch.setattr(tasks, "beside", beside)
    assert tasks.main(["test"]) == code
    assert ready.commands[0][1:] == ("-m", "pytest", "--ignore=tests/e2e", "--ignore=tests/faults")
    assert other[0][1:] == ("-m", "pytest", "tests/e2e", "tests/faults")


def test_a_command_beside_others_shows_its_lines_and_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    with tasks.beside(sys.executable, "-c", "print('xong'); raise SystemExit(3)") as ended:
        assert ended() == 3
    assert capsys.readouterr().out.strip() == "xong"


def test_a_command_beside_others_is_ended_with_them() -> None:
    with tasks.beside(sys.executable, "-c", "import time; time.sleep(600)"):
        pass  # returns at once


def test_app_passes_its_options(ready: FakeRun) -> None:
    tasks.main(["app", "--port", "8600", "--no-browser"])
    command = ready.commands[0]
    assert command[1:] == ("-m", "sxsh_options.ui.server", "--port", "8600", "--no-browser")


def test_every_check_runs_and_the_first_failure_counts(ready: FakeRun) -> None:
    ready.answer = lambda command: {"ruff": 0, "mypy": 2}[command[2]] or int("format" in command)
    assert tasks.main(["lint"]) == 1
    assert [command[2:4] for command in ready.commands] == [("ruff", "check"), ("ruff", "format"), ("mypy",)]


def test_every_benchmark_runs(ready: FakeRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "benchmarks").mkdir()
    for name in ("bench_b.py", "bench_a.py", "peers.py"):
        (tmp_path / "benchmarks" / name).touch()
    monkeypatch.setattr(tasks, "ROOT", tmp_path)
    ready.answer = lambda command: 3 if command[1].endswith("bench_a.py") else 0
    assert tasks.main(["bench"]) == 3
    assert [Path(command[1]).name for command in ready.commands] == ["bench_a.py", "bench_b.py"]


@pytest.mark.parametrize("arguments", [[], ["fly"], ["lint", "--fast"], ["app", "--port", "x"]])
def test_a_wrong_command_line_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        tasks.main(arguments)
    assert refused.value.code == 2


@pytest.mark.parametrize("job", ["setup", "app", "test", "lint", "bench"])
def test_every_job_has_help(job: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as shown:
        tasks.main([job, "--help"])
    assert shown.value.code == 0
    assert f"tasks.py {job}" in capsys.readouterr().out


def test_a_job_that_cannot_go_on_ends_without_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(self: tasks.Environment, *, dev: bool = False) -> bool:
        raise tasks.JobError("Không có mạng.", "No network.")

    monkeypatch.setattr(tasks.Environment, "set_up", fail)
    assert tasks.main(["setup"]) == 1
    assert capsys.readouterr().err == "Không có mạng.\nNo network.\n"


def test_exit_code_of_a_command_is_passed_on(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    assert tasks.run(sys.executable, "-c", "raise SystemExit(7)", cwd=tmp_path) == 7
    assert signal.getsignal(signal.SIGTERM) == before
