"""Word documents: nothing lost, nothing twice, each text in its part."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Pt
from docx_files import NAMES, archive, opened, para, part, run, texts
from lxml import etree

from extractor import readers
from extractor.source import Cell, CellRef, Source, Table
from extractor.text import Span

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
BOX = "<w:txbxContent>{}</w:txbxContent>"
DRAWING = "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{0}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{0}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"  # fmt: skip


def field(instruction: str, result: str) -> str:
    kinds = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{kinds[0]}<w:r><w:instrText>{instruction}</w:instrText></w:r>{kinds[1]}{result}{kinds[2]}"


def cell(*content: str, properties: str = "") -> str:
    inner = "".join(item if item.startswith("<") else para(item) for item in content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def held(source: Source, index: int = 0) -> dict[tuple[int, int, int, int], list[str]]:
    """A table's cells: place and span → the texts of their lines."""
    return {
        (c.row, c.column, c.rows, c.columns): [source.lines[i].text for i in c.lines]
        for c in source.tables[index].cells
    }


def saved(tmp_path: Path, document: object) -> Source:
    path = tmp_path / "made.docx"
    document.save(path)  # type: ignore[attr-defined]
    return readers.read(path)


def test_a_document_of_python_docx(tmp_path: Path) -> None:
    made = docx.Document()
    made.core_properties.title, made.core_properties.author = "关于整改情况的报告", "python-docx"
    made.add_heading("整改情况", 2)
    title = made.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, bold in (("（一）", True), ("加强领导。", True), ("召开会议5次", False)):
        piece = title.add_run(words)
        piece.bold, piece.font.size = bold, Pt(16)
    made.add_paragraph("甲").add_run().add_break(WD_BREAK.PAGE)
    made.paragraphs[-1].add_run("乙\t丙")
    source = saved(tmp_path, made)
    assert source.hints == {"property_title": "关于整改情况的报告"}
    assert source.format == "docx"
    heading, run_in, *rest = source.lines
    assert (heading.text, heading.outline, heading.number) == ("整改情况", 2, 1)
    assert (run_in.bold, run_in.size, run_in.centred, run_in.outline) == ((Span(0, 8),), 16.0, True, None)
    assert [(line.text, line.number) for line in rest] == [("甲", 3), ("乙\t丙", 3)]


def test_everything_that_only_wraps_text(tmp_path: Path) -> None:
    body = para(
        "a",
        "<w:hyperlink>" + run("b") + "</w:hyperlink>",
        "<w:smartTag><w:smartTagPr/>" + run("c") + "</w:smartTag>",
        '<w:fldSimple w:instr="PAGE">' + run("d") + "</w:fldSimple>",
        "<w:customXml>" + run("e") + "</w:customXml>",
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + run("f") + "</w:sdtContent></w:sdt>",
        "<w:ins>" + run("g") + "</w:ins>",
        "<w:moveTo>" + run("h") + "</w:moveTo>",
        "<m:oMath><m:r><m:t>i</m:t></m:r></m:oMath>",
        "<w:r><w:ruby><w:rt>" + run("yin") + "</w:rt><w:rubyBase>" + run("j") + "</w:rubyBase></w:ruby></w:r>",
        "<mc:AlternateContent><mc:Choice Requires='w14'>" + run("k") + "</mc:Choice><mc:Fallback>" + run("K") + "</mc:Fallback></mc:AlternateContent>",
        "<w:bdo>" + run("l") + "</w:bdo>",
    )  # fmt: skip
    source = opened(tmp_path, body)
    assert texts(source) == ["abcdefghijkl"]
    assert texts(source, "hidden") == ["yin"]


def test_wrapped_blocks(tmp_path: Path) -> None:
    wrap = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    inner = table(wrap.format(row(wrap.format(cell("b")))))
    body = f"<w:sdt><w:sdtContent>{para('a')}{inner}</w:sdtContent></w:sdt><w:customXml>{para('c')}</w:customXml><w:ins>{para('d')}</w:ins>"
    source = opened(tmp_path, body)
    assert [(line.text, line.number, line.part) for line in source.lines] == [
        ("a", 1, "body"), ("b", 2, "cell"), ("c", 3, "body"), ("d", 4, "body"),
    ]  # fmt: skip


def test_tracked_changes(tmp_path: Path) -> None:
    body = para("完成", "<w:del><w:r><w:delText>3</w:delText></w:r></w:del>", "<w:ins>" + run("5") + "</w:ins>", "项", "<w:moveFrom>" + run("旧") + "</w:moveFrom>")  # fmt: skip
    source = opened(tmp_path, body)
    assert texts(source) == ["完成5项"]
    assert texts(source, "deleted") == ["3", "旧"]


def test_paragraphs_joined_by_a_deleted_mark(tmp_path: Path) -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    source = opened(tmp_path, para("整改", properties=deleted) + para("落实", "情况") + para("末", properties=deleted))
    assert [(line.text, line.number) for line in source.lines] == [("整改落实情况", 2), ("末", 3)]


def test_hidden_text(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        para("a", run("b", "<w:vanish/>"), run("c", '<w:rStyle w:val="H"/>'), run("d", '<w:vanish w:val="0"/>'))
        + para("e", run("f", '<w:vanish w:val="false"/>'), properties='<w:pStyle w:val="P"/>')
        + para(run("g", "<w:webHidden/>"))
    )
    source = opened(tmp_path, body, styles=styles)
    assert texts(source) == ["ad", "f", "g"]
    assert texts(source, "hidden") == ["bc", "e"]


def test_fields(tmp_path: Path) -> None:
    nested = field("IF " + "</w:instrText></w:r>" + field("PAGE", run("1")) + "<w:r><w:instrText>", run("二"))
    assert texts(opened(tmp_path, para(field("DATE", run("2023年")), nested))) == ["2023年二"]
    never_closed = para('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "三")
    assert texts(opened(tmp_path, never_closed + para("四"))) == ["三", "四"]


def test_field_over_paragraphs(tmp_path: Path) -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    body = (
        para(begin, "<w:r><w:instrText>TOC</w:instrText></w:r>", separate, "一、情况\t1")
        + para("二、问题\t3", end)
        + para("正文")
    )
    assert texts(opened(tmp_path, body)) == ["一、情况\t1", "二、问题\t3", "正文"]


def test_characters(tmp_path: Path) -> None:
    body = para("a", '<w:r><w:tab/><w:noBreakHyphen/><w:softHyphen/><w:t>b</w:t><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="X" w:char="F000"/></w:r>') + para(run("c\nd"))  # fmt: skip
    assert texts(opened(tmp_path, body)) == ["a\t-b☒", "c d"]


def test_line_breaks_cut_a_paragraph(tmp_path: Path) -> None:
    body = para("前言") + para(
        "甲",
        "<w:r><w:br/></w:r>",
        run("乙", "<w:b/>"),
        '<w:r><w:br w:type="page"/></w:r>',
        "<w:r><w:cr/><w:t>丙</w:t></w:r>",
    )
    source = opened(tmp_path, body)
    assert [(line.text, line.number, line.bold) for line in source.lines[1:]] == [
        ("甲", 2, ()), ("乙", 2, (Span(0, 1),)), ("", 2, ()), ("丙", 2, ()),
    ]  # fmt: skip


def test_text_boxes_come_once_after_their_paragraph(tmp_path: Path) -> None:
    box = BOX.format(para("框一") + para("框二"))
    vml = (
        "<w:r><w:pict><v:shape><v:textbox>"
        + BOX.format(para("框三"))
        + "</v:textbox><v:textpath string='艺术字'/></v:shape></w:pict></w:r>"
    )
    source = opened(tmp_path, para("前", DRAWING.format(box), "后") + para(vml, "丁"))
    assert [(line.text, line.part, line.number) for line in source.lines] == [
        ("前后", "body", 1), ("框一", "textbox", 1), ("框二", "textbox", 1),
        ("丁", "body", 2), ("艺术字", "textbox", 2), ("框三", "textbox", 2),
    ]  # fmt: skip


def test_text_box_in_a_box_and_table_in_a_box(tmp_path: Path) -> None:
    inner = para("内", DRAWING.format(BOX.format(para("里")))) + table(row(cell("格")))
    source = opened(tmp_path, para("外", DRAWING.format(BOX.format(inner))))
    assert [(line.text, line.part) for line in source.lines] == [
        ("外", "body"), ("内", "textbox"), ("里", "textbox"), ("格", "cell"),
    ]  # fmt: skip


def test_a_fallback_alone_is_read(tmp_path: Path) -> None:
    only = "<w:r><mc:AlternateContent><mc:Choice Requires='x'/><mc:Fallback><w:t>甲</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    assert texts(opened(tmp_path, para(only))) == ["甲"]


def test_notes_and_comments_follow_their_paragraph(tmp_path: Path) -> None:
    refer = '<w:r><w:{}Reference w:id="{}"/></w:r>'
    source = opened(
        tmp_path,
        para("甲", refer.format("footnote", 2), refer.format("comment", 0))
        + para("乙", refer.format("endnote", 2))
        + para("丙"),
        footnotes=f'<w:footnote w:id="-1" w:type="separator">{para("<w:r><w:separator/></w:r>")}</w:footnote><w:footnote w:id="2">{para("脚注")}</w:footnote>',
        endnotes=f'<w:endnote w:id="2">{para("尾注")}</w:endnote>',
        comments=f'<w:comment w:id="0">{para("批注")}</w:comment>',
    )
    assert [(line.text, line.part, line.number) for line in source.lines] == [
        ("甲", "body", 1), ("脚注", "footnote", 1), ("批注", "comment", 1), ("乙", "body", 2), ("尾注", "endnote", 2), ("丙", "body", 3),
    ]  # fmt: skip


def test_headers_and_footers_come_last_and_once(tmp_path: Path) -> None:
    refer = '<w:sectPr><w:headerReference r:id="r0"/><w:headerReference r:id="r0"/></w:sectPr>'
    footer = para("— ", field("PAGE", run("1")), " —")
    source = opened(tmp_path, para("甲") + refer, header1=para("内部资料"), footer1=footer + table(row(cell("格"))))
    assert [(line.text, line.part, line.number) for line in source.lines] == [
        ("甲", "body", 1), ("内部资料", "header", 1), ("— 1 —", "footer", 2), ("格", "footer", 3),
    ]  # fmt: skip


def test_merged_cells_once_with_their_spans(tmp_path: Path) -> None:
    wide, down, goes_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    source = opened(
        tmp_path,
        para("表")
        + table(
            row(cell("a", properties=wide), cell("b")),
            row(cell("c", properties=down), cell("d", "e"), cell("")),
            row(cell("", properties=goes_on), cell("f", properties='<w:hMerge w:val="restart"/>'), cell("", properties="<w:hMerge/>")),
            row(cell("g"), properties='<w:gridBefore w:val="1"/>'),
        ),
    )  # fmt: skip
    assert (source.tables[0].rows, source.tables[0].columns) == (4, 3)
    assert held(source) == {
        (0, 0, 1, 2): ["a"], (0, 2, 1, 1): ["b"], (1, 0, 2, 1): ["c"], (1, 1, 1, 1): ["d", "e"],
        (1, 2, 1, 1): [], (2, 1, 1, 2): ["f"], (3, 1, 1, 1): ["g"],
    }  # fmt: skip
    assert [(line.number, line.cell) for line in source.lines if line.text in "de" and line.text] == [
        (5, CellRef(0, 1, 1)), (6, CellRef(0, 1, 1)),
    ]  # fmt: skip


def test_nested_tables_have_their_own_index(tmp_path: Path) -> None:
    source = opened(tmp_path, table(row(cell("a", table(row(cell("b"))), "c"), cell("d"))) + table(row(cell("e"))))
    assert [held(source, i) for i in range(3)] == [
        {(0, 0, 1, 1): ["a", "c"], (0, 1, 1, 1): ["d"]}, {(0, 0, 1, 1): ["b"]}, {(0, 0, 1, 1): ["e"]},
    ]  # fmt: skip
    assert [line.text for line in source.lines] == list("abcde")


def test_deleted_row_and_text_under_a_merge(tmp_path: Path) -> None:
    source = opened(tmp_path, table(row(cell("a", properties='<w:vMerge w:val="restart"/>')), row(cell("b"), properties="<w:del/>"), row(cell("c", properties="<w:vMerge/>"))))  # fmt: skip
    assert source.tables == (Table(2, 1, (Cell(0, 0, 2, 1, (0,)),)),)
    assert [(line.text, line.part) for line in source.lines] == [("a", "cell"), ("b", "deleted"), ("c", "hidden")]


def test_note_in_a_cell_is_no_text_of_the_cell(tmp_path: Path) -> None:
    body = table(row(cell(para("数", '<w:r><w:footnoteReference w:id="1"/></w:r>'))))
    source = opened(tmp_path, body, footnotes=f'<w:footnote w:id="1">{para("注")}</w:footnote>')
    assert held(source) == {(0, 0, 1, 1): ["数"]}
    assert texts(source, "footnote") == ["注"]


def test_evidence_of_style(tmp_path: Path) -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="N"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="自定义"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="标题 4"/></w:style>'
        '<w:style w:type="character" w:styleId="C"><w:rPr><w:b/></w:rPr></w:style>'
    )
    body = (
        para("甲", properties='<w:pStyle w:val="1"/>')
        + para("乙", run("丙", '<w:rStyle w:val="C"/>'), run("丁", '<w:b w:val="0"/>'), properties='<w:pStyle w:val="2"/><w:jc w:val="left"/>')
        + para("戊", run("己己", '<w:rStyle w:val="C"/><w:sz w:val="44"/>'), properties='<w:pStyle w:val="3"/>')
        + para("庚", properties='<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>')
        + para("辛", properties='<w:outlineLvl w:val="0"/>')
    )  # fmt: skip
    seen = [(line.outline, line.size, line.centred, line.bold) for line in opened(tmp_path, body, styles=styles).lines]
    assert seen == [
        (1, 16.0, True, (Span(0, 1),)),
        (3, 16.0, False, (Span(0, 1),)),  # bold in both paragraph and character style is plain
        (4, 22.0, False, (Span(1, 3),)),
        (None, 16.0, True, (Span(0, 1),)),
        (1, 10.5, False, ()),
    ]


def test_template_properties_are_no_hints(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("甲")
    for title, author, hints in (
        ("", "微软用户", {}),
        ("Microsoft Word - 1", "Administrator", {}),
        ("文档1", "张三", {"property_creator": "张三"}),
        ("2023年工作总结", "", {"property_title": "2023年工作总结"}),
    ):
        made.core_properties.title, made.core_properties.author = title, author
        assert saved(tmp_path, made).hints == hints


def test_strict_file_and_main_part_elsewhere(tmp_path: Path) -> None:
    document = part("document", f"<w:body>{para('甲')}</w:body>").replace(
        NAMES["w"], "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>'
    (tmp_path / "a.docx").write_bytes(archive({"_rels/.rels": relations, "word/document2.xml": document}))
    assert texts(readers.read(tmp_path / "a.docx")) == ["甲"]


def test_names_with_backslashes_and_capitals(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(
        archive({"WORD\\Document.xml": part("document", f"<w:body>{para('甲')}</w:body>")})
    )
    assert texts(readers.read(tmp_path / "a.docx")) == ["甲"]


def test_a_damaged_part_costs_that_part(tmp_path: Path) -> None:
    source = opened(tmp_path, para("甲"), footnotes="<w:footnote>", header1=para("眉"))
    assert texts(source, "body", "header") == ["甲", "眉"]
    assert [warning.code for warning in source.warnings] == ["part"]


def test_damaged_properties_cost_the_hints(tmp_path: Path) -> None:
    document = part("document", f"<w:body>{para('甲')}</w:body>")
    (tmp_path / "a.docx").write_bytes(archive({"word/document.xml": document, "docProps/core.xml": "<a"}))
    assert (texts(readers.read(tmp_path / "a.docx")), readers.read(tmp_path / "a.docx").hints) == (["甲"], {})


def test_headers_in_the_order_of_their_parts(tmp_path: Path) -> None:
    source = opened(tmp_path, para("甲"), footer1=para("f"), header10=para("c"), header2=para("b"), header1=para("a"))
    assert texts(source, "header", "footer") == ["a", "b", "c", "f"]


def test_embedded_document_is_told(tmp_path: Path) -> None:
    assert [w.code for w in opened(tmp_path, para("甲") + '<w:altChunk r:id="x"/>').warnings] == ["embedded"]


def test_same_bytes_same_source(tmp_path: Path) -> None:
    body = para("甲") + table(row(cell("乙")))
    assert opened(tmp_path, body) == opened(tmp_path, body)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no shared corpus here")
@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.docx")), ids=lambda path: path.name)
def test_corpus_text_is_all_there(path: Path) -> None:
    """Every w:t of body, notes, headers and footers is in a line; what the lines hold beyond it is generated."""
    source = readers.read(path)
    with zipfile.ZipFile(path) as opened_zip:
        names = [n for n in opened_zip.namelist() if n.startswith("word/") and n.endswith(".xml")]
        stories = [
            n for n in names if any(s in n for s in ("document.xml", "footnotes", "endnotes", "header", "footer"))
        ]
        words = []
        for name in stories:
            root = etree.parse(io.BytesIO(opened_zip.read(name)))
            fallback = f"{{{NAMES['mc']}}}Fallback"
            for item in root.iter(f"{{{NAMES['w']}}}t", f"{{{NAMES['w']}}}delText"):
                if not any(parent.tag == fallback for parent in item.iterancestors()):
                    words.append(item.text or "")
    read = "".join(line.text[line.automatic :] for line in source.lines)
    assert sorted("".join("".join(words).split())) == sorted("".join(read.split()))
