"""The catalogue of rules: what the sandbox checks, and where each rule comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

Verdict: TypeAlias = Literal["request", "missing", "invalid", "id_length", "warning", "effect"]
Source: TypeAlias = Literal["documented", "observed", "ours"]

LABELS: dict[Source, str] = {
    "documented": "",
    "observed": " (not documented by Amplitude, but seen in practice)",
    "ours": " (not documented by Amplitude)",
}


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One check; `source` says where it comes from: Amplitude's documents, its replies, or us."""

    name: str
    verdict: Verdict
    text: str
    source: Source = "documented"

    @property
    def documented(self) -> bool:
        """Whether Amplitude's own documents state it."""
        return self.source == "documented"

    def as_json(self) -> dict[str, object]:
        """Give name, sentence and label."""
        text = self.text + LABELS[self.source]
        return {"rule": self.name, "documented": self.documented, "text": text}


class Violation(NamedTuple):
    """A rule that one field of one object breaks."""

    rule: Rule
    field: str

    def as_json(self) -> dict[str, object]:
        """Give the rule with the field that broke it."""
        return {"field": self.field, **self.rule.as_json()}


def _undocumented(name: str, verdict: Verdict, text: str) -> Rule:
    return Rule(name, verdict, text, "ours")


def rules() -> Iterator[Rule]:
    """List every rule of this catalogue."""
    return (value for value in globals().values() if isinstance(value, Rule))


# Whole requests
WRONG_PATH = Rule("wrong_path", "request", "no API lives at this path")
WRONG_METHOD = _undocumented("wrong_method", "request", "the path does not take this method")
CONTENT_TYPE = Rule("content_type", "request", "the content type must be the API's own")
CONTENT_ENCODING = _undocumented(
    "content_encoding", "request", "only gzip and plain bodies are read, and gzip must be whole"
)
TOO_MANY_BYTES = Rule("too_many_bytes", "request", "the body exceeds the API's limit of bytes")
IDENTIFY_LIMITS = _undocumented(
    "identify_limits", "request", "/identify takes what HTTP V2 takes: 2,000 objects in 1 MB"
)
URL_TOO_LONG = Rule("url_too_long", "request", "a GET with a URL of more than 8,192 bytes")
MISSING_BODY = Rule("missing_body", "request", "the request has no body")
INVALID_JSON = Rule("invalid_json", "request", "the body is not one valid JSON object")
LAX_JSON = _undocumented(
    "lax_json", "request", "NaN, Infinity, a repeated key or a lone surrogate in JSON"
)
MISSING_API_KEY = Rule("missing_api_key", "request", "the request has no `api_key`")
INVALID_API_KEY = Rule("invalid_api_key", "request", "this sandbox does not know the API key")
WRONG_REGION = Rule("wrong_region", "request", "the API key belongs to another region")
MISSING_EVENTS = Rule("missing_events", "request", "the request has no `events`")
INVALID_EVENT_JSON = Rule("invalid_event_json", "request", "`events` must be a list of objects")
TOO_MANY_ITEMS = Rule("too_many_items", "request", "the request exceeds the API's limit of items")
INVALID_OPTIONS = _undocumented(
    "invalid_options", "request", "`options` must be an object, `min_id_length` an integer >= 1"
)
THROTTLED = Rule(
    "throttled", "request", "a user or device sends more events a second than the API takes"
)
DAILY_QUOTA = Rule(
    "daily_quota", "request", "a user or device sends more events in 24 hours than the API takes"
)
PROJECT_THROTTLED = Rule(
    "project_throttled", "request", "the project sends more a second than its plan allows"
)
TOO_MANY_MAPPINGS = Rule(
    "too_many_mappings", "request", "more than 50 mappings a second, averaged over 30 seconds"
)
TOO_MANY_DELETIONS = Rule(
    "too_many_deletions", "request", "more than one deletion request a second"
)
UNAUTHORIZED = Rule(
    "unauthorized", "request", "HTTP Basic takes an API key and its secret key, both known here"
)
DELETION_IDS = Rule("deletion_ids", "request", "a deletion request names 1 to 100 users")
DELETION_BODY = _undocumented(
    "deletion_body", "request", "`user_ids` are strings, `amplitude_ids` integers, in lists"
)
DELETION_DAYS = Rule(
    "deletion_days", "request", "`start_day` and `end_day` are days like 2026-01-31, in six months"
)
UNKNOWN_IDS = Rule(
    "unknown_ids", "request", "an id is unknown, and `ignore_invalid_id` is not true"
)
REVOCATION = Rule(
    "revocation", "request", "only who is in the job of that day can be taken out, 3 days before it"
)
EXPORT_HOURS = Rule(
    "export_hours", "request", "`start` and `end` are hours like 20260131T23, within 365 days"
)
NOTHING_TO_EXPORT = Rule(
    "nothing_to_export", "request", "no event was uploaded in these hours, or not yet 2 hours ago"
)
USER_IDS = Rule("user_ids", "request", "`user_ids` is a list of 1 to 100 user ids")
COHORT_BODY = Rule("cohort_body", "request", "a field of the cohort is absent, or of another type")
COHORT_IDS = Rule("cohort_ids", "request", "a request holds at most 100,000 ids")
NO_COHORT_IDS = Rule("no_cohort_ids", "request", "a cohort is made of at least one id", "observed")
UNKNOWN_MEMBERS = Rule(
    "unknown_members", "request", "an id is unknown, and `skip_invalid_ids` is false"
)
UNKNOWN_COHORT = _undocumented("unknown_cohort", "request", "the project has no such cohort")
COHORT_BUSY = Rule(
    "cohort_busy", "request", "the cohort is being changed by another request", "observed"
)
TOO_MANY_DOWNLOADS = Rule(
    "too_many_downloads", "request", "more than 60 downloads in 10 minutes, or 500 in a month"
)
TOO_MANY_PARALLEL = Rule(
    "too_many_parallel", "request", "more than 4 downloads are being made at a time"
)
UNKNOWN_DOWNLOAD = _undocumented(
    "unknown_download", "request", "no such download, or its 7 days are over"
)
DOWNLOAD_NOT_READY = _undocumented(
    "download_not_ready", "request", "the file is there when the status is `JOB COMPLETED`"
)
LINK_EXPIRED = Rule("link_expired", "request", "the link to the file is good for one minute")
LINK_WITH_CREDENTIALS = _undocumented(
    "link_with_credentials", "request", "the link is S3's: no `Authorization` goes with it"
)
PLANNED = _undocumented("planned", "request", "the fault plan says so")
MISSING_ITEMS = Rule("missing_items", "request", "the form field with the items is absent or bad")

# Fields of one object
MISSING_FIELD = Rule("missing_field", "missing", "a required field is absent or empty")
MISSING_ID = Rule("missing_id", "missing", "neither `user_id` nor `device_id` is given")
NOT_TEXT = Rule("not_text", "invalid", "the value must be a string")
NOT_INTEGER = Rule("not_integer", "invalid", "the value must be an integer")
NOT_NUMBER = Rule("not_number", "invalid", "the value must be a number")
NOT_BOOLEAN = Rule("not_boolean", "invalid", "the value must be true or false")
NOT_OBJECT = Rule("not_object", "invalid", "the value must be an object")
NOT_EPOCH_MS = Rule("not_epoch_ms", "invalid", "a time is an integer of epoch milliseconds")
OUT_OF_TIME = _undocumented(
    "out_of_time", "invalid", "a time lies before 2001 or more than a day ahead: seconds for ms?"
)
OUT_OF_RANGE = _undocumented("out_of_range", "invalid", "a latitude or longitude off the globe")
CURRENCY = Rule("currency", "invalid", "a currency is three upper-case letters")
RESERVED_ID = Rule("reserved_id", "invalid", "the id is one of Amplitude's reserved values")
RESERVED_ID_CASE = _undocumented(
    "reserved_id_case", "invalid", "the id is a reserved value but for case, spaces or zeros"
)
ID_TOO_LONG = _undocumented("id_too_long", "invalid", "an id of more than 1,024 characters")
ID_TOO_SHORT = Rule(
    "id_too_short", "id_length", "the id is shorter than `min_id_length`", "observed"
)
EVENT_TYPE_TOO_LONG = _undocumented(
    "event_type_too_long", "invalid", "an event type of more than 1,024 characters"
)
RESERVED_EVENT_TYPE = Rule(
    "reserved_event_type", "invalid", "the event type is one of Amplitude's own names"
)
TOO_DEEP = Rule("too_deep", "invalid", "objects are nested more than 40 levels deep")
EMPTY_KEY = _undocumented("empty_key", "invalid", "a property has an empty name")
UNKNOWN_OPERATION = _undocumented(
    "unknown_operation", "invalid", "a key that starts with `$` but is no property operation"
)
MIXED_OPERATIONS = Rule(
    "mixed_operations", "invalid", "property operations stand beside plain properties"
)
OPERATION_NOT_OBJECT = Rule(
    "operation_not_object", "invalid", "a property operation must hold an object"
)
ADD_NOT_NUMBER = Rule("add_not_number", "invalid", "`$add` takes numbers only")
CLEAR_ALL_NOT_ALONE = _undocumented(
    "clear_all_not_alone", "invalid", "`$clearAll` stands beside other operations"
)
GROUP_OPERATION = Rule("group_operation", "invalid", "the operation does not exist for groups")
GROUP_VALUE = Rule("group_value", "invalid", "a group is a string or a list of strings")
PLAN_KEYS = _undocumented(
    "plan_keys", "invalid", "`plan` holds strings: branch, source, version, versionId"
)
UNMAP_AND_MAP = Rule(
    "unmap_and_map", "invalid", "a mapping has exactly one of `global_user_id` and `unmap`"
)
MAPPING_CYCLE = _undocumented("mapping_cycle", "invalid", "the mapping leads back to its user")

# Accepted, with a remark
STRING_TOO_LONG = Rule(
    "string_too_long", "warning", "a string of more than 1,024 characters is truncated"
)
NULL_FIELD = _undocumented("null_field", "warning", "a null field is read as absent")
NULL_IN_LIST = _undocumented("null_in_list", "warning", "a list holds null")
NESTED_LIST = _undocumented("nested_list", "warning", "a list holds a list")
UNKNOWN_KEY = _undocumented("unknown_key", "warning", "an unknown top-level key is ignored")
MISSING_INSERT_ID = Rule(
    "missing_insert_id", "warning", "without an `insert_id` a resend is stored twice"
)
OPERATION_ON_EVENT = _undocumented(
    "operation_on_event", "warning", "property operations belong to `$identify`"
)
PRODUCT_WITHOUT_REVENUE = Rule(
    "product_without_revenue", "warning", "means nothing without `price` or `revenue`"
)
GROUP_PROPERTIES_IGNORED = Rule(
    "group_properties_ignored", "warning", "`group_properties` only count on `$groupidentify`"
)
GROUP_IDENTIFY_WITHOUT_ID = _undocumented(
    "group_identify_without_id", "warning", "Amplitude's SDK sends `$groupidentify` without an id"
)
TOO_MANY_GROUPS = Rule(
    "too_many_groups", "warning", "only 5 group types and 10 values of each are tracked"
)

# Accepted, and not done
UPDATE_DROPPED = Rule(
    "update_dropped",
    "effect",
    "the user had 1,800 property updates in an hour: these properties were dropped",
)
