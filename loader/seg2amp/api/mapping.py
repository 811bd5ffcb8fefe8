"""Mapping: build the models, look at what they will read, and try them on messages."""

import sys
from collections.abc import Mapping
from pathlib import Path

from seg2amp import transform
from seg2amp.delivery import parse_moment
from seg2amp.errors import ConfigurationError
from seg2amp.settings import Environment
from seg2amp.transform import BuildSummary, BuildTests, Diagnosis, PreviewSummary, windows


def build(
    settings: Mapping[str, object],
    *,
    tests: BuildTests = BuildTests.ALL,
    target: str | None = None,
    since: str | None = None,
    until: str | None = None,
    batch_days: int | None = None,
    full_refresh: bool = False,
) -> BuildSummary:
    """Run `dbt build` on the warehouse with these settings (`profile` among them).

    target: an output of profiles.yml; without it SEG2AMP_TARGET, else the default of profiles.yml.
    New user agents are parsed on the way, whatever the engine. since, until: read only messages
    that Segment received from then (UTC) until before then; what was read before stays.
    batch_days: go from `since` to `until`, or to now, in steps of so many days, so that each is
    small. full_refresh: forget all that was read and mapped; outbox, ledger and history stay.

    Raises:
        ConfigurationError: a setting, profile, target or raw schema is not as it must be.
        StoppedEarly: another process holds the warehouse, or its server is out of reach.
        Seg2ampError: dbt could not start, or a model or test failed.

    """
    if full_refresh and (since or until) and not batch_days:
        raise ConfigurationError(
            "`--full-refresh` forgets all messages, and `--since` or `--until` would read only "
            "some again; leave one out, or go through all of them with `--batch-days`."
        )
    environment = Environment()
    return transform.build(
        environment.project_dir,
        environment.duckdb_path,
        settings,
        tests=tests,
        target=target or environment.target,
        windows=windows(
            parse_moment("--since", since) if since else None,
            parse_moment("--until", until) if until else None,
            batch_days,
        ),
        full_refresh=full_refresh,
    )


def doctor(settings: Mapping[str, object], *, target: str | None = None) -> Diagnosis:
    """Inspect the raw Segment tables of the warehouse; nothing is built or written.

    target: as in `build`.

    Raises:
        ConfigurationError: a setting, profile or target is not as it must be, or no warehouse.
        StoppedEarly: another process holds the warehouse, or its server is out of reach.
        Seg2ampError: dbt could not start, or the warehouse refused a query.

    """
    environment = Environment()
    return transform.doctor(
        environment.project_dir,
        environment.duckdb_path,
        settings,
        target=target or environment.target,
    )


def codegen(settings: Mapping[str, object], *, target: str | None = None) -> dict[str, str]:
    """Write out the staging models for the raw tables of the warehouse: {file name: text}.

    target: as in `build`.

    Raises:
        ConfigurationError: a setting, profile or target is not as it must be, or no raw table.
        StoppedEarly: another process holds the warehouse, or its server is out of reach.
        Seg2ampError: dbt could not start, or the warehouse refused a query.

    """
    environment = Environment()
    return transform.codegen(
        environment.project_dir,
        environment.duckdb_path,
        settings,
        target=target or environment.target,
    )


def preview(file: str, settings: Mapping[str, object]) -> PreviewSummary:
    """Map a file of raw Segment messages, `-` for standard input, without a warehouse.

    Raises:
        ConfigurationError: the file is missing, or a setting or profile is not as it must be.

    """
    if file == "-":
        lines = sys.stdin.read().split("\n")
    else:
        try:
            lines = Path(file).read_text(encoding="utf-8-sig", errors="replace").split("\n")
        except OSError as error:
            raise ConfigurationError(
                f"Cannot read `{file}`: {error.strerror}; name a file of raw Segment messages."
            ) from None
    return transform.preview(Environment().project_dir, lines, settings)
