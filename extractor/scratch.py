"""Folders to work in, inside an archive, that go with whoever made them, and with the next one if that was killed.

Who lives holds a lock, which the system takes from a process that ends in whatever way. A folder that was abandoned is
renamed before it is emptied: what another process of a killed run still writes into it finds no folder, and can put
nothing in the place of a newer result.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from uuid import uuid4

_LOCK = "lock"
_ABANDONED = 86_400.0  # seconds after which a folder is given up where the file system has no locks
_own: set[Path] = set()  # a lock does not keep out the process that holds it


@contextmanager
def scratch(archive: Path, kind: str) -> Iterator[Path]:
    """A new folder `.KIND-…` in the archive; it goes with all that is left in it."""
    folder = archive.resolve() / f".{kind}-{uuid4().hex[:12]}"
    folder.mkdir(parents=True)
    _own.add(folder)
    try:
        with (folder / _LOCK).open("wb") as lock:
            with suppress(OSError):
                _acquire(lock)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _own.discard(folder)


def sweep(archive: Path, *kinds: str) -> bool:
    """Clear away the folders of these kinds whose makers are gone; whether one is left whose maker is another process."""
    left = False
    for kind in kinds:
        for folder in sorted(archive.resolve().glob(f".{kind}-*")):
            if folder in _own:
                continue
            if _abandoned(folder):
                _remove(folder)
            else:
                left = True
    return left


def _remove(folder: Path) -> None:
    gone = folder.with_name(f"{folder.name}-gone")
    with suppress(OSError):
        folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def _abandoned(folder: Path) -> bool:
    try:
        with (folder / _LOCK).open("r+b") as lock:
            _acquire(lock)
    except FileNotFoundError:
        return True
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # a share without locks
        return time.time() - folder.stat().st_mtime > _ABANDONED
    return True


def _acquire(lock: IO[bytes]) -> None:
    """Raises BlockingIOError or PermissionError where another process has it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        # of the process, not of the open file: a child that outlives its parent does not hold it
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
