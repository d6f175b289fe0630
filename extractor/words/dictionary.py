"""jieba's word list, read as far as it is asked.

Its lines (`办结 300 v`: word, frequency, tag) stand in the order of their code points from 一 on, so all words that begin
with one character are found by bisection and read together, the first time that it turns up.
"""

from __future__ import annotations

from bisect import bisect_left
from importlib.util import find_spec
from math import log
from pathlib import Path

SUM = 62_838_147  # of all frequencies, with those of the words that the rules add
TOTAL = log(SUM)
_FIRST = "一"  # before it stand words in Latin and Greek letters, in no order
_NOUNS = "nilxogz"  # tags of plain nouns, names and idioms begin so: six words in seven, for which none is kept


class Dictionary:
    """`weights` are logarithms of how likely a word is; `longest`: two characters → the longest word that they head."""

    def __init__(self) -> None:
        self.weights: dict[str, float] = {}
        self.longest: dict[str, int] = {}
        self.tags: dict[str, str] = {}
        self._open: set[str] = set()
        self._data = (folder() / "dict.txt").read_bytes()
        self._head = self._data.index(f"\n{_FIRST}".encode()) + 1
        self._read(self._data[: self._head])

    def open(self, text: str) -> None:
        """Read the words that begin with a character of `text`."""
        for first in set(text) - self._open:
            self._open.add(first)
            if first >= _FIRST:
                start, end = self._place(first), self._place(chr(ord(first) + 1))
                self._read(self._data[start:end])

    def reach(self, word: str) -> None:
        head = word[:2]
        if len(word) > self.longest.get(head, 0):
            self.longest[head] = len(word)

    def _place(self, first: str) -> int:
        """Where the lines from a character on begin."""
        return bisect_left(range(len(self._data)), first.encode(), self._head, key=self._word_at)

    def _word_at(self, at: int) -> bytes:
        """The head of the line that byte `at` stands in."""
        start = self._data.rfind(b"\n", 0, at) + 1
        return self._data[start : start + 4]

    def _read(self, lines: bytes) -> None:
        entries = lines.decode().split()
        for word, frequency, tag in zip(entries[::3], entries[1::3], entries[2::3], strict=True):
            self.weights[word] = log(int(frequency)) - TOTAL
            if len(word) > 1:
                self.reach(word)
            if tag[0] not in _NOUNS:
                self.tags[word] = tag


def folder() -> Path:
    """Where jieba is installed, found without importing it."""
    spec = find_spec("jieba")
    assert spec
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])
