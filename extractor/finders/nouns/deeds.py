"""Whether a deed before a noun is done to it (走访|困难职工) or makes a noun with it (执法|人员)."""

from __future__ import annotations

from extractor.finders.nouns.place import Place
from extractor.finders.nouns.tokens import NOUNS, PHRASE, Token

JOINTS = ("和", "与", "及", "以及")


def headless(place: Place, taken: list[Token]) -> bool:
    return len(taken) == 1 and taken[0].text in place.rules.forms.get("bare", ())


def governs(place: Place, before: list[Token], deed: Token, taken: list[Token]) -> bool:
    """Is `taken` what `deed` with `before` before it is done to, rather than a noun formed with the deed (检查|人员)?"""
    if not any(t.kind == "noun" for t in taken) or taken[0].kind == "and" or not _chained(place, before):
        return False
    made = (*place.rules.forms.get("formed", ()), *place.rules.indicator)
    last = taken[-1].text.partition("(")[0]
    if last.endswith(_bearers(place)):  # 检查|用人单位, but 检查|人员
        people = last.endswith(place.rules.person)
        formed = taken[0].text.endswith(made) or (taken[0].kind == "act" and not people)  # 救助|管理机构
        visited = place.rules.governs[deed.text] == "visiting" and not people
        beside = len(taken) == 1 and (len(last) < 4 or last.endswith(place.rules.forms.get("facility", ())))
        return visited or last in place.rules.served or not (formed or beside)
    return not last.endswith(made) and not taken[0].text.endswith(made)


def _bearers(place: Place) -> tuple[str, ...]:
    """Ends of things and bodies: a deed makes a noun with them only where it stands beside them."""
    things = (*place.rules.forms.get("thing", ()), *place.rules.forms.get("facility", ()))
    return (*things, *place.rules.person, *place.rules.agent)


def _chained(place: Place, before: list[Token]) -> bool:
    """Does a deed after `before` stand where a predicate does: first, after another or after its subject?"""
    if not before:
        return True
    last = before[-1]
    if last.kind == "adjective":  # 免费|代理
        return len(before) == 1 or before[-2].kind in ("stop", "time", "drop")
    if len(before) > 1 and last.text.endswith(_bearers(place)):  # 督促|企业|整改
        last = before[-2]
    verb = last.kind in ("verb", "predicate", "stop", "time") or last.text in place.rules.governs
    return verb or last.text.endswith((*place.rules.agent, *place.rules.subject))


def leads(place: Place, before: list[Token]) -> bool:
    """Does a verb with `before` before it govern what follows (拆除|护栏), rather than modify it (死亡|人数)?"""
    size = next((i for i in range(len(before), 0, -1) if before[i - 1].kind not in (*NOUNS, "and")), 0)
    if size and size < len(before) and before[size - 1].text in place.rules.toward:
        return True  # 向社会|公告|结果
    while before and before[-1].kind == "verb":  # 整治提升|小巷
        before = before[:-1]
    if len(before) > 1 and before[-1].kind == "and" and before[-2].kind == "predicate":
        return True  # 新建和|改造|泵站
    return not before or not (before[-1].kind in (*PHRASE, "predicate", "etc", "of") or before[-1].text in JOINTS)
