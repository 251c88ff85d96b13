"""Many random programs, run by torch and by infer: `python -m tests.oracle --programs 20000`.

Ends with status 1 at the first thing that infer knows and that is not so, and prints the program, shrunk.
"""

from __future__ import annotations

import argparse
import sys

from tests.oracle.trial import Contradiction, Count, try_all


def main() -> None:
    """Try them, and print how much is known."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--programs", type=int, default=20000, metavar="N")
    asked.add_argument("--seed", type=int, default=0, metavar="N", help="others come of another number")
    given = asked.parse_args()
    try:
        print(try_all(given.programs, _told, given.seed))
    except Contradiction as found:
        sys.exit(f"\n{found}")


def _told(count: Count) -> None:
    """A line of progress every thousand programs."""
    if count.programs % 1000 == 0:
        print(count, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
