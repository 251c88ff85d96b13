"""What becomes of an operation that may go wrong: whether a network or a loss gets what is made of its result.

A picture that is stretched for the eye may well be of one color; nobody trains on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dllint.events import Call, Event
from dllint.infer import forwards
from dllint.plain import replace
from dllint.values.exponents import predicted, scored, tempered
from dllint.values.term import Operand, Term, unmoved
from dllint.values.value import NO_DEPS, NONE, Deps, RiskKey, Site, Tensor, Value, atoms, with_deps
from dllint.values.zeros import attains_zero, is_spread

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

DIVISIONS = frozenset({"div", "divide", "true_divide", "div_", "divide_", "true_divide_"})
SUMS = frozenset({"add", "add_", "sub", "sub_"})
RISKS = DIVISIONS | {"exp", "exp_"}


def of_division(m: Machine, divisor: Tensor, site: Site) -> Deps:
    """What a quotient is made of: the division itself, where the divisor may be 0; what a network computes matters."""
    if not (attains_zero(divisor.term) or is_spread(divisor.term)):
        return NO_DEPS
    key = RiskKey(site)
    if forwards.inside(m):
        m.reached.add(key)
    return frozenset((key,))


def taken(m: Machine, name: str, bound: dict[str, Value], found: Value, site: Site) -> Value:
    """What torch.div and its kin, or an exponential, give: made of what may go wrong, where it may."""
    if name in DIVISIONS:
        divisors = (atom for atom in atoms(bound.get("other") or bound.get("y", NONE)) if type(atom) is Tensor)
        return with_deps(found, NO_DEPS.union(*(of_division(m, divisor, site) for divisor in divisors)))
    for atom in atoms(found):
        if type(atom) is Tensor and any(map(predicted, atom.term.of)):
            _raised(m, atom.term)
            found = with_deps(found, frozenset((RiskKey(site),)))
    return found


def _raised(m: Machine, power: Term) -> None:
    """Note of which layer an exponential is: a sum with both may tell that the loss keeps it small."""
    layer, negative = scored(power.of[0])
    if layer is not None and not negative:
        m.exponents[power.made] = layer


def summed(m: Machine, *sides: Operand) -> None:
    """A sum: an exponential in it may be one that the loss itself keeps small."""
    if (layer := tempered(sides, m.exponents)) is not None:
        m.tempered.add(layer)


def reached(m: Machine, made: Deps) -> None:
    """A loss is computed of what is made from these."""
    m.reached.update(key for key in made if type(key) is RiskKey)


def settle(m: Machine) -> None:
    """At the end of a run: the operations whose results somebody trains on, or predicts from."""
    found = m.reached.union(m.trained, *(event.given for event in m.forwards.values()))
    events = m.record.events
    by_hand = set(_by_hand(events)) if found else ()
    for index, event in enumerate(events):
        if type(event) is Call and RiskKey(event.where.site) in found:
            held = any(scored(given.term)[0] in m.tempered for given in event.given("exponent"))
            guarded = event.guarded or held or event.where.site in by_hand
            events[index] = replace(event, reaches=True, guarded=guarded)


def _by_hand(events: list[Event]) -> Iterator[object]:
    """Where the exponentials stand that are a part of a softmax or a logsumexp by hand, and judged as one."""
    for event in events:
        for given in event.arguments if type(event) is Call else ():
            match unmoved(given.term):
                case Term(op="exp", at=at) if given.wants in ("numerator", "positive"):
                    yield at
                case Term(op="sum", of=(inner, *_)) if given.wants == "positive":
                    yield getattr(unmoved(inner), "at", None)
