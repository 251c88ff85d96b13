"""The quick way to the IR, over `ast`, ends where the way over libcst does: every node, value and ordinal."""

import ast
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from differential import COMPARED, nodes
from quick_differential import compared, difference
from test_differential import ODD, sample

from dllint.program import ir, quick
from dllint.program.lower import lower, lowered_by_libcst
from dllint.program.positions import places, source_text
from dllint.program.quick import fstring
from dllint.program.recorder import recorded
from dllint.program.source import NotParsed

F_STRINGS = r"""
f'{a}{{b}}\N{BULLET}{c!r:>{w}}' 'd' "e" f'{f"{g}"} {h:%Y-%m}'
f'\{6}' rf'\{a}\n' f'a\\{b}' f'\'{c}'
f'{a:}' f'{b!s}' f'' f'{c = }' f'{c=!r:^20}' f'{a != b}{ {1:2}[1] }{(lambda x: x)(1):>3}'
f'{x["a", "b"]}{x[("a", "b")]}{x[(a), b]}{"a" "b"}{"a" f"{b}" "c":{"d"}}'
f"{'é'}é{x['ü', 1]}" 'é' "ß"
f'{1if"a"else"b"}'
'''a
b''' f'''{
c['d']
 ['e', f"{g}"]
}h''' # i
'a' "b" 'c'
f'' 'a' f'b' ''
f'{a,}' f'{*a, b}' f'{ (a) }' f'{a:%H:%M}{b:{c}}}}' '{{'
f"{d['a']}{d['b']:{e['f']}}{g('h', *i, **{'j': 1})}"
F"{a}" fR'\{b}' Fr"\N{a}" rF"\\{c}"
f'{a<b}{a<=b}{a>=b}{a==b}{a>b}'
f"{yes if a['b'] else no:>{width['c']}}"
"""

STRINGS = r"""
'a\
b' 'c' \
  'd'
b'a' b"b" rb'\'' Rb'' bR"x"
u'a' U"b" 'é' "\u00e9"
("a"  # 'b'
  "c")
'''a''' '''b
''' "c"
x["a" "b", 'c']("d" 'e')
"a" "b".c("d" 'e')["f" 'g']
'a''b''''c'''
''
""
b''
"\N{BULLET}\x41\101\0"
'''

'''
1if"f"else"b"
"""

PLACES = r"""
x[(1), 2]
x[(1), (2)]
x[((1), (2))]
x[(1, 2), 3]
x[(a)[")"], (b)]
x[(1, 2)[0], (3)]
x[("(",)]
x[((1),)]
x[(1if"f"else"b"), (2)]
x[(a  # )
), b]
x[(a)]
del a,
del (a),
del (a,)
del (a, b), c
del [a, b]
del a, b,; d
f(a=1, *b, c=2, **d)
f(*a, b=1, *c, **d)
f(**a, b=1)
f(*a, *b)
class A(a, *b, x=1, **c): pass
def f(a, b=1, /, c=2, *, d, e=3, **g) -> 'x' 'y': "doc" 'b'
with (a, b): pass
with (a), (b) as (c): pass
match *a, b:
    case _ if (c := d): pass
match x:
    case 'a' 'b' | b'c' | 1+2j: pass
    case {-1: a, None: b, **c}: pass
    case (): pass
    case (((a))): pass
    case a, *_: pass
x = (a := 1, b := 2)[(c := 3)]
global ﬁ, x
import ﬁ.ﬀ as ª
"""


def programs(text: str) -> list[str]:
    """The statements of a text, each a program."""
    lines = text.encode().split(b"\n")
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        statements = ast.parse(text).body
    for node in statements:
        first = lines[node.lineno - 1 : node.end_lineno]
        found.append(b"\n".join(first).decode() + "\n")
    return found


HANDWRITTEN = [program for text in (F_STRINGS, STRINGS, PLACES) for program in programs(text)]


@pytest.mark.parametrize("program", ODD.values(), ids=ODD)
def test_odd_program_is_lowered_alike(program: str) -> None:
    try:
        assert compared(program) == ""
    except SyntaxError:
        pytest.skip("newer than the running Python")


@pytest.mark.parametrize("program", HANDWRITTEN)
def test_handwritten_program_is_lowered_alike(program: str) -> None:
    assert compared(program) == ""


def test_handwritten_programs_hold_every_node() -> None:
    held = {type(node) for program in (*HANDWRITTEN, *ODD.values()) for node in nodes(lower(program))}
    known = {kind for base in (ir.Expr, ir.Stmt, ir.Node) for kind in base.__subclasses__()} - {ir.Expr, ir.Stmt}
    newer = {ir.TypeAlias} if sys.version_info < (3, 12) else set()
    assert known - held - {ir.TypeAlias} <= newer


@pytest.mark.parametrize("path", sample(), ids=lambda path: path.name)
def test_library_file_is_lowered_alike(path: Path) -> None:
    text = path.read_text("utf-8")
    try:
        assert compared(text) == ""
    except (SyntaxError, NotParsed):
        pytest.skip("only one of the parsers reads it")


NEWER = [
    "x[*a]\n",
    "def f(*args: *Ts): pass\n",
    "class A[T: b = 'c']: pass\n",
    "def f[*Ts, **P](x): pass\n",
    "type X[*Ts] = int\n",
    "f'{a['b', f'{c}']}{d:{e['f']}}'\n",
    "f'{a[  # {\n'b']}'\n",
    "t'{a}b{c:{d}}' t'{e['f']}'\n",
]


@pytest.mark.parametrize("program", NEWER)
def test_newer_syntax_is_lowered_alike(program: str) -> None:
    try:
        ast.parse(program)
    except SyntaxError:
        pytest.skip("newer than the running Python")
    assert compared(program) == ""


def test_a_difference_in_an_ordinal_is_seen() -> None:
    assert difference(lowered_by_libcst("a + b"), lowered_by_libcst("a + b")) == ""
    assert difference(lowered_by_libcst("a + b"), lowered_by_libcst("(a, +b)[0]")) != ""
    assert difference(lowered_by_libcst("del a"), lowered_by_libcst("del a,")) == ".body[0].targets[0].at: 2 and 3"


@pytest.mark.parametrize(
    "program", ["print 'a'", "x = (", "if a:\n\tb\n        c\n", "a = '\ud800'", "9" * 5_000, "a\0"]
)
def test_what_python_does_not_read_is_left_to_libcst(program: str) -> None:
    assert quick.lower(program) is None


def test_an_unclear_program_is_left_to_libcst(monkeypatch: pytest.MonkeyPatch) -> None:
    def unclear(*_: object) -> object:
        raise fstring.Unclear("why")

    monkeypatch.setattr(fstring, "tokens", unclear)
    assert quick.lower("f'{a}'") is None
    assert lower("f'{a}'").mentions == {"a"}


def test_a_name_that_only_nfkc_makes_a_keyword_is_lowered_alike() -> None:
    assert lower("x = Ｎone").mentions == {"x"}


def test_deep_nesting_is_left_to_libcst() -> None:
    assert quick.lower("x = " + "-" * 20_000 + "x") is None


def test_a_wrong_escape_warns_nobody() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert quick.lower("x = '\\d' f'\\d{a[\"\"]}'") is not None


# ---------------------------------------------------------------- places


@pytest.mark.parametrize("program", [*ODD.values(), *HANDWRITTEN])
def test_quick_places_are_those_of_libcst(program: str) -> None:
    module = quick.lower(program)
    if module is None or "\r" in program or "\f" in program:
        return
    wanted = {node.at for node in nodes(module) if type(node).__name__ in COMPARED or isinstance(node, ir.Param)}
    theirs, ours = recorded(program, wanted), quick.places(program, wanted)
    assert ours is not None
    lent = {arg.at for call in nodes(module) if isinstance(call, ir.Call) for arg in call.args[:1]}
    assert {at: span for at, span in ours.items() if at not in lent} == {
        at: span for at, span in theirs.items() if at not in lent
    }


def test_a_program_that_only_ast_reads_has_places() -> None:
    program = "é = 'ü'; class_ = 1\nclass A(x=1, *b):\n    def f(self, *a: int): return [i for i in self.é]\n"
    with pytest.raises(NotParsed):
        lowered_by_libcst(program)
    found = {type(node).__name__: node.at for node in nodes(lower(program))}
    spans = places(program, found.values())
    assert source_text(program, spans[found["Param"]]) in ("*a", "self")
    assert source_text(program, spans[found["Attribute"]]) == "self.é"
    assert spans[found["ClassDef"]].line == 2
    with pytest.raises(KeyError, match="no node 9999"):
        places(program, {9999})


# ---------------------------------------------------------------- what it is for


def test_a_run_without_findings_does_not_import_libcst(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text("import torch\n\nnet = torch.nn.Linear(4, 3)\nnet(torch.randn(5, 4))\n")
    code = "import sys; from dllint.program.lower import lower; "
    code += "lower(open('net.py', 'rb').read()); print('libcst' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert (ran.stdout, ran.stderr) == ("False\n", "")


def test_a_check_without_findings_does_not_import_libcst(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text("import torch\n\nnet = torch.nn.Linear(4, 3)\nnet(torch.randn(5, 4))\n")
    code = "import os, sys, runpy; os._exit = sys.exit; sys.argv = ['dllint', '--no-cache', 'net.py']\n"
    code += "try: runpy.run_module('dllint', run_name='__main__')\n"
    code += "except SystemExit as end: print(end.code, 'libcst' in sys.modules, file=sys.stderr)\n"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert ran.stderr.splitlines()[-1] == "0 False", ran.stderr
