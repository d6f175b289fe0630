"""Words among characters that make none of the dictionary: the likeliest states of jieba's hidden Markov model.

A character begins a word (B), stands inside it (M), ends it (E) or is one by itself (S).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any

import regex

from extractor.words.dictionary import folder

_NEVER = -3.14e100
_BEFORE = {"B": "ES", "M": "BM", "E": "BM", "S": "ES"}  # which states may stand before a state
_RUN = regex.compile(r"(?P<han>[\u4e00-\u9fd5]+)|[a-zA-Z0-9]+(?:\.\d+)?%?|[^\u4e00-\u9fd5a-zA-Z0-9]+")


def guess(run: str) -> Iterator[str]:
    for match in _RUN.finditer(run):
        if not match["han"]:
            yield match[0]
            continue
        word = ""
        for character, state in zip(match[0], _states(match[0]), strict=True):
            word += character
            if state in "ES":
                yield word
                word = ""


def _states(run: str) -> str:
    """The likeliest states of its characters (Viterbi); of two as likely ones the later letter."""
    start, step, emit = _table("start"), _table("trans"), _table("emit")
    paths = {state: state for state in _BEFORE}
    likely = {state: start[state] + emit[state].get(run[0], _NEVER) for state in _BEFORE}
    for character in run[1:]:
        came = {
            state: max(
                (likely[last] + step[last].get(state, _NEVER) + emit[state].get(character, _NEVER), last)
                for last in before
            )
            for state, before in _BEFORE.items()
        }
        paths = {state: paths[last] + state for state, (_, last) in came.items()}
        likely = {state: chance for state, (chance, _) in came.items()}
    return paths[max("ES", key=lambda state: (likely[state], state))]


@cache
def _table(name: str) -> Mapping[str, Any]:
    """A table of jieba's model: a module that holds nothing else, loaded without the package around it."""
    spec = spec_from_file_location(f"prob_{name}", folder() / "finalseg" / f"prob_{name}.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    table: Mapping[str, Any] = module.P
    return table
