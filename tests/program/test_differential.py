"""What `lower` and `places` say of a program is what Python's own parser and compiler say of it."""

import ast
import random
import sysconfig
from pathlib import Path

import pytest
from differential import differences

STDLIB = Path(sysconfig.get_path("stdlib"))
SAMPLE = 60

AUGMENTED = ["+", "-", "*", "/", "//", "%", "**", "@", "<<", ">>", "&", "|", "^"]

ODD = {
    "a form feed before a statement": "x = 1\n\x0cy = f(x)\nclass A:\n\x0c\n    z = 1\n",
    "a lone carriage return": "x = 1\ry = f(x)\r",
    "columns after wide characters": "é = 'ß🎉'; ü.ö(é, '🎉', x)\n",
    "columns after tabs": "if x:\n\ty =\t[1,\n\t\tf(2)]\n",
    "columns in a continued line": "x = a + \\\n  f(b) \\\n  .c\n",
    "parentheses in parentheses": "x = ((a)); y = ((1, 2)); z = ((i for i in j)); (f)((x))\n",
    "an empty tuple": "x = (); y = x[()]\n",
    "several indices": "x[1, 2:3, ::4, ...]; x[1,]; x[(1, 2)]; x[:]\n",
    "a slice that ends in white space": "x[1: ]; x[1:\n]; x[ : : ]\n",
    "constants in the fields of an f-string": 'f\'{1}{"a":>{w}}{b"c"}\'\n',
    "a starred index": "x[*a]; x[*a, 1]\n",
    "strings side by side": "x = ('a' \"b\"\n 'c'); y = b'a' rb'\\n'; z = 'a' f'{b}' 'c'\n",
    "escapes": r"""x = '\n\t\\\'\x41\101\u00e9\N{BULLET}\
y', r'\n', b'\x41\101\u00e9', '''a"b''', u'c', 'é\中', '\777'
""",
    "f-strings in f-strings": "x = f'{a!r:>{w}.{p}} {b:%Y-{m}} {{c}} {f\"{d}\"} {e=}'\n",
    "a lambda with every kind of parameter": "f = lambda a, /, b=1, *c, d, e=2, **g: (a, b, c, d, e, g)\n",
    "a function with every kind of parameter": "def f(a: A, /, b: B = 1, *c: C, d, e=2, **g: G) -> R: pass\n",
    "a function with a bare star": "def f(a, *, b): pass\n",
    "numbers": "x = 1_000, 0x_ff, 0o17, 0b101, 1e1_0, .5, 1_0j, 0.5J, 00, 0xFFFFFFFFFFFFFFFFFF\n",
    "chains of and, or and not": "x = a and b and c or (d and e) and not f or g\n",
    "and in parentheses is a node of its own": "x = (a and b) and c and (d and (e and f))\n",
    "comparisons in a row": "x = a < b <= c != d is not e not in f in (g < h)\n",
    "operators": "x = -a ** +b @ ~c // d % e << f >> g & h ^ i | j - k * l / m\n",
    "augmented assignments": "\n".join(f"x {op}= 1" for op in AUGMENTED) + "\n",
    "assignments": "a = b, *c = [d, (e, f)] = g\nh.i: int\nj[0]: int = 1\n",
    "deletions": "del a, b.c, d[0]\ndel (e, f)\ndel (g), [h]\n",
    "star-expressions": "f(*a, b, *c, d=1, **e, g=2, **h)\n{**i, 'j': 1, **k}; [*l, *m]; {*n}; o = *p, q\n",
    "comprehensions": "[x async for y in z if a if b for c in d]; {x: y for x, y in z}; {x for x in y}\n",
    "a generator as an argument": "f(x for x in y); f((x for x in y), z); f(x for x in y)(z)\n",
    "yields": "def f():\n    x = yield\n    yield x, 1\n    return (yield from f())\n",
    "async forms": "async def f():\n async with a as b, c: await d\n async for e in g: yield e\n else: pass\n",
    "decorators": "@a\n@b.c(1)\nclass A(B, *C, metaclass=D, **E):\n    @property\n    def f(self): return self.g\n",
    "scopes": "def f():\n    global a, b\n    a = 1\n    def g():\n        nonlocal c\n        c = 2\n    c = 3\n",
    "imports": "import a, b.c as d\nfrom . import e\nfrom ..f.g import (h as i, j,)\nfrom k import *\n",
    "with": "with (a as b, c): pass\nwith (a): pass\nwith a, (b) as (c, d): pass\nwith (yield): pass\n",
    "try": "try: a\nexcept B: c\nexcept (D, E) as f: g\nexcept: h\nelse: i\nfinally: j\n",
    "except*": "try: a\nexcept* B as c: d\n",
    "loops": "for a, *b in c, d: break\nelse: continue_\nwhile a: continue\nelse: b\n",
    "elif": "if a: b\nelif c: d\nelif e: f\nelse: g\n",
    "raise and assert": "raise\nraise A\nraise A(b) from c\nassert d\nassert d, e\n",
    "a walrus in a comprehension": "def f(a):\n    return [b := c for c in a if (d := c)]\n",
    "a walrus in a lambda": "def f(a):\n    return lambda: (b := a)\n",
    "a class in a function": "def f():\n class A:\n  b = 1\n  def c(self): d = 1\n import e.g, h as i\n",
    "patterns": """match a, b:
    case 1 | -2 | 3 + 4j | 'x' | None | True: pass
    case c.d.e: pass
    case [f, (g, *h), *_] if f: pass
    case {'i': 1, j.k: l, **m}: pass
    case N(o, p=1, q=R(s=t)) as u: pass
    case (1 as v) | (2 as v): pass
    case _: pass
""",
    "patterns in a function": "def f(a):\n match a:\n  case {'b': c, **d}: pass\n  case [e, *g] as h: i\n",
    "several statements on a line": "a; b = 1; c()\nif d: e; f\n",
    "names that are equal to Python": "ｗ = µ.ﬁ\ndef ℯ(ª): return ª\n",
    "a block that ends in a semicolon": "if a: b;\nwith c:\n    d ; \n",
    "only comments": "# a\n\n# b",
    "no newline at the end": "a = b",
    "nothing": "",
}


@pytest.mark.parametrize("program", ODD.values(), ids=ODD)
def test_odd_program_is_lowered_as_ast_has_it(program: str) -> None:
    assert differences(program.encode()) == []


@pytest.mark.parametrize("program", ODD.values(), ids=ODD)
def test_odd_program_with_carriage_returns_and_a_mark_has_the_same_positions(program: str) -> None:
    assert differences(b"\xef\xbb\xbf" + program.replace("\n", "\r\n").encode()) == []


def sample() -> list[Path]:
    """Small files of the standard library, the same ones for one version of Python."""
    files = sorted(path for path in STDLIB.rglob("*.py") if "site-packages" not in path.parts)
    fit = [path for path in files if path.stat().st_size < 40_000 and "bad" not in path.name]
    return random.Random(301).sample(fit, SAMPLE)


@pytest.mark.parametrize("path", sample(), ids=lambda path: path.relative_to(STDLIB).as_posix())
def test_library_file_is_lowered_as_ast_has_it(path: Path) -> None:
    content = path.read_bytes()
    try:
        ast.parse(content)
    except (SyntaxError, ValueError):
        pytest.skip("Python does not read it either")
    assert differences(content) == []
