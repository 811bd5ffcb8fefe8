"""What accepted events do: stored rows, duplicates, people, properties, groups."""

import pytest

from sandbox_client import API_KEY, NOW, client_of, event
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.operations import apply
from seg2amp.sandbox.server import serving

WEEK = 7 * 86_400_000


def test_rows_are_stored_as_received_in_arrival_order(sandbox):
    sent = [event(insert_id=f"insert-{number}", time=NOW - number) for number in range(5)]
    sandbox.upload(sent[:3])
    sandbox.upload(sent[3:], path="/2/httpapi")
    rows = sandbox.shown("events")
    ours = {"amplitude_id", "server_upload_time", "request", "warnings"}
    assert [{key: row[key] for key in row if key not in ours} for row in rows] == sent
    assert [row["request"] for row in rows] == [1, 1, 1, 2, 2]
    assert {row["server_upload_time"] for row in rows} == {NOW}


def test_rows_can_be_filtered(sandbox):
    sandbox.upload(
        [
            event(insert_id="a", event_type="A"),
            event(insert_id="b", event_type="B"),
            event(insert_id="c", event_type="A", user_id="user-2", device_id="device-2"),
        ]
    )

    def found(**query):
        return [row["insert_id"] for row in sandbox.shown("events", **query)]

    assert found(event_type="A") == ["a", "c"]
    assert found(event_type="A", user_id="user-1") == ["a"]
    assert found(device_id="device-2") == ["c"]
    assert found(user_id="nobody") == []


def test_duplicates_are_counted_as_ingested_but_stored_once(sandbox):
    first = event(user_properties={"$add": {"visits": 1}})
    assert sandbox.upload([first, first]).json()["events_ingested"] == 2
    assert sandbox.upload([first], path="/2/httpapi").json()["events_ingested"] == 1
    assert len(sandbox.shown("events")) == 1
    assert sandbox.shown("users")[0]["user_properties"] == {"visits": 1}
    duplicates = sandbox.shown("duplicates")
    assert [(found["request"], found["first_request"]) for found in duplicates] == [(1, 1), (2, 1)]
    assert sandbox.shown("summary")["duplicates"] == 2


def test_duplicates_need_not_be_counted():
    with serving(SandboxConfig(counts_duplicates=False, clock=lambda: NOW)) as served:
        sandbox = client_of(served)
        counts = [sandbox.upload([event(), event()]).json()["events_ingested"] for _ in range(2)]
    assert counts == [1, 0]


@pytest.mark.parametrize(
    ("other", "stored"),
    [
        pytest.param(event(user_id="user-2"), 1, id="same_device_other_user"),
        pytest.param(event(device_id="device-2"), 2, id="other_device"),
        pytest.param(event(device_id=...), 2, id="device_derived_from_user"),
        pytest.param(event(insert_id="insert-2"), 2, id="other_insert_id"),
        pytest.param(event(event_type="Else", time=NOW), 1, id="other_content"),
    ],
)
def test_the_key_of_a_duplicate_is_device_and_insert_id(sandbox, other, stored):
    sandbox.upload([event(), other])
    assert len(sandbox.shown("events")) == stored


def test_a_user_without_device_has_duplicates_too(sandbox):
    sandbox.upload([event(device_id=...), event(device_id=...), event(device_id=None)])
    assert len(sandbox.shown("events")) == 1


def test_projects_do_not_share_duplicates_or_people(sandbox):
    sandbox.upload([event()])
    sandbox.upload([event()], api_key="another-project")
    assert len(sandbox.shown("events")) == 2
    users = sandbox.shown("users")
    assert [user["project"] for user in users] == ["0123***", "anot***"]
    assert API_KEY not in str(users)


def test_duplicates_are_known_for_seven_days():
    times = iter([NOW, NOW + WEEK - 1, NOW + WEEK])
    with serving(SandboxConfig(clock=lambda: next(times))) as served:
        sandbox = client_of(served)
        stored = []
        for _ in range(3):
            sandbox.upload([event()])
            stored.append(len(served.store.rows))
    assert stored == [1, 1, 2]


def owners(sandbox, *ids):
    """Send one event per (user, device) and give the number of the Amplitude ID of each."""
    given = [
        {"user_id": user_id or ..., "device_id": device_id or ...} for user_id, device_id in ids
    ]
    events = [event(insert_id=f"{number:05}", **who) for number, who in enumerate(given)]
    assert sandbox.upload(events).status_code == 200
    found = [row["amplitude_id"] for row in sandbox.shown("events")]
    first_seen = list(dict.fromkeys(found))
    return [first_seen.index(amplitude_id) for amplitude_id in found]


ANNA, BERT = "anna-1", "bert-1"
PHONE, LAPTOP = "phone-1", "laptop-1"


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        pytest.param([(None, PHONE), (ANNA, PHONE)], [0, 0], id="sign_up_keeps_the_story"),
        pytest.param([(ANNA, PHONE), (None, PHONE)], [0, 0], id="later_anonymous_events"),
        pytest.param(
            [(ANNA, LAPTOP), (None, PHONE), (ANNA, PHONE)], [0, 0, 0], id="second_device_joins"
        ),
        pytest.param([(ANNA, PHONE), (BERT, PHONE)], [0, 1], id="two_users_never_merge"),
        pytest.param(
            [(ANNA, PHONE), (BERT, PHONE), (None, PHONE), (ANNA, PHONE), (None, PHONE)],
            [0, 1, 1, 0, 0],
            id="anonymous_goes_to_the_last_known",
        ),
        pytest.param(
            [(None, PHONE), (ANNA, PHONE), (BERT, PHONE)], [0, 0, 1], id="first_user_takes_all"
        ),
        pytest.param([(None, PHONE), (None, LAPTOP)], [0, 1], id="two_strangers"),
        pytest.param([(ANNA, None), (ANNA, PHONE), (ANNA, None)], [0, 0, 0], id="without_device"),
    ],
)
def test_who_an_event_belongs_to(sandbox, ids, expected):
    assert owners(sandbox, *ids) == expected


def test_a_joined_stranger_is_no_user_any_more(sandbox):
    owners(sandbox, (ANNA, LAPTOP), (None, PHONE), (ANNA, PHONE))
    (user,) = sandbox.shown("users")
    assert (user["user_id"], user["device_ids"]) == (ANNA, [LAPTOP, PHONE])


def test_properties_of_a_joined_stranger_fill_gaps_only(sandbox):
    sandbox.upload(
        [
            event(insert_id="a", device_id=LAPTOP, user_id=ANNA, user_properties={"plan": "pro"}),
            event(insert_id="b", device_id=PHONE, user_id=..., user_properties={"plan": 1, "x": 2}),
            event(insert_id="c", device_id=PHONE, user_id=ANNA),
        ]
    )
    assert sandbox.shown("users")[0]["user_properties"] == {"plan": "pro", "x": 2}


def test_spaces_around_ids_do_not_count(sandbox):
    assert owners(sandbox, (ANNA, PHONE), (f" {ANNA} ", LAPTOP)) == [0, 0]


@pytest.mark.parametrize(
    ("before", "operations", "after"),
    [
        pytest.param({"a": 1}, {"b": 2}, {"a": 1, "b": 2}, id="plain"),
        pytest.param({"a": 1}, {"$set": {"a": 2}}, {"a": 2}, id="set"),
        pytest.param({"a": 1}, {"$setOnce": {"a": 2, "b": 3}}, {"a": 1, "b": 3}, id="set_once"),
        pytest.param({"a": 1}, {"$add": {"a": 1.5, "b": 2}}, {"a": 2.5, "b": 2}, id="add"),
        pytest.param({"a": "x"}, {"$add": {"a": 1}}, {"a": "x"}, id="add_to_text"),
        pytest.param({"a": 1.7e308}, {"$add": {"a": 1.7e308}}, {"a": 1.7e308}, id="add_too_much"),
        pytest.param({"a": [1]}, {"$append": {"a": [1, 2]}}, {"a": [1, 1, 2]}, id="append"),
        pytest.param({"a": 1}, {"$append": {"a": 2, "b": 3}}, {"a": [1, 2], "b": [3]}, id="lists"),
        pytest.param({"a": [1]}, {"$prepend": {"a": 2}}, {"a": [2, 1]}, id="prepend"),
        pytest.param({"a": [1]}, {"$preInsert": {"a": [2, 1, 2]}}, {"a": [2, 1]}, id="pre_insert"),
        pytest.param({"a": [1]}, {"$postInsert": {"a": [1, 2]}}, {"a": [1, 2]}, id="post_insert"),
        pytest.param({"a": [1, 2, 1]}, {"$remove": {"a": 1, "b": 1}}, {"a": [2]}, id="remove"),
        pytest.param({"a": 1, "b": 2}, {"$unset": {"a": "-", "c": "-"}}, {"b": 2}, id="unset"),
        pytest.param({"a": 1}, {"$clearAll": "-"}, {}, id="clear_all"),
        pytest.param(
            {}, {"$set": {"a": 1}, "$add": {"a": 2}, "$append": {"a": 4}}, {"a": [3, 4]}, id="order"
        ),
    ],
)
def test_property_operations(before, operations, after):
    kept = dict(before)
    assert apply(before, operations) == after
    assert before == kept


def test_identify_in_the_stream_updates_the_user_and_is_a_row(sandbox):
    operations = {"$set": {"plan": "pro"}}
    groups = {"company": "Acme"}
    sandbox.upload([event(event_type="$identify", user_properties=operations, groups=groups)])
    (user,) = sandbox.shown("users")
    assert (user["user_properties"], user["groups"]) == ({"plan": "pro"}, groups)
    assert sandbox.shown("events", event_type="$identify")[0]["user_properties"] == operations


def test_groups_of_an_ordinary_event_are_the_events_own(sandbox):
    sandbox.upload([event(groups={"company": "Acme"})])
    assert sandbox.shown("users")[0]["groups"] == {}


def test_skipping_the_sync_leaves_the_user_alone(sandbox):
    sandbox.upload([event(user_properties={"a": 1}, **{"$skip_user_properties_sync": True})])
    assert sandbox.shown("users")[0]["user_properties"] == {}


def test_no_more_groups_are_tracked_than_the_limits_say(sandbox):
    many = {"company": [f"Acme {number}" for number in range(11)]}
    more = {f"type {number}": "one" for number in range(6)}
    changed = {"event_type": "$groupidentify", "group_properties": {"seats": 3}}
    sandbox.upload([event(groups=many, **changed), event(insert_id="2", groups=more, **changed)])
    assert len(sandbox.shown("groups")) == 10 + 5
    sandbox.upload([event(insert_id="3", event_type="$identify", groups=more)])
    assert len(sandbox.shown("users")[0]["groups"]) == 5


def test_long_strings_are_kept_truncated(sandbox):
    sandbox.upload([event(user_properties={"bio": ["x" * 2_000]})])
    assert sandbox.shown("users")[0]["user_properties"] == {"bio": ["x" * 1_024]}


def test_group_identify_in_the_stream_updates_every_group_named(sandbox):
    named = {"company": ["Acme", "Other"], "team": "A"}
    sandbox.upload(
        [event(event_type="$groupidentify", groups=named, group_properties={"$set": {"seats": 3}})]
    )
    assert sandbox.shown("groups") == [
        {"group_type": kind, "group_value": name, "group_properties": {"seats": 3}}
        for kind, name in (("company", "Acme"), ("company", "Other"), ("team", "A"))
    ]
