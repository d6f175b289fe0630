"""Our part of EDTF, against the `edtf` library as an oracle."""

from __future__ import annotations

import warnings
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import edtf

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from edtf import parse_edtf

YEARS = st.integers(1000, 9998).map(str)
MONTHS = st.integers(1, 12).map("{:02d}".format)
POINTS = st.one_of(
    YEARS,
    st.builds(edtf.day, YEARS, MONTHS),
    st.dates(date(1000, 1, 1), date(9998, 12, 31)).map(date.isoformat),
)
PARTS = st.one_of(
    st.builds(edtf.quarter, YEARS, st.integers(1, 4)),
    st.builds(edtf.half, YEARS, st.integers(1, 2)),
)
MASKED = st.sampled_from(["202X", "20XX", "2023-XX", "2022-XX-XX", "2023-XX-06", "20XX-12-31", "201X-05"])


def oracle(value: str) -> tuple[date, date]:
    parsed = parse_edtf(value)
    return date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])


@given(st.one_of(POINTS, PARTS, MASKED))
def test_a_point_means_the_days_that_edtf_says(value: str) -> None:
    assert edtf.bounds(value) == oracle(value)


@given(POINTS, POINTS)
def test_a_range_means_the_days_that_edtf_says_or_runs_backwards(start: str, end: str) -> None:
    if oracle(start)[0] <= oracle(end)[1]:
        value = edtf.span(start, end)
        assert edtf.bounds(value) == oracle(value)
    else:
        with pytest.raises(ValueError, match="ends before it starts"):
            edtf.span(start, end)


@given(YEARS, MONTHS, st.sampled_from(sorted(edtf.THIRDS)))
def test_thirds_of_a_month_touch_and_fill_it(year: str, month: str, third: int) -> None:
    low, high = edtf.bounds(edtf.days(year, month, *edtf.THIRDS[third]))
    assert low is not None
    assert high is not None
    if third == 3:
        assert (high, low.day) == (edtf.bounds(f"{year}-{month}").latest, 21)
    else:
        assert (high - low).days == 9


@pytest.mark.parametrize(
    "value",
    ["2023-02-30", "2023-13", "2023-00", "2023-1-5", "2023-04-XX-01", "23", "2023-02-3X", "20XX-02-30", "2022-37",
     "2022-36-01", "../..", "2025/2021", "P0Y", "PY", "2023/", "", "今年"],
)  # fmt: skip
def test_what_no_calendar_has_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        edtf.check(value)


def test_an_open_end_has_no_day() -> None:
    assert edtf.bounds("2019/..") == (date(2019, 1, 1), None)
    assert edtf.bounds("../2019-06") == (None, date(2019, 6, 30))


def test_a_duration_is_not_on_the_calendar() -> None:
    assert edtf.bounds("P3Y") == (None, None)


def test_a_masked_day_is_one_that_exists() -> None:
    assert edtf.bounds("XXXX-02-29") == (date(4, 2, 29), date(9996, 2, 29))
    assert edtf.bounds("2023-XX-31") == (date(2023, 1, 31), date(2023, 12, 31))
    assert edtf.bounds("2023-1X") == (date(2023, 10, 1), date(2023, 12, 31))


def test_a_range_spans_from_the_start_of_one_to_the_end_of_the_other() -> None:
    assert edtf.span("2021-01", "2022-03-27/2022-03-31") == "2021-01/2022-03-31"
