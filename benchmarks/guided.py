"""Fuzzing guided by coverage: the targets of `fuzz.py`, whose chance is told by atheris instead of a seed.

    pip install atheris
    python benchmarks/guided.py TARGET [options of libFuzzer: -runs=100000 -max_total_time=300 CORPUS]

libFuzzer ends with the first finding and keeps its input as `crash-…` or `timeout-…`; with that file as the only
argument after TARGET it is run again.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import atheris

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests")]

with atheris.instrument_imports(include=["extractor"]):
    from fuzzers.targets import TARGETS


class Told(Random):
    """Chance that is read from bytes, so that a change of them changes one choice; after their end it goes on by seed."""

    def __init__(self, data: bytes) -> None:
        super().__init__(0)
        self.data, self.at = data, 0

    def getrandbits(self, k: int, /) -> int:
        size = (k + 7) // 8
        self.at += size
        told = self.data[self.at - size : self.at]
        return int.from_bytes(told, "little") & ((1 << k) - 1) if len(told) == size else super().getrandbits(k)

    def random(self) -> float:
        return self.getrandbits(16) / (1 << 16)


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"{__doc__}\nTargets: {', '.join(TARGETS)}")
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(
        [sys.argv[0], "-max_len=4096", "-len_control=0", "-timeout=10", *sys.argv[1:]],
        lambda data: target.run(target.make(Told(data))),
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
