"""Programs tried one by one: how much infer knows of them, and the first thing it knows that is not so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings

from dllint.values.value import Value
from tests.oracle.facts import SHARES, contradictions, inferred
from tests.oracle.programs import Program, programs, systematic


class Contradiction(AssertionError):
    """torch says otherwise: the program, and what infer says of it."""


@dataclass(slots=True)
class Count:
    """How many values were seen, and of how many each fact is known."""

    programs: int = 0
    values: int = 0
    known: Counter[str] = field(default_factory=Counter)

    def add(self, found: Mapping[str, Value]) -> None:
        self.programs += 1
        self.values += len(found)
        for fact, is_known in SHARES.items():
            self.known[fact] += sum(map(is_known, found.values()))

    def __str__(self) -> str:
        shares = (f"{self.known[fact] / self.values:.1%} of their {fact} known" for fact in SHARES)
        return f"{self.values} values of {self.programs} programs, {', '.join(shares)}"


def tried(program: Program) -> Mapping[str, Value]:
    """What infer knows of one program. Contradiction."""
    known = inferred(program)
    for what in contradictions(program, known):
        raise Contradiction(what)
    return known.found


def try_all(number: int, told: Callable[[Count], object] = lambda count: None) -> Count:
    """Every template on its own, then so many random programs, which are counted. Contradiction, shrunk."""
    for program in systematic():
        tried(program)
    count = Count()

    @settings(
        max_examples=number, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(programs())
    def check(program: Program) -> None:
        count.add(tried(program))
        told(count)

    check()
    return count
