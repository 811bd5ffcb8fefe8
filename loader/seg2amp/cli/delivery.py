"""The commands of delivery: load, run, delete users, and retry what was refused."""

import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from seg2amp.cli.options import (
    LoadOptions,
    OperationOptions,
    Profile,
    Settings,
    Target,
    Tests,
    build_tests,
    given_settings,
    spread,
)
from seg2amp.cli.output import talk, write_json
from seg2amp.errors import ConfigurationError


@spread
def load(
    *,
    options: LoadOptions,
    telling: OperationOptions,
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
        for line in api.dry_run(since=options.since, until=options.until, show_values=show_values):
            sys.stdout.write(line + "\n")
        return
    operation = Operation("load", **vars(telling))
    deliver = partial(api.load, **vars(options))
    raise typer.Exit(operation.perform(lambda: operation.load(deliver)))


@spread
def run(
    *,
    profile: Profile = None,
    settings: Settings = None,
    tests: Tests = "data",
    target: Target = None,
    options: LoadOptions,
    telling: OperationOptions,
) -> None:
    """Build, then load: all of it in one process, for cron; the load waits for a build that passes.

    --since, --until and --time-limit are the load's. Ends with the build's code when that fails,
    else with the load's.
    """
    from seg2amp import api
    from seg2amp.operations import Operation

    operation = Operation("run", **vars(telling))
    deliver = partial(api.load, **vars(options))

    def build_and_load() -> None:
        given, chosen = given_settings(profile, settings), build_tests(tests)
        dates = {"since": options.since, "until": options.until}
        api.check_load(target=target, base_url=options.base_url, **dates)
        operation.build(lambda: api.build(given, tests=chosen, target=target))
        operation.load(deliver)

    raise typer.Exit(operation.perform(build_and_load))


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
    if ids:
        talk.print(f"this {plan}", markup=False)
    deletion = api.delete_users(
        ids,
        endpoint_region=endpoint_region,
        base_url=base_url,
        requester=requester,
        ignore_invalid_id=ignore_invalid_id,
        delete_from_org=delete_from_org,
        note=lambda line: talk.print(line, markup=False),
    )
    for job in deletion.jobs:
        write_json(asdict(job))
    for unknown in deletion.invalid_ids:
        talk.print(f"not known to Amplitude: {unknown}", markup=False)
    asked = "1 request" if deletion.requests == 1 else f"{deletion.requests:,} requests"
    planned = "jobs can be seen and revoked in Amplitude" if deletion.jobs else "nothing is deleted"
    talk.print(f"asked in {asked}; {planned}")


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
    talk.print(f"{made.rejected} refused and {made.unknown} held rows are pending again")
