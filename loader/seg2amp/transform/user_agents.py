"""User agents, in Amplitude's vocabulary: each distinct one is parsed once, by ua-parser.

Nothing here maps a message: it reads what an agent says of itself, and SQL decides what is sent.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields

import pyarrow as pa
from ua_parser import Result, parse

# Amplitude's parser has names of its own for two systems.
_SYSTEMS = {"Mac OS X": "Mac OS", "Chrome OS": "Chromium OS"}
# What ua-parser says of a device that it does not know.
_UNKNOWN = re.compile(r"^(Generic|Other|Smartphone|SMART-TV|Mac$|Spider)", re.IGNORECASE)
_TELEVISION = re.compile(r"smart-?tv|tizen|web0s|googletv|appletv|bravia|hbbtv", re.IGNORECASE)
_TABLET = re.compile(r"ipad|tablet|\bKF[A-Z]{2,}|android(?!.*mobile)", re.IGNORECASE)
_MOBILE = re.compile(r"mobile|iphone|ipod|android", re.IGNORECASE)
# Bots that ua-parser takes for browsers: programs that drive one, services that measure pages, and
# whatever gives the address of its maker as bots do. A bare `bot` would hit phones and apps.
_BOT = re.compile(
    r"headless|phantomjs|slimerjs|puppeteer|playwright|selenium|cypress/|chrome-lighthouse|"
    r"page ?speed|gtmetrix|synthetics|mediapartners-google|bytespider|\+https?:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class UserAgent:
    """What one user agent tells; None where it does not.

    os_version: the operating system's own; browser_version: the major version alone;
    device_type: mobile, tablet or smarttv; is_bot: a crawler, a link preview, a monitor or a
    browser without a person. Libraries (curl, okhttp) are no bots: apps and servers speak by them.
    """

    user_agent: str
    os_name: str | None
    os_version: str | None
    browser_name: str | None
    browser_version: str | None
    device_manufacturer: str | None
    device_model: str | None
    device_type: str | None
    is_bot: bool


def read_user_agent(text: str) -> UserAgent:
    """Read one user agent; what no browser sent (a library, a robot) tells of no system."""
    found = parse(text)
    system = found.os
    os_name = _SYSTEMS.get(system.family, system.family) if system else None
    if os_name is None:
        return UserAgent(text, None, None, None, None, None, None, None, _is_bot(text, found))
    manufacturer, model = _device(found)
    return UserAgent(
        text,
        os_name,
        _version(system.major, system.minor, system.patch) if system else None,
        found.user_agent.family if found.user_agent else None,
        found.user_agent.major if found.user_agent else None,
        manufacturer,
        model,
        _device_type(text, model),
        _is_bot(text, found),
    )


def read_user_agents(texts: Iterable[str]) -> pa.Table:
    """Read user agents into a table, one row each, its columns those of `UserAgent`."""
    kinds = {field.name: field.type for field in fields(UserAgent)}
    shape = pa.schema(
        [(name, pa.bool_() if kind is bool else pa.string()) for name, kind in kinds.items()]
    )
    return pa.Table.from_pylist([asdict(read_user_agent(text)) for text in texts], schema=shape)


def _is_bot(text: str, found: Result) -> bool:
    spider = found.device is not None and found.device.family == "Spider"
    return spider or _BOT.search(text) is not None


def _version(*parts: str | None) -> str | None:
    return ".".join(part for part in parts if part) or None


def _device(found: Result) -> tuple[str | None, str | None]:
    device = found.device
    if device is None or any(_UNKNOWN.match(said or "") for said in (device.family, device.model)):
        return None, None
    known = [
        None if value is None or _UNKNOWN.match(value) else value
        for value in (device.brand, device.model)
    ]
    return known[0], known[1]


def _device_type(text: str, model: str | None) -> str | None:
    if _TELEVISION.search(text):
        return "smarttv"
    if model is None:
        return None
    if _TABLET.search(text):
        return "tablet"
    return "mobile" if _MOBILE.search(text) else None
