"""Where a noun phrase after a number begins: past 以上 and 各类, past a clause that says which are counted."""

from __future__ import annotations

from extractor.finders.nouns import tails
from extractor.finders.nouns.place import REACH, Place
from extractor.finders.nouns.tokens import NOUNS, Token


def past_lead(tokens: list[Token], treated: bool) -> list[Token]:
    """Past 以上 and 各类, and past a relative clause (受到表彰的|单位). `treated`: something is done to what is counted."""
    skip = 0
    while skip < len(tokens) and (tokens[skip].kind in ("bound", "drop", "time") or tokens[skip].text in ("为", "是")):
        skip += 1
    about = (
        skip and tokens[skip - 1].text == "有关" and any(token.kind == "of" for token in tokens[skip : skip + REACH])
    )
    tokens = tokens[skip:]
    if about:
        return tokens[next(i for i, token in enumerate(tokens) if token.kind == "of") + 1 :]  # 有关收费问题的|决定
    if tokens and tokens[0].kind in ("predicate", "verb", "stop", "lead", "preposition", "adjective"):
        for i, token in enumerate(tokens):
            told = token.kind == "stop" or token.text == "是"
            if not treated and (token.text == "、" or (told and i and tokens[i - 1].kind == "noun")):
                break  # 涉及人员|已将领取的补贴, 约束性指标|是一件严肃的事
            if token.kind == "of":
                counted = tokens[0].kind in ("verb", "adjective") and tokens[i - 1].kind == "noun"  # 填报点|的清单
                return tokens if counted else tokens[i + 1 :]
    return tokens


def described(place: Place, tokens: list[Token]) -> list[Token]:
    """Past a clause that says which people are counted (5名|成绩优异、品行端正的|学生)."""
    if any(token.text.endswith(place.rules.person) for token in tails.run(tokens)):
        return tokens
    after = next((tokens[i + 1 :] for i, token in enumerate(tokens) if token.kind == "of"), [])
    size = next((i for i, token in enumerate(after) if token.kind not in (*NOUNS, "adjective")), len(after))
    return after if size and after[size - 1].text.endswith(place.rules.person) else tokens
