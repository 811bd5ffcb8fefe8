"""Compiled SQL is what an auditor reads: it is short, says nothing twice and calls things by name.

The bounds hold for each model over the demo's raw tables, in each profile. Lines are counted as dbt
compiles them, blank ones left out; their width is that of sqlglot's print.
"""

import re
from collections import Counter, defaultdict
from itertools import pairwise

import pytest
import sqlglot
from sqlglot import exp

from seg2amp import api
from seg2amp.settings import REPOSITORY
from seg2amp.transform.parsed import parsed
from seg2amp.transform.project import Project

PROFILES = ("recommended", "actions", "classic")
SCHEMA = "segment_demo"
# What `seg2amp doctor` asks of each raw table; nothing else reads them.
SCANS = {"audit_sources", "audit_source_findings"}

LINE_WIDTH = 140
NODES = 15
CASE_DEPTH = 3
LINES = {"intermediate": 120, "marts": 200}
LINES_PER_RAW_TABLE = 60
ALL_LINES = 6_000
MACROS, MACRO_FILES = 220, 160

# The regular expressions that rules may use, and the rule that each belongs to.
_ORDER, _MOBILE = "int_messages_routed: is_order", "int_messages_routed: is_mobile"
_TOKEN = "int_identity_users: an id that looks like a session's token"
PATTERNS = {
    "^[ _]?completed[ _]?order[ _]?|^[ _]?order[ _]?completed[ _]?$": _ORDER,
    "(^|[^a-z])(ios|android|kotlin|swift|react-native|flutter|xamarin)": _MOBILE,
    "^(ios|ipados|android)": _MOBILE,
    "^([a-z]{2})(-([A-Z]{2}))?$": "int_events_named, int_identify_rows: language of a locale",
    "ios": "int_events_named, int_identify_rows: the platform as Amplitude spells it",
    "android": "int_events_named, int_identify_rows: the platform as Amplitude spells it",
    "^[^@ ]+@[^@ ]+[.][^@ .]+$": "int_identity_emails: what is an e-mail address",
    "^[0-9A-Za-z_-]{16,}$": _TOKEN,
    "[0-9]": _TOKEN,
    "[A-Za-z]": _TOKEN,
}
# Ids that stand for nobody, in lists of such words: no test for JSON.
NOBODY = {"{}", "[]"}
REGEX = re.compile(r"regexp|regex|rlike|similar", re.IGNORECASE)
ENGINES = re.compile(r"^(default|duckdb|postgres|spark|databricks|snowflake|bigquery|redshift)__")

# What stands around expressions, and so is none; `If` is an arm of a CASE.
_NO_SCALAR = (
    exp.Query,
    exp.CTE,
    exp.With,
    exp.Table,
    exp.TableAlias,
    exp.From,
    exp.Join,
    exp.Where,
    exp.Having,
    exp.Group,
    exp.Order,
    exp.Ordered,
    exp.Window,
    exp.WindowSpec,
    exp.Alias,
    exp.Paren,
    exp.If,
    exp.Tuple,
    exp.Values,
    exp.DataType,
)
_COMPARISONS = (
    *(exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.In, exp.Between),
    *(exp.Like, exp.ILike, exp.NullSafeEQ, exp.NullSafeNEQ),
    *(exp.StartsWith, exp.EndsWith, exp.Contains, exp.StrPosition),
)


class Model:
    """The compiled SQL of a model, as sqlglot reads and prints it."""

    def __init__(self, path):
        self.name, self.room = path.stem, path.parent.name
        text = path.read_text()
        self.query = sqlglot.parse_one(text, dialect="duckdb")
        self.compiled = [line for line in text.splitlines() if line.strip()]
        self.printed = self.query.sql("duckdb", pretty=True, comments=False).splitlines()

    def __repr__(self):
        return self.name

    def raw_tables(self):
        """Count the tables and models that it reads."""
        own = {cte.alias for cte in self.query.find_all(exp.CTE)}
        read = {(table.db, table.name) for table in self.query.find_all(exp.Table)}
        return len(read - {("", name) for name in own})

    def columns(self):
        """Count the columns that it gives."""
        selects = [select for select in self.query.find_all(exp.Select) if not select.is_star]
        return max(len(select.selects) for select in selects)


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """Give {profile: models}, compiled for a first build of the demo's raw tables."""
    folder = tmp_path_factory.mktemp("readable")
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEG2AMP_DUCKDB_PATH", str(folder / "warehouse.duckdb"))
        assert len(api.sample(2_000, 7, land=SCHEMA)) == 22
        project = Project.beside(folder / "warehouse.duckdb", REPOSITORY / "dbt_project", None)
        manifest = parsed(project, [SCHEMA])
        settings = {"segment_schemas": [SCHEMA]}
        project.invoke(["seed"], settings, manifest)
        command = ["compile", "--select", "resource_type:model", "--indirect-selection", "empty"]
        for profile in PROFILES:
            project.invoke(command, {**settings, "profile": profile}, manifest)
            compiled = sorted((folder / "target/compiled/seg2amp/models").rglob("*.sql"))
            # The tests of a model stand in a folder of its YAML file's name.
            found[profile] = [Model(path) for path in compiled if path.parent.suffix != ".yml"]
    return found


@pytest.fixture(params=PROFILES)
def of_profile(request, models):
    return models[request.param]


def rooms(models, *names):
    found = [model for model in models if model.room in names]
    assert len(found) > 5
    return found


def told(found):
    """Tell what was found, the largest figures first."""
    rows = {"  ".join(map(str, each)): each[-1] for each in found}
    figures = {text: last if isinstance(last, int) else 0 for text, last in rows.items()}
    return "\n" + "\n".join(sorted(figures, key=lambda text: (-figures[text], text)))


def is_json_function(node):
    if isinstance(node, exp.DataType):
        return node.is_type("json", "jsonb")
    name = node.name if isinstance(node, exp.Anonymous) else type(node).__name__
    return isinstance(node, exp.Func | exp.Binary) and "json" in name.lower()


def has_json_signs(text):
    """Tell whether a text has signs of JSON in it; brackets may stand around a word of a name."""
    return bool(re.search(r'[{}"]', text) or re.fullmatch(r"\W*[\[\]]\W*", text))


def texts_compared(node):
    texts = {each.name for each in node.iter_expressions() if each.is_string}
    return texts - NOBODY if isinstance(node, exp.In) else texts


def test_rules_know_no_json(of_profile):
    found = []
    for model in rooms(of_profile, "intermediate"):
        found += [(model, n.sql("duckdb")) for n in model.query.walk() if is_json_function(n)]
        for node in model.query.find_all(*_COMPARISONS):
            signs = filter(has_json_signs, texts_compared(node))
            found += [(model, node.sql("duckdb")) for _ in signs]
    assert not found, told(found)


def patterns(model):
    """Give the regular expressions of a model, or the SQL of one that is no literal."""
    for node in model.query.find_all(exp.Func, exp.Binary):
        is_anonymous = isinstance(node, exp.Anonymous)
        if REGEX.search(node.name if is_anonymous else type(node).__name__):
            pattern = node.expressions[1] if is_anonymous else node.expression
            yield pattern.name if pattern.is_string else pattern.sql("duckdb")


def test_rules_use_the_patterns_that_are_named(models):
    found = {
        pattern
        for of_profile in models.values()
        for model in rooms(of_profile, "intermediate")
        for pattern in patterns(model)
    }
    assert found == PATTERNS.keys()


def in_join_or_window(node):
    """Tell whether a node is of a join's condition or of what a window is."""
    for child, parent in pairwise(_upwards(node)):
        if isinstance(parent, exp.Query):
            return False
        if isinstance(parent, exp.Join) and child.arg_key in ("on", "using"):
            return True
        if isinstance(parent, exp.Window) and child.arg_key != "this":
            return True
    return False


def _upwards(node):
    while node is not None:
        yield node
        node = node.parent


def said_twice(model):
    """Give the largest expressions that stand more than once, as (SQL, times, nodes)."""
    places = defaultdict(list)
    for node in model.query.walk():
        if isinstance(node, _NO_SCALAR) or in_join_or_window(node):
            continue
        nodes = sum(1 for _ in node.walk())
        if nodes > NODES:
            places[node.sql("duckdb")].append((node, nodes))
    often = {sql: found for sql, found in places.items() if len(found) > 1}
    within = Counter(
        sql
        for found in often.values()
        for node, _ in found
        for sql in {inner.sql("duckdb") for inner in node.walk() if inner is not node}
        & often.keys()
    )
    return [
        (sql, len(found), found[0][1]) for sql, found in often.items() if within[sql] < len(found)
    ]


def test_nothing_is_said_twice(of_profile):
    found = [
        (model, *figures)
        for model in rooms(of_profile, "intermediate", "marts")
        for figures in said_twice(model)
    ]
    assert not found, told(found)


def test_lines_are_short(of_profile):
    found = [
        (model, line.strip(), len(line))
        for model in rooms(of_profile, "intermediate", "marts")
        for line in model.printed
        if len(line) > LINE_WIDTH
    ]
    assert not found, told(found)


def depth(case):
    depth = 0
    for node in _upwards(case):
        depth += isinstance(node, exp.Case)
    return depth


def test_cases_are_shallow(of_profile):
    found = [
        (model, case.sql("duckdb"), depth(case))
        for model in rooms(of_profile, "intermediate", "marts")
        for case in model.query.find_all(exp.Case)
        if depth(case) > CASE_DEPTH
    ]
    assert not found, told(found)


def by_position(query):
    for node in query.find_all(exp.Ordered, exp.Group):
        keys = [node.this] if isinstance(node, exp.Ordered) else node.expressions
        yield from (node.sql() for key in keys if key.is_int)
    for union in query.find_all(exp.SetOperation):
        arms = [arm.selects for arm in (union.left, union.right) if not arm.is_star]
        if len(arms) == 2:
            yield from (
                f"{second.sql('duckdb')} as {first.alias_or_name}"
                for first, second in zip(*arms, strict=True)
                if first.alias_or_name != second.alias_or_name
            )


def test_columns_are_called_by_name(of_profile):
    found = [
        (model, place)
        for model in rooms(of_profile, "intermediate", "marts")
        for place in by_position(model.query)
    ]
    assert not found, told(found)


def test_models_are_short(of_profile):
    found = []
    for model in of_profile:
        bound = LINES.get(model.room)
        if model.room == "staging":
            bound = LINES_PER_RAW_TABLE * max(model.raw_tables(), 1) + model.columns()
        if bound is not None and len(model.compiled) > bound:
            found.append((model, bound, len(model.compiled)))
    assert not found, told(found)


def test_all_models_are_short(of_profile):
    lines = {model.name: len(model.compiled) for model in of_profile if model.name not in SCANS}
    assert sum(lines.values()) <= ALL_LINES, told(lines.items())


def test_macros_are_few():
    files = list((REPOSITORY / "dbt_project" / "macros").rglob("*.sql"))
    macros = re.findall(r"{%-?\s*macro\s+(\w+)", "".join(path.read_text() for path in files))
    # The variants of a macro for each engine are one macro.
    names = {ENGINES.sub("", name) for name in macros}
    assert len(names) <= MACROS
    assert len(files) <= MACRO_FILES
