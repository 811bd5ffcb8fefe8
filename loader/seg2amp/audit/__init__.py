"""Audit: what became of every message, for people to read."""

from seg2amp.audit.accounts import Account, read_account
from seg2amp.audit.report import write_report
from seg2amp.audit.status import Status, read_status
from seg2amp.audit.status_tables import status_tables

__all__ = [
    "Account",
    "Status",
    "read_account",
    "read_status",
    "status_tables",
    "write_report",
]
