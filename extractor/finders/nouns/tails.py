"""Where a noun phrase after a number stops being what is counted: at who has it, at what is done to it."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.finders.nouns.place import Place
from extractor.finders.nouns.tokens import NOUNS, PHRASE, Token


def owner(place: Place, taken: list[Token]) -> list[Token]:
    """`taken` without what those that are counted have (5个单位|非税收入, 30个城市|平均浓度), but 2个政府基金."""
    owned = place.rules.owned.get(place.text[place.span.end - 1])
    named = [i for i, t in enumerate(taken) if t.kind in NOUNS and t.text not in place.rules.aspect]
    if not owned or not named:
        return taken
    state = taken[-1].text in place.rules.aspect  # 5个|单位|预算管理情况
    if not state and not taken[named[-1]].text.endswith(owned):
        return taken
    people = place.rules.person if place.text[place.span.end - 1] != "个" else ()  # 40户|群众|饮水问题
    owners = [i for i in named[:-1] if taken[i].text.endswith((*place.rules.owner, *people))]
    chain = next((i for i in owners if i + 1 not in owners), len(taken))  # 政府|部门
    return taken[: chain + 1]


def headed(place: Place, taken: list[Token]) -> list[Token]:
    """`taken` up to the last word that the unit counts (4座|水库|除险加固工程), where it ends with another."""
    heads = place.rules.heads_of.get(place.text[place.span.end - 1], ())
    ends = [i for i, token in enumerate(taken) if token.kind in NOUNS and token.text.endswith(heads)]
    return taken[: ends[-1] + 1] if ends else taken


def sized(place: Place, taken: list[Token]) -> int:
    """How many of `taken` are counted: the next number is what the last says of them (4条|干渠|总长|21公里)."""
    return len(taken) - (len(taken) > 1 and taken[-1].text.endswith(place.rules.indicator))


def undone(place: Place, taken: list[Token]) -> list[Token]:
    """`taken` without what is done to the thing (15个商圈|综合改造), or which side of it is meant (环境面貌)."""
    size = len(taken)
    while has_noun(taken[: size - 1]):
        last = taken[size - 1]
        deed = place.rules.deed.get(last.text)
        if (
            last.kind != "verb"
            and deed != "deed"
            and last.text not in place.rules.aspect
            and (deed is None or (size == len(taken) and last.text[-1] != "化"))  # 5个模型|规模化
        ):
            break
        size -= 1
    return taken[:size]


def has_noun(taken: Sequence[Token]) -> bool:
    return any(token.kind in NOUNS for token in taken)


def run(tokens: list[Token]) -> list[Token]:
    """The words at the head of `tokens` that can stand inside a noun phrase."""
    size = next((i for i, token in enumerate(tokens) if token.kind not in PHRASE), len(tokens))
    return tokens[:size]
