"""Two JSON texts → the first place where they differ, as a person would name it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

_MISSING = object()
_LONGEST = 80  # characters of a value that are shown
_NAMES = ("fingerprint", "number", "text", "member", "name")  # fields by which a person knows a record


def first(packed: bytes, read: bytes) -> str | None:
    """`packed` is what was given, `read` what was made anew; None where they are the same bytes."""
    if packed == read:
        return None
    try:
        given, made = json.loads(packed), json.loads(read)
        found = next(_walk(given, made, ""), None)
    except (ValueError, RecursionError):
        return "it is no JSON, or none that this program writes"
    return found or "the values are the same, written otherwise (blanks or order)"


def _walk(given: Any, made: Any, path: str) -> Iterator[str]:
    if isinstance(given, dict) and isinstance(made, dict):
        for key in dict.fromkeys((*made, *given)):
            yield from _walk(given.get(key, _MISSING), made.get(key, _MISSING), f"{path}.{key}" if path else str(key))
    elif isinstance(given, list) and isinstance(made, list):
        for i, (a, b) in enumerate(zip_longest(given, made, fillvalue=_MISSING)):
            yield from _walk(a, b, f"{path}[{i}]{_known(b if b is not _MISSING else a)}")
    elif given is _MISSING or made is _MISSING or type(given) is not type(made) or given != made:
        start = _apart(given, made)
        yield f"{path}: {_shown(given, start)} in the one given, {_shown(made, start)} when read again"


def _known(record: Any) -> str:
    """(6cdb238851c102e6): what tells a record from its neighbours."""
    if not isinstance(record, dict):
        return ""
    name = next((record[name] for name in _NAMES if isinstance(record.get(name), str)), "")
    return f" ({_cut(name)})" if name else ""


def _apart(given: Any, made: Any) -> int:
    """Where two texts part, with a little of what they share before it."""
    if not (isinstance(given, str) and isinstance(made, str)):
        return 0
    apart = next((i for i, (a, b) in enumerate(zip(given, made, strict=False)) if a != b), min(len(given), len(made)))
    return max(0, apart - _LONGEST // 4)


def _shown(value: Any, start: int) -> str:
    if isinstance(value, str):
        return f"{'…' * bool(start)}“{_cut(value[start:])}”"
    return "nothing" if value is _MISSING else _cut(json.dumps(value, ensure_ascii=False))


def _cut(text: str) -> str:
    """Short, and on one line."""
    return " ".join(text.split())[:_LONGEST] + "…" * (len(text) > _LONGEST)
