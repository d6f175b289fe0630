"""The noun of a quantity: from which side, how far, and whose."""

from __future__ import annotations

from collections import Counter

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import rules
from extractor.finders import nouns
from extractor.finders.nouns.rulefile import NounRules
from extractor.rules import Rules

SHIPPED = rules.load()
DIMENSIONS = {
    "年": "duration",
    "%": "percent",
    "元": "money",
    "天": "duration",
    "个百分点": "percentage_point",
    "米": "length",
}


def noun(marked: str, which: int = 0) -> str | None:
    """The noun of the quantity number `which` of those that stand in «…» in a clause."""
    text, spans = rules.Example(text=marked).marked()
    start, end = spans[which]
    unit = regex.sub(r"[\d.,:]+[多余]?[万亿]?", "", text[start:end]) or None
    dimension = DIMENSIONS.get(unit or "", "count")
    others = [span for span in spans if span != (start, end)]
    return nouns.find(text, (0, len(text)), (start, end), unit, dimension, others, SHIPPED)


def every(marked: str) -> list[str | None]:
    return [noun(marked, i) for i in range(marked.count("«"))]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("走访«12个»社区", "社区"),
        ("共排查隐患«36处»", "隐患"),
        ("实施«20个»旧村改造项目", "旧村改造项目"),
        ("«3个»项目落户园区", "项目"),
        ("对«8名»新入职教师开展谈心", "新入职教师"),
        ("撰写«5篇»群众身边的故事", "故事"),
        ("«7项»任务的台账", "任务"),
        ("修缮道路、桥梁等公共设施«9处»", "道路、桥梁等公共设施"),
        ("粮食总产量同比增长«5%»", "粮食总产量"),
        ("机关食堂支出比上年减少«3%»", "机关食堂支出"),
        ("占全国«28%»", None),
        ("回收率达到«40%»以上", "回收率"),
        ("覆盖«60%»以上的行政村", "行政村"),
        ("«80%»的门诊号源向基层开放", "门诊号源"),
        ("投入«50万元»科研基金支持乡村振兴", "科研基金"),
        ("市财政安排«50万元»", None),
        ("发行«50万元»长期建设国债", "长期建设国债"),
        ("完成新增学位«50个»等重点任务", "新增学位"),
        ("在«70%»左右的县区开展试点", "县区"),
        ("公共支出«80%»以上投向民生领域", "公共支出"),
        ("投资«9亿元»建设的冷链加工基地", "冷链加工基地"),
        ("«5个»隐患点治理工程开始建设", "隐患点治理工程"),
        ("帮助«40家»商户修复信用", "商户"),
        ("支持«40家»加工企业便捷融资", "加工企业"),
        ("新建«40家»企业服务中心", "企业服务中心"),
        ("选派«40名»技术员服务企业", "技术员"),
        ("优质水比例提升«3个百分点»", "优质水比例"),
        ("经济总量跃上«90亿元»台阶", "经济总量"),
        ("每千人口托位数从«3个»增加到4个", "每千人口托位数"),
        ("设备投资比前五年增长«3%»", "设备投资"),
        ("银行先后«2次»全面降准", None),
        ("投入«200万元»建设道路", None),
        ("争取«3亿元»补助资金修建水库", "补助资金"),
        ("出动«251人次»", None),
        ("为企业清欠«2亿元»", None),
        ("该校经验«3次»被刊发", None),
        ("历时«5天»", None),
        ("距车站«50米»内换乘比例提高", None),
        ("刊印《安全生产手册》«900册»", "安全生产手册"),
        ("完成“清河行动”项目«4个»", "“清河行动”项目"),
        ("印制《AI 2.0手册》«50册»", "AI2.0手册"),
        ("«3个»单位固定资产账实不符", "单位"),
        ("«2个»乡镇未按规定编制预算", "乡镇"),
        ("参加«9个»二级单位民主生活会情况", "二级单位"),
        ("对«5个»政府部门预算管理情况开展检查", "政府部门"),
        ("认定«5个»企业技术中心", "企业技术中心"),
        ("对«5名»家庭贫困、品行端正的学生给予奖励", "学生"),
        ("对«6座»小型水库应急抢险开展演练", "小型水库"),
        ("开展学习«6次»", "学习"),
        ("向社会公布审查结果«30份»", "审查结果"),
        ("批准认定各类孵化平台«30个»", "孵化平台"),
        ("新建和改造泵站«6座»", "泵站"),
        ("累计培训医护人员«300名»", "医护人员"),
        ("王某某等«5人»外出考察", None),
        ("移送司法机关处理«4人»", None),
        ("审结涉民生案件«40件»", "涉民生案件"),
        ("化解矛盾纠纷«30起»", "矛盾纠纷"),
        ("入户走访困难职工«60户»", "困难职工"),
        ("某某镇清理往来款项«15笔»", "往来款项"),
        ("免费代理小微企业«80家»", "小微企业"),
        ("督促企业整改安全隐患«85处»", "安全隐患"),
        ("检查过往车辆«400辆»", "过往车辆"),
        ("检查单位«90家»", "单位"),
        ("执法人员«90人»", "执法人员"),
        ("查处吸毒人员«30人»", "吸毒人员"),
        ("救助受灾群众«90人»", "受灾群众"),
        ("全乡现有五保户«39户»", "五保户"),
        ("城市低保新增«30户»", "城市低保"),
        ("生猪出栏«30头»", "生猪出栏"),
        ("«2个»项目资金支付进度偏慢", "项目"),
        ("选派骨干进修学习«18人»", "骨干"),
        ("其中有«21个»纳入整改清单", None),
        ("邀请代表«90人次»列席常委会会议", "代表"),
        ("仍由网格员自办解决«45件»", None),
        ("«2所»本科高校", "本科高校"),
    ],
)
def test_one_quantity(clause: str, expected: str | None) -> None:
    assert noun(clause) == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("反馈«3个»方面«17项»问题", ["方面", "问题"]),
        ("形成«6类»«24项»«125条»任务清单", ["任务清单"] * 3),
        ("建强«2个»国家级和«5个»省级医疗中心", ["省级医疗中心"] * 2),
        ("支出规模«8397亿元»、增长«5%»", ["支出规模", "支出规模"]),
        ("举办市民讲座«16场»、文艺演出«57场»", ["市民讲座", "文艺演出"]),
        ("«10支»队伍«105人»开展支教", ["队伍", None]),
        ("入学率和升学率分别达到«95%»和«91%»", ["入学率", "升学率"]),
        ("医保和养老经费补助标准分别提高«30元»和«5元»", ["医保和养老经费补助标准"] * 2),
        ("引进总投资«10亿元»以上项目«50个»", ["总投资", "项目"]),
        ("指数从«6.32»降至«6.08»", ["指数", "指数"]),
        ("新增«3万吨级»公共泊位«9个»", ["公共泊位", "公共泊位"]),
        ("建成«4条»支路总长«21米»、«2条»步道总长«3米»", ["支路", "总长", "步道", "总长"]),
        ("«3家»企业少缴资源税«20万元»", ["企业", "资源税"]),
        ("«5年»新增公共装机«9台»", [None, "公共装机"]),
        ("«5个»产值过«9亿元»的产业集群", ["产业集群", "产值"]),
        ("«5家»年收入超«9亿元»以上的企业", ["企业", "年收入"]),
        ("出动«20人»«4辆»消防车", [None, "消防车"]),
    ],
)
def test_quantities_beside_one_another(clause: str, expected: list[str | None]) -> None:
    assert every(clause) == expected


COMPOUNDS = (
    "产教融合基地", "疾病预防控制中心", "资源综合利用项目", "信息发布平台", "受理窗口", "政府引导基金",
    "安全生产监管平台", "在建项目", "结对帮扶村", "居家养老服务站", "应急避难场所", "低收入人口",
    "垃圾清运车", "执法检查行动", "救助管理机构", "检测设备", "退役军人服务站", "违章搭建", "社区矫正对象", "护理床位",
)  # fmt: skip


@pytest.mark.parametrize("compound", COMPOUNDS)
def test_a_compound_with_a_verb_in_it_stays_whole(compound: str) -> None:
    assert noun(f"建成«5个»{compound}") == compound
    assert noun(f"«5个»{compound}全部完成") == compound
    assert noun(f"对«5个»{compound}进行检查") == compound
    assert noun(f"建成{compound}«5个»") == compound
    assert noun(f"全市{compound}达到«5个»") == compound


def test_a_quantity_in_quotes_keeps_to_them() -> None:
    assert noun("开展“«2个»以上疏散通道”治理") == "疏散通道"


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "«3个»",
                "«5%»",
                "«2亿元»",
                "街道",
                "改造",
                "的",
                "、",
                "和",
                "增长",
                "对",
                "“",
                "”",
                "(",
                ")",
                "分别",
                "以上",
            ]
        ),
        max_size=14,
    )
)
def test_a_noun_is_printed_in_the_clause_beside_its_quantity(parts: list[str]) -> None:
    marked = "".join(parts)
    text, spans = rules.Example(text=marked).marked()
    for i, (start, end) in enumerate(spans):
        found = noun(marked, i)
        assert found is None or found in text[:start] or found in text[end:]


def test_an_endless_list_ends() -> None:
    text = "1个、" * 3000
    spans = [(at, at + 2) for at in range(0, len(text), 3)]
    assert nouns.find(text, (0, len(text)), spans[1500], "个", "count", spans[:1500] + spans[1501:], SHIPPED) is None


def test_no_word_has_two_kinds() -> None:
    table = SHIPPED.of(NounRules)
    for lists in (table.units, table.words):
        times = Counter(word for group in lists for word in group.words)
        assert [word for word, count in times.items() if count > 1] == []


def test_a_user_s_word_changes_where_a_noun_ends() -> None:
    data = {"nouns": {**SHIPPED.data["nouns"]}}
    own = {"id": "own", "words": ["云签约"], "examples": [{"text": "«企业»云签约", "given": {"quantity": "3家"}}]}
    data["nouns"]["words"] = [{**own, "id": "predicate"}, *data["nouns"]["words"]]
    clause = ("3家企业云签约", (0, 7), (0, 2), "家", "count", [])
    assert nouns.find(*clause, Rules(data, "x")) == "企业"
