"""The command line: verbs of the field, data on stdout, talk on stderr, documented exit codes."""

import json
import sys
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from seg2amp.errors import ConfigurationError, Seg2ampError
from seg2amp.scrub import scrubbed, traceback_of

if TYPE_CHECKING:
    from seg2amp.transform import BuildTests

UNREADABLE_INPUT = 3
ERRORS_FOUND = 3

BACKFILL_WARNING = """\
A backfill in Amplitude: every event counts towards your event volume, old ones too; a user becomes
new on the day of the earliest event, so new-user charts change for the past; identify calls are not
retroactive. With skip_user_properties_sync events carry only their own user properties
and leave today's alone. Try it in a test project first; `seg2amp load` asks before it sends."""

app = typer.Typer(
    name="seg2amp",
    help="Segment to Amplitude, from the warehouse: dbt maps, this delivers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="A setting; may be given again."),
]
Profile = Annotated[
    str | None,
    typer.Option(help="Defaults of the settings: actions, classic or recommended."),
]
Target = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="An output of profiles.yml; else SEG2AMP_TARGET."),
]
Tests = Annotated[str, typer.Option(help="all, data (no unit tests: a nightly build) or none.")]

BaseUrl = Annotated[
    str | None, typer.Option(metavar="URL", help="Send below this address, not to Amplitude.")
]
Since = Annotated[
    str | None,
    typer.Option(metavar="WHEN", help="Pass over rows earlier than this (ISO-8601, UTC)."),
]
Until = Annotated[
    str | None,
    typer.Option(metavar="WHEN", help="Leave rows pending from each lane's first of then on."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Send rows older than 7 days too.")]
Concurrency = Annotated[int, typer.Option(min=1, max=16, help="Requests in flight.")]
Gzip = Annotated[
    bool,
    typer.Option(
        "--gzip",
        envvar="SEG2AMP_GZIP",
        help="Compress requests; Amplitude's own libraries do, its documents do not say.",
    ),
]
UserRate = Annotated[
    int | None,
    typer.Option(min=1, metavar="ROWS", help="Of one person a second; else as documented."),
]
KeepDays = Annotated[
    int | None,
    typer.Option(
        min=8,
        metavar="DAYS",
        envvar="SEG2AMP_KEEP_DAYS",
        help="Forget requests of longer ago; what they settled stays settled.",
    ),
]
MaxRejected = Annotated[
    int | None,
    typer.Option(min=0, metavar="N", help="Stop once more than N rows are refused."),
]
TimeLimit = Annotated[
    float | None,
    typer.Option(min=0, metavar="SECONDS", help="Stop gently then; the rest stays pending."),
]
LogFormat = Annotated[
    str,
    typer.Option(envvar="SEG2AMP_LOG_FORMAT", help="text, or json: one object a line."),
]
Summary = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write how it ended here, as JSON.")
]
Metrics = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write metrics here, as Prometheus' text format."),
]

_talk = Console(stderr=True, highlight=False, soft_wrap=True)


def main() -> None:
    """Run the command line; an error of ours is one line and its exit code."""
    try:
        app()
    except Seg2ampError as error:
        _talk.print(f"seg2amp: {scrubbed(str(error))}", markup=False)
        raise SystemExit(error.exit_code) from None
    except Exception as error:  # noqa: BLE001 - whatever it is, its words may hold a key
        _talk.print(
            f"seg2amp: unexpected {type(error).__name__}\n{traceback_of(error)}", markup=False
        )
        raise SystemExit(1) from None


def _given(profile: str | None, settings: list[str] | None) -> dict[str, object]:
    from seg2amp.settings import parse_settings

    given = parse_settings(settings or [])
    if profile and given.get("profile", profile) != profile:
        raise ConfigurationError(
            f"`--profile {profile}` and `--set profile={given['profile']}` contradict each other."
        )
    return given | ({"profile": profile} if profile else {})


def _key_and_secret(pair: str) -> tuple[str, str]:
    """Read a `KEY:SECRET` of the sandbox."""
    key, _, secret = pair.partition(":")
    if not key or not secret:
        raise ConfigurationError("`--secret-key` takes KEY:SECRET, the API key and its secret key.")
    return key, secret


def _tests(word: str) -> "BuildTests":
    from seg2amp.transform import BuildTests

    if word not in set(BuildTests):
        raise ConfigurationError(f"`--tests {word}` is unknown; choose all, data or none.")
    return BuildTests(word)


@app.command()
def build(
    profile: Profile = None,
    settings: Settings = None,
    tests: Tests = "all",
    target: Target = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="Read messages received from then on (ISO-8601, UTC)."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="WHEN", help="Read messages received before then.")
    ] = None,
    batch_days: Annotated[
        int | None,
        typer.Option(min=1, metavar="DAYS", help="Go from --since on in steps of so many days."),
    ] = None,
    backfill: Annotated[
        bool, typer.Option("--backfill", help="History: events leave the users' properties alone.")
    ] = False,
    full_refresh: Annotated[
        bool,
        typer.Option("--full-refresh", help="Read and map everything anew; send nothing twice."),
    ] = False,
) -> None:
    """Map: run `dbt build` in this process, and parse new user agents on any engine.

    What was read before is kept; only what is new is read and mapped.
    """
    from seg2amp import api

    given = _given(profile, settings)
    if backfill:
        given = {"skip_user_properties_sync": True, **given}
        _talk.print(BACKFILL_WARNING)
    with _talk.status("dbt build"):
        summary = api.build(
            given,
            tests=_tests(tests),
            target=target,
            since=since,
            until=until,
            batch_days=batch_days,
            full_refresh=full_refresh,
        )
    _talk.print(
        f"built {summary.models} models and {summary.seeds} seeds, passed {summary.tests} tests "
        f"in {summary.seconds:.1f} s"
    )


@app.command()
def doctor(
    profile: Profile = None,
    settings: Settings = None,
    target: Target = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, all of it.")] = False,
) -> None:
    """Inspect: what the raw Segment tables hold, what they lack, what will not be sent and why.

    Nothing is built. Ends with 3 when a finding is an error, such as a schema that is not there.
    """
    from seg2amp import api
    from seg2amp.transform.diagnosis_text import diagnosis_text

    with _talk.status("asking the warehouse"):
        diagnosis = api.doctor(_given(profile, settings), target=target)
    if as_json:
        sys.stdout.write(json.dumps(asdict(diagnosis), ensure_ascii=False, default=str) + "\n")
    else:
        console = Console(soft_wrap=not sys.stdout.isatty(), highlight=False)
        for line in diagnosis_text(diagnosis):
            console.print(line)
    if diagnosis.has_errors:
        raise typer.Exit(ERRORS_FOUND)


@app.command()
def codegen(
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the files here; else all go to stdout."),
    ] = None,
    profile: Profile = None,
    settings: Settings = None,
    target: Target = None,
) -> None:
    """Write staging out: one SELECT for each raw table, its columns spelled out, to read and diff.

    In place of the files of the same names in dbt_project/models/staging they give the same rows.
    """
    from seg2amp import api

    with _talk.status("asking the warehouse"):
        files = api.codegen(_given(profile, settings), target=target)
    if out is None:
        for name, text in files.items():
            sys.stdout.write(f"-- {name}\n{text}\n")
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (out / name).write_text(text, encoding="utf-8")
    _talk.print(f"{len(files)} files in {out}", markup=False)


@app.command()
def preview(
    file: Annotated[str, typer.Argument(help="Raw Segment messages, one a line; - for stdin.")],
    profile: Profile = None,
    settings: Settings = None,
) -> None:
    """Show what raw Segment messages become, without a warehouse or a request."""
    from seg2amp import api

    with _talk.status("mapping"):
        summary = api.preview(file, _given(profile, settings))
    for line in summary.lines:
        sys.stdout.write(line + "\n")
    if summary.unreadable:
        _talk.print(f"seg2amp: {summary.unreadable} of the lines are no Segment messages.")
        raise typer.Exit(UNREADABLE_INPUT)


@app.command()
def load(
    base_url: BaseUrl = None,
    since: Since = None,
    until: Until = None,
    yes: Yes = False,
    concurrency: Concurrency = 16,
    gzip: Gzip = False,
    user_rate: UserRate = None,
    max_rejected: MaxRejected = None,
    keep_days: KeepDays = None,
    time_limit: TimeLimit = None,
    log_format: LogFormat = "text",
    summary: Summary = None,
    metrics: Metrics = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Send nothing; show counts and first payloads.")
    ] = False,
    show_values: Annotated[
        bool, typer.Option("--show-values", help="Do not mask personal values in --dry-run.")
    ] = False,
) -> None:
    """Deliver: send what is pending in the outbox, and write down what became of it.

    The key of the Amplitude project is read from AMPLITUDE_API_KEY.
    """
    from seg2amp import api
    from seg2amp.operations import Operation

    if dry_run:
        for line in api.dry_run(since=since, until=until, show_values=show_values):
            sys.stdout.write(line + "\n")
        return
    operation = Operation("load", log_format, summary, metrics)
    deliver = partial(
        api.load,
        base_url=base_url,
        since=since,
        until=until,
        yes=yes,
        concurrency=concurrency,
        gzip=gzip,
        user_rate=user_rate,
        max_rejected=max_rejected,
        keep_days=keep_days,
        time_limit=time_limit,
    )
    raise typer.Exit(operation.perform(lambda: operation.load(deliver)))


@app.command()
def run(
    profile: Profile = None,
    settings: Settings = None,
    tests: Tests = "data",
    target: Target = None,
    base_url: BaseUrl = None,
    since: Since = None,
    until: Until = None,
    yes: Yes = False,
    concurrency: Concurrency = 16,
    gzip: Gzip = False,
    user_rate: UserRate = None,
    max_rejected: MaxRejected = None,
    keep_days: KeepDays = None,
    time_limit: TimeLimit = None,
    log_format: LogFormat = "text",
    summary: Summary = None,
    metrics: Metrics = None,
) -> None:
    """Build, then load: all of it in one process, for cron; the load waits for a build that passes.

    --since, --until and --time-limit are the load's. Ends with the build's code when that fails,
    else with the load's.
    """
    from seg2amp import api
    from seg2amp.operations import Operation

    operation = Operation("run", log_format, summary, metrics)
    deliver = partial(
        api.load,
        base_url=base_url,
        since=since,
        until=until,
        yes=yes,
        concurrency=concurrency,
        gzip=gzip,
        user_rate=user_rate,
        max_rejected=max_rejected,
        keep_days=keep_days,
        time_limit=time_limit,
    )

    def build_and_load() -> None:
        given, chosen = _given(profile, settings), _tests(tests)
        api.check_load(target=target, since=since, until=until)
        operation.build(lambda: api.build(given, tests=chosen, target=target))
        operation.load(deliver)

    raise typer.Exit(operation.perform(build_and_load))


@app.command("delete-users")
def delete_users(
    user_id: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="A user; may be given again.")
    ] = None,
    user_ids_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="User ids, one a line.")
    ] = None,
    endpoint_region: Annotated[
        str, typer.Option(metavar="REGION", help="north_america or europe.")
    ] = "north_america",
    requester: Annotated[
        str, typer.Option(metavar="WHO", help="Who asks for it; Amplitude keeps it with the job.")
    ] = "",
    ignore_invalid_id: Annotated[
        bool, typer.Option("--ignore-invalid-id", help="Pass over ids nobody knows.")
    ] = False,
    delete_from_org: Annotated[
        bool, typer.Option("--delete-from-org", help="From all projects of the organisation.")
    ] = False,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="Ask below this address, not Amplitude.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it: nothing is asked again.")] = False,
) -> None:
    """Delete users from Amplitude, for good: their events and properties; all admins are e-mailed.

    The keys are read from AMPLITUDE_API_KEY and AMPLITUDE_SECRET_KEY. What Amplitude plans goes to
    stdout, one JSON object a job.
    """
    from seg2amp import api
    from seg2amp.settings import read_ids

    ids = list(
        dict.fromkeys([*(user_id or ()), *(read_ids(user_ids_file) if user_ids_file else ())])
    )
    where = "all projects of the organisation" if delete_from_org else "the project of the API key"
    plan = (
        f"deletes {len(ids):,} user{'' if len(ids) == 1 else 's'} with all data from {where} "
        f"({endpoint_region}), which nothing brings back, and e-mails all admins"
    )
    if ids and not yes:
        raise ConfigurationError(f"This {plan}; pass `--yes` to do it.")
    _talk.print(f"this {plan}", markup=False)
    deletion = api.delete_users(
        ids,
        endpoint_region=endpoint_region,
        base_url=base_url,
        requester=requester,
        ignore_invalid_id=ignore_invalid_id,
        delete_from_org=delete_from_org,
        note=lambda line: _talk.print(line, markup=False),
    )
    for job in deletion.jobs:
        sys.stdout.write(json.dumps(asdict(job), ensure_ascii=False, default=str) + "\n")
    for unknown in deletion.invalid_ids:
        _talk.print(f"not known to Amplitude: {unknown}", markup=False)
    _talk.print(f"asked in {deletion.requests} requests; jobs can be seen and revoked in Amplitude")


@app.command()
def retry(
    rejected: Annotated[
        bool, typer.Option("--rejected", help="Rows that Amplitude refused.")
    ] = False,
    unknown: Annotated[
        bool,
        typer.Option("--unknown", help="Rows that are held; Amplitude may store them twice."),
    ] = False,
    insert_id: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only this row; may be given again."),
    ] = None,
) -> None:
    """Make rows pending again that were refused or held; the next load sends them."""
    from seg2amp import api

    made = api.retry(rejected=rejected, unknown=unknown, insert_ids=insert_id or ())
    _talk.print(f"{made.rejected} refused and {made.unknown} held rows are pending again")


@app.command()
def sample(
    messages: Annotated[int, typer.Option(min=1, help="How many messages.")],
    seed: Annotated[int, typer.Option(help="Same seed, same bytes.")] = 1,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write Parquet tables, NDJSON and the S3 archive here."),
    ] = None,
    land: Annotated[
        str | None, typer.Option(metavar="SCHEMA", help="Put the tables into the warehouse.")
    ] = None,
    end: Annotated[
        datetime | None, typer.Option(help="When the traffic ends (UTC); a fixed day by default.")
    ] = None,
    sources: Annotated[
        bool,
        typer.Option(
            "--sources",
            help="Three sources, SCHEMA_web, SCHEMA_ios and SCHEMA_server, and more events.",
        ),
    ] = False,
) -> None:
    """Make realistic Segment traffic, as warehouse tables and as raw JSON."""
    from seg2amp import api

    if out is None and land is None:
        raise ConfigurationError("Nothing to do: name a folder with --out or a schema with --land.")
    with _talk.status("making messages"):
        rows = api.sample(messages, seed, end=end, out=out, land=land, sources=sources)
    schemas = land and (f"schemas {land}_*" if sources else f"schema {land}")
    places = " and ".join(str(place) for place in (out, schemas) if place)
    _talk.print(f"{messages} messages in {len(rows)} tables: {places}")


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8017,
    api_key: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY", help="Accept this key only; may be given again."),
    ] = None,
    secret_key: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY:SECRET",
            help="Accept this pair only for deletions and exports; may be given again.",
        ),
    ] = None,
    region: Annotated[str, typer.Option(help="us or eu.")] = "us",
    gzip: Annotated[bool, typer.Option(help="Accept gzip bodies.")] = True,
    starter_plan: Annotated[
        bool, typer.Option("--starter-plan", help="Hold projects to the Starter plan's rates.")
    ] = False,
    faults: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A fault plan: what shall go wrong.")
    ] = None,
    journal: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Add a line of JSON for each request.")
    ] = None,
) -> None:
    """Serve a strict Amplitude on this machine, for tests and trials."""
    from seg2amp.sandbox.config import SandboxConfig
    from seg2amp.sandbox.fault_plan import FaultPlan, load_plan
    from seg2amp.sandbox.server import run

    config = SandboxConfig(
        port=port,
        api_keys=frozenset(api_key or ()),
        secret_keys=dict(_key_and_secret(pair) for pair in secret_key or ()),
        region=region,
        gzip=gzip,
        starter_plan=starter_plan,
        faults=FaultPlan() if faults is None else load_plan(faults),
        journal=journal,
    )
    run(config, announce=lambda line: _talk.print(line, markup=False))


@app.command()
def report(
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the page goes.")] = Path(
        ".seg2amp/report.html"
    ),
    show_values: Annotated[
        bool, typer.Option("--show-values", help="Do not mask personal values.")
    ] = False,
) -> None:
    """Write one self-contained HTML page that accounts for every message."""
    from seg2amp import api

    api.report(out, show_values=show_values)
    _talk.print(f"report: {out}", markup=False)


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Tell how delivery stands: the last runs, rows by state, who waits, what was refused."""
    from seg2amp import api
    from seg2amp.audit import status_tables

    found = api.status()
    if as_json:
        sys.stdout.write(json.dumps(asdict(found), ensure_ascii=False, default=str) + "\n")
        return
    console = Console(soft_wrap=not sys.stdout.isatty(), markup=False, highlight=False)
    for table in status_tables(found):
        console.print(table)


@app.command()
def query(
    sql: Annotated[str, typer.Argument(help="One SELECT; it cannot change the warehouse.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a row.")] = False,
) -> None:
    """Ask the warehouse: audit_messages, audit_deliveries, audit_settings and the rest."""
    from seg2amp import api

    found = api.query(sql).to_pylist()
    if as_json:
        for row in found:
            sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
        return
    table = Table(*(found[0] if found else ()), box=box.SIMPLE_HEAD)
    for row in found:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    Console(soft_wrap=not sys.stdout.isatty(), markup=False).print(table if found else "no rows")


@app.command()
def demo(
    messages: Annotated[int, typer.Option(min=1, help="How many messages.")] = 3000,
    seed: Annotated[int, typer.Option(help="Same seed, same bytes.")] = 1,
) -> None:
    """Show the whole way once: sample traffic, dbt, a sandbox, and the account of it all."""
    from seg2amp.demo import demo as run_demo

    raise typer.Exit(run_demo(messages, seed))
