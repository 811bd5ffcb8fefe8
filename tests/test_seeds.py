"""The small set of raw tables in `seeds/`: complete, consistent and explained."""

import csv
import re
from datetime import datetime
from pathlib import Path

import pytest

from seg2amp.sample.names import snake_case

SEEDS = Path(__file__).parent.parent / "seeds"
NAMES = sorted(path.stem for path in SEEDS.glob("*.csv"))
EVENT_TABLES = ["order_completed", "product_viewed", "signed_up"]
MESSAGE_TABLES = sorted(set(NAMES) - {"users", *EVENT_TABLES})


def rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def declared() -> dict[str, list[str]]:
    text = (SEEDS / "_seeds.yml").read_text(encoding="utf-8")
    parts = re.split(r"^  - name: (\w+)$", text, flags=re.MULTILINE)[1:]
    return {
        name: re.findall(r"^        (\w+): [a-z ]+$", body, flags=re.MULTILINE)
        for name, body in zip(parts[::2], parts[1::2], strict=True)
    }


def test_every_column_has_a_declared_type():
    assert declared() == {name: list(rows(name)[0]) for name in NAMES}


def test_every_message_is_explained_once():
    text = (SEEDS / "README.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| (msg-\S+) \|", text, flags=re.MULTILINE)
    held = {row["id"] for name in MESSAGE_TABLES for row in rows(name)}
    assert sorted(explained) == sorted(held)


@pytest.mark.parametrize("name", MESSAGE_TABLES)
def test_timestamp_is_received_minus_time_in_the_queue(name):
    for row in rows(name):
        received, sent, original, stamp = (
            datetime.fromisoformat(row[column])
            for column in ("received_at", "sent_at", "original_timestamp", "timestamp")
        )
        assert stamp == received - (sent - original), row["id"]


@pytest.mark.parametrize("name", EVENT_TABLES)
def test_a_row_of_an_event_table_stands_in_tracks_with_the_same_common_columns(name):
    tracks = {(row["id"], row["received_at"]): row for row in rows("tracks")}
    for row in rows(name):
        track = tracks[row["id"], row["received_at"]]
        common = row.keys() & track.keys()
        assert {key: row[key] for key in common} == {key: track[key] for key in common}


def test_an_event_is_the_slug_of_its_text():
    for row in rows("tracks"):
        assert row["event"] == snake_case(row["event_text"])


@pytest.mark.parametrize("name", NAMES)
def test_no_column_is_empty(name):
    held = rows(name)
    assert all(any(row[column] for row in held) for column in held[0])
