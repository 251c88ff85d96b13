"""Operators on values: arithmetic keeps a kind only where the meaning survives it."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dllint.infer import (
    batches,
    conditions,
    containers,
    decisions,
    dtypes,
    entries,
    forwards,
    gradients,
    halves,
    images,
    keeping,
    loops,
    overloads,
    pooled,
    risks,
    shapes,
    terms,
    texts,
)
from dllint.infer.state import Args
from dllint.plain import replace
from dllint.values.by_hand import cross_entropy_by_hand, softmax_by_hand
from dllint.values.kind import PIXELS, Kind
from dllint.values.term import Term, operation
from dllint.values.value import (
    ALWAYS,
    FALSE,
    TRUE,
    Atom,
    Case,
    Const,
    Gradient,
    Ident,
    Items,
    Ref,
    Site,
    Step,
    Tensor,
    TupleOf,
    Union,
    Unknown,
    Value,
    cases,
    contradict,
    deps,
    guarded,
    lasting,
    united,
    with_deps,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
    "<<": operator.lshift,
    ">>": operator.rshift,
}
ORDER: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
NUMERIC = frozenset((*ORDER, "==", "!="))
BIGGEST = 1 << 64
ONE = Const(1)
LINEAR = {Kind.RAW, Kind.RELU, Kind.TANH, Kind.ACTIVATION}


def binary(m: Machine, op: str, left: Value, right: Value, site: Site) -> Value:
    """left op right, alternative by alternative."""
    if type(left) is Union or type(right) is Union:
        found: list[Case] = []
        for gl, a in cases(left):
            for gr, b in cases(right):
                if not contradict(gl, gr):
                    with m.perhaps():
                        found.extend(guarded(binary(m, op, a, b, site), gl | gr))
        return united(found)
    if type(left) is Ref or type(right) is Ref:
        made = overloads.binary(m, op, left, right, site)
        if made is not None:
            return made
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        return _tensors(m, op, left, right, site)
    match left, right:
        case Const(value=str(text)), _ if op == "%":
            return texts.filled(m, text, right, site)
        case Const(), Const():
            return _constants(m, op, left.value, right.value, site)
        case TupleOf(), TupleOf() if op == "+":
            return TupleOf((*left.items, *right.items))
        case Ref(), Ref() if op == "+":
            return _concatenated(m, left, right, site)
        case Ref(), Ref() if op == "|":
            return _merged(m, left, right, site)
        case Ref(), _ if op == "*":
            return _repeated(m, left, right, site)
    return shapes.arithmetic(op, left, right) or _of_unknowns(m, op, left, right, site)


def _of_unknowns(m: Machine, op: str, left: Value, right: Value, site: Site) -> Value:
    """Arithmetic on unknowns; made from a batch it may be a loss, and is itself when met again."""
    made = deps(left) | deps(right)
    if not made and op == "+" and right == ONE and type(left) is Unknown and left.ident is not None:
        return Unknown("one more", ("+", left.ident, ONE))
    if not made:
        return Unknown("arithmetic on unknowns")
    found = m.unknown("arithmetic on unknowns", site)
    pooled.computed(m, left, right, found)
    return Unknown(found.why, found.ident, deps=made)


def _constants(m: Machine, op: str, a: Any, b: Any, site: Site) -> Value:
    function = ARITHMETIC.get(op)
    if function is None or (op in ("**", "<<") and not _small(a, b)) or (op == "*" and not _small(a, b)):
        return Unknown("arithmetic on constants")
    try:
        result = function(a, b)
    except Exception:  # the program's own error: what it computes is nobody's business
        return Unknown("arithmetic that fails")
    if isinstance(result, (int, float)) and abs(result) > BIGGEST:
        return Unknown("a huge number")
    return Const(result)


def _small(a: object, b: object) -> bool:
    return isinstance(a, (int, float)) and isinstance(b, (int, float)) and abs(a) < 1 << 31 and abs(b) < 1 << 31


def _concatenated(m: Machine, left: Ref, right: Ref, site: Site) -> Value:
    a, b = m.store.get((left.id, "[]")), m.store.get((right.id, "[]"))
    if type(a) is Items and type(b) is Items:
        return containers.new_list(m, (*a.values, *b.values), site, open=a.open or b.open)
    return m.unknown("a sum of unknowns", site, (left, right))


def _merged(m: Machine, left: Ref, right: Ref, site: Site) -> Value:
    """A dict of the entries of both, or a set of the items of both."""
    if not _mergeable(m, left):
        return m.unknown("what two objects make", site, (left, right))
    made = containers.METHODS["copy"](m, left.id, Args(), site)
    if type(made) is Ref:
        containers.METHODS["update"](m, made.id, Args((right,)), site)
    return made


def _repeated(m: Machine, left: Ref, right: Value, site: Site) -> Value:
    items = m.store.get((left.id, "[]"))
    if type(items) is not Items:
        return m.unknown("a product of unknowns", site, (left, right))
    if type(right) is Const and isinstance(right.value, int) and 0 <= right.value * len(items.values) <= 64:
        return containers.new_list(m, items.values * right.value, site, open=items.open)
    return containers.new_list(m, items.values, site, open=True)


def _tensors(m: Machine, op: str, left: Value, right: Value, site: Site) -> Value:
    """A tensor and a tensor or number."""
    made = deps(left) | deps(right)
    tracked = any(v.tracked if isinstance(v, Tensor) else type(v) is not Const for v in (left, right))
    a = left.kind if isinstance(left, Tensor) else None
    b = right.kind if isinstance(right, Tensor) else None
    origin = left.origin if isinstance(left, Tensor) else right.origin if isinstance(right, Tensor) else ()
    how = Term(operation(op), (terms.operand(m, left), terms.operand(m, right)), (), site)
    if op == "/" and isinstance(right, Tensor):
        made |= entries.divided(m, left, right, site)
    elif isinstance(left, Tensor):
        entries.scaled(m, left, op, right, site)
    if op == "**" and right == Const(0.5) and isinstance(left, Tensor):
        entries.rooted(m, left, site)
    if op in "+-" and tracked and (written := cross_entropy_by_hand(how)) is not None:
        entries.written_out(m, written, tracked, site)
    if op == "-" and right in (Const(1), Const(1.0)) and isinstance(left, Tensor) and left.term.op == "exp":
        entries.lessened(m, left, site)
    if op == "*":
        pooled.multiplied(m, left, right, how, site)
    elif op == "@":
        pooled.paired(m, left, right, site)
    if op in "+-" and (type(left) is Const or type(right) is Const):
        halves.added(m, op, left, right, site)
    if op in "+-" and m.exponents:
        risks.summed(m, terms.operand(m, left), terms.operand(m, right))
    by_hand = op == "/" and softmax_by_hand(*how.of) if how.of else False
    kind = Kind.PROBABILITIES if by_hand else _kind(op, a, b, left, right)
    if by_hand:
        origin = (Step(site, "probabilities made by exp(x) / sum(exp(x))"),)
    shape, dtype = shapes.of_operator(m, op, left, right, site), dtypes.of_operator(op, left, right)
    if not dtype and op in "@*/":
        dtype = halves.of_operator(m, op, left, right)
    if kind in PIXELS:
        return Tensor(kind, (Step(site, f"{kind.value} made by {op} 255"),), made, tracked, term=how, shape=shape)
    if kind is Kind.UNKNOWN:
        found = Tensor(kind, (), made, tracked, "arithmetic changed its meaning", how, shape, dtype)
    else:
        found = Tensor(kind, origin, made, tracked, term=how, shape=shape, dtype=dtype)
    if op in "+-" and m.loops_later and isinstance(left, Tensor):
        return keeping.summed(m, left, right, found, site)
    return found


def _kind(op: str, a: Kind | None, b: Kind | None, left: Value, right: Value) -> Kind:
    """What the result of an operator on tensors means; None stands for a number or an unknown."""
    kinds = {k for k in (a, b) if k is not None}
    if kinds == {Kind.LOSS}:
        return Kind.LOSS
    if Kind.LOSS in kinds and (a is None or b is None):
        return Kind.LOSS if op in "+-*/" else Kind.UNKNOWN
    if op in "+-" and Kind.RAW in kinds and kinds <= LINEAR:
        return Kind.RAW
    if op in "&|^" and a is b is Kind.BOOLEAN:
        return Kind.BOOLEAN
    if op in "+-*/" and kinds == {Kind.RAW} and (a is None or b is None):
        return Kind.RAW  # scaled or shifted scores are scores, whatever the number
    if op in "+-" and b is None and a is not None and _tiny(right):
        return a
    if op == "-" and left in (Const(1), Const(1.0)) and b is Kind.SIGMOID:
        return Kind.SIGMOID
    if kinds == {Kind.DUMMY}:
        return Kind.DUMMY
    return images.scaled(op, a, right) or Kind.UNKNOWN


def _tiny(value: Value) -> bool:
    return type(value) is Const and isinstance(value.value, float) and abs(value.value) <= 1e-3


def unary(m: Machine, op: str, value: Value, site: Site) -> Value:
    """op value."""
    if op == "not":
        return _not(m, value)
    if type(value) is Union:
        return united(new for g, a in value.cases for new in guarded(unary(m, op, a, site), g))
    if type(value) is Ref:
        made = overloads.unary(m, op, value, site)
        if made is not None:
            return made
    match value:
        case Const(value=int() | float() as number):
            return Const(-number if op == "-" else ~number if op == "~" and isinstance(number, int) else number)
        case Tensor(kind=Kind.RAW | Kind.LOSS | Kind.DUMMY):
            return replace(value, term=Term("neg", (value.term,), (), site))
        case Tensor(kind=Kind.BOOLEAN) if op == "~":
            return replace(value, term=Term("logical_not", (value.term,), (), site))
        case Tensor():
            how = Term("neg", (value.term,), (), site)
            return Tensor(
                Kind.UNKNOWN, (), value.deps, value.tracked, "its sign was changed", how, value.shape, value.dtype
            )
        case Unknown(ident=("==" | "not", *_)) if op == "~":
            return conditions.negated(value)
        case _:
            return Unknown("an operator on an unknown", deps=deps(value))


def _not(m: Machine, value: Value) -> Value:
    known, _ = conditions.truth(m, value)
    if known is not None:
        return FALSE if known else TRUE
    if type(value) is Union:
        return united(new for g, a in value.cases for new in guarded(_not(m, a), g))
    return conditions.negated(value)


def compared(m: Machine, op: str, left: Value, right: Value, site: Site) -> Value:
    """left op right of a comparison."""
    if type(right) is Const and type(right.value) is int:
        m.compared.add(right.value)
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        if op in ("is", "is not"):
            return FALSE if op == "is" else TRUE
        both = deps(left) | deps(right)
        forwards.scored(m, both, site, "compared")
        decisions.asked(m, op, left, right, site)
        how = terms.comparison(m, op, left, right, site)
        shape = shapes.of_operator(m, op, left, right, site)
        origin = (Step(site, f"booleans made by {op}"),)
        return Tensor(Kind.BOOLEAN, origin, both, tracked=False, term=how, shape=shape, dtype="bool")
    if both := deps(left) | deps(right):
        forwards.scored(m, both, site, "compared")
    if type(right) is Const and type(right.value) in (int, float) and op in NUMERIC and batches.is_item(m, left):
        how = terms.comparison(m, op, left, right, site)
        return Tensor(Kind.BOOLEAN, (Step(site, f"booleans made by {op}"),), both, tracked=False, term=how)
    if type(left) is Union or type(right) is Union:
        found: list[Case] = []
        for gl, a in cases(left):
            for gr, b in cases(right):
                if not contradict(gl, gr):
                    found.extend(guarded(compared(m, op, a, b, site), gl | gr))
        return united(found)
    made = _compared(m, op, left, right, site)  # type: ignore[arg-type]
    return with_deps(made, lasting(both)) if both else made


def _compared(m: Machine, op: str, left: Atom, right: Atom, site: Site) -> Value:
    if type(left) is Ref or type(right) is Ref:
        made = overloads.compared(m, op, left, right, site)
        if made is not None:
            return made
    match op:
        case "==":
            return conditions.equal(m, left, right)
        case "!=":
            return conditions.negated(conditions.equal(m, left, right))
        case "is":
            return _identical(m, left, right)
        case "is not":
            return conditions.negated(_identical(m, left, right))
        case "in":
            return _contained(m, left, right)
        case "not in":
            return conditions.negated(_contained(m, left, right))
    if type(left) is Const and type(right) is Const:
        try:
            return Const(bool(ORDER[op](left.value, right.value)))
        except (TypeError, KeyError):
            return Unknown("a comparison that fails")
    if type(left) is Unknown and left.ident is not None and type(right) is Const:
        return Unknown("a comparison", (op, left.ident, right))
    return Unknown("a comparison of unknowns")


def _identical(m: Machine, left: Atom, right: Atom) -> Value:
    if right == Const(None) and not isinstance(left, (Unknown, Const)):
        return FALSE
    if type(left) is Ref and type(right) is Ref:
        return TRUE if left == right else FALSE
    return conditions.equal(m, left, right)


MOST_NAMED = 32
"""Items that a value may be one of, for that to be a condition that is known again: a table of models is not."""


def _contained(m: Machine, left: Atom, right: Atom) -> Value:
    items = loops.counted(m, right)
    if type(right) is Const and isinstance(right.value, str):
        if type(left) is Const and isinstance(left.value, str):
            return Const(left.value in right.value)
        return Unknown("a search in a string")
    if items is None:
        if type(right) is Unknown and right.ident is not None and type(left) is Const:
            return Unknown("whether it is in there", ("in", right.ident, left))
        return Unknown("a search in something unknown")
    if type(left) is Const and all(type(item) is Const for item in items):
        return Const(left.value in [item.value for item in items])  # type: ignore[union-attr]
    verdicts = [conditions.equal(m, left, item) for item in items if not isinstance(item, Union)]
    if TRUE in verdicts:
        return TRUE
    if all(v == FALSE for v in verdicts) and len(verdicts) == len(items):
        return FALSE
    idents = [v.ident for v in verdicts if type(v) is Unknown]
    if idents and all(i is not None for i in idents) and len(verdicts) == len(items) <= MOST_NAMED:
        return Unknown("one of a few", ("or", *idents))
    return Unknown("a search among unknowns")


def augmented(m: Machine, target: Value, op: str, value: Value, site: Site) -> Value:
    """What a name stands for after `target op= value`: a list, dict or set is changed itself, and so is a gradient."""
    if type(target) is Gradient:
        gradients.given_by_hand(m, added=op in "+-")
        return target
    if type(target) is Ref:
        if (op == "+" and type(m.store.get((target.id, "[]"))) is Items) or (op == "|" and _mergeable(m, target)):
            containers.METHODS["extend" if op == "+" else "update"](m, target.id, Args((value,)), site)
            return target
        made = overloads.in_place(m, op, target, value, site)
        if made is not None:
            return made
    return binary(m, op, target, value, site)


def _mergeable(m: Machine, target: Ref) -> bool:
    return m.heap[target.id].sort in ("dict", "set")


def boolean(m: Machine, op: str, values: list[Callable[[], Value]], site: Site) -> Value:
    """`a and b`, `a or b`: the first that decides; unknown ones may be any of them."""
    found: list[Value] = []
    idents: list[Ident | None] = []
    for thunk in values:
        value = thunk()
        known, ident = conditions.truth(m, value)
        if known is not None and known == (op == "or"):
            found.append(value)
            idents.append(None if len(found) > 1 else ident)
            break
        if known is None or thunk is values[-1]:
            found.append(value)
            idents.append(ident)
    if len(found) == 1:
        return found[0]
    if all(type(v) is Unknown for v in found):
        ident = (op, *idents) if all(i is not None for i in idents) else None
        return Unknown("a condition", ident, deps=deps(TupleOf(tuple(found))))
    if op == "or" and all(i is not None for i in idents[:-1]):
        return _first_true(found, idents)
    return m.one_of(found)


def _first_true(found: list[Value], idents: list[Ident | None]) -> Value:
    """`given or default`: the given where it is true, else the next."""
    made: list[Case] = []
    before = ALWAYS
    for value, ident in zip(found, idents, strict=True):
        if ident is None:
            made.extend(guarded(value, before))
            break
        made.extend(guarded(value, before | {(ident, True)}))
        before = before | {(ident, False)}
    return united(made)
