"""Office files by their grammar: paragraphs, lists, tables, sheets and pages that refer to each other in circles."""

from __future__ import annotations

from random import Random

import docx_files

from . import texts
from .broken import maybe, number, printable, zipped

_WORD = docx_files.NAMES["w"]


_XML = f'xmlns:w="{_WORD}"'


_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def word(r: Random) -> bytes:
    """A .docx of paragraphs, lists, tables, notes, fields and changes, its styles and lists referring in circles."""
    body = "".join(r.choice((_para, _para, _para, _word_table, _wrapped))(r) for _ in range(r.randint(1, 8)))
    styles = "".join(
        f'<w:style w:type="{r.choice(("paragraph", "character", "numbering", "table"))}" w:styleId="{i}"{maybe(r, 0.2, " w:default=" + chr(34) + "1" + chr(34))}><w:name w:val="{r.choice(("heading 1", "Normal", "Title", "x"))}"/>'
        f'<w:basedOn w:val="{r.randint(0, 5)}"/><w:link w:val="{r.randint(0, 5)}"/><w:pPr>{_look(r)}</w:pPr><w:rPr>{_font(r)}</w:rPr></w:style>'
        for i in range(r.randint(0, 5))
    )
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{i}">{maybe(r, 0.2, f"<w:numStyleLink w:val={chr(34)}{r.randint(0, 5)}{chr(34)}/>")}{"".join(_level(r) for _ in range(r.randint(0, 4)))}</w:abstractNum>'
        for i in range(r.randint(0, 3))
    ) + "".join(
        f'<w:num w:numId="{i}"><w:abstractNumId w:val="{r.randint(0, 3)}"/>{maybe(r, 0.3, f"<w:lvlOverride w:ilvl={chr(34)}{number(r)}{chr(34)}><w:startOverride w:val={chr(34)}{number(r)}{chr(34)}/>{_level(r)}</w:lvlOverride>")}</w:num>'
        for i in range(r.randint(0, 4))
    )
    notes = "".join(f'<w:footnote w:id="{i}">{_para(r)}</w:footnote>' for i in range(r.randint(0, 3)))
    made = docx_files.package(body, styles=styles, numbering=numbering, footnotes=notes, header1=_para(r))
    return zipped(r, made) if r.random() < 0.7 else made


NUMBERINGS = (
    "decimal", "chineseCounting", "chineseCountingThousand", "lowerRoman", "upperLetter", "ideographTraditional",
    "bullet", "decimalEnclosedCircle", "none", "x",
)  # fmt: skip


def _level(r: Random) -> str:
    form = r.choice(NUMBERINGS)
    text = r.choice(("%1、", "（%1）", "%1.%2.", "第%1章", "%9", "%", "%1%1%1", ""))
    return f'<w:lvl w:ilvl="{r.choice((number(r), str(r.randint(0, 8))))}"><w:start w:val="{number(r)}"/><w:numFmt w:val="{form}"/>{maybe(r, 0.2, f"<w:lvlRestart w:val={chr(34)}{number(r)}{chr(34)}/>")}{maybe(r, 0.2, "<w:isLgl/>")}{maybe(r, 0.2, f"<w:pStyle w:val={chr(34)}{r.randint(0, 5)}{chr(34)}/>")}<w:suff w:val="{r.choice(("tab", "space", "nothing", "x"))}"/><w:lvlText w:val="{text}"/></w:lvl>'


def _look(r: Random) -> str:
    return (
        maybe(r, 0.3, f'<w:pStyle w:val="{r.randint(0, 5)}"/>')
        + maybe(r, 0.3, f'<w:numPr><w:ilvl w:val="{number(r)}"/><w:numId w:val="{number(r)}"/></w:numPr>')
        + maybe(r, 0.2, f'<w:outlineLvl w:val="{number(r)}"/>')
        + maybe(r, 0.2, f'<w:jc w:val="{r.choice(("center", "left", "x"))}"/>')
        + maybe(r, 0.1, "<w:rPr><w:del/></w:rPr>")
    )


def _font(r: Random) -> str:
    return (
        maybe(r, 0.2, "<w:b/>")
        + maybe(r, 0.1, "<w:vanish/>")
        + maybe(r, 0.2, f'<w:sz w:val="{number(r)}"/>')
        + maybe(r, 0.1, f'<w:rStyle w:val="{r.randint(0, 5)}"/>')
    )


def _run(r: Random) -> str:
    inner = r.choice((
        lambda: f'<w:t xml:space="preserve">{printable(r)}</w:t>', lambda: f"<w:t>{printable(r)}</w:t>", lambda: "<w:tab/>", lambda: "<w:br/>",
        lambda: f'<w:fldChar w:fldCharType="{r.choice(("begin", "separate", "end"))}"/>', lambda: f"<w:instrText>{printable(r, texts.word)}</w:instrText>",
        lambda: f'<w:footnoteReference w:id="{r.randint(0, 4)}"/>', lambda: f'<w:sym w:font="Wingdings" w:char="{r.choice(("F0FE", "zz", "", "110000", "D800", "0"))}"/>',
        lambda: f"<w:delText>{printable(r)}</w:delText>", lambda: "<w:noBreakHyphen/>", lambda: f"<w:pict><w:txbxContent>{_para(r)}</w:txbxContent></w:pict>",
    ))()  # fmt: skip
    return f"<w:r><w:rPr>{_font(r)}</w:rPr>{inner}</w:r>"


def _para(r: Random) -> str:
    runs = "".join(_run(r) for _ in range(r.randint(0, 4)))
    around = r.choice(("", "", "", "ins", "del", "sdt", "hyperlink", "smartTag", "moveFrom", "fldSimple"))
    return f"<w:p><w:pPr>{_look(r)}</w:pPr>{f'<w:{around}>{runs}</w:{around}>' if around else runs}</w:p>"


def _wrapped(r: Random) -> str:
    return f"<w:sdt><w:sdtContent>{_para(r)}</w:sdtContent></w:sdt>"


def _word_table(r: Random, depth: int = 0) -> str:
    rows = ""
    for _ in range(r.randint(0, 4)):
        cells = ""
        for _ in range(r.randint(0, 4)):
            span = maybe(r, 0.3, f'<w:gridSpan w:val="{number(r)}"/>') + maybe(
                r, 0.3, f"<w:vMerge{maybe(r, 0.5, ' w:val=' + chr(34) + 'restart' + chr(34))}/>"
            )
            inner = _word_table(r, depth + 1) if depth < 3 and r.random() < 0.1 else _para(r)
            cells += f"<w:tc><w:tcPr>{span}</w:tcPr>{inner}</w:tc>"
        before = maybe(
            r, 0.1, f'<w:trPr><w:gridBefore w:val="{number(r)}"/><w:gridAfter w:val="{number(r)}"/></w:trPr>'
        )
        rows += f"<w:tr>{before}{cells}</w:tr>"
    return f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * r.randint(0, 4)}</w:tblGrid>{rows}</w:tbl>"


def workbook(r: Random) -> bytes:
    """An .xlsx by hand: cells of every type, merges, formats, shared strings, hidden rows."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main, package = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    )
    sheets = r.randint(1, 2)
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{"".join(f"<Relationship Id={chr(34)}b{i}{chr(34)} Type={chr(34)}{office}/worksheet{chr(34)} Target={chr(34)}s{i}.xml{chr(34)}/>" for i in range(sheets))}'
        f'<Relationship Id="c" Type="{office}/styles" Target="styles.xml"/><Relationship Id="d" Type="{office}/sharedStrings" Target="strings.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><workbookPr date1904="{number(r)}"/><sheets>{"".join(f"<sheet name={chr(34)}{printable(r, texts.word)}{chr(34)} r:id={chr(34)}b{i}{chr(34)}/>" for i in range(sheets))}</sheets></workbook>',
        "xl/strings.xml": f'<sst xmlns="{main}">{"".join(f"<si><t>{printable(r)}</t></si>" for _ in range(4))}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><numFmts>{"".join(f"<numFmt numFmtId={chr(34)}{i + 164}{chr(34)} formatCode={chr(34)}{_format(r)}{chr(34)}/>" for i in range(3))}</numFmts><cellXfs>{"".join(f"<xf numFmtId={chr(34)}{r.choice((0, 9, 14, 22, 57, 58, 164, 165, 166, 999))}{chr(34)}/>" for _ in range(4))}</cellXfs></styleSheet>',
        **{f"xl/s{i}.xml": f'<worksheet xmlns="{main}">{_sheet(r)}</worksheet>' for i in range(sheets)},
    }  # fmt: skip
    made = docx_files.archive(parts)
    return zipped(r, made) if r.random() < 0.7 else made


FORMATS = (
    "0", "#", "#,##0", "0.00", "%", "yyyy", "年", "m", "d", "/", "-", "[$-804]", "[红色]", "&quot;元&quot;", ";", "@",
    "E+00", "h:mm", "_)", "*", "\\", "?", "General", "G/通用格式", "aaaa", "[h]", ",", ".",
)  # fmt: skip


def _format(r: Random) -> str:
    return "".join(r.choice(FORMATS) for _ in range(r.randint(0, 5)))


def _place(r: Random) -> str:
    return r.choice(
        (
            f"{r.choice('ABCDE')}{r.randint(1, 6)}",
            f"{r.choice('ABCDE')}{r.randint(1, 6)}",
            "XFD1048576",
            "ZZZZ99999999",
            "A0",
            "A",
            "1",
            "",
            "a1",
            "$B$2",
        )
    )


def _sheet(r: Random) -> str:
    rows = ""
    for i in range(r.randint(0, 5)):
        cells = ""
        for j in range(r.randint(0, 5)):
            kind = r.choice(("s", "n", "str", "inlineStr", "b", "e", "d", "", ""))
            value = r.choice(
                (number(r), number(r), "45000", "0.5", "1e308", "-1e-9", "2023-01-01", printable(r, texts.quantity))
            )
            inner = (
                f"<is><t>{printable(r)}</t></is>"
                if kind == "inlineStr"
                else f"<f>A1</f><v>{value}</v>"
                if r.random() < 0.1
                else f"<v>{value}</v>"
            )
            place = f' r="{"ABCDE"[j]}{i + 1}"' if r.random() < 0.7 else f' r="{_place(r)}"' if r.random() < 0.3 else ""
            cells += f'<c{place}{maybe(r, 0.8, f" t={chr(34)}{kind}{chr(34)}")} s="{number(r)}">{inner}</c>'
        rows += f"<row{maybe(r, 0.7, f' r={chr(34)}{i + 1 if r.random() < 0.9 else number(r)}{chr(34)}')}{maybe(r, 0.1, ' hidden=' + chr(34) + '1' + chr(34))}>{cells}</row>"
    merges = "".join(f'<mergeCell ref="{_place(r)}:{_place(r)}"/>' for _ in range(r.choice((0, 0, 1, 3))))
    return f'<cols><col min="{number(r)}" max="{number(r)}" hidden="{number(r)}"/></cols><sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>'


def ofd(r: Random) -> bytes:
    """An .ofd of pages with text at any place, lines, steps between characters and templates."""
    pages = [_ofd_page(r) for _ in range(r.randint(1, 3))]
    listed = "".join(
        f'<ofd:Page ID="{i}" BaseLoc="{r.choice(("", "", "/Doc_0/"))}Pages/{i}.xml"/>' for i in range(len(pages))
    )
    parts: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 {number(r)} 297</ofd:PhysicalBox></ofd:PageArea>"
        f'<ofd:TemplatePage ID="9" BaseLoc="Pages/0.xml"/></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>',
        **{f"Doc_0/Pages/{i}.xml": page for i, page in enumerate(pages)},
    }
    made = docx_files.archive(parts)
    return zipped(r, made) if r.random() < 0.7 else made


def _ofd_page(r: Random) -> str:
    def place() -> str:
        return number(r) if r.random() < 0.05 else str(r.randint(0, 250))

    made = ""
    for i in range(r.randint(0, 12)):
        steps = r.choice(
            (
                "",
                "",
                'DeltaX="5 5 5"',
                'DeltaX="g 10 5"',
                'DeltaX="g 999999999 5"',
                'DeltaX="x"',
                'DeltaY="5 5"',
                'DeltaX="g"',
            )
        )
        turn = r.choice(
            (
                "",
                "",
                "",
                'CTM="1 0 0 1 5 5"',
                'CTM="0 1 -1 0 0 0"',
                'CTM="0 0 0 0 0 0"',
                'CTM="x"',
                'CharDirection="90"',
            )
        )
        line, text, words = (
            30 + 8 * (i % 5),
            place(),
            printable(r, r.choice((texts.word, texts.heading, texts.quantity))),
        )
        if r.random() < 0.75:
            made += f'<ofd:TextObject ID="{i}" Boundary="{text} {line} 100 5" Size="{r.choice(("5", "5", "3", number(r)))}" {turn}><ofd:TextCode X="0" Y="5" {steps}>{words}</ofd:TextCode></ofd:TextObject>'
        else:
            made += f'<ofd:PathObject Boundary="{place()} {line} {place()} {r.choice(("0.1", "5", place()))}" LineWidth="0.3"><ofd:AbbreviatedData>M 0 0 L {place()} {place()} B 1 1 2 2 3 3 C</ofd:AbbreviatedData></ofd:PathObject>'
    return f"<ofd:Page {_OFD}>{maybe(r, 0.2, '<ofd:Template TemplateID=' + chr(34) + '9' + chr(34) + '/>')}<ofd:Content><ofd:Layer>{made}</ofd:Layer></ofd:Content></ofd:Page>"
