"""The staging models written out: SQL that can be read and compared, one SELECT a raw table.

dbt renders the queries (`codegen_facts`); here they are only laid out and put into files, which
take the place of the models that find their tables by themselves.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any

from seg2amp.errors import ConfigurationError
from seg2amp.transform.parsed import parsed
from seg2amp.transform.project import Project
from seg2amp.transform.sql_layout import laid_out

MODELS = {
    "track": "tracks",
    "page": "pages",
    "screen": "screens",
    "identify": "identifies",
    "group": "groups",
    "alias": "aliases",
}
SOURCES = "_sources.yml"

_WHOLE = {"read_since": "", "read_until": ""}
_HEADER = """\
{{#-
    {calls} calls, written by `seg2amp codegen`: one query for each raw table, its columns renamed
    and cast. Columns and tables that come later are not in it: run it again, and the difference
    shows them.
-#}}
"""
_SOURCES_HEADER = """\
# The raw tables that staging reads, written by `seg2amp codegen`. Run it again to see in the
# difference which tables and columns have come.
sources:
"""
_FRESHNESS = """\
    config:
      loaded_at_query: "{{ seg2amp.last_load(this) }}"
      freshness:
        warn_after: {count: "{{ var('stale_after_hours', 0) or 48 }}", period: hour}"""


@dataclass(frozen=True, slots=True)
class _Table:
    """A raw table that is read, as the macro `codegen_facts` tells of it."""

    schema: str
    name: str
    calls: Sequence[str]
    relation: str
    identifier: str
    real_schema: str
    database: str | None
    columns: Sequence[tuple[str, str]]

    @property
    def source(self) -> str:
        """The name of its source in dbt: its schema's, without signs."""
        return re.sub(r"\W", "_", self.schema)

    @property
    def reference(self) -> str:
        """The table as a model refers to it."""
        return f'{{{{ source("{self.source}", "{self.name}") }}}}'


def codegen(
    project_dir: Path,
    database: Path,
    settings: Mapping[str, object],
    *,
    target: str | None = None,
) -> dict[str, str]:
    """Write out staging for the raw tables that these settings name: {file name: text}.

    The same tables give the same text. target: an output of profiles.yml, None for its default;
    database: the DuckDB file, where the target is DuckDB.

    Raises:
        ConfigurationError: a setting, profile or target is not as it must be, or there is no
            table to read.
        StoppedEarly: another process holds the warehouse, or its server is out of reach.
        Seg2ampError: dbt could not start, or the warehouse refused a query.

    """
    project = Project.beside(database, project_dir, target)
    manifest = parsed(project)
    # The names that properties are given stand in a seed, which may not be in the warehouse yet.
    project.invoke(["seed", "--select", "property_names"], settings, manifest)
    template = "{{ seg2amp.codegen_facts() }}"
    facts = json.loads(project.rendered(template, {**settings, **_WHOLE}, manifest))
    tables = [_Table(**table) for table in facts["tables"]]
    if not tables:
        raise ConfigurationError(
            "There is no raw table to write a model for; name your schemas in the setting "
            "`segment_schemas`, and ask `seg2amp doctor` what is in them."
        )
    templates = _templates(facts, tables)
    files = {
        f"stg_segment__{model}.sql": _model(call, facts["queries"][call], templates)
        for call, model in MODELS.items()
    }
    return {SOURCES: _sources(tables), **files}


def _templates(facts: Mapping[str, Any], tables: Sequence[_Table]) -> dict[str, str]:
    """Give what dbt renders when the model runs: {what stands in the SQL now: template}."""
    templates = {brace: f"{{{{ '{brace}' }}}}" for brace in ("{{", "{%", "{#")}
    templates[f"interval '{facts['tracks_wait_hours']}' hour"] = (
        "interval '{{ seg2amp.setting(\"tracks_wait_hours\") }}' hour"
    )
    for called, name in facts["functions"].items():
        templates[f"{called}("] = f'{{{{ seg2amp.function("{name}") }}}}('
    return templates | {table.relation: table.reference for table in tables}


def _model(call: str, queries: Sequence[Mapping[str, Any]], templates: Mapping[str, str]) -> str:
    parts = [_HEADER.format(calls=call.capitalize())]
    entries = []
    for query in queries:
        name = re.sub(r"\W", "_", f"{query['schema']}__{query['table']}")
        sql = _explicit(query["sql"], templates)
        parts.append(f"\n{{%- set {name} -%}}\n{sql}\n{{%- endset -%}}\n")
        entries.append(_entry(query, name))
    listed = "".join(entries)
    parts.append(
        f"\n{{{{\n    seg2amp.landed_queries(\n        [\n{listed}        ]\n    )\n}}}}\n"
    )
    return "".join(parts)


def _explicit(sql: str, templates: Mapping[str, str]) -> str:
    """Give a query as a model holds it.

    What dbt is to render stands in the SQL as a number between control signs until all is laid
    out: the quotes in it are not SQL's.
    """
    # As wide as what it stands for, so that lines come out right.
    signs = {
        found: f"\x02{number}".ljust(len(template) - 1, "\x04") + "\x03"
        for number, (found, template) in enumerate(templates.items())
    }
    for found, sign in signs.items():
        sql = sql.replace(found, sign)
    text = laid_out(sql).removesuffix("\nwhere\n    1 = 1")
    for found, template in templates.items():
        text = text.replace(signs[found], template)
    return text


def _entry(query: Mapping[str, Any], name: str) -> str:
    lines = [
        "            {",
        f'                "schema": {json.dumps(query["schema"])},',
        f'                "table": {json.dumps(query["table"])},',
        f'                "rows": {name},',
        '                "columns": [',
        *wrap(
            ", ".join(f'"{column}"' for column in query["columns"]) + ",",
            width=100,
            initial_indent=" " * 20,
            subsequent_indent=" " * 20,
            break_on_hyphens=False,
        ),
        "                ],",
        "            },",
    ]
    return "\n".join(lines) + "\n"


def _sources(tables: Sequence[_Table]) -> str:
    schemas = list(dict.fromkeys(table.schema for table in tables))
    lines = [
        line
        for schema in schemas
        for line in _source([table for table in tables if table.schema == schema])
    ]
    return _SOURCES_HEADER + "\n".join(lines) + "\n"


def _source(tables: Sequence[_Table]) -> Iterator[str]:
    first = tables[0]
    yield f"  - name: {first.source}"
    yield f"    description: Raw Segment tables, {len(tables)} of which are read."
    yield f"    schema: {json.dumps(first.real_schema)}"
    if first.database:
        yield f"    database: {json.dumps(first.database)}"
    yield _FRESHNESS
    yield "    tables:"
    for table in sorted(tables, key=lambda table: table.name):
        yield from _source_table(table)


def _source_table(table: _Table) -> Iterator[str]:
    yield f"      - name: {json.dumps(table.name)}"
    if table.identifier != table.name:
        yield f"        identifier: {json.dumps(table.identifier)}"
    yield f"        description: Rows of {' and '.join(table.calls)} calls."
    yield "        columns:"
    for column, kind in sorted(table.columns):
        yield f"          - {{name: {json.dumps(column)}, data_type: {json.dumps(kind)}}}"
