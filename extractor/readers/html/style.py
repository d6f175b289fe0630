"""How an element looks: the few properties of CSS that say what a text's characters are.

Only simple selectors of a page's own <style> are followed (`p`, `.a`, `p.a`, `#a`); they are what Word, WPS and the
editors of web sites write.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import regex

_BLOCKS = frozenset({"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"})  # fmt: skip
_BOLD_TAGS = frozenset({"b", "strong", "th"})
_FONT_SIZES = {"1": 7.5, "2": 10.0, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0}  # <font size>, in points
_POINTS = {"pt": 1.0, "px": 0.75, "cm": 28.35, "mm": 2.835, "in": 72.0}
_USED = frozenset({"display", "visibility", "font", "font-weight", "font-size", "text-align", "white-space", "list-style", "list-style-type", "mso-hide", "left", "top", "text-indent"})  # fmt: skip
_COMMENT = regex.compile(r"/\*.*?\*/|<!--|-->", regex.DOTALL)
_MEDIA = regex.compile(r"@[\w-]++[^{};]*+(?:;|\{(?:[^{}]++|\{[^{}]*+\})*+\})")  # for paper or for telephones
_RULE = regex.compile(r"([^{}]++)\{([^{}]*+)\}")
_SIMPLE = regex.compile(r"[a-z][a-z0-9]*|(?:[a-z][a-z0-9]*)?\.[\w-]+|#[\w-]+", regex.IGNORECASE)
_LENGTH = regex.compile(r"(-?\d*\.?\d+)(pt|px|cm|mm|in|em|rem|%)?")
_LARGEST_SHEET = 1_000_000  # characters

Style = Mapping[str, str]
Sheet = Mapping[str, dict[str, str]]  # selector → properties


class Look(NamedTuple):
    """What an element hands down to those inside it. `size` is in points, `marker` the name of a list's numbers."""

    bold: bool = False
    centred: bool = False
    hidden: bool = False
    pre: bool = False
    size: float | None = None
    marker: str = ""


PLAIN = Look()


def sheet(css: str) -> Sheet:
    rules: dict[str, dict[str, str]] = {}
    for selectors, body in _RULE.findall(_MEDIA.sub("", _COMMENT.sub("", css[:_LARGEST_SHEET]))):
        style = _properties(body)
        for selector in selectors.split(",") if style else ():
            if _SIMPLE.fullmatch(selector.strip()):
                rules.setdefault(selector.strip().lower(), {}).update(style)
    return rules


def declared(tag: str, attrs: Mapping[str, str], sheet: Sheet) -> Style:
    """The properties of an element itself: by its tag, its classes, its id, and its `style`."""
    style: dict[str, str] = {}
    if sheet:
        classes = attrs.get("class", "").lower().split()
        names = [tag, *("." + name for name in classes), *(f"{tag}.{name}" for name in classes)]
        for name in (*names, "#" + attrs.get("id", "").lower()):
            style |= sheet.get(name, {})
    if "style" in attrs:
        style |= _properties(_unquoted(attrs))
    return style


def is_block(tag: str, style: Style) -> bool:
    display = style.get("display", "")
    if tag in _BLOCKS:
        return display not in {"inline", "inline-block"} or tag in {"td", "th", "tr", "table"}
    return display in {"block", "flex", "grid", "table", "list-item"}


def look(tag: str, attrs: Mapping[str, str], style: Style, above: Look) -> Look:
    """What an element looks like inside another."""
    if not style and not attrs and tag not in _BOLD_TAGS and tag not in {"center", "pre", "noscript"}:
        return above
    return Look(
        _bold(tag, style, above), _centred(tag, attrs, style, above), above.hidden or _hidden(tag, attrs, style),
        style["white-space"].startswith("pre") if "white-space" in style else tag == "pre" or above.pre,
        _size(tag, attrs, style, above), _marker(tag, style, above),
    )  # fmt: skip


def _unquoted(attrs: Mapping[str, str]) -> str:
    """`<p style=font-size: 16pt; …>`: the quotes were lost, and each word became an attribute."""
    value = attrs["style"]
    if not value.endswith((":", ",", ";")):
        return value
    names = list(attrs)
    return " ".join((value, *(name for name in names[names.index("style") + 1 :])))


def _properties(css: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in css.lower().split(";"))
    return {k.strip(): v.replace("!important", "").strip() for k, _, v in pairs if k.strip() in _USED}


def _hidden(tag: str, attrs: Mapping[str, str], style: Style) -> bool:
    far = any(style.get(name, "").startswith("-") and _points(style[name], None) < -400 for name in ("left", "top", "text-indent"))  # fmt: skip
    return (
        tag == "noscript"
        or "hidden" in attrs
        or attrs.get("aria-hidden", "").lower() == "true"
        or style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or style.get("mso-hide") == "all"
        or ("font-size" in style and _points(style["font-size"], 1.0) == 0)
        or far
    )


def _bold(tag: str, style: Style, above: Look) -> bool:
    weight = style.get("font-weight") or next((word for word in style.get("font", "").split() if word in {"bold", "bolder", "normal"}), "")  # fmt: skip
    if weight in {"bold", "bolder"} or weight.isdecimal():
        return not weight.isdecimal() or int(weight) >= 600
    if weight in {"normal", "lighter"}:
        return False
    return tag in _BOLD_TAGS or above.bold


def _centred(tag: str, attrs: Mapping[str, str], style: Style, above: Look) -> bool:
    align = style.get("text-align") or attrs.get("align", "").lower()
    return align == "center" if align and tag not in {"table", "img"} else tag == "center" or above.centred


def _size(tag: str, attrs: Mapping[str, str], style: Style, above: Look) -> float | None:
    if "font-size" in style:
        return _points(style["font-size"], above.size) or above.size
    return _FONT_SIZES.get(attrs.get("size", ""), above.size) if tag == "font" else above.size


def _points(length: str, base: float | None) -> float:
    """A length of CSS in points; one in em or % of `base`. 0 where it is none."""
    match = _LENGTH.match(length)
    if match is None:
        return base or 0.0
    number, unit = float(match[1]), match[2]
    if unit in {"em", "rem", "%"}:
        return number / (100 if unit == "%" else 1) * (base or 12.0)
    return number * _POINTS.get(unit, 0.75)


def _marker(tag: str, style: Style, above: Look) -> str:
    name = style.get("list-style-type") or next(iter(style.get("list-style", "").split()), "")
    return name or ("" if tag in {"ol", "ul"} else above.marker)
