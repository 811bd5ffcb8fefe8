"""The commands of a trial: sample traffic, a sandbox, and a demo of the whole way."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from seg2amp.cli.output import talk
from seg2amp.errors import ConfigurationError


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
    with talk.status("making messages"):
        rows = api.sample(messages, seed, end=end, out=out, land=land, sources=sources)
    schemas = land and (f"schemas {land}_*" if sources else f"schema {land}")
    places = " and ".join(str(place) for place in (out, schemas) if place)
    talk.print(f"{messages} messages in {len(rows)} tables: {places}")


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
            help="Accept this pair only, at the APIs that want one; may be given again.",
        ),
    ] = None,
    region: Annotated[str, typer.Option(help="us or eu.")] = "us",
    mode: Annotated[
        str,
        typer.Option(help="strict, lenient or docs2023: which rules refuse, and which only warn."),
    ] = "strict",
    gzip: Annotated[bool, typer.Option(help="Accept gzip bodies.")] = True,
    wire_bytes: Annotated[
        bool, typer.Option("--wire-bytes", help="Measure bodies as sent, not unpacked.")
    ] = False,
    refuse: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE", help="Refuse what this rule warns of; may be given again."),
    ] = None,
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
        mode=mode,
        gzip=gzip,
        wire_bytes=wire_bytes,
        refused_warnings=frozenset(refuse or ()),
        starter_plan=starter_plan,
        faults=FaultPlan() if faults is None else load_plan(faults),
        journal=journal,
    )
    run(config, announce=lambda line: talk.print(line, markup=False))


def demo(
    messages: Annotated[int, typer.Option(min=1, help="How many messages.")] = 3000,
    seed: Annotated[int, typer.Option(help="Same seed, same bytes.")] = 1,
) -> None:
    """Show the whole way once: sample traffic, dbt, a sandbox, and the account of it all."""
    from seg2amp.demo import demo as run_demo

    raise typer.Exit(run_demo(messages, seed))


def _key_and_secret(pair: str) -> tuple[str, str]:
    """Read a `KEY:SECRET` of the sandbox."""
    key, _, secret = pair.partition(":")
    if not key or not secret:
        raise ConfigurationError("`--secret-key` takes KEY:SECRET, the API key and its secret key.")
    return key, secret
