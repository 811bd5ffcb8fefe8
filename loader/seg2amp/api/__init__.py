"""The typed functions behind the commands, for notebooks, orchestrators and tests."""

from seg2amp.api.audit import account, query, report, status
from seg2amp.api.delivery import check_load, delete_users, dry_run, load, retry
from seg2amp.api.mapping import build, codegen, doctor, preview
from seg2amp.api.trial import sample

__all__ = [
    "account",
    "build",
    "check_load",
    "codegen",
    "delete_users",
    "doctor",
    "dry_run",
    "load",
    "preview",
    "query",
    "report",
    "retry",
    "sample",
    "status",
]
