"""How often dllint is right on public code: `python -m tests.precision FOLDER` writes rules/PRECISION.md.

FOLDER holds checkouts, one folder `owner+name` each, of the repositories in repositories.tsv. Findings that nobody
judged yet are printed, each with the line for judgements.tsv that waits for a verdict and a reason; nothing judged
before is asked again. Ends with status 1 when there are any.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from dllint import rulebook
from tests.precision.judgements import blank, judgements
from tests.precision.page import Measured, page
from tests.precision.repositories import KEPT, Repository, repositories
from tests.precision.sightings import Sighting, sightings

PAGE = rulebook.builtin() / "PRECISION.md"


def main() -> None:
    """Run dllint on each repository, write the page, print what nobody judged."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--repositories", type=Path, default=KEPT, help="a table of others: repository, commit, role")
    asked.add_argument("--page", type=Path, default=PAGE, help="where to write")
    given = asked.parse_args()
    known, kept = repositories(given.repositories), judgements()
    found = [one for repository in known for one in _told(repository, given.folder)]
    measured = Measured(known, found, kept, rulebook.load())
    given.page.write_text(page(measured), "utf-8")
    new = [one for one in found if one.key not in kept]
    sys.stdout.writelines(_questions(new))
    sys.exit(bool(new))


def _told(repository: Repository, folder: Path) -> list[Sighting]:
    """The findings of a repository, with a line of progress."""
    found = sightings(repository, folder)
    print(f"{repository.name:60} {len(found):4}", file=sys.stderr, flush=True)
    return found


def _questions(new: Sequence[Sighting]) -> Iterator[str]:
    if new:
        yield f"{len(new)} findings wait for a reader:\n"
    for one in new:
        yield f"\n{one.repository.name} {one.place}\n  {one.confidence}: {one.message}\n{blank(one)}\n"


if __name__ == "__main__":
    main()
