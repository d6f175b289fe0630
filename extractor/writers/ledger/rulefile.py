"""`rules/ledgers.toml`: which columns an office's ledger has, and what stands in them."""

from __future__ import annotations

from typing import ClassVar, Literal

from extractor.rules import RuleFile, RuleModel

Field = Literal[
    "number", "title", "issuer", "body", "parent", "problem", "task", "description", "money", "measures", "done", "next",
    "deadline", "responsible", "progress", "state", "mode", "outputs", "recovered", "accountable", "person",
]  # fmt: skip


class Column(RuleModel):
    """`labels` are fields of the report by their printed labels; where it has none of them, `field` is taken."""

    name: str
    field: Field
    labels: tuple[str, ...] = ()
    width: int = 16


class Profile(RuleModel):
    id: str
    rows: Literal["problems", "planned"]
    columns: tuple[Column, ...]


class LedgerRules(RuleFile):
    file: ClassVar[str] = "ledgers"
    ledger: tuple[Profile, ...] = ()
