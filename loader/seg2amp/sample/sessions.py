"""One sitting of one person at one device: a clock that moves on, and the messages it sends."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from seg2amp.sample.catalogue import SHOP
from seg2amp.sample.devices import Device, server
from seg2amp.sample.dice import SECOND, chance
from seg2amp.sample.messages import Journey, Message
from seg2amp.sample.people import Person

# Campaign source, medium and name, and the referrer that comes with them.
CAMPAIGNS = (
    ("google", "cpc", "winter-sale", "https://www.google.com/"),
    ("newsletter", "email", "january-letter", ""),
    ("instagram", "social", "kettle-launch", "https://l.instagram.com/"),
    ("partner-blog", "referral", "slow-mornings", "https://slowmornings.example/kettles"),
)
REFERRERS = ("https://www.google.com/", "https://www.bing.com/", "https://news.example/gifts", "")


@dataclass(slots=True)
class Session:
    """Messages in the order of their calls; `start` and `now` are epoch ms, UTC."""

    rng: Random
    person: Person
    device: Device
    start: int
    now: int = 0
    messages: list[Message] = field(default_factory=list)
    page_context: dict[str, Any] = field(default_factory=dict)
    group_id: str | None = None

    @property
    def user_id(self) -> str | None:
        """The account, once signed in on this device."""
        signed_in = self.device.anonymous_id in self.person.signed_in_on
        return self.person.account if signed_in else None

    def track(self, event: str, properties: dict[str, Any]) -> None:
        """Send a track call."""
        self._send(self.device, "track", {"event": event, "properties": properties})

    def track_on_server(self, event: str, properties: dict[str, Any]) -> None:
        """Send a track call from the shop's server, for this person."""
        known = self.user_id is not None
        sender = server(None if known else self.device.anonymous_id)
        self._send(sender, "track", {"event": event, "properties": properties})

    def page(self, path: str, *, name: str | None = None, category: str | None = None) -> None:
        """Open a page and send a page call; analytics.js copies name and category to properties."""
        previous = self.page_context.get("page", {}).get("url", "")
        self._open(path, title=name or "Northwindow", referrer=previous, search="")
        self._send_page(name, category)

    def land(self, path: str, name: str | None) -> None:
        """Open the first page of a visit, from a campaign or another site."""
        if chance(self.rng, 0.35):
            source, medium, campaign, referrer = self.rng.choice(CAMPAIGNS)
            search = f"?utm_source={source}&utm_medium={medium}&utm_campaign={campaign}"
            self._open(path, title=name or "Northwindow", referrer=referrer, search=search)
            self.page_context["campaign"] = {"source": source, "medium": medium, "name": campaign}
        else:
            referrer = self.rng.choice(REFERRERS)
            self._open(path, title=name or "Northwindow", referrer=referrer, search="")
        self._send_page(name, None)

    def screen(self, name: str, properties: dict[str, Any] | None = None) -> None:
        """Send a screen call."""
        self._send(self.device, "screen", {"name": name, "properties": properties or {}})

    def identify(self, traits: dict[str, Any]) -> None:
        """Send an identify call."""
        self._send(self.device, "identify", {"traits": traits})

    def group(self, group_id: str, traits: dict[str, Any]) -> None:
        """Send a group call; analytics.js then remembers the group in `context.groupId`."""
        self._send(self.device, "group", {"groupId": group_id, "traits": traits})
        self.group_id = group_id

    def alias(self, previous_id: str) -> None:
        """Send an alias call from the server: `previous_id` is now the account."""
        self._send(server(None), "alias", {"previousId": previous_id})

    def _open(self, path: str, *, title: str, referrer: str, search: str) -> None:
        url = f"{SHOP}{path}{search}"
        page = {"path": path, "referrer": referrer, "search": search, "title": title, "url": url}
        self.page_context = {"page": page}

    def _send_page(self, name: str | None, category: str | None) -> None:
        given = {"name": name, "category": category}
        names = {key: value for key, value in given.items() if value is not None}
        body = {**names, "properties": {**names, **self.page_context["page"]}}
        self._send(self.device, "page", body)

    def _context(self, sender: Device) -> dict[str, Any]:
        if sender.kind == "server":
            return sender.context
        context = sender.context | self.page_context
        if self.group_id:
            context["groupId"] = self.group_id
        if sender.kind == "phone" and self.user_id:
            context["traits"] = {"plan": self.person.traits["plan"]}
        return context

    def _send(self, sender: Device, kind: str, body: dict[str, Any]) -> None:
        rng = self.rng
        self.now = max(self.now, self.start) + rng.randint(1 * SECOND, 40 * SECOND)
        queued = rng.randint(5, 400) if sender.kind == "browser" else rng.randint(5, 30 * SECOND)
        journey = Journey(self.now, sender.skew, queued, rng.randint(15, 300))
        session = self.start if body.get("event") != "Push Notification Received" else -1
        message = {
            "_metadata": {"bundled": [], "bundledIds": [], "unbundled": []},
            "anonymousId": sender.anonymous_id,
            "channel": sender.channel,
            "context": self._context(sender),
            "integrations": sender.integrations(session),
            "messageId": sender.message_id(rng, self.now),
            "projectId": self.person.tracking.sources[sender.kind].project_id,
            "type": kind,
            "userId": self.person.account if kind == "alias" else self.user_id,
            "version": 2,
            **journey.times(),
            **body,
        }
        self.messages.append(dict(sorted(message.items())))
