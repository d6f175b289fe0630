"""PDF and Word 97: pages, objects and tables of offsets, then their tokens and numbers changed."""

from __future__ import annotations

import struct
import zlib
from random import Random

import doc_files
import pdf_files

from . import texts
from .broken import corrupt


def pdf(r: Random) -> bytes:
    """A PDF of hand-set pages, then tokens of its objects changed, then bytes."""
    pages = [_pdf_page(r) for _ in range(r.choice((1, 1, 2, 3)))]
    data = pdf_files.pdf(*pages, encrypted=r.random() < 0.02)
    for _ in range(r.choice((0, 1, 2, 6))):
        data = _retoken(r, data)
    if r.random() < 0.2:
        data = data.replace(b"endstream", b"endstream", 1).replace(
            b"stream\n", b"stream\n" + zlib.compress(b"BT ET"), 1
        )
    return corrupt(r, data, low=9) if r.random() < 0.3 else data


OPERATORS = (
    "q " * 50, "Q Q Q", "BT", "ET", "1 0 0 1 1e38 0 cm", "0 0 0 0 0 0 cm", "/X Do", "/F 0 Tf", "(x) Tj",
    "99999 TL T*", "[(a) -99999 (b)] TJ", "W n", "BI ID EI", "/A BMC EMC", "3 Tr", "7 Tr", "0 0 m 1 1 l 2 2 3 3 4 4 c h B",
)  # fmt: skip


def _pdf_page(r: Random) -> pdf_files.Page:
    page = pdf_files.Page(
        r.choice(((595, 842), (595, 842), (842, 595), (1, 1), (10**7, 3), (200, 14400))),
        r.choice((0, 0, 0, 90, 180, 270, 45, -90)),
    )
    y = 60.0
    for _ in range(r.choice((2, 10, 30))):
        words = "".join(
            char
            for char in r.choice((texts.sentence, texts.heading, texts.quantity, texts.noise, texts.problem))(r)
            if not "\ud800" <= char <= "\udfff"
        ).replace("\n", "")
        how = r.random()
        if how < 0.7:
            page.text(
                r.choice((72, 72, 90, 300, -50, r.uniform(0, 600))),
                y,
                words[: r.choice((3, 12, 40))],
                r.choice((12, 12, 16, 9, 0, 0.1, 999)),
                r.random() < 0.2,
                r.choice((0, 0, 0, 0, 45, 90, 180)),
            )
            y += r.choice((20, 20, 0, 8, 200, -30))
        elif how < 0.8:
            page.line(72, y, r.choice((500, 72)), r.choice((y, y + 60)))
        elif how < 0.85:
            page.shade(72, y, r.uniform(0, 600), y + r.choice((20, 0, -5, 1000)))
        elif how < 0.9:
            page.image(0, 0, r.choice((595, 20, 0)), r.choice((842, 20)))
        elif how < 0.95:
            columns, rows = r.randint(1, 4), r.randint(1, 4)
            page.table(
                [72 + 100 * i for i in range(columns + 1)],
                [y + 30 * i for i in range(rows + 1)],
                [[texts.word(r) for _ in range(columns)] for _ in range(rows)],
            )
            y += 30 * rows + 20
        else:
            page.content.append(r.choice(OPERATORS))
    return page


TOKENS = (
    b"0", b"-1", b"1", b"2", b"99999999", b"2147483648", b"1e38", b"null", b"<<", b">>", b"[", b"]", b"/Kids",
    b"3 0 R", b"2 0 R", b"<FEFF>", b"(", b"true", b"-0.0001",
)  # fmt: skip


def _retoken(r: Random, data: bytes) -> bytes:
    """One word of the file in another's place, or a number of another size."""
    tokens = data.split(b" ")
    at = r.randrange(len(tokens))
    if r.random() < 0.6:
        tokens[at] = r.choice(TOKENS)
    else:
        tokens[at] = r.choice(tokens)
    return b" ".join(tokens)


SPRMS = (
    0x2416, 0x2417, 0x6649, 0x244B, 0x244C, 0x0835, 0x4A43, 0x2403, 0x260A, 0x460B, 0x0839, 0x4600, 0x2640, 0xC615,
    0xD608, 0x4A30, 0x083C, 0x0800,
)  # fmt: skip


def doc(r: Random) -> bytes:
    """A Word 97 file: pieces, looks, shapes of paragraphs, stories, then the numbers of its tables."""
    text = r.choice(("", "")) + "\r".join(_doc_words(r) for _ in range(r.randint(1, 6))) + "\r"
    cut = r.randint(0, len(text))
    pieces = [doc_files.Piece(text[:cut]), doc_files.Piece(text[cut:])] if r.random() < 0.5 else [text]
    marks = text.count("\r") + text.count("\a")
    shapes = {
        i: b"".join(
            doc_files.sprm(r.choice(SPRMS), *r.randbytes(r.choice((1, 1, 2, 4, 7)))) for _ in range(r.randint(1, 3))
        )
        for i in range(marks)
        if r.random() < 0.3
    }
    lengths = [] if r.random() < 0.7 else [r.choice((len(text), 3, 0, -1, 10**9)) for _ in range(r.randint(1, 8))]
    further = {
        n: r.randbytes(r.choice((0, 4, 30, 200))) for n in (1, 2, 3, 6, 15, 16, 73, 74, 11, 56, 57) if r.random() < 0.15
    }
    try:
        data = doc_files.doc(
            *pieces, shapes=shapes, lengths=lengths, tables=further, flags=r.choice((0, 0, 0, 0x100, 0x4))
        )
    except (AssertionError, struct.error, UnicodeEncodeError):
        return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + r.randbytes(600)
    if r.random() < 0.3:
        return data
    where = r.choice((0, 512, 512 + 0x4C, data.find(b"\xec\xa5", 500), r.randrange(len(data))))
    return corrupt(r, data, 6, max(0, where), where + r.choice((80, 600, 4000)))


def _doc_words(r: Random) -> str:
    plain = "".join(
        char for char in r.choice((texts.sentence, texts.heading, texts.problem, texts.word))(r) if ord(char) < 0xD800
    )
    return plain.replace("\r", "").replace("\n", r.choice(("\r", "\v"))) + r.choice(
        ("", "", "", "\a", "\a\a", "\x13 DATE \x14x\x15", "\x13", "\x15", "\x02", "\x05", "\f", "\x08", "\x01")
    )
