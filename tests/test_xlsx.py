"""Excel workbooks: regions, merged and hidden cells, numbers as Excel shows them."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable

import docx_files
import openpyxl
import pytest
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from extractor import readers
from extractor.errors import ReadError
from extractor.readers.xlsx import sheets
from extractor.readers.xlsx.formats import shown
from extractor.source import Cell, CellRef, Source


def source(fill: Callable[[Worksheet], object], title: str = "收支表") -> Source:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    fill(sheet)
    out = io.BytesIO()
    book.save(out)
    return readers.read_bytes(out.getvalue(), "a.xlsx")


def rows(*values: tuple[object, ...]) -> Callable[[Worksheet], object]:
    return lambda sheet: [sheet.append(row) for row in values]


def places(found: Source) -> list[tuple[str, str, CellRef | None]]:
    return [(line.text, line.part, line.cell) for line in found.lines]


def test_title_unit_table_note() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(
            ("2023年度收支决算表",),
            (None, "单位：万元"),
            ("项目", "金额"),
            ("合计", 12.5),
            ("注：决算数含上年结转结余资金。",),
        )(sheet)
        sheet.merge_cells("A1:B1")
        sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=18), Alignment(horizontal="center")

    found = source(fill)
    assert places(found) == [
        ("收支表", "meta", None), ("2023年度收支决算表", "body", None), ("单位：万元", "body", None),
        ("项目", "cell", CellRef(0, 0, 0)), ("金额", "cell", CellRef(0, 0, 1)), ("合计", "cell", CellRef(0, 1, 0)),
        ("12.5", "cell", CellRef(0, 1, 1)), ("注：决算数含上年结转结余资金。", "body", None),
    ]  # fmt: skip
    title = found.lines[1]
    assert (title.bold, title.size, title.centred, title.number) == (((0, 11),), 18.0, True, 1)
    assert (found.format, found.warnings) == ("xlsx", ())


def test_who_fills_a_ledger_in_stands_above_it() -> None:
    found = source(
        rows(
            ("填报单位：某局", None, "填报时间：2023年9月30日"),
            ("序号", "问题", "整改时限"),
            (1, "台账不全", "2023年12月底"),
        )
    )
    assert [line.text for line in found.lines if not line.cell] == [
        "收支表",
        "填报单位：某局",
        "填报时间：2023年9月30日",
    ]
    assert [(table.rows, table.columns) for table in found.tables] == [(2, 3)]


def test_regions_are_tables_of_their_own() -> None:
    found = source(rows(("甲", "乙"), (1, 2), (), ("丙", "丁"), (3, 4)))
    assert [(table.rows, table.columns) for table in found.tables] == [(2, 2), (2, 2)]


def test_merged_and_empty_cells() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(("类别", "2023年", None), (None, "一", "二"), ("甲", 1, None), (None, 2, 3))(sheet)
        for box in ("A1:A2", "B1:C1", "A3:A4"):
            sheet.merge_cells(box)

    (table,) = source(fill).tables
    assert table.cells == (
        Cell(0, 0, 2, 1, (1,)), Cell(0, 1, 1, 2, (2,)), Cell(1, 1, 1, 1, (3,)), Cell(1, 2, 1, 1, (4,)),
        Cell(2, 0, 2, 1, (5,)), Cell(2, 1, 1, 1, (6,)), Cell(2, 2, 1, 1, ()), Cell(3, 1, 1, 1, (7,)),
        Cell(3, 2, 1, 1, (8,)),
    )  # fmt: skip


def test_hidden_rows_columns_sheets() -> None:
    """A row that a filter hides does not part the table."""

    def fill(sheet: Worksheet) -> None:
        rows(("甲", "x", "乙"), (1, "x", 2), (3, "x", 4), (5, "x", 6))(sheet)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        other = sheet.parent.create_sheet("底稿")
        other["A1"], other.sheet_state = "草稿", "hidden"

    found = source(fill)
    assert [(table.rows, table.columns) for table in found.tables] == [(3, 2)]
    assert [line.text for line in found.lines if line.part == "cell"] == ["甲", "乙", "1", "2", "5", "6"]
    assert [line.text for line in found.lines if line.part == "hidden"] == [
        "x",
        "x",
        "3",
        "x",
        "4",
        "x",
        "底稿",
        "草稿",
    ]


def test_text_in_one_column() -> None:
    found = source(rows(("一、工作情况",), ("2023年3月，整改问题12个。\n其中重点3个。",)), "Sheet1")
    assert places(found) == [
        ("Sheet1", "meta", None), ("一、工作情况", "body", None), ("2023年3月，整改问题12个。", "body", None),
        ("其中重点3个。", "body", None),
    ]  # fmt: skip
    assert found.tables == ()


def test_kinds_of_cells() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(("真", True), ("日", datetime.date(2023, 3, 1)), ("比", 0.125), ("差", "=1/0"), ("链", "a_x000D_b"))(sheet)
        sheet["B2"].number_format, sheet["B3"].number_format = 'yyyy"年"m"月"d"日"', "0.0%"

    values = [line.text for line in source(fill).lines if line.cell is not None and line.cell.column == 1]
    assert values == ["TRUE", "2023年3月1日", "12.5%", "ab"]  # a formula that was never counted shows nothing


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("0.30000000000000004", "General", "0.3"),
        ("1200", "General", "1200"),
        ("1E-7", "General", "0.0000001"),
        ("1234567.895", "#,##0.00", "1,234,567.90"),
        ("-5.5", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-5.50"),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("0.972", "0.0%", "97.2%"),
        ("12.5", '0.0"万元"', "12.5万元"),
        ("12345678", "#,##0,", "12,346"),
        ("12345", "0.00,", "12.35"),
        ("7", "000", "007"),
        ("2.50", "0.##", "2.5"),
        ("2", "0.##", "2"),
        ("45000", "yyyy/m/d", "2023/3/15"),
        ("45000.5", "yyyy-mm-dd hh:mm", "2023-03-15 12:00"),
        ("44986", '[$-804]yyyy"年"m"月";@', "2023年3月"),
        ("0.75", "h:mm:ss", "18:00:00"),
        ("0.2", "# ?/?", "0.2"),
        ("5", "@", "5"),
        ("-1", "yyyy/m/d", "-1"),
        ("1e999", "0", "1e999"),
        ("x", "0", "x"),
    ],
)
def test_numbers_as_shown(value: str, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_dates_from_1904() -> None:
    assert shown("0", "yyyy/m/d", first_1904=True) == "1904/1/1"


def workbook(sheet: str) -> bytes:
    """A workbook of one sheet with this inside, by hand."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return docx_files.archive({
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="b" Type="{office}/worksheet" Target="s.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="表" r:id="b"/></sheets></workbook>',
        "xl/s.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
    })  # fmt: skip


def test_cells_without_places_and_without_styles() -> None:
    found = readers.read_bytes(workbook('<sheetData><row><c t="inlineStr"><is><t>甲</t></is></c><c><v>2</v></c></row></sheetData>'), "a.xlsx")  # fmt: skip
    assert [(line.text, line.cell) for line in found.lines[1:]] == [("甲", CellRef(0, 0, 0)), ("2", CellRef(0, 0, 1))]


def test_a_merge_of_the_whole_sheet_is_cut_to_what_is_used() -> None:
    data = workbook('<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')  # fmt: skip
    assert [line.text for line in readers.read_bytes(data, "a.xlsx").lines] == ["表", "1"]


def test_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_MOST_CELLS", 3)
    with pytest.raises(ReadError, match="cells"):
        source(rows((1, 2), (3, 4)))


def test_a_damaged_sheet_costs_that_sheet() -> None:
    data = workbook("<sheetData><row></sheetData>")
    with pytest.raises(ReadError) as caught:
        readers.read_bytes(data, "a.xlsx")
    assert caught.value.code == "empty"
