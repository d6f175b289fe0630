"""A .zip is a folder whose files lie in it: listed and read in a child, bounded before anything is unpacked.

Names without the UTF-8 flag are the bytes of whoever packed them: UTF-8 or, on a Chinese Windows, GB18030.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from pathlib import PurePath, PurePosixPath
from typing import NamedTuple

import regex

from extractor import readers
from extractor.archive.walk import Job, unread
from extractor.errors import ReadError

MAX_MEMBERS = 5_000
MAX_UNPACKED = 1 << 30  # bytes of all members together
MAX_RATIO = 100  # unpacked to packed, of a member and of the whole
RATIO_FLOOR = 10 << 20  # bytes; below this size a ratio harms nobody
_OFFICE = regex.compile(r"(?i)(?:\[content_types\]\.xml|mimetype|ofd\.xml|word/document\.xml|(?:.*/)?meta-inf/.*)")
_UNSAFE = regex.compile(r"^(?:/|[A-Za-z]:)|(?:^|/)\.\.(?:/|$)|[\0-\x1f]")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, NotImplementedError, RuntimeError)


class Refused(NamedTuple):
    """A member, or the .zip itself, that is not opened."""

    job: Job
    code: str
    message: str


def members(job: Job) -> list[Job | Refused] | None:
    """The files of a .zip in order of name; None for an Office file that is only named so, or no zip at all."""
    try:
        with zipfile.ZipFile(job.path) as archive:
            infos = archive.infolist()
            if any(_OFFICE.fullmatch(info.filename.replace("\\", "/")) for info in infos):
                return None
            _guard(job, infos)
            found = [_member(job, i, archive, info) for i, info in enumerate(infos) if not _idle(info)]
    except ReadError as error:
        return [Refused(job, error.code, error.reason)]
    except BROKEN:
        return None  # the reader says what is wrong with it
    if not found:
        return [Refused(job, "empty", "the zip holds no file to read")]
    return sorted(_distinct(found), key=lambda one: (one.job if isinstance(one, Refused) else one).name)


def content(job: Job) -> bytes:
    """The bytes of a member. Raises ReadError."""
    assert job.member is not None
    try:
        with zipfile.ZipFile(job.path) as archive:
            return archive.read(archive.infolist()[job.member])
    except BROKEN as error:
        raise ReadError(job.name.name, "damaged", f"it cannot be unpacked from the zip ({error})") from error


def _guard(job: Job, infos: list[zipfile.ZipInfo]) -> None:
    """Python's zipfile never unpacks more than the size that an entry declares: the sums can be trusted."""
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > MAX_MEMBERS:
        raise ReadError(
            job.label, "too_large", f"the zip has {len(infos):,} entries, over the limit of {MAX_MEMBERS:,}"
        )
    if unpacked > MAX_UNPACKED:
        size = f"{unpacked >> 20:,} MB, over the limit of {MAX_UNPACKED >> 20:,} MB"
        raise ReadError(job.label, "too_large", f"the zip would unpack to {size}; unpack it and give the folder")
    if unpacked > max(RATIO_FLOOR, MAX_RATIO * job.path.stat().st_size):
        raise ReadError(job.label, "too_large", "the zip would unpack to over 100 times its size, as zip bombs do")


def _idle(info: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(_name(info)).parts
    return not parts or _name(info).endswith("/") or any(unread(p) or p == "__MACOSX" for p in parts if p != "..")


def _member(job: Job, index: int, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Job | Refused:
    name = _name(info)
    member = Job(job.path, job.name / _safe(name), job.root or job.name.name, index)
    if _UNSAFE.search(name):
        return Refused(member, "unsafe", f"its name in the zip, {name!r}, leads out of the folder for the results")
    if info.flag_bits & 1:
        return Refused(member, "encrypted", "it is encrypted in the zip; unpack it with its password")
    if info.file_size > readers.LARGEST:
        size = f"{info.file_size >> 20:,} MB, over the limit of {readers.LARGEST >> 20} MB"
        return Refused(member, "too_large", f"the file has {size}")
    if info.file_size > max(RATIO_FLOOR, MAX_RATIO * info.compress_size):
        return Refused(member, "too_large", "it would unpack to over 100 times its size, as zip bombs do")
    if member.name.suffix.lower() == ".zip":
        return Refused(member, "unsupported", "a zip inside a zip is not opened; unpack the outer one first")
    try:
        with archive.open(info) as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
            return member._replace(sha256=digest, size=info.file_size)
    except BROKEN as error:
        return Refused(member, "damaged", f"it cannot be unpacked from the zip ({error})")


def _name(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        for encoding in ("utf-8", "gb18030"):
            try:
                name = info.filename.encode("cp437").decode(encoding)
                break
            except UnicodeError:
                continue
    return name.replace("\\", "/")


def _safe(name: str) -> PurePath:
    """A name that stays below the .zip: it is the key of the manifest, and the place of the result."""
    parts = [part for part in regex.sub(r"[\0-\x1f:]", "_", name).split("/") if part not in ("", ".")]
    return PurePath(*("__" if part == ".." else part for part in parts))


def _distinct(found: list[Job | Refused]) -> list[Job | Refused]:
    """A name that a zip holds twice gets a number: `a.txt`, `a (2).txt`."""
    seen: dict[PurePath, int] = {}
    named: list[Job | Refused] = []
    for one in found:
        job = one.job if isinstance(one, Refused) else one
        seen[job.name] = seen.get(job.name, 0) + 1
        if seen[job.name] > 1:
            job = job._replace(name=job.name.with_name(f"{job.name.stem} ({seen[job.name]}){job.name.suffix}"))
        named.append(one._replace(job=job) if isinstance(one, Refused) else job)
    return named
