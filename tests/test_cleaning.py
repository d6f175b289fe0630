"""Noise, joined lines and documents; the invariant is that no character is lost or counted twice."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import readers, rules
from extractor.cleaning import clean
from extractor.errors import RuleError
from extractor.source import CellRef, Cleaned, Line, Source
from extractor.text import Span

RULES = rules.load()
SHARED = Path(__file__).parents[2] / "shared"
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared documents are not here")


def source(*lines: Line | str, **hints: str) -> Source:
    numbered = [Line(line, i) if isinstance(line, str) else line for i, line in enumerate(lines, 1)]
    return Source("example.txt", "txt", "0" * 64, 0, tuple(numbered), hints=hints)


def cleaned(*lines: Line | str, **hints: str) -> Cleaned:
    return clean(source(*lines, **hints), RULES)


def texts(result: Cleaned) -> list[str]:
    return [draft.text.raw for draft in result.drafts]


def noise(result: Cleaned) -> list[tuple[str, str]]:
    return [(one.rule, one.text) for one in result.noise]


def places(result: Cleaned) -> Counter[tuple[int, int]]:
    """How often each character of the source is in a draft or in noise."""
    pieces = [piece for draft in result.drafts for piece in draft.text.pieces(Span(0, len(draft.text)))]
    pieces += [piece for one in result.noise for piece in one.pieces]
    return Counter((piece.line, at) for piece in pieces for at in range(piece.start, piece.end))


def assert_whole(file: Source, result: Cleaned) -> None:
    assert places(result) == Counter((i, at) for i, line in enumerate(file.lines) for at in range(len(line.text)))
    for draft in result.drafts:
        for run in draft.text.runs:
            printed = file.lines[run.line].text[run.start : run.start + run.length]
            assert draft.text.raw[run.at : run.at + run.length] == printed
        put_in = len(draft.text) - sum(run.length for run in draft.text.runs)
        assert put_in <= draft.text.raw.count("\n")


def chunks(text: str, width: int) -> list[str]:
    return [text[i : i + width] for i in range(0, len(text), width)]


LINES = st.sampled_from([
    "", "   ", "　　各位代表：", "下载", "【字体：大 中 小】", "<U+00A0><U+00A0>", "<!--more-->", "<!--", "-->",
    "1、根据部署，开展整改。落实主体责", "2、任，召开会议。研究反馈意", "3、见，部署工作。", "— 3 —", "7",
    "以下内容供阅读：发言", "来源：某某日报", "您的位置：", "首页", ">", "标题: 报告", "发布机构: 某局", "文号:", "|",
    "《报告.docx》由会员分享,可在线阅读,请在某某文库上搜索。", "2023年1月5日", "某局2023年工作总结", "附件1",
    "一是加强学习，", "。", "（", "一）提高站位", "抓学习。抓制度。抓落实。抓监督。抓队伍。抓宣传。抓作风。",
])  # fmt: skip
PARTS = st.sampled_from(["body", "body", "body", "cell", "footnote", "textbox", "header", "hidden", "meta"])


@st.composite
def files(draw: st.DrawFn) -> Source:
    lines = []
    for i in range(draw(st.integers(0, 14))):
        text = draw(st.one_of(LINES, st.text("一、。 \t（）《》“”12、:|<!-->正文\u3000", max_size=12)))
        ends = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
        part = draw(PARTS)
        cell = CellRef(0, i, 0) if part == "cell" else None
        marks = (Span(*ends),) if ends[0] < ends[1] and draw(st.booleans()) else ()
        lines.append(Line(text, i + 1, part, cell, marks=marks))
    return source(*lines)


@given(files())
def test_every_character_is_in_one_place(file: Source) -> None:
    assert_whole(file, clean(file, RULES))


@given(files())
def test_lines_of_a_draft_stay_in_order(file: Source) -> None:
    """Only what stands between two halves of a sentence is moved, and it is no line of the body."""
    for draft in clean(file, RULES).drafts:
        body = [run.line for run in draft.text.runs if file.lines[run.line].part == "body"]
        assert body == sorted(body)


def test_unseen_parts_are_noise_by_their_name() -> None:
    result = cleaned("正文。", Line("某局", 2, "header"), Line("删去的话", 3, "deleted"), Line("title: x", 4, "meta"))
    assert texts(result) == ["正文。"]
    assert noise(result) == [("running-header", "某局"), ("tracked-deletion", "删去的话"), ("metadata", "title: x")]


def test_text_round_markup_comes_together() -> None:
    result = cleaned(Line("**201****8****年**工作总结", 1, marks=(Span(0, 2), Span(5, 9), Span(10, 14), Span(15, 17))))
    assert texts(result) == ["2018年工作总结"]
    assert {rule for rule, _ in noise(result)} == {"markup"}


def test_hints_go_to_their_own_document() -> None:
    result = cleaned(
        "《2023甲局整改报告.docx》由会员分享,可在线阅读,请在某某文库上搜索。",
        "甲局认真整改。",
        "《乙局工作总结.doc》由会员分享,可在线阅读,请在某某文库上搜索。",
        "发布时间：2023-05-06",
        "乙局扎实推进。",
        title="某站->文件 | example.cn",
    )
    assert [dict(draft.hints) for draft in result.drafts] == [
        {"title": "甲局整改报告"},
        {"title": "乙局工作总结", "date": "2023-05-06"},
    ]


def test_a_value_ends_at_the_next_label() -> None:
    result = cleaned(
        "索引号: 0024-26 公开方式: 主动公开",
        "文号: 公开日期: 2021-09-13",
        "发布单位: 市审计局 主题分类: 审计",
        "各位委员:",
    )
    assert result.drafts[0].hints["issuer"] == "市审计局"


def test_a_title_below_a_card_is_no_value_of_it() -> None:
    card = ["索引号: 0024-26", "名称: 某区印发要点的通知", "文号: 〔2020〕4号", "主题词:", ""]
    result = cleaned(*card, "某区印发要点的通知", "发布日期:2020-05-26 浏览次数:-", "各镇:")
    assert texts(result) == ["某区印发要点的通知\n各镇:"]


@pytest.mark.parametrize(
    ("page", "issuer"),
    [("", "某县水务局"), ("水务局", "某县水务局"), ("县政府网站", "某县水务局"), ("某市水利厅", "某市水利厅")],
)
def test_a_signature_says_more_than_a_page(page: str, issuer: str) -> None:
    card = ["标题: 某局整改报告", f"发布机构: {page}", "文号: 无", ""]
    result = cleaned(*card, "整改任务已经全部完成。", "某县水务局", "2023年5月6日")
    assert result.drafts[0].hints["issuer"] == issuer


def test_a_website_is_no_issuer() -> None:
    result = cleaned("标题: 某局整改报告", "发布机构: 县政府门户网站", "文号: 无", "", "整改任务已经全部完成。")
    assert "issuer" not in result.drafts[0].hints


def test_a_title_of_the_file_loses_its_site() -> None:
    result = cleaned("各位代表：", title="南方大学->关于巡视整改进展情况的通报 | example.info")
    assert result.drafts[0].hints["title"] == "关于巡视整改进展情况的通报"


def test_numbered_items_are_no_counters() -> None:
    lines = ["1、加强组织领导。成立专班。", "2、完善制度。修订办法", "3、狠抓落实。", "4、强化监督。"]
    assert cleaned(*lines).noise == ()


def test_counters_may_cut_a_number_of_the_text() -> None:
    head = "1、根据统一部署，开展整改。全年共办结"
    result = cleaned(head, "2、3项任务，印发文件。严格落实主", "3、体责任。")
    assert texts(result) == ["根据统一部署，开展整改。全年共办结3项任务，印发文件。严格落实主体责任。"]


def test_a_footnote_between_two_halves_comes_after_the_whole() -> None:
    result = cleaned("一是推进教育、科技、", Line("注1：见附表。", 2, "footnote"), "人才工作。", "二是抓落实。")
    assert texts(result) == ["一是推进教育、科技、人才工作。\n注1：见附表。\n二是抓落实。"]


def test_a_table_ends_a_line() -> None:
    cell = Line("预算数", 2, "cell", CellRef(0, 0, 0))
    assert texts(cleaned(cell, "收支情况包括收入、", cell, "支出。")) == ["预算数\n收支情况包括收入、\n预算数\n支出。"]


def test_cells_are_never_joined() -> None:
    cells = [Line(text, i, "cell", CellRef(0, 0, i)) for i, text in enumerate(["预算数、", "决算数", "，备注"])]
    assert texts(cleaned(*cells)) == ["预算数、\n决算数\n，备注"]


@pytest.mark.parametrize(
    "lines",
    [
        ["一、组织落实情况", "（一）提高站位", "（二）压实责任"],
        ["某局关于整改情况的", "一、总体情况", "二、主要做法"],
        ["各位代表：", "现在，我报告工作。", "——经济稳中有进", "——民生持续改善"],
        ["“四风”问题依然存在", "“三会一课”制度执行不严", "“一岗双责”落实不到位"],
    ],
)
def test_headings_stay_apart(lines: list[str]) -> None:
    assert texts(cleaned(*lines)) == ["\n".join(lines)]


WORDS = [
    "加强组织领导",
    "完善制度机制",
    "狠抓任务落实",
    "强化监督检查",
    "突出问题导向",
    "提升服务效能",
    "防范各类风险",
    "推进依法行政",
    "改进工作作风",
]
PARAGRAPHS = [
    "".join(f"{WORDS[(i * j) % 9]}，{WORDS[(i + j) % 9]}取得第{i}{j}项新进展。" for j in range(i)) for i in range(4, 12)
]


@pytest.mark.parametrize("width", [34, 38, 41])
def test_a_wrapped_text_is_put_together_again(width: int) -> None:
    paragraphs = ["　　" + paragraph for paragraph in PARAGRAPHS]
    wrapped = [line for paragraph in paragraphs for line in chunks(paragraph, width)]
    assert texts(cleaned(*wrapped)) == ["\n".join(paragraphs)]


@pytest.mark.parametrize("width", [34, 38, 41])
def test_without_indents_a_break_after_a_stop_is_kept(width: int) -> None:
    wrapped = [line for paragraph in PARAGRAPHS for line in chunks(paragraph, width)]
    result = texts(cleaned(*wrapped))[0]
    assert result.replace("\n", "") == "".join(PARAGRAPHS)
    assert all(line.endswith("。") for line in result.split("\n"))


def test_a_repeated_page_is_kept_once() -> None:
    page = [
        "某局年度报告",
        "一、总体情况",
        "抓学习。抓制度。抓落实。",
        "二、下一步打算",
        "抓监督。抓队伍。抓宣传。抓作风。",
    ]
    result = cleaned(*page, "下载", *page, "打印", *page)
    assert texts(result) == ["\n".join(page)]
    assert [rule for rule, _ in noise(result)] == ["buttons", "repeat", "buttons", "repeat"]


def test_a_copy_that_broke_off_gives_way_to_the_whole() -> None:
    head = ["某局年度报告", "抓学习。抓制度。抓落实。抓监督。抓队伍。抓宣传。抓作风。"]
    whole = [*head, "一是加强组织领导，压实工作责任。", "二是完善制度。"]
    result = cleaned(*head, "一是加强组织领导，压实", "展开全文", *whole)
    assert texts(result) == ["\n".join(whole)]
    assert Counter(rule for rule, _ in noise(result)) == {"repeat": 2, "buttons": 1}


def test_a_measure_copied_to_a_second_problem_stays() -> None:
    measure = "一是召开专题会。二是制定办法。三是开展自查。四是建立台账。五是加强培训。六是严肃问责。七是定期通报。"
    other = "一是组织学习。二是修订制度。三是压实责任。四是跟踪督办。" * 12
    lines = ["1.第一个问题", measure, "2.第二个问题", other, "3.第三个问题", measure]
    assert texts(cleaned(*lines)) == ["\n".join(lines)]


def test_annexes_stay_in_their_document() -> None:
    lines = [
        "请遵照执行。",
        "某局",
        "2020年12月7日",
        "附件1",
        "某局信息公开办法",
        "第一条",
        "为了规范工作，制定本办法。",
    ]
    assert len(cleaned(*lines).drafts) == 1


@pytest.mark.parametrize("line", ["2018-11-29 18:59", "下载", "— 3 —"])
def test_a_file_that_would_be_noise_from_end_to_end_is_taken_as_it_is(line: str) -> None:
    result = cleaned(line)
    assert texts(result) == [line]
    assert not result.noise


def test_a_file_without_text_is_said_to_be_empty() -> None:
    result = cleaned(Line("某局", 1, "header"), "  ")
    assert [warning.code for warning in result.warnings] == ["no-text"]


def test_a_table_keeps_its_numbers_and_rules() -> None:
    cells = [Line(text, i, "cell", CellRef(0, i, 0)) for i, text in enumerate(["---", "1/2", "第1页", "•"])]
    assert noise(cleaned("情况如下：", *cells)) == []


def test_a_rule_of_the_user_is_named_when_it_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "noise.toml").write_text("[[noise]]\nid = 'mine'\nscope = 'line'\npattern = '('\n", "utf-8")
    with pytest.raises(RuleError, match="mine"):
        clean(source("正文。"), rules.load(tmp_path))


def test_one_entry_is_enough_for_the_noise_of_a_site(tmp_path: Path) -> None:
    entry = (
        "[[noise]]\nid = 'mine'\nscope = 'line'\npattern = '某某云盘.*'\nexamples = [ { text = '«某某云盘  转存»' } ]\n"
    )
    (tmp_path / "noise.toml").write_text(entry, "utf-8")
    result = clean(source("正文。", "某某云盘 一键转存", "下载"), rules.load(tmp_path))
    assert noise(result) == [("mine", "某某云盘 一键转存"), ("buttons", "下载")]


@shared
def test_the_seed_is_cleaned_as_annotated() -> None:
    gold = json.loads((SHARED / "gold" / "seed.json").read_text("utf-8"))
    file = readers.read(SHARED / "corpus" / "seed.txt")
    result = clean(file, RULES)
    assert [one.text for one in result.noise] == [one["text"] for one in gold["noise"]]
    assert len(result.drafts) == len(gold["documents"])
    assert "\n" not in "".join(texts(result))


@shared
@pytest.mark.parametrize(
    "path",
    sorted(path for kind in ("txt", "md", "docx") for path in (SHARED / "corpus").glob(f"*.{kind}")),
    ids=lambda path: path.name,
)
def test_the_shared_documents_keep_every_character(path: Path) -> None:
    file = readers.read(path)
    assert_whole(file, clean(file, RULES))
