"""What a review file holds. The names are those in the JSON."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue, model_validator

from extractor.records import Model

SCHEMA_VERSION = "1"
Values = dict[str, JsonValue]
Decision = Literal["right", "wrong", "edited"]
_Line = Annotated[str, Field(max_length=10_000)]


class Verdict(Model):
    """What a person says of a record, a check or a row of a comparison.

    `text` and `quote` are its words and their sentence, `judged` its values as they were judged, `edits` those that
    should stand instead. `about` is the body whose reports were compared, empty for a record of one report. `by` and `at` (ISO 8601) are what the person, and the program that was used, put there.
    """

    fingerprint: Annotated[str, Field(pattern=r"^[0-9a-f]{8,64}$")]
    kind: Annotated[str, Field(pattern=r"^[a-z]+$")]
    rule: _Line
    verdict: Decision
    text: _Line
    quote: _Line
    judged: Values
    about: _Line = ""
    edits: Values = Field(default_factory=dict)
    reason: Annotated[str, Field(max_length=2_000)] = ""
    by: Annotated[str, Field(max_length=100)] = ""
    at: Annotated[str, Field(max_length=40)] = ""

    @model_validator(mode="after")
    def _whole(self) -> Verdict:
        if self.verdict == "wrong" and not self.reason.strip():
            raise ValueError("判为错误须写明理由")
        if (self.verdict == "edited") != bool(self.edits):
            raise ValueError("改正须改动至少一项取值")
        return self


class Review(Model):
    """The verdicts on one report or comparison, in order of fingerprint."""

    schema_version: str = SCHEMA_VERSION
    verdicts: tuple[Verdict, ...] = ()
