"""What sends messages: browsers, phones, and the shop's own server."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from seg2amp.sample.dice import SECOND, chance, uuid
from seg2amp.sample.messages import instant

Kind = Literal["browser", "phone", "server"]
SessionForm = Literal["number", "iso", "seconds", "none"]
# System, maker, model, name and version of the system, library and its version.
Phone = tuple[str, str, str, str, str, str, str]

CHROMIUM = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"
APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1"
AGENTS = (
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROMIUM} Safari/537.36",
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {APPLE} Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) {APPLE} Mobile/15E148 Safari/604.1",
    f"Mozilla/5.0 (Linux; Android 14; Pixel 8) {CHROMIUM} Mobile Safari/537.36",
)
PHONES: tuple[Phone, ...] = (
    ("ios", "Apple", "iPhone15,2", "iOS", "18.1.1", "analytics-swift", "1.6.2"),
    ("ios", "Apple", "iPhone12,8", "iOS", "16.7.2", "analytics-ios", "4.1.8"),
    ("android", "Google", "Pixel 8", "Android", "14", "analytics-kotlin", "1.19.1"),
    ("android", "samsung", "SM-S918B", "Android", "15", "analytics-kotlin", "1.19.1"),
)
IPHONES = tuple(model for model in PHONES if model[0] == "ios")
CARRIERS = ("Telekom.de", "Orange F", "EE", "T-Mobile", "movistar")
# Locale, time zone, country, city and where that is.
PLACES = (
    ("en-US", "America/New_York", "United States", "Boston", 42.36, -71.06),
    ("en-GB", "Europe/London", "United Kingdom", "Leeds", 53.8, -1.55),
    ("de-DE", "Europe/Berlin", "Germany", "Köln", 50.94, 6.96),
    ("fr-FR", "Europe/Paris", "France", "Lyon", 45.76, 4.84),
    ("es-ES", "Europe/Madrid", "Spain", "Málaga", 36.72, -4.42),
)
# Networks set aside for documentation: nobody's address.
NETWORKS = ("192.0.2", "198.51.100", "203.0.113")


@dataclass(frozen=True, slots=True)
class Device:
    """One sender: its ids, its clock, and the context it puts on every message."""

    kind: Kind
    anonymous_id: str | None
    skew: int
    """how far its clock is ahead, ms"""
    session_form: SessionForm
    context: dict[str, Any]

    @property
    def channel(self) -> str:
        """`client` or `server`."""
        return "server" if self.kind == "server" else "client"

    def message_id(self, rng: Random, at: int) -> str:
        """Name a message the way this sender's library does."""
        if self.kind == "browser":
            return f"ajs-next-{at}-{uuid(rng)}"
        return uuid(rng).upper() if self.kind == "phone" else uuid(rng)

    def integrations(self, session: int) -> dict[str, Any]:
        """Carry the session id (epoch ms of its start, or -1) in the form this library uses."""
        if self.session_form == "none":
            return {}
        if self.session_form == "seconds":
            seconds = session if session < 0 else session // SECOND
            return {"Amplitude": {"session_id": seconds}}
        value = instant(session) if self.session_form == "iso" else session
        return {"All": True, "Actions Amplitude": {"session_id": value}, "Mixpanel": False}


def _clock_skew(rng: Random) -> int:
    return rng.randint(-90 * SECOND, 90 * SECOND) if chance(rng, 0.3) else 0


def _address(rng: Random) -> str:
    return f"{rng.choice(NETWORKS)}.{rng.randint(1, 254)}"


def browser(rng: Random, place: int) -> Device:
    """Draw a browser with analytics.js; a few have a wrapper that writes session ids as text."""
    locale, timezone, *_ = PLACES[place]
    agent = rng.choice(AGENTS)
    context: dict[str, Any] = {
        "ip": _address(rng),
        "library": {"name": "analytics.js", "version": "npm:next-1.76.1"},
        "locale": locale,
        "timezone": timezone,
        "userAgent": agent,
    }
    if "Chrome" in agent:
        context["userAgentData"] = {
            "brands": [
                {"brand": "Chromium", "version": "131"},
                {"brand": "Not_A Brand", "version": "24"},
            ],
            "mobile": "Mobile" in agent,
            "platform": "Android" if "Android" in agent else "Windows",
        }
    form: SessionForm = "iso" if chance(rng, 0.05) else "number"
    return Device("browser", uuid(rng), _clock_skew(rng), form, context)


def phone(rng: Random, place: int, phones: Sequence[Phone] = PHONES) -> Device:
    """Draw a phone with the shop's app; the oldest library counts its sessions in seconds."""
    locale, timezone, country, city, latitude, longitude = PLACES[place]
    system, manufacturer, model, os_name, os_version, library, version = rng.choice(phones)
    context: dict[str, Any] = {
        "app": {
            "name": "Northwindow",
            "version": "5.2.0",
            "build": 520,
            "namespace": "example.northwindow",
        },
        "device": {
            "id": uuid(rng).upper() if system == "ios" else f"{rng.getrandbits(64):016x}",
            "advertisingId": uuid(rng),
            "adTrackingEnabled": True,
            "manufacturer": manufacturer,
            "model": model,
            "type": system,
        },
        "ip": _address(rng),
        "library": {"name": library, "version": version},
        "locale": locale,
        "network": {"carrier": rng.choice(CARRIERS), "cellular": True, "wifi": False},
        "os": {"name": os_name, "version": os_version},
        "screen": {"width": 1170, "height": 2532},
        "timezone": timezone,
    }
    if chance(rng, 0.2):
        where = {"latitude": latitude, "longitude": longitude}
        context["location"] = {"country": country, "city": city, **where}
    form: SessionForm = "seconds" if library == "analytics-ios" else "number"
    return Device("phone", uuid(rng), _clock_skew(rng), form, context)


def server(anonymous_id: str | None) -> Device:
    """Give the shop's back end, which knows neither the address nor the agent of the buyer."""
    library = {"name": "analytics-python", "version": "2.3.3"}
    return Device("server", anonymous_id, 0, "none", {"library": library})
