"""The ground of pages: escaped, closed to the network, legible; charts that say in words what they draw."""

from __future__ import annotations

import itertools
import re
from base64 import b64encode
from hashlib import sha256
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from extractor import pages
from extractor.pages import charts
from extractor.pages.charts.calendar import days
from extractor.pages.charts.drawing import fit, width
from extractor.pages.charts.slopes import _spread
from extractor.pages.environment import environment, shown

STYLE = pages.asset("pages/style.css")
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", STYLE))
PARTS = [charts.Part("good", "已完成"), charts.Part("bad", "未完成")]
HOSTILE = """<script>alert(1)</script>"'><img src=x onerror=alert(1)>&amp;\x00\x0b\u202e"""


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", [name.removesuffix("-ground") for name in COLOURS if name.endswith("-ground")])
def test_a_colour_can_be_read_on_paper_and_on_its_ground(name: str) -> None:
    assert contrast(COLOURS[name], COLOURS["paper"]) >= 4.5
    assert contrast(COLOURS[name], COLOURS[f"{name}-ground"]) >= 4.5
    assert contrast(COLOURS["ink"], COLOURS[f"{name}-ground"]) >= 7


@pytest.mark.parametrize("name", ["ink", "soft", "faint", "accent"])
def test_text_can_be_read_on_paper_and_ground(name: str) -> None:
    assert contrast(COLOURS[name], COLOURS["paper"]) >= 4.5
    assert contrast(COLOURS[name], COLOURS["ground"]) >= 4.5


def test_the_policy_lets_in_the_page_s_own_style_and_script_only() -> None:
    def hashed(text: str) -> str:
        return "'sha256-" + b64encode(sha256(text.encode()).digest()).decode() + "'"

    policy = dict(part.split(" ", 1) for part in pages.policy("a{}", "f()").split("; "))
    assert policy["default-src"] == "'none'"
    assert (policy["style-src"], policy["script-src"]) == (hashed("a{}"), hashed("f()"))
    assert "connect-src" not in policy
    assert "script-src 'none'" in pages.policy("a{}", "")
    assert "connect-src 'self'" in pages.policy("a{}", "f()", connect=True)


def test_what_is_printed_is_escaped_and_what_is_missing_is_an_error() -> None:
    page = environment().from_string('<a title="{{ words }}">{{ words }}</a>')
    printed = page.render(words=HOSTILE)
    assert "<script" not in printed
    assert "<img" not in printed
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", printed)
    assert "␀␋" in printed
    with pytest.raises(Exception, match="words"):
        page.render()


@given(st.text(st.characters()))
def test_any_string_can_be_shown_one_character_for_one(text: str) -> None:
    assert len(shown(text)) == len(text)
    shown(text).encode()


def test_markup_is_left_as_it_is() -> None:
    assert shown(Markup("<b>\x01</b>")) == "<b>\x01</b>"


def texts(markup: str) -> str:
    root = ElementTree.fromstring(f"<div>{markup}</div>")
    return " ".join("".join(root.itertext()).split())


def every_chart(words: str) -> list[Markup]:
    figure = charts.Figure(words, [charts.Point(2021, 1.5, words, "#a"), charts.Point(2022, 2, "2亿元")], words)
    return [
        charts.bars([charts.Bar(words, {"good": 2, "bad": 1}, words, "#a")], PARTS, label=words),
        charts.line(figure),
        charts.multiples([figure, figure]),
        charts.slopes([charts.Slope(words, 1, 2, words, "2", "#a")], words, "2022年"),
        charts.year_grid([charts.GridRow(words, {2021: charts.GridCell("good", words, "#a", words)})], [2021, 2022], PARTS, label=words),
        charts.calendar([charts.Act("2023-06-28", "good", words, "#a")], PARTS, label=words),
    ]  # fmt: skip


@pytest.mark.parametrize("chart", range(6))
def test_a_chart_is_well_formed_and_says_its_words(chart: int) -> None:
    assert "农村水费" in texts(every_chart("农村水费")[chart])
    assert "<script" not in every_chart(HOSTILE)[chart]
    ElementTree.fromstring(f"<div>{every_chart(HOSTILE)[chart]}</div>")


@pytest.mark.parametrize(
    "chart",
    [charts.bars([], PARTS, label=""), charts.line(charts.Figure("空", [])), charts.multiples([]),
     charts.slopes([], "", ""), charts.year_grid([], [], PARTS, label=""), charts.calendar([], PARTS, label="")],
)  # fmt: skip
def test_a_chart_of_nothing_is_drawn(chart: Markup) -> None:
    ElementTree.fromstring(f"<div>{chart}</div>")


def test_bars_are_as_long_as_their_counts() -> None:
    drawn = charts.bars([charts.Bar("甲", {"good": 3, "bad": 1}), charts.Bar("乙", {"good": 1})], PARTS, label="问题")
    good, bad, other = (float(w) for w in re.findall(r'<rect class="fill[^>]*width="([\d.]+)"', drawn))
    assert good == pytest.approx(3 * bad, abs=4)
    assert bad == pytest.approx(other, abs=2)


def test_a_year_without_a_value_parts_the_curve() -> None:
    figure = charts.Figure("甲", [charts.Point(year, 1, "1") for year in (2019, 2020, 2022, 2023)])
    assert charts.line(figure, years=range(2019, 2024)).count("<polyline") == 2


@given(st.lists(st.floats(44, 300), max_size=12))
def test_labels_of_slopes_do_not_cover_one_another(places: list[float]) -> None:
    labels = sorted(_spread(places, 34 + 17 * (len(places) + 2) + 300))
    assert all(b - a >= 16.8 for a, b in itertools.pairwise(labels))


@pytest.mark.parametrize(
    ("value", "is_act"),
    [("2023-06-28", True), ("2023-06", True), ("2023-04-10/2023-05-31", True), ("2023", False), ("2021/2025", False),
     ("2023-XX-06", False), ("P3Y", False), ("2019/..", False)],
)  # fmt: skip
def test_an_act_has_a_day_or_a_month(value: str, is_act: bool) -> None:
    assert bool(days(value)) is is_act


def test_acts_of_one_time_stand_in_lanes() -> None:
    acts = [charts.Act("2023-06", "good", str(i)) for i in range(3)]
    drawn = charts.calendar([*acts, charts.Act("2023-08", "good", "后")], PARTS, label="日历")
    places = [float(y) for y in re.findall(r'<rect class="fill[^>]* y="([\d.]+)"', drawn)]
    assert len(set(places)) == 3
    assert places[3] == places[0]


@given(st.text(), st.floats(20, 400))
def test_words_are_cut_to_their_room(text: str, room: float) -> None:
    assert width(fit(text, room)) <= room
