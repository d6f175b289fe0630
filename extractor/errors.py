"""The errors that callers may meet.

ExtractorError
├── ReadError       a file cannot be read: names the file, a short code and the reason
│   └── NoArchive   a folder that is given for an archive and is none
├── WriteError      the results cannot be written
├── QueryError      SQL that an archive cannot answer
├── ClusterError    a cluster that cannot be reached, or whose workers cannot do the work
├── EvidenceError   a working paper cannot be made, or a pack is not what it says
└── RuleError       a rule file is wrong: names file, rule, example and what came out instead
    └── PatternError  a pattern that does not compile

Every message is a sentence that a user can act on. `code` is stable and goes into the manifest.
"""

from __future__ import annotations

from pathlib import Path


class ExtractorError(Exception):
    """Base of every error that this package raises on purpose."""

    code = "error"


class ReadError(ExtractorError):
    """A source file cannot be turned into records.

    Codes: missing, directory, empty, binary, encrypted, damaged, too_large, unsupported, ambiguous, denied;
    list for a list of series that is wrong.
    """

    def __init__(self, name: str, code: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.code = code
        self.reason = reason


class NoArchive(ReadError):
    """A folder that is given for an archive and is none."""

    def __init__(self, folder: Path) -> None:
        reason = "this is no archive, for it has no manifest.jsonl; name the folder of results that extract wrote"
        super().__init__(str(folder), "missing", reason)


class WriteError(ExtractorError):
    """The folder for the results cannot be written: no right to, a file in its place, no space left."""

    code = "write"

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(f"{folder}: the results cannot be written there: {reason}")
        self.folder = folder
        self.reason = reason

    def __reduce__(self) -> tuple[type[WriteError], tuple[str, str]]:
        """As children hand it on."""
        return WriteError, (self.folder, self.reason)


class ClusterError(ExtractorError):
    """A cluster that cannot be reached, has no workers, or whose workers lack what the work needs."""

    code = "cluster"


class QueryError(ExtractorError):
    """SQL that is wrong, or would write: what the database says, on one line."""

    code = "query"

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.partition("\n\nLINE ")[0].split()))


class EvidenceError(ExtractorError):
    """A working paper that cannot be made, or a pack that is not what its source gives."""

    code = "evidence"


class RuleError(ExtractorError):
    """A rule file does not load, or one of its own examples fails."""

    code = "rule"

    def __init__(self, file: str, rule: str, problem: str) -> None:
        super().__init__(f"{file}: rule {rule!r}: {problem}" if rule else f"{file}: {problem}")
        self.file = file
        self.rule = rule
        self.problem = problem


class PatternError(RuleError, ValueError):
    """A pattern that does not compile: in a field of a rule file pydantic takes it, and says which; else it goes up."""

    def __init__(self, problem: str) -> None:
        super().__init__("rules", "", problem)

    def __reduce__(self) -> tuple[type[PatternError], tuple[str]]:
        return PatternError, (self.problem,)
