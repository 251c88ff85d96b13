"""Patterns of `match`: whether a value is of one, and the names that it binds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dllint.infer import assign, introspection, loops, objects, operators
from dllint.infer.state import Args
from dllint.program import ir
from dllint.values.value import FALSE, TRUE, Ref, TupleOf, Unknown, Value, deps

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def matches(m: Machine, subject: Value, pattern: ir.Pattern) -> Value:
    """Whether the subject is of the pattern."""
    match pattern:
        case ir.Pattern(kind="wildcard") | ir.Pattern(kind="as", parts=[]):
            return TRUE
        case ir.Pattern(kind="as", parts=[part]):
            return matches(m, subject, part)
        case ir.Pattern(kind="value", exprs=[wanted]):
            return operators.compared(m, "==", subject, m.eval(wanted), m.site(pattern))
        case ir.Pattern(kind="or", parts=parts):
            return _any(matches(m, subject, part) for part in parts)
        case ir.Pattern(kind="class", exprs=[cls], parts=parts):
            verdict = introspection.is_instance(m, Args((subject, m.eval(cls))), m.site(pattern))
            return verdict if not parts or verdict == FALSE else Unknown("a pattern")
        case ir.Pattern(kind="sequence") if (items := _apart(m, subject, pattern)) is not None:
            if len(items) != len(pattern.parts):
                return FALSE
            return _all(matches(m, item, part) for item, part in zip(items, pattern.parts, strict=True))
    return Unknown("a pattern")


def _apart(m: Machine, subject: Value, pattern: ir.Pattern) -> tuple[Value, ...] | None:
    """The items of a sequence, where each is matched by a pattern of its own."""
    if any(part.kind == "star" for part in pattern.parts):
        return None
    is_list = type(subject) is Ref and m.heap[subject.id].sort == "list"
    return loops.counted(m, subject) if is_list or isinstance(subject, TupleOf) else None


def _any(found: Iterator[Value]) -> Value:
    verdicts = list(found)
    if TRUE in verdicts:
        return TRUE
    idents = [verdict.ident for verdict in verdicts if type(verdict) is Unknown]
    if all(ident is not None for ident in idents):
        return Unknown("a pattern", ("or", *idents)) if idents else FALSE
    return Unknown("a pattern")


def _all(found: Iterator[Value]) -> Value:
    verdicts = list(found)
    if FALSE in verdicts:
        return FALSE
    open_ = [verdict for verdict in verdicts if verdict != TRUE]
    if len(open_) < 2:
        return open_[0] if open_ else TRUE
    idents = [verdict.ident if type(verdict) is Unknown else None for verdict in open_]
    return Unknown("a pattern", ("and", *idents) if None not in idents else None)


def bind(m: Machine, subject: Value, pattern: ir.Pattern) -> None:
    """Bind the names of a pattern that the subject is of."""
    match pattern:
        case ir.Pattern(kind="as", names=names, parts=parts):
            for name in names:
                assign.assign_name(m, name, subject)
            for part in parts:
                bind(m, subject, part)
        case ir.Pattern(kind="sequence") if len(items := _apart(m, subject, pattern) or ()) == len(pattern.parts):
            for item, part in zip(items, pattern.parts, strict=True):
                bind(m, item, part)
        case ir.Pattern(kind="class", keys=keys, parts=parts) if len(keys) == len(parts):
            for key, part in zip(keys, parts, strict=True):
                bind(m, objects.attribute(m, subject, key), part)
        case _:
            for name in _captured(pattern):
                assign.assign_name(m, name, Unknown("a part of a matched value", deps=deps(subject)))


def _captured(pattern: ir.Pattern) -> list[str]:
    return [*pattern.names, *(name for part in pattern.parts for name in _captured(part))]
