"""What a user sees of a run: a bar in a terminal, plain lines elsewhere, every failure as it comes, the sum at the end."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn, track

from extractor import terminal
from extractor.archive import Row, Run

EVERY = 10.0  # seconds between two plain lines
T = TypeVar("T")


def watched(files: Sequence[T]) -> Iterator[T]:
    """The files one by one, with a bar or lines that say how far it is."""
    console = terminal.console(stderr=True)
    if console.is_terminal:
        yield from track(files, "reading", console=console, transient=True)
        return
    for done, (file, due) in enumerate(_due(files)):
        if due:
            console.print(f"{done:,} of {len(files):,} files", soft_wrap=True)
        yield file


def show(run: Run) -> int:
    """Do the run; the number of files that failed, earlier runs included."""
    console = terminal.console(stderr=True)
    for row in run.plan.unchanged:
        _name(console, row)
    for row in _bar(run, console) if console.is_terminal else _lines(run, console):
        _name(console, row)
    counts = Counter(row.status for row in run.rows.values())
    console.print(_sum(run, counts), soft_wrap=True)
    return counts["failed"]


def _name(console: Console, row: Row) -> None:
    if row.status != "ok":
        console.print(f"{row.status}: {row.path}: {row.message}", soft_wrap=True)


def _sum(run: Run, counts: Counter[str]) -> str:
    files = "1 file" if len(run.rows) == 1 else f"{len(run.rows)} files"
    words = f"{files}: {counts['ok']} ok, {counts['partial']} partial, {counts['failed']} failed"
    if run.plan.unchanged:
        words += f"; {len(run.plan.unchanged)} unchanged since the last run"
    if run.plan.removed:
        words += f"; {len(run.plan.removed)} no longer there"
    return words


def _bar(run: Run, console: Console) -> Iterator[Row]:
    columns = (
        TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(), TextColumn("{task.fields[failed]} failed"),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(run.plan), completed=len(run.plan.unchanged), rate="", failed=0)
        for row, rate, failed in _counted(run):
            progress.update(task, advance=1, rate=f"{rate:.0f} a second", failed=failed)
            yield row


def _lines(run: Run, console: Console) -> Iterator[Row]:
    for (row, rate, failed), due in _due(_counted(run)):
        if due:
            left = (len(run.plan) - len(run.rows)) / rate
            console.print(
                f"{len(run.rows):,} of {len(run.plan):,} files, {rate:.0f} a second, {left:.0f} s left, {failed} failed",
                soft_wrap=True,
            )
        yield row


def _due(items: Iterable[T]) -> Iterator[tuple[T, bool]]:
    """Each with whether it is time for a line again."""
    told = time.monotonic()
    for item in items:
        due = time.monotonic() - told > EVERY
        told = time.monotonic() if due else told
        yield item, due


def _counted(run: Run) -> Iterator[tuple[Row, float, int]]:
    """Every row with the files per second and the failures so far."""
    started, failed = time.monotonic(), 0
    for done, row in enumerate(run, 1):
        failed += row.status == "failed"
        yield row, done / max(time.monotonic() - started, 1e-3), failed
