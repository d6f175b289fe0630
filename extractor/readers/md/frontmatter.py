"""The head that site generators put before a Markdown text: `---`, keys and values, `---`."""

from __future__ import annotations

from collections.abc import Sequence

import regex

_KEYS = {
    "title": ("title", "标题", "题名"),
    "issuer": ("issuer", "author", "发布机构", "发文机关", "发文单位", "来源", "source", "publisher"),
    "date": ("date", "发布日期", "发布时间", "成文日期", "published"),
}
_FENCES = ("---", "+++")
_LONGEST = 300  # lines
_ENTRY = regex.compile(r"(?P<key>[\w\p{Han}][\w\p{Han} -]*?)\s*(?:：|[:=](?:\s+|(?=[\"'\[])|$))\s*(?P<value>.*)")
_ITEM = regex.compile(r"\s*-\s+(?P<value>.*)")


def length(lines: Sequence[str]) -> int:
    """How many lines at the top are front matter, its fences included; 0 where there is none."""
    if not lines or lines[0].rstrip() not in _FENCES:
        return 0
    for at in range(1, min(len(lines), _LONGEST)):
        if lines[at].rstrip() == lines[0].rstrip():
            return at + 1 if any(_ENTRY.match(line) for line in lines[1:at]) else 0
    return 0


def hints(lines: Sequence[str]) -> dict[str, str]:
    """title, issuer and date of front matter as plain strings; the first key that has a value wins."""
    values: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        entry, item = _ENTRY.match(line), _ITEM.match(line)
        if entry:
            key = entry["key"].lower()
            values.setdefault(key, []).extend(_plain(entry["value"]))
        elif item and key:
            values[key] += _plain(item["value"])
        else:
            key = ""
    found = {}
    for name, keys in _KEYS.items():
        words = next((values[k] for k in keys if values.get(k)), None)
        if words:
            found[name] = "、".join(words)
    return found


def _plain(value: str) -> list[str]:
    """A scalar without its quotes, or the items of `[a, b]`."""
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return [word for part in value[1:-1].split(",") for word in _plain(part)]
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        quote = value[0]
        value = value[1:-1].replace("''", "'") if quote == "'" else value[1:-1].replace('\\"', '"')
    return [value] if value else []
