"""The fault plan: what shall go wrong, for whom and when.

A plan is JSON: `{"seed": 7, "rules": [RULE, ...]}`. A rule is one flat object. `fault` says what
happens; the other keys say when. Every condition that is given must hold:

| key | the rule acts on a request ... |
|---|---|
| `endpoint` | of this path, e.g. `/batch`; else of any of Amplitude's APIs |
| `contains` | whose body has this text in it |
| `user_ids`, `device_ids`, `insert_ids`, `event_types` | with an object that has one of these |
| `share` | with an object of one of this share (0 to 1) of all users, chosen by a hash of the id |
| `after` | when so many matching requests have passed |
| `every` | when it is the N-th matching one, the 2N-th and so on |
| `probability` | with this chance, from dice that the plan's `seed` sets |
| `times` | at most so many times |
| `for_seconds` | for so long after the rule's first hit, by the sandbox's clock |

The lists of ids, the event types and the share choose objects together: one of them is enough.

| `fault` | what happens | its own keys |
|---|---|---|
| `delay` | the request waits | `seconds`, `after_commit` |
| `reset_before_commit` | the connection breaks, nothing is stored | |
| `reset_after_commit` | everything is stored, then the connection breaks | |
| `status` | any reply; nothing is stored unless `after_commit` | `status`, `body`, \
`content_type`, `location`, `truncated`, `after_commit` |
| `non_json_200` | everything is stored, and a 200 says nothing | `body`, `content_type` |
| `truncated_body` | everything is stored, and the reply breaks off in the middle | |
| `unstored_200` | the 200 of a success, and nothing is stored | |
| `spent_budget` | the chosen users have no property updates left for this hour | |
| `lose_count` | everything is stored, and the 200 counts fewer events | `by` |
| `too_large` | 413 above so many bytes or events | `bytes`, `events` |
| `first_index_only` | a 400 names the first bad event of each field only | |
| `unindexed_400` | a 400 that names no event | `error` |
| `silence` | the 400 for silenced devices | |
| `throttle` | 429 that names the chosen users and devices | |
| `daily_quota` | 429 that says that they have exceeded their day | |
| `project_throttle` | 429 that names nobody | |

`body` may be a text or any JSON value. `delay`, `reset_before_commit`, `status` and `too_large` act
before every check; `first_index_only` where
events are bad; `unindexed_400`, `silence`, the throttles and `unstored_200` where all events are
good, `unstored_200` on the APIs that take events or forms; the rest
where a request has been stored. With `after_commit`, `delay` and `status` belong to the rest. Rules
are asked in the plan's order; once one has ended the request, those after it do not count it.
"""

import json
from pathlib import Path

from pydantic import JsonValue, ValidationError

from seg2amp.errors import ConfigurationError
from seg2amp.sandbox.fault import AnyFault, Strict


class FaultPlan(Strict):
    """Rules in the order in which they are asked, and the seed of their dice and shares."""

    seed: int = 0
    rules: tuple[AnyFault, ...] = ()

    @classmethod
    def of(cls, **plan: JsonValue) -> "FaultPlan":
        """Make a plan of plain values, as JSON would have them; raises `ConfigurationError`."""
        return read_plan(json.dumps(plan))


def read_plan(text: str | bytes) -> FaultPlan:
    """Read a plan; raises `ConfigurationError` that names what is wrong with it."""
    try:
        return FaultPlan.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "it"
        unknown = first["type"] == "extra_forbidden"
        reason = "there is no such key" if unknown else first["msg"].removeprefix("Value error, ")
        raise ConfigurationError(f"the fault plan cannot be used: {place}: {reason}") from None


def load_plan(path: Path) -> FaultPlan:
    """Read a plan from a file; raises `ConfigurationError`."""
    try:
        text = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"the fault plan {path} cannot be read ({error.strerror}); name another file"
        ) from None
    return read_plan(text)
