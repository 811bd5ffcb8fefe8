"""Where requests go, by endpoint and region."""

import pytest

from seg2amp.delivery.endpoints import ENDPOINTS
from seg2amp.errors import ConfigurationError


@pytest.mark.parametrize(
    ("endpoint", "region", "url"),
    [
        ("batch", "north_america", "https://api2.amplitude.com/batch"),
        ("batch", "europe", "https://api.eu.amplitude.com/batch"),
        ("groupidentify", "north_america", "https://api2.amplitude.com/groupidentify"),
        ("groupidentify", "europe", "https://api.eu.amplitude.com/groupidentify"),
        ("usermap", "north_america", "https://api.amplitude.com/usermap"),
        ("usermap", "europe", "https://api.eu.amplitude.com/usermap"),
    ],
)
def test_hosts_by_region(endpoint, region, url):
    assert ENDPOINTS[endpoint].url(region, None) == url
    local = "http://127.0.0.1:8765/"
    assert ENDPOINTS[endpoint].url(region, local) == local + endpoint


def test_an_unknown_region_is_named():
    with pytest.raises(ConfigurationError, match="`asia` is no `endpoint_region`"):
        ENDPOINTS["batch"].url("asia", None)


def test_events_go_first_then_groups_then_user_maps():
    assert list(ENDPOINTS) == ["batch", "groupidentify", "usermap"]
