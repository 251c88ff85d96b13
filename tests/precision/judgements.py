"""Judgements that readers made of findings, kept beside this file: one a line, found again by fingerprint."""

from __future__ import annotations

import csv
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from tests.precision.sightings import Sighting

KEPT = Path(__file__).with_name("judgements.tsv")

VERDICTS = ("true", "harmless", "false")
"""true: a bug, or for advice a habit, that its author would mend when told. harmless: so it is, and nothing gets worse
by it, or its author says that it is meant. false: not so, or so only for a reader who wants it to be."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reader of the source said of one finding. at: the commit that was read."""

    repository: str
    at: str
    rule: str
    place: str  # path:line, for the next reader
    fingerprint: str
    verdict: str
    reason: str

    @property
    def key(self) -> tuple[str, str]:
        return self.repository, self.fingerprint


COLUMNS = [column.name for column in fields(Judgement)]


def judgements(path: Path = KEPT) -> dict[tuple[str, str], Judgement]:
    """Judgements by repository and fingerprint. ValueError, with the line, for one that says too little."""
    found: dict[tuple[str, str], Judgement] = {}
    with path.open(encoding="utf-8") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        for number, row in enumerate(rows, start=1):
            if row == COLUMNS and number == 1:
                continue
            if len(row) != len(COLUMNS) or row[5] not in VERDICTS or not row[6]:
                raise ValueError(f"{path}:{number}: {', '.join(COLUMNS)} are wanted, verdict of {', '.join(VERDICTS)}")
            one = Judgement(*row)
            if one.key in found:
                raise ValueError(f"{path}:{number}: judged before, at {found[one.key].place}")
            found[one.key] = one
    return found


def blank(sighting: Sighting) -> str:
    """The line to fill in for a finding that nobody judged."""
    at = sighting.repository.commit[:12]
    row = Judgement(
        sighting.repository.name, at, sighting.rule, sighting.place, sighting.fingerprint, "VERDICT", "REASON"
    )
    return "\t".join(astuple(row))
