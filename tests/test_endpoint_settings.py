"""The settings that choose an endpoint, from raw rows to the sandbox."""

import json
import shutil
from collections import defaultdict

import duckdb
import pytest

from seg2amp import api
from seg2amp.sandbox.server import serving
from seg2amp.transform import BuildTests

BY_FORM = {"send_to_batch_endpoint": False, "identify_endpoint": "form"}
SHOP = {"segment_schemas": ["shop"], "traits_to_append": ["plan"]}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Give a warehouse of 1,000 sampled messages whose rows go by the form and to HTTP V2."""
    path = tmp_path_factory.mktemp("endpoints") / "warehouse.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEG2AMP_DUCKDB_PATH", str(path))
        api.sample(1_000, 11, land="shop")
        api.build(SHOP | BY_FORM, tests=BuildTests.DATA)
    return path


@pytest.fixture
def own(built, warehouse_path):
    """Give a copy of it that this test may change."""
    return shutil.copy(built, warehouse_path)


def ask(path, sql):
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.sql(sql).fetchall()


def test_what_may_be_repeated_goes_by_the_form_and_the_rest_to_http_v2(own, monkeypatch):
    monkeypatch.setenv("AMPLITUDE_API_KEY", "key-of-a-test")
    with serving() as sandbox:
        summary = api.load(base_url=sandbox.url, yes=True)
        arrived = [*sandbox.store.rows, *sandbox.store.form_items]
    assert (summary.left, summary.rejected) == (0, 0)
    kinds = defaultdict(set)
    for row in arrived:
        event_type = row.item.get("event_type")
        kinds[row.arrival.endpoint].add(event_type if event_type == "$identify" else "other")
    assert kinds == {
        "/identify": {"other"},
        "/2/httpapi": {"$identify", "other"},
        "/groupidentify": {"other"},
    }
    counting = [
        json.dumps(row.item) for row in arrived if row.item.get("event_type") == "$identify"
    ]
    assert all('"$append"' in item or '"$add"' in item for item in counting)


def test_identifications_have_the_first_positions_of_a_load(built):
    places = """
        select max(position) filter (endpoint = 'identify'),
               min(position) filter (endpoint <> 'identify')
        from amplitude.amplitude_outbox
    """
    last, first = ask(built, places)[0]
    assert last < first


@pytest.mark.full
def test_a_row_in_the_outbox_keeps_its_endpoint_when_a_setting_flips(built, own):
    api.build(SHOP, tests=BuildTests.NONE)
    rows = (
        "select position, endpoint, insert_id, payload from amplitude.amplitude_outbox order by 1"
    )
    assert ask(own, rows) == ask(built, rows)
