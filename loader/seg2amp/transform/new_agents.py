"""User agents that no build has parsed yet: read from the warehouse through dbt, written back so.

On DuckDB a model does this itself. No other engine runs Python in dbt's process, and dbt is the
one connection to all of them.
"""

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from seg2amp.transform.project import Project
from seg2amp.transform.user_agents import read_user_agents

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

# The two halves of a build, which together are every node once: what stands before the parsed
# agents without its tests, then the rest and all tests.
UP_TO_AGENTS = ("--select", "+int_user_agents_parsed")
AFTER_AGENTS = (
    "--exclude",
    "+int_user_agents_parsed,resource_type:model",
    "+int_user_agents_parsed,resource_type:seed",
    "--indirect-selection",
    "empty",
)

# The data test that such agents fail.
_WAITING = "no_user_agent_waits_for_seg2amp_build"
# So many at a time, that memory stays flat.
_ROUND = 10_000


def parse_new_agents(project: Project, settings: Mapping[str, object], manifest: "Manifest") -> int:
    """Parse the agents that wait for it into `int_user_agents_parsed`; return how many.

    Raises:
        Seg2ampError: dbt could not read or write the warehouse.

    """
    parsed = 0
    while True:
        waiting = project.rows(_WAITING, _ROUND, settings, manifest)
        if waiting:
            table = read_user_agents(str(agent) for (agent,) in waiting)
            rows = [list(row) for row in zip(*table.to_pydict().values(), strict=True)]
            given = _as_yaml({"columns": table.column_names, "rows": rows})
            command = ["run-operation", "fill_user_agents", "--args", given]
            project.invoke(command, settings, manifest)
        parsed += len(waiting)
        if len(waiting) < _ROUND:
            return parsed


def _as_yaml(value: object) -> str:
    """Write a value as dbt reads it: JSON is YAML, but for the halves it splits an emoji into."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub(r"[^ -~]", lambda found: f"\\U{ord(found[0]):08x}", text)
