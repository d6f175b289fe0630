"""Reuse: what was copied is found with its places; what every report says, and what was given twice, is not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract, extract_text
from extractor.comparison import reuse
from extractor.comparison.library import Given, Library
from extractor.comparison.records import Reuse
from extractor.comparison.reuse import fingerprints
from extractor.records import Report
from extractor.rules import load
from extractor.text import fold

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "benchmarks"))
from disguise import disguise  # noqa: E402

TEXTS = ROOT / "samples" / "texts"
COPIED = (
    "对排查出的隐患逐处编号建档，由专班驻点督办，每周通报销号进度，对逾期未改的约谈主要负责人，"
    "并邀请第三方机构随机抽检，确保隐患见底、责任见人、整改见效，群众随时可以到现场查看。"
)
OWN = [
    "组织技术骨干分片包干，逐户核对水表底数，补录缺失档案。",
    "邀请退休教师担任义务监督员，按月走访食堂并公开评分。",
    "把林地界桩坐标录入台账，安排护林员沿线巡护并拍照上传。",
    "为偏远站点加开早晚班次，候车亭张贴时刻表和服务热线。",
    "梳理信访积案，逐件明确包案领导，到村到户当面答复。",
]


def report(place: str, body: str, year: int, *paragraphs: str) -> Report:
    lines = [
        f"{place}县{body}关于巡察整改情况的报告",
        "一、整改情况",
        *paragraphs,
        f"{place}县{body}",
        f"{year}年12月1日",
    ]
    return extract_text("\n".join(lines))


def found(*reports: Report) -> tuple[Reuse, ...]:
    return reuse.find(Library([Given(f"{i}.txt", one) for i, one in enumerate(reports)]), load())


def sample(name: str) -> Report:
    return extract(ROOT / "samples" / "reports" / name)


def test_the_copied_paragraph_of_the_samples_and_nothing_else() -> None:
    (row,) = found(
        sample("rectification-lanxi-water-2022.txt"),
        sample("rectification-lanxi-water-2021.txt"),
        sample("rectification-lanxi-water-2023.docx"),
        sample("rectification-lanxi-water-2023.html"),
        sample("work-report-lanxi-2022.md"),
        sample("work-report-lanxi-2023.docx"),
        sample("work-report-lanxi-2023.txt"),
    )
    assert row.kind == "exact"
    assert (row.left.report, row.right.report) == (1, 0)  # the earlier one stands left
    assert row.left.text.startswith("（一）常态长效抓整改。坚持把巡察整改融入日常工作")
    assert row.left.text.endswith("件件有着落、事事有回音。")
    assert row.left.source[0].number > 0


@pytest.mark.parametrize(
    "name", ["rectification-lanxi-water-2021", "rectification-lanxi-water-2022", "work-report-lanxi-2023"]
)
def test_a_report_under_other_names(name: str) -> None:
    text = (TEXTS / f"{name}.txt").read_text("utf-8")
    others = [
        (TEXTS / f"{other}.txt").read_text("utf-8")
        for other in ("rectification-lanxi-water-2023", "work-report-lanxi-2022")
    ]
    rows = found(*map(extract_text, (text, disguise(text, 5), *others)))
    (row,) = (one for one in rows if one.kind == "disguised")
    assert {row.left.report, row.right.report} == {0, 1}
    places = {swap.left if row.left.report == 0 else swap.right for swap in row.swaps if swap.kind == "place"}
    assert any("岚溪" in place for place in places)


def test_words_that_were_changed_make_it_near() -> None:
    changed = COPIED.replace("每周通报", "每月通报").replace("随机抽检", "随机抽样检查")
    (row,) = found(report("岚溪", "水务局", 2021, OWN[0], COPIED), report("青禾", "教育局", 2022, OWN[1], changed))
    assert row.kind == "near"
    assert 0.9 < row.similarity < 1
    left, right = row.left, row.right
    for one, other in row.shared:
        both = (
            side.text[span.start - side.span.start : span.end - side.span.start]
            for side, span in ((left, one), (right, other))
        )
        assert len({fold(words) for words in both}) == 1


def test_names_and_figures_in_a_copied_passage_are_shown_as_swapped() -> None:
    told = "在{}镇试点，派出{}名技术员逐户检修管网，建立故障报修、现场处置、回访评价的闭环流程，{}年底前总结推广到其他乡镇，逐村张榜公示。"
    (row,) = found(
        report("岚溪", "水务局", 2021, OWN[0], told.format("石桥", 12, 2021)),
        report("青禾", "水利局", 2022, OWN[1], told.format("柳湾", 30, 2022)),
    )
    assert {(swap.kind, swap.left, swap.right) for swap in row.swaps} == {
        ("place", "石桥镇", "柳湾镇"),
        ("figure", "12名", "30名"),
        ("date", "2021年底", "2022年底"),
    }


@pytest.mark.parametrize(
    "same",
    [
        "根据县委统一部署，现将有关情况报告如下。坚持以习近平新时代中国特色社会主义思想为指导，增强“四个意识”、坚定“四个自信”、做到“两个维护”。",
        "落实《中华人民共和国安全生产法》《建设工程质量管理条例》《国务院关于加强质量认证体系建设的意见》《危险化学品安全管理条例》。",
        "学习党的二十届三中全会、中央经济工作会议、省委农村工作会议、市委城市工作会议、县委经济工作会议精神。",
        "（一）压实整改主体责任强化日常监督管理\n（二）健全长效工作机制巩固拓展整改成果\n（三）聚焦重点领域关键环节持续精准发力",
        "地区生产总值增长5%左右，固定资产投资增长8%左右，社会消费品零售总额增长5%左右，居民消费价格涨幅3%左右，城镇调查失业率5%左右。",
    ],
)
def test_what_the_genre_says_is_no_reuse(same: str) -> None:
    assert not found(report("岚溪", "水务局", 2021, OWN[0], same), report("青禾", "教育局", 2022, OWN[1], same))


def test_what_many_bodies_say_is_the_genres() -> None:
    places = ["岚溪", "青禾", "柳湾", "石岗", "竹沟", "浦泽", "澄阳", "乌桥"]
    own = [report(place, "水务局", 2022, OWN[i % 5], *([COPIED] if i < 2 else [])) for i, place in enumerate(places)]
    assert [row.right.text for row in found(*own) if COPIED in row.right.text] == [COPIED]
    assert not found(*(report(place, "水务局", 2022, COPIED) for place in places))


def test_one_report_given_twice_is_one() -> None:
    text = (TEXTS / "work-report-lanxi-2022.txt").read_text("utf-8")
    assert not found(extract_text(text), extract_text(text.replace("，", ", ")))


def test_last_years_report_with_new_dates_is_copied_as_a_whole() -> None:
    body = [COPIED, *OWN, *(f"{topic}方面，{COPIED}" for topic in ("供水", "排涝", "灌溉"))]
    (row,) = found(report("岚溪", "水务局", 2021, *body), report("岚溪", "水务局", 2022, *body))
    assert row.left.span.start == 0
    assert ("date", "2021年12月1日", "2022年12月1日") in {(s.kind, s.left, s.right) for s in row.swaps}


def test_a_passage_has_one_source_the_latest() -> None:
    years = [report("岚溪", "水务局", year, OWN[year % 5], COPIED) for year in (2020, 2021, 2022)]
    assert [(row.left.report, row.right.report) for row in found(*years)] == [(0, 1), (1, 2)]


@given(
    st.text("甲乙丙丁戊", max_size=30),
    st.text("甲乙丙丁戊", max_size=30),
    st.text("子丑寅卯辰巳", min_size=13, max_size=20),
)
def test_a_run_of_gram_and_window_is_never_missed(before: str, after: str, run: str) -> None:
    assert len(run) >= fingerprints.GRAM + fingerprints.WINDOW - 1
    one, other = fingerprints.winnow(before + run + after), fingerprints.winnow(after + run + before)
    assert set(one.hashes) & set(other.hashes)
