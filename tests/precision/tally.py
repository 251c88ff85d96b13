"""How many of the findings are true, and how sure so few of them make us."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.precision.judgements import VERDICTS, Judgement
from tests.precision.sightings import Sighting

NOT_JUDGED = "not judged"
Z = 1.96  # 95 %


@dataclass(frozen=True, slots=True)
class Tally:
    """Findings by verdict."""

    by: Mapping[str, int]

    @property
    def findings(self) -> int:
        return sum(self.by.values())

    @property
    def judged(self) -> int:
        return sum(self.by.get(verdict, 0) for verdict in VERDICTS)

    @property
    def true(self) -> int:
        return self.by.get("true", 0)


def tally(sightings: Iterable[Sighting], kept: Mapping[tuple[str, str], Judgement]) -> Tally:
    """Findings counted by what their readers said."""
    return Tally(Counter(kept[one.key].verdict if one.key in kept else NOT_JUDGED for one in sightings))


def interval(true: int, judged: int) -> tuple[float, float]:
    """Wilson's interval: in 95 of 100 such counts the real share lies in it. (0, 1) when nothing is judged."""
    if not judged:
        return 0.0, 1.0
    share, spread = true / judged, Z * Z / judged
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * math.sqrt(share * (1 - share) / judged + spread / (4 * judged))
    return max(0.0, middle - half), min(1.0, middle + half)
