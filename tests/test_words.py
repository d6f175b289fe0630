"""Words of a clause: cut whole, the same for everyone, and nothing loaded, printed or written for it."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import words
from extractor.finders.nouns.rulefile import NounRules
from extractor.rules import load
from extractor.words.cut import Cutter
from extractor.words.dictionary import TOTAL, Dictionary

SAMPLES = Path(__file__).parent.parent / "samples" / "texts"
CLAUSE = "对14个区直单位开展专项督查"


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONWARNINGS": "default"}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)


@settings(deadline=None)  # the first call reads the dictionary
@given(st.text(max_size=40) | st.text("数据改造、5 abc。《》\n", max_size=40))
def test_words_joined_are_the_clause(clause: str) -> None:
    found = words.tag(clause)
    assert "".join(word.text for word in found) == clause
    assert [clause[word.start : word.start + len(word.text)] for word in found] == [word.text for word in found]


def test_tags_are_the_dictionary_s() -> None:
    tags = {word.text: word.tag for word in words.tag(CLAUSE)}
    assert (tags["对"], tags["开展"], tags["单位"]) == ("p", "v", "")


def test_a_vocabulary_keeps_its_words_whole() -> None:
    vocabulary = frozenset({"三清零"})
    assert "三清零" not in [word.text for word in words.tag("推进三清零行动")]
    assert "三清零" in [word.text for word in words.tag("推进三清零行动", vocabulary)]
    assert "三清零" not in [word.text for word in words.tag("推进三清零行动")]


def test_words_that_the_host_adds_to_jieba_change_nothing() -> None:
    import jieba

    words.tag.cache_clear()
    before = words.tag(CLAUSE)
    jieba.add_word("区直单位开展", 10_000_000)
    words.tag.cache_clear()
    assert words.tag(CLAUSE) == before


def test_importing_the_package_does_not_load_jieba(tmp_path: Path) -> None:
    run("import sys, extractor.finders.nouns\nassert 'jieba' not in sys.modules", tmp_path)


def test_nothing_is_printed_and_no_cache_is_written(tmp_path: Path) -> None:
    done = run(f"from extractor import words\nassert words.tag({CLAUSE!r})", tmp_path)
    assert (done.stdout, done.stderr, list(tmp_path.iterdir())) == ("", "", [])


@pytest.fixture(scope="module")
def theirs() -> Any:
    """jieba itself, as a host program would have it."""
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    tokenizer.total = round(math.exp(TOTAL))
    return tokenizer


COMMON = "的一在人了有中是年和大业不为发会工经上地市要个产出行作生家以成到日民部对进多全建公开场展理新方主企资实学报制政用同于法高月定化加合重关机分力区能设后就体下万元社过前面农与员务利电文事可总改三各第其平水提管技位目"
LETTERS = st.sampled_from(COMMON)


@settings(deadline=None, max_examples=300)
@given(st.lists(LETTERS | st.sampled_from("5A%-. 龘"), max_size=24).map("".join))
def test_the_cuts_are_those_of_jieba(theirs: Any, clause: str) -> None:
    assert [word.text for word in words.tag(clause)] == list(theirs.cut(clause))


def test_the_dictionary_is_in_the_order_that_bisection_needs(theirs: Any) -> None:
    whole = Dictionary()
    whole.open("".join(chr(code) for code in range(0x4E00, 0x9FD6)))
    known = {word: frequency for word, frequency in theirs.FREQ.items() if frequency}
    assert known.keys() - whole.weights.keys() == {
        word for word in known if not "一" <= word[0] <= "\u9fd5" and word > "一"
    }
    assert all(math.isclose(math.exp(whole.weights[word] + TOTAL), known[word]) for word in whole.weights)


RUNS = st.lists(st.sampled_from(COMMON) | st.sampled_from(["人人", "发展", "就地", "三清零", "5", "A"]), max_size=16)


@pytest.fixture(scope="module")
def cutters() -> tuple[Cutter, Cutter]:
    """Without rjieba, and with it from the first clause on."""
    pytest.importorskip("rjieba")
    vocabulary = load().of(NounRules).vocabulary
    return Cutter(Dictionary(), vocabulary), Cutter(Dictionary(), vocabulary, patience=0)


@settings(deadline=None, max_examples=1000)
@given(RUNS.map("".join))
def test_rjieba_cuts_alike(cutters: tuple[Cutter, Cutter], clause: str) -> None:
    own, quick = cutters
    assert list(own.cut(clause)) == list(quick.cut(clause))


def test_rjieba_cuts_every_sample_alike(cutters: tuple[Cutter, Cutter]) -> None:
    own, quick = cutters
    said = "\n".join(path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt")))
    clauses = regex.split("[\n，。；]", said)
    assert len(clauses) > 1000
    assert quick._fast is not None
    assert [list(own.cut(clause)) for clause in clauses] == [list(quick.cut(clause)) for clause in clauses]
