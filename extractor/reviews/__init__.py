"""Verdicts of people: right, wrong with a reason, or another value; data beside the results, never in them.

A verdict on a record or check of `report.docx` stands in `report.docx.review.json`, one on a row of a comparison in
`comparison.review.json` of the archive, each under the fingerprint of what was judged: a new run, a better rule or
another machine changes nothing about it. With it stand the words and the values that were judged, so that a verdict
whose record is gone is still shown, and one whose record now has another value is asked for again.
"""

from extractor.reviews.applying import corrected, settled
from extractor.reviews.files import amend, load, path
from extractor.reviews.records import Review, Verdict
from extractor.reviews.standing import Laid, Standing, lay
from extractor.reviews.subjects import Subject, of_comparison, of_report

__all__ = [
    "Laid", "Review", "Standing", "Subject", "Verdict",
    "amend", "corrected", "lay", "load", "of_comparison", "of_report", "path", "settled",
]  # fmt: skip
