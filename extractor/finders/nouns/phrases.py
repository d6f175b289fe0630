"""Where a noun phrase begins and ends, to the right and to the left of a quantity.

Its words have kinds (`nounrules`); a noun phrase is a run of words that a predicate, a preposition, an adverb or 的
ends. After a quantity that has a verb before it (实施20个城中村改造项目) the phrase may hold verbs up to its last
noun; after one that opens the clause (3个项目落户) the first verb is the predicate.
"""

from __future__ import annotations

from extractor.finders.nouns import deeds, openings, tails
from extractor.finders.nouns.place import REACH, Place
from extractor.finders.nouns.tokens import NOUNS, PHRASE, Token
from extractor.text import Span

RANK = ("以上", "以下")  # of a rank or a size: 资质以上企业


def after(place: Place, span: Span, kind: str, followed: bool) -> Span | None:
    """The noun phrase that begins at `span`, as a quantity with a unit of this `kind` counts it.

    `followed`: the next quantity stands at the end of `span`.
    """
    treated = place.text[place.span.start - 1 : place.span.start] in ("对", "将", "把")
    tokens, built = openings.past_lead(place.tokens(span), treated), False
    if place.text[place.span.end - 1] in "名位":
        tokens = openings.described(place, tokens)
    if tokens and tokens[0].kind == "etc":
        return None  # 裁减员额5万等各项任务
    taken: list[Token] = []
    for i, token in enumerate(tokens):
        rest = tokens[i + 1 :]
        if token.kind == "etc" or (token.kind == "of" and rest and _attributive(place, taken, kind)):
            taken, built = [], kind == "money"  # 投资9亿元|建设的|冷链加工基地
        elif token.kind == "of" and not rest:  # 17个国家和国内的|200多位嘉宾
            taken = taken[: next((j for j, t in enumerate(taken) if t.kind == "and"), None)]
            break
        elif not _goes_on(place, taken, token, rest, kind) and not (built and _inside(token, rest)):
            break
        else:
            taken.append(token)
            if token.kind == "whole":
                break
    taken = tails.headed(place, tails.owner(place, taken))
    if followed and len(taken) == len(tokens):  # 3条新线、运营里程|30公里
        taken = taken[: max((j for j, t in enumerate(taken) if t.kind == "and"), default=tails.sized(place, taken))]
    if taken and taken[-1].kind == "verb" and (taken[0].kind == "verb" or not tails.has_noun(taken)):
        event = kind == "events" and _governed(place)  # 平房2008户|申请式退租, but 开展5轮|巡视
        return Span(taken[0].start, taken[-1].end) if event else None
    return _phrase(place, taken if kind in ("events", "times", "measures", "money") else tails.undone(place, taken))


def _inside(token: Token, rest: list[Token]) -> bool:
    """Is it a verb with a noun to come (加工|基地)?"""
    return token.kind == "verb" and tails.has_noun(tails.run(rest))


def _attributive(place: Place, taken: list[Token], kind: str) -> bool:
    """Does what stands before 的 describe what is counted (群众身边的|场地), or is it counted (7项任务|的台账)?"""
    if not taken or taken[-1].kind in ("verb", "place", "adjective"):
        return True
    return kind == "papers" and taken[-1].text.endswith(place.rules.person)


def _goes_on(place: Place, taken: list[Token], token: Token, rest: list[Token], kind: str) -> bool:
    """Does the phrase `taken` take in `token`, with `rest` after it?"""
    after = rest[0].kind if rest else ""
    waits = kind == "money" and token.text == "待"
    if token.kind == "lead" and token.text != "新" and (waits or after not in ("verb", "predicate", "act")):
        return False  # 500万元|待竣工结算后拨付
    if token.text in place.rules.misdeed and taken and after in ("verb", "predicate", "act"):
        return False  # 4家单位|违规收费
    if token.kind == "lead" and token.text == "未" and tails.has_noun(taken):
        return False  # 3家企业|未完成检测
    if token.kind == "lead":  # 未完成指标, 新项目
        done = next((t.kind for t in rest if t.kind not in ("verb", "predicate")), "")
        return done in NOUNS
    if token.kind in ("verb", "predicate") and taken and taken[-1].kind == "lead":
        return True
    if token.kind == "bound":
        return bool(taken) and taken[-1].text.endswith("级")  # 科级|以上|干部
    if token.kind in ("verb", "predicate") and not tails.has_noun(taken):
        return _opens(place, token, rest, kind)
    if token.kind in ("verb", "act") and _acts(place, taken, rest, kind):
        return False
    if token.kind == "verb":
        paid = kind == "money" and taken[-1].text.endswith(place.rules.fund)
        return not paid and _modifies(place, rest, kind)
    if token.kind == "and":
        return bool(taken) and after in PHRASE and after != "drop"
    if token.kind == "drop":  # 31个省份|本级公务接待费
        return not taken
    return token.kind in PHRASE or token.kind == "whole" or (token.kind == "place" and after == "of")


def _acts(place: Place, taken: list[Token], rest: list[Token], kind: str) -> bool:
    """Is what follows done by those that are counted (千名特派员|服务企业, 30家商户|修复信用)?"""
    visits = place.text.endswith("人次", place.span.start, place.span.end)
    doers = place.rules.doers.get("persons" if visits else kind)
    named = next((token for token in reversed(taken) if token.kind in NOUNS), None)
    if not doers or not named or not named.text.endswith(doers):
        return False
    return not any(token.kind in NOUNS and token.text.endswith(doers) for token in tails.run(rest))


def _opens(place: Place, token: Token, rest: list[Token], kind: str) -> bool:
    """May a verb open the phrase (5家|入库企业) rather than say what was done (40万人|领取养老金)?"""
    while rest and rest[0].kind == "predicate":  # 新建续建|项目
        rest = rest[1:]
    run = tails.run(rest)
    if kind == "money":  # 200万元|修缮校舍, but 200万元|补助资金
        return next((t.text.endswith(place.rules.fund) for t in run if t.kind in NOUNS), False)
    if token.kind == "predicate":
        if place.text.endswith(("其中", "其中有"), place.clause.start, place.span.start):
            return False  # 其中21个|纳入整改清单
        return kind not in ("events", "times") and tails.has_noun(run) and _modifies(place, rest, kind)
    named = rest and rest[0].text.endswith(place.rules.person)  # 20名|退休人员
    return bool(kind != "persons" or named or _modifies(place, rest, kind))


def _modifies(place: Place, rest: list[Token], kind: str) -> bool:
    """Is a verb inside the phrase (养老服务|提升|工程) rather than the clause's predicate (项目|落户|园区)?"""
    run = tails.run(rest)
    after = rest[len(run)].kind if len(run) < len(rest) else ""
    if kind == "persons" and not any(token.text.endswith(place.rules.person) for token in run):
        return False
    if _governed(place):  # not 使用500万元基金|支持稳岗和培训
        return not (run and len(run) < len(rest) - 1 and after == "and")
    return tails.has_noun(run) and after in ("predicate", "stop", "preposition")


def _governed(place: Place) -> bool:
    """Is the quantity the object of a verb before it?"""
    tokens = place.tokens(Span(max(place.clause.start, place.span.start - REACH), place.span.start))
    for token in reversed(tokens):
        if token.kind == "preposition":
            return False
        if token.kind in ("verb", "predicate"):
            return True
    return bool(tokens) and tokens[0].kind == "act"


def before(place: Place, span: Span, *, rate: bool = False) -> Span | None:
    """The noun phrase that `span` ends with, past the verb and adverbs that lead over to the number.

    `rate`: a verb beside the number is what the indicator did (优质水比例|提升|14个百分点).
    """
    tokens = _compared(place, place.tokens(span), rate=rate)
    if tokens and tokens[-1].kind == "etc":
        tokens = [t._replace(kind="act") if _listed(tokens, i) else t for i, t in enumerate(tokens)]
    if len(tokens) > 1 and tokens[-1].kind == "verb" and tokens[-2].text in place.rules.light:
        return Span(tokens[-1].start, tokens[-1].end)  # 开展|学习|5次
    size = len(tokens)
    if rate and size > 1 and (tokens[-1].kind, tokens[-1].end) == ("verb", span.end):
        size -= tokens[-2].kind in (*NOUNS, "lead")
    while size and (place.rules.governs.get(tokens[size - 1].text) == "opener" or not _ends_phrase(tokens[:size])):
        if tokens[size - 1].text == "、":
            return None  # 制度建立、已有5万人受益
        size -= 1
    acted = any(token.kind in ("verb", "predicate") for token in tokens[size:])
    taken: list[Token] = []
    for i in range(size - 1, -1, -1):
        token = tokens[i]
        if acted and token.kind == "preposition" and token.text in place.rules.turn:
            return None  # 为企业清欠2亿元, 因账户冻结未缴3万元, 由县采买30盏
        if not _reaches_back(place, tokens[:i], token, taken, beside=size == len(tokens)):
            break
        taken.insert(0, token)
    return _phrase(place, taken)


def _listed(tokens: list[Token], at: int) -> bool:
    """Is it a verb in a list of things (刊发通知、|公示|等)?"""
    return tokens[at].kind == "verb" and at > 0 and tokens[at - 1].text == "、"


def _compared(place: Place, tokens: list[Token], *, rate: bool) -> list[Token]:
    """Up to what the number is compared with (居民收入增速|比上年高); a share is counted itself (占比重), and so is
    what the number measures of the other side (比上年决算数|5万元)."""
    for i, token in enumerate(tokens):
        if (
            token.text == "比"
            and i
            and (tokens[i + 1 : i + 2] or [token])[0].kind in ("preposition", "predicate", "compare")
        ):
            tokens[i] = token._replace(kind="noun")  # 城乡居民收入比|由
            if tokens[i - 1].text == "之":
                tokens[i - 1] = tokens[i - 1]._replace(kind="noun")
        elif token.kind == "compare":
            shared = token.text == "占" and any(t.text.endswith(place.rules.share) for t in tokens[i + 1 :])
            return tokens[i + 1 :] if shared or (not rate and _stated(place, tokens[i:])) else tokens[:i]
        elif len(token.text) > 1 and token.text[-1] == "比" and tokens[i + 1 : i + 2] and tokens[i + 1].kind == "time":
            return [*tokens[:i], token._replace(text=token.text[:-1], end=token.end - 1)]  # 价格比|上年
    return tokens


def _stated(place: Place, tokens: list[Token]) -> bool:
    """Does an indicator of the other side stand beside the number (较|上年|决算数)?"""
    last = tokens[-1]
    return tokens[0].text in ("比", "较") and last.kind == "noun" and last.text.endswith(place.rules.indicator)


def _reaches_back(place: Place, before: list[Token], token: Token, taken: list[Token], *, beside: bool) -> bool:
    """Does the phrase `taken`, `beside` its number, reach back over `token`, with `before` before it?"""
    deed = token.kind in ("verb", "predicate", "act")
    if deeds.headless(place, taken) and deed and before and before[-1].kind in ("verb", "predicate"):
        return True  # 接待|参观人员
    if token.kind == "lead":
        return bool(taken) and taken[0].kind in NOUNS  # 新媒体
    if token.kind == "etc":
        return any(t.kind == "and" for t in before)
    if token.kind == "and":
        return bool(taken and before) and (_ends_phrase(before) or before[-1].kind == "adjective")
    if token.kind == "bound":
        return token.text in RANK and bool(before and taken) and before[-1].kind in (*NOUNS, "adjective")
    if token.kind not in PHRASE and token.kind != "paren":
        return False
    if taken and taken[0].kind == "drop" and token.kind in ("verb", "act"):
        return False  # 批准认定|各类|孵化平台
    if token.text in place.rules.governs and deeds.governs(place, before, token, taken):
        return False  # 入户|走访|困难职工
    told = token.kind == "act" and (
        before[-1].text in place.rules.telling if before else bool(taken) and taken[0].text in place.rules.served
    )  # 共|培训|医护人员, 服务|群众
    deed = token.kind == "verb" or told or (token.kind == "noun" and place.rules.deed.get(token.text) == "deed")
    ruled = (
        beside and bool(before) and before[-1].kind == "drop" and before[-1].text[0] in "全我本"
    )  # 全市|改造|小区5个
    if (
        deed and tails.has_noun(taken) and (ruled or deeds.leads(place, before) or taken[0].text.endswith("级"))
    ):  # 企业申报|省级平台
        single = len(taken) == 1 and not taken[0].text.endswith(place.rules.person)
        return single and taken[0].text.endswith(place.rules.indicator)  # 选课人数
    return True


def _ends_phrase(tokens: list[Token]) -> bool:
    """Could a noun phrase end here? A verb is a noun where a noun stands before it (百姓宣讲)."""
    last, before = tokens[-1].kind, tokens[-2:-1]
    nominal = before and (
        before[0].kind in ("noun", "act", "verb", "adjective", "of")
        or before[0].text in deeds.JOINTS
        or before[0].text.startswith("各")  # 各级|表彰
    )
    return last in (*NOUNS, "paren") or (last == "verb" and bool(nominal))


def _phrase(place: Place, taken: list[Token]) -> Span | None:
    """The span of `taken` without what cannot stand at the ends of a noun phrase."""
    while taken and taken[-1].kind in ("and", "adjective", "number", "place", "drop", "etc", "paren"):
        taken = taken[:-1]
    while taken and taken[0].kind in ("and", "drop", "etc", "paren"):
        taken = taken[1:]
    if (len(taken) < 2 and not tails.has_noun(taken)) or not any(
        map(str.isalpha, "".join(token.text for token in taken))
    ):
        return None
    if taken[-1].text.startswith("《"):
        return Span(taken[-1].start + 1, taken[-1].end - 1)
    return Span(taken[0].start, taken[-1].end)
