"""What was promised, and what the next report says of it."""

from __future__ import annotations

import pytest
from laid import WATER, WORK, lay_samples, lay_texts

from extractor import rules as ruleset
from extractor.comparison import promises
from extractor.comparison.records import Promise

RULES = ruleset.load()


def found(names: tuple[str, ...]) -> tuple[Promise, ...]:
    return promises.find(*lay_samples(names), RULES)


def one(rows: tuple[Promise, ...], start: int, words: str) -> Promise:
    (row,) = [row for row in rows if row.start == start and words in row.promise.text]
    return row


@pytest.fixture(scope="module")
def water() -> tuple[Promise, ...]:
    return found(WATER)


@pytest.fixture(scope="module")
def work() -> tuple[Promise, ...]:
    return found(WORK)


@pytest.mark.parametrize(
    ("start", "words", "fate", "answer"),
    [
        (2021, "《岚溪县小型水库管护办法》", "kept", "已印发《岚溪县小型水库管护办法》"),
        (2021, "智慧水务监管平台", "not_mentioned", None),
        (2021, "42处规模以上取水口", "repeated", "2023年底前，全县42处"),
        (2022, "42处规模以上取水口", "partly", "已安装在线计量设施39处"),
        (2022, "城乡供水一体化规划", "kept", "2023年5月，完成《岚溪县城乡供水一体化规划》"),
    ],
)
def test_promises_of_rectifications(
    water: tuple[Promise, ...], start: int, words: str, fate: str, answer: str | None
) -> None:
    row = one(water, start, words)
    assert row.fate == fate
    assert (row.answer is None) == (answer is None)
    assert row.answer is None or (answer or "") in row.answer.text


def test_nothing_else_is_a_promise_of_the_rectifications(water: tuple[Promise, ...]) -> None:
    assert len(water) == 5


def test_the_day_that_was_moved_is_told(water: tuple[Promise, ...]) -> None:
    assert "期限由“2022年底”推后到“2023年底”" in one(water, 2021, "42处规模以上取水口").why


@pytest.mark.parametrize(
    ("words", "fate", "answer"),
    [
        ("新建城区公共停车位800个", "kept", "新建城区公共停车位826个"),
        ("改造老旧小区12个", "kept", "改造老旧小区12个"),
        ("建成岚溪滨河公园", "kept", "岚溪滨河公园10月1日开园"),
        ("新改建农村公路120公里", "partly", "新改建农村公路96公里"),
        ("地区生产总值增长6.5%左右", "partly", "增长4.6%"),
        ("启动县中医院整体迁建项目", "not_mentioned", None),
        ("开工建设县城第二污水处理厂", "kept", "县城第二污水处理厂于6月28日开工"),
        ("建设高标准农田3万亩", "kept", "建成高标准农田20平方公里"),
    ],
)
def test_promises_of_work_reports(work: tuple[Promise, ...], words: str, fate: str, answer: str | None) -> None:
    row = one(work, 2022, words)
    assert row.fate == fate
    assert (row.answer is None) == (answer is None)
    assert row.answer is None or (answer or "") in row.answer.text


def test_all_the_other_promises_were_kept(work: tuple[Promise, ...]) -> None:
    assert {row.promise.text for row in work if row.fate != "kept"} == {
        "地区生产总值增长6.5%左右",
        "新改建农村公路120公里",
        "启动县中医院整体迁建项目",
    }
    assert len(work) == 26


def test_what_lies_further_ahead_is_no_promise_for_the_next_year(work: tuple[Promise, ...]) -> None:
    assert not [row for row in work if "280亿元" in row.promise.text]


def report(year: int, done: str, plan: str) -> str:
    return (
        f"{year}年某县政府工作报告\n一、{year - 1}年工作回顾\n过去一年，各项工作取得进展。{done}\n"
        f"二、{year}年重点工作\n今年要做好以下工作。{plan}\n"
    )


def fate(plan: str, done: str, again: str = "") -> list[str]:
    rows = promises.find(*lay_texts(report(2022, "", plan), report(2023, done, again)), RULES)
    return [row.fate for row in rows]


@pytest.mark.parametrize(
    ("plan", "done", "fates"),
    [
        ("新建停车位500个。", "新建停车位499个。", ["partly"]),
        ("新建停车位500个左右。", "新建停车位490个。", ["kept"]),
        ("城镇调查失业率控制在5.5%以内。", "城镇调查失业率5.2%。", ["kept"]),
        ("城镇调查失业率控制在5.5%以内。", "城镇调查失业率5.8%。", ["partly"]),
        ("建设高标准农田2万亩。", "建成高标准农田12平方公里。", ["partly"]),
        ("年底前建成青山图书馆。", "青山图书馆加快建设。", ["partly"]),
        ("年底前建成青山图书馆。", "青山图书馆主体工程完工,西河大桥建成通车。", ["partly"]),
        ("年底前建成青山图书馆。", "青山图书馆历时三年,全面建成。", ["kept"]),
        ("青山县医院新院区投入使用。", "青山县医院新院区正式启用。", ["kept"]),
        ("启动老城区更新二期规划编制。", "启动老城区更新二期规划编制。", ["kept"]),
        ("新建停车位500个,服务业增加值增长6%。", "新建停车位510个,服务业增加值增长5%。", ["kept", "partly"]),
        ("城乡居民人均可支配收入分别增长6%和7%。", "城镇、农村居民人均可支配收入分别增长5%、8%。", ["partly", "kept"]),
        ("年底前建成青山图书馆。", "青山图书馆建成开放。", ["kept"]),
        ("启动青山图书馆迁建。", "青山图书馆迁建开工。", ["kept"]),
        ("固定资产投资增长8%。", "固定资产投资下降3%。", ["partly"]),
        ("地区生产总值增长5%—5.5%。", "地区生产总值增长5%。", ["kept"]),
        ("地区生产总值增长5%—5.5%。", "地区生产总值增长4.9%。", ["partly"]),
        ("出口增长3%左右。", "进出口增长5.4%。", ["not_mentioned"]),
        ("财政用于教育的投入16亿元。", "财政用于科技的投入17亿元。", ["not_mentioned"]),
        ("完成1万家规上工业企业数智化转型。", "五年来，规上工业企业总数超过2万家。", ["not_mentioned"]),
        ("新开工保障性住房700套。", "基本建成保障性住房611套。", ["not_mentioned"]),
        ("再减少贫困人口1000人。", "贫困人口减少1232人。", ["kept"]),
        ("开工建设青石高速、沙南大桥、云岭水库等。", "青石高速、云岭水库开工建设。", ["partly"]),
        ("建成青石高速、沙南大桥。", "青石高速建成通车，沙南大桥建成通车。", ["kept"]),
        ("建成青石高速、沙南大桥。", "白石高速、宁南大桥建成通车。", ["not_mentioned"]),
        ("安排“三农”支出100亿元，比上年增加20亿元。", "", ["not_mentioned"]),
        ("从严控制新开工项目。我县有60万人口。去年全县财政超收2亿元。", "", []),
    ],
)
def test_fates(plan: str, done: str, fates: list[str]) -> None:
    assert fate(plan, done) == fates


def test_a_target_that_fell_is_told_as_it_was_said() -> None:
    plan, done = report(2022, "", "固定资产投资增长8%。"), report(2023, "固定资产投资下降3%。", "")
    (row,) = promises.find(*lay_texts(plan, done), RULES)
    assert row.why.endswith("称“固定资产投资下降3%”，未达目标")


def test_what_stands_under_a_chapter_of_five_years_is_not_due_next_year() -> None:
    plan = report(2021, "", "新建停车位500个。").replace(
        "二、", "二、“十四五”时期主要目标任务\n（一）持续增进民生福祉\n要办好民生实事。城镇新增就业5000人以上。\n三、"
    )
    rows = promises.find(*lay_texts(plan, report(2022, "城镇新增就业1100人。新建停车位510个。", "")), RULES)
    assert [row.promise.text for row in rows] == ["新建停车位500个"]


def test_what_names_the_next_year_under_such_a_chapter_is_due() -> None:
    plan = report(2021, "", "今后五年,新建停车位500个。2021年主要预期目标:城镇新增就业5000人。").replace(
        "二、", "二、今后五年目标和2021年重点工作\n", 1
    )
    rows = promises.find(*lay_texts(plan, report(2022, "城镇新增就业5100人。新建停车位110个。", "")), RULES)
    assert [row.promise.text for row in rows] == ["城镇新增就业5000人"]


def test_planned_again_without_a_word_is_repeated() -> None:
    assert fate("年底前建成青山图书馆。", "", "年底前建成青山图书馆。") == ["repeated"]


def test_the_sums_of_a_budget_are_no_promises() -> None:
    text = "某局{}年部门预算\n一、预算编制说明\n支出预算9亿元。\n"
    assert not promises.find(*lay_texts(*(text.format(year) for year in (2022, 2023))), RULES)
