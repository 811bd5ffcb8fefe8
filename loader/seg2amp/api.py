"""The typed functions behind the commands, for notebooks, orchestrators and tests."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
from pydantic import SecretStr

from seg2amp import transform
from seg2amp.audit.accounts import Account, read_account
from seg2amp.audit.report import write_report
from seg2amp.audit.status import Status, read_status
from seg2amp.delivery import (
    Deletion,
    DeletionSettings,
    Ended,
    LoadSettings,
    LoadSummary,
    Progress,
    Retried,
    parse_moment,
    preview_load,
)
from seg2amp.delivery import delete_users as ask_to_delete
from seg2amp.delivery import load as deliver
from seg2amp.delivery import retry as make_pending
from seg2amp.errors import ConfigurationError
from seg2amp.settings import Environment
from seg2amp.transform import BuildSummary, BuildTests, Diagnosis, PreviewSummary, windows
from seg2amp.warehouse import DuckDBWarehouse


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


def _warehouse(environment: Environment, *, read_only: bool = False) -> DuckDBWarehouse:
    """Open the warehouse that was built.

    Raises `ConfigurationError` where it is not DuckDB, the one engine that is read here so far: the
    file of an earlier build must not be taken for it.
    """
    _require_duckdb(environment.target)
    return DuckDBWarehouse(environment.duckdb_path, read_only=read_only)


def _require_duckdb(target: str | None) -> None:
    if target not in {None, "duckdb"}:
        raise ConfigurationError(
            f"The target is `{target}`, but load, report and query read DuckDB alone; "
            "unset SEG2AMP_TARGET, and leave out `--target`, to use the DuckDB warehouse."
        )


def load(
    *,
    base_url: str | None = None,
    since: str | None = None,
    until: str | None = None,
    yes: bool = False,
    concurrency: int = 16,
    user_rate: int | None = None,
    gzip: bool = False,
    max_rejected: int | None = None,
    keep_days: int | None = None,
    time_limit: float | None = None,
    progress: Progress | None = None,
    run_id: str | None = None,
    ended: Ended | None = None,
) -> LoadSummary:
    """Deliver what is pending in the outbox; the key comes from AMPLITUDE_API_KEY.

    gzip: compress requests, as long as the server takes them. run_id: the run's name in the
    ledger. ended: hears what a load came to that had begun, also when it then raises.

    Raises:
        ConfigurationError: no key, no warehouse, no outbox, a refused key, old rows unasked for.
        StoppedEarly: Amplitude is out of reach, or another process holds the warehouse.
        TooManyRejected: more than `max_rejected` rows were refused.

    """
    environment = Environment()
    settings = LoadSettings(
        api_key=_api_key(environment),
        base_url=base_url,
        since=parse_moment("--since", since) if since else None,
        until=parse_moment("--until", until) if until else None,
        yes=yes,
        concurrency=concurrency,
        gzip=gzip,
        user_rate=user_rate,
        max_rejected=max_rejected,
        keep_days=keep_days,
        time_limit=time_limit,
        schema=environment.schema_name,
        run_id=run_id,
    )
    with _warehouse(environment) as warehouse:
        return deliver(warehouse, settings, progress, ended)


def check_load(
    *, target: str | None = None, since: str | None = None, until: str | None = None
) -> None:
    """Find out before a build what would keep the `load` after it from starting.

    target, since, until: as `build` and `load` will get them.

    Raises:
        ConfigurationError: no key, a target that is not read, or a date that is none.

    """
    environment = Environment()
    _api_key(environment)
    _require_duckdb(target or environment.target)
    for option, moment in (("--since", since), ("--until", until)):
        if moment:
            parse_moment(option, moment)


def _api_key(environment: Environment) -> SecretStr:
    if environment.api_key is None or not environment.api_key.get_secret_value():
        raise ConfigurationError(
            "AMPLITUDE_API_KEY is not set; export the key of your Amplitude project, "
            "or pass --dry-run."
        )
    return environment.api_key


def retry(*, rejected: bool, unknown: bool, insert_ids: Sequence[str] = ()) -> Retried:
    """Make refused rows or rows of unknown outcome pending again; `load` sends them.

    Raises:
        ConfigurationError: nothing is asked for, no warehouse or no outbox.
        StoppedEarly: another process holds the warehouse.

    """
    if not rejected and not unknown:
        raise ConfigurationError("Nothing to do: say --rejected, --unknown, or both.")
    environment = Environment()
    with _warehouse(environment) as warehouse:
        return make_pending(
            warehouse,
            environment.schema_name,
            rejected=rejected,
            unknown=unknown,
            insert_ids=insert_ids,
        )


def dry_run(
    *, since: str | None = None, until: str | None = None, show_values: bool = False
) -> Iterator[str]:
    """Tell as lines of JSON what `load` would send: counts by endpoint, then first payloads.

    Raises:
        ConfigurationError: no warehouse or no outbox.

    """
    environment = Environment()
    settings = LoadSettings(
        api_key=SecretStr(""),
        since=parse_moment("--since", since) if since else None,
        until=parse_moment("--until", until) if until else None,
        schema=environment.schema_name,
    )
    with _warehouse(environment) as warehouse:
        shown = preview_load(warehouse, settings, show_values=show_values)
    for kind in shown.kinds:
        yield json.dumps({"endpoint": kind.endpoint, "kind": kind.kind, "rows": kind.rows})
    for endpoint, payloads in shown.payloads.items():
        for payload in payloads:
            yield f'{{"endpoint": "{endpoint}", "payload": {payload}}}'


def delete_users(
    user_ids: Sequence[str],
    *,
    endpoint_region: str = "north_america",
    base_url: str | None = None,
    requester: str = "",
    ignore_invalid_id: bool = False,
    delete_from_org: bool = False,
    note: Callable[[str], None] = lambda _line: None,
) -> Deletion:
    """Ask Amplitude to delete all data of users, for good; it e-mails all admins.

    The keys come from AMPLITUDE_API_KEY and AMPLITUDE_SECRET_KEY. Amplitude takes later events of
    a deleted user as those of a new one. requester: who asks for it, kept with the job.
    ignore_invalid_id: pass over ids that the project does not know. delete_from_org: from all
    projects of the organisation. note: hears of waits.

    Raises:
        ConfigurationError: no key, no id, or the keys, region or address are refused.
        StoppedEarly: Amplitude is out of reach or too busy; asking again is harmless.
        Seg2ampError: Amplitude refuses the ids.

    """
    environment = Environment()
    if environment.api_key is None or environment.secret_key is None:
        raise ConfigurationError(
            "AMPLITUDE_API_KEY and AMPLITUDE_SECRET_KEY are not both set; export the keys of your "
            "Amplitude project."
        )
    settings = DeletionSettings(
        api_key=environment.api_key,
        secret_key=environment.secret_key,
        region=endpoint_region,
        base_url=base_url,
        requester=requester,
        ignore_invalid_id=ignore_invalid_id,
        delete_from_org=delete_from_org,
    )
    return ask_to_delete(user_ids, settings, note)


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


def query(sql: str) -> pa.Table:
    """Run one query on the warehouse, which it cannot change.

    Raises:
        ConfigurationError: no warehouse.
        Seg2ampError: the warehouse refused the query.

    """
    environment = Environment()
    with _warehouse(environment, read_only=True) as warehouse:
        return warehouse.read(sql)


def status() -> Status:
    """Tell how delivery stands: the last runs, rows by state, who waits, what was refused.

    Raises:
        ConfigurationError: no warehouse, or no models in it yet.
        StoppedEarly: another process holds the warehouse.

    """
    environment = Environment()
    with _warehouse(environment, read_only=True) as warehouse:
        return read_status(warehouse, environment.schema_name)


def account() -> Account:
    """Count what became of every message and row in the warehouse.

    Raises:
        ConfigurationError: no warehouse, or no models in it yet.

    """
    environment = Environment()
    with _warehouse(environment, read_only=True) as warehouse:
        return read_account(warehouse, environment.schema_name)


def report(out: Path, *, show_values: bool = False) -> None:
    """Write one HTML page that accounts for every message in the warehouse.

    Raises:
        ConfigurationError: no warehouse, or no models in it yet.

    """
    environment = Environment()
    with _warehouse(environment, read_only=True) as warehouse:
        write_report(warehouse, environment.schema_name, out, show_values=show_values)
