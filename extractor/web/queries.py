"""What the address of a page asks for, kept within bounds."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request

LONGEST = 200  # characters, as the fields of the pages have it


def asked(request: Request, names: Iterable[str]) -> dict[str, str]:
    """The value of each name, empty where there is none."""
    return {name: request.query_params.get(name, "")[:LONGEST] for name in names}


def number(request: Request, name: str) -> int:
    """What is no number is 0."""
    words = request.query_params.get(name, "")[:9]
    return int(words) if words.isascii() and words.isdecimal() else 0
