"""The two outlets of the command line: talk goes to stderr, data to stdout."""

import json
import sys

from rich.console import Console

talk = Console(stderr=True, highlight=False, soft_wrap=True)


def write_json(value: object) -> None:
    """Write one line of JSON; what JSON does not know is written as text."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
