"""A report under other names: python benchmarks/disguise.py REPORT.txt [--seed N] > COPY.txt

Bodies, people and places get other names (one for one throughout), years, days and figures other digits, and the
paragraphs of each section another order. Same text and seed, same copy. What it changes it finds by itself, with none
of the rules by which the comparison finds disguised copies: a measurement must not mark its own homework.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Mapping
from pathlib import Path

PLACES = [
    "云溪",
    "沛川",
    "栖霞岭",
    "望江",
    "宁塘",
    "苍梧岭",
    "青沙",
    "浦泽",
    "鹿鸣",
    "竹沟",
    "澄阳",
    "双桥铺",
    "石湾",
    "莲塘",
    "北川堰",
    "金渡",
    "乌桥",
    "槐荫",
    "柏林铺",
    "南汀",
]
OFFICES = [
    "水利局",
    "农业农村局",
    "住房和城乡建设局",
    "教育体育局",
    "交通运输局",
    "文化和旅游局",
    "民政局",
    "卫生健康局",
    "自然资源局",
    "应急管理局",
]
COMPANIES = ["宏远", "恒泰", "鑫源", "中瑞", "华辰", "天合", "瑞丰", "永固"]
SURNAMES = "赵钱孙李周吴郑王冯陈沈韩杨朱秦许何吕张孔"
GIVEN = ["明远", "建国", "晓岚", "志强", "文华", "海波", "丽娟", "德胜", "国栋", "秀英", "学军", "玉梅"]
_STEM = r"[\u4e00-\u9fff]{2}"
_PLACE = re.compile(rf"(?:(?<=^)|(?<=[、，。；：《（\s对在全共据]))({_STEM})(?=[县市区镇乡村])", re.M)
_OFFICE = re.compile(r"(?<=[县市区])[\u4e00-\u9fff]{2,6}?局")
_COMPANY = re.compile(rf"({_STEM})(?=[\u4e00-\u9fff]{{0,6}}公司)")
_PERSON = re.compile(rf"(?<=[：、])[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=[、，；。\n]|同志)")
_GENERIC = re.compile(r"[全各本该乡市县区镇省城老小社山园个我农为和的在对据]")
_YEAR, _DIGITS = re.compile(r"20\d\d(?=年)"), re.compile(r"\d+")
_SECTION = re.compile(r"[一二三四五六七八九十]+、")


def names(text: str, chance: random.Random) -> dict[str, str]:
    """The names of a text, each with another one."""
    pools = {
        _PLACE: PLACES, _OFFICE: OFFICES, _COMPANY: COMPANIES,
        _PERSON: [family + given for family in SURNAMES for given in GIVEN],
    }  # fmt: skip
    given: dict[str, str] = {}
    for pattern, pool in pools.items():
        found = dict.fromkeys(match[0] for match in pattern.finditer(text))
        fresh = [name for name in chance.sample(pool, len(pool)) if name not in text]
        plain = (name for name in found if not _GENERIC.search(name[:2]) and name not in given)
        given |= dict(zip(plain, fresh, strict=False))
    return given


def disguise(text: str, seed: int, renamed: Mapping[str, str] | None = None) -> str:
    """`renamed` are the names that are known; without it they are looked for."""
    chance = random.Random(seed)
    swaps = dict(renamed) if renamed is not None else names(text, chance)
    if swaps:
        longest = sorted(swaps, key=lambda name: (-len(name), name))
        text = re.sub("|".join(map(re.escape, longest)), lambda match: swaps[match[0]], text)
    shift = chance.choice((-2, -1, 1, 2))
    text = _YEAR.sub(lambda match: f"{int(match[0]) + shift}", text)
    text = _DIGITS.sub(lambda match: _figure(match, chance), text)
    return "\n".join(_shuffled(text.split("\n"), chance))


def _figure(match: re.Match[str], chance: random.Random) -> str:
    """Another figure that may stand there: a month stays a month, a number at the head of a line stays."""
    digits, after = match[0], match.string[match.end() : match.end() + 1]
    head = match.start() == 0 or match.string[match.start() - 1] in "\n（("
    if head or (len(digits) == 4 and after == "年"):
        return digits
    if after in "月日":
        return str(chance.randint(1, 12 if after == "月" else 28))
    return str(chance.randint(10 ** (len(digits) - 1), 10 ** len(digits) - 1))


def _shuffled(lines: list[str], chance: random.Random) -> list[str]:
    """Title and address stay at the head, the signature at the end; each section's paragraphs change places."""
    sections: list[list[str]] = [[]]
    for line in lines[:-3]:
        if _SECTION.match(line):
            sections.append([line])
        else:
            sections[-1].append(line)
    mixed = [
        [section[0], *chance.sample(section[1:], len(section) - 1)] if number else section
        for number, section in enumerate(sections)
    ]
    return [line for section in mixed for line in section] + lines[-3:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(disguise(given.report.read_text("utf-8"), given.seed), end="")


if __name__ == "__main__":
    main()
