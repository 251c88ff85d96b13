"""Conditions: what is true, what is assumed, and how a condition is said in a message."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dllint.findings import Confidence
from dllint.infer import objects, precautions
from dllint.infer.state import Args
from dllint.infer.store import PATH
from dllint.values.value import (
    FALSE,
    TRUE,
    Case,
    Const,
    Entries,
    Function,
    Guards,
    Ident,
    Items,
    Library,
    Many,
    ProjectModule,
    Ref,
    Tensor,
    TupleOf,
    Union,
    Unknown,
    Value,
    Weights,
    contradict,
    united,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def truth(m: Machine, value: Value) -> tuple[bool | None, Ident | None]:
    """Whether a value counts as true: known, or the identity of the condition that decides, or neither."""
    if type(value) is Union:
        return _truth_of_union(m, value)
    match value:
        case Const(value=constant):
            return bool(constant), None
        case Unknown(ident=ident):
            if ident is None:
                return None, None
            return holds(m, ident), ident
        case TupleOf(items=items):
            return bool(items), None
        case Tensor(term=term):
            precautions.asked(m, term)
            return None, None
        case Ref(id=number):
            return _truth_of_object(m, number), None
        case Function() | Library() | ProjectModule() | Weights():
            return True, None
        case _:
            return None, None


def _truth_of_union(m: Machine, value: Union) -> tuple[bool | None, Ident | None]:
    found = [(case.guards, truth(m, case.atom)[0]) for case in value.cases]
    verdicts = {verdict for _, verdict in found}
    if len(verdicts) == 1:
        return verdicts.pop(), None
    true = [guards for guards, verdict in found if verdict is True]
    if None not in verdicts and len(true) == 1 and len(true[0]) == 1:
        ((flag, polarity),) = true[0]
        return None, flag if polarity else ("not", flag)
    return None, None


def _truth_of_object(m: Machine, number: int) -> bool | None:
    """A container is true when it is not empty; an object as its class says; any other is."""
    match m.store.get((number, "[]")) or m.store.get((number, "{}")):
        case Items(values=kept, open=open_) | Entries(pairs=kept, open=open_):
            return None if open_ else bool(kept)
    for name in ("__bool__", "__len__"):
        own = objects.special(m, Ref(number), name)
        if own is not None:
            return truth(m, m.call(own, Args(), m.here.site))[0]
    return True


def holds(m: Machine, ident: Ident) -> bool | None:
    """What the conditions assumed so far say of this one."""
    word = ident[0]
    if word == "not":
        known = holds(m, ident[1])  # type: ignore[arg-type]
        return None if known is None else not known
    if word == "and" or word == "or":
        verdicts = [holds(m, part) for part in ident[1:]]  # type: ignore[arg-type]
        decisive = word == "or"
        known = decisive if decisive in verdicts else (not decisive if None not in verdicts else None)
        return m.path(ident) if known is None else known
    known = m.path(ident)
    if known is None and word == "==":
        value = m.store.get(((PATH, ident[1]), "value"))
        if value is not None:
            return value == ident[2]
    return known


def assume(m: Machine, ident: Ident, polarity: bool) -> None:
    """Take a condition as true or false from here on."""
    match ident:
        case ("not", inner):
            assume(m, inner, not polarity)  # type: ignore[arg-type]
        case ("and", *parts) if polarity:
            for part in parts:
                assume(m, part, True)  # type: ignore[arg-type]
        case ("or", *parts) if not polarity:
            for part in parts:
                assume(m, part, False)  # type: ignore[arg-type]
        case _:
            m.store.set(((PATH, ident), ""), Const(polarity))
            m.assumed = m.assumed | {(ident, polarity)}
            if ident[0] == "==" and polarity:
                m.store.set(((PATH, ident[1]), "value"), ident[2])  # type: ignore[arg-type]


def pruned(m: Machine, value: Value) -> Value:
    """The alternatives that the current path allows, with the conditions it already assumes left out."""
    if type(value) is not Union:
        return value
    kept: list[Case] = []
    changed = False
    for case in value.cases:
        guards = case.guards
        if guards:
            m.store.work += len(guards)
            verdicts = [(flag, truth, holds(m, flag)) for flag, truth in guards]
            if any(known is not None and known != truth for _, truth, known in verdicts):
                changed = True
                continue
            left: Guards = frozenset((flag, truth) for flag, truth, known in verdicts if known is None)
            changed = changed or left != guards
            guards = left
        kept.append(Case(guards, case.atom))
    if not changed:
        return value
    return united(kept) if kept else Unknown("no alternative agrees with the path")


def negated(value: Value) -> Value:
    """`not value` of one alternative."""
    match value:
        case Const(value=constant):
            return FALSE if constant else TRUE
        case Unknown(ident=("not", inner)):
            return Unknown(value.why, inner, deps=value.deps)  # type: ignore[arg-type]
        case Unknown(ident=ident):
            return Unknown(value.why, ("not", ident) if ident else None, deps=value.deps)
        case _:
            return Unknown("the truth of it is not known")


def equal(m: Machine, left: Value, right: Value) -> Value:
    """`left == right` of two alternatives that are not tensors."""
    match left, right:
        case Const(value=a), Const(value=b):
            return TRUE if a == b else FALSE
        case Unknown(ident=ident), Const() if ident is not None:
            return _asked(m, ("==", ident, right))
        case Const(), Unknown():
            return equal(m, right, left)
        case (Const(), Ref() | Function() | TupleOf() | Weights()) | (
            Ref() | Function() | TupleOf() | Weights(),
            Const(),
        ):
            return FALSE
    return TRUE if left == right and not isinstance(left, (Unknown, Many)) else Unknown("compared with an unknown")


def _asked(m: Machine, ident: Ident) -> Value:
    known = holds(m, ident)
    if known is not None:
        return TRUE if known else FALSE
    return Unknown("a condition", ident)


def named(m: Machine, ident: object) -> str:
    """An unknown by its name in the program, "" where it has none."""
    name = said(m, ident)
    return "" if name.startswith("a condition") else name


def said(m: Machine, ident: object) -> str:
    """A condition in words: "args.bfloat16", "args.model == 'unet'"."""
    match ident:
        case ("attr", base, name):
            return f"{said(m, base)}.{name}"
        case ("key", base, Const(value=key)):
            return f"{said(m, base)}[{key!r}]"
        case ("param", _, name):
            return str(name)
        case ("==", base, Const(value=None)):
            return f"{said(m, base)} is None"
        case ("==", base, Const(value=constant)):
            return f"{said(m, base)} == {constant!r}"
        case ("not", ("==", base, Const(value=None))):
            return f"{said(m, base)} is not None"
        case ("not", ("==", base, Const(value=constant))):
            return f"{said(m, base)} != {constant!r}"
        case ("in", base, Const(value=constant)):
            return f"{constant!r} in {said(m, base)}"
        case ("<" | ">" | "<=" | ">=" as op, base, Const(value=constant)):
            return f"{said(m, base)} {op} {constant!r}"
        case ("not", ("in", base, Const(value=constant))):
            return f"{constant!r} not in {said(m, base)}"
        case ("not", ("not", base)):
            return said(m, base)
        case ("not", ("and" | "or", *_) as joined):
            return f"not ({said(m, joined)})"
        case ("not", base):
            return f"not {said(m, base)}"
        case ("and" | "or" as word, *parts):
            return f" {word} ".join(said(m, part) for part in parts)
        case tuple() if ident in m.labels:
            return m.labels[ident]
        case _:
            return "a condition"


def subjects(guards: Guards) -> frozenset[object]:
    """What the conditions are about: `args.model == 'a'` and `args.model != 'b'` are about one thing."""
    return frozenset(_subject(flag) for flag, _ in guards)


def _subject(ident: Ident) -> object:
    match ident:
        case ("==", base, _):
            return base
        case ("not", inner):
            return _subject(inner)  # type: ignore[arg-type]
        case _:
            return ident


def when(m: Machine, guards: Guards) -> str:
    """The conditions as a message says them, those that hold first: "when args.bfloat16"."""
    true = sorted(said(m, flag) for flag, truth in guards if truth)
    false = sorted(said(m, ("not", flag)) for flag, truth in guards if not truth)
    # A choice says all: the others it excludes follow from it.
    words = true or false
    return f"when {' and '.join(words)}" if words else ""


def confidence(guards: Guards) -> Confidence:
    """How sure something is that holds under these conditions while an alternative differs.

    One thing decides (one option, one constructor argument): likely, and the condition is said. None that has a
    name, or several at once: possible.
    """
    about = subjects(_deciding(guards))
    return Confidence.LIKELY if len(about) == 1 and all(map(_stable, about)) else Confidence.POSSIBLE


def _deciding(guards: Guards) -> Guards:
    """Those that the others do not imply: where `kind == 'a'`, `kind == 'b' and size == 3` is false of itself."""
    chosen = {flag[1]: flag for flag, truth in guards if truth and flag[0] == "=="}
    return frozenset((flag, truth) for flag, truth in guards if truth or not _excluded(flag, chosen))


def _excluded(flag: object, chosen: dict[object, Ident]) -> bool:
    match flag:
        case ("and", *parts):
            return any(_excluded(part, chosen) for part in parts)
        case ("==", base, _):
            return chosen.get(base, flag) != flag
    return False


def sureness(guards: Guards, others: Iterable[tuple[Guards, bool]]) -> Confidence:
    """How sure an alternative is among others, each told with whether it says the same.

    Certain where all do. Under its own conditions it must be the only one left, else it is merely possible.
    """
    others = tuple(others)
    if all(alike for _, alike in others):
        return Confidence.CERTAIN
    if any(not alike and not contradict(own, guards) for own, alike in others):
        return Confidence.POSSIBLE
    return confidence(guards)


def chosen(guards: Guards) -> Guards:
    """The conditions by which a word picks one of several: a loss chosen so may not be meant for every network."""
    return frozenset(
        (flag, truth)
        for flag, truth in guards
        if truth and flag[0] == "==" and type(flag[2]) is Const and isinstance(flag[2].value, str)
    )


def stable(guards: Guards) -> Guards:
    """The conditions that are choices made once for a run."""
    return frozenset((flag, truth) for flag, truth in guards if _stable(_subject(flag)))


def _stable(ident: object) -> bool:
    """Whether a condition is a choice made once, not one that a loop asks anew in each pass."""
    match ident:
        case ("at", _, passes):
            return not any(isinstance(one, tuple) for one in passes)  # type: ignore[attr-defined]
        case ("param", *_) | ("options", *_) | ("name", *_) | ("module", *_):
            return True
        case ("attr" | "key" | "==" | "hasattr" | "in" | "<" | ">" | "<=" | ">=" | "isinstance" | "not", base, *_):
            return _stable(base)
        case ("and" | "or", *parts):
            return all(map(_stable, parts))
        case _:
            return False
