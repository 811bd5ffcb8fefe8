"""Bodies are slices of Arrow buffers, whatever the column's type, chunks and offsets."""

import json
from itertools import pairwise
from urllib.parse import parse_qs

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seg2amp.delivery.endpoints import ENDPOINTS
from seg2amp.delivery.payload import Payloads, body

# What JSON text can hold: anything but lone surrogates.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ROWS = st.lists(st.fixed_dictionaries({"a": TEXT, "b": st.integers()}), max_size=30)
TYPES = st.sampled_from([pa.string(), pa.large_string(), pa.string_view()])


@st.composite
def columns(draw):
    """A column of payloads, in any chunks and cut out of anything longer; and its rows."""
    rows, kind = draw(ROWS), draw(TYPES)
    texts = [json.dumps(row, ensure_ascii=False) + "," for row in rows]
    before, after = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    whole = pa.array(["before"] * before + texts + ["after"] * after, kind)
    array = whole.slice(before, len(texts))
    cuts = sorted(draw(st.lists(st.integers(0, len(rows)), max_size=3)))
    edges = [0, *cuts, len(rows)]
    chunks = [array.slice(a, b - a) for a, b in pairwise(edges)]
    column = draw(st.sampled_from([array, pa.chunked_array(chunks, kind)]))
    return column, rows


@given(columns())
def test_a_whole_column_becomes_the_same_rows(drawn):
    column, rows = drawn
    payloads = Payloads.of(column)
    assert len(payloads) == len(rows)
    assert json.loads(payloads.array(range(len(rows)))) == rows
    assert [json.loads(payloads.text(place)) for place in range(len(rows))] == rows


@given(columns(), st.integers(1, 7), st.integers(1, 200))
def test_cuts_cover_every_row_once_within_both_limits(drawn, most_rows, target_bytes):
    column, rows = drawn
    payloads = Payloads.of(column)
    parts = list(payloads.cut(range(len(rows)), most_rows, target_bytes))
    assert [row for part in parts for row in json.loads(payloads.array(part))] == rows
    assert all(1 <= len(part) <= most_rows for part in parts)
    assert all(payloads.size(part) <= target_bytes for part in parts if len(part) > 1)


@given(columns(), st.data())
def test_any_choice_of_rows_keeps_their_order(drawn, data):
    column, rows = drawn
    payloads = Payloads.of(column)
    chosen = [place for place in range(len(rows)) if data.draw(st.booleans())]
    assert json.loads(payloads.array(chosen)) == [rows[place] for place in chosen]
    assert payloads.size(chosen) == sum(
        len(json.dumps(rows[place], ensure_ascii=False).encode()) + 1 for place in chosen
    )


@pytest.mark.parametrize("min_id_length", [None, 1], ids=["default-ids", "short-ids"])
@pytest.mark.parametrize("endpoint", ENDPOINTS.values(), ids=lambda one: one.name)
def test_a_body_parses_to_what_was_put_in(endpoint, min_id_length):
    rows = [{"text": 'a&b=c+d% "é" 日本'}, {}]
    array = json.dumps(rows, ensure_ascii=False).encode()
    content = body(endpoint, 'key"&', array, min_id_length)
    options = {"options": {"min_id_length": 1}} if min_id_length else {}
    if endpoint.field is None:
        assert json.loads(content) == {"api_key": 'key"&', "events": rows} | options
        return
    form = {name: values[0] for name, values in parse_qs(content.decode()).items()}
    assert form.pop("api_key") == 'key"&'
    assert {name: json.loads(value) for name, value in form.items()} == {
        endpoint.field: rows
    } | options
