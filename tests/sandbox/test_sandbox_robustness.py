"""No request, however odd, makes the sandbox fail."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox_client import API_KEY, NOW, client_of, event
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.fields import EVENT, GROUP_IDENTIFICATION, IDENTIFICATION, USER_MAPPING
from seg2amp.sandbox.operations import OPERATIONS
from seg2amp.sandbox.server import serving

quick = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
operation_names = st.sampled_from(sorted(OPERATIONS))
keys = st.one_of(
    st.text(max_size=5), st.sampled_from(["$set", "$add", "$append", "$clearAll", "$remove"])
)
numbers = st.one_of(st.integers(), st.sampled_from([10**30, -(10**400), 1e308, -1]))
texts = st.one_of(st.text(max_size=8), st.sampled_from(["user-1", "$identify", "$groupidentify"]))
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, st.floats(), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=8,
)


def objects(checks):
    return st.dictionaries(st.one_of(st.sampled_from(sorted(checks)), keys), values, max_size=6)


def healthy(sandbox):
    """The stored state must be readable and the page drawable, whatever came in."""
    for what in ("events", "users", "groups", "user_maps", "identifies", "summary", "duplicates"):
        assert sandbox.http.get(f"/_sandbox/{what}").status_code == 200
    assert sandbox.http.get("/").status_code == 200


@pytest.fixture(scope="module", params=["strict", "docs2023"])
def served_sandbox(request):
    """Serve with all rules enforced, and with as few as there may be."""
    with serving(SandboxConfig(mode=request.param, clock=lambda: NOW)) as served:
        sandbox = client_of(served)
        with sandbox.http:
            yield sandbox


@quick
@given(body=st.one_of(values, objects(["api_key", "events", "options"])))
def test_arbitrary_json_bodies(sandbox, body):
    reply = sandbox.http.post(
        "/batch", content=json.dumps(body), headers={"content-type": "application/json"}
    )
    assert reply.status_code in {200, 400}
    assert reply.json()["code"] == reply.status_code


@quick
@given(fields=objects(EVENT))
def test_arbitrary_events(sandbox, fields):
    content = json.dumps({"api_key": API_KEY, "events": [{**event(), **fields}, fields]})
    reply = sandbox.http.post(
        "/2/httpapi", content=content, headers={"content-type": "application/json"}
    )
    assert reply.status_code in {200, 400}
    healthy(sandbox)


@quick
@given(
    operations=st.dictionaries(operation_names, st.dictionaries(keys, values), min_size=1),
    properties=st.dictionaries(keys, values, max_size=4),
)
def test_arbitrary_property_values(sandbox, operations, properties):
    groups = {"team": ["A", "B"]}
    sent = [
        event(insert_id=..., event_properties=properties, user_properties=properties),
        event(insert_id=..., event_type="$identify", user_properties=operations),
        event(
            insert_id=..., event_type="$groupidentify", groups=groups, group_properties=operations
        ),
    ]
    for one in sent:
        content = json.dumps({"api_key": API_KEY, "events": [one]})
        reply = sandbox.http.post(
            "/batch", content=content, headers={"content-type": "application/json"}
        )
        assert reply.status_code in {200, 400}
    healthy(sandbox)


@quick
@given(
    items=st.lists(objects({**IDENTIFICATION, **GROUP_IDENTIFICATION, **USER_MAPPING}), max_size=3),
    options=st.one_of(st.none(), values.map(json.dumps), st.text(max_size=5)),
)
def test_arbitrary_forms(sandbox, items, options):
    fields = {} if options is None else {"options": options}
    for path in ("/identify", "/groupidentify", "/usermap"):
        assert sandbox.form(path, items, **fields).status_code in {200, 400}


@quick
@given(
    content=st.binary(max_size=60),
    content_type=st.sampled_from(
        [
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
        ]
    ),
    encoding=st.sampled_from(["gzip", "identity"]),
)
def test_arbitrary_bytes(sandbox, content, content_type, encoding):
    headers = {"content-type": content_type, "content-encoding": encoding}
    for path in ("/batch", "/identify"):
        assert sandbox.http.post(path, content=content, headers=headers).status_code == 400
