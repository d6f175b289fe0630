"""Encodings: twelve damages at five lengths, the rate that is reached, and what a reader is told of losses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extractor import readers
from extractor.readers.encoding import decode
from extractor.readers.raw import Raw

TEXT = (
    "关于巡察整改进展情况的报告。根据统一部署，2022年9月至11月，巡察组对我局党组开展了巡察，反馈了三个方面17项问题。"
    "局党组高度重视，先后召开会议12次，制定整改方案，明确责任单位和完成时限。截至目前，已完成整改15项，完成率88.2%，"
    "新建制度6项，修订制度9项，追缴资金34.5万元。下一步，我们将持续用力，巩固成果，推动各项工作再上新台阶。\n"
)
TRADITIONAL = (
    "關於督察整改進展情況的報告。根據統一部署，督察組對我局開展了督察，反饋了三個方面的問題。局領導高度重視，"
    "先後召開會議，制定整改方案，明確責任單位和完成時限。目前已完成整改十五項，新建制度六項，修訂制度九項。\n"
)
LENGTHS = (8, 40, 200, 1000, 10_000)


def bad_byte(data: bytes) -> bytes:
    """One byte in the middle made impossible in UTF-8 and in GB18030."""
    middle = len(data) // 2
    return data[:middle] + b"\xff" + data[middle + 1 :]


DAMAGES: dict[str, tuple[Callable[[str], bytes], str]] = {
    "utf-8": (lambda text: text.encode(), "utf-8"),
    "utf-8 with mark": (lambda text: text.encode("utf-8-sig"), "utf-8-sig"),
    "gbk": (lambda text: text.encode("gbk"), "gb18030"),
    "gb18030, four bytes": (lambda text: (text[:4] + "㐀" + text[5:]).encode("gb18030"), "gb18030"),
    "utf-16 with mark": (lambda text: text.encode("utf-16"), "utf-16"),
    "utf-16-le": (lambda text: text.encode("utf-16-le"), "utf-16-le"),
    "utf-16-be": (lambda text: text.encode("utf-16-be"), "utf-16-be"),
    "big5": (lambda text: text.encode("big5"), "big5"),
    "utf-8 cut": (lambda text: text.encode()[:-1] if text[-1] > "\x7f" else text.encode()[:-2], "utf-8"),
    "gbk cut": (lambda text: text.encode("gbk")[:-1] if text[-1] > "\x7f" else text.encode("gbk")[:-2], "gb18030"),
    "utf-8, bad byte": (lambda text: bad_byte(text.encode()), "utf-8"),
    "gbk, bad byte": (lambda text: bad_byte(text.encode("gbk")), "gb18030"),
}
KNOWN = {("utf-8, bad byte", 8)}  # six good characters against three bad ones are less than four to one


def sample(damage: str, length: int) -> str:
    base = TRADITIONAL if damage == "big5" else TEXT
    return (base * (length // len(base) + 1))[:length].rstrip("\n，。0123456789.%、")


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage(damage: str, length: int) -> None:
    if (damage, length) in KNOWN:
        pytest.xfail("too short to tell")
    encode, encoding = DAMAGES[damage]
    text = sample(damage, length)
    decoded = decode(Raw("a.txt", encode(text)))
    assert decoded.encoding == encoding
    assert (
        decoded.text[: length // 2 - 4]
        == ("㐀".join((text[:4], text[5:])) if "four" in damage else text)[: length // 2 - 4]
    )
    hurt = "cut" in damage or "bad" in damage
    assert decoded.text.count("\ufffd") == decoded.replaced
    assert decoded.replaced <= (3 if hurt else 0)


def test_utf32_is_told_from_utf16() -> None:
    assert decode(Raw("a", "整改报告".encode("utf-32"))).text == "整改报告"


def test_ascii_in_utf16_without_mark() -> None:
    text = "2022年9月，ABC公司完成整改15项，完成率88.2%。\n" * 20
    for encoding in ("utf-16-le", "utf-16-be"):
        assert decode(Raw("a", text.encode(encoding))) == (text, encoding, 0)


def test_mostly_ascii_gbk() -> None:
    text = "http://www.example.gov.cn/2022/09/index.html 信息公开 2022-09-01 " * 5
    assert decode(Raw("a", text.encode("gbk"))) == (text, "gb18030", 0)


def test_loss_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bad_byte(TEXT.encode()))
    source = readers.read(tmp_path / "a.txt")
    assert source.replaced > 0
    assert [warning.code for warning in source.warnings] == ["replaced"]
    (tmp_path / "b.md").write_bytes(bad_byte(TEXT.encode("gbk")))
    assert [warning.code for warning in readers.read(tmp_path / "b.md").warnings] == ["replaced"]


def test_a_replacement_character_of_the_file_is_no_loss() -> None:
    assert decode(Raw("a", "整改\ufffd报告".encode())).replaced == 0


def test_stray_nul_is_counted() -> None:
    decoded = decode(Raw("a", (TEXT + "\0").encode()))
    assert (decoded.text[-1], decoded.replaced, decoded.encoding) == ("\ufffd", 1, "utf-8")
