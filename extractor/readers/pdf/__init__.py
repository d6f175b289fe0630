"""PDF files: the text that they hold, read by its place on the page. Pictures of text are left to recognition (OCR).

pdfium gives characters and drawn lines; what is a row, a column, a paragraph, a table or a page header is found from
where they stand. pdfium is not safe in threads: use processes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import groupby

import pypdfium2

from extractor.readers import ocr
from extractor.readers.paged.lines import lines
from extractor.readers.paged.sheets import Sheet, lay
from extractor.readers.paged.story import told
from extractor.readers.pdf import pdfium
from extractor.readers.pdf.characters import TooManyCharacters, characters
from extractor.readers.pdf.drawn import drawn
from extractor.readers.raw import Format, Raw
from extractor.source import Source, Warn

MOST_PAGES = 3000
MOST_CHARACTERS = 100_000  # of one page; a page of a report has two thousand


def claims(raw: Raw) -> bool:
    """Some programs write a line before the signature."""
    return raw.head.startswith(b"%pdf-") or (b"%pdf-" in raw.head[:1024] and b"startxref" in raw.data[-1024:])


def read(raw: Raw) -> Source:
    """Raises ReadError."""
    document = _opened(raw)
    try:
        sheets = list(_sheets(raw, document))
    finally:
        document.close()
    if all(sheet.damaged for sheet in sheets):  # as where the tree of pages runs in a circle
        raise raw.error("damaged", "no page of the PDF can be read; copy or download it again")
    found, tables = lines(told(sheets))
    return Source(
        raw.name, "pdf", raw.sha256, len(raw.data), tuple(found), tuple(tables), warnings=tuple(_warnings(raw, sheets))
    )


def _opened(raw: Raw) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(raw.data)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        # pdfium may still name the error of the file before
        if b"/Encrypt" in raw.data and error.err_code in (pdfium.WRONG_PASSWORD, pdfium.UNKNOWN_SECURITY):
            raise raw.error("encrypted", "the PDF needs a password; open it and save it without one") from None
        raise raw.error("damaged", "the PDF is cut off, damaged or without pages; copy or download it again") from error
    if pages > MOST_PAGES:
        raise raw.error("too_large", f"the PDF has {pages:,} pages, over the limit of {MOST_PAGES:,}; split it")
    return document


def _sheets(raw: Raw, document: pypdfium2.PdfDocument) -> Iterator[Sheet]:
    before = None
    for number in range(1, len(document) + 1):
        try:
            before = _sheet(document, number, before)
        except TooManyCharacters as error:
            size = f"{error.count:,} characters, over the limit of {MOST_CHARACTERS:,}"
            raise raw.error("too_large", f"page {number} has {size}; this is no report") from None
        yield before


def _sheet(document: pypdfium2.PdfDocument, number: int, before: Sheet | None) -> Sheet:
    try:
        with closing(document[number - 1]) as page:
            frame, text = characters(page, MOST_CHARACTERS)
            laid = lay(number, text, drawn(page, frame), before)
            return ocr.sheet(page, number, before) if laid.scan and ocr.installed() else laid
    except pypdfium2.PdfiumError:
        return Sheet(number, (0.0, 0.0), (), (), damaged=True)


def _warnings(raw: Raw, sheets: Sequence[Sheet]) -> Iterator[Warn]:
    if b"startxref" not in raw.data[-2048:]:
        yield Warn("cut", "the file ends before its end; pages may be missing: copy or download it again")
    if damaged := [sheet.page for sheet in sheets if sheet.damaged]:
        yield Warn("page", f"{_pages(damaged)} cannot be read: the file is damaged there")
    if scans := [sheet.page for sheet in sheets if sheet.scan]:
        what = "the text is a picture, or in a font that does not say its characters"
        yield Warn("scan", f"{_pages(scans)} cannot be read: {what}; {ocr.EXTRA} has it recognised")
    if doubtful := [sheet.page for sheet in sheets if sheet.ocr is not None and 0 < sheet.ocr < ocr.DOUBTFUL]:
        yield Warn("ocr", f"{_pages(doubtful)} could hardly be recognised; compare the text with the picture")
    if unread := [sheet.page for sheet in sheets if sheet.unread]:
        yield Warn("ocr", f"rows on {_pages(unread)} could not be recognised and are missing; look at the picture")


def _pages(numbers: Sequence[int]) -> str:
    """pages 1-3, 7"""
    runs = [list(run) for _, run in groupby(enumerate(numbers), key=lambda at: at[1] - at[0])]
    named = (f"{run[0][1]}-{run[-1][1]}" if len(run) > 1 else str(run[0][1]) for run in runs)
    return ("pages " if len(numbers) > 1 else "page ") + ", ".join(named)


FORMAT = Format("pdf", claims, read)
