"""Words → the paragraphs that hold them: SQLite's FTS5 over pairs of characters.

FTS5 takes a run of Han characters for one word, so the index is given pairs instead: 整改落实 as 整改 改落 落实 实. A
word of two or more characters is then a phrase of its pairs, a single one the beginning of a pair: what is found is
what a scan of every paragraph would find, punctuation and blanks included. Full-width forms count as plain ones
(see `text.fold`) and ASCII letters in either case.
"""

from __future__ import annotations

import os
import sqlite3
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import duckdb
import regex

from extractor.store import Told
from extractor.store.keep import building, made_from, opened
from extractor.text import fold

NAME = "archive.sqlite"
AROUND = 40  # characters of the paragraph before and after the first word found
# ASCII characters that end a token for FTS5, or mean something in its query language, as characters of no language
_PLAIN = {code: chr(code).lower() if chr(code).isalnum() else chr(0x10FF00 + code) for code in range(128)}
_SCHEMA = """
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE documents (doc_id INTEGER PRIMARY KEY, file TEXT, document TEXT, year INTEGER, issuer TEXT);
    CREATE TABLE paragraphs (id INTEGER PRIMARY KEY, doc_id INTEGER, start INTEGER, section TEXT, text TEXT);
    CREATE TABLE made (fingerprint TEXT);
    CREATE VIRTUAL TABLE pairs USING fts5(text, content = '', prefix = 1, tokenize = 'ascii');"""
_FIND = """
    SELECT file, document, year, issuer, section, doc_id, start, p.text
    FROM pairs JOIN paragraphs p ON p.id = pairs.rowid JOIN documents USING (doc_id)
    WHERE pairs MATCH ? ORDER BY rank, p.id LIMIT ?"""

_TEXTS = """
    SELECT doc_id, text, coalesce(starts, []), coalesce(sections, []) FROM documents LEFT JOIN (
        SELECT doc_id, list(span_start ORDER BY id) AS starts, list(section ORDER BY id) AS sections
        FROM headings GROUP BY doc_id) USING (doc_id)
    WHERE doc_id BETWEEN ? AND ? ORDER BY doc_id"""
TOGETHER = 500  # documents whose text is in memory


class Hit(NamedTuple):
    """A paragraph that holds every word: `start` and `end` of the first one found are code points of the document.

    `snippet` is what stands around it, the words between « and ».
    """

    file: str
    document: str
    year: int | None
    issuer: str | None
    section: str | None
    snippet: str
    doc_id: int
    start: int
    end: int


class Found(NamedTuple):
    hits: list[Hit]
    paragraphs: int  # that hold every word, shown or not


def find(archive: Path, words: Sequence[str], limit: int, told: Told) -> Found:
    """The best `limit` paragraphs that hold every one of `words`, each taken literally. Raises as `opened` does."""
    path = _current(archive, told)
    query = " AND ".join(_phrase(word) for word in words if word)
    if not query:
        return Found([], 0)
    pattern = regex.compile("|".join(regex.escape(_plain(word)) for word in words if word))
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        (count,) = db.execute("SELECT count(*) FROM pairs WHERE pairs MATCH ?", [query]).fetchone()
        return Found([_hit(pattern, *row) for row in db.execute(_FIND, [query, limit])], count)


def _current(archive: Path, told: Told) -> Path:
    path, fingerprint = archive / NAME, made_from(archive)
    if _fingerprint(path) != fingerprint:
        with opened(archive, told) as store, building(archive) as folder:
            told(f"indexing {path}")
            os.replace(_index(store, folder, fingerprint), path)
    return path


def _fingerprint(path: Path) -> str | None:
    """None for an index that is not there or cut off."""
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            row = db.execute("SELECT fingerprint FROM made").fetchone()
    except sqlite3.DatabaseError:
        return None
    return str(row[0]) if row else None


def _index(store: duckdb.DuckDBPyConnection, folder: Path, fingerprint: str) -> Path:
    path = folder / "index.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(_SCHEMA)
        documents = store.execute("SELECT doc_id, file, title, year, issuer FROM documents ORDER BY doc_id").fetchall()
        db.executemany("INSERT INTO documents VALUES (?, ?, ?, ?, ?)", documents)
        for i, paragraph in enumerate(_paragraphs(store), 1):
            db.execute("INSERT INTO paragraphs VALUES (?, ?, ?, ?, ?)", (i, *paragraph))
            db.execute("INSERT INTO pairs (rowid, text) VALUES (?, ?)", (i, _pairs(paragraph[-1])))
        db.execute("INSERT INTO made VALUES (?)", [fingerprint])
        db.commit()
    return path


def _paragraphs(store: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, int, str | None, str]]:
    """Every line of every document with text in it: the document, where it starts, its section, the line."""
    for doc_id, text, starts, sections in _texts(store):
        start = 0
        for line in text.split("\n"):
            if line.strip():
                i = bisect_right(starts, start + len(line) - len(line.lstrip()))
                yield doc_id, start, sections[i - 1] if i else None, line
            start += len(line) + 1


def _texts(store: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, str, list[int], list[str]]]:
    """The documents with where their headings start and their paths, some hundred at a time."""
    ids = [doc_id for (doc_id,) in store.execute("SELECT doc_id FROM documents ORDER BY doc_id").fetchall()]
    for i in range(0, len(ids), TOGETHER):
        bounds = [ids[i], ids[min(i + TOGETHER, len(ids)) - 1]]
        yield from store.execute(_TEXTS, bounds).fetchall()


def _plain(text: str) -> str:
    """One character to one, as the index and the query have them."""
    return fold(text).translate(_PLAIN)


def _pairs(text: str) -> str:
    """整改 → `整改 改`: a token at every character, so that a single one too begins a token."""
    plain = _plain(text)
    return " ".join(map("".join, zip_longest(plain, plain[1:], fillvalue="")))


def _phrase(word: str) -> str:
    """A word in FTS5's query language: nothing that is typed gets out of the quotes."""
    if len(word) == 1:
        return f'"{_pairs(word)}" *'
    return f'"{_pairs(word).rpartition(" ")[0]}"'


def _hit(
    pattern: regex.Pattern[str], file: str, document: str, year: int | None, issuer: str | None, section: str | None,
    doc_id: int, start: int, text: str,
) -> Hit:  # fmt: skip
    matches = list(pattern.finditer(_plain(text)))
    first, last = matches[0].span()
    snippet = _snippet(text, matches, max(0, first - AROUND), last + AROUND)
    return Hit(file, document, year, issuer, section, snippet, doc_id, start + first, start + last)


def _snippet(text: str, matches: list[regex.Match[str]], low: int, high: int) -> str:
    """The characters [low, high) with the matches in them marked."""
    parts, at = ["…" if low else ""], low
    for match in matches:
        if match.end() <= high:
            parts += [text[at : match.start()], "«", text[match.start() : match.end()], "»"]
            at = match.end()
    return "".join([*parts, text[at:high], "…" if high < len(text) else ""]).strip()
