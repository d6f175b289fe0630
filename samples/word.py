"""A master as an office types it in Word (GB/T 9704): automatic numbers, a table, a running header, page numbers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from masters import WRITTEN, lead, level, packed, paragraphs

REVISED = ("移交立行立改问题", "5个", "4个")  # after these words one figure was deleted, another put in
_WIDTHS = (14, 36, 50, 22, 20, 14)  # of the table's columns, in mm
_STYLES = {1: "公文一级", 2: "公文二级"}
_FACES = ("仿宋_GB2312", "黑体", "楷体_GB2312")  # of the text, of headings of the first and the second level
_PRINTED = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Serif CJK SC")  # where those are not installed


def word(name: str, header: str, author: str, final: bool = False) -> bytes:
    """Numbers are automatic, rows with `|` are a table, one figure is a tracked change.

    `final`: ready to be printed on any machine, the change accepted, the faces free ones.
    """
    import docx

    document = docx.Document()
    _properties(document, paragraphs(name)[0], author)
    faces = _PRINTED if final else _FACES
    _paper(document, faces[0])
    _numbering(document, faces[1:])
    _header_and_footer(document.sections[0], header)
    table: list[list[str]] = []
    for i, paragraph in enumerate(paragraphs(name)):
        if "|" in paragraph:
            table.append(paragraph.split("|"))
            continue
        if table:
            _table(document, table)
            table = []
        _paragraph(document, paragraph, i == 0, tracked=not final)
    stream = io.BytesIO()
    document.save(stream)
    return _fixed(stream.getvalue())


def _properties(document: Any, title: str, author: str) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, author, ""
    properties.created = properties.modified = WRITTEN


def _paper(document: Any, face: str) -> None:
    """A4, 22 rows of 28 characters."""
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    style = document.styles["Normal"]
    style.font.size = Pt(16)
    _face(style, face)
    style.paragraph_format.line_spacing, style.paragraph_format.space_after = Pt(28), Pt(0)


def _face(style: Any, name: str) -> None:
    style.font.name = name if name in _PRINTED else "Times New Roman"
    style.element.get_or_add_rPr().get_or_add_rFonts().set(_w("eastAsia"), name)


def _numbering(document: Any, faces: Iterable[str]) -> None:
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
    for (depth, label), face in zip(_STYLES.items(), faces, strict=True):
        style = document.styles.add_style(label, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.element.set(_w("styleId"), f"GW{depth}")
        style.element.get_or_add_pPr().append(_number(depth - 1))
        _face(style, face)


def _number(ilvl: int) -> Any:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{ilvl}"/><w:numId w:val="1"/></w:numPr>')


def _paragraph(document: Any, whole: str, is_title: bool, tracked: bool) -> None:
    from docx.shared import Pt

    depth, rest = level(whole)
    paragraph = document.add_paragraph(style=_STYLES.get(depth, "Normal"))
    if depth > 2:
        paragraph._p.get_or_add_pPr().append(_number(depth - 1))
    if is_title:
        paragraph.alignment = 1
    else:
        paragraph.paragraph_format.first_line_indent = Pt(32)
    first, body = lead(rest) if depth else ("", rest)
    if first:
        paragraph.add_run(first).bold = True
    words, deleted, inserted = REVISED
    before, change, after = body.partition(words + inserted if tracked else "\n")
    run = paragraph.add_run(before + words if change else before)
    if is_title:
        run.bold, run.font.size = True, Pt(22)
    if change:
        _change(paragraph, deleted, inserted)
        paragraph.add_run(after)


def _change(paragraph: Any, deleted: str, inserted: str) -> None:
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
    from docx.shared import Mm, Pt

    header, *rest = rows
    table = document.add_table(rows=0, cols=len(header), style="Table Grid")
    table.autofit = False
    for row in (header, *rest):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
            cell.paragraphs[0].paragraph_format.line_spacing = Pt(16)
            cell.paragraphs[0].runs[0].font.size = Pt(12)
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        for sized in (column, *column.cells):
            sized.width = Mm(width)


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    found: str = qn(f"w:{name}")
    return found


def _fixed(raw: bytes) -> bytes:
    """The same package with fixed dates, so that a second run gives the same bytes."""
    with zipfile.ZipFile(io.BytesIO(raw)) as old:
        names = sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        return packed({name: old.read(name) for name in names})
