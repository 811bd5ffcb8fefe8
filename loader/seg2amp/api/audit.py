"""Audit: what became of every message and row, as answers, figures and a page."""

from pathlib import Path

import pyarrow as pa

from seg2amp.api.warehouse import built_warehouse
from seg2amp.audit.accounts import Account, read_account
from seg2amp.audit.report import write_report
from seg2amp.audit.status import Status, read_status
from seg2amp.settings import Environment


def query(sql: str) -> pa.Table:
    """Run one query on the warehouse, which it cannot change.

    Raises:
        ConfigurationError: no warehouse.
        Seg2ampError: the warehouse refused the query.

    """
    environment = Environment()
    with built_warehouse(environment, read_only=True) as warehouse:
        return warehouse.read(sql)


def status() -> Status:
    """Tell how delivery stands: the last runs, rows by state, who waits, what was refused.

    Raises:
        ConfigurationError: no warehouse, or no models in it yet.
        StoppedEarly: another process holds the warehouse.

    """
    environment = Environment()
    with built_warehouse(environment, read_only=True) as warehouse:
        return read_status(warehouse, environment.schema_name)


def account() -> Account:
    """Count what became of every message and row in the warehouse.

    Raises:
        ConfigurationError: no warehouse, or no models in it yet.

    """
    environment = Environment()
    with built_warehouse(environment, read_only=True) as warehouse:
        return read_account(warehouse, environment.schema_name)


def report(out: Path, *, show_values: bool = False) -> None:
    """Write one HTML page that accounts for every message in the warehouse.

    Raises:
        ConfigurationError: no warehouse, or no models in it yet.

    """
    environment = Environment()
    with built_warehouse(environment, read_only=True) as warehouse:
        write_report(warehouse, environment.schema_name, out, show_values=show_values)
