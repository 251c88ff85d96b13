"""Masks of attention: what their True stands for, told by what they were computed of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.infer import terms
from dllint.values import mask
from dllint.values.kind import Kind
from dllint.values.term import Term, identity, unmoved
from dllint.values.value import Atom, Tensor, Unknown, Value, atoms

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def is_one(value: Atom) -> bool:
    """Whether a value may be a mask of booleans, of which something is known."""
    match value:
        case Tensor(kind=Kind.BOOLEAN | Kind.DUMMY) | Unknown(ident=("==" | "not", *_)):
            return True
    return False


def embedded(m: Machine, value: Value) -> None:
    """An embedding is given these: they are tokens."""
    m.tokens.update(identity(unmoved(terms.operand(m, atom))) for atom in atoms(value))
    m.tokens.discard(None)


def attends(m: Machine, found: Term) -> bool | None:
    """Whether True surely stands for what takes part; None where nobody can tell."""
    return mask.attends(found, m.tokens)
