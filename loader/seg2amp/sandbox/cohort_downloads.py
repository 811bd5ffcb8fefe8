"""Downloading a cohort: a request begins it, its status tells when it is done, then comes a link.

The link leads to another host, as Amplitude's leads to S3: the credentials must not go with it. The
form of the file is not documented: here it is CSV, with the user properties that are asked for.
"""

import csv
import io
import json
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from starlette.responses import JSONResponse, RedirectResponse, Response

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.body import Limits
from seg2amp.sandbox.credentials import authenticated
from seg2amp.sandbox.door import Answer, Door
from seg2amp.sandbox.people import Person
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.state import Sandbox
from seg2amp.sandbox.visit import Visit

MOST_PARALLEL = 4
LINK = "/_sandbox/download"


def request(visit: Visit, sandbox: Sandbox) -> Response:
    """Begin a download; raises `Refusal`."""
    visit.project = project = authenticated(visit, sandbox.keys)
    cohort = sandbox.cohorts.find(project, visit.parameters["cohort_id"])
    if len(list(sandbox.downloads.in_progress(project, visit.time))) >= MOST_PARALLEL:
        raise Refusal(429, "Too many requests", catalogue.TOO_MANY_PARALLEL)
    sandbox.hold_to_rate(visit)
    members = cohort.members(sandbox.store.people.get(project, ()))
    file = _csv(members, _query(visit))
    download = sandbox.downloads.begin(cohort.cohort_id, project, file, visit.time)
    return JSONResponse(download.as_json(), 202)


def status(visit: Visit, sandbox: Sandbox) -> Response:
    """Tell how far a download is; raises `Refusal`."""
    visit.project = project = authenticated(visit, sandbox.keys)
    download = sandbox.downloads.find(project, visit.parameters["request_id"], visit.time)
    done = download.is_done(visit.time)
    told = {**download.as_json(), "async_status": "JOB COMPLETED" if done else "JOB INPROGRESS"}
    return JSONResponse(told, 200 if done else 202)


def file(visit: Visit, sandbox: Sandbox) -> Response:
    """Redirect to a link that leads to the file; raises `Refusal`."""
    visit.project = project = authenticated(visit, sandbox.keys)
    download = sandbox.downloads.find(project, visit.parameters["request_id"], visit.time)
    if not download.is_done(visit.time):
        raise Refusal(404, "Not found", catalogue.DOWNLOAD_NOT_READY)
    token = sandbox.downloads.link(download, visit.time)
    asked = urlsplit(f"//{visit.headers['host']}")
    other = "127.0.0.1" if asked.hostname == "localhost" else "localhost"
    return RedirectResponse(f"http://{other}:{asked.port or 80}{LINK}?token={token}", 302)


def linked(visit: Visit, sandbox: Sandbox) -> Response:
    """Give the file behind a link, as S3 would; raises `Refusal`."""
    if "authorization" in visit.headers:
        wrong = Refusal(400, "Only one auth mechanism allowed", catalogue.LINK_WITH_CREDENTIALS)
        visit.pass_over(wrong)
    (token,) = _query(visit).get("token", [""])[:1]
    content = sandbox.downloads.file(token, visit.time)
    return Response(content, media_type="text/csv")


def _query(visit: Visit) -> Mapping[str, list[str]]:
    """Read the query, where `propKeys` may come several times; raises `Refusal`."""
    try:
        return parse_qs(visit.query.decode(), errors="strict")
    except ValueError:
        raise Refusal(400, "Invalid query", catalogue.COHORT_BODY) from None


def _csv(members: list[Person], query: Mapping[str, list[str]]) -> bytes:
    """Write the members, with the user properties that are asked for, else all of them."""
    names: list[str] = []
    if query.get("props") == ["1"]:
        every = {name: None for person in members for name in person.properties}
        names = query.get("propKeys", list(every))
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["amplitude_id", "user_id", *names])
    for person in members:
        values = [person.properties.get(name, "") for name in names]
        texts = [value if isinstance(value, str) else json.dumps(value) for value in values]
        rows.writerow([person.amplitude_id, person.user_id, *texts])
    return text.getvalue().encode()


def _door(path: str, answer: Answer) -> Door:
    return Door(path, ("GET",), Limits(0, 1_000_000), lambda _: [], answer, Refusal.as_json)


_PATH = "/api/5/cohorts"
REQUEST = _door(f"{_PATH}/request/{{cohort_id}}", request)
STATUS = _door(f"{_PATH}/request-status/{{request_id}}", status)
FILE = _door(f"{_PATH}/request/{{request_id}}/file", file)
LINKED = _door(LINK, linked)
