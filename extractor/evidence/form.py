"""A Word form: A4, ruled tables, 宋体 for what is printed on the form and 仿宋 for what is filled in.

Everything that would tell one run from the next (dates, names, the clock in the zip) is fixed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
import regex
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from extractor.evidence.zipping import zipped

Document = Any  # python-docx has no types for mypy here
Cell = Any
Paragraph = Any

FORM, FILLED = "宋体", "仿宋"
WIDTH = 16.2  # cm of text on a line
TALLEST = 19.0  # cm of a picture
_EPOCH = datetime(1980, 1, 1)
_NO_XML = regex.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLES = ("Normal Table", "Table Grid")
CENTRE, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


def blank(title: str, header: str) -> Document:
    """An empty paper with `header` above and 第 1 页 共 9 页 below every page."""
    paper = docx.Document()
    _shed(paper)
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.6), Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.0)
    style = paper.styles["Normal"]
    style.font.size = Pt(10.5)
    _font(style.element.get_or_add_rPr(), FILLED)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.15
    properties = paper.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title, properties.created, properties.modified = plain(title), _EPOCH, _EPOCH
    write(section.header.paragraphs[0], header, font=FORM, size=9, align=RIGHT)
    foot = write(section.footer.paragraphs[0], "第 ", font=FORM, size=9, align=CENTRE)
    _field(foot, "PAGE")
    write(foot, " 页　共 ", font=FORM, size=9)
    _field(foot, "NUMPAGES")
    write(foot, " 页", font=FORM, size=9)
    return paper


def _shed(paper: Document) -> None:
    """The template brings a hundred styles of tables and two parts for old programs, ten times the paper itself."""
    for style in list(paper.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in _STYLES:
            style.delete()
    for part in (paper.part, paper.part.package):
        for key in [key for key, one in part.rels.items() if one.reltype.endswith(("stylesWithEffects", "thumbnail"))]:
            del part.rels[key]


def saved(paper: Document) -> bytes:
    """The bytes of the .docx; what python-docx packs anew has the clock in it, and hangs on the version of zlib."""
    written = io.BytesIO()
    paper.save(written)
    with zipfile.ZipFile(written) as made:
        return zipped(((name, made.read(name)) for name in made.namelist()), packed=False)


def plain(text: str) -> str:
    """What XML can hold: a control character of the source becomes �."""
    return str(_NO_XML.sub("\ufffd", text))


def write(
    paragraph: Paragraph,
    text: str,
    *,
    font: str | None = None,
    size: float | None = None,
    bold: bool = False,
    underline: bool = False,
    colour: str | None = None,
    align: Any = None,
) -> Paragraph:
    """Add words to a paragraph."""
    run = paragraph.add_run(plain(text))
    run.bold, run.underline = bold or None, underline or None
    if size:
        run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    if font:
        _font(run._r.get_or_add_rPr(), font)
    if align is not None:
        paragraph.alignment = align
    return paragraph


def table(paper: Document, widths: Sequence[float], rows: int) -> Any:
    """A ruled table of fixed columns, in cm."""
    made = paper.add_table(rows, len(widths))
    made.style, made.autofit, made.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    _padded(made)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return made


def _padded(made: Any) -> None:
    """Some air between what is written and the lines above and below it."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "60")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    made._tbl.tblPr.append(margins)


def tall(row: Any, height: float) -> None:
    """At least `height` cm, and not broken by the end of a page."""
    row.height, row.height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeated(row: Any) -> None:
    """A head that stands on every page of its table."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def label(cell: Cell, text: str, size: float = 10.5) -> None:
    write(cell.paragraphs[0], text, font=FORM, size=size, bold=True, align=CENTRE)


def line(cell: Cell, first: bool = False) -> Paragraph:
    """The next paragraph of a cell; its `first` is there already."""
    return cell.paragraphs[0] if first else cell.add_paragraph()


def _field(paragraph: Paragraph, code: str) -> None:
    for kind in ("begin", None, "separate", "1", "end"):
        run = paragraph.add_run()
        run.font.size = Pt(9)
        _font(run._r.get_or_add_rPr(), FORM)
        if kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {code} "
            run._r.append(instruction)
        elif kind == "1":
            run.text = kind
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _font(properties: Any, name: str) -> None:
    """Chinese and Latin letters alike; `hint` keeps “” — … from being set in a Latin face."""
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)
    fonts.set(qn("w:hint"), "eastAsia")
