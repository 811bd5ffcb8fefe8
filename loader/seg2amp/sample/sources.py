"""The Segment sources through which the shop sends: one for everything, or one a kind of sender."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seg2amp.sample.devices import IPHONES, PHONES, Kind, Phone
from seg2amp.sample.habits import HABITS, Habit, Moment
from seg2amp.sample.messages import Message


@dataclass(frozen=True, slots=True)
class Source:
    """One source; Segment keeps its rows in a schema, and its archive in a folder, of their own."""

    name: str
    """what the schema ends with; empty where the source is the only one"""
    project_id: str
    """`projectId` on each of its messages"""
    sync_minute: int
    """when its rows are loaded, every hour: sources are not synced together"""


SHOP = Source("", "nWshop7Qf3", 5)
WEB = Source("web", "nWsite4Kd9", 45)
IOS = Source("ios", "nWphone8Tz2", 25)
SERVER = Source("server", "nWback6Hm1", 5)
_BY_PROJECT = {source.project_id: source for source in (SHOP, WEB, IOS, SERVER)}


@dataclass(frozen=True, slots=True)
class Tracking:
    """How the shop is tracked: what sends to which source, and what more than its core events."""

    sources: Mapping[Kind, Source]
    phones: Sequence[Phone]
    habits: Mapping[tuple[Moment, Kind], Sequence[Habit]]

    @property
    def all_sources(self) -> tuple[Source, ...]:
        """Each source once."""
        return tuple(dict.fromkeys(self.sources.values()))


ONE_SOURCE = Tracking({"browser": SHOP, "phone": SHOP, "server": SHOP}, PHONES, {})
SEVERAL_SOURCES = Tracking({"browser": WEB, "phone": IOS, "server": SERVER}, IPHONES, HABITS)


def tracking(*, several: bool) -> Tracking:
    """Tell how a shop with one source, or with several, is tracked."""
    return SEVERAL_SOURCES if several else ONE_SOURCE


def source_of(message: Message) -> Source:
    """Tell through which source a message came."""
    return _BY_PROJECT[message["projectId"]]
