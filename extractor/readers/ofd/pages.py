"""The pages of an OFD file (GB/T 33190): characters and ruled lines in points from the page's top left corner.

Writers differ from the standard and from one another: elements with any or no namespace, paths from the root or from
the part that names them, parts that are not there. Whatever can be found is read.
"""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from extractor.errors import ReadError
from extractor.readers.ooxml import Element, Package
from extractor.readers.paged.page import Characters, Drawn, Glyph, Rule
from extractor.readers.raw import Raw
from extractor.source import Warn

_POINTS = 72 / 25.4  # in a millimetre, the unit of the file
_A4 = (210.0, 297.0)
_BOLD = 600
_UPRIGHT = math.radians(2)
_THIN = 1.0  # mm: a filled box that is thinner is a line
_LEVEL = 0.25
_RASTER = 0.5  # of the page
_MOST_PAGES = 5000
_MOST_CHARACTERS = 5_000_000  # of a file, for pages may name one content again and again
_UNIT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_BROAD = "\u2e80"  # from here on characters are as wide as high; and these:
_BROAD_SIGNS = frozenset("“”‘’—…·×÷°±①②③④⑤⑥⑦⑧⑨⑩")

Matrix = tuple[float, ...]


class Page(NamedTuple):
    text: Characters
    drawn: Drawn


class Pages(NamedTuple):
    pages: tuple[Page, ...]
    warnings: tuple[Warn, ...]


def pages(raw: Raw) -> Pages:
    """Raises ReadError."""
    return _Reader(Package(raw)).all()


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.warnings: list[Warn] = []
        self.left = _MOST_CHARACTERS

    def all(self) -> Pages:
        entry = self.package.xml("OFD.xml")
        roots = [_path("", item.text) for item in _all(entry, "DocRoot")] if entry is not None else []
        found = [page for root in roots or ["Doc_0/Document.xml"] for page in self._document(root)]
        if not any(page.text.upright for page in found) and next(_all(entry, "Encryptions"), None) is not None:
            raise self.package.raw.error("encrypted", "the file is encrypted; save it without a password and try again")
        return Pages(tuple(found), tuple(self.warnings))

    def _document(self, name: str) -> Iterator[Page]:
        root = self._part(name)
        folder = posixpath.dirname(name)
        templates = {item.get("ID", ""): _path(folder, item.get("BaseLoc")) for item in _all(root, "TemplatePage")}
        common = next(_all(root, "CommonData"), None)
        size = _size(common) or _A4
        listed = [_path(folder, item.get("BaseLoc")) for item in _all(next(_all(root, "Pages"), None), "Page")]
        if len(listed) > _MOST_PAGES:
            raise self.package.raw.error(
                "too_large", f"the file has {len(listed):,} pages, over the limit of {_MOST_PAGES:,}"
            )
        for page in listed:
            content = self._part(page)
            used = [templates.get(item.get("TemplateID", ""), "") for item in _all(content, "Template")]
            layers = [part for part in (*(self._part(name) for name in used if name), content) if part is not None]
            yield self._page(layers, _size(content) or size)

    def _part(self, name: str) -> Element | None:
        """A part; one that is missing or damaged costs what it holds."""
        try:
            root = self.package.xml(name)
        except ReadError as error:
            self.warnings.append(Warn("part", f"{error.reason}; its content is missing"))
            return None
        if root is None:
            self.warnings.append(Warn("part", f"the file names a part {name} that it does not hold"))
        return root

    def _page(self, layers: Sequence[Element], size: tuple[float, float]) -> Page:
        upright: list[Glyph] = []
        aslant: list[Glyph] = []
        rules: list[Rule] = []
        covered = 0.0
        for item in (item for layer in layers for item in layer.iter(etree.Element)):
            kind = _name(item)
            if kind not in ("TextObject", "PathObject", "ImageObject") or item.get("Visible") in ("false", "0"):
                continue
            box = _numbers(item.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
            if kind == "TextObject":
                glyphs, turned = _glyphs(item, box)
                (aslant if turned else upright).extend(glyphs)
            elif kind == "PathObject":
                rules += _rules(item, box)
            else:
                covered += box[2] * box[3]
        self.left -= len(upright) + len(aslant)
        if self.left < 0:
            raise self.package.raw.error("too_large", f"the file has over {_MOST_CHARACTERS:,} characters; split it")
        width, height = size
        raster = covered >= _RASTER * width * height
        points = width * _POINTS, height * _POINTS
        return Page(Characters(points, upright, [], aslant), Drawn(tuple(rules), raster))


def _glyphs(item: Element, box: Matrix) -> tuple[list[Glyph], bool]:
    """The characters of a text object, and whether they stand at an angle."""
    a, b, c, d, e, f = _numbers(item.get("CTM"), 6) or _UNIT
    size = _number(item.get("Size")) or 4.2
    scale = _number(item.get("HScale")) or 1.0
    bold = (_number(item.get("Weight")) or 0) >= _BOLD
    shown = round(size * math.hypot(c, d) * _POINTS, 1)
    found = []
    for code in item.iterchildren("{*}TextCode"):
        x, y = _number(code.get("X")) or 0.0, _number(code.get("Y")) or 0.0
        text = code.text or ""
        across, down = (_deltas(code.get(name), len(text)) for name in ("DeltaX", "DeltaY"))
        for i, char in enumerate(text):
            step = across[i] if i < len(across) else None
            width = _width(char, size * scale, step)
            left, base = box[0] + a * x + c * y + e, box[1] + b * x + d * y + f
            if char >= " " and shown > 0:
                right = left + a * width
                found.append(Glyph(char, left * _POINTS, right * _POINTS, base * _POINTS, shown, bold))
            x += width if step is None and not down else step or 0.0
            y += down[i] if i < len(down) else 0.0
    return found, abs(math.atan2(b, a)) > _UPRIGHT


def _width(char: str, size: float, step: float | None) -> float:
    """The file has no widths: a character is as wide as the step to the next, unless that is spaced out."""
    broad = char >= _BROAD or char in _BROAD_SIGNS
    usual = size if broad else size / 2
    if step is None or step <= 0:
        return usual
    return min(step, usual) if broad or step > size else step


def _deltas(stated: str | None, count: int) -> list[float]:
    """`5 5 g 3 4.5` → 5 5 4.5 4.5 4.5, no more than `count`."""
    found: list[float] = []
    words = iter((stated or "").split())
    for word in words:
        times = 1
        if word == "g":
            stated_times, word = next(words, ""), next(words, "")
            times = int(stated_times) if stated_times.isdecimal() and len(stated_times) < 20 else 0
        found += [_number(word) or 0.0] * max(0, min(times, count - len(found)))
    return found


def _rules(item: Element, box: Matrix) -> Iterator[Rule]:
    """The straight lines of a path, level or upright, and a filled box that is thin."""
    if item.get("Stroke") == "false" and item.get("Fill") != "true":
        return
    a, b, c, d, e, f = _numbers(item.get("CTM"), 6) or _UNIT
    outlines: list[list[tuple[float, float]]] = []
    words = iter(" ".join(data.text or "" for data in _all(item, "AbbreviatedData")).split())
    for word in words:
        if word in ("M", "S", "L"):
            x, y = _number(next(words, None)) or 0.0, _number(next(words, None)) or 0.0
            if word != "L" or not outlines:
                outlines.append([])
            outlines[-1].append((box[0] + a * x + c * y + e, box[1] + b * x + d * y + f))
        elif word == "C" and outlines:
            outlines[-1].append(outlines[-1][0])
    for outline in outlines:
        corners = (
            (min(x for x, _ in outline), min(y for _, y in outline)),
            (max(x for x, _ in outline), max(y for _, y in outline)),
        )
        thin = min(corners[1][0] - corners[0][0], corners[1][1] - corners[0][1]) <= _THIN
        if thin:
            yield from _rule(*corners)
        elif item.get("Stroke") != "false":
            for start, end in pairwise(outline):
                yield from _rule(start, end)


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Rule]:
    width, height = abs(end[0] - start[0]), abs(end[1] - start[1])
    level = width >= height
    if max(width, height) > _LEVEL and min(width, height) <= _THIN:
        low, high = sorted((start[0], end[0]) if level else (start[1], end[1]))
        at = (start[1] + end[1]) / 2 if level else (start[0] + end[0]) / 2
        yield Rule(level, at * _POINTS, low * _POINTS, high * _POINTS)


def _size(parent: Element | None) -> tuple[float, float] | None:
    """Width and height of the page area that a page or the document states."""
    for item in _all(parent, "PhysicalBox"):
        box = _numbers(item.text, 4)
        if box and box[2] > 0 and box[3] > 0:
            return box[2], box[3]
    return None


def _path(folder: str, stated: str | None) -> str:
    """A part's name: from the root if it begins with a slash, else from the folder of the part that names it."""
    path = (stated or "").strip().replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")


def _all(parent: Element | None, name: str) -> Iterator[Element]:
    """The elements of a name below another, in any namespace."""
    return (item for item in parent.iter("{*}" + name) if item is not parent) if parent is not None else iter(())


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _numbers(stated: str | None, count: int) -> Matrix | None:
    found = tuple(_number(word) for word in (stated or "").split())
    return tuple(number or 0.0 for number in found) if len(found) == count and None not in found else None


def _number(stated: str | None) -> float | None:
    try:
        number = float(stated or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) < 1e6 else None
