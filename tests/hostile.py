"""Files made to do harm, or broken, for tests: name → bytes. Nothing of them is kept in the repository."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import docx_files

_REPORTS = Path(__file__).parents[1] / "samples" / "reports"
SAMPLES = sorted(path for path in _REPORTS.iterdir() if path.suffix != ".json" and "-scan" not in path.name)
TEXT = "一、总体情况\n截至2023年6月，共办理信访件12件。\n".encode()
WORD = docx_files.package(docx_files.para("一、总体情况") + docx_files.para("截至2023年6月，共办理信访件12件。"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
_W = f'xmlns:w="{docx_files.NAMES["w"]}"'


def word(document: str | bytes) -> bytes:
    return docx_files.archive({"word/document.xml": document})


def laughs(levels: int) -> bytes:
    entities = '<!ENTITY l0 "哈哈哈哈哈哈哈哈哈哈">' + "".join(
        f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, levels)
    )
    return word(
        f"<!DOCTYPE d [{entities}]><w:document {_W}><w:body><w:p><w:r><w:t>&l{levels - 1};</w:t></w:r></w:p></w:body></w:document>"
    )


def words_and_padding(paragraphs: int) -> bytes:
    """Tiny paragraphs beside bytes that do not pack, so that no ratio gives them away."""
    noise = b"".join(hashlib.sha256(str(i).encode()).digest() for i in range(90_000))
    body = b"<w:p/>" * paragraphs
    return docx_files.archive({
        "word/document.xml": f"<w:document {_W}><w:body>".encode() + body + b"</w:body></w:document>", "word/noise.bin": noise,
    })  # fmt: skip


def documents() -> dict[str, tuple[bytes, set[str]]]:
    """Word files of every kind of harm, with the codes that the manifest may give."""
    entity = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {_W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    deep = "<w:ins>" * 5000 + "</w:ins>" * 5000
    node = f"<w:document {_W}><w:body><w:p><w:r><w:t>".encode() + b"A" * (200 << 20)
    tiny = f"<w:document {_W}><w:body>".encode() + b"<w:p/>" * 8_000_000 + b"</w:body></w:document>"
    encrypted = bytearray(WORD)
    at = encrypted.find(b"PK\x01\x02")
    encrypted[at + 8] |= 1
    return {
        "entity.docx": (word(entity), {"damaged"}),
        "laughs-10.docx": (laughs(10), {"damaged"}),
        "laughs-3.docx": (laughs(3), {"damaged"}),
        "deep.docx": (word(f"<w:document {_W}><w:body><w:p>{deep}</w:p></w:body></w:document>"), {"damaged"}),
        "node.docx": (word(node + b"</w:t></w:r></w:p></w:body></w:document>"), {"too_large"}),
        "tiny.docx": (word(tiny), {"too_large"}),
        "tiny-padded.docx": (words_and_padding(30_000_000), {"memory"}),
        "entries.docx": (docx_files.archive({"word/document.xml": "<a/>"} | {f"word/{i}": "" for i in range(50_000)}), {"too_large"}),
        "truncated.docx": (WORD[: len(WORD) // 2], {"damaged"}),
        "empty.docx": (b"", {"empty"}),
        "no-zip.docx": (TEXT, {"damaged"}),
        "encrypted-office.docx": (OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 1000, {"encrypted"}),
        "encrypted-zip.docx": (bytes(encrypted), {"encrypted"}),
        "long-line.txt": ("字".encode() * 1_700_000, {"too_large"}),
    }  # fmt: skip


def truncations() -> dict[str, bytes]:
    """Each sample cut at every tenth."""
    return {
        f"cut-{tenth}-{path.name}": path.read_bytes()[: path.stat().st_size * tenth // 10]
        for path in SAMPLES
        for tenth in range(1, 10)
    }


def swapped() -> dict[str, bytes]:
    """Bytes of one format under the suffix of another."""
    return {
        f"{kind}-as{suffix}": data
        for kind, data in (("text", TEXT), ("word", WORD), ("picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256))))
        for suffix in (".txt", ".md", ".docx", ".doc", ".pdf", ".html", ".ofd", ".zip", ".rtf")
        if (kind, suffix) not in {("text", ".txt"), ("text", ".md"), ("word", ".docx")}
    }


class Pdf:
    """A PDF of numbered objects; every builder below fills one."""

    def __init__(self) -> None:
        self.objects: list[bytes] = []
        self.trailer = b""

    def add(self, body: bytes | str) -> int:
        self.objects.append(body if isinstance(body, bytes) else body.encode())
        return len(self.objects)

    def stream(self, data: bytes, head: str = "") -> int:
        return self.add(f"<< /Length {len(data)} {head} >>\nstream\n".encode() + data + b"\nendstream")

    def build(self) -> bytes:
        out, places = bytearray(b"%PDF-1.7\n"), []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        table = len(out)
        out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
        out += f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R ".encode() + self.trailer
        return bytes(out) + f" >>\nstartxref\n{table}\n%%EOF\n".encode()


def pdf(content: bytes = b"BT /F 12 Tf 72 700 Td (1. Report 2023) Tj ET", head: str = "", box: str = "0 0 595 842", kids: str = "3 0 R", count: int = 1) -> bytes:  # fmt: skip
    made = Pdf()
    made.add("<< /Type /Catalog /Pages 2 0 R >>")
    made.add(f"<< /Type /Pages /Kids [{kids}] /Count {count} >>")
    made.add(f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>")
    made.stream(content, head)
    made.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    return made.build()


def inflated(unit: bytes, size: int) -> bytes:
    """`unit` repeated to `size` bytes, deflated."""
    packer, block = zlib.compressobj(9), unit * ((1 << 20) // len(unit))
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


def encrypted_pdf() -> bytes:
    """With a user password, by the oldest handler (RC4, 40 bits)."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    secret, identity = (b"secret" + padding)[:32], b"0123456789abcdef"
    owner = _rc4(hashlib.md5(secret).digest()[:5], secret)
    key = hashlib.md5(secret + owner + (0xFFFFFFFC).to_bytes(4, "little") + identity).digest()[:5]
    user = _rc4(key, padding)
    made = Pdf()
    made.add("<< /Type /Catalog /Pages 2 0 R >>")
    made.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    made.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>")
    made.add(f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{owner.hex()}> /U <{user.hex()}> >>")
    made.trailer = f"/Encrypt 4 0 R /ID [<{identity.hex()}> <{identity.hex()}>]".encode()
    return made.build()


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


STOPPED = {"too_large", "memory", "crashed", "timeout", "damaged"}


def pdfs() -> dict[str, tuple[bytes, set[str | None]]]:
    """PDF files of every kind of harm; None where the file may be read."""
    twice = zlib.compress(inflated(b" ", 1 << 30), 9)
    whole = pdf()
    return {
        "twice-deflated.pdf": (pdf(twice, "/Filter [/FlateDecode /FlateDecode]"), {*STOPPED, "empty", None}),
        "operators.pdf": (
            pdf(inflated(b"BT /F 9 Tf (abc) Tj ET\n", 115_000_000), "/Filter /FlateDecode"),
            {*STOPPED, None},
        ),
        "page-loop.pdf": (pdf(kids="2 0 R"), {"damaged"}),
        "pages.pdf": (pdf(kids="3 0 R " * 200_000, count=200_000), {*STOPPED, None}),
        "media-box.pdf": (pdf(box="0 0 100000000 100000000"), {*STOPPED, None}),
        "truncated.pdf": (whole[: len(whole) // 2], {"damaged", "empty"}),
        "encrypted.pdf": (encrypted_pdf(), {"encrypted"}),
    }


def zipped(files: dict[str, bytes]) -> bytes:
    return docx_files.archive(files)


def zip_named(raw: bytes, data: bytes = TEXT) -> bytes:
    """A .zip of one member whose name is these bytes, without the UTF-8 flag."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("N" * len(raw), data)
    return buffer.getvalue().replace(b"N" * len(raw), raw)


def zips() -> Iterator[tuple[str, bytes, str, set[str]]]:
    """A .zip, the path that its row has, and the codes."""
    encrypted = bytearray(zipped({"a.txt": TEXT}))
    encrypted[encrypted.find(b"PK\x01\x02") + 8] |= 1
    yield "bomb.zip", zipped({"a.txt": b" " * (300 << 20)}), "bomb.zip", {"too_large"}
    yield "many.zip", zipped({f"{i}.txt": b"" for i in range(6000)}), "many.zip", {"too_large"}
    yield "climb.zip", zipped({"../../climb.txt": TEXT}), "climb.zip/__/__/climb.txt", {"unsafe"}
    yield "root.zip", zipped({"/etc/climb.txt": TEXT}), "root.zip/etc/climb.txt", {"unsafe"}
    yield "nested.zip", zipped({"in.zip": zipped({"a.txt": TEXT})}), "nested.zip/in.zip", {"unsupported"}
    yield "locked.zip", bytes(encrypted), "locked.zip/a.txt", {"encrypted"}
    yield "none.zip", zipped({}), "none.zip", {"empty", "damaged"}
    yield "cut.zip", zipped({"a.txt": TEXT * 100})[:80], "cut.zip", {"damaged"}
