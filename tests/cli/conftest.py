"""A small options table, and the command line run inside the test's own process."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sxsh_options import cli

OPTIONS = """\
option_id,name,capex_vnd,annual_saving_vnd,lifetime_years,saving_electricity_kwh
VSD,Biến tần máy nén khí,600000000,,10,96000
LED,Thay đèn LED,50000000,30000000,10,
"""


@pytest.fixture
def options(tmp_path: Path) -> Path:
    path = tmp_path / "giải pháp.csv"
    path.write_text(OPTIONS, encoding="utf-8")
    return path


Result = tuple[int, str, str]
Run = Callable[..., Result]


@pytest.fixture
def sxsh(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line inside this process; return exit code, output, and what went to stderr."""

    def run(*arguments: object) -> Result:
        code = cli.main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return run
