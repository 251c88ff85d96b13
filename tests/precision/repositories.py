"""The public repositories that findings are judged in, and what each stands for."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

KEPT = Path(__file__).with_name("repositories.tsv")

GROUPS = {"clean": "well kept", "wild": "ordinary", "wrong": "wrong on purpose", "none": "no deep learning"}
"""Role → the group it is counted in."""


@dataclass(frozen=True, slots=True)
class Repository:
    """One repository at one commit. name: owner/name."""

    name: str
    commit: str
    role: str

    def folder(self, checkouts: Path) -> Path:
        """Where its files lie: `owner+name` below the folder of all checkouts."""
        return checkouts / self.name.replace("/", "+")


def repositories(path: Path = KEPT) -> list[Repository]:
    """The repositories of a table. ValueError, with the line, for a role that nobody knows."""
    with path.open(encoding="utf-8") as rows:
        found = [
            Repository(row["repository"], row["commit"], row["role"]) for row in csv.DictReader(rows, delimiter="\t")
        ]
    for number, one in enumerate(found, start=2):
        if one.role not in GROUPS:
            raise ValueError(f"{path}:{number}: {one.role!r} is none of {', '.join(GROUPS)}")
    return found
