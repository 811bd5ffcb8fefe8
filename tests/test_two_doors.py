"""Both doors: the same messages give the same rows, but for what a warehouse has lost of them."""

import json
from collections import defaultdict
from datetime import UTC, datetime

import duckdb
import pytest

from seg2amp.sample.files import line
from seg2amp.sample.messages import utc_ms
from seg2amp.sample.rows import flattened, rows
from seg2amp.sample.tables import columnar
from seg2amp.sample.traffic import shards
from seg2amp.settings import Environment
from seg2amp.transform import BuildTests
from seg2amp.transform.scratch import scratch

END = datetime(2026, 1, 31, tzinfo=UTC)
DOORS = ("shop", "app")
ROWS = """
select source_relation, message_id, insert_id, rule_id, rejection_reason, endpoint, payload
from amplitude.amplitude_rows
"""
ROUTED = "select source_relation, message_id, rule_id from amplitude.int_messages_routed"


def track(event, properties, **more):
    """Give a message as the sample's are."""
    times = ("timestamp", "receivedAt", "sentAt", "originalTimestamp")
    return {
        **dict.fromkeys(times, "2026-01-20T09:00:00.000Z"),
        "type": "track",
        "event": event,
        "userId": "user-1",
        "anonymousId": None,
        "context": {},
        "integrations": {},
        "properties": properties,
        **more,
    }


def consent(**categories):
    return {"consent": {"categoryPreferences": categories}}


# What only raw JSON knows: the message, and the rule that it meets at each door.
UNKNOWN = {
    "opt-out": (track("Bought", {}, integrations={"All": False}), "track", "opted_out"),
    "empty consent": (track("Bought", {}, context=consent()), "track", "no_consent"),
    "consent withheld": (track("Bought", {}, context=consent(ads=False)), *["no_consent"] * 2),
}
# What a warehouse makes of properties: the message, and its properties there.
CHANGED = {
    "names and nesting": (
        track("Named", {"itemId": 1, "price($)": 2, "Café": {"TypeOf": {"x": 3}}}),
        {"item_id": 1, "price": 2, "caf_type_of_x": 3},
    ),
    "names that are one": (track("Doubled", {"itemId": "a", "item_id": "b"}), {"item_id": "a"}),
    "names that are none": (track("Nameless", {"注文": 1, "$": 2}), {}),
    "names of Segment's": (track("Common", {"id": 1, "contextType": 2}), {"id": 1}),
    "nothing": (track("Empty", {"coupon": None, "options": {}}), {}),
    "text of an array": (track("Listed", {"list": "[1]"}), {"list": [1]}),
    "one of two types": (track("Sized", {"size": 1}), {"size": "1"}),
    "the other type": (track("Sized", {"size": "XL"}), {"size": "XL"}),
    "a moment": (
        track("Due", {"due": "2026-02-01T09:00:00+02:00"}),
        {"due": "2026-02-01T07:00:00.000Z"},
    ),
    "an event whose name is none": (track("注文", {"label": "button"}), {}),
}
# More than the widest column of text in the sample's warehouse takes.
PRODUCTS = [{"product_id": f"prod-{number}", "price": number} for number in range(200)]
ODD = {name: message for name, (message, *_) in (UNKNOWN | CHANGED).items()}
ODD["order"] = track("Order Completed", {"revenue": 1, "products": PRODUCTS})


@pytest.fixture(scope="module")
def doors(tmp_path_factory):
    """Land the same messages at both doors; give them, and functions that map and ask."""
    messages = [message for shard in shards(1_500, 1, END) for message in shard]
    common = {"projectId": messages[0]["projectId"]}
    messages += [common | {"messageId": name} | message for name, message in ODD.items()]
    archive = tmp_path_factory.mktemp("archive") / "segment-logs" / "app" / "messages.ndjson"
    archive.parent.mkdir(parents=True)
    archive.write_text("".join(map(line, messages)), encoding="utf-8")
    with scratch(Environment().project_dir) as (project, manifest):
        land(project.database, messages)

        def build(**settings):
            doors = {"segment_schemas": ["shop"], "raw_json_path": str(archive)}
            command = ["build", "--select", "+amplitude_rows", *BuildTests.NONE.left_out]
            project.invoke(command, doors | settings, manifest)

        def ask(sql):
            with duckdb.connect(str(project.database)) as connection:
                return connection.execute(sql).fetchall()

        yield messages, build, ask


def land(database, messages):
    tables = defaultdict(list)
    for message in messages:
        for table, row in rows(message, utc_ms(END)):
            tables[table].append(row)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema shop")
        for name, its_rows in tables.items():
            connection.register("landed", columnar(its_rows))
            connection.execute(f'create table shop."{name}" as from landed')
        # Segment's loader takes any text that is a moment for one.
        connection.execute("alter table shop.due alter due type timestamptz")


@pytest.fixture(scope="module")
def apart(doors):
    """Map each message once for each door; give the rows of each, and the rules of messages."""
    _, build, ask = doors
    build(separate_sources=True, consent_categories=["ads"])
    made = {source: {} for source in DOORS}
    for source, message_id, insert_id, *row, payload in ask(ROWS):
        body = json.loads(payload)
        body.pop("insert_id", None)
        made[source][insert_id.removeprefix(f"{source}/")] = (message_id, *row, body)
    return made, {(source, name): rule for source, name, rule in ask(ROUTED)}


def kept(properties):
    """Give properties as a warehouse keeps them: flat, in snake_case, without nulls."""
    own = {name: value for name, value in properties.items() if name[0] not in "$["}
    operations = {name: kept(properties[name]) for name in properties if name[0] == "$"}
    ours = {name: value for name, value in properties.items() if name[0] == "["}
    # It keeps arrays as text, which the mapping reads again where it is whole.
    return parsed(flattened(own)) | operations | ours


def parsed(values):
    found = {}
    for name, value in values.items():
        try:
            found[name] = json.loads(value) if str(value).startswith("[") else value
        except ValueError:
            found[name] = value
    return found


def as_kept(row, message):
    *head, body = row
    changed = {
        name: kept(body[name]) for name in ("event_properties", "user_properties") if name in body
    }
    if message["type"] in {"page", "screen"}:
        # The warehouse keeps no trace of where a name stood, and properties are where it may stand.
        names = {name: message[name] for name in ("name", "category") if message.get(name)}
        changed["event_properties"] |= names
    return (*head, body | changed)


def test_rows_are_the_same_but_for_casing_and_nesting(doors, apart):
    messages = {message["messageId"]: message for message in doors[0]}
    tables, lines = (apart[0][source] for source in DOORS)
    different = {
        (row[0], messages[row[0]].get("event"))
        for name, row in lines.items()
        if row[0] not in ODD and tables.get(name) != as_kept(row, messages[row[0]])
    }
    assert len(lines) > 1_500
    # The sample has a message whose event's name is none of a table.
    assert [event for _, event in different] == ["注文完了"]
    only_in_tables = {row[0] for name, row in tables.items() if name not in lines}
    assert only_in_tables == {name for name, (_, *rules) in UNKNOWN.items() if rules[0] == "track"}


def test_of_an_order_that_is_cut_off_the_products_are_text_and_no_rows(apart):
    tables, lines = (apart[0][source] for source in DOORS)
    products = [name for name, row in lines.items() if row[:2] == ("order", "product_purchased")]
    assert len(products) == len(PRODUCTS)
    assert tables.keys().isdisjoint(products)
    cut_off = tables["order"][-1]["event_properties"]["products"]
    assert json.dumps(PRODUCTS, separators=(",", ":")).startswith(cut_off)
    assert lines["order"][-1]["event_properties"]["products"] == PRODUCTS


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_only_raw_json_knows_decides_only_there(apart, name):
    _, *rules = UNKNOWN[name]
    assert [apart[1][source, name] for source in DOORS] == rules


@pytest.mark.parametrize("name", CHANGED)
def test_properties_are_as_each_door_has_them(apart, name):
    message, in_warehouse = CHANGED[name]
    tables, lines = (apart[0][source][name][-1]["event_properties"] for source in DOORS)
    assert (tables, lines) == (in_warehouse, message["properties"])


def test_a_message_at_both_doors_is_one_message_and_the_line_counts(doors):
    messages, build, ask = doors
    build()
    ((raw_rows,),) = ask("select count(*) from amplitude.stg_segment__messages")
    assert raw_rows == 2 * len(messages)
    routed = ask(ROUTED)
    assert len(routed) == len({message["messageId"] for message in messages})
    assert {source for source, _, _ in routed} == {"app"}
