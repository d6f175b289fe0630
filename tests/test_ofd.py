"""OFD files: what the standard says, and what writers make of it."""

from __future__ import annotations

from pathlib import Path

import docx_files
import pytest

from extractor import readers
from extractor.errors import ReadError
from extractor.readers.ofd.pages import pages
from extractor.readers.raw import Raw
from extractor.source import CellRef, Source

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(words: str, x: float, y: float, size: float = 5, more: str = "", code: str = "") -> str:
    return f'<ofd:TextObject Boundary="{x} {y} 100 {size}" Size="{size}" {more}><ofd:TextCode X="0" Y="{size}" {code}>{words}</ofd:TextCode></ofd:TextObject>'


def content(*objects: str, head: str = "") -> str:
    return (
        f"<ofd:Page {NAMESPACE}>{head}<ofd:Content><ofd:Layer>{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"
    )


def document(*places: str, templates: str = "") -> str:
    listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="{place}"/>' for i, place in enumerate(places))
    return f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{templates}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"


def root(path: str = "Doc_0/Document.xml", more: str = "") -> str:
    return f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>{path}</ofd:DocRoot></ofd:DocBody>{more}</ofd:OFD>"


def parts(*contents: str) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {f"Doc_0/Pages/Page_{i}/Content.xml": page for i, page in enumerate(contents)}
    places = [f"Pages/Page_{i}/Content.xml" for i in range(len(contents))]
    return {"OFD.xml": root(), "Doc_0/Document.xml": document(*places), **files}


def source(files: dict[str, str | bytes]) -> Source:
    return readers.read_bytes(docx_files.archive(files), "a.ofd")


def texts(found: Source) -> list[str]:
    return [line.text for line in found.lines if line.part == "body"]


PAGE = content(text("二、整改情况", 30, 60), text("一、工作情况", 30, 40))


def test_order_and_place() -> None:
    """Objects may be stored in any order; they are read from the top, and know where they stand (in points)."""
    found = source(parts(PAGE))
    assert (found.format, texts(found), found.warnings) == ("ofd", ["一、工作情况", "二、整改情况"], ())
    (at,) = found.lines[0].prints
    assert at.page == 1
    assert at.edges[0] == pytest.approx(30 * 72 / 25.4, abs=0.1)
    assert at.top < 45 * 72 / 25.4 < at.bottom


@pytest.mark.parametrize(
    "change",
    [
        lambda files: {name: str(data).replace(NAMESPACE, "").replace("ofd:", "") for name, data in files.items()},
        lambda files: {name: str(data).replace("www.ofdspec.org/2016", "other") for name, data in files.items()},
        lambda files: files | {"OFD.xml": root("/Doc_0/Document.xml")},
        lambda files: files | {"OFD.xml": root("Doc_0\\Document.xml")},
        lambda files: files | {"Doc_0/Document.xml": document("/Doc_0/Pages/Page_0/Content.xml")},
        lambda files: {name.replace("Pages", "pages").replace("OFD", "ofd"): data for name, data in files.items()},
        lambda files: {name.replace("/", "\\"): data for name, data in files.items()},
    ],
    ids=["no-namespace", "other-namespace", "absolute-root", "backslash", "absolute-page", "case", "backslash-names"],
)  # fmt: skip
def test_tolerance(change) -> None:  # type: ignore[no-untyped-def]
    assert texts(source(change(parts(PAGE)))) == ["一、工作情况", "二、整改情况"]


def test_missing_parts_cost_what_they_hold() -> None:
    files = parts(PAGE, content(text("三、下一步", 30, 40)))
    del files["Doc_0/Pages/Page_0/Content.xml"]
    found = source(files)
    assert texts(found) == ["三、下一步"]
    assert [warn.code for warn in found.warnings] == ["part", "scan"]


def test_steps_between_characters() -> None:
    """`g n v` repeats a step; a wide one is a blank."""
    found = source(parts(content(text("共12项 整改", 30, 40, code='DeltaX="5 2.5 g 2 2.5 12 5"'))))
    assert texts(found)[0].replace(" ", "") == "共12项整改"
    spaced = pages(
        Raw("a.ofd", docx_files.archive(parts(content(text("甲乙", 10, 10, code='DeltaX="g 1000000000 7"')))))
    )
    left, right = spaced.pages[0].text.upright
    assert right.x0 - left.x0 == pytest.approx(7 * 72 / 25.4, abs=0.1)


def test_template_comes_first() -> None:
    template = '<ofd:TemplatePage ID="9" BaseLoc="Tpls/T.xml"/>'
    page = content(text("正文内容", 30, 100), head='<ofd:Template TemplateID="9"/>')
    files = {"OFD.xml": root(), "Doc_0/Document.xml": document("P.xml", templates=template), "Doc_0/P.xml": page}
    found = source(files | {"Doc_0/Tpls/T.xml": content(text("通知", 30, 60))})
    assert texts(found) == ["通知", "正文内容"]


def test_page_numbers_and_text_at_an_angle() -> None:
    turned = text("内部资料", 60, 150, more='CTM="0.7 0.7 -0.7 0.7 0 0"')
    found = source(
        parts(*(content(text(f"第{i}页的正文", 30, 60), text(f"— {i} —", 100, 280), turned) for i in (1, 2)))
    )
    assert texts(found) == ["第1页的正文", "第2页的正文"]
    assert {line.text for line in found.lines if line.part == "footer"} == {"— 1 —", "— 2 —"}


def test_ruled_table() -> None:
    lines = [f'<ofd:PathObject Boundary="0 0 210 297"><ofd:AbbreviatedData>M 30 {y} L 130 {y}</ofd:AbbreviatedData></ofd:PathObject>' for y in (40, 50, 60)]  # fmt: skip
    lines += [f'<ofd:PathObject Boundary="0 0 210 297"><ofd:AbbreviatedData>M {x} 40 L {x} 60</ofd:AbbreviatedData></ofd:PathObject>' for x in (30, 80, 130)]  # fmt: skip
    cells = [text(words, x, y) for words, x, y in (("问题", 32, 42), ("整改", 82, 42), ("甲", 32, 52), ("乙", 82, 52))]
    found = source(parts(content(*lines, *cells)))
    assert [(line.text, line.cell) for line in found.lines] == [
        ("问题", CellRef(0, 0, 0)), ("整改", CellRef(0, 0, 1)), ("甲", CellRef(0, 1, 0)), ("乙", CellRef(0, 1, 1))
    ]  # fmt: skip


def test_pages_without_text_are_said() -> None:
    picture = '<ofd:ImageObject Boundary="0 0 210 297"/>'
    found = source(parts(PAGE, content(picture)))
    assert [(warn.code, "page 2" in warn.message) for warn in found.warnings] == [("scan", True)]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"OFD.xml": root(more="<ofd:Encryptions>x</ofd:Encryptions>")}, "encrypted"),
        ({"OFD.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "damaged"),
        ({"OFD.xml": root()}, "empty"),
        ({"OFD.xml": root(), "Doc_0/Document.xml": document(*["P.xml"] * 6000)}, "too_large"),
        ({"OFD.xml": root(), "Doc_0/Document.xml": document(*["P.xml"] * 600), "Doc_0/P.xml": content(text("整" * 90_000, 0, 0))}, "too_large"),
    ],
    ids=["encrypted", "doctype", "no-document", "pages", "one-page-again-and-again"],
)  # fmt: skip
def test_refused(files: dict[str, str | bytes], code: str) -> None:
    with pytest.raises(ReadError) as caught:
        source(files)
    assert caught.value.code == code


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no shared corpus here")
@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.ofd")), ids=lambda path: path.name)
def test_corpus(path: Path) -> None:
    found = readers.read(path)
    assert found.warnings == ()
    assert all(line.prints for line in found.lines)
    assert any(line.part == "footer" for line in found.lines)
