"""Names of WordprocessingML, made once, and how its small properties are read."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.readers.ooxml import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MC_ALTERNATE, MC_CHOICE, MC_FALLBACK = MC + "AlternateContent", MC + "Choice", MC + "Fallback"
VAL = W + "val"
OFF = frozenset({"0", "false", "off", "none"})


def first(parent: Element, tag: str) -> Element | None:
    """The first child of that tag, without the detour of lxml's `find`."""
    return next(parent.iterchildren(tag), None)


def value(parent: Element, name: str) -> str | None:
    """`w:val` of a child, None where there is no such child."""
    for child in parent.iterchildren(W + name):
        found: str | None = child.get(VAL)
        return found
    return None


def flag(parent: Element, name: str) -> bool | None:
    """An on/off child: `<w:b/>` is on, `<w:b w:val="0"/>` off; None where it is not there."""
    for child in parent.iterchildren(W + name):
        return child.get(VAL) not in OFF
    return None


def count(parent: Element, name: str, default: int) -> int:
    """A whole number of a child, `default` where it is missing or no number."""
    text = value(parent, name)
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


def choice(alternate: Element) -> Element | None:
    """The branch of `mc:AlternateContent` that is shown: the choice, the fallback only where there is none with text."""
    branches = [*alternate.iterchildren(MC_CHOICE), *alternate.iterchildren(MC_FALLBACK)]
    return next((b for b in branches if next(b.iter(W + "t"), None) is not None), branches[0] if branches else None)


_WRAPPERS = frozenset({W + "sdt", W + "sdtContent", W + "customXml", W + "smartTag", W + "ins", W + "moveTo"})


def flat(parent: Element) -> Iterator[Element]:
    """The children of a block, row or table, with what only wraps them (content controls, insertions) left out."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from flat(child)
        elif child.tag == MC_ALTERNATE:
            branch = choice(child)
            if branch is not None:
                yield from flat(branch)
        else:
            yield child
