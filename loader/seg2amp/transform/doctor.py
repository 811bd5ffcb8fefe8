"""What the raw Segment tables of a warehouse are like, asked through dbt before anything is built.

The questions are SQL: the models `audit_sources` and `audit_source_findings`. Here they are only
asked, so that every engine answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from seg2amp.errors import ConfigurationError
from seg2amp.transform.parsed import parsed
from seg2amp.transform.project import Project

_SOURCES = "audit_sources"
_FINDINGS = "audit_source_findings"


class Severity(StrEnum):
    """How bad a finding is; an error stops a build, or loses what most would miss."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Source:
    """One raw table, as `audit_sources` describes it; times are naive UTC."""

    source_relation: str
    source_table: str
    read_as: str | None
    left_out: str | None
    row_count: int | None
    first_received_at: datetime | None
    last_received_at: datetime | None
    last_loaded_at: datetime | None
    load_lag_hours: float | None
    load_time_column: str | None
    columns: int
    column_names: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a schema, table or column, as `audit_source_findings` tells it.

    share: of the table's rows, 0 to 1; is_sent: False where the rows will not be sent.
    """

    finding: str
    severity: Severity
    source_relation: str
    source_table: str | None
    column_name: str | None
    row_count: int | None
    share: float | None
    detail: str | None
    is_sent: bool
    explanation: str
    advice: str


@dataclass(frozen=True)
class Diagnosis:
    """What a warehouse holds for seg2amp: its raw tables, and the findings, worst first."""

    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Whether one of the findings is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def doctor(
    project_dir: Path,
    database: Path,
    settings: Mapping[str, object],
    *,
    target: str | None = None,
) -> Diagnosis:
    """Inspect the raw tables that these settings name; nothing is built or written.

    target: an output of profiles.yml, None for its default; database: the DuckDB file, where the
    target is DuckDB.

    Raises:
        ConfigurationError: a setting, profile or target is not as it must be, or no warehouse.
        StoppedEarly: another process holds the warehouse, or its server is out of reach.
        Seg2ampError: dbt could not start, or the warehouse refused a query.

    """
    project = Project.beside(database, project_dir, target)
    manifest = parsed(project)
    if manifest.metadata.adapter_type == "duckdb" and not database.is_file():
        raise ConfigurationError(
            f"No warehouse `{database}`; point SEG2AMP_DUCKDB_PATH at the DuckDB file that holds "
            "your raw Segment tables, or name another output of profiles.yml with --target."
        )
    shown = project.shown([_SOURCES, _FINDINGS], settings, manifest)
    sources = [Source(**_plain(row)) for row in shown[_SOURCES]]
    findings = [_finding(row) for row in shown[_FINDINGS]]
    return Diagnosis(
        sources=tuple(sorted(sources, key=lambda it: (it.source_relation, it.source_table))),
        findings=tuple(sorted(findings, key=_worst_first)),
    )


def _finding(row: Mapping[str, object]) -> Finding:
    values = _plain(row)
    severity = Severity(values.pop("severity"))
    share = values.pop("share")
    return Finding(severity=severity, share=None if share is None else float(share), **values)


def _plain(row: Mapping[str, object]) -> dict[str, Any]:
    """Give a row's values as Python's own types: dbt counts in decimals."""
    return {
        name: (int(value) if value == int(value) else float(value))
        if isinstance(value, Decimal)
        else value
        for name, value in row.items()
    }


def _worst_first(finding: Finding) -> tuple[object, ...]:
    return (
        list(Severity).index(finding.severity),
        finding.is_sent,
        finding.source_relation,
        finding.finding,
        finding.column_name or "",
        -(finding.row_count or 0),
        finding.source_table or "",
        finding.detail or "",
    )
