"""Texts like those of reports, and what goes wrong in them: the grammar of headings, dates, numerals and noise, bent.

Every generator takes a `random.Random` and nothing else, so that a seed is an input.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Make = Callable[[Random], str]
HAN = "一二三四五六七八九十"
DIGITS = "0123456789０１２３〇零一二两三四五六七八九十百千万亿壹贰叁拾佰仟廿卅半几余多来点.,，%％XxＸ"
ODD = (
    "\0", "\x01", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\xa0", "\xad", "\u200b", "\u200d", "\u200e", "\u202a", "\u202e",
    "\u2028", "\u2029", "\u2066", "\u2069", "\u3000", "\ufeff", "\ufffd", "\uffff", "\ue000", "\u0301", "\u20e3", "😀",
    "👨‍👩‍👧", "𠀀", "𝟚", "🄀", "⼀", "⻓", "①", "⑳", "㈠", "㊀", "Ⅳ", "Ⅻ", "½", "㎡", "℃", "‰", "\r", "\t", "\ud800", "\udfff", "",
)  # fmt: skip
WORDS = (
    "党委", "市财政局", "县水务局", "学习不深入", "制度不健全", "整改", "落实", "资金", "项目", "全市生产总值", "增长", "同比", "约", "近", "超过",
    "不低于", "累计", "其中", "包括", "共", "分别", "以上", "以下", "左右", "问题", "措施", "责任人", "整改时限", "完成", "已完成", "基本完成", "持续推进",
    "尚未", "下一步", "将", "拟", "力争", "召开会议", "印发", "《学习制度》", "追缴", "退还", "诫勉", "党纪处分", "“三重一大”", "同志们", "各位代表",
    "总计", "合计", "今年", "去年", "上年", "前年", "目前", "截至", "以来", "至今", "期间", "上旬", "年底", "季度", "上半年", "一季度末", "近三年",
    "十四五", "“十四五”时期", "五年来", "本届政府", "主要做法", "关于", "的", "和", "及", "了", "为", "由", "到", "达到", "下降", "占", "比", "倍", "成",
)  # fmt: skip
UNITS = (
    "万元",
    "亿元",
    "元",
    "人",
    "人次",
    "件",
    "个",
    "%",
    "个百分点",
    "公里",
    "平方米",
    "㎡",
    "吨",
    "亩",
    "千瓦时",
    "次",
    "名",
    "户",
    "期",
    "倍",
    "",
    "℃",
    "：1",
)
OPENINGS = (  # what tells the kind of a report, on which stages depend
    "关于巡察整改情况的报告\n根据统一部署，现将整改情况报告如下：\n", "某县水务局党组关于巡视整改进展情况的通报\n（2023年6月30日）\n", "审计整改报告\n",
    "2023年政府工作报告\n——2023年1月5日在某县第十届人民代表大会上\n各位代表：\n", "2022年政府信息公开工作年度报告\n", "关于审计查出问题整改情况的报告。",
)  # fmt: skip
JOINS = (
    "",
    "",
    " ",
    "，",
    "。",
    "；",
    "、",
    "：",
    "\n",
    "\n\n",
    "\r\n",
    "　",
    "—",
    "-",
    "~",
    "至",
    "（",
    "）",
    "“",
    "”",
    "《",
    "》",
    "〔",
    "〕",
    "【",
    "】",
    '"',
)
NOISE = (
    "下载", "首页", "您的位置：首页>公开", "来源：某某日报", "【字体：大 中 小】", "— 3 —", "第3页", "- 12 -", "7", "<!--more-->", "<!--", "-->", "|", "|---|",
    "《报告.docx》由会员分享,可在线阅读", "标题: 报告", "发布机构: 某局", "文号:", "索引号：", "附件1", "目录", "一、总体情况……………3", "http://a.cn/b?c=1", "&nbsp;",
    "<U+00A0><U+00A0>", "　　", "亲,该文档总共5页", "打印 关闭", "上一篇：", "扫一扫", "(此件公开发布)", "某局", "2023年1月5日", "联系电话：0571-12345678",
)  # fmt: skip


def some(r: Random, *makes: Make, low: int = 1, high: int = 4) -> str:
    return "".join(r.choice(makes)(r) for _ in range(r.randint(low, high)))


def word(r: Random) -> str:
    return r.choice(WORDS)


def join(r: Random) -> str:
    return r.choice(JOINS)


def odd(r: Random) -> str:
    return r.choice(ODD) * r.choice((1, 1, 1, 2, 7))


def numeral(r: Random) -> str:
    form = r.randrange(6)
    if form == 0:
        return str(r.choice((r.randrange(10), r.randrange(3000), r.randrange(10**9), 10 ** r.randrange(30))))
    if form == 1:
        return f"{r.randrange(10**6):,}.{r.randrange(100)}"
    if form == 2:
        return "".join(r.choice(HAN + "百千万亿零〇两半") for _ in range(r.randint(1, 6)))
    if form == 3:
        return "".join(r.choice(DIGITS) for _ in range(r.randint(1, 9)))
    if form == 4:
        return f"{numeral(r) if r.random() < 0.5 else r.randrange(100)}{r.choice('-—–~～至到/.')}{r.randrange(100)}"
    return f"{r.choice(('负', '-', '约', '近', '百分之', '第', '万分之', '每', '翻'))}{r.randrange(1000)}"


def quantity(r: Random) -> str:
    return f"{word(r) if r.random() < 0.4 else ''}{numeral(r)}{r.choice(('', '', '多', '余', '万', '亿', ' '))}{r.choice(UNITS)}"


def date(r: Random) -> str:
    year = r.choice(
        (
            str(r.randint(1900, 2100)),
            "二〇二三",
            "2O23",
            "202X",
            "今",
            "去",
            "23",
            "二○二二",
            "0000",
            "9999",
            "２０２３",
            "同",
            "当",
            "次",
            "20 23",
        )
    )
    month = r.choice((str(r.randint(0, 14)), r.choice(HAN), "X", "十三", "02", "年底", "1-3", "12"))
    day = r.choice((str(r.randint(0, 33)), "29", "三十", "X", "底", "上旬", "30日、31", "1日至5"))
    form = r.choice((
        "{y}年{m}月{d}日", "{y}年{m}月", "{y}年", "{m}月{d}日", "{y}-{m}-{d}", "{y}.{m}.{d}", "{y}/{m}/{d}", "{y}{m}{d}", "{y}年至{y2}年", "{y}—{y2}年",
        "{y}年{m}月—{m2}月", "{y}年第{q}季度", "{y}年上半年", "{y}年{m}月{d}日至{m2}月{d}日", "截至{y}年{m}月底", "{y}年以来", "〔{y}〕{d}号", "近{d}年", "{d}年前", "{d}日",
        "{y}年{m}月{d}日{d}时{m}分", "{y}/{y2}", "{m}、{m2}月", "{y}、{y2}年", "{y}年前三季度", "到{y2}年", "“{q}五”时期", "{y}年春节",
    ))  # fmt: skip
    return form.format(
        y=year, m=month, d=day, y2=r.randint(1900, 2100), m2=r.randint(0, 13), q=r.choice("一二三四五1234")
    )


def marker(r: Random) -> str:
    form = r.choice((
        "{h}、", "（{h}）", "({h})", "{n}.", "{n}、", "（{n}）", "({n})", "{n}）", "{c}", "第{h}章 ", "第{h}条 ", "第{n}部分 ", "{h}是", "{n}.{n}", "{n}.{n}.{n} ",
        "{h}）", "（{h}", "{h} 、", "{h}.", "{h}，", "问题{h}：", "附件{n}", "{a}.", "第{h}，", "{n}．", "【{h}】", "·", "●", "{h}、（{h}）", "{h}l、", "（ {h} ）", "其{h}，",
    ))  # fmt: skip
    number = r.choice((r.randint(0, 30), r.randint(1, 5), 10**12))
    han = r.choice((r.choice(HAN), r.choice("十二百") + r.choice(HAN), "二十" + r.choice(HAN), "十" * 5))
    return form.format(h=han, n=number, c=r.choice("①②③⑩⑳㈠㊀➊"), a=r.choice("aAbBiIVX"))


def sentence(r: Random) -> str:
    return some(r, word, word, word, date, quantity, join, numeral, high=9) + r.choice(
        ("。", "。", "；", "，", "", "？", "：", "……")
    )


def heading(r: Random) -> str:
    return (
        marker(r) + some(r, word, word, date, quantity, high=4) + r.choice(("", "。", "：", "\n", "。" + sentence(r)))
    )


def problem(r: Random) -> str:
    lead = r.choice(("关于“{}”问题", "针对“{}”的问题", "问题{}：", "“{}”问题整改情况", "反馈问题：{}", "存在{}"))
    about = lead.format(some(r, word, odd if r.random() < 0.1 else word, high=5))
    return (
        f"{marker(r)}{about}\n{field(r)}{r.choice(('整改情况：', '整改措施：', '完成情况', '一是', ''))}{sentence(r)}\n"
    )


def field(r: Random) -> str:
    label = r.choice(("责任人", "责任单位", "整改时限", "完成时限", "整改进展", "牵头领导", "状态", "整改类型"))
    return f"{label}{r.choice('：: ')}{r.choice((word, date, sentence))(r)}{r.choice((chr(10), '；', ''))}"


def table(r: Random) -> str:
    edge = r.choice(("|", "\t", "    ", "｜"))
    columns = r.randint(1, 5)
    rows = [
        edge.join(r.choice((word, quantity, numeral, date, lambda _: ""))(r) for _ in range(columns))
        for _ in range(r.randint(1, 6))
    ]
    if r.random() < 0.5:
        rows.insert(1, edge.join("-" * r.randint(1, 4) for _ in range(columns + r.randint(-1, 1))))
    return "\n".join(edge + row + edge for row in rows) + "\n"


def noise(r: Random) -> str:
    return r.choice(NOISE) + r.choice(("\n", "\n", " ", ""))


def nested(r: Random) -> str:
    pair = r.choice(("“”", "（）", "《》", "()", "【】", '""', "‘’", "[]", "<>", "{}", "**", "((", "））"))
    depth = r.choice((1, 2, 3, 30, 300))
    return pair[0] * depth + word(r) + pair[1] * r.choice((depth, depth, depth - 1, 0, depth + 1))


def long_line(r: Random) -> str:
    return r.choice((word, numeral, marker, date, odd, join, quantity, lambda _: "字"))(r) * r.choice((50, 500, 2000))


def chapters(r: Random) -> str:
    """Headings of two styles that count up, or nearly so, with problems and measures below them."""
    upper, lower = r.sample(("{h}、", "（{h}）", "{n}.", "（{n}）", "{n}、", "第{h}章 "), 2)
    made = ""
    for i in range(r.randint(1, 4)):
        made += (
            upper.format(h=HAN[i], n=i + 1)
            + r.choice(("整改落实情况", "总体情况", "存在的问题", some(r, word, word)))
            + "\n"
        )
        for j in range(r.randint(0, 4)):
            at = j if r.random() < 0.95 else r.randrange(10)
            made += lower.format(h=HAN[at], n=at + 1) + told(r)
    return made


def told(r: Random) -> str:
    """A problem and what was done about it."""
    about = some(r, word, word, quantity, high=5)
    lead = r.choice(("关于“{}”问题。", "“{}”问题\n", "{}问题\n", "反馈问题：{}\n", "针对“{}”问题，")).format(about)
    fields = "".join(field(r) + "\n" for _ in range(r.choice((0, 0, 1, 3))))
    done = "".join(r.choice(("一是", "二是", "1.", "（1）", "")) + sentence(r) for _ in range(r.randint(1, 3)))
    between = noise(r) + "\n" if r.random() < 0.2 else ""
    return f"{between}{lead}{fields}{r.choice(('整改情况：', '整改措施：', '整改落实情况：', ''))}{done}\n"


PARTS: tuple[Make, ...] = (
    heading,
    heading,
    sentence,
    sentence,
    sentence,
    problem,
    problem,
    field,
    table,
    noise,
    nested,
)


def text(r: Random) -> str:
    """A text of a few hundred characters, seldom of some thousands."""
    made = [
        r.choice(PARTS)(r) + r.choice(("\n", "\n", "\n", "", " ", "\n\n")) for _ in range(r.choice((1, 3, 6, 12, 20)))
    ]
    if r.random() < 0.6:
        made = [r.choice(OPENINGS), chapters(r), *made[: r.randrange(4)]]
    if r.random() < 0.03:
        made.insert(r.randrange(len(made)), long_line(r))
    if r.random() < 0.1:
        made += made[: r.randint(1, len(made))]
    whole = "".join(made)
    return bent(r, whole) if r.random() < 0.5 else whole


def bent(r: Random, whole: str) -> str:
    """A text with some of its characters gone, doubled, moved or made odd."""
    chars = list(whole)
    for _ in range(r.choice((1, 1, 3, 10))):
        at = r.randrange(len(chars) + 1)
        end = min(len(chars), at + r.choice((1, 1, 2, 5, 40)))
        how = r.randrange(6)
        if how == 0:
            del chars[at:end]
        elif how == 1:
            chars[at:at] = odd(r)
        elif how == 2:
            chars[at:at] = chars[at:end] * r.choice((1, 2, 5))
        elif how == 3:
            chars[at:end] = reversed(chars[at:end])
        elif how == 4:
            chars[at:at] = r.choice((join, marker, numeral, date, word))(r)
        else:
            to = r.randrange(len(chars) + 1)
            chars[at:end], chars[to:to] = [], chars[at:end]
    return "".join(chars)


def line(r: Random) -> str:
    """What a pattern is given: part of a line, or a few."""
    return bent(r, some(r, heading, sentence, problem, noise, date, quantity, table, nested, odd, high=3))
