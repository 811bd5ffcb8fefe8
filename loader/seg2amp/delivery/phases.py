"""Phases of a lane: which endpoint gets its rows when."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from seg2amp.delivery.endpoints import ENDPOINTS, Endpoint
from seg2amp.delivery.pending import Pending, Segment


@dataclass(frozen=True, slots=True)
class Phase:
    """What one endpoint gets of a lane before another is asked; without segments: who waits."""

    endpoint: Endpoint
    segments: Sequence[Segment]


def phases(pending: Pending, stream: Collection[str]) -> Mapping[int, Sequence[Phase]]:
    """Give the phases of each lane of a stream, by the lane's number.

    Rows of one person may wait under several endpoints of a stream, because a setting changed
    between two builds. They keep the order of the outbox: where the endpoint changes, everything
    before goes out first. Who was left waiting at an endpoint goes before all that.
    """
    lanes = sorted({lane for name in stream for lane in pending.lanes_of(name)})
    return {lane: _in_order(pending.of_lane(stream, lane)) for lane in lanes}


def _in_order(lane: Pending) -> Sequence[Phase]:
    rows = sorted(lane.segments, key=lambda segment: segment.first)
    found = [
        Phase(ENDPOINTS[name], tuple(segments))
        for name, segments in groupby(rows, key=lambda segment: segment.endpoint)
    ]
    left = [(one.after, one.endpoint) for one in lane.groups]
    left += [(one.first, one.endpoint) for one in lane.doubts]
    for name in reversed(dict.fromkeys(endpoint for _, endpoint in sorted(left))):
        if not found or found[0].endpoint.name != name:
            found.insert(0, Phase(ENDPOINTS[name], ()))
    return found
