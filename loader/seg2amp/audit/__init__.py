"""Audit: what became of every message, for people to read."""

from seg2amp.audit.report import write_report

__all__ = ["write_report"]
