"""The API keys that a sandbox knows, with their secret keys and regions.

A sandbox that was given none knows every key of its own region.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.catalogue import Rule
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.replies import Refusal, missing


@dataclass(frozen=True, slots=True)
class Key:
    """What one project is sent to with."""

    api_key: str
    secret_key: str
    region: str


class Keys:
    """Every key that was configured or made."""

    def __init__(self, config: SandboxConfig) -> None:
        """Start with the configured ones."""
        self._config = config
        self._regions = dict.fromkeys(sorted(config.api_keys), config.region)
        self._secrets = dict(config.secret_keys)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """List the known API keys with their regions."""
        return iter(self._regions.items())

    def create(self, api_key: str | None, secret_key: str | None, region: str | None) -> Key:
        """Make a key, drawing what is not given; from now on only known keys are accepted."""
        key = Key(
            api_key or secrets.token_hex(16),
            secret_key or secrets.token_hex(16),
            region or self._config.region,
        )
        self._regions[key.api_key] = key.region
        self._secrets[key.api_key] = key.secret_key
        return key

    def project(self, api_key: object) -> str:
        """Give the API key, which names the project, if it is accepted; raises `Refusal`."""
        if api_key in (None, ""):
            raise missing("api_key", catalogue.MISSING_API_KEY)
        rule = self._broken_by(api_key) if isinstance(api_key, str) else catalogue.INVALID_API_KEY
        if rule is not None:
            # Amplitude's documents have the bare words; in practice the key was seen to be named.
            named = "" if self._config.documents_only else f": {masked(api_key)}"
            raise Refusal(400, f"Invalid API key{named}", rule)
        return str(api_key)

    def authenticated(self, api_key: str, secret_key: str) -> str:
        """Give the API key if the secret key is its own; raises `Refusal`."""
        expected = self._secrets.get(api_key) if self._secrets else secret_key
        rule = self._broken_by(api_key)
        if not api_key or not secret_key or secret_key != expected:
            rule = catalogue.UNAUTHORIZED
        if rule is not None:
            wrong = rule if rule is catalogue.WRONG_REGION else catalogue.UNAUTHORIZED
            raise Refusal(401, "Unauthorized", wrong)
        return api_key

    def _broken_by(self, api_key: str) -> Rule | None:
        if self._regions and api_key not in self._regions:
            return catalogue.INVALID_API_KEY
        home = self._config.region
        return None if self._regions.get(api_key, home) == home else catalogue.WRONG_REGION


def masked(api_key: object) -> str:
    """Show enough of a key to tell it from another, and no more."""
    shown = 4
    text = api_key if isinstance(api_key, str) else ""
    return f"{text[:shown]}***" if len(text) > 2 * shown else "***"
