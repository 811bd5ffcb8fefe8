"""All commands, in the order in which `seg2amp --help` lists them, and how they end."""

import typer

from seg2amp.cli.audit import query, report, status
from seg2amp.cli.delivery import delete_users, load, retry, run
from seg2amp.cli.mapping import build, codegen, doctor, preview
from seg2amp.cli.output import talk
from seg2amp.cli.trial import demo, sample, sandbox
from seg2amp.errors import Seg2ampError
from seg2amp.scrub import scrubbed, traceback_of

app = typer.Typer(
    name="seg2amp",
    help="Segment to Amplitude, from the warehouse: dbt maps, this delivers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    *(build, doctor, codegen, preview),
    *(load, run, delete_users, retry),
    *(sample, sandbox),
    *(report, status, query),
    demo,
):
    app.command()(command)


def main() -> None:
    """Run the command line; an error of ours is one line and its exit code."""
    try:
        app()
    except Seg2ampError as error:
        talk.print(f"seg2amp: {scrubbed(str(error))}", markup=False)
        raise SystemExit(error.exit_code) from None
    except Exception as error:  # noqa: BLE001 - whatever it is, its words may hold a key
        talk.print(
            f"seg2amp: unexpected {type(error).__name__}\n{traceback_of(error)}", markup=False
        )
        raise SystemExit(1) from None
