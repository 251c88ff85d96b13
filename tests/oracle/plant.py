"""How many planted faults the oracle catches: `python -m tests.oracle.plant`.

Ends with status 1 when fewer than 95 of 100 are caught.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence

from tests.oracle.faults import Fault, faults
from tests.oracle.programs import Program, drawn, systematic
from tests.oracle.shape_faults import shape_faults
from tests.oracle.trial import tried

LEAST_CAUGHT = 0.95


def main() -> None:
    """Plant each fault, and name those that no program shows."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--programs", type=int, default=400, metavar="N", help="random ones, beside those of each call")
    asked.add_argument("--only", default="", metavar="WORD", help="faults whose name has this")
    given = asked.parse_args()
    programs = [*systematic(), *_random(given.programs)]
    for program in programs:
        tried(program)
    planted = [fault for fault in (*faults(), *shape_faults()) if given.only in fault.name]
    missed = [fault for fault in planted if not caught(fault, programs)]
    for fault in missed:
        print(f"not caught: {fault.name}")
    print(f"{len(planted) - len(missed)} of {len(planted)} faults are caught by {len(programs)} programs")
    sys.exit(len(missed) > (1 - LEAST_CAUGHT) * len(planted))


def _random(number: int) -> Iterator[Program]:
    for start in range(number):
        chance = random.Random(start)
        yield drawn(start, [chance.getrandbits(32) for _ in range(12)])


def caught(fault: Fault, programs: Sequence[Program]) -> bool:
    """Whether a program shows it: infer contradicts torch, or breaks."""
    with fault.plant():
        return any(_shows(program) for program in programs if fault.word in program.source)


def _shows(program: Program) -> bool:
    try:
        tried(program)
    except AssertionError:
        return True
    return False


if __name__ == "__main__":
    main()
