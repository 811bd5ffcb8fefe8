"""The way of all messages as ribbons: raw rows, messages, mapped, rows, and where the rows went."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from seg2amp.audit.accounts import Account, CallType

WIDTH = 1120
_BAR = 10
_FIRST_COLUMN = 132
_COLUMN_STEP = 142
_TOP = 90
_TRUNK_HEIGHT = 210
_GAP = 6
_LINE = 21
"""The height that the label of a thin bar needs."""
_EXIT_STEP = 42
_ENTRY_STEP = 18
_HAIR = 5
_BELOW_EXITS = 26


@dataclass(frozen=True, slots=True)
class Bar:
    """One upright bar; `tone` names its colour."""

    x: float
    y: float
    height: float
    tone: str


@dataclass(frozen=True, slots=True)
class Ribbon:
    """What flows from one bar to another, `title` in words; one that `fades` comes from outside."""

    path: str
    tone: str
    title: str
    thin: bool
    fades: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A count and its name: `place` is left or right of a bar, above an entry, or a heading."""

    x: float
    y: float
    count: int | None
    name: str
    place: str


@dataclass(slots=True)
class Flow:
    """A drawing in units of pixels, y downwards."""

    scale: float
    height: float = 0
    bars: list[Bar] = field(default_factory=list)
    ribbons: list[Ribbon] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    width: int = WIDTH
    bar_width: int = _BAR


@dataclass(frozen=True, slots=True)
class _Part:
    count: int
    name: str
    tone: str


def draw_flow(account: Account) -> Flow:
    """Draw the account; parts too small for the scale are drawn as thin as the eye can follow."""
    total = account.total
    kept = max(account.kept_rows, 0)
    stages = (
        (total.raw_rows, "raw rows"),
        (total.messages, "messages"),
        (total.mapped, "mapped"),
        (total.rows_made, "rows made"),
    )
    largest = max(total.raw_rows, total.rows_made + kept, 1)
    flow = Flow(scale=_TRUNK_HEIGHT / largest)
    bottom = _draw_call_types(flow, account)
    for column, (count, name) in enumerate(stages, start=1):
        drawn = count + (kept if name == "rows made" else 0)
        flow.bars.append(_bar(flow, column, bottom - drawn * flow.scale, drawn, "main"))
        flow.labels.append(Label(_x(column) + _BAR / 2, 0, count, name, "heading"))
    lost = [
        _Part(total.dropped, "dropped by a rule", "quiet"),
        _Part(total.rejected, "could not be mapped", "bad"),
    ]
    copies = [_Part(total.duplicates, "duplicates", "quiet")]
    # Below everything of the next step, whose ribbons would run through its name.
    depth = 1 + sum(part.count > 0 for part in lost)
    _draw_step(flow, 1, bottom, stages[1], copies, depth=depth)
    _draw_step(flow, 2, bottom, stages[2], lost)
    entries = [
        _Part(total.extra_rows, "extra rows", "main"),
        _Part(kept, "from earlier builds", "quiet"),
    ]
    _draw_step(flow, 3, bottom, (total.mapped, "rows"), [])
    _draw_entries(flow, bottom - total.mapped * flow.scale, entries)
    _draw_states(flow, account, bottom - (total.rows_made + kept) * flow.scale)
    flow.height = max(bar.y + bar.height for bar in flow.bars) + _BELOW_EXITS
    return flow


def _draw_call_types(flow: Flow, account: Account) -> float:
    """Draw the raw rows by call type flowing together; give the y where all trunks end."""
    y = centre = float(_TOP)
    bars: list[tuple[CallType, Bar]] = []
    for kind in account.call_types:
        bar = _bar(flow, 0, y, kind.raw_rows, "main")
        if bars:
            bar = replace(bar, y=max(y, centre + _LINE - bar.height / 2))
        bars.append((kind, bar))
        centre, y = bar.y + bar.height / 2, bar.y + bar.height + _GAP
    spread = y - _TOP
    bottom = _TOP + max(_TRUNK_HEIGHT, (spread + _TRUNK_HEIGHT) / 2)
    target = bottom - account.total.raw_rows * flow.scale
    for kind, bar in bars:
        flow.bars.append(bar)
        flow.labels.append(_beside(bar, kind.raw_rows, kind.call_type, "left"))
        height = kind.raw_rows * flow.scale
        title = f"{kind.raw_rows:,} {kind.call_type} rows"
        flow.ribbons.append(_ribbon(0, (bar.y, target), height, "main", title))
        target += height
    flow.labels.append(Label(_FIRST_COLUMN, 0, None, "Segment", "end"))
    return bottom


def _draw_step(  # noqa: PLR0913 - what goes on, and what leaves how far below
    flow: Flow,
    column: int,
    bottom: float,
    goes_on: tuple[int, str],
    exits: Sequence[_Part],
    *,
    depth: int = 1,
) -> None:
    """Draw what goes on from one column to the next, and below it what leaves the way."""
    count, name = goes_on
    left = bottom - (count + sum(part.count for part in exits)) * flow.scale
    height = count * flow.scale
    title = f"{count:,} {name}"
    flow.ribbons.append(_ribbon(column, (left, bottom - height), height, "main", title))
    _draw_parts(flow, column, (left + height, bottom + depth * _EXIT_STEP), exits)


def _draw_parts(flow: Flow, column: int, ends: tuple[float, float], parts: Sequence[_Part]) -> None:
    """Draw each part into a bar of its own, from the top down; one of nothing is left out."""
    left, y = ends
    for part in parts:
        if not part.count:
            continue
        bar = _bar(flow, column + 1, y, part.count, part.tone)
        height = part.count * flow.scale
        title = f"{part.count:,} {part.name}"
        flow.bars.append(bar)
        flow.ribbons.append(_ribbon(column, (left, y), height, part.tone, title))
        flow.labels.append(_beside(bar, part.count, part.name, "right"))
        left += height
        y += bar.height + _EXIT_STEP


def _draw_entries(flow: Flow, y: float, entries: Sequence[_Part]) -> None:
    """Draw what joins the rows from outside, upwards from `y`, and all names above it."""
    there = [part for part in entries if part.count]
    for part in there:
        height = part.count * flow.scale
        y -= height
        title = f"{part.count:,} {part.name}"
        flow.ribbons.append(_ribbon(3, (y, y), height, part.tone, title, fades=True))
    for step, part in enumerate(there):
        flow.labels.append(
            Label(_x(4) - 12, y - 10 - step * _ENTRY_STEP, part.count, part.name, "entry")
        )


def _draw_states(flow: Flow, account: Account, y: float) -> None:
    parts = [
        _Part(account.delivered, "delivered", "good"),
        _Part(account.pending, "pending", "waiting"),
        _Part(account.skipped, "skipped by --since", "quiet"),
        _Part(account.unknown, "of unknown outcome", "waiting"),
        _Part(account.rejected, "rejected by Amplitude", "bad"),
        _Part(account.forbidden, "forbidden by the contract", "bad"),
        _Part(account.withheld + account.suppressed, "of suppressed people", "quiet"),
    ]
    _draw_parts(flow, 4, (y, y), parts)
    flow.labels.append(Label(_x(5), 0, None, "Amplitude", "start"))


def _x(column: int) -> float:
    return _FIRST_COLUMN + column * _COLUMN_STEP


def _bar(flow: Flow, column: int, y: float, count: int, tone: str) -> Bar:
    return Bar(_x(column), y, max(count * flow.scale, 4.0), tone)


def _beside(bar: Bar, count: int, name: str, place: str) -> Label:
    x = bar.x - 8 if place == "left" else bar.x + _BAR + 8
    return Label(x, bar.y + bar.height / 2, count, name, place)


def _ribbon(  # noqa: PLR0913 - a ribbon is what lies between two bars
    column: int,
    ends: tuple[float, float],
    height: float,
    tone: str,
    title: str,
    *,
    fades: bool = False,
) -> Ribbon:
    left, right = _x(column) + _BAR, _x(column + 1)
    middle = (left + right) / 2
    (start, end), thick = ends, max(height, 2.0)
    path = (
        f"M{left:.1f},{start:.1f} C{middle:.1f},{start:.1f} {middle:.1f},{end:.1f} "
        f"{right:.1f},{end:.1f} v{thick:.1f} C{middle:.1f},{end + thick:.1f} "
        f"{middle:.1f},{start + thick:.1f} {left:.1f},{start + thick:.1f} Z"
    )
    return Ribbon(path, tone, title, thin=thick < _HAIR, fades=fades)
