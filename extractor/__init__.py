"""extractor reads Chinese public-sector reports into records that point back to their source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.archive.many import Failure, extract_many
    from extractor.comparison import Comparison, compare
    from extractor.errors import ExtractorError, ReadError, RuleError
    from extractor.pipeline import extract, extract_text
    from extractor.records import Report

__version__ = "0.1.0"
__all__ = [
    "Comparison",
    "ExtractorError",
    "Failure",
    "ReadError",
    "Report",
    "RuleError",
    "compare",
    "extract",
    "extract_many",
    "extract_text",
]

_HOME = {
    "Comparison": "comparison",
    "ExtractorError": "errors",
    "Failure": "archive.many",
    "ReadError": "errors",
    "RuleError": "errors",
    "Report": "records",
    "compare": "comparison",
    "extract": "pipeline",
    "extract_many": "archive.many",
    "extract_text": "pipeline",
}


def __getattr__(name: str) -> Any:
    """Import on first use, so that `extractor --help` does not pay for pydantic and lxml."""
    if name not in _HOME:
        raise AttributeError(f"module 'extractor' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"extractor.{_HOME[name]}"), name)
