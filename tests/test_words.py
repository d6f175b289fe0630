"""Words of a clause: cut whole, the same for everyone, and nothing loaded, printed or written for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import words

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
