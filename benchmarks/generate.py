"""An archive of made-up reports, for tests of load.

    python benchmarks/generate.py OUT --reports 20000 [--formats txt,md,docx,html,ofd,pdf,doc] [--broken 0.01] [--copies 0] [--seed 1]

OUT/BODY/YEAR/NAME.FORMAT, formats in turn. `--broken` is the share of files that no program can read, `--copies`
that of files with the bytes of another; no other two have the same. The same arguments give the same bytes, but for
.doc and .pdf, which LibreOffice makes.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import varied

sys.path.append(str(Path(__file__).parent.parent / "samples"))

import make
import masters
import office
from ofd import ofd
from web import web_page
from word import word

SITE = "政府门户网站"
TOGETHER = 50  # files that one start of LibreOffice converts

FORMATS: dict[str, Callable[[varied.Report], bytes]] = {
    "txt": lambda report: make.plain(report.name, ("utf-8", "gb18030")[report.number % 2]),
    "md": lambda report: make.markdown(report.name, SITE, f"{report.year}-12-01"),
    "docx": lambda report: word(report.name, f"{report.body}材料", report.body),
    "html": lambda report: web_page(report.name, SITE, report.body, f"{report.year}-12-01 09:00", ("信息公开", "报告")),
    "ofd": lambda report: ofd(report.name, f"{report.body}材料"),
}
CONVERTED = ("doc", "pdf")  # from Word
BROKEN: tuple[Callable[[bytes], tuple[str, bytes]], ...] = (
    lambda noise: ("docx", b"PK\x03\x04" + noise),
    lambda noise: ("pdf", b"%PDF-1.7\n" + noise),
    lambda noise: ("txt", b"\0\1\2" + noise),
    lambda noise: ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise),
)


def generate(
    out: Path, reports: int, formats: Iterable[str] = ("txt",), broken: float = 0.0, copies: float = 0.0, seed: int = 1
) -> list[Path]:
    """Write the archive; the paths of its files."""
    wanted = tuple(formats)
    numbers = iter(range(reports))
    paths: list[Path] = []
    while batch := list(islice(numbers, TOGETHER * len(wanted))):
        with _texts(varied.report(number, seed) for number in batch) as told:
            paths += [_written(out / path, data) for path, data in _files(told, wanted, broken, copies, seed)]
    return paths


@contextmanager
def _texts(reports: Iterable[varied.Report]) -> Iterator[list[varied.Report]]:
    """The reports, their texts where the makers of samples look for one by its name."""
    told = list(reports)
    before = masters.TEXTS
    with tempfile.TemporaryDirectory() as folder:
        masters.TEXTS = Path(folder)
        for report in told:
            (masters.TEXTS / f"{report.name}.txt").write_text(
                "".join(f"{line}\n" for line in report.paragraphs), "utf-8"
            )
        try:
            yield told
        finally:
            masters.TEXTS = before


def _files(
    reports: Iterable[varied.Report], formats: tuple[str, ...], broken: float, copies: float, seed: int
) -> Iterator[tuple[Path, bytes]]:
    to_convert: dict[str, dict[Path, bytes]] = {}
    last: dict[str, bytes] = {}
    for report in reports:
        format, chance = formats[report.number % len(formats)], random.Random(f"{seed}/file/{report.number}")
        path = Path(report.body) / str(report.year) / f"{report.name}.{format}"
        drawn = chance.random()
        if drawn < broken:
            suffix, data = chance.choice(BROKEN)(chance.randbytes(2000))
            yield path.with_suffix(f".{suffix}"), data
        elif drawn < broken + copies and format in last:
            yield path, last[format]
        elif format in CONVERTED:
            made = word(report.name, f"{report.body}材料", report.body, final=True)
            to_convert.setdefault(format, {})[path] = made
        else:
            last[format] = FORMATS[format](report)
            yield path, last[format]
    for format, held in to_convert.items():
        yield from zip(held, office.converted_all(list(held.values()), format), strict=True)


def _written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--reports", type=int, required=True)
    parser.add_argument("--formats", default="txt", help="comma-separated, in turn")
    parser.add_argument("--broken", type=float, default=0.0, help="share of files")
    parser.add_argument("--copies", type=float, default=0.0, help="share of files")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    formats = args.formats.split(",")
    if unknown := [name for name in formats if name not in (*FORMATS, *CONVERTED)]:
        parser.error(f"no format: {', '.join(unknown)}; there are {', '.join((*FORMATS, *CONVERTED))}")
    print(
        f"{len(generate(args.out, args.reports, formats, args.broken, args.copies, args.seed)):,} files in {args.out}"
    )


if __name__ == "__main__":
    main()
