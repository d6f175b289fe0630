"""审计取证单: a cover that lists the sheets, then a sheet for each check, with lines to be filled in and signed by hand."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from docx.image.image import Image
from docx.shared import Cm, Pt

from extractor.checks.ground import Kind
from extractor.evidence import form
from extractor.evidence.form import CENTRE, FORM, LEFT, RIGHT, WIDTH, label, line, table, tall, write
from extractor.evidence.records import Quote, Sheet
from extractor.terms import OUTCOME

_LABEL, _HALF = 3.0, 5.1  # cm: a label, and one of two fields on a row
_GREY = "595959"
_DATE = "　　　　年　　月　　日"
_NOTES = (
    "说明：1. 本单由程序依所附规则从原始文件中摘录并核算，引文（粗体）与原文逐字一致，灰色为前后文；未经审计人员核实、签字，不作为审计证据。",
    "　　　2. 证据提供单位意见栏填写不下的，可以另附说明。　3. 空白栏由经办人员填写。",
)


KINDS: dict[Kind, str] = {
    "total": "问题总数与逐条所列问题的核对",
    "listed": "所称件数与所列文件的核对",
    "parts": "总数与其各部分的核对",
    "rate": "完成率与所列数字的核对",
    "numbering": "序号连续性的核对",
    "off-calendar": "日期真实性的核对",
    "after-report": "办理日期与落款日期的核对",
    "range": "起讫日期先后的核对",
    "unanswered": "问题与整改措施的核对",
    "annex": "所提附件与文后附件的核对",
    "placeholder": "未填写之处的核对",
    "table-sum": "表中合计与各部分之和的核对",
    "table-tree": "表中上级科目与下级科目的核对",
    "table-relation": "表中勾稽关系的核对",
    "table-total": "文中总计与表中总计的核对",
    "compared": "所称大小与所列数字的核对",
}


class Basis(NamedTuple):
    """What all sheets of a paper stand on."""

    name: str
    format: str
    size: int
    sha256: str
    result_sha256: str
    rules_version: str
    own_rules: Sequence[str]
    program: str


def paper(basis: Basis, sheets: Sequence[Sheet], pictures: Mapping[str, bytes]) -> bytes:
    made = form.blank(f"审计取证单 {basis.name}", "审计取证单")
    _cover(made, basis, sheets)
    for sheet in sheets:
        _sheet(made, basis, sheet, len(sheets), pictures)
    return form.saved(made)


def _cover(made: Any, basis: Basis, sheets: Sequence[Sheet]) -> None:
    _title(made, "审计取证单目录")
    titles = "；".join(dict.fromkeys(f"《{sheet.title}》" for sheet in sheets if sheet.title))
    facts = [
        ("项目名称", ""),
        ("取证文件", f"{basis.name}（{basis.format}，{basis.size:,} 字节）"),
        ("文件标题", titles),
        ("SHA-256", basis.sha256),
        ("规则与程序", _made_with(basis)),
        ("取证单", f"共 {len(sheets)} 张"),
    ]
    grid = table(made, (_LABEL, WIDTH - _LABEL), len(facts))
    for row, (name, value) in zip(grid.rows, facts, strict=True):
        label(row.cells[0], name)
        write(row.cells[1].paragraphs[0], value)
        tall(row, 0.8)
    made.add_paragraph()
    _listed(made, sheets)
    made.add_paragraph()
    ends = table(made, (_LABEL, _HALF, _LABEL, _HALF), 2)
    _signed(ends.rows[0], "审计人员", "编制日期")
    _signed(ends.rows[1], "复核人员", "复核日期")


def _listed(made: Any, sheets: Sequence[Sheet]) -> None:
    heads = ("编号", "审计（调查）事项", "原文所称", "核对所得", "结论", "原文所在")
    grid = table(made, (1.6, 4.6, 2.9, 2.9, 1.4, 2.8), len(sheets) + 1)
    form.repeated(grid.rows[0])
    for cell, head in zip(grid.rows[0].cells, heads, strict=True):
        label(cell, head)
    for row, sheet in zip(grid.rows[1:], sheets, strict=True):
        values = (
            sheet.number, _kind(sheet), sheet.stated, sheet.found, OUTCOME[sheet.outcome], sheet.quotes[0].where
        )  # fmt: skip
        for at, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
            write(cell.paragraphs[0], value, size=9.5, align=CENTRE if at in (0, 4) else LEFT)
        tall(row, 0.8)


def _sheet(made: Any, basis: Basis, sheet: Sheet, count: int, pictures: Mapping[str, bytes]) -> None:
    _title(made, "审计取证单").paragraph_format.page_break_before = True
    turn = int(sheet.number.rpartition("-")[2])
    head = write(made.add_paragraph(), f"编号：{sheet.number}　　第 {turn} 张（共 {count} 张）", font=FORM, align=RIGHT)
    head.paragraph_format.space_after = Pt(3)
    grid = table(made, (_LABEL, _HALF, _LABEL, _HALF), 8)
    _named(grid.rows[0], "项目名称", "")
    _named(grid.rows[1], "被审计（调查）\n单位", sheet.issuer or "")
    _named(grid.rows[2], "审计（调查）\n事项", f"《{sheet.title}》：{_kind(sheet)}" if sheet.title else _kind(sheet))
    body = _wide(grid.rows[3], "审计（调查）\n事项摘要")
    _summary(body, basis, sheet)
    _attached(_wide(grid.rows[4], "附件"), basis, sheet)
    _signed(grid.rows[5], "审计人员", "编制日期")
    _signed(grid.rows[6], "复核人员", "复核日期")
    _opinion(grid.rows[7])
    for note in _NOTES:
        write(made.add_paragraph(), note, font=FORM, size=9)
    _shown(made, sheet, pictures)


def _title(made: Any, words: str) -> Any:
    paragraph = write(made.add_paragraph(), words, font=FORM, size=20, bold=True, align=CENTRE)
    paragraph.paragraph_format.space_after = Pt(6)
    return paragraph


def _kind(sheet: Sheet) -> str:
    return dict(KINDS).get(sheet.kind, sheet.rule)  # type: ignore[call-overload, no-any-return]


def _named(row: Any, name: str, value: str) -> None:
    write(_wide(row, name).paragraphs[0], value)
    tall(row, 0.95)


def _wide(row: Any, name: str) -> Any:
    """The field right of a label that fills the row."""
    label(row.cells[0], name)
    return row.cells[1].merge(row.cells[3])


def _summary(cell: Any, basis: Basis, sheet: Sheet) -> None:
    stated, compared = sheet.quotes[0], sheet.quotes[1:]
    _headed(cell, "一、报告所述（原文引用）", first=True)
    _quoted(cell, stated, "")
    _headed(cell, "二、核对所得")
    _said(cell, sheet.message or OUTCOME[sheet.outcome])
    _said(cell, f"原文所称：{sheet.stated or '—'}；核对所得：{sheet.found or '—'}；结论：{OUTCOME[sheet.outcome]}。")
    _headed(cell, "三、算式：", sheet.arithmetic or "本项核对不涉及计算。")
    if compared:
        _headed(cell, f"四、据以核对的原文（共 {len(compared)} 处）")
        for number, quote in enumerate(compared, 1):
            _quoted(cell, quote, f"（{number}）")
    rule = f"checks.toml 之 {sheet.rule}；{_made_with(basis)}；核对项指纹 {sheet.fingerprint}。"
    _headed(cell, f"{'五' if compared else '四'}、依据：", f"原始文件见附件 1；规则 {rule}")


def _headed(cell: Any, words: str, more: str = "", first: bool = False) -> None:
    paragraph = write(line(cell, first), words, font=FORM, bold=True)
    write(paragraph, more)
    paragraph.paragraph_format.space_before = Pt(0 if first else 3)
    paragraph.paragraph_format.keep_with_next = not more


def _said(cell: Any, words: str) -> None:
    write(line(cell), words).paragraph_format.first_line_indent = Cm(0.74)


def _quoted(cell: Any, quote: Quote, number: str) -> None:
    """The words in bold between those around them in grey, and their place."""
    paragraph = line(cell)
    paragraph.paragraph_format.first_line_indent = Cm(0.74)
    write(paragraph, number)
    write(paragraph, quote.before, colour=_GREY)
    write(paragraph, quote.text, bold=True, underline=quote.role == "stated")
    write(paragraph, quote.after, colour=_GREY)
    labels = f"；{' / '.join(quote.labels)}" if quote.labels else ""
    write(paragraph, f"　〔{quote.where}{labels}〕", font=FORM, size=9)


def _shown(made: Any, sheet: Sheet, pictures: Mapping[str, bytes]) -> None:
    """The strips of the pages, below the form that is signed."""
    if not sheet.pictures:
        return
    words = f"{sheet.number} 附图：页面截图（红框为报告所述，蓝框为据以核对的原文）"
    head = write(made.add_paragraph(), words, font=FORM, bold=True)
    head.paragraph_format.space_before, head.paragraph_format.keep_with_next = Pt(10), True
    for picture in sheet.pictures:
        data = pictures[picture.member]
        caption = write(made.add_paragraph(), f"第 {picture.page} 页　{picture.member}", font=FORM, size=9)
        caption.paragraph_format.space_before, caption.paragraph_format.keep_with_next = Pt(4), True
        shape = made.add_paragraph()
        shape.alignment = CENTRE
        shape.add_run().add_picture(io.BytesIO(data), width=_fitting(data))


def _fitting(data: bytes) -> Any:
    """The width of a page, or less where the picture would be too tall for it."""
    image = Image.from_blob(data)
    return Cm(min(WIDTH - 0.4, form.TALLEST * image.px_width / image.px_height))


def _attached(cell: Any, basis: Basis, sheet: Sheet) -> None:
    listed = [
        f"原始文件 {basis.name}（SHA256：{basis.sha256}）",
        f"识别结果 result.json（SHA256：{basis.result_sha256}）",
        f"摘录及位置 spans.json（{sheet.number}）",
        *([f"页面截图 {len(sheet.pictures)} 幅，见附图（pages/{sheet.number}-*.png）"] if sheet.pictures else []),
        "规则文件 rules/" + ("".join(f"、own-rules/{name}" for name in basis.own_rules)),
    ]
    for number, words in enumerate(listed, 1):
        write(line(cell, number == 1), f"{number}. {words}", size=9)
    if not sheet.pictures:
        write(line(cell), "取证文件不分页，或其页面不能在此绘出，以引文的前后文代替页面截图。", size=9)


def _signed(row: Any, who: str, when: str) -> None:
    label(row.cells[0], who)
    label(row.cells[2], when)
    write(row.cells[3].paragraphs[0], _DATE, font=FORM, align=CENTRE)
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    tall(row, 1.0)


def _opinion(row: Any) -> None:
    """Room to write in, for the seal and for the name."""
    cell = _wide(row, "证据提供\n单位意见")
    line(cell)
    for words, indent in (("（盖章）", 9.0), ("证据提供单位负责人（签名）：", 2.6), (f"日期：{_DATE}", 7.0)):
        paragraph = write(line(cell), words, font=FORM)
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.space_before = Cm(indent), Pt(6)
    tall(row, 3.2)


def _made_with(basis: Basis) -> str:
    own = f"（含自定规则 {'、'.join(basis.own_rules)}）" if basis.own_rules else ""
    return f"规则版本 {basis.rules_version}{own}，extractor {basis.program}"
