"""Programs tried one by one: how much infer knows of them, and the first thing it knows that is not so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, seed, settings

from dllint.values.value import Value
from tests.oracle.facts import SHARES, contradictions, inferred
from tests.oracle.programs import Program, programs, systematic


class Contradiction(AssertionError):
    """torch says otherwise: the program, and what infer says of it."""


@dataclass(slots=True)
class Count:
    """How many programs were tried, and of how many of their values each fact was asked, and known."""

    programs: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)

    def add(self, found: Mapping[str, Value]) -> None:
        self.programs += 1
        for fact, is_known in SHARES.items():
            answers = [answer for answer in map(is_known, found.values()) if answer is not None]
            self.asked[fact] += len(answers)
            self.known[fact] += sum(answers)

    def share(self, fact: str) -> float:
        return self.known[fact] / self.asked[fact]

    def __str__(self) -> str:
        shares = (f"{self.share(fact):.1%} of {self.asked[fact]} {fact} known" for fact in SHARES)
        return f"{self.programs} programs, {', '.join(shares)}"


def tried(program: Program) -> Mapping[str, Value]:
    """What infer knows of one program. Contradiction."""
    known = inferred(program)
    for what in contradictions(program, known):
        raise Contradiction(what)
    return known.found


def try_all(number: int, told: Callable[[Count], object] = lambda count: None, start: int = 0) -> Count:
    """Every template on its own, then so many random programs, which are counted. Contradiction, shrunk.

    start: the same programs come of the same one.
    """
    for program in systematic():
        tried(program)
    count = Count()

    @seed(start)
    @settings(max_examples=number, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(programs())
    def check(program: Program) -> None:
        count.add(tried(program))
        told(count)

    check()
    return count
