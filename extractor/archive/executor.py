"""What does the calls of a run, in processes of this machine (`children`) or on a cluster (`cluster`): the same to a run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, Protocol, Self

TIMEOUT = 60.0  # seconds for one file; a report of 100 pages takes under one, a page that is recognised two to four
LONGEST = 10  # times that at most, for a file of many MB
MEMORY = 2048  # MB of address space for one child; reading a report takes 200
MOST_JOBS = 8


class Limits(NamedTuple):
    """Per file. Without `isolated`, files are read in this process and nothing is limited."""

    seconds: float = TIMEOUT
    megabytes: int = MEMORY
    isolated: bool = True

    def time(self, size: int) -> float:
        """Seconds for a file of so many bytes: as many again for every whole MB, for a scan has up to 15 pages in one."""
        return self.seconds * min(LONGEST, 1 + (size >> 20))

    def __str__(self) -> str:
        return f"{self.seconds:g} s, {self.megabytes} MB" if self.isolated else "none"


class Breakdown(NamedTuple):
    """Why a call has no result: `timeout`, `memory`, `crashed` or `defect`, and the sentence for the user."""

    code: str
    message: str


class Call(NamedTuple):
    """`function(*args)`, to be done elsewhere. `about` stays here: what the call is for. `size` is that of the file it reads."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    about: Any = None
    size: int = 0


class Executor(Protocol):
    """Used as a context. What a call does to the process that does it costs that call only."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def results(self, calls: Iterable[Call], in_order: bool = False) -> Iterator[tuple[Call, Any]]:
        """Every call with its value, or the Breakdown that it met, as they are done or in order.

        Few are under way at a time, so that memory stays flat over any number. Raises WriteError as the calls do.
        """


def default_jobs() -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_JOBS)
