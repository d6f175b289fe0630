"""Rules are data: `rules/*.toml` → typed, compiled rule files.

Each stage describes its own rule file as a `RuleFile` and asks for it by `rules.of(DateRules)`. A pattern is a
regex with named slots: `{month}` stands for the slot `month` of the file, captured under that name; `{month_to}`
is slot `month` again under another name (a range's far end); `{=month}` is the slot without a name.

A folder given by the user is laid over the shipped rules: an entry with an `id` that is shipped replaces that
entry, a new one is added, so that a folder with one small file is enough to add a unit or a site's noise.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, ClassVar, TypeVar

import regex
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from extractor.errors import PatternError, RuleError
from extractor.text import Span

TIMEOUT = 2.0  # seconds for one pattern over one text: a rule file may come from anyone
STRETCH = 20_000  # characters of a text that have that time, what is done with the matches included
_SLOT = regex.compile(r"(?<!\\)\{(?P<bare>=)?(?P<name>[a-z][a-z_]*?)(?P<tail>_[a-z0-9]+)?\}")


class RuleModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Example(BaseModel):
    """A text in which «…» marks what the rule must claim; further keys are values that the record must have."""

    model_config = ConfigDict(frozen=True, extra="allow")

    text: str = ""
    given: Mapping[str, Any] = {}

    @property
    def expected(self) -> dict[str, Any]:
        return dict(self.model_extra or {})

    def marked(self) -> tuple[str, tuple[Span, ...]]:
        """The text without its «…» and the spans that they marked."""
        parts, spans, size = [], [], 0
        for i, part in enumerate(regex.split("[«»]", self.text)):
            if i % 2:
                spans.append(Span(size, size + len(part)))
            parts.append(part)
            size += len(part)
        return "".join(parts), tuple(spans)


class Rule(RuleModel):
    """An entry of a rule file: every example must be claimed by it, no `never` may be."""

    id: str
    examples: tuple[Example, ...] = ()
    never: tuple[str, ...] = ()


class RuleFile(RuleModel):
    """One `rules/NAME.toml`; a subclass lists its tables as fields."""

    file: ClassVar[str]

    def entries(self) -> Iterator[Rule]:
        """Every rule of the file, table by table."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            for entry in value if isinstance(value, tuple) else (value,):
                if isinstance(entry, Rule):
                    yield entry


T = TypeVar("T", bound=RuleFile)


class Rules:
    """All rule files of a run, and one version (a hash of their text) for them."""

    def __init__(self, data: Mapping[str, dict[str, Any]], version: str) -> None:
        self.data = data
        self.version = version
        self._typed: dict[type[RuleFile], RuleFile] = {}

    def of(self, kind: type[T]) -> T:
        """The rule file that `kind` describes, validated once. Raises RuleError."""
        if kind not in self._typed:
            self._typed[kind] = _validate(kind, self.data.get(kind.file, {}))
        found = self._typed[kind]
        assert isinstance(found, kind)
        return found


def _validate(kind: type[T], data: dict[str, Any]) -> T:
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where: Any = data
        rule = ""
        for step in first["loc"]:
            try:
                where = where[step]
            except (KeyError, IndexError, TypeError):
                break
            if isinstance(where, dict) and "id" in where:
                rule = where["id"]
        place = ".".join(str(step) for step in first["loc"])
        raise RuleError(f"{kind.file}.toml", rule, f"{place}: {first['msg']}") from None


def expand(pattern: str, slots: Mapping[str, str]) -> str:
    """Put slots into a pattern: `{year}年` → `(?P<year>…)年`. Raises KeyError with the name of a missing slot."""

    def put(match: regex.Match[str]) -> str:
        name, tail = match["name"], match["tail"] or ""
        if name + tail in slots:
            name, tail = name + tail, ""
        body = expand(slots[name], slots) if "{" in slots[name] else slots[name]
        return f"(?:{body})" if match["bare"] else f"(?P<{name}{tail}>{body})"

    filled: str = _SLOT.sub(put, pattern)
    return filled


def compiled(pattern: str, slots: Mapping[str, str] | None = None) -> regex.Pattern[str]:
    """Raises PatternError in words that a rule's author can act on."""
    try:
        return regex.compile(expand(pattern, slots or {}), regex.V1 | regex.MULTILINE)
    except KeyError as error:
        raise PatternError(f"no slot named {error.args[0]!r} in {pattern!r}") from None
    except regex.error as error:
        raise PatternError(f"{error} in {pattern!r}") from None


def _regex(value: Any) -> Any:
    return compiled(value) if isinstance(value, str) else value


Regex = Annotated[regex.Pattern[str], BeforeValidator(_regex)]  # a field of this type is a pattern without slots
Word = Annotated[str, StringConstraints(min_length=1)]


def scan(pattern: regex.Pattern[str], text: str, start: int = 0, end: int | None = None) -> Iterator[regex.Match[str]]:
    """`finditer` that gives up after TIMEOUT for each STRETCH. Raises RuleError."""
    length = (len(text) if end is None else min(end, len(text))) - start
    limit = TIMEOUT * (1 + max(0, length) // STRETCH)
    try:
        yield from pattern.finditer(text, start, end, timeout=limit)
    except TimeoutError:
        raise RuleError(
            "rules", "", f"the pattern {pattern.pattern[:80]!r} took over {limit:g} s on one text"
        ) from None


def shipped() -> Path:
    """The rules beside a checkout's pyproject.toml, else those inside the installed package."""
    checkout = Path(__file__).parent.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "rules").is_dir():
        return checkout / "rules"
    return Path(str(resources.files("extractor"))) / "rules"


def _overlay(base: dict[str, Any], top: dict[str, Any]) -> dict[str, Any]:
    """`top` over `base`: tables by key, lists of tables by id, other lists joined.

    An entry that replaces another keeps its place, for rules may be tried in order; a new one comes before all.
    """
    merged = dict(base)
    for key, value in top.items():
        old = merged.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merged[key] = _overlay(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            known = {_id(entry) for entry in old} - {None}
            replaced = {_id(entry): entry for entry in value if _id(entry) in known}
            kept = [replaced.get(_id(entry), entry) for entry in old]
            merged[key] = [*(entry for entry in value if _id(entry) not in known), *kept]
        else:
            merged[key] = value
    return merged


def _id(entry: Any) -> Any:
    return entry.get("id") if isinstance(entry, dict) else None


@cache
def load(folder: Path | None = None) -> Rules:
    """The shipped rules, with those of `folder` laid over them.

    Raises RuleError for a file that is no TOML or has a name that no rules have: it would change nothing.
    """
    if folder is not None and not folder.is_dir():
        raise RuleError(str(folder), "", "there is no such folder of rules")
    own, given = files(shipped()), files(folder) if folder else {}
    for name in sorted(given.keys() - own.keys()):
        raise RuleError(name, "", f"there are no rules of that name; known are {', '.join(own)}")
    return laid(own, given)


def files(folder: Path) -> dict[str, bytes]:
    """The rule files of a folder by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.toml"))}


def laid(*layers: Mapping[str, bytes]) -> Rules:
    """Rule files by name, those of a layer laid over those before it. Raises RuleError for a file that is no TOML."""
    data: dict[str, dict[str, Any]] = {}
    digest = hashlib.sha256()
    for name, raw in (pair for layer in layers for pair in layer.items()):
        digest.update(name.encode() + b"\0" + raw)
        try:
            entries = tomllib.loads(raw.decode("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise RuleError(name, "", f"is no TOML: {error}") from None
        stem = name.removesuffix(".toml")
        data[stem] = _overlay(data.get(stem, {}), entries)
    return Rules(data, digest.hexdigest()[:12])
