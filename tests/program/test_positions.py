"""Where nodes are by libcst, beyond what ast says too."""

import pytest
from differential import nodes

from dllint.program import ir
from dllint.program.lower import lower
from dllint.program.positions import Span, places, source_text
from dllint.program.recorder import recorded


def text_of(program: str, kind: type[ir.Node]) -> list[str]:
    found = [node for node in nodes(lower(program)) if isinstance(node, kind)]
    spans = recorded(program, {node.at for node in found})
    return [source_text(program, spans[node.at]) for node in sorted(found, key=lambda node: spans[node.at])]


@pytest.mark.parametrize(
    ("program", "kind", "texts"),
    [
        ("f(a, *b, c=1, **d)\n", ir.Keyword, ["c=1", "**d"]),
        ("f(a, *b, c=1, **d)\n", ir.Starred, ["*b"]),
        ("def f(a, b: int = 1, *c): pass\n", ir.Param, ["a", "b", "*c"]),
        ("import a.b as c, d\n", ir.Alias, ["a.b as c", "d"]),
        ("with a as b, c: pass\n", ir.WithItem, ["a as b", "c"]),
        ("[x for x in y if z for w in v]\n", ir.Comprehension, ["for x in y if z for w in v", "for w in v"]),
        ("x[1:2, ::3]\n", ir.Slice, ["1:2", "::3"]),
        ("x = ((1, 2)), (a for a in b)\n", ir.Comp, ["(a for a in b)"]),
        ("f((a))((b))\n", ir.Call, ["f((a))", "f((a))((b))"]),
        ("@a\nclass B:\n    pass\n", ir.ClassDef, ["class B: pass"]),
        ("try: a\nexcept B as c:\n    d\n", ir.Handler, ["except B as c: d"]),
        ("match a:\n    case B(c): d\n", ir.Case, ["case B(c): d"]),
        ("match a:\n    case B(c) as d: e\n", ir.Pattern, ["B(c) as d", "B(c)", "c"]),
    ],
)
def test_source_of_a_node(program: str, kind: type[ir.Node], texts: list[str]) -> None:
    assert sorted(text_of(program, kind)) == sorted(texts)


def test_only_wanted_nodes_are_placed() -> None:
    call = lower(b"f(1)\ng(2)\n").body[1]
    assert places(b"f(1)\ng(2)\n", {call.at}) == {call.at: Span(2, 1, 2, 5)}


def test_nothing_wanted_is_nothing_placed() -> None:
    assert places(b"f(1)\n", set()) == {}


def test_an_ordinal_that_was_never_given_is_an_error() -> None:
    with pytest.raises(KeyError, match="no node 99"):
        places(b"f(1)\n", {99})


def test_source_text_folds_white_space() -> None:
    assert source_text(b"f(a,\r\n\t  b)\r\n", Span(1, 1, 2, 6)) == "f(a, b)"


def test_source_text_is_capped() -> None:
    quoted = source_text("x" * 500, Span(1, 1, 1, 501))
    assert len(quoted) == 200
    assert quoted.endswith("…")
