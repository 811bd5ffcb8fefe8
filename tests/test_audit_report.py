"""The account and its page: the sums, what is shown of messages, and what is hidden."""

import json
import re
from html.parser import HTMLParser

import duckdb
import pytest

from seg2amp.audit import read_account, write_report
from seg2amp.audit.answers import read_answers
from seg2amp.audit.examples import EXAMPLES, read_examples
from seg2amp.errors import ConfigurationError
from seg2amp.warehouse import DuckDBWarehouse

NASTY = "<script>alert('x')</script>"
EMAIL = "ann@example.com"

TABLES = """
create schema amplitude;
create schema shop;
create table amplitude.audit_messages (
  message_key text, message_id text, call_type text, source_relation text, source_table text,
  source_line bigint, received_at timestamp, copies bigint, outcome text, rule_id text,
  reason text, rows_made bigint, rows_rejected bigint
);
create table amplitude.audit_deliveries (
  insert_id text, message_id text, rule_id text, kind text, endpoint text, lane integer,
  position bigint, load_id bigint, state text, reason text, field text, request_id text,
  settled_at timestamp, server_upload_time bigint, reply text
);
create table amplitude.audit_rejections (
  insert_id text, message_key text, message_id text, rule_id text, endpoint text, kind text,
  rejection_reason text, payload text
);
create table amplitude.audit_suppressions (
  insert_id text, rule_id text, kind text, endpoint text, suppression_reason text
);
create table amplitude.audit_reconciliation (claim text, left_side bigint, right_side bigint);
create table amplitude.amplitude_outbox (
  insert_id text, message_id text, rule_id text, kind text, endpoint text, user_id text,
  device_id text, position bigint, payload text
);
create table amplitude.delivery_rejections (insert_id text);
create table amplitude.delivery_requests (
  run_id text, endpoint text, outcome text, status_code integer, row_count integer,
  body_bytes bigint, duration_ms bigint
);
create table amplitude.delivery_runs (
  run_id text, started_at timestamp, finished_at timestamp, outcome text, base_url text,
  loader_version text, rows_pending bigint, rows_delivered bigint, rows_rejected bigint,
  requests bigint, error text
);
create table amplitude.stg_segment__raw_json (
  message_id text, call_type text, source_relation text, source_table text, source_line bigint,
  content_hash text, unreadable_reason text, event_json text, properties_json text,
  traits_json text, ip_json text
);
create table shop.pages (
  id text, received_at timestamp, name text, title text, context_ip text,
  context_traits_first_name text, context_page_url text, path text
);
create table shop.identifies (
  id text, received_at timestamp, email text, first_name text, phone text, name text, plan text
);
create table shop.order_completed (
  id text, received_at timestamp, products text, context_traits_email text
);
"""

# message_id, call type, table, line, copies, outcome, rule, reason, rows made, rows rejected
MESSAGES = (
    ("page-1", "page", "pages", None, 3, "mapped", "page", None, 1, 0),
    ("identify-1", "identify", "identifies", None, 1, "mapped", "identify", None, 1, 0),
    ("order-1", "track", "order_completed", None, 1, "mapped", "order_completed", None, 3, 0),
    ("alias-1", "alias", "aliases", None, 1, "dropped", "alias_off", "send_alias is off", 0, 0),
    ("track-1", "track", "tracks", None, 1, "rejected", "no_name", f"no name {NASTY}", 0, 0),
    ("track-2", "track", "tracks", None, 1, "mapped", "track", None, 1, 1),
    ("track-3", "track", "raw_json", 7, 1, "mapped", "track", None, 1, 0),
)

# insert_id, message_id, rule, state, reason, payload
ROWS = (
    (
        *("page-1", "page-1", "page", "delivered", None),
        {
            "event_type": f"Viewed {NASTY}",
            "ip": "10.1.2.3",
            "event_properties": {NASTY: NASTY, "name": "Home"},
            "user_properties": {"$set": {"utm_source": "news", "first_name": "Annabel"}},
        },
    ),
    (
        *("identify-1", "identify-1", "identify", "pending", None),
        {"event_type": "$identify", "user_properties": {"email": EMAIL, "plan": "gold"}},
    ),
    ("order-1", "order-1", "order_completed", "delivered", None, {"event_type": "Order Completed"}),
    *(
        (
            *(f"order-1-{number}", "order-1", "product_purchased", "delivered", None),
            {"event_type": "Product Purchased"},
        )
        for number in (2, 3)
    ),
    (
        *("track-3", "track-3", "track", "rejected", f"not from {EMAIL}"),
        {"event_type": "Asked", "event_properties": {"email": EMAIL}},
    ),
)

CLAIMS = (("raw rows = messages + duplicates", 9, 9), ("rows = rows and rows", 7, 7))


@pytest.fixture
def shop(tmp_path):
    """Give a warehouse of seven messages, one for each thing that can become of one."""
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(TABLES)
        for row in MESSAGES:
            fill_message(connection, row)
        for position, row in enumerate(ROWS):
            fill_row(connection, position, row)
        connection.executemany(
            "insert into amplitude.audit_reconciliation values (?, ?, ?)", list(CLAIMS)
        )
        fill_raw(connection)
    return path


def fill_message(connection, row):
    message_id, call_type, table, line, *rest = row
    relation = "shop" if line is None else "lines"
    values = [message_id, message_id, call_type, relation, table, line, "2026-01-01", *rest]
    connection.execute(
        f"insert into amplitude.audit_messages values ({', '.join('?' * len(values))})", values
    )


def fill_row(connection, position, row):
    insert_id, message_id, rule, state, reason, payload = row
    kind = "identify" if rule == "identify" else "event"
    text = json.dumps(payload)
    connection.execute(
        "insert into amplitude.amplitude_outbox values (?, ?, ?, ?, 'batch', 'u', 'd', ?, ?)",
        [insert_id, message_id, rule, kind, position, text],
    )
    connection.execute(
        "insert into amplitude.audit_deliveries "
        "values (?, ?, ?, ?, 'batch', 0, ?, 1, ?, ?, null, null, null, null, null)",
        [insert_id, message_id, rule, kind, position, state, reason],
    )
    if state == "rejected":
        connection.execute("insert into amplitude.delivery_rejections values (?)", [insert_id])


def fill_raw(connection):
    connection.execute(
        """
        insert into amplitude.audit_rejections values
          ('track-2', 'track-2', 'track-2', 'track', 'batch', 'event', 'user_id is too short',
           '{"user_id":"x"}');
        insert into amplitude.stg_segment__raw_json values
          ('track-3', 'track', 'lines', 'raw_json', 7, 'd41d8', null, '"Asked"', '{"count": 2}',
           '{"name": "Annabel"}', '"10.1.2.3"');
        insert into shop.identifies values
          ('identify-1', '2026-01-01', 'ann@example.com', 'Annabel', '+44 20 7946 0958',
           'Annabel Lee', 'gold');
        insert into shop.order_completed values
          ('order-1', '2026-01-01', '[{"name":"Lamp"},{"name":"Rug"}]', 'ann@example.com');
        insert into amplitude.delivery_runs values
          ('run-1', '2026-01-02 10:00:00', '2026-01-02 10:00:02', 'completed_with_rejections',
           'https://me:hidden-word@api.example.com', '0.1.0', 6, 4, 1, 2, null);
        insert into amplitude.delivery_requests values
          ('run-1', 'batch', 'delivered', 200, 4, 1500, 30),
          ('run-1', 'batch', 'refused', 400, 1, 500, 10),
          ('run-0', 'batch', 'fatal', 401, 9, 9, 9);
        """
    )
    for received_at, title in (("2026-01-03", "a later copy"), ("2026-01-01", NASTY)):
        connection.execute(
            "insert into shop.pages values ('page-1', ?, 'Home', ?, '10.1.2.3', 'Annabel', ?, ?)",
            [received_at, title, f"https://example.com/?to={EMAIL}", None],
        )


def account_of(path):
    with DuckDBWarehouse(path) as warehouse:
        return read_account(warehouse, "amplitude")


def examples_of(path, *, show_values=True):
    with DuckDBWarehouse(path) as warehouse:
        return read_examples(warehouse, "amplitude", show_values=show_values)


def page_of(path, *, show_values=False):
    out = path.parent / "pages" / "report.html"
    with DuckDBWarehouse(path) as warehouse:
        write_report(warehouse, "amplitude", out, show_values=show_values)
    return out.read_text(encoding="utf-8")


class Reader(HTMLParser):
    """The tables of a page as rows of texts; fails where tags do not close in order."""

    VOID = frozenset({"meta", "link", "br"})

    def __init__(self, html):
        super().__init__()
        self.open, self.tables, self.ids = [], [], []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")

    def handle_startendtag(self, _tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if {"td", "th"} & set(self.open):
            self.tables[-1][-1][-1] += data


def table_of(html, heading):
    """Give the rows of the table whose first row holds `heading`, that row left out."""
    return next(rows[1:] for rows in Reader(html).tables if heading in rows[0])


def test_the_account_counts_every_message_and_row(shop):
    account = account_of(shop)
    total = account.total
    assert (total.raw_rows, total.messages, total.duplicates) == (9, 7, 2)
    assert (total.mapped, total.dropped, total.rejected) == (5, 1, 1)
    assert (total.rows_made, total.extra_rows, account.forbidden) == (7, 2, 1)
    assert (account.outbox, account.delivered, account.rejected) == (6, 4, 1)
    assert (account.pending, account.skipped, account.kept_rows) == (1, 0, 0)
    assert account.balanced


def test_call_types_and_rules_add_up_to_the_totals(shop):
    account = account_of(shop)
    for name in ("raw_rows", "messages", "mapped", "dropped", "rejected", "rows_made"):
        assert sum(getattr(kind, name) for kind in account.call_types) == getattr(
            account.total, name
        )
    for name in ("forbidden", "delivered", "rejected", "skipped", "pending"):
        assert sum(getattr(rule, name) for rule in account.rules) == getattr(account, name)
    assert sum(rule.made for rule in account.rules) == account.total.rows_made


def test_everything_unsent_has_a_stage_a_rule_and_a_reason(shop):
    unsent = [
        (item.stage, item.rule_id, item.reason, item.count) for item in account_of(shop).unsent
    ]
    assert unsent == [
        ("dropped", "alias_off", "send_alias is off", 1),
        ("unmapped", "no_name", f"no name {NASTY}", 1),
        ("forbidden", "track", "user_id is too short", 1),
        ("rejected", "track", f"not from {EMAIL}", 1),
        ("pending", "", "waits for the next load", 1),
    ]


def test_rows_of_earlier_builds_are_told_apart(shop):
    with duckdb.connect(str(shop)) as connection:
        fill_row(connection, 99, ("old", "gone", "track", "delivered", None, {}))
    assert account_of(shop).kept_rows == 1
    assert "from earlier builds" in page_of(shop)


def test_rows_of_suppressed_people_are_told_apart(shop):
    with duckdb.connect(str(shop)) as connection:
        fill_message(
            connection, ("track-4", "track", "tracks", None, 1, "mapped", "track", None, 1, 0)
        )
        connection.execute(
            "insert into amplitude.audit_suppressions "
            "values ('track-4', 'track', 'event', 'batch', 'asked for it')"
        )
    account = account_of(shop)
    assert (account.withheld, account.outbox, account.kept_rows) == (1, 6, 0)
    assert sum(rule.withheld for rule in account.rules) == 1
    assert ("withheld", "asked for it") in [(item.stage, item.reason) for item in account.unsent]
    assert "of suppressed people" in page_of(shop)
    assert "of a suppressed person" in page_of(shop)


def test_the_page_shows_the_sums_of_the_account(shop):
    html, total = page_of(shop), account_of(shop).total
    by_call_type = table_of(html, "call type")
    assert by_call_type[-1] == ["all", "9", "2", "7", "1", "1", "5", "2", "7"]
    columns = list(zip(*by_call_type[:-1], strict=True))[1:]
    assert [str(sum(map(int, column))) for column in columns] == by_call_type[-1][1:]
    assert str(total.rows_made) == by_call_type[-1][-1]
    assert [row[-1] for row in table_of(html, "reason")] == [
        *("1 message", "1 message", "1 row", "1 row", "1 row", "2 raw rows")
    ]
    assert table_of(html, "left side") == [["✓", claim, str(a), str(b)] for claim, a, b in CLAIMS]
    assert table_of(html, "requests") == [
        ["batch", "delivered", "200", "1", "4", "2", "30", "30"],
        ["batch", "refused", "400", "1", "1", "0", "10", "10"],
    ]


def test_the_chart_names_every_part(shop):
    chart = re.search(r"<svg.*</svg>", page_of(shop), re.DOTALL)[0]
    text = " ".join(re.sub(r"<[^>]+>", " ", chart).split())
    for part in (
        *("9 raw rows", "7 messages", "5 mapped", "7 rows made", "2 duplicates"),
        *("1 dropped by a rule", "1 could not be mapped", "1 forbidden by the contract"),
        *("4 delivered", "1 rejected by Amplitude", "1 pending", "+2 extra rows"),
    ):
        assert part in text


def test_a_sum_that_does_not_close_is_said_first(shop):
    assert "Every message is accounted for" in page_of(shop)
    with duckdb.connect(str(shop)) as connection:
        connection.execute(
            "update amplitude.audit_reconciliation set left_side = 8 where left_side = 7"
        )
    html = page_of(shop)
    assert "Every message is accounted for" not in html
    assert "1 sum does not close" in html
    assert ["✗", "rows = rows and rows", "8", "7"] in table_of(html, "left side")


@pytest.mark.parametrize("show_values", [False, True], ids=["masked", "shown"])
def test_what_messages_hold_is_escaped(shop, show_values):
    html = page_of(shop, show_values=show_values)
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 4


def test_personal_values_are_masked_on_both_sides(shop):
    html = page_of(shop)
    for value in (EMAIL, "Annabel", "10.1.2.3", "7946", "hidden-word"):
        assert value not in html
    for value in ("gold", "Home", "Lamp", "api.example.com"):
        assert value in html


def test_personal_values_are_shown_to_those_who_ask(shop):
    html = page_of(shop, show_values=True)
    for value in (EMAIL, "Annabel Lee", "10.1.2.3", "7946"):
        assert value in html
    assert "hidden-word" not in html


def test_examples_show_the_raw_row_of_the_copy_that_was_kept(shop):
    page, *_ = examples_of(shop)
    assert page.title == "A campaign brings a visitor"
    assert page.raw["title"] == NASTY
    assert "path" not in page.raw


def test_examples_show_json_in_text_unfolded(shop):
    order = next(one for one in examples_of(shop) if one.message_id == "order-1")
    assert order.raw["products"] == [{"name": "Lamp"}, {"name": "Rug"}]
    assert [row.rule_id for row in order.rows] == [
        *("order_completed", "product_purchased", "product_purchased")
    ]


def test_examples_of_the_json_door_show_the_staged_message(shop):
    asked = next(one for one in examples_of(shop) if one.message_id == "track-3")
    assert asked.source == "lines, line 7"
    assert asked.raw["event"] == "Asked"
    assert asked.raw["properties"] == {"count": 2}
    assert [row.state for row in asked.rows] == ["rejected"]


def test_examples_show_what_was_not_sent_and_why(shop):
    found = {one.message_id: one for one in examples_of(shop)}
    assert set(found) == {row[0] for row in MESSAGES}
    assert (found["alias-1"].rows, found["alias-1"].reason) == ((), "send_alias is off")
    assert found["track-2"].rows[0].reason == "user_id is too short"
    assert found["track-2"].rows[0].payload == {"user_id": "x"}
    assert found["alias-1"].raw is None


def test_the_sql_on_the_page_gives_the_answers_on_the_page(shop):
    html = page_of(shop, show_values=True)
    with DuckDBWarehouse(shop) as warehouse:
        examples = read_examples(warehouse, "amplitude", show_values=True)
        answers = read_answers(warehouse, "amplitude", examples, show_values=True)
    shown = [
        sql.replace("&#39;", "'") for sql in re.findall(r'<code class="sql">(.*?)</code>', html)
    ]
    assert shown == [answer.sql for answer in answers]
    with duckdb.connect(str(shop)) as connection:
        for answer in answers:
            rows = connection.sql(answer.sql).fetchall()
            assert [len(row) for row in rows] == [len(answer.columns)] * len(answer.rows)
            assert rows
    assert answers[0].rows[0][-3:] == ("dropped", "alias_off", "send_alias is off")
    assert [row[2] for row in answers[1].rows].count("product_purchased") == 2


def test_the_page_is_one_file_and_well_formed(shop):
    html = page_of(shop)
    assert not re.search(r"(?:src|href|action|data)\s*=\s*[\"']?(?:https?:)?//", html)
    assert not re.search(r"url\(\s*[\"']?(?!#)|@import|<iframe|<img|<object|<embed", html)
    reader = Reader(html)
    assert len(reader.ids) == len(set(reader.ids))


def test_an_empty_warehouse_has_a_report_too(tmp_path):
    path = tmp_path / "empty.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(TABLES)
    html = page_of(path)
    assert "Nothing has been loaded yet" in html
    assert table_of(html, "call type") == [["all", *"00000000"]]


def test_missing_models_are_named_in_one_line(tmp_path):
    path = tmp_path / "bare.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema amplitude")
    with pytest.raises(ConfigurationError) as caught:
        page_of(path)
    message = str(caught.value)
    assert "amplitude.amplitude_outbox" in message
    assert "seg2amp build" in message
    assert "\n" not in message


def test_a_place_that_cannot_be_written_is_named(shop, tmp_path):
    (tmp_path / "file").write_text("")
    with DuckDBWarehouse(shop) as warehouse, pytest.raises(ConfigurationError, match="--out"):
        write_report(warehouse, "amplitude", tmp_path / "file" / "x.html", show_values=False)


def test_the_seeds_give_ten_examples_and_sums_that_close(seeds_warehouse, tmp_path):
    path = tmp_path / "seeds.duckdb"
    path.write_bytes(seeds_warehouse.read_bytes())
    account, examples = account_of(path), examples_of(path)
    assert account.balanced
    assert len(examples) == EXAMPLES
    assert {"mapped", "dropped", "rejected"} <= {one.outcome for one in examples}
    assert all(one.raw for one in examples)
    assert examples == examples_of(path)
    assert table_of(page_of(path), "call type")[-1][-1] == str(account.total.rows_made)
