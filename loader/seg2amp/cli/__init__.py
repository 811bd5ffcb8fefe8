"""The command line: verbs of the field, data on stdout, talk on stderr, documented exit codes."""

from seg2amp.cli.commands import app, main

__all__ = ["app", "main"]
