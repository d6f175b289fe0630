"""Indicators: what a figure is called, what it is of, and which figure of the next year is the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import extract, extract_text, rules
from extractor.comparison import indicators
from extractor.comparison.library import Given, Library
from extractor.comparison.records import Indicator, Member, Series
from extractor.records import Report

RULES = rules.load()
ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "samples" / "reports"
SHARED = ROOT.parent / "shared"
REVIEW = "政府工作报告\n一、{}年工作回顾\n"


def rows(*reports: Report, first: int = 2022) -> tuple[Indicator, ...]:
    """The rows of a series of these reports, one a year from `first` on; one alone follows a report without figures."""
    if len(reports) == 1:
        reports, first = (extract_text("工作报告\n一切如常。"), *reports), first - 1
    library = Library([Given(f"{first + i}.txt", report) for i, report in enumerate(reports)])
    members = tuple(Member(year=first + i, report=i, doc=0, title="", by="list") for i in range(len(reports)))
    return indicators.find(library, [Series(id="甲县/报告", body="甲县", kind="报告", members=members)], RULES)


def review(text: str, year: int = 2023) -> Report:
    return extract_text(REVIEW.format(year - 1) + text, reference_date=str(year))


def named(text: str, year: int = 2023) -> dict[str, tuple[str, str, str]]:
    """name → (text, kind, scope) of the figures of one report's review."""
    return {
        row.indicator: (cell.text, row.kind, row.scope)
        for row in rows(review(text, year), first=year)
        for cell in row.cells.values()
    }


def pairs(left: str, right: str) -> dict[str, tuple[str, str]]:
    """The rows that both reviews have."""
    found = rows(review(left, 2022), review(right, 2023))
    return {row.indicator: (row.cells["2022"].text, row.cells["2023"].text) for row in found if len(row.cells) == 2}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("地区生产总值90亿元,增长6%。", {"地区生产总值": "90亿元", "地区生产总值增长": "6%"}),
        ("粮食再获丰收,总产达到21万吨。", {"粮食再获丰收总产": "21万吨"}),
        ("城镇、农村居民人均可支配收入分别增长6.2%、7.5%。",
         {"城镇居民人均可支配收入增长": "6.2%", "农村居民人均可支配收入增长": "7.5%"}),
        ("城镇居民收入9000元,农村居民收入4000元,分别增长3%和4%。",
         {"城镇居民收入增长": "3%", "农村居民收入增长": "4%"}),
        ("装备制造业、高技术制造业增加值分别增长9%、8%。", {"装备制造业增加值增长": "9%", "高技术制造业增加值增长": "8%"}),
        ("3家高新区进入50强。", {"高新区进入50强": "3家"}),
        ("甲工业园、乙工业园等5家园区入选示范名单。", {"园区入选示范名单": "5家"}),
        ("外贸企业达到90家,新增有进出口实绩企业12家、总数突破200家。", {"有进出口实绩企业总数": "200家"}),
        ("制造业投资增长9%、占全部投资的30%。", {"制造业投资占全部投资": "30%"}),
        ("研发投入占比从1.2%提高到1.5%。", {"研发投入占比": "1.5%"}),
        ("居民消费价格涨幅控制在2%。", {"居民消费价格增长": "2%"}),
        ("信访总量下降4%。", {"信访总量下降": "4%"}),
        ("粮食产量21万吨,比上年增产3万吨。", {"粮食产量": "21万吨", "粮食产量增加": "3万吨"}),
        ("入园率和普惠率均达到93%。", {"入园率": "93%", "普惠率": "93%"}),
        ("清洁能源装机容量和发电量占比分别达到60%、50%。", {"清洁能源装机容量占比": "60%", "发电量占比": "50%"}),
        ("城乡低保标准分别提高到每人每月760元、570元。", {"城镇低保标准": "760元", "农村低保标准": "570元"}),
        ("甲大桥建成通车、接待游客增长18%。", {"接待游客增长": "18%"}),
        ("建成公园、绿地等城市生态设施35处。", {"建成城市生态设施": "35处"}),
        ("老旧小区改造开工74个、完工54个。", {"老旧小区改造开工": "74个", "老旧小区改造完工": "54个"}),
        ("严惩电信网络诈骗犯罪,审结案件318件。", {"严惩电信网络诈骗犯罪审结案件": "318件"}),
        ("新设经营主体4.3万户,增长12%,其中企业1.3万户。", {"新设企业": "1.3万户"}),
        ("粮食播种面积41万亩,总产量19万吨。", {"粮食播种面积": "41万亩", "粮食总产量": "19万吨"}),
        ("技术收入增长超10%。", {"技术收入增长": "10%"}),
        ("空气质量优良天数达到331天。", {"空气质量优良天数": "331天"}),
        ("全市性检查考核精简两成。", {"全市性检查考核下降": "两成"}),
        ("规上企业达到136户,净增12户。", {"规上企业": "136户", "净增规上企业": "12户"}),
        ("养老床位新增300张。", {"新增养老床位": "300张"}),
        ("诉求办结率和群众满意率达到98%。", {"诉求办结率": "98%", "群众满意率": "98%"}),
        ("医保参保3万人,参保率97%。", {"医保参保率": "97%"}),
        ("税收收入9亿元,增长5%,其中税收收入占比70%。", {"税收收入增长": "5%", "税收收入占比": "70%"}),
        ("事业收入88万元,占3%;其他收入3万元,占1%。", {"事业收入占比": "3%", "其他收入占比": "1%"}),
        ("重点项目完成投资98亿元,为年度计划的104%。", {"重点项目完成投资": "98亿元", "重点项目完成投资计划": "104%"}),
        ("发放救助金30万元,900人受益。", {"发放救助金": "30万元", "发放救助金受益": "900人"}),
        ("受理案件300件,审结案件280件。", {"受理案件": "300件", "审结案件": "280件"}),
        ("加强队伍建设,办结案件280件。", {"办结案件": "280件"}),
        ("依法严惩毒品犯罪,起诉90人。", {"依法严惩毒品犯罪起诉": "90人"}),
        ("批准逮捕30人,提起公诉60人,同比分别上升3%和下降4%。",
         {"批准逮捕增长": "3%", "提起公诉下降": "4%"}),
        ("规上企业136户,净增12户,同比(下同)增长9.7%。", {"规上企业增长": "9.7%"}),
        ("医院80个,比上年增加2个,其中公立医院30个。", {"医院增加": "2个", "公立医院": "30个"}),
        ("全市床位3万张。", {"床位": "3万张"}),
        ("人均预期寿命由2021年的77岁提高到2022年的78岁。", {"人均预期寿命": "78岁"}),
        ("教育支出9亿元,完成预算的98%,增长4%。", {"教育支出预算": "98%", "教育支出增长": "4%"}),
        ("一般公共预算支出安排9亿元。", {"一般公共预算支出": "9亿元"}),
        ("城乡低保标准分别为每人每月760元、每人每年5700元。", {"城镇低保标准": "760元", "农村低保标准": "5700元"}),
        ("送审金额3亿元,审减2000万元。", {"送审金额": "3亿元", "审减": "2000万元"}),
        ("在校生3万人。", {"在校生": "3万人"}),
        ("查处公款吃喝违反规定问题9起,处理12人,给予党纪政务处分8人。",
         {"查处公款吃喝违反规定问题处理": "12人", "查处公款吃喝违反规定问题给予党纪政务处分": "8人"}),
        ("破获刑事案件90起,查处治安案件30起,抓获犯罪嫌疑人80名。", {"抓获犯罪嫌疑人": "80名"}),
        ("第一至第三种形态分别为70人次、30人次、5人次,占比分别为67%、28%、5%。",
         {"第一种形态": "70人次", "第三种形态": "5人次", "第二种形态占比": "28%"}),
        ("孕产妇死亡率下降到16.1/10万。", {"孕产妇死亡率": "16.1/10万"}),
        ("新增高速公路通车里程30公里,通车总里程达700公里。", {"高速公路通车总里程": "700公里"}),
    ],
)  # fmt: skip
def test_the_name_comes_from_the_clause(text: str, wanted: dict[str, str]) -> None:
    found = {name: cell[0] for name, cell in named(text).items()}
    assert wanted.items() <= found.items()


@pytest.mark.parametrize(
    "text",
    [
        "体育馆开工建设,总投资3亿元。",  # one project
        "连续12年丰收。",
        "实施亿元以上项目建设。",
        "围绕四个方面发力。",
        "200家公园实现无界融通。",  # a clause of one year
    ],
)
def test_what_is_no_indicator(text: str) -> None:
    assert named(text) == {}


def test_scopes_are_never_in_one_row() -> None:
    text = (
        "政府工作报告\n一、2022年工作回顾\n地区生产总值增长5%。五年来,地区生产总值年均增长7%。\n"
        "二、2023年重点工作\n地区生产总值增长6%。\n"
    )
    found = rows(extract_text(text, reference_date="2023"))
    assert {(row.scope, cell.text) for row in found for cell in row.cells.values()} == {
        ("achieved", "5%"), ("period", "7%"), ("target", "6%"),
    }  # fmt: skip


def test_a_stock_of_a_period_is_achieved_and_a_flow_is_not() -> None:
    text = "政府工作报告\n一、“十三五”时期工作回顾\n企业总数达到90家,改造老旧小区40个。\n"
    found = {row.indicator: row.scope for row in rows(extract_text(text, reference_date="2021"))}
    assert found == {"企业总数": "achieved", "改造老旧小区": "period"}


def test_a_plan_that_has_not_begun_is_a_target() -> None:
    text = "政府工作报告\n一、2025年工作回顾\n完成任务。\n“十五五”时期,城镇化率达到70%。\n"
    assert [row.scope for row in rows(extract_text(text, reference_date="2026"))] == ["target"]


def test_what_is_held_against_the_year_before_is_of_the_year() -> None:
    found = named("运行经费214万元,比2021年减少9万元。工业投资比2017年增长40%。")
    assert {name: scope for name, (_, _, scope) in found.items()} == {
        "运行经费": "achieved", "运行经费减少": "achieved", "工业投资增长": "period",
    }  # fmt: skip


def test_a_year_goes_on_behind_a_semicolon() -> None:
    text = "政府工作报告\n一、过去五年工作回顾\n2022年,财政收入9亿元,年均增长6%;财政支出8亿元。新建学校3所。\n"
    found = rows(extract_text(text, reference_date="2023"))
    assert {row.indicator: row.scope for row in found} == {
        "财政收入": "achieved", "财政支出": "achieved", "财政收入增长": "period", "新建学校": "period",
    }  # fmt: skip


def test_a_year_that_is_held_against_one_long_past_does_not_go_on() -> None:
    text = "政府工作报告\n一、过去五年工作回顾\n2022年,产值9亿元,比2017年增长66%;财政收入增长1.7倍。\n"
    found = rows(extract_text(text, reference_date="2023"))
    assert next(row for row in found if row.indicator == "财政收入增长").scope == "period"


def test_a_budget_speaks_of_what_is_planned() -> None:
    text = "某局2023年部门预算\n一、预算编制说明\n2023年支出预算9亿元。2022年预算执行数为8亿元。\n"
    found = rows(extract_text(text, reference_date="2023"))
    assert [(row.indicator, row.scope) for row in found] == [("支出预算", "target")]


def test_a_heading_of_a_year_before_looks_back() -> None:
    text = "法院工作报告\n一、2022年主要工作\n执结案件253件。\n二、2023年主要工作\n结案率达到95%。\n"
    found = rows(extract_text(text, reference_date="2023"))
    assert {row.indicator: row.scope for row in found} == {"执结案件": "achieved", "结案率": "target"}


@pytest.mark.parametrize(
    ("title", "first", "second"),
    [
        ("甲镇2023年工作总结", "今年主要工作", "明年工作打算"),
        ("甲镇2023年工作总结", "2023年主要工作", "下一步工作"),
        ("关于2023年工作总结和2024年工作安排的报告", "2023年重点工作", "2024年工作安排"),
    ],
)
def test_a_review_of_the_year_looks_back_at_it(title: str, first: str, second: str) -> None:
    text = f"{title}\n一、{first}\n新建学校3所。\n二、{second}\n发展党员15名。\n"
    found = rows(extract_text(text))
    assert {row.indicator: row.scope for row in found} == {"新建学校": "achieved", "发展党员": "target"}


def test_this_year_is_planned_in_a_work_report() -> None:
    text = "政府工作报告\n一、2022年工作回顾\n新建学校3所。\n二、今年主要工作\n新建公园15座。\n"
    found = rows(extract_text(text, reference_date="2023"))
    assert {row.indicator: row.scope for row in found} == {"新建学校": "achieved", "新建公园": "target"}


def test_a_period_that_opens_a_sentence_holds_for_all_of_it() -> None:
    found = named(
        "近三年累计,能耗强度下降10%,氨氮排放量减少9%。治理小流域9个,累计修堤30公里。去年累计救助灾民9万人次。"
    )
    assert {name: scope for name, (_, _, scope) in found.items()} == {
        "能耗强度下降": "period", "氨氮排放量下降": "period", "治理小流域": "achieved", "修堤": "period",
        "救助灾民": "achieved",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right", "paired"),
    [
        ("改造老旧小区2878个。", "改造老旧小区9.8万户。", False),
        ("经营主体达到6.8万家。", "经营主体达到6.6万户。", True),
        ("为90多万学生提供教科书。", "为80多万名学生提供教科书。", True),
        ("改造农村危房90户。", "完成危房改造80户。", False),
        ("改造危房90户。", "完成危房改造80户。", True),
        ("建成绿道50公里。", "新增绿道80公里。", True),
        ("老旧小区改造开工74个。", "老旧小区改造完工54个。", False),
        ("新签约项目42个。", "新签约亿元以上项目37个。", False),
        ("消费对经济增长的贡献率达到66%。", "消费对全球经济增长的贡献率达到30%。", False),
    ],
)
def test_what_goes_together(left: str, right: str, paired: bool) -> None:
    assert bool(pairs(left, right)) is paired


def test_rows_of_more_years_come_first() -> None:
    found = rows(review("绿化率30%。城镇化率61%。", 2022), review("港口吞吐量9万吨。城镇化率62%。"))
    assert [row.indicator for row in found] == ["城镇化率", "绿化率", "港口吞吐量"]


def test_units_are_reconciled() -> None:
    (row,) = (row for row in rows(review("建成高标准农田3.2万亩。", 2022), review("建成高标准农田20平方公里。")))
    (change,) = row.changes
    assert (row.unit, change.unit, change.rate) == ("亩", "亩", -6.25)
    assert change.difference == pytest.approx(-2000)
    assert [row.cells[year].unit for year in ("2022", "2023")] == ["亩", "平方公里"]


def test_money_in_ten_thousands_and_in_hundred_millions() -> None:
    (row,) = rows(review("一般公共预算收入92350万元。", 2022), review("地方一般公共预算收入9.83亿元。"))
    assert [cell.value for cell in row.cells.values()] == [923_500_000, 983_000_000]
    assert row.changes[0].rate == 6.44


def test_a_fall_in_a_row_that_rises_is_below_zero() -> None:
    (row,) = rows(review("出口增长2%。", 2022), review("出口下降3%。"))
    assert (row.indicator, row.cells["2023"].value, row.changes[0].difference) == ("出口增长", -3, -5)
    assert row.changes[0].unit == "个百分点"
    assert row.changes[0].rate is None


def test_synonyms_are_one_and_what_differs_is_two() -> None:
    assert pairs("规上工业增加值增长9%。", "规模以上工业增加值增长8%。") == {"规上工业增加值增长": ("9%", "8%")}
    assert pairs("接待国内外游客30万人次。", "旅游接待人数40万人次。")
    assert pairs("新增高新技术企业12家。", "高新技术企业净增9家。")
    assert pairs("服务业增加值占地区生产总值比重51%。", "服务业在地区生产总值中的比重达到53%。")
    assert len(pairs("工业投资9亿元,占年度计划的98%。", "工业投资8亿元,为年度计划的101%。")) == 2
    assert pairs("新增学位900个。", "增加学位800个。")
    assert pairs("新增高新技术企业12家。", "高新技术企业达到300家。") == {}
    assert pairs("城镇居民人均可支配收入增长9%。", "农村居民人均可支配收入增长8%。") == {}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("地方财政收入9亿元。", "一般公共预算收入10亿元。"),
        ("起诉毒品犯罪90人。", "依法惩治毒品犯罪,起诉80人。"),
        ("起诉涉黑恶犯罪12人。", "深入推进常态化扫黑除恶斗争,起诉10人。"),
        ("签约项目总投资300亿元。", "签约资金320亿元。"),
        ("PM2.5年平均浓度29微克/立方米。", "细颗粒物(PM2.5)平均浓度28微克/立方米。"),
        ("年末累计结存43亿元。", "基金累计结存42亿元。"),
        ("蔬菜播种面积6千公顷。", "蔬菜及食用菌种植面积9万亩。"),
        ("收、支总计90万元。", "收入、支出总计均为80万元。"),
        ("引进硕士研究生12名。", "引进博士3名、硕士15名。"),
        ("新增省级重点专科2个。", "获批省级重点专科1个。"),
        ("作出行政处罚90件。", "办理行政处罚案件80件。"),
        ("参加基本医疗保险36万人。", "基本医保参保35万人。"),
        ("开展安全宣传“五进”活动96场。", "组织安全宣传进企业、进农村等“五进”活动112场。"),
    ],
)
def test_one_figure_in_other_words(left: str, right: str) -> None:
    assert len(pairs(left, right)) == 1


def test_what_a_level_itself_takes_in_is_not_what_the_whole_does() -> None:
    assert pairs("全市一般公共预算收入9亿元。", "市级一般公共预算收入8亿元。") == {}
    assert pairs("市本级一般公共预算收入9亿元。", "市级一般公共预算收入8亿元。")


def test_a_draft_budget_is_a_target() -> None:
    title = "关于2022年预算执行情况和2023年预算草案的报告\n"
    text = "一、2022年预算执行情况\n税收收入9亿元。\n二、2023年预算草案\n税收收入安排10亿元。\n"
    (row, plan) = rows(extract_text(title + text, reference_date="2023"))
    assert [row.scope, plan.scope] == ["achieved", "target"]


def test_new_and_dropped() -> None:
    found = rows(review("城镇化率61%。绿化率30%。", 2022), review("城镇化率62%。港口吞吐量9万吨。"))
    assert {row.indicator: row.trend for row in found} == {
        "城镇化率": "kept", "绿化率": "dropped", "港口吞吐量": "new",
    }  # fmt: skip


def test_a_year_between_may_be_missing() -> None:
    (row,) = (r for r in rows(review("城镇化率61%。", 2022), review("绿化率30%。"), review("城镇化率63%。", 2024))
              if r.indicator == "城镇化率")  # fmt: skip
    assert (list(row.cells), [(c.start, c.end) for c in row.changes]) == (["2022", "2024"], [(2022, 2024)])


def test_one_report_alone_is_not_compared() -> None:
    library = Library([Given("一.txt", review("城镇化率61%。"))])
    member = Member(year=2023, report=0, doc=0, title="", by="title")
    assert indicators.find(library, [Series(id="甲县/报告", body="甲县", kind="报告", members=(member,))], RULES) == ()


def test_fingerprints_do_not_depend_on_place() -> None:
    (one,) = rows(review("城镇化率61%。"))
    (other,) = rows(review("各项事业全面进步。我们取得了新的成绩。城镇化率61%。"))
    assert one.fingerprint == other.fingerprint


@pytest.fixture(scope="module")
def years() -> tuple[Indicator, ...]:
    return rows(extract(REPORTS / "work-report-lanxi-2022.md"), extract(REPORTS / "work-report-lanxi-2023.txt"))


MOVED = """地区生产总值 186.4亿元 197.2亿元
地区生产总值增长 7.8% 4.6%
一般公共预算收入 92350万元 9.83亿元
一般公共预算收入增长 6.2% 6.4%
社会消费品零售总额 58.7亿元 61.2亿元
社会消费品零售总额增长 11.3% 4.3%
工业增加值增长 10.2% 7.5%
固定资产投资增长 9.5% 8.1%
城镇居民人均可支配收入 34120元 35860元
城镇居民人均可支配收入增长 7.1% 5.1%
农村居民人均可支配收入 17865元 19080元
农村居民人均可支配收入增长 9.6% 6.8%
粮食总产量 21.3万吨 21.6万吨
高标准农田 3.2万亩 20平方公里
营造林 1.8万亩 14平方公里
接待游客 318.6万人次 296.4万人次
旅游综合收入 24.7亿元 22.8亿元
工业企业 12家 11家
城镇新增就业 4216人 4385人
农村公路 118公里 96公里
老旧小区 9个 12个
优良天数比例 97.3% 98.1%"""


@pytest.mark.parametrize("line", MOVED.splitlines())
def test_what_moved_between_the_sample_years(years: tuple[Indicator, ...], line: str) -> None:
    name, *cells = line.split()
    (row,) = (row for row in years if [cell.text for cell in row.cells.values()] == cells and name in row.indicator)
    assert row.scope == "achieved"


def test_no_target_and_no_sum_of_years_among_what_was_achieved(years: tuple[Indicator, ...]) -> None:
    achieved = {cell.text for row in years if row.scope == "achieved" for cell in row.cells.values()}
    assert not achieved & {"14.6万亩", "6230户", "6.5%", "7.2%", "280亿元", "4000人", "120公里", "4200人", "110公里"}


def test_a_rate_through_three_rectification_reports() -> None:
    files = [REPORTS / f"rectification-lanxi-water-{name}" for name in ("2021.txt", "2022.txt", "2023.docx")]
    found = rows(*map(extract, files), first=2021)
    (row,) = (row for row in found if "水费收缴率" in row.indicator and len(row.cells) == 3)
    assert [cell.value for cell in row.cells.values()] == [61.5, 72, 88.6]
    assert any([c.text for c in row.cells.values()] == ["126.8万元", "185万元"] for row in found)


def test_cells_of_tables_are_indicators(tmp_path: Path) -> None:
    page = "<table><tr><th>项目</th><th>金额（万元）</th></tr><tr><td>办公费</td><td>{}</td></tr></table>"
    reports = []
    for i, value in enumerate(("12.5", "14")):
        path = tmp_path / f"{i}.html"
        path.write_text(f"<html><body><h1>决算报告</h1><p>收支情况如下。</p>{page.format(value)}</body></html>")
        reports.append(extract(path))
    (row,) = rows(*reports)
    assert row.table
    assert [cell.value for cell in row.cells.values()] == [125_000, 140_000]


def test_a_column_of_changes_is_of_the_column_before_it(tmp_path: Path) -> None:
    page = "<table><tr><th>品名</th><th>面积（{0}）</th><th>{1}</th><th>产量（{2}）</th><th>{1}</th></tr>"
    page += "<tr><td>稻谷</td><td>{3}</td><td>{4}</td><td>{5}</td><td>{6}</td></tr></table>"
    reports = []
    for year, head in [(2022, ("亩", "同比增减(%)", "吨", 6000, 1.5, 2000, 3)),
                       (2023, ("万亩", "比上年增长(%)", "万吨", 0.61, -2, 0.21, -1))]:  # fmt: skip
        file = tmp_path / f"{year}.html"
        file.write_text(f"<p>某县{year}年统计公报</p>{page.format(*head)}", "utf-8")
        reports.append(extract(file))
    found = [[cell.text for cell in row.cells.values()] for row in rows(*reports)]
    assert found == [["6000", "0.61"], ["1.5", "-2"], ["2000", "0.21"], ["3", "-1"]]


def test_what_was_planned_and_what_was_spent_are_two_rows(tmp_path: Path) -> None:
    page = "<table><tr><th>项目（万元）</th><th>预算数</th><th>决算数</th></tr><tr><td>办公费</td><td>{}</td><td>{}</td></tr></table>"
    reports = []
    for year, figures in [(2022, (90, 80)), (2023, (70, 60))]:
        file = tmp_path / f"{year}.html"
        file.write_text(f"<p>某局{year}年度部门决算</p>{page.format(*figures)}", "utf-8")
        reports.append(extract(file))
    found = {row.indicator: [cell.text for cell in row.cells.values()] for row in rows(*reports)}
    assert found == {"办公费·预算数": ["90", "70"], "办公费": ["80", "60"]}


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="增长达到其中分别、,，。;城镇企业新总量的家亿元%“”（）0123456789至从", max_size=80))
def test_every_cell_is_what_stands_there(text: str) -> None:
    report = review(text)
    for row in rows(report):
        assert row.indicator
        for cell in row.cells.values():
            assert report.documents[0].text[cell.span.start : cell.span.end] == cell.text


@pytest.mark.skipif(not SHARED.is_dir(), reason="no shared corpus")
def test_two_years_of_a_province() -> None:
    gold = json.loads((SHARED / "gold" / "compare-gwr-hubei-2025-2026.json").read_text("utf-8"))
    files = ("gwr-hubei-2025.docx", "gwr-hubei-2026.txt")
    found = {
        tuple(cell.text.replace("％", "%") for cell in row.cells.values())
        for row in rows(*(extract(SHARED / "corpus" / name) for name in files), first=2025)
    }
    wanted = [tuple(cell["text"].replace("％", "%") for cell in row["cells"].values()) for row in gold["rows"]]
    assert sum(cells in found for cells in wanted) >= 0.95 * len(wanted)
