"""What `lower` makes of a file against what Python's own `ast` and `symtable` make of it.

`python -m tests.program.differential [--spans-every N] [FOLDER …]` compares every file of the folders, by default the
standard library and site-packages, and prints each difference; spans are compared in every N-th file (1).
"""

from __future__ import annotations

import ast
import gc
import symtable
import sys
import sysconfig
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dllint.program import ir
from dllint.program.lower import lower
from dllint.program.recorder import recorded
from dllint.program.source import NotParsed, Span
from dllint.program.text import decode

Fact = tuple[str, str, Span | None]

LABELS = {  # ast's names for what the IR calls otherwise
    "AsyncFor": "For",
    "AsyncFunctionDef": "FunctionDef",
    "AsyncWith": "With",
    "Break": "Jump",
    "Continue": "Jump",
    "DictComp": "Comp",
    "ExceptHandler": "Handler",
    "Expr": "ExprStmt",
    "GeneratorExp": "Comp",
    "Global": "Scope",
    "ListComp": "Comp",
    "Nonlocal": "Scope",
    "Pass": "Jump",
    "SetComp": "Comp",
    "TemplateStr": "JoinedStr",
    "TryStar": "Try",
    "YieldFrom": "Yield",
}
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FORMATTED = (ast.JoinedStr, getattr(ast, "TemplateStr", ast.JoinedStr))
IN_STRING = (*FORMATTED, ast.FormattedValue, getattr(ast, "Interpolation", ast.FormattedValue))
COMPARED = {
    *(kind.__name__ for base in (ir.Expr, ir.Stmt) for kind in base.__subclasses__()),
    "Handler",
}


def differences(content: bytes, spans: bool = True) -> list[str]:
    """Each fact that only one of the two sees, in one line. SyntaxError, NotParsed: one of them cannot read it."""
    text = decode(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
    module = lower(content)
    theirs = Counter(_ast_facts(tree, text.split("\n") if spans else None))
    ours = Counter(_ir_facts(module, content, spans))
    found = [f"only ast: {fact} × {count}" for fact, count in (theirs - ours).items()]
    found += [f"only dllint: {fact} × {count}" for fact, count in (ours - theirs).items()]
    if module.mentions != (mentioned := _mentioned(tree)):
        found.append(f"mentions of the module: {sorted(module.mentions ^ mentioned)}")
    return found + (_local_differences(module, content, text) if spans else [])


# ---------------------------------------------------------------- facts of the IR


def children(node: ir.Node) -> Iterator[ir.Node]:
    """The nodes directly in a node."""
    for name in (name for kind in type(node).__mro__ for name in getattr(kind, "__slots__", ())):
        value = getattr(node, name)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, ir.Node):
                yield item


def nodes(node: ir.Node) -> Iterator[ir.Node]:
    """A node and all in it."""
    todo = [node]
    while todo:
        yield (node := todo.pop())
        todo.extend(children(node))


def _ir_facts(module: ir.Module, content: bytes, spans: bool) -> Iterator[Fact]:
    found = list(_ir_nodes(module, spanned=spans))
    at = recorded(decode(content), {node.at for node, spanned in found if spanned}) if spans else {}
    for node, spanned in found:
        if type(node).__name__ in COMPARED:
            yield type(node).__name__, _ir_detail(node), at[node.at] if spanned else None


def _ir_nodes(node: ir.Node, spanned: bool) -> Iterator[tuple[ir.Node, bool]]:
    """Every node but the text in f-strings, and whether its span is one that ast tells too."""
    specs = set[int]()
    todo, lent = [(node, spanned)], set[int]()  # to ast, the one generator in `f(x for x in y)` owns the parentheses
    while todo:
        node, spanned = todo.pop()
        if id(node) not in specs and not isinstance(node, ir.Formatted):
            yield node, spanned and id(node) not in lent
        if isinstance(node, ir.Formatted):  # a format specification has the ordinal of what it formats
            specs.add(id(node.form))
        inside = spanned and not (isinstance(node, ir.JoinedStr) and sys.version_info < (3, 12))
        for child in children(node):
            if (
                isinstance(node, (ir.JoinedStr, ir.Formatted))
                and isinstance(child, ir.Constant)
                and isinstance(child.value, str)
            ):
                continue
            if isinstance(node, ir.Subscript) and child is node.index and isinstance(child, ir.Tuple):
                todo.extend((item, inside) for item in child.elts)
            else:
                todo.append((child, inside))
                sole = isinstance(node, ir.Call) and isinstance(child, ir.Comp) and len(node.args + node.keywords) == 1
                lent.update({id(child)} if sole else ())


def _ir_detail(node: ir.Node) -> str:
    match node:
        case ir.Name():
            return node.id
        case ir.Attribute():
            return node.attr
        case ir.Constant():
            return repr(node.value)
        case ir.Call():
            return f"{_ir_dotted(node.func)}({len(node.args)}, {[keyword.arg for keyword in node.keywords]})"
        case ir.BoolOp():
            return f"{node.op} {len(node.values)}"
        case ir.Compare():
            return " ".join(node.ops)
        case ir.BinOp() | ir.UnaryOp() | ir.AugAssign():
            return node.op
        case ir.Comp() | ir.Jump():
            return node.kind
        case ir.FunctionDef() | ir.ClassDef() | ir.TypeAlias():
            return node.name
        case ir.Import():
            return str([(alias.name, alias.asname) for alias in node.names])
        case ir.ImportFrom():
            return str((node.level, node.module, [(alias.name, alias.asname) for alias in node.names]))
        case ir.Scope():
            return f"{node.kind} {node.names}"
        case _:
            return ""


def _ir_dotted(node: ir.Expr) -> str:
    parts = []
    while isinstance(node, ir.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([*parts, node.id if isinstance(node, ir.Name) else "…"])


# ---------------------------------------------------------------- facts of ast

SUMS = {"Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**", "MatMult": "@"}
BITS = {"LShift": "<<", "RShift": ">>", "BitAnd": "&", "BitOr": "|", "BitXor": "^", "Invert": "~"}
LOGIC = {"USub": "-", "UAdd": "+", "Not": "not", "And": "and", "Or": "or"}
ORDER = {"Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">="}
MEMBERSHIP = {"In": "in", "NotIn": "not in", "Is": "is", "IsNot": "is not"}
SIGNS = SUMS | BITS | LOGIC | ORDER | MEMBERSHIP


def _ast_facts(tree: ast.AST, lines: list[str] | None) -> Iterator[Fact]:
    todo, lent, specs = [(tree, lines is not None)], set[int](), set[int]()
    while todo:
        node, spanned = todo.pop()
        label = LABELS.get(type(node).__name__, type(node).__name__)
        if isinstance(node, ast.MatchSingleton):
            label = "Constant"
        if isinstance(node, ast.Call) and len(node.args + node.keywords) == 1:
            lent |= {id(arg) for arg in node.args if type(arg) in COMPREHENSIONS}
        if label in COMPARED and id(node) not in specs:
            told = spanned and lines and id(node) not in lent
            yield label, _ast_detail(node), _span(node, lines) if told and lines else None
        if isinstance(node, ast.FormattedValue) and node.format_spec:
            specs.add(id(node.format_spec))
        todo.extend(_ast_children(node, spanned and not (isinstance(node, FORMATTED) and sys.version_info < (3, 12))))


def _ast_children(node: ast.AST, spanned: bool) -> Iterator[tuple[ast.AST, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(node, IN_STRING) and isinstance(child, ast.Constant) and isinstance(child.value, str):
            continue
        if type(node).__name__ == "TypeAlias" and isinstance(child, ast.Name) and child is node.name:  # type: ignore
            continue
        if isinstance(node, ast.Subscript) and isinstance(child, ast.Tuple) and child is node.slice:
            for item in child.elts:
                yield item, spanned
        else:
            yield child, spanned


def _ast_detail(node: ast.AST) -> str:
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return node.attr
        case ast.Constant() | ast.MatchSingleton():
            return repr(node.value)
        case ast.Call():
            return f"{_ast_dotted(node.func)}({len(node.args)}, {[keyword.arg for keyword in node.keywords]})"
        case ast.BoolOp():
            return f"{_sign(node.op)} {len(node.values)}"
        case ast.Compare():
            return " ".join(map(_sign, node.ops))
        case ast.BinOp() | ast.UnaryOp() | ast.AugAssign():
            return _sign(node.op)
        case ast.ListComp() | ast.SetComp() | ast.DictComp():
            return type(node).__name__.removesuffix("Comp").lower()
        case ast.GeneratorExp():
            return "generator"
        case ast.Pass() | ast.Break() | ast.Continue():
            return type(node).__name__.lower()
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return node.name
        case ast.Import():
            return str([(alias.name, alias.asname) for alias in node.names])
        case ast.ImportFrom():
            return str((node.level, node.module, [(alias.name, alias.asname) for alias in node.names]))
        case ast.Global() | ast.Nonlocal():
            return f"{type(node).__name__.lower()} {node.names}"
        case _:
            return node.name.id if type(node).__name__ == "TypeAlias" else ""  # type: ignore[attr-defined]


def _sign(operator: ast.AST) -> str:
    return SIGNS[type(operator).__name__]


def _ast_dotted(node: ast.expr) -> str:
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([*parts, node.id if isinstance(node, ast.Name) else "…"])


def _span(node: ast.AST, lines: list[str]) -> Span:
    """Columns of ast are 0-based bytes of UTF-8."""
    start, end, first, last = node.col_offset, node.end_col_offset, node.lineno, node.end_lineno  # type: ignore
    final = lines[last - 1].encode("utf-8", "surrogatepass")[:end]
    if isinstance(node, ast.stmt):  # a block that ends in `x;` has the semicolon in its span
        end = len(final.rstrip(b"; "))
    return Span(first, _column(lines[first - 1], start), last, _column(lines[last - 1], end))


def _column(line: str, offset: int) -> int:
    return (offset if line.isascii() else len(line.encode("utf-8", "surrogatepass")[:offset].decode())) + 1


# ---------------------------------------------------------------- mentions and locals


def _local_differences(module: ir.Module, content: bytes, text: str) -> list[str]:
    found = []
    ours = [node for node in nodes(module) if isinstance(node, ir.FunctionDef)]
    at = recorded(decode(content), {node.at for node in ours})
    bound = _bound(text)
    for node in ours:
        theirs = bound.get((node.name, at[node.at].line), ())
        if len(theirs) == 1 and _plain(node.locals) != theirs[0]:
            found.append(f"locals of {node.name}, {at[node.at]}: {sorted(_plain(node.locals) ^ theirs[0])}")
    return found


def _mentioned(tree: ast.AST) -> set[str]:
    aliases = {id(node.name) for node in ast.walk(tree) if type(node).__name__ == "TypeAlias"}  # type: ignore
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in aliases}
    divides = {"/" for node in ast.walk(tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)}
    return names | divides | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def _bound(text: str) -> dict[tuple[str, int], list[set[str]]]:
    """Locals of each function, by its name and line, as the compiler sees them; none if it would not compile."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            todo = [symtable.symtable(text, "text", "exec")]
    except (SyntaxError, RecursionError):
        return {}
    found: dict[tuple[str, int], list[set[str]]] = {}
    while todo:
        table = todo.pop()
        todo.extend(table.get_children())
        if isinstance(table, symtable.Function):
            names = {name.get_name() for name in table.get_symbols() if name.is_local() or name.is_parameter()}
            found.setdefault((table.get_name(), table.get_lineno()), []).append(_plain(names))
    return found


def _plain(names: set[str] | frozenset[str]) -> set[str]:
    """Names but those that the compiler mangles or makes up."""
    return {name for name in names if "__" not in name and name.isidentifier()}


# ---------------------------------------------------------------- whole folders


def main(arguments: list[str]) -> int:
    every = 1
    if arguments[:1] == ["--spans-every"]:
        every, arguments = int(arguments[1]), arguments[2:]
    folders = [Path(name) for name in arguments] or _installed()
    files = sorted({path for folder in folders for path in folder.rglob("*.py") if _is_under(path, folder)})
    outcomes: Counter[str] = Counter()
    for number, path in enumerate(files):
        outcome, lines = _compare(path, spans=number % every == 0)
        outcomes[outcome] += 1
        for line in lines[:5]:
            print(f"{path}: {line}", flush=True)
        gc.collect(0)
    print(dict(outcomes))
    return 1 if outcomes["differ"] else 0


def _installed() -> list[Path]:
    return [Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("purelib"))]


def _is_under(path: Path, folder: Path) -> bool:
    """Whether a file belongs to the folder: those of a site-packages inside it do not."""
    return "site-packages" not in path.relative_to(folder).parts


def _compare(path: Path, spans: bool) -> tuple[str, list[str]]:
    content = path.read_bytes()
    try:
        found = differences(content, spans)
    except NotParsed as refusal:
        try:
            ast.parse(content)
        except (SyntaxError, ValueError):
            return "neither reads it", []
        return "only ast reads it", [f"only ast reads it: {refusal}"]
    except SyntaxError as refusal:
        return "ast does not read it", [f"ast does not read it: {refusal}"]
    return ("differ" if found else "agree"), found


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
