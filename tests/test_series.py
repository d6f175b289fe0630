"""Which reports are of one body and one kind, and of which year: by what they say, or an issue that says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extractor
from extractor import rules as ruleset
from extractor.comparison import gaps, lay, series
from extractor.comparison.bodies import known, shortened
from extractor.comparison.library import Given, Library
from extractor.comparison.series import Listed, Unread
from extractor.records import Report

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
RULES = ruleset.load()
BODY = "一、主要工作\n修建渠道12公里，投资{money}万元。\n"


@cache
def report(text: str, format: str = "txt") -> Report:
    read = extractor.extract_text(text)
    return read.model_copy(update={"source": read.source.model_copy(update={"format": format})})


def paper(
    title: str, *, name: str = "", format: str = "txt", end: str = "", money: int = 30, chosen: bool = True
) -> Given:
    text = f"{title}\n{BODY.format(money=money)}{end}\n"
    return Given(name or f"{title}.{format}", report(text, format), chosen)


def find(papers: Sequence[Given], listed: Sequence[Listed] = ()) -> series.Found:
    return series.find(Library(papers), listed, RULES)


def told(found: series.Found) -> dict[str, list[int]]:
    return {one.id: [member.year for member in one.members] for one in found.series}


def codes(found: series.Found) -> list[str]:
    return [issue.code for issue in found.issues]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("临溪县国土资源局", "临溪县自然资源局"),
        ("临溪县国土资源局", "临溪县自然资源和规划局"),
        ("临溪省安全生产监督管理局", "临溪省应急管理厅"),
        ("临溪县卫生和计划生育委员会", "临溪县卫健局"),
        ("临溪县卫生局", "临溪县卫生健康局"),
        ("临溪县扶贫开发办公室", "临溪县乡村振兴局"),
        ("临溪县扶贫办", "临溪县农业农村局"),
        ("中国银行业监督管理委员会", "国家金融监督管理总局"),
        ("银保监会", "国家金融监督管理总局"),
        ("环境保护部", "生态环境部"),
        ("临溪市工商行政管理局", "临溪市市场监督管理局"),
        ("临溪县政府", "临溪县人民政府"),
        ("临溪县", "临溪县人民政府"),
        ("中共临溪县水务局党组", "临溪县水务局"),
        ("中共青川大学委员会", "青川大学党委"),
        ("国家发展改革委", "国家发展和改革委员会"),
        ("临溪县地税局", "国家税务总局临溪县税务局"),
        ("中共临溪县委员会", "中共临溪县委"),
    ],
)
def test_names_of_one_body(one: str, other: str) -> None:
    assert known(one, RULES).key == known(other, RULES).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("临溪县自然资源局", "青川县自然资源局"),
        ("临溪县人民政府", "临溪县人民政府办公室"),
        ("临溪县委", "临溪县人民政府"),
        ("临溪县水利局", "临溪县住建局"),
        ("临溪县人民法院", "临溪县人民检察院"),
        ("临溪市自然资源局", "临溪市自然资源局城东分局"),
    ],
)
def test_names_of_two_bodies(one: str, other: str) -> None:
    assert known(one, RULES).key != known(other, RULES).key


def test_a_name_without_its_place() -> None:
    for short, full in [
        ("县水务局", "临溪县水务局"),
        ("普安区财政局", "临江市普安区财政局"),
        ("县融媒体中心", "临溪县融媒体中心"),
    ]:
        assert shortened(known(short, RULES), known(full, RULES), RULES)
    assert not shortened(known("生态环境部", RULES), known("临溪县生态环境局", RULES), RULES)


def test_years_of_one_body_are_one_series() -> None:
    found = find([paper(f"{year}年临溪县政府工作报告") for year in (2021, 2023, 2022)])
    assert told(found) == {"临溪县人民政府/政府工作报告": [2021, 2022, 2023]}
    assert not found.issues


def test_kinds_stand_apart() -> None:
    titles = ["临溪县水利局2022年工作总结", "临溪县水利局2023年工作要点", "临溪县水利局2022年度部门决算"]
    assert len(told(find([paper(title) for title in titles]))) == 3


def test_a_renamed_body_goes_on() -> None:
    found = find([paper("临溪县国土资源局2017年工作总结"), paper("临溪县自然资源局2019年工作总结")])
    assert told(found) == {"临溪县自然资源局/工作总结": [2017, 2019]}
    assert "formerly 临溪县国土资源局" in found.series[0].members[0].by
    assert "formerly" not in found.series[0].members[1].by


def test_bodies_that_were_merged_stand_apart_in_the_years_that_both_have() -> None:
    titles = ["临溪县工商局2016年工作总结", "临溪县质监局2016年工作总结", "临溪县市场监管局2019年工作总结"]
    found = find([paper(title, money=i) for i, title in enumerate(titles)])
    assert told(found) == {
        "临溪县工商局/工作总结": [2016],
        "临溪县质监局/工作总结": [2016],
        "临溪县市场监管局/工作总结": [2019],
    }
    assert codes(found) == ["merged", "merged"]


def test_a_body_is_known_by_what_else_the_paper_says() -> None:
    """The title names no body: the opening does, and the congress says of which province."""
    text = "2026年政府工作报告\n——2026年1月28日在临溪省第十四届人民代表大会第四次会议上\n各位代表：\n现在，我代表省人民政府，向大会报告工作。\n"
    found = find([Given("a.txt", report(text)), paper("2025年临溪省政府工作报告")])
    assert told(found) == {"临溪省人民政府/政府工作报告": [2025, 2026]}


def test_feedback_is_of_the_body_that_was_inspected() -> None:
    feedback = "中共临溪县委第一巡察组关于对县水务局党组开展巡察情况的反馈意见\n现将巡察情况反馈如下。\n中共临溪县委第一巡察组\n2022年6月15日\n"
    papers = [
        Given("f.txt", report(feedback)),
        paper("中共临溪县水务局党组关于巡察整改情况的报告", end="2022年11月30日"),
    ]
    found = find(papers)
    assert [one.body for one in found.series] == ["临溪县水务局"] * 2
    assert list(series.answering(found.series, RULES)) == [(0, 1)]


def test_the_label_of_a_budget_says_whose_it_is() -> None:
    text = "临江市普安区2024年区级部门预算\n预算主管部门：临江市普安区人民政府城东街道办事处\n一、部门主要职能\n"
    assert list(told(find([Given("a.txt", report(text))]))) == ["临江市普安区城东街道办事处/部门预算"]


def test_a_short_name_is_taken_for_the_only_full_one_and_it_is_said() -> None:
    papers = [paper("县水务局2022年工作总结"), paper("临溪县水务局2023年工作总结")]
    found = find(papers)
    assert told(found) == {"临溪县水务局/工作总结": [2022, 2023]}
    assert codes(found) == ["short_name"]
    found = find([*papers, paper("青川县水务局2023年工作总结")])
    assert told(found)["县水务局/工作总结"] == [2022]
    assert codes(found) == ["two_bodies"]


@pytest.mark.parametrize(
    ("title", "end", "code"),
    [
        ("一个题目", "2023年5月6日", "no_kind"),
        ("关于做好2024年部门预算编制工作的通知", "", "no_kind"),
        ("审计查出问题整改情况的报告", "2023年5月6日", "no_body"),
        ("某某局2023年工作总结", "", "no_body"),
        ("XX公司2023年工作总结", "", "no_body"),
        ("临溪县水利局工作总结", "", "no_year"),
        ("临溪县水利局2021-2023年工作总结", "", "two_years"),
        ("临溪县水利局2023年工作总结 2024年工作总结", "", "two_years"),
    ],
)
def test_doubt_is_an_issue_and_no_guess(title: str, end: str, code: str) -> None:
    found = find([paper(title, name="a.txt", end=end)])
    assert not found.series
    assert codes(found) == [code]
    assert found.issues[0].message.startswith("a.txt: ")
    assert "--series" in found.issues[0].message


def test_last_years_work_and_next_years_plan_are_one_report() -> None:
    assert told(find([paper("临溪县水利局2018年工作总结及2019年工作打算")])) == {"临溪县水利局/工作总结": [2018]}


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("临溪县水利局2023年度部门决算公开", "临溪县水利局2024年度部门决算公开说明", "临溪县水利局/部门决算"),
        ("临溪县水利局2023年工作亮点", "临溪县水利局2024年工作小结", "临溪县水利局/工作总结"),
        ("城东街道办事处2023年工作总结", "城东街道2024年工作总结", "城东街道办事处/工作总结"),
        (
            "临溪大学2022-2023学年信息公开工作年度报告",
            "临溪大学2023-2024学年信息公开工作年度报告",
            "临溪大学/政府信息公开工作年度报告",
        ),
    ],
)
def test_titles_as_offices_write_them(one: str, other: str, wanted: str) -> None:
    assert told(find([paper(one), paper(other)])) == {wanted: [2023, 2024]}


def test_files_that_were_chosen_may_name_no_body() -> None:
    papers = [paper(f"{year}年工作总结", chosen=True) for year in (2022, 2023)]
    found = find(papers)
    assert [one.kind for one in found.series] == ["工作总结"]
    assert codes(found) == ["no_body"]
    found = find([one._replace(chosen=False) for one in papers])
    assert not found.series
    assert codes(found) == ["no_body"] * 2


def test_titles_that_differ_in_the_year_alone_are_of_a_kind() -> None:
    found = find([paper(f"临溪县水利局{year}年河湖长制通报") for year in (2022, 2023)])
    assert told(found) == {"临溪县水利局/河湖长制通报": [2022, 2023]}


def test_one_report_in_several_formats_is_taken_once() -> None:
    title = "临溪县水利局2023年工作总结"
    found = find([paper(title, format=format) for format in ("pdf", "docx", "html")])
    assert [(member.year, member.report) for member in found.series[0].members] == [(2023, 1)]
    assert found.filled == {("临溪县水利局/工作总结", 2023): (0, 1, 2)}
    assert not found.issues


def test_two_versions_of_a_year_are_said() -> None:
    title = "临溪县水利局2023年工作总结"
    papers = [paper(title, name="a.pdf", format="pdf"), paper(title, name="b.docx", format="docx", money=31)]
    found = find(papers)
    assert found.series[0].members[0].report == 1
    assert codes(found) == ["twice"]
    assert "b.docx, which is compared, and a.pdf" in found.issues[0].message
    listed = [Listed("a.pdf", "临溪县水利局/更正后", 2024), Listed("b.docx", "临溪县水利局/更正后", 2023)]
    found = find(papers, listed)
    assert told(found) == {"临溪县水利局/更正后": [2023, 2024]}
    assert {member.by for member in found.series[0].members} == {"list"}
    assert not found.issues


def test_a_list_joins_what_titles_leave_open() -> None:
    papers = [paper("临溪县水利局2022年工作总结"), paper("一个题目", name="x/b.txt")]
    assert told(find(papers, [Listed("x/b.txt", "临溪县水利局/工作总结", 2023)])) == {
        "临溪县水利局/工作总结": [2022, 2023]
    }


TITLES = [
    "临溪县国土资源局2017年工作总结", "临溪县自然资源局2019年工作总结", "县自然资源局2020年工作总结", "临溪县工商局2016年工作总结",
    "临溪县质监局2016年工作总结", "2016年工作总结", "2017年工作总结", "一个题目", "临溪县自然资源局2019年度部门决算",
]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.permutations(TITLES))
def test_the_order_of_files_does_not_matter(titles: list[str]) -> None:
    papers = [paper(title) for title in titles]
    found = find(papers)
    placed = {one.id: [(m.year, papers[m.report].file, m.by) for m in one.members] for one in found.series}
    first = find([paper(title) for title in TITLES])
    assert placed == {one.id: [(m.year, f"{TITLES[m.report]}.txt", m.by) for m in one.members] for one in first.series}
    assert sorted(codes(found)) == sorted(codes(first))


def grid(papers: Sequence[Given], unread: Sequence[str] = ()) -> dict[tuple[str, int], str]:
    library = Library(papers)
    found = series.find(library, (), RULES)
    broken = [Unread(file, "damaged", "it is cut off") for file in unread]
    return {(gap.body, gap.year): gap.presence for gap in gaps.find(library, found, broken, (), RULES)}


def test_a_year_without_a_report_is_missing() -> None:
    found = grid([paper(f"临溪县水利局{year}年工作总结") for year in (2020, 2022)])
    assert [found["临溪县水利局", year] for year in (2020, 2021, 2022)] == ["present", "missing", "present"]
    assert len(found) == 3


def test_a_year_that_most_bodies_have_is_due() -> None:
    titles = [f"{body}{year}年工作总结" for body in ("临溪县水利局", "临溪县财政局") for year in (2021, 2022)]
    found = grid([paper(title) for title in (*titles, "临溪县审计局2021年工作总结", "临溪县审计局2020年工作总结")])
    assert found["临溪县审计局", 2022] == "missing"
    assert ("临溪县财政局", 2020) not in found


def test_a_body_is_not_missed_before_it_was_set_up() -> None:
    titles = [f"{body}{year}年工作总结" for body in ("临溪县水利局", "临溪县财政局") for year in (2017, 2019)]
    found = grid([paper(title) for title in (*titles, "临溪县退役军人事务局2019年工作总结")])
    assert [year for body, year in found if body == "临溪县退役军人事务局"] == [2019]


def test_a_file_that_cannot_be_read_has_its_place() -> None:
    papers = [paper(f"临溪县水利局{year}年工作总结", name=f"water-{year}.txt") for year in (2020, 2022)]
    found = grid(papers, ["old/water-2021.docx", "临溪县财政局2021年工作总结.pdf", "water-2022.pdf", "notes.txt"])
    assert found["临溪县水利局", 2021] == "unreadable"
    assert found["临溪县财政局", 2021] == "unreadable"
    assert found["临溪县水利局", 2022] == "present"
    assert len(found) == 4


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the shared corpus")
def test_sixteen_years_of_one_body() -> None:
    files = [CORPUS / f"gwr-national-{year}.txt" for year in range(2003, 2019)]
    found = find([Given(file.name, extractor.extract(file)) for file in files])
    assert told(found) == {"国务院/政府工作报告": list(range(2003, 2019))}
    assert not found.issues


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the shared corpus")
def test_reports_of_two_years_in_two_formats() -> None:
    files = sorted([*CORPUS.glob("gwr-*-2025.docx"), *CORPUS.glob("gwr-*-2026.txt"), *CORPUS.glob("xxgk-*-202?.txt")])
    found = find([Given(file.name, extractor.extract(file)) for file in files])
    assert {tuple(years) for years in told(found).values()} == {(2025, 2026), (2023, 2024)}
    assert len(found.series) == len(files) / 2


def test_a_comparison_says_which_years_it_has() -> None:
    made = lay([paper(f"{year}年临溪县政府工作报告") for year in (2021, 2023)])
    assert made.years == (2021, 2023)
    assert [gap.year for gap in made.gaps if gap.presence == "missing"] == [2022]
