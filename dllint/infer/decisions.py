"""Scores that become decisions: compared with labels, or with the threshold of probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.events import Call
from dllint.infer import unbalanced
from dllint.values.kind import Kind
from dllint.values.value import BatchKey, Const, ForwardKey, Site, Tensor, Unknown, Value, atoms, deps

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

SCORES = frozenset({Kind.RAW, Kind.PROBABILITIES, Kind.LOG_PROBABILITIES, Kind.SIGMOID, Kind.LOG_SIGMOID})
HALF = (Const(0.5),)


def asked(m: Machine, op: str, left: Value, right: Value, site: Site) -> None:
    """scores == labels, scores > 0.5."""
    if op == "==":
        unbalanced.matched(m, left, right, site)
    if type(left) is not Tensor or left.kind not in SCORES or not any(type(key) is ForwardKey for key in left.deps):
        return
    if op == "==" and _is_label(right):
        m.note(_call(m, op, "labelled", left, site))
    elif op in (">", ">=", "round") and left.kind is Kind.RAW and right in HALF:
        m.thresholds.append((left.origin[0].site, _call(m, op, "halved", left, site)))


def _is_label(value: Value) -> bool:
    """Whether something is a part of a batch, and nothing that a network made of one."""
    made = deps(value)
    ours = any(type(key) is BatchKey for key in made) and not any(type(key) is ForwardKey for key in made)
    return ours and all(type(atom) is Unknown for atom in atoms(value))


def _call(m: Machine, op: str, wants: str, scores: Tensor, site: Site) -> Call:
    from dllint.infer import entries

    return Call(op, op, tuple(entries.given_as(m, "input", wants, scores)), m.where(site))


def learnt(m: Machine, value: Value) -> None:
    """A loss that applies sigmoid itself is given this: 0 decides there, not 0.5."""
    m.logits.update(atom.origin[0].site for atom in atoms(value) if type(atom) is Tensor and atom.origin)


def settle(m: Machine) -> None:
    """At the end of a run: thresholds of scores that such a loss is given, too."""
    for made, call in m.thresholds:
        if made in m.logits:
            m.note(call)
