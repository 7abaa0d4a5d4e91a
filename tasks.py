"""The jobs of this project, one command each: ``python3 tasks.py setup | app | test | lint | bench``.

Standard library only, so that it runs before anything is installed. Its syntax is that of Python 3.7, so that
an old Python gets as far as the message that says what is wrong.
"""

import argparse
import hashlib
import io
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

MINIMUM_PYTHON = (3, 11)
if sys.version_info < MINIMUM_PYTHON:
    sys.exit(
        "Cần Python {0}.{1} trở lên; đang chạy Python {2}.{3}. Hãy cài bản mới hơn rồi chạy lại lệnh này.\n"
        "Python {0}.{1} or newer is needed; this is Python {2}.{3}. Install a newer one and run this again."
        "".format(*MINIMUM_PYTHON, *sys.version_info[:2])
    )

ROOT = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
PYTHON = "py" if WINDOWS else "python3"  # as people call it
CHROMIUM_VARIABLE = "SXSH_CHROMIUM"  # tells the tests which Chromium to drive
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_PLACES = (  # where it stands without being on PATH
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)


QUICK = (  # of pytest: what runs in under two minutes, the domain and its data
    "-m",
    "not browser and not slow",
    *(f"--ignore=tests/{folder}" for folder in ("app", "bad_input", "faults", "property")),
)
WAITING = ("tests/e2e", "tests/faults")  # browsers and servers: these wait more than they compute
ENDED = 128  # exit codes above it tell of a signal
OFFICE_VARIABLE = "SXSH_OFFICE"  # tells the tests which LibreOffice to open workbooks with
OFFICE_NAMES = ("soffice", "libreoffice")
OFFICE_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)


class JobError(Exception):
    """The job cannot go on; the text says why and what to do, in both languages."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"{vi}\n{en}")


def say(vi: str, en: str) -> None:
    """Print one line in each language, at once even when the output is piped."""
    print(f"» {vi}\n  {en}", flush=True)


def run(*command: str | Path, cwd: Path = ROOT) -> int:
    """Run a command to its end and return its exit code; interrupting or ending us ends it too."""
    process = subprocess.Popen([str(part) for part in command], cwd=cwd)
    previous = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        while True:
            try:
                code = process.wait()
            except KeyboardInterrupt:
                continue  # the terminal has sent it to the command as well: let it finish
            return code if code >= 0 else 128 - code
    finally:
        signal.signal(signal.SIGTERM, previous)


@contextmanager
def beside(*command: str | Path) -> Iterator[Callable[[], int]]:
    """Run a command beside others; what is given waits for its end, shows its lines and returns its code."""
    with tempfile.TemporaryFile() as lines:
        process = subprocess.Popen(
            [str(part) for part in command], cwd=ROOT, stdout=lines, stderr=subprocess.STDOUT
        )

        def ended() -> int:
            code = process.wait()
            lines.seek(0)
            sys.stdout.write(lines.read().decode("utf-8", "replace"))
            sys.stdout.flush()
            return code if code >= 0 else 128 - code

        try:
            yield ended
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()


class Environment:
    """The project's own Python in ``.venv``, made from the lock files and never half-made.

    A state file inside says for which place and which locks it was made, so that a second set-up has
    nothing to do and needs no network. While pip works the state says "incomplete": if that is found
    later, the work was cut short and the environment is made anew.
    """

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.state_file = self.folder / "setup-state.json"
        self.python = self.folder / ("Scripts/python.exe" if WINDOWS else "bin/python")
        self.command = self.folder / ("Scripts/sxsh.exe" if WINDOWS else "bin/sxsh")

    def fingerprint(self, lock: str) -> str:
        """Return a digest of everything that decides what an installation of this lock looks like."""
        digest = hashlib.sha256()
        for name in (f"requirements/{lock}.txt", "pyproject.toml", "sxsh_options/__init__.py"):
            content = (self.root / name).read_bytes().replace(b"\r\n", b"\n")
            digest.update(hashlib.sha256(content).digest())
        return digest.hexdigest()

    def usable_locks(self) -> dict[str, str] | None:
        """Return the installed locks and their fingerprints; None if the environment must be made anew."""
        try:
            state = json.loads(self.state_file.read_text(encoding="utf-8"))
            usable = state["complete"] and state["root"] == str(self.root) and self.python.exists()
            return dict(state["locks"]) if usable else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def save_state(self, locks: dict[str, str], *, complete: bool) -> None:
        """Write the state file in one step."""
        state = {"root": str(self.root), "complete": complete, "locks": locks}
        draft = self.state_file.with_suffix(".new")
        draft.write_text(json.dumps(state, indent=1), encoding="utf-8")
        draft.replace(self.state_file)

    def set_up(self, *, dev: bool = False) -> bool:
        """Bring ``.venv`` up to date with the lock; return whether there was anything to do."""
        lock = "dev" if dev else "base"
        locks = self.usable_locks()
        if locks is not None and locks.get(lock) == self.fingerprint(lock):
            return False
        try:
            if locks is None:
                self.create()
                locks = {}
            self.install(lock, locks)
        except OSError as error:
            raise JobError(
                f"Không ghi được vào {self.folder}: {error}. Hãy đóng chương trình đang dùng thư mục này, "
                "kiểm tra quyền ghi và dung lượng đĩa, rồi chạy lại.",
                f"Cannot write to {self.folder}: {error}. Close programs that use the folder, check the "
                "permission to write and the space on the disk, then run this again.",
            ) from error
        return True

    def create(self) -> None:
        """Make an empty environment, in place of whatever stands there."""
        say(f"Tạo môi trường Python trong {self.folder}", f"Making the Python environment in {self.folder}")
        if self.folder.exists():
            shutil.rmtree(self.folder)
        # The base interpreter: this script may itself be run by the environment that is being replaced.
        base = getattr(sys, "_base_executable", None) or sys.executable
        if run(base, "-m", "venv", self.folder, cwd=self.root) != 0:
            raise JobError(
                "Python này không tạo được môi trường riêng. Trên Debian hoặc Ubuntu, hãy chạy "
                "'sudo apt-get install python3-venv'; trên hệ khác, hãy cài lại Python từ trang chính thức.",
                "This Python cannot make an environment. On Debian or Ubuntu run "
                "'sudo apt-get install python3-venv'; elsewhere install Python again from its official site.",
            )
        self.save_state({}, complete=True)

    def install(self, lock: str, locks: dict[str, str]) -> None:
        """Install the locked packages and the project itself; ``locks`` are the ones installed so far."""
        say(
            "Cài các gói đã khóa phiên bản; lần đầu mất vài phút và cần mạng",
            "Installing the locked packages; the first time takes minutes and needs the network",
        )
        pip = (self.python, "-m", "pip", "--disable-pip-version-check", "--no-input", "install")
        requirements = self.root / "requirements" / f"{lock}.txt"
        self.save_state(locks, complete=False)
        code = run(*pip, "--require-hashes", "--only-binary=:all:", "-r", requirements, cwd=self.root)
        if code == 0:
            code = run(*pip, "--quiet", "--no-deps", "--no-build-isolation", "-e", self.root, cwd=self.root)
            self.make_link_relative()
        # When pip gives up it has changed nothing: what was installed before is still good.
        self.save_state(locks, complete=True)
        if code != 0:
            raise JobError(
                "Chưa cài xong: pip dừng với lỗi ở trên. Hãy kiểm tra kết nối mạng (và proxy, nếu có), dùng "
                f"Python 3.11 đến 3.14 (đang dùng {platform.python_version()}), rồi chạy lại lệnh này.",
                "Not installed: pip stopped with the error above. Check the network (and the proxy, if any), "
                f"use Python 3.11 to 3.14 (this is {platform.python_version()}), then run this again.",
            )
        installed = ("base", "dev") if lock == "dev" else ("base",)
        self.save_state({**locks, **{name: self.fingerprint(name) for name in installed}}, complete=True)

    def make_link_relative(self) -> None:
        """Point from the environment to the project in plain ASCII.

        Python up to 3.12 reads ``.pth`` files in the locale's encoding: a path with Vietnamese letters,
        which the build backend writes in UTF-8, would be lost there or even stop Python from starting.
        """
        folders = (*self.folder.glob("lib/python3*/site-packages"), self.folder / "Lib/site-packages")
        for folder in folders:
            link = folder / "sxsh_options.pth"
            if link.exists():
                link.write_text(os.path.relpath(self.root, folder) + "\n", encoding="ascii")


def find_chromium() -> str | None:
    """Return a Chromium or Chrome of this machine that starts, or None."""
    on_path = (shutil.which(name) for name in CHROMIUM_NAMES)
    candidates = [*filter(None, on_path), *(place for place in CHROMIUM_PLACES if Path(place).exists())]
    return next((candidate for candidate in candidates if starts(candidate)), None)


def starts(program: str) -> bool:
    """Tell whether a browser is more than a stub (Ubuntu's ``chromium-browser`` may only ask for snap)."""
    if WINDOWS:
        return True  # there "--version" would open a window
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def find_playwright_chromium(python: Path) -> str | None:
    """Return the Chromium that Playwright has downloaded for itself, or None."""
    script = (
        "import json; from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: print(json.dumps(p.chromium.executable_path))"
    )
    done = subprocess.run([str(python), "-c", script], capture_output=True, text=True, check=False)
    path = json.loads(done.stdout) if done.returncode == 0 else None
    return path if path and Path(path).exists() else None


def chromium_installers(python: str | Path, *, apt: bool, root: bool, sudo: bool) -> list[list[list[str]]]:
    """Return the ways to get a Chromium on this machine, best first; each is a list of commands.

    Parameters
    ----------
    python
        The interpreter that has Playwright.
    apt, root, sudo
        Whether ``apt-get`` exists, we are the superuser, and ``sudo`` exists.
    """
    with_playwright = [str(python), "-m", "playwright", "install"]
    if not (apt and (root or sudo)):
        return [[[*with_playwright, "chromium"]]]
    as_root = [] if root else ["sudo"]
    apt_get = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    packages = ["chromium", "fonts-liberation"]  # the fonts have all Vietnamese letters
    return [
        [[*apt_get, "update"], [*apt_get, "install", "-y", "--no-install-recommends", *packages]],
        [[*with_playwright, "--with-deps", "chromium"]],
    ]


def provide_chromium(python: Path) -> str:
    """Return the path of a Chromium for the tests; install one where there is none."""
    found = os.environ.get(CHROMIUM_VARIABLE) or find_chromium() or find_playwright_chromium(python)
    if found:
        return found
    say("Cài Chromium để kiểm thử màn hình", "Installing Chromium for the tests of the screens")
    root = getattr(os, "geteuid", lambda: None)() == 0  # Windows has none
    apt, sudo = bool(shutil.which("apt-get")), bool(shutil.which("sudo"))
    for commands in chromium_installers(python, apt=apt, root=root, sudo=sudo):
        for command in commands:
            run(*command)  # a failing "update" need not mean a failing "install": look for the result
        found = find_chromium() or find_playwright_chromium(python)
        if found:
            return found
    raise JobError(
        "Không cài được Chromium. Hãy tự cài Chromium hoặc Chrome rồi chạy lại, hoặc chạy "
        f"'{PYTHON} tasks.py test --quick' để bỏ phần kiểm thử bằng trình duyệt.",
        "Chromium could not be installed. Install Chromium or Chrome yourself and run this again, or run "
        f"'{PYTHON} tasks.py test --quick' to leave out the tests in a browser.",
    )


def find_office() -> str | None:
    """Return the LibreOffice of this machine, or None."""
    on_path = (shutil.which(name) for name in OFFICE_NAMES)
    candidates = [*filter(None, on_path), *(place for place in OFFICE_PLACES if Path(place).exists())]
    return candidates[0] if candidates else None


def provide_office() -> str:
    """Return the path of LibreOffice for the tests of workbooks; install it where there is none."""
    found = os.environ.get(OFFICE_VARIABLE) or find_office()
    if found:
        return found
    root = getattr(os, "geteuid", lambda: None)() == 0
    if shutil.which("apt-get") and (root or shutil.which("sudo")):
        say("Cài LibreOffice để kiểm thử tệp Excel", "Installing LibreOffice for the tests of Excel files")
        apt_get = [*([] if root else ["sudo"]), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        run(*apt_get, "update")
        run(*apt_get, "install", "-y", "--no-install-recommends", "libreoffice-calc-nogui")
        found = find_office()
        if found:
            return found
    raise JobError(
        "Không cài được LibreOffice. Hãy tự cài LibreOffice rồi chạy lại, hoặc chạy "
        f"'{PYTHON} tasks.py test --quick' để bỏ phần kiểm thử bằng phần mềm bảng tính.",
        "LibreOffice could not be installed. Install it yourself and run this again, or run "
        f"'{PYTHON} tasks.py test --quick' to leave out the tests with a spreadsheet program.",
    )


def setup(options: argparse.Namespace) -> int:
    """Make or update ``.venv``."""
    environment = Environment()
    if environment.set_up(dev=options.dev):
        say("Đã cài xong.", "Set up.")
    else:
        say("Đã cài từ trước, không có gì thay đổi.", "Already set up, nothing has changed.")
    command = environment.command.relative_to(ROOT)
    say(
        f"Bước tiếp theo: '{PYTHON} tasks.py app' mở ứng dụng; '{command} rank TỆP' xếp hạng từ dòng lệnh.",
        f"Next: '{PYTHON} tasks.py app' opens the app; '{command} rank FILE' ranks from the terminal.",
    )
    return 0


def app(options: argparse.Namespace) -> int:
    """Start the app until it is interrupted."""
    environment = Environment()
    environment.set_up()
    command: list[str | Path] = [environment.python, "-m", "sxsh_options.ui.server"]
    if options.port is not None:
        command += ["--port", str(options.port)]
    if options.no_browser:
        command.append("--no-browser")
    return run(*command)


def test(options: argparse.Namespace) -> int:
    """Run the tests, all of them in two halves at once; unknown arguments go to pytest."""
    environment = Environment()
    environment.set_up(dev=True)
    pytest = (environment.python, "-m", "pytest")
    selection = [*QUICK] if options.quick else []
    if not options.quick:
        os.environ[CHROMIUM_VARIABLE] = provide_chromium(environment.python)
        os.environ[OFFICE_VARIABLE] = provide_office()
    if selection or options.pytest_arguments:
        return run(*pytest, *selection, *options.pytest_arguments)
    with beside(*pytest, *WAITING) as ended:
        code = run(*pytest, *(f"--ignore={folder}" for folder in WAITING))
        if code > ENDED:
            return code  # by a signal: the other half is ended too
        return ended() or code


def lint(_options: argparse.Namespace) -> int:
    """Run every check, also after one has failed."""
    environment = Environment()
    environment.set_up(dev=True)
    checks = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",))
    codes = [run(environment.python, "-m", *check) for check in checks]
    return next((code for code in codes if code), 0)


def bench(_options: argparse.Namespace) -> int:
    """Run every benchmark, also after one has failed."""
    environment = Environment()
    environment.set_up(dev=True)
    codes = []
    for script in sorted((ROOT / "benchmarks").glob("bench_*.py")):
        print(f"\n== {script.stem}", flush=True)
        codes.append(run(environment.python, script))
    return next((code for code in codes if code), 0)


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line; only ``test`` takes arguments that are not known here."""
    parser = argparse.ArgumentParser(
        prog="tasks.py", description="SXSH Options: một lệnh một việc / one command a job", allow_abbrev=False
    )
    jobs = parser.add_subparsers(dest="name", required=True, metavar="setup | app | test | lint | bench")

    def add(job: Callable[[argparse.Namespace], int], name: str, text: str) -> argparse.ArgumentParser:
        added = jobs.add_parser(name, help=text, description=text, allow_abbrev=False)
        added.set_defaults(job=job)
        return added

    setup_parser = add(setup, "setup", "cài đặt vào .venv / set up in .venv")
    setup_parser.add_argument("--dev", action="store_true", help="cả công cụ kiểm thử / the test tools too")
    app_parser = add(app, "app", "mở ứng dụng trong trình duyệt / open the app in the browser")
    app_parser.add_argument("--port", type=int, help="cổng / port; 8501 nếu không nêu / if not given")
    app_parser.add_argument(
        "--no-browser", action="store_true", help="không mở trình duyệt / open no browser"
    )
    test_parser = add(
        test,
        "test",
        "chạy mọi kiểm thử; tham số khác chuyển cho pytest / run all tests; the rest goes to pytest",
    )
    test_parser.add_argument(
        "--quick",
        action="store_true",
        help="chỉ phần tính toán và dữ liệu, dưới hai phút / only domain and data, under two minutes",
    )
    add(lint, "lint", "kiểm tra mã nguồn: ruff, mypy / check the code: ruff, mypy")
    add(bench, "bench", "chạy các phép đo tốc độ / run the benchmarks")
    options, rest = parser.parse_known_args(arguments)
    if rest and options.name != "test":
        parser.error("unrecognized arguments: " + " ".join(rest))
    options.pytest_arguments = rest
    return options


def main(arguments: list[str]) -> int:
    """Run one job and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console without Vietnamese letters must not stop us
    try:
        options = parse(arguments)
        return int(options.job(options))
    except JobError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
