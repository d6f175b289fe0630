"""Where commands print: a terminal, or a pipe or file, in which nothing is cut or wrapped to a width."""

from __future__ import annotations

import sys

from rich.console import Console

_WIDE = 100_000  # columns: no row of a table is as wide


def console(*, stderr: bool = False) -> Console:
    """What is printed is plain text; markup in it is what a report says, and stays as it is."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, markup=False, width=None if stream.isatty() else _WIDE)
