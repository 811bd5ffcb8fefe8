"""The raw JSON door: a file of messages, parsed once, accounted for line by line."""

import json

from seg2amp import api
from seg2amp.sandbox.server import serving
from seg2amp.transform import BuildTests


def test_a_file_of_messages_is_mapped_delivered_and_accounted_for(
    tmp_path, warehouse_path, monkeypatch
):
    monkeypatch.setenv("AMPLITUDE_API_KEY", "key-of-a-test")
    api.sample(1_000, 5, out=tmp_path / "sample")
    path = tmp_path / "sample" / "messages.ndjson"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines, "no JSON", "[1]", ""]))
    settings = {"segment_schemas": [], "raw_json_path": str(path)}
    api.build(settings, tests=BuildTests.DATA)

    claims = api.query("select * from amplitude.audit_reconciliation").to_pylist()
    assert claims[0]["left_side"] == 1_002
    assert [claim for claim in claims if claim["left_side"] != claim["right_side"]] == []
    unreadable = api.query(
        "select source_line, reason from amplitude.audit_messages "
        "where rule_id = 'unreadable' order by source_line"
    )
    assert [row["source_line"] for row in unreadable.to_pylist()] == [1_001, 1_002]

    with serving() as sandbox:
        summary = api.load(base_url=sandbox.url, yes=True)
        stored = {row.item["insert_id"] for row in sandbox.store.rows}
    assert (summary.left, summary.rejected) == (0, 0)
    tracked = {
        message["messageId"]
        for message in map(json.loads, lines)
        if message["type"] == "track" and message["event"] == "Product Viewed"
    }
    assert tracked
    assert tracked <= stored
