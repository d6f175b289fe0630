"""A file as found → Source. The registry looks at the bytes first; the suffix only breaks ties."""

from __future__ import annotations

import hashlib
from pathlib import Path

from extractor.source import Line, Source


def read(path: Path) -> Source:
    """Raises ReadError."""
    return read_text(path.read_text("utf-8"), path.name)


def read_text(text: str, name: str = "text") -> Source:
    data = text.encode()
    lines = tuple(Line(line, i) for i, line in enumerate(text.splitlines(), 1))
    return Source(name, "txt", hashlib.sha256(data).hexdigest(), len(data), lines)
