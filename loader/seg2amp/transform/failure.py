"""What dbt says when it fails, as one line of ours: what is wrong, and what to do about it."""

import re

from seg2amp.errors import ConfigurationError, Seg2ampError, StoppedEarly

_PROFILES = (
    r"(Env var required but not provided: .+|Credentials in profile .+|"
    r"Could not find profile .+|required field \"type\" not found .+|"
    r".+ trying to read your profiles\.yml file)"
)
_OUT_OF_REACH = (
    r"(?i)(.*(?:connection to server .* failed|connection refused|could not connect|"
    r"could not translate host name|timeout expired|connection timed out|no route to host|"
    r"server closed the connection).*)"
)
_IN_USE = "is in use by {}; wait until that has ended and run again."
_NO_ADAPTER = "the dbt adapter of {1}, which is not installed; install `dbt-{1}` beside seg2amp."

# Words in what dbt or an engine says, the error they mean, and our line; {0}, {1} are the groups.
_KNOWN: tuple[tuple[str, type[Seg2ampError], str], ...] = (
    (r"((?:Settings?|Profile|Schema|Path) `.+)", ConfigurationError, "{0}"),
    (r"(File `.+?` is out of reach .+; run again when it is not)", StoppedEarly, "{0}."),
    (
        r"Conflicting lock is held[\s\S]+?\(PID (\d+)\)",
        StoppedEarly,
        "Warehouse `{database}` " + _IN_USE.format("process {0} (another seg2amp, or dbt)"),
    ),
    (
        r"Could not set lock on file|Conflicting lock is held",
        StoppedEarly,
        "Warehouse `{database}` " + _IN_USE.format("another process"),
    ),
    (
        r"does not have a target named '(.+?)'[^:]*:\n((?:\s+- .+)+)",
        ConfigurationError,
        "Target `{0}` is not in profiles.yml; choose one of its outputs: {1}.",
    ),
    (
        r"target \"(.+?)\" invalid: (?:.+\n\s*)?Could not find adapter type (\S+)!",
        ConfigurationError,
        "Target `{0}` needs " + _NO_ADAPTER,
    ),
    (_PROFILES, ConfigurationError, "profiles.yml is not as it must be: {0}."),
    (
        r"(FATAL: .*(?:authentication failed|does not exist|no pg_hba|permission denied).*)",
        ConfigurationError,
        "The server of {target} refuses us ({0}); check its output in profiles.yml.",
    ),
    (
        _OUT_OF_REACH,
        StoppedEarly,
        "The server of {target} is out of reach ({0}); run again when it answers.",
    ),
)


def known_failure(said: str, target: str | None, database: object) -> Seg2ampError | None:
    """Give our error for what dbt said, None where we know no better words than dbt's.

    target: the output of profiles.yml, None for its default; database: the DuckDB file.
    """
    for words, error, line in _KNOWN:
        if found := re.search(words, said):
            groups = [_on_one_line(group) for group in found.groups()]
            where = f"target `{target}`" if target else "the default target"
            return error(line.format(*groups, target=where, database=database))
    return None


def _on_one_line(said: str) -> str:
    items = [line.strip().removeprefix("- ") for line in said.splitlines()]
    return ", ".join(item for item in items if item)
