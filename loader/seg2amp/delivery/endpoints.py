"""Amplitude's endpoints: where each one is and what one request of it may hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seg2amp.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One kind of request. Bytes count the rows' JSON text, before any form encoding."""

    name: str
    path: str
    hosts: Mapping[str, str]
    rows: int
    target_bytes: int
    most_bytes: int
    throttle_seconds: float
    field: str | None = None
    """The form field that carries the rows; None for a JSON body."""
    pace: tuple[int, float] | None = None
    """At most so many rows in so many seconds."""
    user_rate: int | None = None
    """Rows of one person a second, averaged over 30 seconds; None where nothing is documented."""

    def url(self, region: str, base_url: str | None) -> str:
        """Give the address for a region ('north_america' | 'europe'), or below `base_url`.

        Raises `ConfigurationError` when no such region.
        """
        return host(self.hosts, region, base_url) + self.path


def host(hosts: Mapping[str, str], region: str, base_url: str | None) -> str:
    """Give the host of a region, or `base_url`, without a slash at the end.

    Raises `ConfigurationError` when no such region.
    """
    if not base_url and region not in hosts:
        raise ConfigurationError(
            f"`{region}` is no `endpoint_region`; it must be one of {', '.join(hosts)}"
        )
    return (base_url or hosts[region]).rstrip("/")


_HOSTS = {
    "north_america": "https://api2.amplitude.com",
    "europe": "https://api.eu.amplitude.com",
}

ENDPOINTS: Mapping[str, Endpoint] = {
    endpoint.name: endpoint
    for endpoint in (
        Endpoint(
            name="identify",
            path="/identify",
            hosts=_HOSTS,
            # No limit is documented. A refusal names no item, so a small request is soon halved.
            rows=100,
            target_bytes=300_000,
            most_bytes=900_000,
            throttle_seconds=15,
            field="identification",
        ),
        Endpoint(
            name="batch",
            path="/batch",
            hosts=_HOSTS,
            rows=2_000,
            target_bytes=4_000_000,
            most_bytes=18_000_000,
            throttle_seconds=15,
            user_rate=1_000,
        ),
        Endpoint(
            name="httpapi",
            path="/2/httpapi",
            hosts=_HOSTS,
            rows=1_900,
            target_bytes=900_000,
            most_bytes=990_000,
            throttle_seconds=30,
            user_rate=30,
        ),
        Endpoint(
            name="groupidentify",
            path="/groupidentify",
            hosts=_HOSTS,
            # A request may hold 1,024 group properties, and a group seldom has more than ten.
            rows=100,
            # The documented 1 MB may count the encoded form, where a byte takes up to three.
            target_bytes=300_000,
            most_bytes=900_000,
            throttle_seconds=30,
            field="identification",
        ),
        Endpoint(
            name="usermap",
            path="/usermap",
            hosts=_HOSTS | {"north_america": "https://api.amplitude.com"},
            # 50 mappings a second are allowed, measured over 30 seconds: three such requests.
            rows=500,
            target_bytes=300_000,
            most_bytes=900_000,
            throttle_seconds=30,
            field="mapping",
            pace=(1_500, 30.0),
        ),
    )
}
"""In the order of delivery."""

STREAMS: Sequence[frozenset[str]] = (
    frozenset({"identify", "batch", "httpapi"}),
    frozenset({"groupidentify"}),
    frozenset({"usermap"}),
)
"""Endpoints whose rows concern the same people; the settings say which of them a row takes."""
