"""The results of a source file in an archive: where they stand, and how they get there, whole or not at all.

They are written where the file was read, in a child or on another machine of a cluster, so that no bytes of them pass
through the process that keeps the manifest.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from extractor.errors import WriteError
from extractor.writers import FILES
from extractor.writers.files import write_whole

UNSAFE = "its name is too long or not allowed for a result; rename it"
REVIEW = "review"  # `NAME.review.json` stands beside the results of NAME and has a person's work in it
COMPARISON = "comparison"  # and `comparison.review.json` in the archive itself


class Place(NamedTuple):
    """An archive, and the folder of this run in it where results are drafted."""

    out: Path
    drafts: Path


def written(out: Path, label: object, format: str) -> Path:
    """Where a result of the source file with this label stands."""
    return out / f"{label}.{format}"


def put(place: Place, label: str, results: Mapping[str, bytes]) -> bool:
    """Write these results of a file and take away what an earlier run left of others; whether its name allows it.

    Raises WriteError.
    """
    if label == COMPARISON or label.endswith(f".{REVIEW}"):
        return False
    try:
        for format in FILES:
            if format not in results and written(place.out, label, format).exists():
                written(place.out, label, format).unlink()
        for format, data in results.items():  # two workers may be given one file, when a machine was out of reach
            write_whole(written(place.out, label, format), data, place.drafts / uuid4().hex)
    except OSError as error:
        if _unnameable(error):
            return False
        raise WriteError(str(place.out), error.strerror or str(error)) from None
    return True


def _unnameable(error: OSError) -> bool:
    """Whether it is the file's own name that does not fit, and no fault of the folder for the results."""
    return error.errno in (errno.ENAMETOOLONG, errno.EILSEQ, errno.EINVAL)
