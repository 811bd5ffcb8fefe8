"""Which messages go where: settings and the seed of exceptions, from raw messages to reasons."""

import json

import duckdb
import pytest

from command import run
from projects import project_with, seed
from seg2amp import api, transform
from seg2amp.settings import Environment
from seg2amp.transform import BuildTests

OPTED_OUT = "setting integration_names: the message's integrations say false under "
NO_CONSENT = "setting consent_categories: no consent to "


def _track(event, **more):
    return {"type": "track", "event": event, **more}


def _page(**more):
    return {"type": "page", "name": "Home", **more}


def _consent(**preferences):
    return {"consent": {"categoryPreferences": preferences}}


def _decisions(messages, settings):
    """Preview messages, each with its id; give rule and reason by id."""
    lines = [
        json.dumps({"messageId": name, "userId": "user-1", **message})
        for name, message in messages.items()
    ]
    shown = transform.preview(Environment().project_dir, lines, settings)
    return {
        line["message_id"]: (line["rule_id"], line.get("reason"))
        for line in map(json.loads, shown.lines)
    }


CASES = {
    "track": (_track("Signed Up"), "track", None),
    "debug": (_track("Debug: slow"), "event_dropped", "setting drop_events lists the event"),
    "app of a developer": (
        _page(context={"app": {"version": "0.0.1"}}),
        "value_dropped",
        'setting drop_where: context.app.version is "0.0.1"',
    ),
    "test": (
        _track("Paid", properties={"test": True}),
        "value_dropped",
        "setting drop_where: properties.test is true",
    ),
    "test in text": (_track("Paid", properties={"test": "true"}), "track", None),
    "screen": ({"type": "screen", "name": "Home"}, "screen_off", "setting send_screen is off"),
    "opted out": (
        _track("Paid", integrations={"Actions Amplitude": False, "Amplitude": True}),
        "opted_out",
        OPTED_OUT + "Actions Amplitude",
    ),
    "all opted out": (
        _page(integrations={"all": False, "Mixpanel": True}),
        "opted_out",
        OPTED_OUT + "all",
    ),
    "replayed": (_page(integrations={"All": False, "Amplitude": True}), "page", None),
    "an option is a yes": (
        _page(integrations={"All": False, "Actions Amplitude": {"session_id": 1768035600000}}),
        "page",
        None,
    ),
    "robot": (
        _page(context={"userAgent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}),
        "bot",
        "setting drop_bots is on and the user agent is a robot's",
    ),
    "person": (_page(context={"userAgent": "Mozilla/5.0 (X11; Linux x86_64)"}), "page", None),
    "consent": (_page(context=_consent(Advertising=True, Functional=False)), "page", None),
    "no consent": (
        {"type": "identify", "context": _consent(Advertising=False)},
        "no_consent",
        NO_CONSENT + "Advertising",
    ),
    "consent to something else": (
        _page(context=_consent(Functional=True), integrations={"Amplitude": False}),
        "no_consent",
        NO_CONSENT + "Advertising",
    ),
    "empty consent": (_page(context=_consent()), "no_consent", NO_CONSENT + "Advertising"),
    "empty consent, yet invited": (
        _page(context=_consent(), integrations={"Actions Amplitude": True}),
        "page",
        None,
    ),
}


def test_each_message_goes_where_the_settings_say():
    settings = {
        "send_screen": False,
        "drop_bots": True,
        "user_agent_parsing": False,
        "drop_events": ["Debug*"],
        "drop_where": {"context.app.version": "0.0.1", "properties.test": True},
        "consent_categories": ["Advertising"],
    }
    decided = _decisions({name: case[0] for name, case in CASES.items()}, settings)
    assert decided == {name: case[1:] for name, case in CASES.items()}


def test_only_what_the_settings_name_is_sent():
    web = {"library": {"name": "analytics.js"}}
    messages = {
        "pattern": _track("Order Refunded", context=web),
        "other": _track("Signed Up", context=web),
        "other library": _track("Order Refunded", context={"library": {"name": "ios"}}),
        "no library": _page(),
        # This profile asks neither integrations nor consent, as the destination's own code.
        "page": _page(context={**web, **_consent()}, integrations={"All": False}),
        "identify": {"type": "identify", "context": web},
    }
    settings = {
        "profile": "actions",
        "send_identify": False,
        "only_events": ["Order *", "signed up"],
        "only_where": {"context.library.name": "analytics.js", "properties.plan": None},
    }
    elsewhere = 'setting only_where: context.library.name is not "analytics.js"'
    assert _decisions(messages, settings) == {
        "pattern": ("track", None),
        "other": ("event_not_listed", "setting only_events does not list the event"),
        "other library": ("value_not_wanted", elsewhere),
        "no library": ("value_not_wanted", elsewhere),
        "page": ("page", None),
        "identify": ("identify_off", "setting send_identify is off"),
    }


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        pytest.param(
            'only_where={"propertis.plan": "pro"}',
            ["`only_where`", "`propertis.plan`"],
            id="no field",
        ),
        pytest.param(
            'drop_where={"properties.plan": ["pro"]}',
            ["`drop_where`", "`properties.plan`", "text, a number"],
            id="no scalar",
        ),
    ],
)
def test_a_condition_that_can_never_hold_is_named(capsys, tmp_path, setting, words):
    (tmp_path / "messages.ndjson").write_text(json.dumps(_page()))
    ended = run(capsys, "preview", str(tmp_path / "messages.ndjson"), "--set", setting)
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert all(word in ended.err for word in words)


RAW = """
create schema shop;
create table shop.tracks as
select id, 'user-1' as user_id, timestamp '2026-01-10 10:00:00' as timestamp, event_text,
  advertising as context_consent_category_preferences_advertising,
  sharing as context_consent_category_preferences_data_sharing
from (values
  ('agreed', 'Signed Up', true, true),
  ('refused', 'Signed Up', true, false),
  ('unsaid', 'Signed Up', null, true),
  ('not asked', 'Signed Up', null, null),
  ('heartbeat', 'Heartbeat', null, null),
  ('order', 'order done', null, null)
) as raw(id, event_text, advertising, sharing);
create table shop.order_done as
select id, user_id, timestamp, event_text, 30 as revenue,
  '[{"product_id":"p-1","price":10},{"product_id":"p-2","price":20}]' as products
from shop.tracks
where id = 'order';
create table shop.pages as select 'page' as id, 'user-1' as user_id, 'Heim' as name;
"""
EXCEPTIONS = [
    ["call_type", "name", "action", "new_name", "comment"],
    ["track", "order done", "rename", "Order Completed", "the name of an old app"],
    ["page", "Heim", "rename", "Home", ""],
    ["track", "Heartbeat", "drop", "", "every five seconds, says nothing"],
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """Give a warehouse built by a project with exceptions of its own, consent asked."""
    folder = tmp_path_factory.mktemp("shop")
    project = project_with({"seeds/event_exceptions.csv": seed(EXCEPTIONS)}, folder)
    with duckdb.connect(str(folder / "warehouse.duckdb")) as connection:
        connection.execute(RAW)
    settings = {"segment_schemas": ["shop"], "consent_categories": ["Advertising", "dataSharing"]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEG2AMP_DUCKDB_PATH", str(folder / "warehouse.duckdb"))
        patch.setenv("SEG2AMP_PROJECT_DIR", str(project))
        api.build(settings, tests=BuildTests.DATA)
        yield


def test_the_warehouse_door_knows_consent_by_its_columns(shop):
    found = api.query("select message_id, rule_id, reason from amplitude.audit_messages")
    decided = {row["message_id"]: (row["rule_id"], row["reason"]) for row in found.to_pylist()}
    assert {name: decided[name] for name in ("agreed", "refused", "unsaid", "not asked")} == {
        "agreed": ("track", None),
        "refused": ("no_consent", NO_CONSENT + "dataSharing"),
        "unsaid": ("no_consent", NO_CONSENT + "Advertising"),
        "not asked": ("track", None),
    }


def test_an_exception_drops_a_message_and_says_why(shop):
    found = api.query("select reason from amplitude.audit_messages where rule_id = 'exception'")
    assert found["reason"].to_pylist() == ["event_exceptions: every five seconds, says nothing"]


def test_a_message_is_mapped_under_its_new_name_and_the_audit_keeps_the_old_one(shop):
    found = api.query(
        "select message_id, rule_id, original_name, rows_made from amplitude.audit_messages "
        "where original_name is not null order by message_id"
    )
    assert [tuple(row.values()) for row in found.to_pylist()] == [
        ("order", "order_completed", "order done", 3),
        ("page", "page", "Heim", 1),
    ]
    sent = api.query("select payload from amplitude.amplitude_outbox where message_id = 'page'")
    assert json.loads(sent["payload"][0].as_py())["event_type"] == "Viewed Home"
