"""The command line, called inside this process as a shell would call it."""

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

import pytest

from seg2amp.cli import main


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Ended:
    """Run `seg2amp ARGUMENTS`."""
    capsys.readouterr()
    code = _code(arguments)
    written = capsys.readouterr()
    return Ended(code, written.out, written.err)


def run_in_fixture(*arguments: str) -> Ended:
    """Do the same for several tests at once, where pytest gives no `capsys`."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = _code(arguments)
    return Ended(code, out.getvalue(), err.getvalue())


def _code(arguments: tuple[str, ...]) -> int:
    code: object = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["seg2amp", *arguments])
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    assert isinstance(code, int)
    return code
