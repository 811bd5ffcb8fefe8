"""The options that several commands take, each said once, and what they are read as."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from seg2amp.errors import ConfigurationError

if TYPE_CHECKING:
    from seg2amp.transform import BuildTests

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


@dataclass(frozen=True)
class LoadOptions:
    """What a load is told; the names are those of the arguments of `api.load`."""

    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="Send below this address, not to Amplitude.")
    ] = None
    since: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="Pass over rows earlier than this (ISO-8601, UTC)."),
    ] = None
    until: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="Leave rows pending from each lane's first of then on."),
    ] = None
    yes: Annotated[bool, typer.Option("--yes", help="Send rows older than 7 days too.")] = False
    concurrency: Annotated[int, typer.Option(min=1, max=16, help="Requests in flight.")] = 16
    gzip: Annotated[
        bool,
        typer.Option(
            "--gzip",
            envvar="SEG2AMP_GZIP",
            help="Compress requests; Amplitude's own libraries do, its documents do not say.",
        ),
    ] = False
    user_rate: Annotated[
        int | None,
        typer.Option(min=1, metavar="ROWS", help="Of one person a second; else as documented."),
    ] = None
    max_rejected: Annotated[
        int | None,
        typer.Option(min=0, metavar="N", help="Stop once more than N rows are refused."),
    ] = None
    keep_days: Annotated[
        int | None,
        typer.Option(
            min=8,
            metavar="DAYS",
            envvar="SEG2AMP_KEEP_DAYS",
            help="Forget requests of longer ago; what they settled stays settled.",
        ),
    ] = None
    time_limit: Annotated[
        float | None,
        typer.Option(min=0, metavar="SECONDS", help="Stop gently then; the rest stays pending."),
    ] = None


@dataclass(frozen=True)
class OperationOptions:
    """How an operation tells what it does; the names are those of the fields of `Operation`."""

    log_format: Annotated[
        str,
        typer.Option(envvar="SEG2AMP_LOG_FORMAT", help="text, or json: one object a line."),
    ] = "text"
    summary: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write how it ended here, as JSON.")
    ] = None
    metrics: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write metrics here, as Prometheus' text format."),
    ] = None


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """Make each field of a command's dataclass parameters an option of its own."""
    taken = inspect.signature(command).parameters
    annotations = {name: parameter.annotation for name, parameter in taken.items()}
    groups = {
        name: group
        for name, group in annotations.items()
        if isinstance(group, type) and is_dataclass(group)
    }
    fields = {name: inspect.signature(group).parameters for name, group in groups.items()}

    @wraps(command)
    def spreading(**given: object) -> None:
        for name, group in groups.items():
            given[name] = group(**{field: given.pop(field) for field in fields[name]})
        command(**given)

    options = [
        option.replace(kind=option.KEYWORD_ONLY)
        for name, parameter in taken.items()
        for option in fields.get(name, {name: parameter}).values()
    ]
    # Typer asks for the signature to know the options of a command.
    vars(spreading)["__signature__"] = inspect.Signature(options)
    return spreading


def given_settings(profile: str | None, settings: list[str] | None) -> dict[str, object]:
    """Put `--profile` and all `--set` together.

    Raises:
        ConfigurationError: they contradict each other, or one is not of the form name=value.

    """
    from seg2amp.settings import parse_settings

    given = parse_settings(settings or [])
    if profile and given.get("profile", profile) != profile:
        raise ConfigurationError(
            f"`--profile {profile}` and `--set profile={given['profile']}` contradict each other."
        )
    return given | ({"profile": profile} if profile else {})


def build_tests(word: str) -> "BuildTests":
    """Read `--tests`; raises `ConfigurationError` for a word it does not know."""
    from seg2amp.transform import BuildTests

    if word not in set(BuildTests):
        raise ConfigurationError(f"`--tests {word}` is unknown; choose all, data or none.")
    return BuildTests(word)
