"""Recognition of scans: what a PDF of pictures gives with the extra [ocr], and what it says without it."""

from __future__ import annotations

import io
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor import readers
from extractor.readers import ocr
from extractor.records import Report
from extractor.source import Source

SCAN = Path(__file__).parent.parent / "samples" / "reports" / "rectification-lanxi-water-2023-scan.pdf"
needs_ocr = pytest.mark.skipif(not ocr.installed(), reason=f"rapidocr is not installed ({ocr.EXTRA})")
TABLE_PAGE = 5  # of the scan; it begins with the rest of a table


@cache
def report() -> Report:
    return extractor.extract(SCAN)


@cache
def page(quarters: int = 0, degrees: float = 0.0) -> Source:
    return readers.read_bytes(_page(quarters, degrees), "page.pdf")


def _page(quarters: int = 0, degrees: float = 0.0) -> bytes:
    """One page of the scan, leaning by degrees more and turned by quarters, against the clock."""
    import pypdfium2
    from PIL import Image

    with pypdfium2.PdfDocument(SCAN) as document:
        picture = document[TABLE_PAGE - 1].render(scale=150 / 72, grayscale=True).to_pil().convert("L")
    leaning = picture.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=232)
    return _pdf(leaning.rotate(90 * quarters, expand=True))


def _pdf(picture: Any) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PDF", resolution=150)
    return stream.getvalue()


def words(source: Source) -> str:
    return "".join(line.text for line in source.lines)


def test_without_the_extra_the_reason_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    bare = extractor.extract(SCAN)
    assert bare.status == "partial"
    assert [issue.code for issue in bare.issues if "pip install 'extractor[ocr]'" in issue.message] == ["scan"]


@needs_ocr
def test_every_piece_has_page_box_and_confidence() -> None:
    pieces = [p for r in (*report().headings, *report().dates, *report().quantities) for p in r.source]
    assert pieces
    for piece in pieces:
        assert piece.page
        assert piece.box
        assert piece.ocr is not None
        assert 0.5 <= piece.ocr <= 1
    assert report().status == "ok"


def test_text_of_the_file_itself_has_no_confidence() -> None:
    printed = extractor.extract(SCAN.with_name("rectification-lanxi-water-2023.pdf"))
    assert all(p.page and p.ocr is None for q in printed.quantities for p in q.source)


@needs_ocr
def test_boxes_lie_where_the_words_are_printed() -> None:
    """Against the twin with text; the scan leans by up to a degree, which is five points at the page's edge."""
    printed = extractor.extract(SCAN.with_name("rectification-lanxi-water-2023.pdf"))
    pairs = list(zip(report().headings, printed.headings, strict=True))
    for seen, known in pairs:
        a, b = seen.source[0], known.source[0]
        assert a.page == b.page
        assert a.box
        assert b.box
        assert max(abs(x - y) for x, y in zip(a.box[:2], b.box[:2], strict=True)) < 12


@needs_ocr
def test_a_table_in_a_scan_goes_on_over_the_page() -> None:
    printed = extractor.extract(SCAN.with_name("rectification-lanxi-water-2023.pdf"))
    assert [t.rows for t in report().tables] == [t.rows for t in printed.tables]


@needs_ocr
def test_page_headers_and_numbers_of_a_scan_are_noise() -> None:
    noise = [n.text for n in report().noise]
    assert [text for text in noise if "涉水领域专项巡察整改材料" in text]
    assert "涉水领域专项巡察整改材料" not in report().documents[0].text


@needs_ocr
@pytest.mark.parametrize(("quarters", "degrees"), [(2, 0.0), (1, 0.0), (3, 0.0), (0, 2.5)])
def test_a_page_is_read_whichever_way_it_lies(quarters: int, degrees: float) -> None:
    source = page(quarters, degrees)
    assert words(source) == words(page())
    assert len(source.tables) == 1
    assert not source.warnings


@needs_ocr
def test_single_figures_in_cells_are_not_overlooked() -> None:
    """Seen as a whole, a page shows its rows of text; of a form's lone figures most were lost."""
    rows = [["Total", "0", "1", ""], ["", "7", "0", "1"], ["Closed", "1", "", "0"]]
    (table,) = _texts(readers.read_bytes(_pdf(_form(rows)), "form.pdf"))
    assert table == rows


def _form(rows: list[list[str]]) -> Any:
    """A ruled table, as printed at 150 dpi in type of 9 points."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (1240, 1754), 235)
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(19)
    for i, row in enumerate(rows):
        for j, words in enumerate(row):
            left, top = 100 + 250 * j, 200 + 60 * i
            draw.rectangle((left, top, left + 250, top + 60), outline=40, width=2)
            draw.text((left + 125, top + 30), words, 40, font, anchor="mm")
    return page


def _texts(source: Source) -> list[list[list[str]]]:
    found = []
    for table in source.tables:
        rows = [[""] * table.columns for _ in range(table.rows)]
        for cell in table.cells:
            rows[cell.row][cell.column] = "".join(source.lines[i].text for i in cell.lines)
        found.append(rows)
    return found


@needs_ocr
def test_a_picture_without_text_is_no_report() -> None:
    from PIL import Image

    with pytest.raises(extractor.ReadError) as caught:
        readers.read_bytes(_pdf(Image.new("L", (1240, 1754), 230)), "blank.pdf")
    assert caught.value.code == "empty"


@needs_ocr
def test_a_scan_gives_the_same_twice() -> None:
    assert readers.read_bytes(_page(), "page.pdf").lines == page().lines


@needs_ocr
def test_what_can_hardly_be_read_is_said() -> None:
    import pypdfium2
    from PIL import ImageFilter

    with pypdfium2.PdfDocument(SCAN) as document:
        picture = document[0].render(scale=150 / 72, grayscale=True).to_pil().convert("L")
    blurred = readers.read_bytes(_pdf(picture.filter(ImageFilter.GaussianBlur(6))), "blurred.pdf")
    assert {warning.code for warning in blurred.warnings} == {"ocr"}


def test_characters_share_their_row() -> None:
    row = ocr.Row("截至2023年，（一）完成", 0.9, 100.0, 50.0, 400.0, 90.0)
    (first, *_, last) = glyphs = list(ocr._glyphs([row], 0.5, None))
    assert "".join(glyph.text for glyph in glyphs) == row.text
    assert all(a.x0 < a.x1 <= b.x0 for a, b in pairwise(glyphs))
    assert row.left <= first.x0 / 0.5 < last.x1 / 0.5 <= row.right
    assert {(glyph.ocr, glyph.base, glyph.size) for glyph in glyphs} == {(0.9, first.base, first.size)}
