"""The small program form that infer runs: what a parser read, without white space, comments and parentheses.

The names and fields follow Python's own `ast`, so that a reader needs no second vocabulary and a
differential test can compare the two. Every node carries `at`, the ordinal of its libcst node in the walk of
`statements.py`, whichever parser read it: `positions.py` turns ordinals into lines and columns, on demand.
"""

from __future__ import annotations

from dllint.plain import field, node


@node
class Node:
    at: int


# ---------------------------------------------------------------- expressions


class Expr(Node):
    """What has a value."""


@node
class Name(Expr):
    id: str


@node
class Constant(Expr):
    """A literal: int, float, complex, str, bytes, bool, None or Ellipsis (adjacent strings are joined)."""

    value: object


@node
class Attribute(Expr):
    value: Expr
    attr: str


@node
class Keyword(Node):
    """`name=value`, or `**value` when name is None."""

    arg: str | None
    value: Expr


@node
class Call(Expr):
    func: Expr
    args: list[Expr]  # a `*args` is a Starred
    keywords: list[Keyword]


@node
class Subscript(Expr):
    value: Expr
    index: Expr  # several indices are a Tuple, as in ast


@node
class Slice(Expr):
    lower: Expr | None
    upper: Expr | None
    step: Expr | None


@node
class Starred(Expr):
    value: Expr


@node
class Tuple(Expr):
    elts: list[Expr]


@node
class List(Expr):
    elts: list[Expr]


@node
class Set(Expr):
    elts: list[Expr]


@node
class Dict(Expr):
    keys: list[Expr | None]  # None for `**value`
    values: list[Expr]


@node
class BinOp(Expr):
    left: Expr
    op: str  # "+", "//", "@", …
    right: Expr


@node
class UnaryOp(Expr):
    op: str  # "-", "+", "~", "not"
    operand: Expr


@node
class BoolOp(Expr):
    op: str  # "and", "or"; a chain of one operator is one node, as in ast
    values: list[Expr]


@node
class Compare(Expr):
    left: Expr
    ops: list[str]  # "==", "is not", "in", …
    comparators: list[Expr]


@node
class IfExp(Expr):
    test: Expr
    body: Expr
    orelse: Expr


@node
class Lambda(Expr):
    params: Params
    body: Expr


@node
class Comprehension(Node):
    """One `for target in iter if …` of a comprehension."""

    target: Expr
    iter: Expr
    ifs: list[Expr]


@node
class Comp(Expr):
    """A comprehension or generator; `key` only for a dict."""

    kind: str  # "list", "set", "dict", "generator"
    key: Expr | None
    elt: Expr
    generators: list[Comprehension]


@node
class NamedExpr(Expr):
    target: Expr
    value: Expr


@node
class Await(Expr):
    value: Expr


@node
class Yield(Expr):
    """`yield value`, or `yield from value` when `delegates`."""

    value: Expr | None
    delegates: bool


@node
class JoinedStr(Expr):
    """An f-string (or t-string): its literal text as Constants, and the expressions in it."""

    parts: list[Expr]


@node
class Formatted(Expr):
    """A field of an f-string that says how it is written: `{value!r:>{width}}`. It has the ordinal of its value.

    conversion: "r", "s", "a", "" or "=", which stands for `{value=}`.
    """

    value: Expr
    conversion: str
    form: JoinedStr | None


# ------------------------------------------------------------------ parameters


@node
class Param(Node):
    name: str
    default: Expr | None
    annotation: Expr | None


@node
class Params(Node):
    posonly: list[Param]
    args: list[Param]
    vararg: Param | None
    kwonly: list[Param]
    kwarg: Param | None


# ------------------------------------------------------------------ statements


class Stmt(Node):
    """What is run for what it does."""


@node
class FunctionDef(Stmt):
    name: str
    params: Params
    body: list[Stmt]
    decorators: list[Expr]
    returns: Expr | None
    is_async: bool
    is_generator: bool  # a yield in its own body, not in a nested function
    mentions: frozenset[str]  # every name and attribute in it, and "/" for a division, nested functions included
    locals: frozenset[str]  # names it binds, less those declared global or nonlocal
    type_bounds: list[Expr] = field(default_factory=list)  # bounds and defaults of `[T: bound = default]`


@node
class ClassDef(Stmt):
    name: str
    bases: list[Expr]  # a `*bases` is a Starred
    keywords: list[Keyword]
    body: list[Stmt]
    decorators: list[Expr]
    mentions: frozenset[str]
    type_bounds: list[Expr] = field(default_factory=list)  # bounds and defaults of `[T: bound = default]`


@node
class Assign(Stmt):
    targets: list[Expr]
    value: Expr


@node
class AugAssign(Stmt):
    target: Expr
    op: str  # "+", not "+="
    value: Expr


@node
class AnnAssign(Stmt):
    target: Expr
    annotation: Expr
    value: Expr | None


@node
class ExprStmt(Stmt):
    value: Expr


@node
class Return(Stmt):
    value: Expr | None


@node
class Raise(Stmt):
    exc: Expr | None
    cause: Expr | None


@node
class Assert(Stmt):
    test: Expr
    msg: Expr | None


@node
class Delete(Stmt):
    targets: list[Expr]


@node
class Scope(Stmt):
    """`global` or `nonlocal`."""

    kind: str
    names: list[str]


@node
class Alias(Node):
    name: str
    asname: str | None


@node
class Import(Stmt):
    names: list[Alias]


@node
class ImportFrom(Stmt):
    module: str | None
    names: list[Alias]  # `*` is the name "*"
    level: int


@node
class If(Stmt):
    test: Expr
    body: list[Stmt]
    orelse: list[Stmt]


@node
class For(Stmt):
    target: Expr
    iter: Expr
    body: list[Stmt]
    orelse: list[Stmt]
    is_async: bool


@node
class While(Stmt):
    test: Expr
    body: list[Stmt]
    orelse: list[Stmt]


@node
class WithItem(Node):
    context: Expr
    target: Expr | None


@node
class With(Stmt):
    items: list[WithItem]
    body: list[Stmt]
    is_async: bool


@node
class Handler(Node):
    type: Expr | None
    name: str | None
    body: list[Stmt]


@node
class Try(Stmt):
    """`try`, and `try … except*` alike."""

    body: list[Stmt]
    handlers: list[Handler]
    orelse: list[Stmt]
    finalbody: list[Stmt]


@node
class Pattern(Node):
    """A `case` pattern, reduced: the expressions it compares with or looks up, the names it binds, its parts.

    kind: "value" (exprs[0]), "class" (exprs[0] is the class), "sequence", "mapping" (exprs are the keys),
    "or", "star", "as", "wildcard".
    """

    kind: str
    exprs: list[Expr]
    parts: list[Pattern]
    names: list[str]  # bound here: `as name`, `*name`, `**name`, a bare name; of a class: its keywords are `keys`
    keys: list[str] = field(default_factory=list)


@node
class Case(Node):
    pattern: Pattern
    guard: Expr | None
    body: list[Stmt]


@node
class Match(Stmt):
    subject: Expr
    cases: list[Case]


@node
class TypeAlias(Stmt):
    name: str
    value: Expr
    type_bounds: list[Expr] = field(default_factory=list)  # bounds and defaults of `[T: bound = default]`


@node
class Jump(Stmt):
    kind: str  # "break", "continue", "pass"


@node
class Module(Node):
    body: list[Stmt]
    mentions: frozenset[str]
