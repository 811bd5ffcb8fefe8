"""The command line, called inside this process as a shell would call it."""

import sys
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
    code: object = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["seg2amp", *arguments])
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    written = capsys.readouterr()
    assert isinstance(code, int)
    return Ended(code, written.out, written.err)
