"""Phases of a load: which endpoint gets its rows when."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from seg2amp.delivery.endpoints import ENDPOINTS, STREAMS, Endpoint
from seg2amp.delivery.pending import Pending, Segment


def phases(pending: Pending) -> Iterator[tuple[Endpoint, Sequence[Segment]]]:
    """Give endpoints with their segments, by lane and position; each phase ends before the next.

    Rows of one person may wait under several endpoints of a stream, because a setting changed
    between two builds. They keep the order of the outbox: where the endpoint changes, everything
    before goes out first. An endpoint at which only parked people wait comes before its stream.
    """
    waiting = sorted(pending.segments, key=lambda segment: segment.first)
    for stream in STREAMS:
        mine = [segment for segment in waiting if segment.endpoint in stream]
        sent_to = {segment.endpoint for segment in mine}
        for name, endpoint in ENDPOINTS.items():
            if name in stream and name not in sent_to and pending.lanes_of(name):
                yield endpoint, ()
        for name, phase in groupby(mine, key=lambda segment: segment.endpoint):
            yield ENDPOINTS[name], sorted(phase, key=lambda segment: (segment.lane, segment.first))
