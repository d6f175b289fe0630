"""Problems through the years: what came back in other words, what is new, what is gone."""

from __future__ import annotations

import pytest
from laid import WATER, lay_samples, lay_texts

from extractor import rules as ruleset
from extractor.comparison import problems
from extractor.comparison.problems import LEAST
from extractor.comparison.records import Problem
from extractor.comparison.similar import Index, MatchingRules

RULES = ruleset.load()
# The same problem of an invented body in the words of two years.
REWORDED = [
    ("公务用车管理不规范，私车公养问题时有发生", "公车使用登记不全，存在私车公养"),
    ("村级光伏电站闲置，收益分配不及时", "扶贫光伏收益分配缓慢，部分电站停运"),
    ("干部人事档案管理不规范，“三龄两历”认定不准", "人事档案审核不严，三龄两历前后不一"),
    ("药品采购随意性大，未执行集中带量采购", "集中带量采购执行不到位，线下采购药品"),
    ("困难学生资助资金发放不及时", "家庭经济困难学生资助款拖延发放"),
    ("党组中心组学习流于形式，学习笔记抄袭", "理论学习中心组以会代学，研讨走过场"),
    ("老旧小区改造工程质量把关不严", "旧小区改造监管薄弱，工程存在质量隐患"),
    ("财政专项资金闲置沉淀", "专项资金长期趴账，使用效率低"),
    ("对下属单位监管不力，国有资产出租未公开招租", "国有房产出租未履行公开招租程序"),
    ("党员发展把关不严，程序倒置", "发展党员程序不规范"),
    ("校园食堂监管不到位，食材采购不规范", "学校食堂管理有漏洞，食材进货查验台账不全"),
    ("党委前置研究重大事项落实不到位", "“三重一大”前置程序执行不严格"),
    ("文山会海整治不彻底，检查评比多", "基层减负落实不到位，填表报数较多"),
    ("村级财务管理混乱，白条入账、坐收坐支", "村账镇代管流于形式，白条抵账、现金坐支"),
]
OTHERS = [
    "会议费报销手续不全",
    "值班值守制度执行不严",
    "信访积案化解不及时",
    "编外人员管理混乱",
    "政务公开不及时",
    "合同管理不规范",
]


@pytest.fixture(scope="module")
def water() -> tuple[Problem, ...]:
    return problems.find(*lay_samples(WATER), RULES)


def test_what_came_back_in_other_words(water: tuple[Problem, ...]) -> None:
    again = {tuple(one.text for one in row.stations.values()): row.fate for row in water if len(row.stations) > 1}
    assert again == {
        (
            "农村饮水工程重建设轻管护，部分水厂管护责任不落实",
            "乡镇供水站建成后无人管、无钱管，运行维护主体缺位",
            "集中供水工程长效管护机制不健全",
        ): "returned",
        ("往来款项长期挂账", "历年往来款清理不彻底，部分款项长期未销账"): "returned",
    }


def test_every_problem_is_in_one_row_or_a_part_of_one(water: tuple[Problem, ...]) -> None:
    stations = [one for row in water for one in row.stations.values()]
    assert sum(1 + len(one.parts) for one in stations) == 9 + 19 + 15
    assert len({(one.year, one.span.start) for one in stations}) == len(stations)
    parts = [part.text for one in stations for part in one.parts]
    assert "村级管水员履职不到位" in parts


def test_fates_and_ids(water: tuple[Problem, ...]) -> None:
    fates = [row.fate for row in water]
    assert (fates.count("gone"), fates.count("new")) == (25, 9)
    assert len({row.id for row in water}) == len(water)
    assert all(len(row.candidates) <= 3 for row in water)


def test_what_the_measures_say_of_completion_is_the_state(water: tuple[Problem, ...]) -> None:
    (row,) = [row for row in water if row.stations.get("2022") and "往来款" in row.stations["2022"].text]
    assert (row.stations["2022"].state, row.stations["2022"].progress) == ("completed", "已全部清理完毕")


def test_reworded_problems_find_each_other_and_no_others() -> None:
    subject = RULES.of(MatchingRules).subject
    later = [words for _, words in REWORDED] + OTHERS
    index = Index(later, [words for words, _ in REWORDED], subject)
    nearest = [index.top(words)[0] for words, _ in REWORDED]
    assert [near.at for near in nearest] == list(range(len(REWORDED)))
    assert all(near.score >= LEAST for near in nearest)
    strangers = Index([words for pair in REWORDED for words in pair], OTHERS, subject)
    assert all(near.score < LEAST for words in OTHERS for near in strangers.top(words))


def report(year: int, *stated: str, progress: str = "已完成") -> str:
    lines = [
        f"问题{'一二三四五'[i]}：{words}。\n整改措施：（1）召开会议部署。\n整改进展：{progress}"
        for i, words in enumerate(stated)
    ]
    return f"某局关于{year}年巡察整改情况的报告\n一、整改情况\n" + "\n".join(lines) + f"\n{year}年12月1日\n"


def test_a_year_may_be_left_out() -> None:
    library, series = lay_texts(
        report(2021, "食堂账目公示不及时", "值班制度执行不严"),
        report(2022, "合同管理不规范"),
        report(2023, "食堂账目公示不够及时"),
    )
    rows = problems.find(library, series, RULES)
    assert [(row.fate, tuple(row.stations)) for row in rows] == [
        ("returned", ("2021", "2023")),
        ("gone", ("2021",)),
        ("gone", ("2022",)),
    ]


def test_what_was_never_said_to_be_done_persists() -> None:
    library, series = lay_texts(
        report(2021, "食堂账目公示不及时", progress="持续推进"),
        report(2022, "食堂账目公示不够及时", progress="持续推进"),
    )
    (row,) = problems.find(library, series, RULES)
    assert row.fate == "persisting"
    assert row.score == row.candidates[0].score


def test_stated_twice_in_a_report_is_one_problem() -> None:
    library, series = lay_texts(report(2021, "食堂账目公示不及时", "食堂账目公示不及时"))
    assert len(problems.find(library, series, RULES)) == 1


def test_an_empty_series_has_no_rows() -> None:
    library, (series,) = lay_texts(report(2021, "食堂账目公示不及时"))
    assert problems.find(library, (series.model_copy(update={"members": ()}),), RULES) == ()
