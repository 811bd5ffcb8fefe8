"""A trial: traffic to map and deliver before there is any of one's own."""

from datetime import UTC, datetime
from pathlib import Path

from seg2amp.errors import ConfigurationError
from seg2amp.settings import Environment


def sample(
    messages: int,
    seed: int,
    *,
    end: datetime | None = None,
    out: Path | None = None,
    land: str | None = None,
    sources: bool = False,
) -> dict[str, int]:
    """Make Segment traffic into a folder, a schema of the warehouse, or both; rows by table.

    sources: the site, the app and the server are each a source of their own, with a schema
    (`LAND_web`, `LAND_ios`, `LAND_server`) or folder each, and track some forty kinds of events
    more. The tables are then named with their source: `web.tracks`.

    Raises:
        ConfigurationError: the folder or schema holds something that is not ours.

    """
    from seg2amp.sample import (  # noqa: PLC0415
        DEFAULT_END,
        land_sample,
        schemas_of,
        write_sample,
    )

    until = DEFAULT_END if end is None else end.replace(tzinfo=end.tzinfo or UTC)
    rows: dict[str, int] = {}
    if out is not None:
        rows = write_sample(messages, seed, until, out, sources=sources)
    if land is not None:
        own = Environment().schema_name
        if own in schemas_of(land, sources=sources):
            raise ConfigurationError(
                f"Schema `{own}` is the models' own; land raw tables in another schema."
            )
        database = Environment().duckdb_path
        database.parent.mkdir(parents=True, exist_ok=True)
        rows = land_sample(messages, seed, until, database, land, sources=sources)
    return rows
