"""Preview: raw Segment messages through the same models, line by line."""

import json

import pytest
from dbt.cli.main import dbtRunner

from command import run, run_in_fixture
from seg2amp.settings import REPOSITORY

ORDER = {
    "type": "track",
    "event": "Order Completed",
    "messageId": "order-1",
    "userId": "user-1",
    "timestamp": "2026-01-10T09:00:00.123Z",
    "properties": {
        "order_id": "o-1",
        "revenue": "$1,030.50",
        "products": [
            {"product_id": "p-1", "price": 1000, "quantity": 1},
            {"product_id": "p-2", "price": 15.25, "quantity": 2},
        ],
    },
}
LINES = [
    json.dumps(ORDER),
    "",
    "this is no JSON",
    json.dumps({"type": "page", "messageId": "page-1", "userId": "u1", "name": "Home"}),
    json.dumps({"type": "alias", "messageId": "alias-1", "userId": "user-1", "previousId": "u"}),
    json.dumps({"type": "identify", "userId": "user-1", "traits": {"email": "a@b.example"}}),
    json.dumps(ORDER),
    "[1, 2]",
]


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Give the exit code, the lines and the talk of one preview in the recommended profile."""
    path = tmp_path_factory.mktemp("preview") / "messages.ndjson"
    path.write_text("\n".join(LINES) + "\n")
    ended = run_in_fixture("preview", str(path))
    return ended.code, [json.loads(line) for line in ended.out.splitlines()], ended.err


def test_a_line_that_is_no_message_is_named_and_the_rest_is_mapped(printed):
    code, lines, talk = printed
    assert code == 3
    assert [x["line"] for x in lines] == [1, 1, 1, 3, 4, 5, 6, 7, 8]
    assert [x["line"] for x in lines if x["rule_id"] == "unreadable"] == [3, 8]
    assert "2 of the lines" in talk


def test_an_order_is_itself_and_its_products_in_order(printed):
    rows = [line for line in printed[1] if line["line"] == 1]
    assert [row["rule_id"] for row in rows] == ["order_completed"] + ["product_purchased"] * 2
    assert [row["payload"]["insert_id"] for row in rows] == ["order-1", "order-1-2", "order-1-3"]
    assert [row["payload"].get("revenue") for row in rows] == [1030.5, None, None]
    products = [row["payload"]["event_properties"] for row in rows[1:]]
    assert [(p["product_id"], p["order_id"]) for p in products] == [("p-1", "o-1"), ("p-2", "o-1")]


def test_what_the_contract_forbids_is_shown_with_its_payload(printed):
    (row,) = [line for line in printed[1] if line["line"] == 4]
    assert (row["outcome"], row["endpoint"]) == ("rejected", "batch")
    assert "user_id" in row["reason"]
    assert row["payload"]["event_type"] == "Viewed Home"


def test_a_dropped_message_says_why(printed):
    (row,) = [line for line in printed[1] if line["line"] == 5]
    assert (row["outcome"], row["rule_id"]) == ("dropped", "alias_off")
    assert "send_alias" in row["reason"]
    assert "payload" not in row


def test_a_message_without_an_id_still_has_a_stable_insert_id(printed):
    (row,) = [line for line in printed[1] if line["line"] == 6]
    assert row["message_id"] is None
    assert len(row["payload"]["insert_id"]) == 32


def test_a_copy_is_dropped_as_a_duplicate(printed):
    (row,) = [line for line in printed[1] if line["line"] == 7]
    assert (row["outcome"], row["rule_id"]) == ("dropped", "duplicate")


def test_a_profile_and_settings_change_the_rows(capsys, tmp_path):
    path = tmp_path / "order.ndjson"
    path.write_text(json.dumps(ORDER))
    settings = ["--profile", "classic", "--set", "track_revenue_per_product=true"]
    ended = run(capsys, "preview", str(path), *settings)
    rows = [json.loads(line)["payload"] for line in ended.out.splitlines()]
    assert ended.code == 0
    assert [row.get("revenue") for row in rows] == [None, 1000.0, 30.5]


def test_a_missing_file_is_named(capsys):
    ended = run(capsys, "preview", "nowhere.ndjson")
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert "`nowhere.ndjson`" in ended.err


def test_no_message_is_no_line(capsys, tmp_path):
    path = tmp_path / "empty.ndjson"
    path.write_text("\n\n")
    assert run(capsys, "preview", str(path)).out == ""


def test_a_page_template_keeps_its_placeholders(capsys, tmp_path):
    path = tmp_path / "page.ndjson"
    page = {"type": "page", "userId": "user-1", "category": "Docs", "name": "{{userId}} & co"}
    path.write_text(json.dumps(page))
    template = "page_name_template={{category}}: {{ name }}"
    ended = run(capsys, "preview", str(path), "--set", template)
    (row,) = [json.loads(line)["payload"] for line in ended.out.splitlines()]
    assert row["event_type"] == "Docs: {{userId}} & co"


def test_plain_dbt_takes_the_same_template(tmp_path):
    command = [
        *("compile", "--select", "int_events_named", "--log-level", "none"),
        *("--project-dir", str(REPOSITORY / "dbt_project"), "--profiles-dir", str(REPOSITORY)),
        *("--target-path", str(tmp_path / "target"), "--log-path", str(tmp_path / "logs")),
        *("--vars", '{page_name_template: "Seen {{name}} at {{context.page.title}}"}'),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEG2AMP_DUCKDB_PATH", str(tmp_path / "warehouse.duckdb"))
        outcome = dbtRunner().invoke(command)
    assert outcome.exception is None
    (compiled,) = (tmp_path / "target").rglob("int_events_named.sql")
    sql = compiled.read_text()
    assert "'Seen '" in sql
    assert "printed_context_page_title_" in sql
