"""What a run over an archive costs, measured from outside, process by process. Linux.

    python benchmarks/generate.py reports --reports 20000 --broken 0.01
    python benchmarks/load.py reports [--jobs 1,2,4] [--part 2000] [--engine dask]

Every number of jobs reads the first `--part` files, the last number all of them as well. Of each run: files a second,
the seconds of processors that it took (on a busy machine these say more than the clock), the most memory that the
parent and that one of its processes had resident, pages shared with the parent included. `efficiency` is the rate by
that of the first number of jobs, per job; `by CPU` the same from the seconds of processors. Then, on the whole
archive: `--help`, a run with nothing to do, the store, the index for search, and what all of it takes on the disk.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
EXTRACTOR = (sys.executable, "-m", "extractor")
EVERY = 0.1  # seconds between two looks at the memory


class Cost(NamedTuple):
    """Seconds by the clock and of processors, MB of the parent and of the largest other process."""

    seconds: float
    cpu: float
    parent: float
    child: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--jobs", default="1,2,4")
    parser.add_argument("--part", type=int, default=2000)
    parser.add_argument("--engine", default="local")
    args = parser.parse_args()
    jobs = [int(number) for number in args.jobs.split(",")]
    with tempfile.TemporaryDirectory(dir=args.reports.parent) as folder:
        scaled(args.reports, Path(folder), jobs, args.part, args.engine)


def scaled(reports: Path, folder: Path, jobs: Sequence[int], part: int, engine: str) -> None:
    files = sorted(path for path in reports.rglob("*") if path.is_file())
    names = ("files", "jobs", "s", "files/s", "CPU s", "ms a file", "efficiency", "by CPU", "parent MB", "child MB")
    print("".join(f"{name:>11}" for name in names), " load before, after", flush=True)
    first: Cost | None = None
    for number in jobs:
        cost = told(
            taken(reports, files[:part], folder / "part"), folder / f"out-{number}", number, engine, first, jobs[0]
        )
        first = first or cost
    if part < len(files):
        told(reports, folder / "out", jobs[-1], engine, None, jobs[-1])
    after(reports, folder / ("out" if part < len(files) else f"out-{jobs[-1]}"), jobs[-1])


def taken(reports: Path, files: Sequence[Path], part: Path) -> Path:
    """A folder with these files of the archive alone."""
    for path in files:
        to = part / path.relative_to(reports)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, to)
    return part


def told(reports: Path, out: Path, jobs: int, engine: str, first: Cost | None, base: int) -> Cost:
    """Do a run and print its line."""
    count = sum(path.is_file() for path in reports.rglob("*"))
    before = os.getloadavg()[0]
    cost = run("extract", reports, "--out", out, "--jobs", jobs, "--engine", engine)
    print(
        f"{count:>11,}{jobs:>11}{cost.seconds:>11.1f}{count / cost.seconds:>11.0f}{cost.cpu:>11.1f}{1000 * cost.cpu / count:>11.1f}"
        f"{first.seconds * base / cost.seconds / jobs if first else 1:>11.0%}{first.cpu / cost.cpu if first else 1:>11.0%}"
        f"{cost.parent:>11.0f}{cost.child:>11.0f}  {before:.1f}, {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    return cost


def after(reports: Path, out: Path, jobs: int) -> None:
    print(f"--help {min(run('--help').seconds for _ in range(5)):.2f} s")
    for words, arguments in (
        ("nothing to do", ("extract", reports, "--out", out, "--jobs", jobs)),
        ("store", ("query", out, "SELECT 1")),
        ("search index", ("search", out, "整改")),
        ("query of a store that is there", ("query", out, "SELECT count(*) FROM quantities")),
    ):
        cost = run(*arguments)
        print(f"{words} {cost.seconds:.1f} s, CPU {cost.cpu:.1f} s, {cost.parent:.0f} MB", flush=True)
    results = [path for path in out.rglob("*.json") if path.is_file()]
    sizes = {"sources": size(reports), "JSON": sum(path.stat().st_size for path in results)}
    sizes |= {name: (out / name).stat().st_size for name in ("manifest.jsonl", "archive.duckdb", "archive.sqlite")}
    print("; ".join(f"{name} {bytes_ / 1e6:,.1f} MB" for name, bytes_ in sizes.items()), f"of {len(results):,} results")


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def run(*arguments: object) -> Cost:
    """A command of extractor's, this checkout's, to its end."""
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(
            [*EXTRACTOR, *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=errors,
        )  # fmt: skip
        parent = child = 0.0
        while (ended := os.wait4(process.pid, os.WNOHANG))[0] == 0:
            parent = max(parent, resident(process.pid))
            child = max([child, *map(resident, below(process.pid))])
            time.sleep(EVERY)
        process.returncode = os.waitstatus_to_exitcode(ended[1])
        errors.seek(0)
        if "Traceback" in (words := errors.read()) or process.returncode > 1:
            sys.exit(words)
    return Cost(time.perf_counter() - started, ended[2].ru_utime + ended[2].ru_stime, parent, child)


def below(pid: int) -> list[int]:
    """Every process that this one has started, and those that these have."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        own = [int(number) for thread in threads for number in (thread / "children").read_text().split()]
    except OSError:
        return []
    return [*own, *(one for number in own for one in below(number))]


def resident(pid: int) -> float:
    """The most MB that a process had in memory so far."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


if __name__ == "__main__":
    main()
