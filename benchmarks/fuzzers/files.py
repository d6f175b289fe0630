"""Files of every format: made by grammar, seldom a sample, and then broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from .broken import corrupt, plain, zipped
from .office import ofd, word, workbook
from .prints import doc, pdf
from .web import markdown, mhtml, rtf, web

SAMPLES = Path(__file__).parents[2] / "samples" / "reports"


def sample(r: Random, *suffixes: str) -> bytes:
    return r.choice(
        [path for path in sorted(SAMPLES.iterdir()) if path.suffix in suffixes and "-scan" not in path.name]
    ).read_bytes()


MAKES: dict[str, Callable[[Random], bytes]] = {
    "docx": lambda r: zipped(r, sample(r, ".docx")) if r.random() < 0.01 else word(r),
    "xlsx": workbook,
    "ofd": lambda r: zipped(r, sample(r, ".ofd")) if r.random() < 0.05 else ofd(r),
    "html": lambda r: corrupt(r, sample(r, ".html")) if r.random() < 0.02 else web(r),
    "mhtml": mhtml,
    "rtf": rtf,
    "md": markdown,
    "pdf": lambda r: corrupt(r, sample(r, ".pdf"), 20) if r.random() < 0.02 else pdf(r),
    "doc": lambda r: corrupt(r, sample(r, ".doc"), 20) if r.random() < 0.1 else doc(r),
    "txt": plain,
}
