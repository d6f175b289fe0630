"""A file that hangs its reader and one that crashes it, among --reports files: are both named, and all others read?

    python benchmarks/harm.py [--reports 2000] [--jobs 2]

On both engines, whose archives must be equal. The first is a text of 170 reports in one, which takes several times the
--timeout given here; the second a PDF that unpacks to 1 GB, on which pdfium breaks off (SIGABRT).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

import kill
import varied
from generate import generate

sys.path.append(str(Path(__file__).parent.parent / "tests"))

import hostile

LIMITS = ("--timeout", "2", "--memory", "1024")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder / "reports", args.reports - 2, seed=5)
        endless = "\n".join("\n".join(report.paragraphs) for report in varied.reports(170, seed=6))
        (folder / "reports" / "endless.txt").write_text(endless, "utf-8")
        (folder / "reports" / "crash.pdf").write_bytes(hostile.pdfs()["twice-deflated.pdf"][0])
        for engine in ("local", "dask"):
            began = time.monotonic()
            arguments = ("--format", "duckdb", "--engine", engine, "--jobs", args.jobs, *LIMITS)
            kill.wait(kill.start("extract", folder / "reports", "--out", folder / engine, *arguments))
            print(f"{engine}: {time.monotonic() - began:.0f} s", flush=True)
            tell(folder / engine)
        print("the archives", ", ".join(kill.differences(folder / "dask", folder / "local")) or "are equal")


def tell(out: Path) -> None:
    rows = [json.loads(line) for line in (out / "manifest.jsonl").read_text("utf-8").splitlines()]
    print(f"  {sum(row['status'] == 'ok' for row in rows):,} of {len(rows):,} done")
    for row in rows:
        if row["status"] != "ok":
            print(f"  {row['status']}: {row['path']}: {row['code']}: {row['message']}")


if __name__ == "__main__":
    main()
