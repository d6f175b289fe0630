"""Fuzzing: inputs of every kind, made by grammar and then broken, and what must hold whatever is read.

    python benchmarks/fuzz.py [TARGET …] [--executions 20000] [--seconds 300] [--seed 1] [--jobs 2]
    python benchmarks/fuzz.py --long [--characters 100000]

Every input is made from the seed, its target and its number alone. Each target runs in children: a crash, a hang or
too much memory costs one execution and is a finding, and so is every error but ReadError and every broken invariant
(`fuzzers/invariants.py`). Inputs that failed are kept in `--out`, one per place that failed, with the traceback.
With `--long`, texts of one construct each are read at three lengths: the milliseconds per 1,000 characters must not
grow with the length. Exits with 1 where there is a finding. Linux.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import pickle
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests")]

from fuzzers.long import CONSTRUCTS  # noqa: E402
from fuzzers.targets import TARGETS  # noqa: E402

import extractor  # noqa: E402
from extractor.errors import ReadError  # noqa: E402

HANG = 10  # seconds of processor time for one input; the median takes a thousandth
MEMORY = 3 << 30  # bytes of address space of a child
BATCH = 500  # executions that a child is given at a time


class Hang(BaseException):
    """An input has used up its time. No reader may take it for damage."""


class Work(NamedTuple):
    target: str
    first: int
    count: int


class Finding(NamedTuple):
    target: str
    number: int
    what: str
    trace: str

    @property
    def place(self) -> str:
        """What findings of one cause have in common."""
        return self.what + "".join(line for line in self.trace.splitlines() if line.startswith("  File"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS], metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--executions", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--characters", type=int, default=100_000)
    args = parser.parse_args()
    if args.long:
        sys.exit(long(args.characters))
    names = args.targets or list(TARGETS)
    whole = sum(TARGETS[name].share for name in names)
    counts = {name: max(1, round(args.executions * TARGETS[name].share / whole)) for name in names}
    sys.exit(bool(fuzzed(counts, args.seed, args.jobs, args.seconds, args.out)))


def fuzzed(counts: dict[str, int], seed: int, jobs: int, seconds: float, out: Path) -> list[Finding]:
    began = time.monotonic()
    done, spent = dict.fromkeys(counts, 0), dict.fromkeys(counts, 0.0)
    findings: dict[str, Finding] = {}
    again = dict.fromkeys(counts, 0)
    for work, ran, took, found in run(_dealt(counts), seed, jobs, began + seconds):
        done[work.target] += ran
        spent[work.target] += took
        for one in found:
            again[one.target] += 1
            if one.place not in findings:
                findings[one.place] = one
                keep(one, seed, out)
    print(f"{'target':12}{'executions':>12}{'seconds':>10}{'a second':>10}{'findings':>10}")
    for name in counts:
        rate = done[name] / spent[name] if spent[name] else 0
        own = sum(one.target == name for one in findings.values())
        print(
            f"{name:12}{done[name]:12,}{spent[name]:10.1f}{rate:10.0f}{own:10}"
            + f"  ({again[name]:,} times)" * bool(own)
        )
    print(f"{'all':12}{sum(done.values()):12,}{time.monotonic() - began:10.1f}{'':10}{len(findings):10}  seed {seed}")
    return list(findings.values())


def _dealt(counts: dict[str, int]) -> Iterator[Work]:
    """All work in batches, a batch of each target in turn, so that a run cut short has seen all of them."""
    for first in range(0, max(counts.values()), BATCH):
        for name, count in counts.items():
            if first < count:
                yield Work(name, first, min(BATCH, count - first))


def run(work: Iterator[Work], seed: int, jobs: int, until: float) -> Iterator[tuple[Work, int, float, list[Finding]]]:
    """Each batch with how much of it was run, the time it took and what was found."""
    children: dict[Any, Child] = {}
    left: list[Work] = []
    while True:
        while len(children) < jobs and time.monotonic() < until and (one := left.pop() if left else next(work, None)):
            child = Child(one, seed)
            children[child.answer] = child
        if not children:
            return
        for ends in wait(list(children)):
            child = children[ends]
            if child.reported():
                continue
            ran, found = children.pop(ends).result()
            yield child.work, ran, time.monotonic() - child.began, found
            if ran < child.work.count:
                left.append(Work(child.work.target, child.work.first + ran, child.work.count - ran))


class Child:
    """A process that runs a batch, and says which input it is at, so that one that ends it is known."""

    def __init__(self, work: Work, seed: int) -> None:
        context = multiprocessing.get_context("fork")
        self.work, self.began, self.at = work, time.monotonic(), context.Value("l", 0, lock=False)
        self.answer, answer = context.Pipe(duplex=False)
        self.process = context.Process(target=_batch, args=(work, seed, self.at, answer), daemon=True)
        self.process.start()
        answer.close()
        self.found: list[Finding] = []

    def reported(self) -> bool:
        """Take a finding that waits; False where there are no more to come."""
        try:
            self.found.append(self.answer.recv())
        except EOFError:
            return False
        return True

    def result(self) -> tuple[int, list[Finding]]:
        """How many inputs are done, and the findings."""
        self.process.join()
        self.answer.close()
        code = self.process.exitcode or 0
        if code == 0:
            return self.work.count, self.found
        name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        what = "hang in native code" if -code in (signal.SIGKILL, signal.SIGXCPU) else f"crash: {name}"
        return self.at.value + 1, [*self.found, Finding(self.work.target, self.work.first + self.at.value, what, "")]


def _batch(work: Work, seed: int, at: Any, answer: Connection) -> None:
    """In a child."""
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    signal.signal(signal.SIGPROF, _hung)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    target = TARGETS[work.target]
    for i in range(work.count):
        at.value = i
        used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
        resource.setrlimit(resource.RLIMIT_CPU, (used + 3 * HANG, resource.RLIM_INFINITY))
        number = work.first + i
        try:
            given = target.make(Random(f"{seed} {work.target} {number}"))
            signal.setitimer(signal.ITIMER_PROF, HANG)
            target.run(given)
        except BaseException as error:
            signal.setitimer(signal.ITIMER_PROF, 0)
            answer.send(Finding(work.target, number, _said(error), _trace(error)))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)


def _hung(*_: object) -> None:
    raise Hang


def _said(error: BaseException) -> str:
    return f"hang: over {HANG} s" if isinstance(error, Hang) else type(error).__name__


def _trace(error: BaseException) -> str:
    """The end of a traceback; for a hang only where it began, for it ends anywhere."""
    lines = traceback.format_exception(error)
    return "".join(lines[:8] if isinstance(error, Hang) else lines[-6:])


def keep(finding: Finding, seed: int, out: Path) -> None:
    """Write the input and the traceback of a finding; print what it is."""
    out.mkdir(parents=True, exist_ok=True)
    given = TARGETS[finding.target].make(Random(f"{seed} {finding.target} {finding.number}"))
    data = (
        given
        if isinstance(given, bytes)
        else given.encode("utf-8", "surrogatepass")
        if isinstance(given, str)
        else pickle.dumps(given)
    )
    name = f"{finding.target}-{hashlib.sha256(data).hexdigest()[:10]}"
    (out / f"{name}.input").write_bytes(data)
    (out / f"{name}.trace").write_text(f"{finding}\n{finding.trace}", "utf-8", "backslashreplace")
    last = finding.trace.strip().splitlines()[-1:] or [""]
    print(
        f"{finding.target} {finding.number}: {finding.what}: {last[0][:200]} → {out / name}.input".encode(
            errors="replace"
        ).decode(),
        flush=True,
    )


def long(characters: int) -> bool:
    """Print the processor time per 1,000 characters of every construct at three lengths; whether one grows."""
    signal.signal(signal.SIGPROF, _hung)
    extractor.extract_text("一、总体情况\n2023年6月，投入1.2万元。")
    sizes = [characters // 16, characters // 4, characters]
    print(f"{'ms per 1,000 characters of':34}" + "".join(f"{size:>12,}" for size in sizes))
    grows = []
    for name, make in CONSTRUCTS.items():
        row: list[float | str] = [_per_thousand(make(size), size) for size in sizes]
        bad = any(isinstance(one, str) for one in row) or (row[2] > 2 * row[1] and row[2] > 1)  # type: ignore[operator]
        print(
            f"{name:34}"
            + "".join(f"{one:12.2f}" if isinstance(one, float) else f"{one:>12}" for one in row)
            + "  grows" * bad,
            flush=True,
        )
        grows += [name] * bad
    print(
        f"{len(grows)} of {len(CONSTRUCTS)} grow with the length: {', '.join(grows)}"
        if grows
        else "none grows with the length"
    )
    return bool(grows)


def _per_thousand(text: str, size: int) -> float | str:
    """Milliseconds, or the error that it ended with."""
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, 2 * HANG + size / 1000)
    try:
        extractor.extract_text(text)
    except ReadError:
        pass
    except (Exception, Hang) as error:
        return type(error).__name__
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return (time.process_time() - began) * 1e6 / size


if __name__ == "__main__":
    main()
