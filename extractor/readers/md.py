"""Markdown (stub)."""

from extractor.readers import txt
from extractor.readers.raw import Format

FORMAT = Format("md", lambda raw: raw.suffix in txt.MARKDOWN, txt.read)
