"""What the loader reads from its surroundings: places from `SEG2AMP_…`, secrets from `AMPLITUDE_…`.

The settings of the mapping are dbt's: `setting_catalogue` in `dbt_project.yml` lists them all.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from seg2amp.errors import ConfigurationError

REPOSITORY = Path(__file__).parents[2]


class Environment(BaseSettings):
    """The environment variables seg2amp knows."""

    model_config = SettingsConfigDict(env_prefix="SEG2AMP_", extra="ignore")

    duckdb_path: Path = Path(".seg2amp/warehouse.duckdb")
    """The DuckDB warehouse, relative to the current folder."""

    target: str | None = None
    """The output of profiles.yml that is built; profiles.yml reads it too."""

    project_dir: Path = REPOSITORY / "dbt_project"
    """The dbt project that maps."""

    schema_name: str = Field(default="amplitude", validation_alias="SEG2AMP_SCHEMA")
    """The schema of the models, the outbox and the ledger; profiles.yml reads it too."""

    api_key: SecretStr | None = Field(default=None, validation_alias="AMPLITUDE_API_KEY")
    """The key of the Amplitude project; never an option of a command, never printed."""

    secret_key: SecretStr | None = Field(default=None, validation_alias="AMPLITUDE_SECRET_KEY")
    """The secret key beside it, which deletions need; as well kept."""


def parse_settings(pairs: Sequence[str]) -> dict[str, object]:
    """Read `name=value` pairs: a value is JSON where it can be read as that, else text.

    Raises:
        ConfigurationError: a pair without `=` or name.

    """
    settings: dict[str, object] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise ConfigurationError(f"`--set {pair}` is not of the form name=value.")
        try:
            settings[name] = json.loads(value)
        except json.JSONDecodeError:
            settings[name] = value
    return settings


def read_ids(file: Path) -> list[str]:
    """Read ids, one a line; blank lines are none.

    Raises:
        ConfigurationError: the file is missing, or no UTF-8 text.

    """
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise ConfigurationError(
            f"Cannot read `{file}`: {error.strerror}; name a file of user ids, one a line."
        ) from None
    except UnicodeDecodeError:
        raise ConfigurationError(
            f"`{file}` is no UTF-8 text; write user ids, one a line."
        ) from None
    return [line.strip() for line in lines if line.strip()]
