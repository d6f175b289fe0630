"""kill -9 at random moments, then the same command again: is the archive that of a run which nobody disturbed?

    python benchmarks/generate.py reports --reports 300 --formats txt,md,docx --broken 0.02 --copies 0.02
    python benchmarks/kill.py reports [--kills 20] [--engine local] [--jobs 2] [--seed 1]

An undisturbed run is measured first; every kill comes at a moment drawn from all of its time, that of the store
included, in a new archive each. Killed are, in turn, the parent alone and all its processes at once; with Dask also a
worker, whose run then has to end well by itself. Compared are all files, byte for byte (but for the seconds in the
manifest), and the rows of every table of the store. Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import psutil

ROOT = Path(__file__).parent.parent
STORE = "archive.duckdb"
VICTIMS = {"local": ("parent", "all"), "dask": ("worker", "parent", "all")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--engine", choices=list(VICTIMS), default="local")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory(dir=args.reports.parent) as name:
        folder = Path(name)
        command = [
            "extract",
            args.reports,
            "--format",
            "csv,duckdb",
            "--engine",
            args.engine,
            "--jobs",
            args.jobs,
            "--out",
        ]
        began = time.monotonic()
        wait(start(*command, folder / "undisturbed"))
        length = time.monotonic() - began
        print(f"undisturbed: {length:.1f} s, {args.engine}, {args.jobs} jobs", flush=True)
        different = 0
        for i in range(args.kills):
            victim = VICTIMS[args.engine][i % len(VICTIMS[args.engine])]
            out = folder / "killed"
            killed(start(*command, out), victim, chance.uniform(0, length))
            left = state(out)
            wait(start(*command, out))
            wrong = list(differences(out, folder / "undisturbed"))
            different += bool(wrong)
            print(f"{i + 1:3}: {victim}, {left}; after the same again: {', '.join(wrong[:5]) or 'equal'}", flush=True)
            shutil.rmtree(out)
    sys.exit(f"{different} of {args.kills} archives differ" if different else 0)


def start(*arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "extractor", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def wait(process: subprocess.Popen[bytes]) -> None:
    if process.wait() > 1:
        sys.exit(f"{process.args} ended with {process.returncode}")


def killed(process: subprocess.Popen[bytes], victim: str, after: float) -> None:
    """A worker that is killed ends no run; the others do."""
    time.sleep(after)
    if victim == "worker":
        if workers := [
            child for child in psutil.Process(process.pid).children() if "spawn_main" in str(child.cmdline())
        ]:
            workers[0].kill()
        wait(process)
    elif victim == "parent":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def state(out: Path) -> str:
    """How far the run came; a file that is not whole ends this script."""
    results = [path for path in out.rglob("*.json") if not path.name.startswith(".")]
    for path in results:
        json.loads(path.read_bytes())
    rows = (out / "manifest.jsonl").read_bytes().count(b"}\n") if (out / "manifest.jsonl").exists() else 0
    store = ", store" if (out / STORE).exists() else ""
    return f"{len(results)} results, {rows} rows{store}, {sum(path.is_file() for path in out.rglob('.*'))} drafts"


def differences(out: Path, undisturbed: Path) -> Iterator[str]:
    ours, theirs = files(out), files(undisturbed)
    yield from sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
    with duckdb.connect() as db:
        for name, archive in (("ours", out), ("theirs", undisturbed)):
            db.execute(f"ATTACH '{archive / STORE}' AS {name} (READ_ONLY)")
        for (table,) in db.execute(
            "SELECT DISTINCT table_name FROM duckdb_tables() WHERE table_name <> 'made' ORDER BY 1"
        ).fetchall():
            if db.execute(f"FROM ours.{table}").fetchall() != db.execute(f"FROM theirs.{table}").fetchall():
                yield f"table {table}"


def files(out: Path) -> dict[str, object]:
    """Every file with its bytes, but for the store; the manifest without the seconds."""
    found: dict[str, object] = {
        str(path.relative_to(out)): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.name != STORE
    }
    lines = (out / "manifest.jsonl").read_bytes().splitlines()
    return {**found, "manifest.jsonl": [{**json.loads(line), "seconds": 0} for line in lines]}


if __name__ == "__main__":
    main()
