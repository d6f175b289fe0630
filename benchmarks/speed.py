"""The whole pipeline against its floor, warm, in one process and one run.

    python benchmarks/speed.py FILE... [--rounds N] [--profile] [--start] [--calls N]      FILE: .txt, .md, .docx or .pdf

The floor of a file is what no program of this kind can do without: read and unpack it, parse its XML or have pdfium
read its pages, run 60 patterns over its text, validate as many records as the pipeline found and write their JSON.
Times are the best of N rounds in ms of processor time; the ratio is what to trust. `--profile` adds the five functions
that cost most time of their own, `--start` what a new process takes for its first file, `--calls` how much memory so
many texts cost, one after another.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import pstats
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import regex
from lxml import etree
from pydantic import TypeAdapter

from extractor import pipeline, records, words
from extractor.rules import load
from extractor.writers.json import to_json

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
PATTERNS = [
    regex.compile(rf"\d{{1,{i % 4 + 1}}}(?:{a}|{b})")
    for i, (a, b) in enumerate((a, b) for a in "年月日个项次元万亿吨" for b in "人名户件场期")
]
SHORT = 1500  # characters of a text of which thousands are read
RECORDS = TypeAdapter(list[records.Quantity])


def characters(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith(b"%PDF"):
        return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "".join(node.text or "" for node in etree.fromstring(package.read("word/document.xml")).iter(W))


def floor(path: Path, rows: list[dict[str, object]]) -> bytes:
    text = characters(path)
    for pattern in PATTERNS:
        list(pattern.finditer(text))
    return RECORDS.dump_json(RECORDS.validate_python(rows))


def whole(path: Path) -> bytes:
    """As on a file seen for the first time: the words of its clauses are cut anew."""
    words.tag.cache_clear()
    return to_json(pipeline.extract(path, rules=load()))


def best(work: Callable[[], object], rounds: int) -> float:
    """The shortest of `rounds` runs, in ms."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return min(times)


def sample_rows(report: records.Report) -> list[dict[str, object]]:
    """As many plain rows as the report has records."""
    count = sum(len(getattr(report, kind)) for kind in ("headings", "dates", "quantities", "problems", "measures"))
    row = {
        "doc": 0, "text": "13个", "span": {"start": 1, "end": 4}, "rule": "count", "value": 13, "unit": "个",
        "source": [{"part": "body", "number": 1, "start": 1, "end": 4, "cell": None}], "dimension": "count",
        "modifier": None, "noun": "宣讲团", "confidence": 0.9, "cell": None,
    }  # fmt: skip
    return [row] * count


def top(path: Path, count: int = 5) -> list[str]:
    profile = cProfile.Profile()
    profile.runcall(whole, path)
    stats = pstats.Stats(profile)
    rows = sorted(stats.stats.items(), key=lambda item: -item[1][2])[:count]  # type: ignore[attr-defined]
    total = stats.total_tt  # type: ignore[attr-defined]
    return [
        f"{own / total:6.1%}  {calls:>7} calls  {Path(file).name}:{line} {name}"
        for (file, line, name), (_, calls, own, _, _) in rows
    ]


FIRST = """
import sys, time
from extractor import pipeline
from extractor.writers.json import to_json
ready = time.process_time()
to_json(pipeline.extract_text(open(sys.argv[1], encoding="utf-8").read()))
print(round((time.process_time() - ready) * 1000), round(ready * 1000), *(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def started(text: str) -> str:
    """A new process: imports, then its first text."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        done = subprocess.run([sys.executable, "-c", FIRST, file.name], capture_output=True, text=True, check=True)
    first, imports, peak = done.stdout.split()
    return f"new process: imports {imports} ms, first text {first} ms, peak {int(peak) // 1024} MB"


def grown(text: str, calls: int) -> Iterator[str]:
    """Memory as texts go by, no two alike."""
    for i in range(calls + 1):
        if i % max(calls // 5, 1) == 0:
            yield f"after {i:>6} texts: {resident() // 1024} MB"
        pipeline.extract_text(f"{text}\n第{i}号附注：办结{i}件。", rules=load())


def resident() -> int:
    """kB of this process in memory."""
    return next(int(line.split()[1]) for line in Path("/proc/self/status").open() if line.startswith("VmRSS"))


class Timing(NamedTuple):
    """Characters and records of a file, and the ms of its floor and of the whole."""

    size: int
    records: int
    floor: float
    whole: float

    @property
    def ratio(self) -> float:
        return self.whole / self.floor


def timed(path: Path, rounds: int) -> Timing:
    report = pipeline.extract(path, rules=load())
    rows = sample_rows(report)
    low, high = best(lambda: floor(path, rows), rounds), best(lambda: whole(path), rounds)
    return Timing(sum(len(document.text) for document in report.documents), len(rows), low, high)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--start", action="store_true")
    parser.add_argument("--calls", type=int, default=0)
    args = parser.parse_args()
    print(f"{'file':44}{'characters':>11}{'records':>9}{'floor ms':>10}{'whole ms':>10}{'ratio':>7}{'ms/1000':>9}")
    for path in args.files:
        size, count, low, high = one = timed(path, args.rounds)
        print(
            f"{path.name:44}{size:>11,}{count:>9}{low:>10.1f}{high:>10.1f}{one.ratio:>7.1f}{1000 * high / size:>9.2f}"
        )
        for line in top(path) if args.profile else ():
            print(f"    {line}")
    text = characters(args.files[0])
    if args.start:
        print(started(text))
    for line in grown(text[:SHORT], args.calls) if args.calls else ():
        print(line)


if __name__ == "__main__":
    main()
