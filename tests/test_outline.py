"""What a whole document decides about its headings; what a rule alone decides is in rules/headings.toml."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import outline, rules
from extractor.found import Outline
from extractor.source import CellRef, Draft, Line
from extractor.text import Span, Text

SHIPPED = rules.load()
BODY = "深入学习贯彻上级精神,召开专题会议研究部署,明确责任分工,细化工作举措,推动各项任务落到实处。"


def built(lines: Sequence[Line], hints: dict[str, str] | None = None) -> Outline:
    text = Text.join((Text.of(i, line.text) for i, line in enumerate(lines)), "\n")
    return outline.build(Draft(text, hints or {}), lines, SHIPPED)


def read(text: str, hints: dict[str, str] | None = None) -> Outline:
    return built([Line(line, i) for i, line in enumerate(text.split("\n"), 1)], hints)


def tree(found: Outline) -> list[str]:
    """One line per heading: level, marker, title."""
    return [f"{h.level} {h.marker} {h.title}".replace("  ", " ") for h in found.headings]


def test_headings_run_into_one_line() -> None:
    found = read(
        f"某局关于巡察整改情况的报告根据统一部署,现将情况报告如下。一、组织落实情况市委巡察组反馈以来,我局高度重视。(一)提高站位,抓整改。{BODY}"
        f"(二)压实责任,抓整改。{BODY}二、整改落实情况(一)理论学习不够深入,推动工作有差距1.”学习不主动”问题整改情况:{BODY}"
        f"2,“制度落实不到位”问题(1) “交流不经常”问题整改情况:{BODY}(2)“记录不完整”问题整改情况:{BODY}三、巩固整改成果坚持举一反三、久久为功。"
    )
    assert found.title == "某局关于巡察整改情况的报告"
    assert tree(found) == [
        "1 一、 组织落实情况",
        "2 (一) 提高站位,抓整改",
        "2 (二) 压实责任,抓整改",
        "1 二、 整改落实情况",
        "2 (一) 理论学习不够深入,推动工作有差距",
        "3 1. 学习不主动",
        "3 2, 制度落实不到位",
        "4 (1) 交流不经常",
        "4 (2) 记录不完整",
        "1 三、 巩固整改成果",
    ]
    assert [h.kind for h in found.headings] == [*["section"] * 5, *["problem"] * 4, "section"]


def test_misprinted_marker_gets_the_level_of_its_siblings() -> None:
    found = read(
        f"巡察整改报告\n1.“甲”问题\n(1)“子”问题整改情况:{BODY}\n(2)“丑”问题整改情况:{BODY}\n2.“乙”问题\n"
        f"(1)“寅”问题整改情况:{BODY}\n(2)“卯”问题整改情况:{BODY}\n(3)“丙”问题\n(1)“辰”问题整改情况:{BODY}\n4 .“丁”问题整改情况:{BODY}"
    )
    assert [(h.marker, h.level, h.repaired) for h in found.headings if h.repaired or h.level == 1] == [
        ("1.", 1, None),
        ("2.", 1, None),
        ("(3)", 1, "3."),
        ("4 .", 1, None),
    ]


def test_wrong_stop_is_no_repair() -> None:
    found = read(f"一、加强学习\n{BODY}\n二.加强管理\n{BODY}\n三,加强督查\n{BODY}")
    assert [(h.level, h.value, h.repaired) for h in found.headings] == [(1, 1, None), (1, 2, None), (1, 3, None)]


def test_numbering_that_goes_on_and_numbering_that_starts_again() -> None:
    onward = read(f"一、甲\n1.子\n{BODY}\n2.丑\n{BODY}\n二、乙\n3.寅\n{BODY}\n4.卯\n{BODY}")
    assert [h.level for h in onward.headings] == [1, 2, 2, 1, 2, 2]
    again = read(f"一、甲\n{BODY}\n二、乙\n{BODY}\n2024年工作谋划:\n一、丙\n{BODY}\n二、丁\n{BODY}")
    assert [h.level for h in again.headings] == [1, 1, 1, 1]


def test_decimal_numbers_nest_by_their_parts() -> None:
    found = read("第一章 动物\n1.1 哺乳动物\n1.1.1 灵长类\n1.2 爬行动物\n第二章 植物\n2.1 被子植物\n")
    assert tree(found) == [
        "1 第一章 动物",
        "2 1.1 哺乳动物",
        "3 1.1.1 灵长类",
        "2 1.2 爬行动物",
        "1 第二章 植物",
        "2 2.1 被子植物",
    ]


def test_a_decimal_with_a_unit_is_no_section() -> None:
    assert tree(read("1.5立方米")) == []
    assert tree(read(f"2.4兆帕以上的容器\n{BODY}")) == []
    assert tree(read(f"3.2 公开情况\n{BODY}")) == ["1 3.2 公开情况"]
    assert tree(read(f"1.1总则\n{BODY}\n1.2范围\n{BODY}")) == ["1 1.1 总则", "1 1.2 范围"]


def test_a_part_may_be_titled_on_the_next_line() -> None:
    found = read(
        f"第一章\n总则\n第一条 为了规范管理,制定本办法。\n第二章 职责\n第二条 各单位应当履行职责。\n附件\n任务清单\n{BODY}"
    )
    assert tree(found) == ["1 第一章 总则", "2 第一条 ", "1 第二章 职责", "2 第二条 ", "1 附件 任务清单"]


def test_a_paragraph_without_a_title_is_a_list_item() -> None:
    found = read(
        f"一、主要工作\n{BODY}\n1.2023年3月7日印发通知,对12个单位进行通报。\n2.截至6月底共开展督查78场次。\n"
        "二、其他事项\n包括下列材料:\n(一)申请书;\n(二)证明。"
    )
    assert tree(found) == ["1 一、 主要工作", "1 二、 其他事项"]


def test_sentences_numbered_within_a_line_are_a_list() -> None:
    assert tree(
        read(f"一、工作内容\n1.完成指挥和调度工作。2.做好系统的日常维护。3.分析各类信息。\n二、打算\n{BODY}")
    ) == [
        "1 一、 工作内容",
        "1 二、 打算",
    ]
    found = read(f"一、工作内容\n1.完善机制。{BODY}2.加强培训。{BODY}\n二、打算\n{BODY}")
    assert tree(found) == ["1 一、 工作内容", "2 1. 完善机制", "2 2. 加强培训", "1 二、 打算"]


def test_bare_sentences_in_brackets_within_a_line_are_a_list() -> None:
    found = read(f"一、整改情况。(1)修订议事规则。(2)落实集体决策制度,研究事项26项。\n二、打算\n{BODY}")
    assert tree(found) == ["1 一、 整改情况", "1 二、 打算"]


def test_sentences_after_dashes_alone_are_no_leads() -> None:
    assert tree(read(f"一、回顾\n——实力显著增强。\n——面貌焕然一新。\n——生活持续改善。\n{BODY}")) == ["1 一、 回顾"]


def test_a_blank_before_a_sentence_ends_a_title() -> None:
    found = read(f"(一)服务窗口解民忧 从2023年6月开始,窗口受理:\n{BODY}\n(二)服务 基层 队伍建设\n{BODY}")
    assert tree(found) == ["1 (一) 服务窗口解民忧", "1 (二) 服务 基层 队伍建设"]
    assert tree(read(f"第二部分 某局 2024年度决算\n{BODY}")) == ["1 第二部分 某局 2024年度决算"]


def test_halves_of_a_report_without_numbers() -> None:
    halves = f"过去五年工作回顾\n{BODY}\n一、服务大局\n{BODY}\n二、司法为民\n{BODY}\n今后五年工作安排\n{BODY}\n一、队伍建设\n{BODY}"
    assert tree(read(halves)) == [
        "1 过去五年工作回顾",
        "2 一、 服务大局",
        "2 二、 司法为民",
        "1 今后五年工作安排",
        "2 一、 队伍建设",
    ]
    assert tree(read(f"一、甲\n{BODY}\n下一步打算\n{BODY}")) == ["1 一、 甲"]


def test_rows_of_a_printed_table_are_no_headings() -> None:
    found = read(f"一、整改清单\n序号 问题 措施\n1 学习不深入 制定计划\n2 责任不落实 修订清单\n二、打算\n{BODY}")
    assert tree(found) == ["1 一、 整改清单", "1 二、 打算"]


@pytest.mark.parametrize(
    "line",
    ["5.5%左右的预期增长目标与实际吻合。", "2023.1.30召开会议。", "3.14 元的单价", "(2023)年报", "100、200、300", "第三条规定的情形除外。",
     "根据第(一)项规定办理。", "第一时间部署。", "一是加强学习。", "首先要加强学习。", "12、13日召开会议。"],
)  # fmt: skip
def test_refused(line: str) -> None:
    assert read(f"{line}\n{BODY}").headings == ()


def test_labelled_problems_and_their_measures() -> None:
    found = read(
        "某局巡察整改进展情况通报\n一、整改情况\n项目1.1:学习不系统。学用脱节。\n责任单位:办公室\n整改措施:\n(1)制定计划。按月落实。\n(2)开展研讨。\n"
        f"整改进展情况:已完成。\n(1)印发计划。已落实。\n项目1.2:责任不落实\n整改情况:持续推进中。\n二、下一步打算\n{BODY}"
    )
    assert tree(found) == [
        "1 一、 整改情况",
        "2 项目1.1: 学习不系统。学用脱节",
        "2 项目1.2: 责任不落实",
        "1 二、 下一步打算",
    ]
    assert [h.kind for h in found.headings] == ["section", "problem", "problem", "section"]


def test_problems_without_quotes_only_where_the_paper_answers_findings() -> None:
    lines = f"1.关于干部管理不严的问题\n{BODY}\n2.关于“公车管理存在漏洞”问题。一是清查。\n{BODY}"
    found = read(f"关于审计整改情况的报告\n{lines}")
    assert [(h.kind, h.title) for h in found.headings] == [("problem", "干部管理不严"), ("problem", "公车管理存在漏洞")]
    assert [h.kind for h in read(f"关于有关请求事项的复函\n{lines}").headings] == ["section", "section"]


def test_a_statement_before_its_rectification_is_a_problem() -> None:
    found = read(
        f"巡察整改情况的报告\n一、反馈问题整改情况:\n1.理论学习不深入。\n整改情况:{BODY}\n2.台账不全问题整改情况:{BODY}\n二、下一步打算\n{BODY}"
    )
    assert [(h.kind, h.title) for h in found.headings] == [
        ("section", "反馈问题整改情况"), ("problem", "理论学习不深入"), ("problem", "台账不全"), ("section", "下一步打算"),
    ]  # fmt: skip


def test_what_has_fields_below_is_a_heading_with_figures_in_it_too() -> None:
    fields = "【责任单位】某县政府\n【整改措施】1.建设管网12公里。2.建立月调度制度。\n【整改时限】2024年6月\n"
    found = read(
        f"某市整改进展情况\n一、处理设施建设滞后。\n{fields}二、3处堆场无防尘设施。\n{fields}三、1处尾矿库有隐患。\n{fields}"
    )
    assert tree(found) == ["1 一、 处理设施建设滞后", "1 二、 3处堆场无防尘设施", "1 三、 1处尾矿库有隐患"]


def test_leads_need_company() -> None:
    themes = ["提升科技创新能力", "加大企业激励力度", "增强制造业竞争力"]
    found = read("\n".join(["一、主要任务", *(f"{theme}。{BODY}" for theme in themes)]))
    assert tree(found) == ["1 一、 主要任务", *(f"2 {theme}" for theme in themes)]
    alone = read("\n".join(["一、主要任务", f"提升科技创新能力。{BODY}", BODY, BODY, BODY]))
    assert tree(alone) == ["1 一、 主要任务"]


def test_sentences_are_no_leads() -> None:
    sentences = ["我们深化改革", "今年要继续努力", "当前形势是复杂的", "增长5%以上"]
    assert tree(read("\n".join(["一、主要任务", *(f"{s}。{BODY}" for s in sentences)]))) == ["1 一、 主要任务"]


def test_leads_after_a_dash_and_numbers_beside_them() -> None:
    found = read(
        f"一、工作回顾\n——经济保持恢复。{BODY}\n——动能持续增强。{BODY}\n一年来,主要做了以下工作。\n(一)抓项目。{BODY}\n(二)抓产业。{BODY}"
    )
    assert [h.level for h in found.headings] == [1, 2, 2, 2, 2]


def test_a_bare_sentence_among_leads_after_a_dash() -> None:
    rows = [f"——经济稳步回升。{BODY}", "——防汛取得胜利。", f"——民生持续改善。{BODY}"]
    assert tree(read("\n".join(rows))) == ["1 经济稳步回升", "1 防汛取得胜利", "1 民生持续改善"]
    assert tree(read("主要任务是：\n——完成投资任务。\n——建成两条公路。\n——办好民生实事。")) == []


def test_numbers_that_start_again_below_leads() -> None:
    groups = [f"{name}项目:\n1、甲厂项目。{BODY}\n2、乙厂项目。{BODY}" for name in ("在建", "预备", "前期")]
    lines = [
        Line(line, i, bold=(Span(0, len(line)),) if line.endswith(":") else ())
        for i, line in enumerate("\n".join(["一、项目建设", *groups]).split("\n"), 1)
    ]
    assert [h.level for h in built(lines).headings] == [1, *[2, 3, 3] * 3]


def test_looks_of_the_file_make_headings() -> None:
    lines = [
        Line("总体情况", 1, outline=1),
        Line(BODY, 2),
        Line("经费", 3, outline=2),
        Line(BODY, 4),
        Line("附则", 5, outline=1),
        Line(BODY, 6),
    ]
    assert tree(built(lines)) == ["1 总体情况", "2 经费", "1 附则"]
    bold = [
        Line(f"{theme}。{BODY}", i, bold=(Span(0, len(theme)),))
        for i, theme in enumerate(["我们牢记嘱托、忠诚履职", "我们迎难而上"])
    ]
    assert tree(built(bold)) == ["1 我们牢记嘱托、忠诚履职", "1 我们迎难而上"]


def test_one_lead_in_bold_where_numbered_ones_are_set_so() -> None:
    words = ["规划编制。", "（一）项目进展。", "（二）资金保障。"]
    lines = [Line(f"{lead}{BODY}", i, bold=(Span(0, len(lead)),)) for i, lead in enumerate(words)]
    assert tree(built(lines))[0] == "1 规划编制"
    assert tree(built(lines[:2])) == ["1 (一) 项目进展"]
    labels = [Line(f"备注：{BODY}", 0, bold=(Span(0, 3),)), *lines[1:]]
    assert tree(built(labels)) == ["1 (一) 项目进展", "1 (二) 资金保障"]


def test_an_essay_in_a_cell_has_headings() -> None:
    essay = f"（一）项目进展加快。{BODY * 9}（二）资金保障到位。{BODY * 9}（三）管理逐步规范。{BODY * 9}"
    cells = [
        Line("落实情况", 1, part="cell", cell=CellRef(0, 0, 0)),
        Line(essay, 2, part="cell", cell=CellRef(0, 0, 1)),
    ]
    assert [h.marker for h in built(cells).headings] == ["(一)", "(二)", "(三)"]


def test_no_headings_in_tables_and_contents() -> None:
    cells = [Line("一、本年新收数量", 1, part="cell", cell=CellRef(0, 0, 0)), Line("一、总体情况", 2), Line(BODY, 3)]
    assert tree(built(cells)) == ["1 一、 总体情况"]
    found = read(
        f"目 录\n一、总体情况......1\n二、主要工作......3\n2023年工作报告\n一、总体情况\n{BODY}\n二、主要工作\n{BODY}"
    )
    assert (found.title, tree(found)) == ("2023年工作报告", ["1 一、 总体情况", "1 二、 主要工作"])


def accounts(*contents: str) -> str:
    body = [
        "某局概况", "一、主要职责", BODY, "二、机构设置", BODY,
        "2023年度部门决算表", "2023年度部门决算情况说明", "一、收入支出决算总体情况说明", BODY, "名词解释", BODY,
    ]  # fmt: skip
    return "\n".join(["某局2023年度部门决算", *contents, *body])


ENTRIES = (
    "第一部分 部门概况", "一、主要职责", "二、机构设置", "第二部分 2023年度部门决算表",
    "第三部分 2023年度部门决算情况说明", "一、收入支出决算总体情况说明", "第四部分 名词解释",
)  # fmt: skip


@pytest.mark.parametrize(
    "contents",
    [
        ("目录", *ENTRIES),
        ("决算公开目录", *ENTRIES),
        ("目录", *(f"{entry}……………………" for entry in ENTRIES)),
    ],
)
def test_a_table_of_contents_is_none_of_the_headings_that_it_names(contents: tuple[str, ...]) -> None:
    assert tree(read(accounts(*contents))) == [
        "1 某局概况",
        "2 一、 主要职责",
        "2 二、 机构设置",
        "1 2023年度部门决算表",
        "1 2023年度部门决算情况说明",
        "2 一、 收入支出决算总体情况说明",
        "1 名词解释",
    ]


@pytest.mark.parametrize("first", ["第一部分 单位概况\n", ""])
def test_a_table_of_contents_without_its_name(first: str) -> None:
    body = f"{first}一、职能简介\n{BODY}\n二、决算情况\n1、收入决算情况\n{BODY}\n2、支出决算情况\n{BODY}"
    entries = "\n".join(line for line in body.split("\n") if line != BODY)
    assert tree(read(f"{entries}\n{body}")) == tree(read(body))


def test_lines_below_the_word_contents_that_never_come_again_are_headings() -> None:
    assert tree(read(f"目录\n一、主要职责\n{BODY}\n二、机构设置\n{BODY}")) == ["1 一、 主要职责", "1 二、 机构设置"]


def halves(line: str) -> str:
    first = [f"{marker}做好项目建设\n{BODY}" for marker in ("一、", "二、", "三、")]
    return "\n".join(
        ["某局2018年工作总结及2019年工作谋划", *first, line, f"一、工作思路\n{BODY}", f"二、工作重点\n{BODY}"]
    )


@pytest.mark.parametrize("line", ["2019年工作谋划：", "2019年工作谋划", "存在的问题和不足"])
def test_a_second_run_of_numbers_has_a_title(line: str) -> None:
    assert tree(read(halves(line)))[3:] == [f"1 {line.rstrip('：')}", "2 一、 工作思路", "2 二、 工作重点"]


@pytest.mark.parametrize("line", ["某某局", "会议要求做到：", "2018年12月30日", "请各单位认真落实。"])
def test_what_else_stands_before_a_second_run_is_none(line: str) -> None:
    assert tree(read(halves(line)))[3:] == ["1 一、 工作思路", "1 二、 工作重点"]


def test_the_kind_of_an_annex_is_not_its_title() -> None:
    found = read(f"一、总则\n{BODY}\n附 录 A\n（资料性附录）\n评价流程图\n{BODY}{BODY}\n附录B（规范性）\n术语\n{BODY}")
    assert tree(found) == ["1 一、 总则", "1 附 录 A 评价流程图", "1 附录B 术语"]


def test_annex_and_glossary_open_at_the_top() -> None:
    found = read(f"一、甲\n(一)子\n{BODY}\n名词解释\n1.“两新”:{BODY}\n2.“两重”:{BODY}\n附件1\n任务清单\n一、丙\n{BODY}")
    assert tree(found) == [
        "1 一、 甲",
        "2 (一) 子",
        "1 名词解释",
        "2 1. “两新”",
        "2 2. “两重”",
        "1 附件1 任务清单",
        "2 一、 丙",
    ]


@pytest.mark.parametrize(
    ("text", "hints", "title"),
    [
        (f"某某局\n关于整改情况的报告\n{BODY}", {}, "某某局关于整改情况的报告"),
        (f"2023年政府工作报告\n——在某次会议上\n各位代表:\n{BODY}", {}, "2023年政府工作报告"),
        (f"各位代表:\n{BODY}", {}, ""),
        (f"某区整改任务全部提前办结\n{BODY}", {}, "某区整改任务全部提前办结"),
        (f"某区整改任务全部提前办结\n某区整改任务全部提前办结\n{BODY}", {}, "某区整改任务全部提前办结"),
        (f"某市审计局\n{BODY}", {}, ""),
        (f"某区整改任务全部提前办结\n一、工作情况\n{BODY}", {}, ""),
        (f"某县委员会\n某县人民政府\n关于印发方案的通知\n{BODY}", {}, "某县委员会某县人民政府关于印发方案的通知"),
        (f"{BODY}", {"title": "某局->关于整改情况的通报 | 新闻网"}, "关于整改情况的通报"),
        (f"某部整改情况的报告根据部署,{BODY}", {"title": "2023某部整改情况的报告"}, "某部整改情况的报告"),
    ],
)
def test_title(text: str, hints: dict[str, str], title: str) -> None:
    found = read(text, hints)
    assert found.title == title
    assert found.title_span is None or text[found.title_span.start : found.title_span.end].replace("\n", "") == title


MARKS = st.sampled_from(
    [
        "一、",
        "二、",
        "(一)",
        "(二)",
        "1.",
        "2,",
        "(1)",
        "(3)",
        "①",
        "1.1 ",
        "第一章 ",
        "第二条 ",
        "问题一:",
        "——",
        "附件",
        "",
    ]
)
WORDS = st.sampled_from(
    ["加强学习", "“甲”问题", "关于乙的问题", "。", ":", ";", "\n", " ", "整改情况:", BODY, "2023年", "5%"]
)


@given(st.lists(st.tuples(MARKS, st.lists(WORDS, max_size=4)), max_size=12))
def test_headings_stand_in_order_and_in_the_text(parts: list[tuple[str, list[str]]]) -> None:
    text = "\n".join(mark + "".join(words) for mark, words in parts)
    headings = read(text).headings
    for heading in headings:
        assert heading.title in text[heading.span.start : heading.span.end]
        assert heading.span.end <= heading.body.start <= heading.body.end
    for before, after in pairwise(headings):
        assert before.body.end <= after.span.start
        assert after.level <= before.level + 1
    assert not headings or headings[0].level == 1


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "中共某县水务局党组文件\n某水党〔2023〕12号\n签发人：张某\n中共某县水务局党组\n关于巡察整改情况的报告",
            "中共某县水务局党组关于巡察整改情况的报告",
        ),
        ("附件2\n某县水务局2023年工作总结", "某县水务局2023年工作总结"),
        ("竞争性磋商文件\n项目编号：A-12", "竞争性磋商文件"),
    ],
)
def test_the_title_of_a_paper_is_not_its_letterhead(head: str, title: str) -> None:
    text = f"{head}\n县委：\n现将有关情况报告如下。\n一、主要工作\n召开会议，部署工作。\n"
    assert "".join(read(text).title.split()) == title
