"""The commands of the mapping: build, and what helps before and around a build."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from seg2amp.cli.options import (
    Profile,
    Settings,
    Target,
    Tests,
    build_tests,
    given_settings,
)
from seg2amp.cli.output import talk, write_json

UNREADABLE_INPUT = 3
ERRORS_FOUND = 3

BACKFILL_WARNING = """\
A backfill in Amplitude: every event counts towards your event volume, old ones too; a user becomes
new on the day of the earliest event, so new-user charts change for the past; identify calls are not
retroactive. With skip_user_properties_sync events carry only their own user properties
and leave today's alone. Try it in a test project first; `seg2amp load` asks before it sends."""


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

    given = given_settings(profile, settings)
    if backfill:
        given = {"skip_user_properties_sync": True, **given}
        talk.print(BACKFILL_WARNING)
    with talk.status("dbt build"):
        summary = api.build(
            given,
            tests=build_tests(tests),
            target=target,
            since=since,
            until=until,
            batch_days=batch_days,
            full_refresh=full_refresh,
        )
    talk.print(
        f"built {summary.models} models and {summary.seeds} seeds, passed {summary.tests} tests "
        f"in {summary.seconds:.1f} s"
    )


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

    with talk.status("asking the warehouse"):
        diagnosis = api.doctor(given_settings(profile, settings), target=target)
    if as_json:
        write_json(asdict(diagnosis))
    else:
        console = Console(soft_wrap=not sys.stdout.isatty(), highlight=False)
        for line in diagnosis_text(diagnosis):
            console.print(line)
    if diagnosis.has_errors:
        raise typer.Exit(ERRORS_FOUND)


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

    with talk.status("asking the warehouse"):
        files = api.codegen(given_settings(profile, settings), target=target)
    if out is None:
        for name, text in files.items():
            sys.stdout.write(f"-- {name}\n{text}\n")
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (out / name).write_text(text, encoding="utf-8")
    talk.print(f"{len(files)} files in {out}", markup=False)


def preview(
    file: Annotated[str, typer.Argument(help="Raw Segment messages, one a line; - for stdin.")],
    profile: Profile = None,
    settings: Settings = None,
) -> None:
    """Show what raw Segment messages become, without a warehouse or a request."""
    from seg2amp import api

    with talk.status("mapping"):
        summary = api.preview(file, given_settings(profile, settings))
    for line in summary.lines:
        sys.stdout.write(line + "\n")
    if summary.unreadable:
        talk.print(f"seg2amp: {summary.unreadable} of the lines are no Segment messages.")
        raise typer.Exit(UNREADABLE_INPUT)
