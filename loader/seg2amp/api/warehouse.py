"""The warehouse that a build made, for those who deliver and account."""

from seg2amp.errors import ConfigurationError
from seg2amp.settings import Environment
from seg2amp.warehouse import DuckDBWarehouse


def built_warehouse(environment: Environment, *, read_only: bool = False) -> DuckDBWarehouse:
    """Open the warehouse that was built; `ConfigurationError` as in `require_duckdb`."""
    require_duckdb(environment.target)
    return DuckDBWarehouse(environment.duckdb_path, read_only=read_only)


def require_duckdb(target: str | None) -> None:
    """Raise `ConfigurationError` for a target that is not DuckDB, the one engine read here so far.

    The file of an earlier build must not be taken for it.
    """
    if target not in {None, "duckdb"}:
        raise ConfigurationError(
            f"The target is `{target}`, but load, report and query read DuckDB alone; "
            "unset SEG2AMP_TARGET, and leave out `--target`, to use the DuckDB warehouse."
        )
