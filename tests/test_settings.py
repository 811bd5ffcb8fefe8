"""The catalogue of settings: each is read by a rule, and no rule reads one that is not there."""

import re

import pytest
import yaml

from seg2amp.settings import REPOSITORY

PROJECT = REPOSITORY / "dbt_project"
TEXT = (PROJECT / "dbt_project.yml").read_text()
VARS = yaml.safe_load(TEXT)["vars"]["seg2amp"]
CATALOGUE = VARS["setting_catalogue"]
# Rooms that speak of settings, or check them, without doing what they say; so do the files
# …_origins.sql beside the rules, which hold the words of audit_mapping.
WORDS = ("origins", "settings")
# A setting is read by its name, or by one that is put together: "track_" ~ kind ~ "_pages".
NAMED = re.compile(r'setting\("(\w+)"\)')
BUILT = re.compile(r'"(\w+_)" ~ \w+(?: ~ "(_\w+)")?')


def sources():
    macros = (
        path
        for path in (PROJECT / "macros").rglob("*.sql")
        if path.parent.name not in WORDS and not path.stem.endswith("_origins")
    )
    models = (path for path in (PROJECT / "models").rglob("*.sql") if path.parent.name != "audit")
    return [path.read_text() for path in (*macros, *models)]


def test_every_setting_is_read_by_a_rule():
    text = "\n".join(sources())
    quoted = set(re.findall(r'"(\w+)"', text))
    patterns = [re.compile(f"{begin}\\w+?{end}") for begin, end in BUILT.findall(text)]
    unread = [
        name
        for name, entry in CATALOGUE.items()
        if name not in quoted
        and not any(pattern.fullmatch(name) for pattern in patterns)
        # There is nothing to read where only one value is allowed.
        and len(entry.get("allowed", [])) != 1
    ]
    assert unread == []


def test_every_setting_that_is_read_is_in_the_catalogue():
    texts = [path.read_text() for path in PROJECT.rglob("*.sql")]
    read = {name for text in texts for name in NAMED.findall(text)}
    assert len(read) > 50
    assert read <= set(CATALOGUE)


def test_the_sections_are_those_of_the_comments():
    catalogue = TEXT[TEXT.index("    setting_catalogue:") :]
    comments = re.findall(r"^      # (.+)\n      (\w+):$", catalogue, re.MULTILINE)
    assert list(VARS["setting_sections"].items()) == comments


@pytest.mark.parametrize("name", CATALOGUE)
def test_an_entry_is_complete(name):
    entry = CATALOGUE[name]
    defaults = {"default"} if "default" in entry else {"actions", "classic", "recommended"}
    assert set(entry) - {
        "allowed",
        "minimum",
        "fields",
        "choices",
        "remaps",
        "lands",
        "empty_beside",
        "one_is_a_list",
    } == {
        "type",
        "effect",
        "source",
        *defaults,
    }
    assert entry["effect"].endswith(".")
