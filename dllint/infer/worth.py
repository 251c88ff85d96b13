"""Which files and functions are worth running when nothing reaches them: those in which a rule may find something.

Only what they mention is looked at, and a few statements: this is asked of every function of a project.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dllint.program import ir

TRIGGERS = frozenset(
    {
        *("CrossEntropyLoss", "cross_entropy", "NLLLoss", "nll_loss", "KLDivLoss", "kl_div", "log_softmax"),
        *("BCELoss", "BCEWithLogitsLoss", "binary_cross_entropy", "binary_cross_entropy_with_logits"),
        *("backward", "zero_grad", "step", "loss", "criterion", "crit", "objective"),
        *("eval", "no_grad", "inference_mode", "argmax"),
    }
)
"""A function that mentions one of these may compute a loss, train or evaluate."""

SQUASHES = frozenset({"softmax", "Softmax", "sigmoid", "Sigmoid", "relu", "clamp"})
HAZARDS = (
    (frozenset({"log", "log2", "log10", "log_"}), SQUASHES),
    (frozenset({"exp", "exp_"}), frozenset({"sum", "scatter_add", "scatter_sum"})),
    (frozenset({"Softmax", "LogSoftmax"}), frozenset({"Linear"})),
    (frozenset({"Compose"}), frozenset({"Normalize", "ToTensor"})),
    (frozenset({"compile"}), frozenset({"Dense", "Activation", "Model", "Sequential"})),
    (frozenset({"/"}), frozenset({"amax", "amin", "max", "min", "sum", "mean"})),
)
"""A function that mentions one of each may compute something that is not stable, means nothing, or raises."""

DROPOUTS = frozenset({"dropout", "dropout2d", "dropout3d"})
LAID_OUT = frozenset({"softmax", "Softmax", "LSTM", "GRU", "RNN"})
"""What works along one dimension of its input: the forwards of a file that mentions one may take the wrong one."""

REGISTRIES = frozenset({"ModuleList", "ModuleDict"})


def leading(trees: Iterable[object]) -> frozenset[str]:
    """Names of functions and classes that train or evaluate, themselves or through what they call."""
    mentions = [
        (node.name, node.mentions)
        for tree in trees
        if isinstance(tree, ir.Module)
        for node in tree.body
        if isinstance(node, (ir.FunctionDef, ir.ClassDef))
    ]
    found: set[str] = set(TRIGGERS)
    while more := {name for name, words in mentions if name not in found and not found.isdisjoint(words)}:
        found |= more
    return frozenset(found)


def file(tree: ir.Module, leading: frozenset[str]) -> bool:
    """Whether any function of a file may be."""
    words = tree.mentions
    return not words.isdisjoint(leading) or _hazardous(words) or _drops(words) or "Module" in words


def function(node: ir.FunctionDef | ir.Lambda, leading: frozenset[str], around: frozenset[str]) -> bool:
    """Whether a function is: it trains or evaluates, computes by hand, drops, or keeps layers in a list.

    around: what its file mentions.
    """
    if not isinstance(node, ir.FunctionDef):
        return False
    words = node.mentions
    if not words.isdisjoint(leading) or _hazardous(words):
        return True
    if "requires_grad" in words and any(map(_asks_for_flag, _statements(node.body))):
        return True
    if node.name == "__init__":
        return words.isdisjoint(REGISTRIES) and any(map(_keeps_layers, _statements(node.body)))
    return node.name == "forward" and (_drops(words) or not around.isdisjoint(LAID_OUT))


def may_leave_bare(node: ir.FunctionDef | ir.Lambda) -> bool:
    """Whether it is an __init__ that calls no other."""
    return isinstance(node, ir.FunctionDef) and node.name == "__init__" and "__init__" not in node.mentions


def _hazardous(words: frozenset[str]) -> bool:
    return any(not words.isdisjoint(one) and not words.isdisjoint(other) for one, other in HAZARDS)


def _drops(words: frozenset[str]) -> bool:
    """Whether a function of dropout may be called: `F.dropout`, not `self.dropout` alone; or a layer is made."""
    return "Dropout" in words or (not words.isdisjoint(DROPOUTS) and not words.isdisjoint(("F", "functional")))


def _statements(body: list[ir.Stmt]) -> Iterator[ir.Stmt]:
    for statement in body:
        yield statement
        for block in ("body", "orelse"):
            yield from _statements(getattr(statement, block, []))


def _asks_for_flag(statement: ir.Stmt) -> bool:
    """`if p.requires_grad:`, which may leave out what is to be set."""
    return isinstance(statement, ir.If) and getattr(statement.test, "attr", "") == "requires_grad"


def _keeps_layers(statement: ir.Stmt) -> bool:
    """`self.x = [...]`, of layers perhaps."""
    match statement:
        case ir.Assign(targets=[ir.Attribute()], value=ir.List() | ir.Dict() | ir.Tuple() | ir.Comp()):
            return True
    return False
