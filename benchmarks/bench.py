"""The scoreboard: this project and its peers on the same texts, in one run, written to benchmarks/RESULTS.md.

    make bench            (or: python benchmarks/bench.py [--data DIR] [--out FILE])

DIR holds gold/, corpus/ and peers/cases*.jsonl where annotated documents are at hand; without it the samples and their
expected results are measured. Peers read text only, so they are given the text as this project has cleaned it, and
the last day of the report's year as today. A finding counts where its characters and its value are those annotated:
dates by the first and the last day, any of a peer's choices; quantities by the number, without the unit. `near`
counts also what overlaps the annotated characters with the right value, and a heading whose level is wrong.
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
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import regex
from peers import PEERS, Find, Finding, Peer

import extractor
from extractor import edtf
from extractor.archive import work
from extractor.records import Document, Report
from extractor.text import fold
from extractor.writers.json import to_json

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples" / "reports"
SHARED = HERE.parents[1] / "shared"
ROUNDS = 3
_BACK = regex.compile(r"P(\d+)([YMD])")
_BLANKS = regex.compile(r"\s+")


class Annotated(NamedTuple):
    """A text and what is in it: lists by kind. `complete` says that nothing else of the kind is."""

    name: str
    text: str
    today: datetime.date
    facts: dict[str, list[Finding]]
    complete: bool = True


class Figure(NamedTuple):
    hits: int
    near: int
    wanted: int
    found: int


def plain(words: str) -> str:
    return _BLANKS.sub("", fold(words))


def ours(kind: str) -> Find:
    """This project as a peer: its records in the same terms."""

    def find(text: str, today: datetime.date) -> list[Finding]:
        report = extractor.extract_text(text, reference_date=today.isoformat())
        return [_neutral(record) for record in json.loads(to_json(report))[kind] if not record.get("cell")]

    return find


def _neutral(record: dict[str, Any]) -> Finding:
    """A record or an annotation by the keys that peers have too."""
    finding = {key: record[key] for key in ("text", "marker", "title", "level") if key in record}
    value = record.get("value")
    if isinstance(value, str):
        finding["bounds"] = [days(value)]
    elif "marker" not in record:
        finding["value"] = value
    return finding


def days(value: str) -> tuple[str, str]:
    """The first and the last day of an EDTF value; a duration back from now (P3Y) is itself."""
    first, last = edtf.bounds(value)
    return (value, value) if value.startswith("P") else (f"{first}", f"{last}")


def same(kind: str, wanted: Finding, found: Finding, near: bool = False) -> bool:
    if kind == "headings":
        keys = ("marker", "title") if near else ("marker", "title", "level")
        return all(plain(str(wanted[key])) == plain(str(found[key])) for key in keys if key in wanted)
    a, b = plain(wanted["text"]), plain(found["text"])
    if a != b and not (near and (a in b or b in a)):
        return False
    if kind == "dates":
        return any(_covers(bounds, found["bounds"]) for bounds in wanted["bounds"])
    return _number(found["value"]) in [_number(value) for value in (wanted["value"], *wanted.get("accept", ()))]


def _covers(bounds: tuple[str, str], found: Sequence[tuple[str, str]]) -> bool:
    """The same days; where a duration back from now is annotated (P3Y), a peer's span of that length."""
    length = _BACK.fullmatch(bounds[0])
    if not length:
        return bounds in found
    wanted = int(length[1]) * {"Y": 365.25, "M": 30.44, "D": 1}[length[2]]
    spans = [_length(one) for one in found if one != bounds]
    return bounds in found or any(abs(span - wanted) <= max(2, wanted / 100) for span in spans)


def _length(span: tuple[str, str]) -> float:
    try:
        first, last = (datetime.date.fromisoformat(day) for day in span)
    except ValueError:
        return -1.0
    return float((last - first).days + 1)


def _number(value: Any) -> Any:
    return [*map(_number, value)] if isinstance(value, (list, tuple)) else value and round(float(value), 6)


def matched(wanted: Sequence[Finding], found: Sequence[Finding], alike: Callable[[Finding, Finding], bool]) -> int:
    """The longest run of pairs in the order of the text."""
    best = [0] * (len(found) + 1)
    for one in reversed(wanted):
        row = [0] * (len(found) + 1)
        for j in range(len(found) - 1, -1, -1):
            row[j] = best[j + 1] + 1 if alike(one, found[j]) else max(best[j], row[j + 1])
        best = row
    return best[0]


def judged(kind: str, texts: Iterable[Annotated], find: Find) -> Figure:
    hits = near = wanted = count = 0
    for text in texts:
        facts, found = text.facts[kind], find(text.text, text.today)
        hits += matched(facts, found, lambda a, b: same(kind, a, b))
        near += matched(facts, found, lambda a, b: same(kind, a, b, near=True))
        wanted += len(facts)
        count += len(found)
    return Figure(hits, near, wanted, count)


def passed(kind: str, cases: Iterable[Annotated], find: Find) -> tuple[int, int]:
    """Cases whose every fact is found, and nothing else where the case is complete."""
    good = total = 0
    for case in cases:
        if kind in case.facts:
            facts, found = case.facts[kind], find(case.text, case.today)
            right = matched(facts, found, lambda a, b: same(kind, a, b)) == len(facts)
            good += right and (not case.complete or len(found) == len(facts))
            total += 1
    return good, total


def documents(data: Path) -> Iterator[Annotated]:
    """The annotated documents of `data`, else the samples; as this project has cleaned them."""
    if (data / "gold").is_dir():
        golds = sorted(path for path in (data / "gold").glob("*.json") if not path.name.startswith("compare-"))
        sources = [(path, next((data / "corpus").glob(f"{path.stem}.*"))) for path in golds]
    else:
        golds = sorted(SAMPLES.glob("*.json"))
        sources = [(path, next(p for p in sorted(SAMPLES.glob(f"{path.stem}.*")) if p != path)) for path in golds]
    for gold, source in sources:
        report = extractor.extract(source)
        facts = json.loads(gold.read_text("utf-8"))
        kept = {kind: [_neutral(one) for one in facts[kind] if not one.get("cell")] for kind in KINDS}
        yield Annotated(source.name, "\n".join(map(prose, report.documents)), _today(report), kept)


def prose(document: Document) -> str:
    """The text of a document without its tables: they are annotated apart."""
    held = list(document.text)
    for run in document.runs:
        if run.cell:
            held[run.at : run.at + run.end - run.start] = [""] * (run.end - run.start)
    return "".join(held)


def _today(report: Report) -> datetime.date:
    years = [document.year for document in report.documents if document.year]
    return datetime.date(years[0] if years else 2024, 12, 31)


def cases(data: Path) -> Iterator[Annotated]:
    """One text a line of peers/cases*.jsonl, each about one kind."""
    names = {"date": "dates", "quantity": "quantities", "heading": "headings"}
    for path in sorted((data / "peers").glob("cases*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            today = datetime.date(*_filled(case["reference_date"] or "2024-12-31"))
            facts = [_accepted(_neutral(one), one.get("accept", {})) for one in case["expected"]]
            whole = all("value" in one for one in case["expected"])
            if whole or case["kind"] == "heading":
                yield Annotated(case["id"], case["input"], today, {names[case["kind"]]: facts}, case["complete"])


def _accepted(fact: Finding, accept: dict[str, list[Any]]) -> Finding:
    """The other values that a case takes for as good."""
    if "bounds" in fact:
        return {**fact, "bounds": [*fact["bounds"], *map(days, accept.get("value", ()))]}
    return {**fact, "accept": accept.get("value", ())}


def _filled(date: str) -> tuple[int, int, int]:
    year, month, day = (int(part) for part in (*date.split("-"), "12", "28")[:3])
    return year, month, day


KINDS = ("dates", "quantities", "headings")


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
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--out", type=Path, default=HERE / "RESULTS.md")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)  # jionlp prints the traceback of every word that is no date
    work.warm(work.Settings())
    texts, tests = [*documents(args.data)], [*cases(args.data)]
    text = max(texts, key=lambda one: len(one.text) if one.name.endswith(".txt") else 0).text
    parts = [
        f"Measured on {machine()}; load {os.getloadavg()[0]:.1f} at the start.",
        f"{len(texts)} annotated documents: {', '.join(one.name for one in texts)}; {len(tests)} cases of peers' own tests.",
        "\n## Accuracy\n", *accuracy(texts, tests),
        f"\n## Speed, on {len(text):,} characters of report text, one thread\n", *speed(text),
        "\n## Memory\n", *memory(text),
    ]  # fmt: skip
    args.out.write_text("# Results\n\n" + "\n".join(parts) + "\n", "utf-8")
    print(args.out.read_text("utf-8"))


if __name__ == "__main__":
    sys.exit(main())
