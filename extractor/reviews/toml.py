"""Entries of rule files as TOML. The standard library only reads it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import regex

_BARE = regex.compile(r"[A-Za-z0-9_-]+")
_LITERAL = regex.compile(r"[^'\p{Cc}]*")


def tables(entries: Iterable[tuple[str, Mapping[str, Any]]]) -> bytes:
    """Each as an entry of the list of its name: `[[rule]]` and its keys."""
    return "\n".join(f"[[{_key(name)}]]\n{_lines(entry)}" for name, entry in entries).encode()


def _lines(entry: Mapping[str, Any]) -> str:
    return "".join(f"{_key(name)} = {_value(value, split=True)}\n" for name, value in entry.items())


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _basic(name)


def _value(value: Any, split: bool = False) -> str:
    """`split` puts what a list holds on lines of their own."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        parts = [_value(one) for one in value]
        return "[\n" + "".join(f"  {part},\n" for part in parts) + "]" if split and parts else f"[{', '.join(parts)}]"
    if isinstance(value, str):
        return f"'{value}'" if "\\" in value and _LITERAL.fullmatch(value) else _basic(value)
    return json.dumps(value)


def _basic(text: str) -> str:
    """JSON's escapes are TOML's; DEL alone stands as it is in JSON and must not in TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
