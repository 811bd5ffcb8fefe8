"""The page that says in words what the mapping does, under each profile, for people to read.

It holds nothing that the audit views do not say: it sets the three profiles side by side.
`make docs` writes it to `docs/mapping.md`.
"""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import jinja2

from seg2amp.transform.build import BuildTests
from seg2amp.transform.scratch import scratch

PROFILES = ("actions", "classic", "recommended")
UNSENT = "not sent"

_TABLES = (
    "audit_mapping",
    "audit_message_fields",
    "audit_routing",
    "audit_settings",
    "classic_settings",
    "segment_actions",
)

Row = Mapping[str, str]
Tables = Mapping[str, list[Row]]


@dataclass(frozen=True)
class Line:
    """Where a field comes from, under the profiles that agree on it.

    calls: the calls it holds for, empty where it holds for all that make such a row.
    """

    field: str
    calls: str
    profiles: tuple[str, ...]
    segment_field: str
    rule: str
    settings: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of Amplitude row.

    lines: what is its own; as_on_events: the fields that are as on an event; unsent: the fields
    that no profile sends, each with the settings that would.
    """

    name: str
    calls: str
    lines: tuple[Line, ...]
    as_on_events: tuple[str, ...]
    unsent: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Compared:
    """A row of an audit view with what each profile says in one of its columns."""

    row: Row
    values: tuple[str, ...]

    def profiles(self, value: str) -> tuple[str, ...]:
        """Name the profiles that say this."""
        said = zip(PROFILES, self.values, strict=True)
        return tuple(profile for profile, own in said if own == value)


def told_by_profile(project_dir: Path) -> dict[str, Tables]:
    """Give what the audit views and the two catalogues of Segment say, by profile.

    Raises:
        ConfigurationError: there is no dbt project.
        Seg2ampError: dbt could not start, or a view failed.

    """
    told: dict[str, Tables] = {}
    command = ["build", "--select", *_TABLES, *BuildTests.NONE.left_out]
    with scratch(project_dir) as (project, manifest):
        for profile in PROFILES:
            project.invoke(command, {"profile": profile}, manifest)
            with duckdb.connect(str(project.database), read_only=True) as connection:
                told[profile] = {table: _rows(connection, table) for table in _TABLES}
    return told


def mapping_page(told: Mapping[str, Tables]) -> str:
    """Render the page, in Markdown."""
    routing = _compared(told, "audit_routing", "rule_id", "is_on")
    settings = _compared(told, "audit_settings", "setting", "value")
    return _PAGES.get_template("mapping.md.jinja").render(
        profiles=PROFILES,
        routing=routing,
        rules_on={compared.row["rule_id"]: compared.profiles("on") for compared in routing},
        kinds=_kinds({profile: told[profile]["audit_mapping"] for profile in PROFILES}),
        sections=_sections(settings),
        classic=told["classic"]["classic_settings"],
        classic_values={row["setting"]: row["value"] for row in told["classic"]["audit_settings"]},
        actions=told["actions"]["segment_actions"],
        fields=told["recommended"]["audit_message_fields"],
    )


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> list[Row]:
    """Read a table as texts, in its order; what is missing is empty."""
    found = connection.execute(f"select * from amplitude.{table}")
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    rows.sort(key=lambda row: row.get("position", 0))
    return [{name: _word(value) for name, value in row.items()} for row in rows]


def _word(value: object) -> str:
    """Write a value of a view as the page has it: a boolean is on or off, NULL nothing."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return "" if value is None else str(value)


def _compared(told: Mapping[str, Tables], table: str, key: str, column: str) -> list[Compared]:
    """Set what the profiles say in one column beside each other, by the rows of the first."""
    by_profile = [{row[key]: row[column] for row in told[name][table]} for name in PROFILES]
    return [
        Compared(row, tuple(values[row[key]] for values in by_profile))
        for row in told[PROFILES[0]][table]
    ]


def _sections(settings: Iterable[Compared]) -> dict[str, list[Compared]]:
    """Part the settings by their sections, without the profile itself."""
    sections: dict[str, list[Compared]] = {}
    for compared in settings:
        if compared.row["setting"] != "profile":
            sections.setdefault(compared.row["section"], []).append(compared)
    return sections


def _kinds(told: Mapping[str, list[Row]]) -> list[Kind]:
    kinds: list[Kind] = []
    events: Mapping[str, list[Line]] = {}
    for name in dict.fromkeys(row["amplitude_row"] for rows in told.values() for row in rows):
        of_kind = [
            (profile, row)
            for profile, rows in told.items()
            for row in rows
            if row["amplitude_row"] == name
        ]
        calls = of_kind[0][1]["calls"]
        lines = _lines(of_kind, calls)
        kinds.append(_kind(name, calls, lines, events))
        events = events or lines
    return kinds


def _kind(
    name: str, calls: str, lines: Mapping[str, list[Line]], events: Mapping[str, list[Line]]
) -> Kind:
    """Part the lines of a kind, those of each field, from what needs no table."""
    own, as_on_events, unsent = [], [], {}
    for field, of_field in lines.items():
        if of_field == events.get(field):
            as_on_events.append(field)
        elif all(line.segment_field == UNSENT for line in of_field):
            settings = [setting for line in of_field for setting in line.settings]
            unsent[field] = tuple(dict.fromkeys(settings))
        else:
            own.extend(of_field)
    return Kind(name, calls, tuple(own), _whole(as_on_events, lines), unsent)


def _whole(fields: Iterable[str], of_kind: Iterable[str]) -> tuple[str, ...]:
    """Name a field instead of its parts, where all of them are among the fields."""
    named = set(fields)
    parted = {field.partition(".")[0] for field in of_kind if field not in named}
    tops = ((field, field.partition(".")[0]) for field in fields)
    return tuple(dict.fromkeys(field if top in parted else top for field, top in tops))


def _lines(rows: Iterable[tuple[str, Row]], calls_of_kind: str) -> dict[str, list[Line]]:
    """Give the lines of each field; profiles that agree share one, calls stand together."""
    agreed: dict[tuple[str, ...], list[str]] = {}
    for profile, row in rows:
        calls = "" if row["calls"] == calls_of_kind else row["calls"]
        said = (calls, row["segment_field"], row["rule"], row["settings"])
        agreed.setdefault((row["amplitude_field"], *said), []).append(profile)
    calls_met = list(dict.fromkeys(key[:2] for key in agreed))
    lines: dict[str, list[Line]] = {}
    for key, profiles in sorted(agreed.items(), key=lambda item: calls_met.index(item[0][:2])):
        field, calls, segment_field, rule, settings = key
        names = tuple(settings.split(", ")) if settings else ()
        line = Line(field, calls, tuple(profiles), segment_field, rule, names)
        lines.setdefault(field, []).append(line)
    return lines


def _cell(text: object) -> str:
    """Make a text fit a cell of a table: on one line, without a bar of its own."""
    return str(text).replace("|", "\\|").replace("\n", " ")


def _code(names: Iterable[str] | str) -> str:
    """Set one name, or several beside each other, as code."""
    listed = [names] if isinstance(names, str) else names
    return ", ".join(f"`{_cell(name)}`" for name in listed if name)


_PAGES = jinja2.Environment(
    loader=jinja2.PackageLoader("seg2amp.transform", ""),
    # Markdown has no escapes of HTML; `cell` escapes what a table needs.
    autoescape=False,  # noqa: S701
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=jinja2.StrictUndefined,
)
_PAGES.filters.update(cell=_cell, code=_code)


def main(project_dir: str, out: str) -> None:
    """Write the page of a dbt project to a file."""
    Path(out).write_text(mapping_page(told_by_profile(Path(project_dir))), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
