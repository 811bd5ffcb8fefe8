"""The report: one self-contained HTML page that accounts for every message."""

import os
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import jinja2

from seg2amp.audit.accounts import Account, read_account
from seg2amp.audit.answers import Answer, read_answers
from seg2amp.audit.examples import Example, read_examples
from seg2amp.audit.flow import draw_flow
from seg2amp.audit.listing import listing
from seg2amp.delivery import mask_text
from seg2amp.errors import ConfigurationError
from seg2amp.warehouse import Warehouse

REASONS_SHOWN = 50
EXAMPLES_OPEN = 3

_PAGES = jinja2.Environment(
    loader=jinja2.PackageLoader("seg2amp.audit", ""),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)


def write_report(warehouse: Warehouse, schema: str, out: Path, *, show_values: bool) -> None:
    """Write the page to `out`; values that look personal are masked unless they shall be shown.

    Raises:
        ConfigurationError: a model is missing from the warehouse, or `out` cannot be written.

    """
    account = read_account(warehouse, schema)
    examples = read_examples(warehouse, schema, show_values=show_values)
    answers = read_answers(warehouse, schema, examples, show_values=show_values)
    name = warehouse.name.replace(os.sep, "/").rsplit("/", maxsplit=1)[-1]
    page = render_report(account, examples, answers, name=name, show_values=show_values)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(page, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(
            f"cannot write the report to `{out}`: {error.strerror}; name another file with --out"
        ) from None


def render_report(
    account: Account,
    examples: tuple[Example, ...],
    answers: tuple[Answer, ...],
    *,
    name: str,
    show_values: bool,
) -> str:
    """Draw the page about the warehouse called `name`."""
    _PAGES.filters["number"] = "{:,}".format
    _PAGES.filters["listing"] = listing
    return _PAGES.get_template("report.html.jinja").render(
        account=account,
        answers=answers,
        examples=examples,
        flow=draw_flow(account),
        host=urlsplit(account.run.base_url or "").netloc.rpartition("@")[2] if account.run else "",
        name=name,
        open_examples=EXAMPLES_OPEN,
        reasons_shown=REASONS_SHOWN,
        seen=(lambda text: text) if show_values else mask_text,
        show_values=show_values,
        written=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
    )
