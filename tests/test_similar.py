"""Likeness of short texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractor.comparison.similar import Index, Near, pair

TEXTS = ["固定资产账实不符", "党费收缴基数核定不准确", "河道采砂监管力量薄弱"]
words = st.text(alphabet="党费收缴资产账实河道采砂监管，。 ", max_size=12)


def test_the_same_words_are_nearest() -> None:
    (first, *_) = Index(TEXTS).top("固定资产帐实不符")
    assert first.at == 0
    assert first.score > 0.6
    assert Index(TEXTS).top("固定资产，账实不符。")[0] == Near(0, 1.0, 1.0, 1.0)


def test_nothing_shared_is_no_match() -> None:
    assert Index(TEXTS).top("xyz") == ()


@given(words, st.lists(words, max_size=8))
def test_scores_are_between_none_and_all(query: str, texts: list[str]) -> None:
    nears = Index(texts, [query]).top(query, k=3)
    assert len(nears) <= 3
    assert all(0 <= near.score <= 1 for near in nears)
    assert [near.score for near in nears] == sorted((near.score for near in nears), reverse=True)


@given(st.lists(words, max_size=6), st.lists(words, max_size=6))
def test_a_pair_takes_each_text_once(queries: list[str], texts: list[str]) -> None:
    index = Index(texts, queries)
    found = pair([index.top(query) for query in queries], 0.3)
    assert len({near.at for near in found.values()}) == len(found)
    assert all(near.score >= 0.3 for near in found.values())


def test_rarest_words_find_one_among_thousands() -> None:
    texts = [f"第{i}乡水费收缴率偏低" for i in range(3000)] + ["水库大坝安全鉴定超期"]
    assert Index(texts).top("大坝鉴定超期未做")[0].at == 3000
