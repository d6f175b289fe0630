"""Web pages: where the text is, and what becomes of everything else."""

from __future__ import annotations

import base64
import contextlib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractor
from extractor import pipeline, readers, rules
from extractor.errors import ReadError, RuleError
from extractor.readers.html.rulefile import HtmlRules
from extractor.readers.html.tree import MOST_TAGS
from extractor.source import Cell, Line, Source

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
PROSE = "".join(f"<p>今年以来，我局认真贯彻落实上级部署，第{n}项工作成效明显。</p>" for n in range(1, 9))
NAV = '<div class="top"><a href="/">首页</a> <a href="/a">政务公开</a> <a href="/b">办事服务</a></div>'
FOOT = '<div class="foot">主办：某市人民政府办公室　网站标识码：1234567890，<a href="/c">联系我们</a></div>'


def read(page: str | bytes, name: str = "a.html") -> Source:
    return readers.read_bytes(page if isinstance(page, bytes) else page.encode(), name)


def texts(source: Source, *parts: str) -> list[str]:
    return [line.text for line in source.lines if line.part in (parts or ("body", "cell"))]


def lines(page: str) -> list[str]:
    return texts(read(page))


def line(page: str) -> Line:
    (found,) = (line for line in read(page).lines if line.part in {"body", "cell"})
    return found


def test_what_is_around_the_text_is_outside() -> None:
    for frame in ('<div id="zoom">{}</div>', '<div class="k7"><div>{}</div></div>'):
        source = read(NAV + frame.format(PROSE) + FOOT)
        assert texts(source, "outside")[0] == "首页 政务公开 办事服务"
        assert texts(source, "outside")[-1].startswith("主办：")
        assert len(texts(source)) == 8


def test_outside_is_noise_by_name() -> None:
    source = read(NAV + f'<div id="zoom">{PROSE}<p style="display:none">乱码</p></div>' + FOOT)
    made = pipeline.report(source, None, rules.load())
    assert {noise.rule for noise in made.noise} == {"outside-text", "hidden-text"}
    assert "首页" not in made.documents[0].text


def test_rules_of_the_user(tmp_path: Path) -> None:
    page = NAV + f'<div class="mine"><p>现将整改情况，报告如下。</p></div><div class="theirs">{PROSE}</div>'
    entry = """least_share = 0.01
[[body]]
id = "mine"
selector = ".mine"
examples = [ { text = '<a href="/">首页</a><div class="mine">«今年以来，成效明显。»</div>' } ]
"""
    (tmp_path / "html.toml").write_text(entry, "utf-8")
    (tmp_path / "a.html").write_text(page, "utf-8")
    assert extractor.extract(tmp_path / "a.html", rules=tmp_path).documents[0].text == "现将整改情况，报告如下。"
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "html.toml").write_text('[[body]]\nid = "bad"\nselector = "p[["\n', "utf-8")
    with pytest.raises(RuleError, match="no CSS selector"):
        extractor.extract(tmp_path / "a.html", rules=bad)


def test_title_above_the_text() -> None:
    head = "<title>某局2023年度工作总结_某市人民政府</title>"
    page = (
        f'{head}{NAV}<div class="logo">某市人民政府</div><h1>某局2023年度<br>工作总结</h1><p>发布时间：2024-01-05</p>'
    )
    source = read(f'{page}<div id="zoom">{PROSE}</div>')
    assert texts(source)[:2] == ["某局2023年度", "工作总结"]
    assert source.hints == {"title": "某局2023年度工作总结_某市人民政府", "date": "2024-01-05"}
    again = read(f'{page}<div id="zoom"><p>某局2023年度工作总结</p>{PROSE}</div>')
    assert texts(again)[0] == "某局2023年度工作总结"
    assert texts(again, "outside")[-3:-1] == ["某局2023年度", "工作总结"]


def test_hints_of_the_head_come_before_labels() -> None:
    head = '<meta name="ArticleTitle" content="工作 总结"><meta name="pubdate" content="2024-01-08 09:00"><meta name="ContentSource" content="某局">'
    table = "<table><tr><td>成文日期：</td><td>2024年1月5日</td></tr><tr><td>发文机关：</td><td>某市</td></tr></table>"
    source = read(f'<head>{head}</head>{NAV}{table}<div id="zoom">{PROSE}</div>')
    assert source.hints == {"title": "工作 总结", "date": "2024-01-08 09:00", "issuer": "某局"}
    assert read(f'{NAV}{table}<div id="zoom">{PROSE}</div>').hints == {"date": "2024年1月5日", "issuer": "某市"}


def test_links() -> None:
    related = (
        "<div><h3>相关新闻</h3><ul>"
        + "".join(f'<li><a href="/{n}">某县召开会议</a></li>' for n in range(4))
        + "</ul></div>"
    )
    files = '<p>附件：<a href="/1.docx">1.清单</a></p><p><a href="/d?id=2">附件2</a></p><p><a href="#m">目录</a></p>'
    source = read(f'<div id="zoom">{PROSE}{files}{related}</div>')
    assert texts(source)[-3:] == ["附件：1.清单", "附件2", "目录"]
    assert texts(source, "outside")[0] == "相关新闻"


def test_a_page_of_links_has_no_text() -> None:
    source = read("".join(f'<li><a href="/{n}">某县召开会议，部署工作</a>' for n in range(9)))
    assert texts(source) == []
    assert [warn.code for warn in source.warnings] == ["no-body"]


def test_a_page_that_is_cut_off() -> None:
    page = f"<html><body><div>{PROSE}</div></body></html>"
    assert read(page).warnings == ()
    assert [warn.code for warn in read(page[:-30]).warnings] == ["cut-off"]
    assert read(f"<div>{PROSE}").warnings == ()  # a piece of a page


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="display: none">藏</span>',
        "<span hidden>藏</span>",
        '<i aria-hidden="true">藏</i>',
        '<span style="VISIBILITY:hidden">藏</span>',
        '<span style="font-size:0px">藏</span>',
        '<span style="position:absolute;left:-9999px">藏</span>',
        "<noscript>藏</noscript>",
        '<span class="no">藏</span>',
    ],
)
def test_hidden(hidden: str) -> None:
    source = read(f"<style>/* c */ .no, .x {{ display:none }}</style><p>今年{hidden}以来，成效明显。</p>")
    assert texts(source) == ["今年以来，成效明显。"]
    assert texts(source, "hidden") == ["藏"]


def test_what_a_script_shows_is_not_hidden() -> None:
    assert len(lines(f'<p>载入中</p><div style="display:none">{PROSE}</div>')) == 9


def test_no_characters() -> None:
    page = "<title>题</title><style>p{}</style><script>var a='<p>甲</p>'</script><p>今<!-- 注 -->年<svg><text>图</text></svg></p><template><p>模</p></template>"
    assert [line.text for line in read(page).lines] == ["今年"]


def test_print_styles_do_not_hide() -> None:
    assert lines('<style>@media print { .a { display:none } } @import "x";</style><p class="a">甲</p>') == ["甲"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>5<span>月</span><b>3</b>\n日</p>", ["5月3 日"]),
        ("<p>研究，\n\t部\n署 整改\n2 项</p>", ["研究，部署 整改 2 项"]),
        ("<p>甲<br>乙<br><br>丙<br></p>", ["甲", "乙", "", "丙"]),
        ("<p>甲</p>\n<p> </p><p><br></p><p>&nbsp;</p><p>乙</p>", ["甲", "", "乙"]),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("<p>&nbsp;&nbsp;得分&lt;60分的&amp;单位 </p>", ["\xa0\xa0得分<60分的&单位"]),
        ("<p><U+00A0>甲&lt;U+3000&gt;</p>", ["<U+00A0>甲<U+3000>"]),
        ("<pre>一、甲\n  二、乙</pre>", ["一、甲", "  二、乙"]),
        ('<p><span style="display:block">甲</span><span style="display:block">乙</span></p>', ["甲", "乙"]),
        ("<p>增长5%<sup>[1]</sup>，10<sup>4</sup>亩</p>", ["增长5%[1]，104亩"]),
        ("<p>甲<ruby>字<rp>(</rp><rt>zi</rt><rp>)</rp></ruby></p>", ["甲字"]),
        ("一、甲<br>今年，成效明显。", ["一、甲", "今年，成效明显。"]),
        ("<dl><dt>甲</dt><dd>乙</dd></dl>", ["甲", "乙"]),
    ],
)
def test_lines(page: str, expected: list[str]) -> None:
    assert lines(page) == expected


def test_numbers_count_the_lines() -> None:
    assert [line.number for line in read(NAV + PROSE).lines] == list(range(1, 10))


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
        ('<ol type="A" start="3"><li>甲<li value="7">乙<li>丙</ol>', ["C. 甲", "G. 乙", "H. 丙"]),
        ('<ol type="i" reversed><li>甲<li>乙</ol>', ["ii. 甲", "i. 乙"]),
        (
            '<ol style="list-style-type: simp-chinese-informal"><li>甲<li><p>乙</p><p>丙</p></ol>',
            ["一、甲", "二、乙", "丙"],
        ),
        ('<ol style="list-style: cjk-ideographic inside" start="11"><li>甲</ol>', ["十一、甲"]),
        ("<ul><li>甲<ol><li>乙</ol></ul>", ["甲", "1. 乙"]),
        ('<ol style="list-style:none"><li>1. 甲</ol>', ["1. 甲"]),
        ("<ol><li><ol><li>甲</ol><li>乙</ol>", ["1. 1. 甲", "2. 乙"]),
    ],
)
def test_lists(page: str, expected: list[str]) -> None:
    assert lines(page) == expected


def test_automatic_numbers_are_marked() -> None:
    found = line("<ol start=12><li><b>完善</b>制度</ol>")
    assert (found.text, found.automatic) == ("12. 完善制度", 3)
    assert [found.text[a:b] for a, b in found.bold] == ["完善"]


@pytest.mark.parametrize(
    ("page", "bold"),
    [
        ("<p><b>一、</b><strong>甲</strong>乙</p>", ["一、甲"]),
        ('<p style="font-weight:700">甲<span style="font-weight:normal">乙</span></p>', ["甲"]),
        ('<style>p.t { font: bold 16pt/1.5 宋体 }</style><p class="t">甲</p>', ["甲"]),
        ("<p><strong><span style=font-size: 16pt; font-weight: normal; color: red;>甲</span></strong></p>", []),
        ('<p><b style="font-weight: 400">甲</b></p>', []),
    ],
)
def test_bold(page: str, bold: list[str]) -> None:
    found = line(page)
    assert [found.text[a:b] for a, b in found.bold] == bold


def test_looks() -> None:
    assert line("<center>题</center>").centred
    assert line('<p align="center">题</p>').centred
    assert not line('<center><p style="text-align:left">题</p></center>').centred
    assert line("<h2>一、甲</h2>").outline == 2
    assert line('<p style="font-size:16pt">甲<span style="font-size:12px">（注）</span>乙丙丁</p>').size == 16
    assert line('<p style="font-size:20px">甲</p>').size == 15
    assert line('<font size="5">甲</font>').size == 18


def test_share_site() -> None:
    layers = "".join(
        f'<p class="reader-word-layer" style="top:{n}px">今年以来，我局推进第{n}项工作。</p>' for n in range(18)
    )
    tools = "".join(f'<a href="/t{n}">{name}</a>' for n, name in enumerate(["下载", "收藏", "分享", "举报"]))
    page = f"""<title>某局2023年工作总结.docx - 某某文库</title><div id="head"><input value="搜索"><a href="/">文库首页</a></div>
<div class="doc-head"><h1>某局2023年工作总结.docx</h1><div>上传人：小张</div><div>格式：DOCX</div><div>页数：3</div></div>
<div class="doc-reader"><div class="page"><div class="toolbar">{tools}</div>{layers}</div><p>还剩1页未读，继续阅读</p></div>
<div class="side"><ul><li><a href="/1">某县2022年工作总结</a></li><li><a href="/2">某乡总结，最新</a></li></ul></div>"""
    report = pipeline.report(read(page), None, rules.load())
    (document,) = report.documents
    assert document.text.startswith("今年以来，我局推进第0项工作。")
    assert document.text.endswith("我局推进第17项工作。")
    assert report.documents[0].title == "某局2023年工作总结"
    assert {noise.rule for noise in report.noise} == {"outside-text", "preview-limit"}
    assert sum(len(noise.text) for noise in report.noise) > 60


def test_data_table() -> None:
    rows = "<tr><th rowspan=2>项目<th colspan=2>金额<tr><td>2022<td>2023<tr><td>甲<td><td><p>1.5</p><p>2</p>"
    source = read(f"<p>见表。</p><table><caption>表1</caption>{rows}</table>")
    assert texts(source) == ["见表。", "表1", "项目", "金额", "2022", "2023", "甲", "1.5", "2"]
    (table,) = source.tables
    assert (table.rows, table.columns) == (3, 3)
    assert table.cells[:2] == (Cell(0, 0, 2, 1, (2,)), Cell(0, 1, 1, 2, (3,)))
    assert table.cells[-2:] == (Cell(2, 1, 1, 1, ()), Cell(2, 2, 1, 1, (7, 8)))
    assert all(source.lines[i].part == "cell" for cell in table.cells for i in cell.lines)


def test_nested_data_table() -> None:
    inner = "<table border=1><tr><td>内一</td><td>内二</td></tr></table>"
    source = read(f"<table border=1><tr><th>甲</th><th>乙</th></tr><tr><td>丙{inner}</td><td>丁</td></tr></table>")
    outer, nested = source.tables
    assert [source.lines[i].text for cell in outer.cells for i in cell.lines] == ["甲", "乙", "丙", "丁"]
    assert [source.lines[i].text for cell in nested.cells for i in cell.lines] == ["内一", "内二"]


@pytest.mark.parametrize(
    "frame",
    [
        "<table border=1><tr><td>{}</td></tr></table>",
        "<table><tr><td>一</td></tr><tr><td>{}</td></tr></table>",
        f"<table width=100%><tr><td>{NAV}</td><td><table><tr><td>{{}}</td></tr></table></td></tr></table>",
        '<table border=1><tr><td>日期</td><td>1</td></tr><tr><td colspan=2 id="zoom">{}</td></tr></table>',
        "<table><tr><td>左</td><td>{}</td></tr><tr><td>下</td><td>右</td></tr></table>",
        '<table role="presentation" border=1><tr><td>左<td>{}<tr><td>下<td>右</table>',
    ],
)
def test_layout_table(frame: str) -> None:
    data = "<table border=1><tr><td>项目<td>数<tr><td>甲<td>2</table>"
    source = read(frame.format(PROSE * 2 + data))
    assert len(source.tables) == 1
    assert [line.text for line in source.lines if line.cell] == ["项目", "数", "甲", "2"]
    assert sum("成效明显" in text for text in texts(source)) == 16


def test_tables_outside_hold_no_data() -> None:
    source = read(f'<table border=1><tr><td>索引号<td>1<tr><td>日期<td>2</table>{NAV}<div id="zoom">{PROSE}</div>')
    assert source.tables == ()


@pytest.mark.parametrize("encoding", ["gb2312", "GBK", "gb18030", "big5", "utf-8"])
def test_declared_encoding(encoding: str) -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head><p>總結報告，成效明顯</p>'
    source = read(page.encode("gb18030" if encoding.lower().startswith("gb") else encoding))
    assert texts(source) == ["總結報告，成效明顯"]
    assert source.encoding == ("gb18030" if encoding.lower().startswith("gb") else encoding)


def test_encoding_of_few_characters_and_wrong_declarations() -> None:
    assert lines_of('<meta charset="gb2312"><p>联通</p>'.encode("gb18030")) == ["联通"]
    assert lines_of(f'<meta charset="gb2312">{PROSE}'.encode())[0].startswith("今年以来")
    assert lines_of(f'<meta charset="utf-8">{PROSE}'.encode("gb18030"))[0].startswith("今年以来")
    assert lines_of(f"<script>{'x' * 20_000}</script>{PROSE}".encode("gb18030"))[0].startswith("今年以来")
    assert lines_of(f"<html>{PROSE}".encode("utf-16"))[0].startswith("今年以来")


def lines_of(data: bytes) -> list[str]:
    return texts(read(data))


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.txt", "<p>甲</p>", "html"),
        ("a.htm", "甲<br>乙", "html"),
        ("a.docx", "<html><body><p>甲</p></body></html>", "html"),  # what export buttons call Word
        ("a.html", '<html xmlns:w="urn:w"><meta name=ProgId content=Word.Document><p>甲</p>', "html"),
        ("a.md", "<p>甲</p>", "md"),
        ("a.html", "甲乙丙", "txt"),
        ("a.txt", "得分<60分", "txt"),
    ],
)
def test_claims(name: str, data: str, form: str) -> None:
    assert read(data.encode(), name).format == form


def archive(page: bytes, kind: str = "text/html") -> bytes:
    coded = base64.encodebytes(page).decode()
    return (
        "From: <Saved by a browser>\r\nSubject: a\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n'
        f"--x\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n{coded}\r\n"
        "--x\r\nContent-Type: image/png\r\n\r\nabc\r\n--x--\r\n"
    ).encode()


def test_web_archive() -> None:
    data = archive(f'<meta charset="gb2312">{PROSE}'.encode("gb18030"))
    source = read(data, "a.mht")
    assert (source.format, source.size, source.encoding) == ("mhtml", len(data), "gb18030")
    assert len(texts(source)) == 8
    for bad in (archive(b"a", "image/gif"), data[:60], b"MIME-Version: 1.0\n\n"):
        with pytest.raises(ReadError, match="web archive"):
            read(bad, "a.mht")


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<div>" * 5_000 + "甲", "too_large"),
        ("".join(f"<font a={n}>" for n in range(2_500)) + "<p>甲" * 2_000, "too_large"),
        ("<b>甲</b>" * MOST_TAGS, "too_large"),
        ("<p>" + "甲" * 600_000, "too_large"),
        ("<html></html>", "empty"),
        ("<frameset><frame src=a></frameset>", "empty"),
        ("<p>\0\1\2</p>" * 9, "binary"),
    ],
    ids=["deep", "reopened", "tags", "long", "empty", "frames", "binary"],
)
def test_beyond_the_limits(page: str, code: str) -> None:
    with pytest.raises(ReadError) as error:
        read(page)
    assert error.value.code == code
    assert "\n" not in str(error.value)


def test_deep_but_read() -> None:
    assert lines("<div>" * 2_900 + "<p>甲</p>") == ["甲"]
    assert lines("<table><tr><td>" * 800 + "<p>甲</p>") == ["甲"]
    assert lines("<U+00A0>" * 9_000 + "甲") == ["<U+00A0>" * 9_000 + "甲"]


TAGS = [
    "p",
    "div",
    "b",
    "span",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "a href=x",
    "br",
    "h2",
    "center",
    "div id=zoom",
    "i hidden",
    "rt",
]
TREES = st.recursive(
    st.text("甲乙丙，。1 &", max_size=12),
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=5)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0].split()[0]}>"
    ),
    max_leaves=30,
)


@given(TREES)
def test_every_character_is_in_one_line(page: str) -> None:
    found = read(f"<html>{page}甲")
    own = "".join(line.text[line.automatic :] for line in found.lines)
    kept = Counter(char for char in own if char in "甲乙丙，。&")
    assert kept == Counter(char for char in page + "甲" if char in "甲乙丙，。&")


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        assert read(b"<html>" + data).format == "html"


def test_rule_file_is_typed() -> None:
    assert rules.load().of(HtmlRules).densest.share > 0.5


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no shared corpus here")
@pytest.mark.parametrize(
    "name", ["requests-reply-hubei-2004", "requests-reply-liaoning-2004", "inspection-praise-2018"]
)
def test_corpus(name: str) -> None:
    source = readers.read(CORPUS / f"{name}.html")
    assert source.tables == ()
    assert texts(source)[0].startswith("国务院办公厅")
    assert set(texts(source, "outside")) >= {"索 引 号：", "发文字号：", "扫一扫在手机打开当前页"}
    assert set(source.hints) == {"title", "date", "issuer"}
