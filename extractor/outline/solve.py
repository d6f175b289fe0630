"""Which candidate markers are headings, and on which level: the cheapest reading of all of them at once.

Read from left to right, a tree of headings is a stack of open styles: `一、2 > (一)3 > 1.4`. Each candidate has
these readings, and each reading has a cost:

- it goes on with a style that is open (and closes what stands below it): free for the next number, dearer for a
  gap, a repeated number, a new start;
- it opens a style that is not: free below the innermost heading with the number 1 or where the style stood the last
  time, dearer for another number, for a style that papers use higher up (rank), for a level that has another style;
- it is a misprint of the next number of another open style (`(3)` between `2.` and `4.`): a fixed price, paid back
  only where the numbers around it demand it;
- it is no heading: what `weigh` found for and against it.

Leads have no number, so they go on freely; they open below whatever heading they stand under. Numbers among leads
stand on their level, unless they start again below each of them.

No single candidate can be judged alone: `(3)` looks right until `(1)` and `4.` follow it. So all stacks that are
still cheap go on side by side (a beam), equal stacks are merged into the cheaper one, and the cheapest at the end is
the outline. Costs are in units of one clear contradiction; only their order matters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.outline.markers import LEAD, Marker

GAP, AGAIN, RESTART, BACK = 1.0, 1.5, 2.0, 3.0  # 2. → 4., 2. → 2., 2. → 1., 4. → 2.
LATE = 1.5  # a style that opens with another number than 1
ONWARD = 0.3  # but goes on counting from where it was last closed: (一) 1. 2. (二) 3. 4.
PER_STEP, STEPS = 0.25, 6  # each number that is left out, up to so many
HIGHER = 1.5  # opens below a style that papers use further down
MIXED = 1.0  # opens on a level that has another style
UNDER_LEAD, BESIDE_LEAD = 1.5, 0.8  # a numbered style among unnumbered leads: below one, or on their level
LEAD_BESIDE_LEAD = 0.3  # leads of another look on the level of leads
STRAY = 0.5  # opens below another style than the last time
REPAIR = 2.2  # less than AGAIN + GAP or RESTART + GAP
BEAM, SLACK = 10, 6.0  # how many stacks go on, and how far behind the cheapest


class Open(NamedTuple):
    """A style that is open, and the number that it has reached."""

    style: str
    rank: int
    value: int | None
    prefix: tuple[int, ...] = ()
    numeral: str = ""


class Node(NamedTuple):
    """A marker that is a heading; `repaired` is the style that it was meant to be in, if not its own."""

    marker: Marker
    level: int
    repaired: str | None = None


Stack = tuple[Open, ...]


class Seen(NamedTuple):
    """The style below which a style was opened last, and the number that it reached there."""

    home: str
    value: int | None


class _Reading(NamedTuple):
    """A stack, what it has cost, and how it came about; `seen` holds for each style where it stood last."""

    cost: float
    stack: Stack
    seen: Mapping[str, Seen]
    node: Node | None
    before: _Reading | None


class _Move(NamedTuple):
    """What a reading may come to with the next marker: as a heading of `level` under `home`, or as none (level 0)."""

    cost: float
    stack: Stack
    before: _Reading
    level: int = 0
    home: str | None = None
    repaired: str | None = None


def solve(markers: Sequence[Marker]) -> list[Node]:
    """The headings among `markers`, in order."""
    beam = [_Reading(0.0, (), {}, None, None)]
    for marker in markers:
        own = Open(marker.style, marker.rank, marker.value, marker.prefix, marker.numeral)
        best: dict[Stack, _Move] = {}
        for reading in beam:
            for move in _moves(reading, marker, own):
                if move.cost < best.setdefault(move.stack, move).cost:
                    best[move.stack] = move
        moves = sorted(best.values(), key=lambda move: move.cost)[:BEAM]
        beam = [_taken(move, marker) for move in moves if move.cost <= moves[0].cost + SLACK]
    return _nodes(beam[0])


def _taken(move: _Move, marker: Marker) -> _Reading:
    node = Node(marker, move.level, move.repaired) if move.level else None
    seen = move.before.seen
    if move.home is not None:
        seen = {**seen, marker.style: Seen(move.home, marker.value)}
    return _Reading(move.cost, move.stack, seen, node, move.before)


def _nodes(reading: _Reading | None) -> list[Node]:
    nodes = []
    while reading is not None:
        if reading.node is not None:
            nodes.append(reading.node)
        reading = reading.before
    return nodes[::-1]


def _moves(reading: _Reading, marker: Marker, own: Open) -> Iterator[_Move]:
    cost, stack, seen = reading.cost, reading.stack, reading.seen
    yield _Move(cost + marker.refuse, stack, reading)
    cost += marker.accept
    styles = [entry.style for entry in stack]
    known, last = own.style in styles, seen.get(own.style)
    for at in (styles.index(own.style),) if known else range(len(stack) + 1):
        home = styles[at - 1] if at else ""
        price = _step(stack[at], own) if known else _push(stack, at, own, last, home)
        yield _Move(cost + price, (*stack[:at], own), reading, at + 1, home)
    for i, entry in enumerate(stack) if own.numeral else ():
        if entry.style != own.style and _meant(entry, own):
            meant = (*stack[:i], entry._replace(value=own.value))
            yield _Move(cost + REPAIR, meant, reading, i + 1, repaired=entry.style)


def _meant(entry: Open, own: Open) -> bool:
    """Could `own` be a misprint of the next number of `entry`?"""
    return own.numeral == entry.numeral and own.value == (entry.value or 0) + 1


def _step(last: Open, new: Open) -> float:
    """From number to number within a style."""
    if last.value is None or new.value is None:
        return 0.0
    if last.prefix != new.prefix:
        return _prefixed(last, new)
    ahead = new.value - last.value
    if ahead == 1:
        return 0.0
    if ahead > 1:
        return GAP + PER_STEP * min(ahead, STEPS)
    if ahead == 0:
        return AGAIN
    return RESTART if new.value == 1 else BACK


def _prefixed(last: Open, new: Open) -> float:
    """1.3 → 2.1: the chapter between them has no heading of its own."""
    forward = new.prefix > last.prefix
    return 0.0 if forward and new.value == 1 else GAP if forward else BACK


def _push(stack: Stack, at: int, new: Open, last: Seen | None, home: str) -> float:
    """Opening a style below `stack[at - 1]`, in the place of what is open there."""
    cost = _beside(stack[at], new) if at < len(stack) else 0.0
    if last and last.value and new.value == last.value + 1:
        cost += ONWARD
    elif new.value is not None and new.value != 1:
        cost += LATE + PER_STEP * min(new.value, STEPS)
    if last and new.rank < LEAD:
        return cost + (0.0 if last.home == home else STRAY)
    return cost + (_below(stack[at - 1], new) if at else 0.0)


def _beside(old: Open, new: Open) -> float:
    """A style on the level of another."""
    leads = (old.rank >= LEAD) + (new.rank >= LEAD)
    return (MIXED, BESIDE_LEAD, LEAD_BESIDE_LEAD)[leads]


def _below(above: Open, new: Open) -> float:
    """A style below another for the first time."""
    if above.rank >= LEAD > new.rank:
        return UNDER_LEAD
    cost = HIGHER if above.rank >= new.rank else 0.0
    return cost + (GAP if new.prefix and above.value not in (None, new.prefix[-1]) else 0.0)
