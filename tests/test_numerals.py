from __future__ import annotations

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.numerals import digits, exact, number, small


@pytest.mark.parametrize(
    ("surface", "value"),
    [
        ("320", 320),
        ("1,200,000.5", 1200000.5),
        ("三百二十", 320),
        ("1.2万", 12000),
        ("2700多万", 27_000_000),
        ("3千万亿", 3 * 10**15),
        ("1亿2000万", 120_000_000),
        ("3万5千", 35000),
        ("壹仟玖佰", 1900),
        ("拾亿零六万零五百零六", 1_000_060_506),
        ("一万二百五十", 10250),
        ("三万五", 35000),
        ("三万零五", 30005),
        ("二百五", 250),
        ("十", 10),
        ("百", 100),
        ("半", 0.5),
        ("廿五", 25),
        ("卅", 30),
        ("10 851.8", 10851.8),
        ("零点一", 0.1),
        ("十点二三三", 10.233),
        ("六点四二万", 64200),
        ("拾万零五十六点叁叁", 100056.33),
        ("三四万", (30000, 40000)),
        ("十七八", (17, 18)),
        ("三、四百", (300, 400)),
        ("三五", (3, 5)),
        ("二〇二三", None),
        ("几十", None),
        ("〇", None),
        ("零", 0),
        ("1.2.3", None),
        ("", None),
    ],
)
def test_number(surface: str, value: object) -> None:
    assert number(surface) == value


@given(st.integers(min_value=0, max_value=10**12 - 1), st.sampled_from(["low", "up"]))
def test_what_another_converter_writes_is_read_back(value: int, case: str) -> None:
    assert number(cn2an.an2cn(value, case)) == value


@given(st.decimals(min_value=0, max_value=10**6, places=3))
def test_decimals_are_exact(value: object) -> None:
    assert exact(f"{value:f}") == (value,)


@given(st.text(alphabet="〇零一二两三九十百千万亿点半多余来几壹拾0129.,", max_size=12))
def test_any_surface_is_a_number_or_none(surface: str) -> None:
    value = number(surface)
    assert value is None or (isinstance(value, tuple) and value[0] < value[1]) or value >= 0


def test_rows_of_digits() -> None:
    assert [digits("二〇二三"), digits("2023"), digits("三十")] == [2023, 2023, None]


def test_small() -> None:
    assert [small(s) for s in ("31", "三十一", "廿八", "十", "几")] == [31, 31, 28, 10, None]
