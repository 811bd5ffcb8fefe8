"""Suppressed people: nothing of them enters the outbox, and every row of theirs is told of."""

import shutil

import duckdb
import pytest

from projects import project_with, seed
from seg2amp import api, transform
from seg2amp.transform import BuildTests

LIST = "privacy.requests"
# A user with a device that was anonymous first, and a device that nobody ever signed in on.
USER = """
select user_id from amplitude.int_devices_identified where device_id in (
  select device_id from amplitude.amplitude_outbox where user_id is null
) and user_id not in (select user_id from amplitude.int_users_entangled)
order by user_id limit 1
"""
DEVICE = """
select device_id from amplitude.amplitude_outbox where user_id is null
and device_id not in (select device_id from amplitude.int_devices_identified)
order by device_id limit 1
"""
THEIRS = """
select insert_id from amplitude.{} where user_id = '{}' or device_id = '{}' or device_id in (
  select device_id from amplitude.int_devices_identified where user_id = '{}'
) order by insert_id
"""
LAST_MAPPING = """
select is_whole from amplitude.build_history where model = 'int_messages_routed'
order by build_number desc limit 1
"""
OPEN_CLAIMS = "from amplitude.audit_reconciliation where left_side <> right_side"


class Shop:
    """A built warehouse of sampled messages with a list of people to suppress, nobody on it."""

    def __init__(self, path):
        self.path = path
        ((self.user,),) = self.ask(USER)
        ((self.device,),) = self.ask(DEVICE)

    def ask(self, sql):
        with duckdb.connect(str(self.path)) as connection:
            return connection.execute(sql).fetchall()

    def build(self, **more):
        api.build(SETTINGS, tests=BuildTests.NONE, **more)

    def suppress(self):
        self.ask(
            f"insert into {LIST} values ('{self.user}', null, 'asked for it', '2026-01-01'), "
            f"(null, '{self.device}', null, null)"
        )

    def theirs(self, model):
        rows = self.ask(THEIRS.format(model, self.user, self.device, self.user))
        return [insert_id for (insert_id,) in rows]


COLUMNS = "(user_id text, device_id text, reason text, suppressed_at timestamp)"
SETTINGS = {"segment_schemas": ["shop"], "suppressed_users_relation": LIST}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build the sampled messages once, the list empty."""
    path = tmp_path_factory.mktemp("shop") / "warehouse.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEG2AMP_DUCKDB_PATH", str(path))
        api.sample(800, 5, land="shop")
        with duckdb.connect(str(path)) as connection:
            connection.execute(f"create schema privacy; create table {LIST} {COLUMNS}")
        api.build(SETTINGS, tests=BuildTests.NONE)
    return path


@pytest.fixture
def shop(built, warehouse_path):
    """Give a copy of it that a test may build again."""
    return Shop(shutil.copy(built, warehouse_path))


def test_rows_of_suppressed_people_stay_out_until_they_are_taken_off_the_list(shop):
    rows = shop.theirs("amplitude_outbox")
    assert len(rows) > 2
    # The outbox is made anew, as that of a warehouse that had the list from the start.
    shop.ask("drop table amplitude.amplitude_outbox cascade")
    shop.suppress()
    shop.build(full_refresh=True)
    assert shop.theirs("amplitude_outbox") == []
    assert shop.theirs("audit_suppressions") == rows
    reasons = "select distinct suppression_reason from amplitude.audit_suppressions order by 1"
    assert shop.ask(reasons) == [("asked for it",), ("no reason given",)]
    assert shop.ask(OPEN_CLAIMS) == []

    shop.ask(f"delete from {LIST}")
    shop.build()
    assert [claim for claim, *_ in shop.ask(OPEN_CLAIMS)] == [
        "rows = rows in the outbox + rows that the contract forbids + rows of suppressed people"
    ]
    shop.build(full_refresh=True)
    assert shop.theirs("amplitude_outbox") == rows
    assert shop.ask(OPEN_CLAIMS) == []


def test_who_is_suppressed_later_is_known_by_the_rows_that_are_there(shop, tmp_path):
    before = shop.ask("select * from amplitude.amplitude_outbox order by position")
    listed = [
        ["user_id", "device_id", "reason", "suppressed_at"],
        [shop.user, "", "asked for it", "2026-01-01 00:00:00"],
        ["", shop.device, "", ""],
    ]
    project = project_with({"seeds/suppressed_users.csv": seed(listed)}, tmp_path / "project")
    settings = {"segment_schemas": ["shop"]}
    transform.build(project, shop.path, settings, tests=BuildTests.NONE)
    assert shop.ask("select * from amplitude.amplitude_outbox order by position") == before
    # A list that grows each day maps nothing anew.
    assert shop.ask(LAST_MAPPING) == [(False,)]
    found = shop.ask(
        """
        select distinct held.insert_id
        from amplitude.amplitude_outbox as held
        inner join amplitude.amplitude_suppressions as listed
          on held.person_key = listed.person_key or held.user_id = listed.person_key
          or held.device_id = listed.device_id
        order by 1
        """
    )
    assert [insert_id for (insert_id,) in found] == shop.theirs("amplitude_outbox")
    assert shop.ask(OPEN_CLAIMS) == []
