"""Samples laid side by side for the tests of the comparison: series are given, so that each stage is tested alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from extractor import extract
from extractor.comparison.library import Given, Library
from extractor.comparison.records import Member, Series
from extractor.pipeline import extract_text
from extractor.records import Report

SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
WATER = (
    "rectification-lanxi-water-2021.txt",
    "rectification-lanxi-water-2022.txt",
    "rectification-lanxi-water-2023.docx",
)
WORK = ("work-report-lanxi-2022.md", "work-report-lanxi-2023.txt")


@cache
def sample(name: str) -> Report:
    return extract(SAMPLES / name)


def lay(*reports: Report) -> tuple[Library, tuple[Series, ...]]:
    """One series of the first document of each report."""
    members = tuple(
        Member(year=report.documents[0].year or 0, report=i, doc=0, title=report.documents[0].title, by="given")
        for i, report in enumerate(reports)
    )
    library = Library([Given(report.source.name, report) for report in reports])
    return library, (Series(id="某局/整改", body="某局", kind="整改", members=members),)


def lay_samples(names: tuple[str, ...]) -> tuple[Library, tuple[Series, ...]]:
    return lay(*map(sample, names))


def lay_texts(*texts: str) -> tuple[Library, tuple[Series, ...]]:
    return lay(*map(extract_text, texts))
