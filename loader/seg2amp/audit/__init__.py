"""Audit: what became of every message, for people to read."""

from seg2amp.audit.accounts import Account, read_account
from seg2amp.audit.report import write_report

__all__ = ["Account", "read_account", "write_report"]
