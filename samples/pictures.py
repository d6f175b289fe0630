"""Draws the README's pictures from the samples: `python samples/pictures.py`. Needs Chromium, LibreOffice and the package.

What is drawn is what a user gets: the pages as Chromium shows them, the ledger as LibreOffice prints it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import office
import pypdfium2
from playwright.sync_api import Page, sync_playwright

from extractor.cli import app

HERE = Path(__file__).parent
REPORTS, PICTURES = HERE / "reports", HERE / "pictures"
REPORT = "rectification-lanxi-water-2022.txt"
COMPARED = [
    "feedback-lanxi-water-2022.txt", "rectification-lanxi-water-2021.txt", REPORT, "rectification-lanxi-water-2023.docx",
    "work-report-lanxi-2022.md", "work-report-lanxi-2023.txt",
]  # fmt: skip
SIZE = {"width": 1366, "height": 768}


def main() -> None:
    chromium = shutil.which("chromium")
    if not chromium or not office.installed():
        sys.exit("Chromium and LibreOffice are needed to draw the pictures")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        out = Path(folder)
        run("extract", REPORTS / REPORT, "--out", out, "--format", "html,xlsx")
        run("compare", *(REPORTS / name for name in COMPARED), "--out", out, "--format", "html")
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        draw(page, out / f"{REPORT}.html", "review-page", "#at-problem-4")
        draw(page, out / "comparison.html", "comparison")
        browser.close()
        ledger(out / f"{REPORT}.xlsx")


def run(*arguments: object) -> None:
    try:
        app([str(argument) for argument in arguments])
    except SystemExit as end:
        if end.code:
            raise


def draw(page: Page, file: Path, name: str, at: str = "") -> None:
    page.goto(f"{file.as_uri()}{at}")
    page.wait_for_timeout(500)
    page.screenshot(path=PICTURES / f"{name}.png")


def ledger(workbook: Path) -> None:
    """The first printed page of the ledger's own sheet, which lies on its side."""
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", workbook.parent, workbook]
    subprocess.run(command, check=True, capture_output=True)
    page = next(
        page for page in pypdfium2.PdfDocument(workbook.with_suffix(".pdf")) if page.get_width() > page.get_height()
    )
    page.render(scale=1.7).to_pil().save(PICTURES / "ledger.png")


if __name__ == "__main__":
    main()
