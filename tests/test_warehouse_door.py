"""The warehouse door: raw tables with names and types as data teams have them."""

import json

import duckdb
import pytest

from seg2amp import api
from seg2amp.transform import BuildTests

RAW = """
create schema "Prod_Web";
create table "Prod_Web"."TRACKS" as
select * from (values
  ('t1', 42::bigint, 'anon-1234', timestamp '2026-01-10 10:00:00', 'Button Clicked'),
  ('t2', 43, null, timestamp '2026-01-10 10:00:01', 'Other'),
  (null, 44444, 'anon-5', timestamp '2026-01-10 10:00:02', 'No Id')
) as raw("ID", "USER_ID", "ANONYMOUS_ID", "TIMESTAMP", "EVENT_TEXT");
create table "Prod_Web".button_clicked as
select 't1' as id, 42 as user_id, timestamptz '2026-01-10 10:00:00+02' as timestamp,
  'Button Clicked' as event_text, 'x' as "order", 1 as "group", true as "select",
  date '2026-01-01' as day, interval 3 days as span, 'nan'::double as nan, 'inf'::double as inf,
  1.50::decimal(10, 2) as exact, [1, null] as list,
  [0.5::double] as doubles, map {'k': 1} as map, {'a': 1} as struct, '{"x":1}'::json as json,
  '[1,2' as cut, '["a"]' as array_text, 12345678901234567890::hugeint as huge,
  'q' as "we""ird", null::int as nothing;
create table "Prod_Web".identifies as
select 'i1' as id, 'user-12345' as user_id, '2026-01-10T10:00:00Z' as timestamp, 'x@y.z' as email;
create view "Prod_Web".pages as select 'p1' as id, 'user-12345' as user_id;
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """Give the rows made of the odd tables, by insert_id."""
    path = tmp_path_factory.mktemp("odd") / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(RAW)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEG2AMP_DUCKDB_PATH", str(path))
        api.build({"segment_schemas": ["Prod_Web"]}, tests=BuildTests.DATA)
        found = api.query("select insert_id, payload from amplitude.amplitude_rows").to_pylist()
    return {row["insert_id"]: json.loads(row["payload"]) for row in found}


def test_every_column_is_a_property_as_far_as_json_has_a_word_for_it(rows):
    assert rows["t1"]["event_properties"] == {
        "order": "x",
        "group": 1,
        "select": True,
        "day": "2026-01-01",
        "span": "3 days",
        "exact": 1.5,
        "list": [1, None],
        "doubles": [0.5],
        "map": {"k": 1},
        "struct": {"a": 1},
        "json": {"x": 1},
        "cut": "[1,2",
        "array_text": ["a"],
        "huge": 12345678901234567890,
        'we"ird': "q",
    }


def test_ids_are_text_and_a_zone_is_honoured(rows):
    assert (rows["t1"]["user_id"], rows["t1"]["time"]) == ("42", 1_768_032_000_000)
    assert (rows["i1"]["user_id"], rows["i1"]["time"]) == ("user-12345", 1_768_039_200_000)


def test_a_track_without_a_table_of_its_event_is_sent_without_properties(rows):
    assert rows["t2"]["event_properties"] == {}
    assert rows["t2"]["event_type"] == "Other"


def test_a_row_without_an_id_and_a_view_count_too(rows):
    assert len(rows) == 5
    assert rows["p1"]["event_type"] == "Loaded a Page"
    assert [row["event_type"] for key, row in rows.items() if len(key) == 32] == ["No Id"]
