"""What the IR says of small programs, beyond what ast says too."""

import gc

import pytest
from differential import nodes

from dllint.program import ir
from dllint.program.lower import lower


def first(program: str) -> ir.Stmt:
    return lower(program.encode()).body[0]


def function(program: str) -> ir.FunctionDef:
    found = first(program)
    assert isinstance(found, ir.FunctionDef)
    return found


def value(program: str) -> ir.Expr:
    found = first(program)
    assert isinstance(found, ir.ExprStmt)
    return found.value


def test_ordinals_are_all_different_and_the_same_each_time() -> None:
    program = b"def f(x: int = 1):\n    with a as b:\n        return [x, *b, {1: g(y=2)}]\n"
    ordinals = [node.at for node in nodes(lower(program))]
    assert len(set(ordinals)) == len(ordinals)
    assert ordinals == [node.at for node in nodes(lower(program))]


def test_mentions_name_what_nested_functions_use() -> None:
    outer = function("@deco\ndef f(x=default):\n    def g(y: Hint):\n        return y.attr\n    return x\n")
    assert outer.mentions == {"deco", "default", "Hint", "y", "attr", "x"}


def test_mentions_of_a_class_stay_out_of_its_neighbour() -> None:
    module = lower(b"class A(B):\n    x = c.d\nclass E:\n    pass\n")
    first, second = module.body
    assert isinstance(first, ir.ClassDef)
    assert isinstance(second, ir.ClassDef)
    assert first.mentions == module.mentions == {"B", "x", "c", "d"}
    assert second.mentions == set()


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("a = b.c = d[0] = 1", {"a"}),
        ("a, (b, *c) = [d] = x", {"a", "b", "c", "d"}),
        ("for a, b in x: c += 1", {"a", "b", "c"}),
        ("with x as (a, b), y as c.d: pass", {"a", "b"}),
        ("try: pass\n    except E as a: pass", {"a"}),
        ("import a.b, c.d as e\n    from f import g as h, i", {"a", "e", "h", "i"}),
        ("def a(): b = 1\n    class c: d = 1", {"a", "c"}),
        ("x[(a := 1)] = [b for b in c if (d := b)]", {"a", "d"}),
        ("lambda a: (b := a)", set()),
        ("global a\n    a = b = 1", {"b"}),
        ("def g():\n        nonlocal a\n        a = 1", {"g"}),
        ("match x:\n        case [a, *b] | {'k': c, **d}: pass\n        case E(f, g=h) as i: pass", set("abcdfhi")),
        ("a: int\n    del b", {"a", "b"}),
        ("type a[T] = T", {"a"}),
    ],
)
def test_locals_are_the_names_a_function_binds(body: str, names: set[str]) -> None:
    assert function(f"def f():\n    {body}\n").locals == names


def test_parameters_are_locals() -> None:
    assert function("def f(a, /, b=x, *c, d, **e): pass").locals == set("abcde")


@pytest.mark.parametrize("body", ["yield", "x = yield from y", "return [(yield)]"])
def test_a_function_that_yields_is_a_generator(body: str) -> None:
    assert function(f"def f(): {body}").is_generator


@pytest.mark.parametrize("body", ["pass", "return lambda: (yield)", "\n  def g(): yield\n"])
def test_a_yield_in_a_nested_function_makes_no_generator(body: str) -> None:
    assert not function(f"def f(): {body}").is_generator


def test_parenthesised_and_is_a_node_of_its_own() -> None:
    outer = value("(a and b) and c")
    assert isinstance(outer, ir.BoolOp)
    assert [type(part) for part in outer.values] == [ir.BoolOp, ir.Name]


def test_strings_side_by_side_are_one_constant() -> None:
    joined = value("('a' r'\\n' '''b''')")
    assert isinstance(joined, ir.Constant)
    assert joined.value == "a\\nb"


def test_an_f_string_holds_its_expressions_and_those_of_its_format() -> None:
    joined = value("f'a{b!r:>{c}}{{d' 'e'")
    assert isinstance(joined, ir.JoinedStr)
    before, field, *behind = joined.parts
    assert isinstance(field, ir.Formatted)
    assert field.conversion == "r"
    assert isinstance(field.form, ir.JoinedStr)
    parts = (before, field.value, *field.form.parts, *behind)
    names = [part.id if isinstance(part, ir.Name) else part.value for part in parts]  # type: ignore
    assert names == ["a", "b", ">", "c", "{d", "e"]


def test_a_field_that_shows_its_expression_is_told() -> None:
    joined = value("f'{a=}{b}'")
    assert isinstance(joined, ir.JoinedStr)
    shown, plain = joined.parts
    assert isinstance(shown, ir.Formatted)
    assert (shown.conversion, type(plain)) == ("=", ir.Name)


def test_a_class_pattern_has_its_positional_parts_first() -> None:
    found = first("match x:\n    case A(b, c=1, d=_): pass\n")
    assert isinstance(found, ir.Match)
    pattern = found.cases[0].pattern
    assert (pattern.kind, pattern.keys) == ("class", ["c", "d"])
    assert [part.kind for part in pattern.parts] == ["as", "value", "wildcard"]


def test_bounds_and_defaults_of_type_parameters_are_kept() -> None:
    bounded = function("def f[T: a.b = c, *Ts = d, **P](x: T): pass")
    assert [type(bound) for bound in bounded.type_bounds] == [ir.Attribute, ir.Name, ir.Name]
    assert {"a", "b", "c", "d", "T"} == bounded.mentions


def test_syntax_newer_than_the_running_python_is_lowered() -> None:
    newer = 'type X[T] = list[T]\nf"{x["a"]}"\ntry: pass\nexcept* E: pass\nt"{y}"\n'
    assert {"x", "y", "E"} <= lower(newer.encode()).mentions


def test_garbage_collection_is_left_as_it_was() -> None:
    assert gc.isenabled()
    lower(b"x = 1")
    assert gc.isenabled()
    gc.disable()
    try:
        lower(b"x = 1")
        assert not gc.isenabled()
    finally:
        gc.enable()
