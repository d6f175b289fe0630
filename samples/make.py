"""Writes the sample reports from their texts: `python samples/make.py`.

Every report under reports/ is made from a master under texts/: one paragraph a line, markers typed, table rows
with `|`. The same texts and this file give the same bytes. A new format is one function from master to bytes
and a line in SAMPLES.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TEXTS = HERE / "texts"
REPORTS = HERE / "reports"
MARKERS = (r"[一二三四五六七八九十]+、", r"（[一二三四五六七八九十]+）", r"\d+\.", r"（\d+）")  # levels 1 to 4
REVISED = ("移交立行立改问题", "5个", "4个")  # in Word: after these words one figure was deleted, another put in
WRITTEN = datetime.datetime(2023, 11, 10, 9, 0, 0)  # the date that every generated file says it was saved


def paragraphs(name: str) -> list[str]:
    """The paragraphs of a master."""
    return (TEXTS / f"{name}.txt").read_text("utf-8").splitlines()


def level(paragraph: str) -> tuple[int, str]:
    """The level that a paragraph's marker has (0: none) and the paragraph without its marker."""
    for i, marker in enumerate(MARKERS, 1):
        if match := re.match(marker, paragraph):
            return i, paragraph[match.end() :]
    return 0, paragraph


def lead(words: str) -> tuple[str, str]:
    """The words of a numbered paragraph cut into its title and the body that follows on the same line."""
    match = re.match(r"“.+?”问题(?:整改情况：)?|[^。]+。(?=.)", words)
    return (words[: match.end()], words[match.end() :]) if match else (words, "")


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


def web_copy(name: str, appended: str, site: str, title: str, published: str, chunk: int = 340) -> bytes:
    """As a document-sharing site shows it: paragraphs run together, a counter where it cuts, its furniture around."""
    text = "".join(paragraphs(name)) + "以下内容供阅读：" + "".join(paragraphs(appended))
    chunks = [text[i : i + chunk] for i in range(0, len(text), chunk)]
    head = [
        f"您的位置：首页 > {site} > 工作报告 > 整改报告",
        f"《{title}.docx》由会员分享，可在线阅读，更多相关《{title}.docx（12页珍藏版）》请在{site}上搜索。",
        f"来源：{site}　发布时间：{published}　浏览次数：356",
        *("下载", "打印", "收藏", "分享到："),
    ]
    body: list[str] = []
    for i, words in enumerate(chunks, 1):
        body.append(f"{i}、{words}")
        if i % 3 == 0:
            body.append(f"第 {i // 3} 页 共 {len(chunks) // 3} 页")
    foot = [
        "上一篇：2022年度机关后勤服务工作要点",
        "下一篇：关于做好冬季用水保障的温馨提示",
        f"Copyright © 2015-2022 {site} 版权所有 未经许可不得转载",
    ]
    return "".join(f"{line}\n" for line in (*head, *body, *foot)).encode()


def word(name: str, header: str) -> bytes:
    """As Word writes it: numbers are automatic, rows with `|` are a table, one figure is a tracked change."""
    import docx

    document = docx.Document()
    _properties(document, paragraphs(name)[0])
    _numbering(document)
    _header_and_footer(document.sections[0], header)
    table: list[list[str]] = []
    for i, paragraph in enumerate(paragraphs(name)):
        if "|" in paragraph:
            table.append(paragraph.split("|"))
            continue
        if table:
            _table(document, table)
            table = []
        _paragraph(document, paragraph, centred=i == 0)
    stream = io.BytesIO()
    document.save(stream)
    return _fixed_zip(stream.getvalue())


def _properties(document: Any, title: str) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "岚溪县水务局办公室", ""
    properties.created = properties.modified = WRITTEN


def _numbering(document: Any) -> None:
    """One list of four levels; the first two are reached through styles, the others by each paragraph itself."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    formats = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）"))  # fmt: skip
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        + (f'<w:pStyle w:val="GW{i + 1}"/>' if i < 2 else "")
        + f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (kind, text) in enumerate(formats)
    )
    root = document.part.numbering_part.element
    for old in list(root):
        root.remove(old)
    root.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'))  # fmt: skip
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="1"><w:abstractNumId w:val="0"/></w:num>'))
    for i, label in enumerate(("公文一级", "公文二级")):
        style = document.styles.add_style(label, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(_w("styleId"), f"GW{i + 1}")
        style.element.get_or_add_pPr().append(_number(i))


def _number(ilvl: int) -> Any:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{ilvl}"/><w:numId w:val="1"/></w:numPr>')


def _paragraph(document: Any, whole: str, centred: bool) -> None:
    depth, rest = level(whole)
    paragraph = document.add_paragraph(style={1: "公文一级", 2: "公文二级"}.get(depth, "Normal"))
    if centred:
        paragraph.alignment = 1
    if depth > 2:
        paragraph._p.get_or_add_pPr().append(_number(depth - 1))
    first, body = lead(rest) if depth else ("", rest)
    if first:
        paragraph.add_run(first).bold = True
    words, deleted, inserted = REVISED
    before, change, after = body.partition(words + inserted)
    paragraph.add_run(before + words if change else before).bold = centred or None
    if change:
        _tracked(paragraph, deleted, inserted)
        paragraph.add_run(after)


def _tracked(paragraph: Any, deleted: str, inserted: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    by = f'{nsdecls("w")} w:author="办公室" w:date="{WRITTEN.isoformat()}Z"'
    paragraph._p.append(parse_xml(f'<w:del {by} w:id="1"><w:r><w:delText>{deleted}</w:delText></w:r></w:del>'))
    paragraph._p.append(parse_xml(f'<w:ins {by} w:id="2"><w:r><w:t>{inserted}</w:t></w:r></w:ins>'))


def _header_and_footer(section: Any, header: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    section.header.paragraphs[0].text = header
    footer = section.footer.paragraphs[0]
    footer.add_run("— ")
    footer._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    footer.add_run(" —")


def _table(document: Any, rows: Iterable[list[str]]) -> None:
    header, *rest = rows
    table = document.add_table(rows=0, cols=len(header), style="Table Grid")
    for row in (header, *rest):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    found: str = qn(f"w:{name}")
    return found


def _fixed_zip(raw: bytes) -> bytes:
    """The same members with one fixed date, so that a second run gives the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return stream.getvalue()


SAMPLES: dict[str, Callable[[], bytes]] = {
    "rectification-lanxi-water-2021.txt": lambda: plain("rectification-lanxi-water-2021", "gb18030"),
    "rectification-lanxi-water-2022.txt": lambda: web_copy(
        "rectification-lanxi-water-2022", appended="speech-volunteers-2022", site="桐叶文库",
        title="岚溪县水务局党组关于县委巡察“回头看”整改情况的报告", published="2022-12-20 09:15",
    ),
    "rectification-lanxi-water-2023.docx": lambda: word(
        "rectification-lanxi-water-2023", header="涉水领域专项巡察整改材料"
    ),
    "work-report-lanxi-2022.md": lambda: markdown("work-report-lanxi-2022", "岚溪县人民政府门户网站", "2022-01-18"),
    "work-report-lanxi-2023.txt": lambda: plain("work-report-lanxi-2023"),
}  # fmt: skip


def main() -> None:
    REPORTS.mkdir(exist_ok=True)
    for name, make in SAMPLES.items():
        (REPORTS / name).write_bytes(make())


if __name__ == "__main__":
    main()
