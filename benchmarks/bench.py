"""The scoreboard: this project and its peers on the same texts, in one run, written to benchmarks/RESULTS.md.

    make bench            (or: python benchmarks/bench.py [--data DIR]... [--out FILE])

DIR is a folder of annotated documents (see `scoring`), with the cases of peers' own tests in peers/cases*.jsonl; without
one tests/gold is taken, and the shared ones where they are at hand. Peers read text only, so they are given the text as this project has cleaned it, and
the last day of the report's year as today. What counts as found: `matching`; of
what peers do not have: `scoring`.
"""

from __future__ import annotations

import argparse
import datetime
import json
import logging
import multiprocessing
import os
import platform
import sys
import time
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

from facts import KINDS, Annotated, cases, documents, neutral
from matching import judged, passed
from peers import PEERS, Find, Finding, Peer
from scoring import FOLDERS, scored
from speed import timed

import extractor
from extractor import words
from extractor.archive import work
from extractor.writers.json import to_json

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples" / "reports"
REPORT = "work-report-lanxi-2023"
ROUNDS = 3


def ours(kind: str) -> Find:
    """This project as a peer: its records in the same terms."""

    def find(text: str, today: datetime.date) -> list[Finding]:
        words.tag.cache_clear()  # as on a text seen for the first time
        report = extractor.extract_text(text, reference_date=today.isoformat())
        return [neutral(record) for record in json.loads(to_json(report))[kind] if not record.get("cell")]

    return find


def contestants() -> Iterator[tuple[Peer, Find | None]]:
    """This project first, kind by kind; a peer that is not installed has nothing to find with."""
    for kind in KINDS:
        yield Peer("extractor", "extractor", kind, "extract_text, whole pipeline", lambda: ours("")), ours(kind)
        for peer in PEERS:
            if peer.kind == kind:
                try:
                    yield peer, peer.make()
                except ImportError:
                    yield peer, None


def accuracy(texts: Sequence[Annotated], tests: Sequence[Annotated]) -> Iterator[str]:
    yield "| kind | who | precision | recall | F1 | near F1 | cases passed |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for peer, find in contestants():
        if find is None:
            yield f"| {peer.kind} | {peer.name} | not installed | | | | |"
            continue
        figure, (good, total) = judged(peer.kind, texts, find), passed(peer.kind, tests, find)
        shares = (
            share(figure.hits, figure.found), share(figure.hits, figure.wanted),
            share(2 * figure.hits, figure.found + figure.wanted), share(2 * figure.near, figure.found + figure.wanted),
        )  # fmt: skip
        row = " | ".join(shares)
        yield f"| {peer.kind} | {peer.name} {version(peer)} | {row} | {good}/{total} ({share(good, total)}) |"


def alone(folders: Sequence[Path]) -> Iterator[str]:
    """Kinds of records and fields that no peer has."""
    yield "| record | what | precision | recall | F1 |"
    yield "| --- | --- | --- | --- | --- |"
    for name, (hits, wanted, found) in scored(folders).items():
        kind, what = name.split(".")
        if kind not in KINDS or what in ("modifier", "noun"):
            row = " | ".join((share(hits, found), share(hits, wanted), share(2 * hits, found + wanted)))
            yield f"| {kind} | {what} | {row} |"


def share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def version(peer: Peer) -> str:
    return extractor.__version__ if peer.package == "extractor" else metadata.version(peer.package)


def speed(text: str) -> Iterator[str]:
    """All in this process, one thread, one text after another so that none finds a warmer machine."""
    today, size = datetime.date(2024, 12, 31), len(text) / 1000
    runs = {(peer.name, peer.kind, peer.mode): find for peer, find in contestants() if find}
    for kind in KINDS[1:]:
        runs.pop(("extractor", kind, "extract_text, whole pipeline"))
    best = dict.fromkeys(runs, float("inf"))
    for round_ in range(ROUNDS):
        for key, find in runs.items():
            if round_ and best[key] > SLOW:
                continue
            started = time.perf_counter()
            find(text, today)
            best[key] = min(best[key], time.perf_counter() - started)
    own = best[next(iter(runs))]
    yield "| who | what | ms per 1,000 characters | times our time |"
    yield "| --- | --- | --- | --- |"
    for (name, kind, mode), seconds in best.items():
        what = (
            "everything: headings, dates, quantities, problems, measures, checks, JSON" if name == "extractor" else kind
        )
        yield f"| {name} | {what} ({mode}) | {seconds * 1000 / size:.2f} | {seconds / own:.1f} |"


def against_floor(folder: Path) -> Iterator[str]:
    """One report in every format that has a floor; see `speed`."""
    yield "| format | ms per 1,000 characters | records | times its floor |"
    yield "| --- | --- | --- | --- |"
    for path in (folder / f"{REPORT}.{suffix}" for suffix in ("txt", "docx", "pdf")):
        one = timed(path, 10)
        yield f"| .{path.suffix[1:]} | {1000 * one.whole / one.size:.2f} | {one.records} | {one.ratio:.1f} |"


SLOW = 20.0  # seconds for a text, after which once is enough


def memory(text: str) -> Iterator[str]:
    """Each alone in a new process: what it has at most after reading the text once."""
    yield "| who | kind | peak kB |"
    yield "| --- | --- | --- |"
    context = multiprocessing.get_context("spawn")
    for name, kind in [("extractor", "everything"), *((peer.name, peer.kind) for peer in PEERS)]:
        with context.Pool(1) as pool:
            yield f"| {name} | {kind} | {pool.apply(peak, (name, kind, text))} |"


def peak(name: str, kind: str, text: str) -> str:
    today = datetime.date(2024, 12, 31)
    try:
        makers = {(peer.name, peer.kind): peer.make for peer in PEERS}
        find = ours("dates") if name == "extractor" else makers[name, kind]()
        find(text, today)
    except ImportError:
        return "not installed"
    return next((line.split()[1] for line in _lines("/proc/self/status") if line.startswith("VmHWM")), "–")


def machine() -> str:
    cpu = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    python = platform.python_version()
    return f"{cpu}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, CPython {python}"


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, action="append")
    parser.add_argument("--out", type=Path, default=HERE / "RESULTS.md")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)  # jionlp prints the traceback of every word that is no date
    work.warm(work.Settings())
    folders = args.data or FOLDERS
    texts = [text for folder in folders for text in documents(folder)]
    tests = [case for folder in folders for case in cases(folder)]
    text = max(texts, key=lambda one: len(one.text) if one.name.endswith(".txt") else 0).text
    parts = [
        f"Measured on {machine()}; load {os.getloadavg()[0]:.1f} at the start.",
        f"{len(texts)} annotated documents: {', '.join(one.name for one in texts)}; {len(tests)} cases of peers' own tests.",
        "\n## Accuracy\n", *accuracy(texts, tests),
        "\n## What peers do not have\n", *alone(folders),
        f"\n## Speed, on {len(text):,} characters of report text, one thread\n", *speed(text),
        f"\n## Speed by format, against what no such program can do without: {REPORT}\n",
        *against_floor(SAMPLES),
        "\n## Memory\n", *memory(text),
    ]  # fmt: skip
    args.out.write_text("# Results\n\n" + "\n".join(parts) + "\n", "utf-8")
    print(args.out.read_text("utf-8"))


if __name__ == "__main__":
    sys.exit(main())
