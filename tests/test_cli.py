"""What a user meets on the command line when something is not as it must be."""

import duckdb
import pytest

from command import run
from projects import small_project
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import serving

NOBODY = "http://127.0.0.1:9"


def assert_one_line(ended, code, *words):
    assert ended.code == code
    assert ended.err.count("\n") == 1, ended.err
    assert ended.err.startswith("seg2amp: ")
    assert "Traceback" not in ended.err
    for word in words:
        assert word in ended.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["--set", "trak_pages=true"], ["`trak_pages`", "true"], id="unknown setting"),
        pytest.param(["--set", 'segment_schemas=["nowhere"]'], ["`nowhere`"], id="missing schema"),
    ],
)
def test_build_names_what_is_wrong_and_what_to_do(capsys, warehouse_path, arguments, words):
    assert_one_line(run(capsys, "build", *arguments), 2, *words)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["--profile", "modern"], ["`modern`", "recommended"], id="unknown profile"),
        pytest.param(["--set", "send_group=maybe"], ["`send_group`", "boolean"], id="wrong type"),
        pytest.param(
            ["--set", "endpoint_region=mars"], ["`endpoint_region`", "europe"], id="not allowed"
        ),
        pytest.param(
            ["--set", "group_type_trait=kind"], ["`group_value_trait`"], id="contradiction"
        ),
        pytest.param(["--set", "send_group"], ["name=value"], id="no value"),
        pytest.param(["--set", "min_id_length=-1"], ["`min_id_length`", "-1", "0"], id="too small"),
        pytest.param(
            ["--set", "traits_to_append=[1]"],
            ["`traits_to_append`", "texts"],
            id="no list of texts",
        ),
        pytest.param(
            ["--set", 'mapped_fields={"colour":"traits.colour"}'],
            ["`mapped_fields`", "colour", "start_version"],
            id="no such field",
        ),
        pytest.param(
            ["--set", 'map_query_params={"search":"groups"}'],
            ["`map_query_params`", "groups", "event_properties"],
            id="no such side",
        ),
        pytest.param(
            ["--set", "page_name_template=Viewed {{name}"],
            ["`page_name_template`"],
            id="open brace",
        ),
        pytest.param(["--set", "raw_json_path=x"], ["`raw_json_path`", "preview"], id="raw data"),
    ],
)
def test_a_setting_that_is_wrong_is_named_with_its_value(capsys, tmp_path, arguments, words):
    (tmp_path / "messages.ndjson").write_text("")
    ended = run(capsys, "preview", str(tmp_path / "messages.ndjson"), *arguments)
    assert_one_line(ended, 2, *words)


@pytest.mark.parametrize("command", ["load", "report"])
def test_another_target_is_not_taken_for_the_duckdb_file(capsys, monkeypatch, command):
    monkeypatch.setenv("SEG2AMP_TARGET", "postgres")
    monkeypatch.setenv("AMPLITUDE_API_KEY", "key")
    assert_one_line(run(capsys, command), 2, "`postgres`", "DuckDB")


def test_a_schema_without_segment_tables_is_named(capsys, warehouse_path):
    with duckdb.connect(str(warehouse_path)) as connection:
        connection.execute("create schema crm")
        connection.execute("create table crm.customers (customer_id integer)")
    ended = run(capsys, "build", "--set", 'segment_schemas=["crm"]')
    assert_one_line(ended, 2, "`crm`", "segment_schemas")


PROFILES = """
seg2amp:
  target: "{{ env_var('SEG2AMP_TARGET', 'foreign') }}"
  outputs:
    foreign: {type: nodb, schema: amplitude}
    hidden: {type: postgres, host: "{{ env_var('SEG2AMP_NO_SUCH') }}"}
    short: {type: postgres, host: localhost, schema: amplitude}
"""


@pytest.mark.parametrize(
    ("target", "words"),
    [
        pytest.param(None, ["`foreign`", "install `dbt-nodb`"], id="no adapter"),
        pytest.param("nowhere", ["`nowhere`", "foreign, hidden, short"], id="unknown"),
        pytest.param("hidden", ["profiles.yml", "SEG2AMP_NO_SUCH"], id="no variable"),
        pytest.param("short", ["profiles.yml", "short"], id="incomplete"),
    ],
)
def test_a_target_that_is_not_as_it_must_be_is_named(
    capsys, warehouse_path, monkeypatch, target, words
):
    monkeypatch.chdir(warehouse_path.parent)
    (warehouse_path.parent / "profiles.yml").write_text(PROFILES)
    named = ["--target", target] if target else []
    assert_one_line(run(capsys, "build", *named), 2, *words)


def test_the_environment_names_the_target_too(capsys, warehouse_path, monkeypatch):
    monkeypatch.setenv("SEG2AMP_TARGET", "nowhere")
    assert_one_line(run(capsys, "build"), 2, "`nowhere`", "duckdb, postgres")


def test_a_server_out_of_reach_is_safe_to_try_again(capsys, warehouse_path, monkeypatch):
    monkeypatch.setenv("SEG2AMP_PROJECT_DIR", str(small_project(warehouse_path.parent)))
    monkeypatch.setenv("SEG2AMP_POSTGRES_HOST", "127.0.0.1")
    monkeypatch.setenv("SEG2AMP_POSTGRES_PORT", "9")
    ended = run(capsys, "build", "--target", "postgres")
    assert_one_line(ended, 75, "`postgres`", "127.0.0.1", "again")


def test_load_without_a_key_says_which_variable_is_missing(capsys, warehouse_path):
    assert_one_line(run(capsys, "load"), 2, "AMPLITUDE_API_KEY")


def test_load_without_a_warehouse_says_which_file_is_missing(capsys, warehouse_path, monkeypatch):
    monkeypatch.setenv("AMPLITUDE_API_KEY", "key-of-a-test")
    assert_one_line(run(capsys, "load"), 2, str(warehouse_path))


def test_load_before_build_says_what_to_run_first(capsys, warehouse_path, monkeypatch):
    monkeypatch.setenv("AMPLITUDE_API_KEY", "key-of-a-test")
    duckdb.connect(str(warehouse_path)).close()
    assert_one_line(run(capsys, "load"), 2, "build")


@pytest.fixture
def built(seeds_warehouse, warehouse_path, monkeypatch):
    """Give a warehouse with pending rows of its own, and a key."""
    warehouse_path.write_bytes(seeds_warehouse.read_bytes())
    monkeypatch.setenv("AMPLITUDE_API_KEY", "key-of-a-test")
    return warehouse_path


def test_old_rows_are_not_sent_unasked(capsys, built):
    assert_one_line(run(capsys, "load", "--base-url", NOBODY), 2, "billable", "--since", "--yes")


def test_an_unreachable_address_is_named_and_safe_to_try_again(capsys, built):
    ended = run(capsys, "load", "--yes", "--base-url", NOBODY)
    assert ended.code == 75
    assert NOBODY in ended.err.splitlines()[-1]
    assert "Traceback" not in ended.err


def test_a_refused_key_is_configuration_and_is_not_printed(capsys, built):
    with serving(SandboxConfig(api_keys=frozenset({"another-key"}))) as sandbox:
        ended = run(capsys, "load", "--yes", "--base-url", sandbox.url)
    assert ended.code == 2
    assert "AMPLITUDE_API_KEY" in ended.err
    assert "key-of-a-test" not in ended.err + ended.out


def test_a_dry_run_sends_nothing_and_masks_what_is_personal(capsys, built):
    ended = run(capsys, "load", "--dry-run")
    assert ended.code == 0
    assert '"endpoint": "batch"' in ended.out
    assert "@mail.example" not in ended.out
    assert "@mail.example" in run(capsys, "load", "--dry-run", "--show-values").out


def test_a_load_ends_with_its_sums(capsys, built):
    with serving() as sandbox:
        first = run(capsys, "load", "--yes", "--base-url", sandbox.url)
        again = run(capsys, "load", "--yes", "--base-url", sandbox.url)
        stored = len(sandbox.store.rows) + len(sandbox.store.form_items)
    assert first.code == again.code == 0
    assert f"loaded {stored} rows" in first.err.splitlines()[-1]
    assert "loaded 0 rows" in again.err.splitlines()[-1]


def test_sample_needs_a_place(capsys):
    assert_one_line(run(capsys, "sample", "--messages", "10"), 2, "--out", "--land")


def test_a_query_cannot_write(capsys, built):
    before = built.read_bytes()
    for sql in (f"copy (select 1) to '{built}'", "drop table amplitude.amplitude_outbox", ""):
        ended = run(capsys, "query", sql)
        assert ended.code in (1, 2), sql
        assert ended.err.count("\n") == 1, ended.err
    assert built.read_bytes() == before


def test_the_sample_never_lands_among_the_models(capsys, warehouse_path):
    ended = run(capsys, "sample", "--messages", "10", "--land", "amplitude")
    assert_one_line(ended, 2, "`amplitude`")
