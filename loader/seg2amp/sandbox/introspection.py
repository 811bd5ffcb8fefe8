"""The sandbox's own endpoints under /_sandbox: what it holds."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from seg2amp.sandbox.catalogue import Rule
from seg2amp.sandbox.deletions import day_of
from seg2amp.sandbox.keys import masked
from seg2amp.sandbox.state import Sandbox
from seg2amp.sandbox.values import JsonObject

View: TypeAlias = Callable[[Sandbox, Mapping[str, str]], object]
Handler: TypeAlias = Callable[[Request], Awaitable[Response]]

FILTERS = ("user_id", "device_id", "event_type")


def routes(sandbox: Sandbox) -> list[Route]:
    """Give the routes over one sandbox."""

    def showing(view: View) -> Handler:
        async def show(request: Request) -> Response:
            return JSONResponse(view(sandbox, request.query_params))

        return show

    return [Route(f"/_sandbox/{name}", showing(view)) for name, view in VIEWS.items()]


def summary_json(sandbox: Sandbox) -> JsonObject:
    """Count requests, rows and rules."""
    requests: dict[str, dict[str, int]] = {}
    store = sandbox.store
    for (endpoint, status), count in sorted(store.responses.items()):
        requests.setdefault(endpoint, {})[str(status)] = count
    return {
        "region": sandbox.config.region,
        "mode": sandbox.config.mode,
        "requests": requests,
        "stored": len(store.rows),
        "duplicates": len(store.duplicates),
        "form_items": len(store.form_items),
        "users": sum(1 for people in store.people.values() for _ in people),
        "groups": len(store.groups),
        "user_maps": len(store.user_maps),
        "warnings": counted(store.warned),
        "rejected": counted(store.refused),
    }


def counted(rules: Counter[Rule]) -> list[JsonObject]:
    """Give each rule with its label and count, the most frequent first."""
    return [{**rule.as_json(), "count": count} for rule, count in rules.most_common()]


def _events(sandbox: Sandbox, query: Mapping[str, str]) -> object:
    """Give the rows that have every value asked for in the query."""
    wanted = [(name, query[name]) for name in FILTERS if name in query]
    return [
        row.as_json()
        for row in sandbox.store.rows
        if all(row.item.get(name) == value for name, value in wanted)
    ]


def _duplicates(sandbox: Sandbox, _query: Mapping[str, str]) -> object:
    return [duplicate.as_json() for duplicate in sandbox.store.duplicates]


def _users(sandbox: Sandbox, _query: Mapping[str, str]) -> object:
    return [
        {
            "amplitude_id": person.amplitude_id,
            "user_id": person.user_id,
            "device_ids": list(person.device_ids),
            "user_properties": person.properties,
            "groups": person.groups,
            "project": masked(project),
        }
        for project, people in sandbox.store.people.items()
        for person in people
    ]


def _groups(sandbox: Sandbox, _query: Mapping[str, str]) -> object:
    return [
        {"group_type": kind, "group_value": name, "group_properties": properties}
        for (kind, name), properties in sandbox.store.groups.items()
    ]


def _user_maps(sandbox: Sandbox, _query: Mapping[str, str]) -> object:
    return [
        {"user_id": user_id, "global_user_id": global_user_id}
        for user_id, global_user_id in sandbox.store.user_maps.items()
    ]


def _identifies(sandbox: Sandbox, _query: Mapping[str, str]) -> object:
    return [{**row.as_json(), "endpoint": row.arrival.endpoint} for row in sandbox.store.form_items]


def _summary(sandbox: Sandbox, _query: Mapping[str, str]) -> object:
    return summary_json(sandbox)


def _journal(sandbox: Sandbox, _query: Mapping[str, str]) -> object:
    return list(sandbox.journal.entries)


def _deletions(sandbox: Sandbox, _query: Mapping[str, str]) -> object:
    today = day_of(sandbox.now())
    return [{**job.as_json(today), "project": masked(job.project)} for job in sandbox.deletions]


def _cohorts(sandbox: Sandbox, _query: Mapping[str, str]) -> object:
    shown = []
    for cohort in sandbox.cohorts:
        everybody = list(sandbox.store.people.get(cohort.project, ()))
        members = [person.amplitude_id for person in cohort.members(everybody)]
        shown.append({**cohort.as_json(everybody), "amplitude_ids": members})
    return shown


VIEWS: dict[str, View] = {
    "events": _events,
    "duplicates": _duplicates,
    "users": _users,
    "groups": _groups,
    "user_maps": _user_maps,
    "identifies": _identifies,
    "deletions": _deletions,
    "cohorts": _cohorts,
    "journal": _journal,
    "summary": _summary,
}
