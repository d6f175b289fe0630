"""Writes the sample reports from their texts: `python samples/make.py [--office]`.

Every report under reports/ is made from a master under texts/. The same texts and this folder give the same bytes.
A new format is one function from master to bytes and a line in SAMPLES. The files of one text are twins: what is
read of them is the same.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import office
from masters import lead, level, paragraphs
from ofd import ofd
from web import web_copy, web_page
from word import word

REPORTS = Path(__file__).parent / "reports"


def plain(name: str, encoding: str = "utf-8") -> bytes:
    return "".join(f"{line}\n" for line in paragraphs(name)).encode(encoding)


def markdown(name: str, source: str, date: str) -> bytes:
    """As a site's export: front matter, `#` and `##` headings, leads in bold."""
    title, *rest = paragraphs(name)
    lines = ["---", f"title: {title}", f"source: {source}", f"date: '{date}'", "tags:", "- 政府工作报告", "---"]
    lines += [f"# {title}"]
    for paragraph in rest:
        depth, words = level(paragraph)
        marker = paragraph[: len(paragraph) - len(words)]
        first, body = lead(words)
        lines.append(f"## {paragraph}" if depth == 1 else f"**{marker}{first}**{body}" if depth else paragraph)
    return ("\n\n".join(lines[7:]).join(("\n".join(lines[:7]) + "\n\n", "\n"))).encode()


WATER, WORK = "rectification-lanxi-water-2023", "work-report-lanxi-2023"
HEADERS = {WATER: "涉水领域专项巡察整改材料", WORK: "岚溪县第十八届人民代表大会第二次会议文件"}
AUTHORS = {WATER: "岚溪县水务局办公室", WORK: "岚溪县人民政府办公室"}

SAMPLES: dict[str, Callable[[], bytes]] = {
    "feedback-lanxi-water-2022.txt": lambda: plain("feedback-lanxi-water-2022"),
    "rectification-lanxi-water-2021.txt": lambda: plain("rectification-lanxi-water-2021", "gb18030"),
    "rectification-lanxi-water-2022.txt": lambda: web_copy(
        "rectification-lanxi-water-2022", appended="speech-volunteers-2022", site="桐叶文库",
        title="岚溪县水务局党组关于县委巡察“回头看”整改情况的报告", published="2022-12-20 09:15",
    ),
    "rectification-lanxi-water-2023.html": lambda: web_page(
        WATER, "岚溪县人民政府门户网站", "岚溪县水务局", "2023-11-15 10:20", ("政府信息公开", "巡察整改")
    ),
    "work-report-lanxi-2022.md": lambda: markdown("work-report-lanxi-2022", "岚溪县人民政府门户网站", "2022-01-18"),
    "work-report-lanxi-2023.txt": lambda: plain(WORK),
    "work-report-lanxi-2023.html": lambda: web_page(
        WORK, "岚溪县人民政府门户网站", "岚溪县人民政府办公室", "2023-01-18 09:00", ("政府信息公开", "政府工作报告")
    ),
    **{f"{name}.docx": lambda name=name: word(name, HEADERS[name], AUTHORS[name]) for name in HEADERS},
    **{f"{name}.ofd": lambda name=name: ofd(name, HEADERS[name]) for name in HEADERS},
}  # fmt: skip
# Other programs make these, and another version of them other bytes: the files that are committed stay as they are
# until `python samples/make.py --office` writes them anew.
CONVERTED: dict[str, Callable[[], bytes]] = {
    **{f"{name}.doc": lambda name=name: office.converted(SAMPLES[f"{name}.docx"](), "doc") for name in HEADERS},
    **{f"{name}.pdf": lambda name=name: _pdf(name) for name in HEADERS},
    **{
        f"{name}-scan.pdf": lambda name=name: office.scanned((REPORTS / f"{name}.pdf").read_bytes()) for name in HEADERS
    },
}


def _pdf(name: str) -> bytes:
    return office.converted(word(name, HEADERS[name], AUTHORS[name], final=True), "pdf")


def main(arguments: Sequence[str]) -> None:
    REPORTS.mkdir(exist_ok=True)
    for name, make in SAMPLES.items():
        (REPORTS / name).write_bytes(make())
    if "--office" not in arguments:
        print(f"kept as they are: {', '.join(CONVERTED)}; --office writes them anew")
    elif not office.installed():
        sys.exit("LibreOffice is not installed: " + ", ".join(CONVERTED) + " stay as they are")
    else:
        for name, make in CONVERTED.items():
            (REPORTS / name).write_bytes(make())


if __name__ == "__main__":
    main(sys.argv[1:])
