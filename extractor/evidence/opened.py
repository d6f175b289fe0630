"""A pack from anywhere → its manifest and its members, in memory, bounded before anything is unpacked."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import regex
from pydantic import ValidationError

from extractor import readers
from extractor.archive.zips import BROKEN, MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, RATIO_FLOOR
from extractor.errors import EvidenceError
from extractor.evidence.pack import MANIFEST, PAPER, READ_ME, RESULT, SPANS
from extractor.evidence.records import Manifest

_LARGEST = 2 * readers.LARGEST  # bytes of a pack
_KNOWN = regex.compile(
    rf"{PAPER}|{READ_ME}|{RESULT}|{SPANS}|source/[^/\\]+|(?:own-)?rules/[^/\\]+\.toml|pages/[\w-]+\.png"
)
_OUTSIDE = regex.compile(r"^(?:/|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)|\\|[\0-\x1f]")


def opened(path: Path) -> tuple[Manifest, dict[str, bytes]]:
    """Raises EvidenceError for the first thing that no pack has, or that is not what its manifest says."""
    members = _members(path)
    if MANIFEST not in members:
        raise EvidenceError(f"{path.name} has no {MANIFEST}: it is no pack, or a part of one")
    manifest = _manifest(members.pop(MANIFEST))
    for difference in _differences(manifest, members):
        raise EvidenceError(difference)
    return manifest, members


def _members(path: Path) -> dict[str, bytes]:
    if not path.is_file():
        raise EvidenceError(f"there is no file {path}; name a pack that extractor evidence has made")
    if (size := path.stat().st_size) > _LARGEST:
        raise EvidenceError(f"{path.name} has {size >> 20:,} MB, over the limit of {_LARGEST >> 20} MB for a pack")
    data = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _guard(path.name, infos, len(data))
            return {info.filename: archive.read(info) for info in infos}
    except BROKEN as error:
        raise EvidenceError(f"{path.name} cannot be unpacked ({error}); copy or download it again") from error


def _guard(name: str, infos: list[zipfile.ZipInfo], size: int) -> None:
    """Python's zipfile never unpacks more than the size that an entry declares: the sums can be trusted."""
    unpacked, names = sum(info.file_size for info in infos), [info.filename for info in infos]
    if len(infos) > MAX_MEMBERS:
        raise EvidenceError(f"{name} has {len(infos):,} members, over the limit of {MAX_MEMBERS:,}")
    if unpacked > MAX_UNPACKED or unpacked > max(RATIO_FLOOR, MAX_RATIO * size):
        raise EvidenceError(f"{name} would unpack to {unpacked >> 20:,} MB, as zip bombs do; no pack does")
    if outside := [one for one in names if _OUTSIDE.search(one)]:
        raise EvidenceError(f"{name} has a member whose name, {outside[0]!r}, leads out of the pack")
    if twice := [one for one in names if names.count(one) > 1]:
        raise EvidenceError(f"{name} has two members named {twice[0]!r}")
    if any(info.flag_bits & 1 for info in infos):
        raise EvidenceError(f"{name} has encrypted members; no pack has")


def _manifest(data: bytes) -> Manifest:
    try:
        return Manifest.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise EvidenceError(f"{MANIFEST} is not that of a pack: {place or 'JSON'}: {first['msg']}") from None


def _differences(manifest: Manifest, members: dict[str, bytes]) -> Iterator[str]:
    listed = {member.name: member for member in manifest.members}
    yield from (f"{name!r} is in the pack and not in {MANIFEST}" for name in members if name not in listed)
    yield from (f"{name!r} is in {MANIFEST} and missing from the pack" for name in listed if name not in members)
    yield from (f"{name!r} is no member that a pack has" for name in members if not _KNOWN.fullmatch(name))
    for name, data in members.items():
        if (digest := hashlib.sha256(data).hexdigest()) != listed[name].sha256:
            yield f"{name} was changed: its SHA-256 is {digest}, {MANIFEST} says {listed[name].sha256}"
        if len(data) != listed[name].size:
            yield f"{name} has {len(data):,} bytes, {MANIFEST} says {listed[name].size:,}"
    if sum(name.startswith("source/") for name in members) != 1:
        yield "the pack has not one source file"
    yield from (f"{name} is missing from the pack" for name in (PAPER, READ_ME, RESULT, SPANS) if name not in members)
