"""The table is what the stubs say, and what a stub cannot say is an error with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dllint.api.compile import STUBS, TABLE, compiled
from dllint.api.stub import StubError


def test_table_is_fresh() -> None:
    assert TABLE.read_text("utf-8") == compiled(STUBS), "run python -m dllint.api.compile"


def table(tmp_path: Path, text: str) -> dict[str, Any]:
    """The table of one stub, library.pyi."""
    (tmp_path / "library.pyi").write_text(text, "utf-8")
    scope: dict[str, Any] = {}
    exec(compiled(tmp_path), scope)
    return scope


def test_function_is_its_parameters_return_effect_and_overloads(tmp_path: Path) -> None:
    made = table(tmp_path, '@effect.clip\ndef f(x: Logits["N C"], y, z=-1, *, w: int | None = ...) -> Same["x"]: ...')
    parameters = (
        ("x", "positional", "logits", "N C", "Tensor"),
        "y",
        ("z", -1),
        ("w", "keyword", "", "", "int|None", ...),
    )
    assert made["TABLE"]["library.f"] == (parameters, ("same", "x"), "clip", ())


def test_what_an_argument_decides_is_a_table_of_literals(tmp_path: Path) -> None:
    text = 'def f(x: When["soft", {True: Logits, ...: Probs}], soft) -> When["soft", {True: Raw, None: Unknown}]: ...'
    parameters, returns, *_ = table(tmp_path, text)["TABLE"]["library.f"]
    wants = ("when", "soft", ((True, "logits"), (..., "probabilities")))
    assert parameters[0] == ("x", "positional", wants, "", "Tensor")
    assert returns == ("when", "soft", ((True, ("kind", "RAW")), (None, "unknown")))


def test_a_record_and_the_object_of_a_class_method(tmp_path: Path) -> None:
    text = 'class A:\n    def make() -> Object["Self"]: ...\n    def f(self) -> Record[{"a": Raw, "b": Loss}]: ...'
    methods = dict(table(tmp_path, text)["TABLE"]["library.A"][2])
    assert methods["make"][1] == ("object", "Self")
    assert methods["f"][1] == ("record", (("a", ("kind", "RAW")), ("b", ("kind", "LOSS"))))


def test_patterns_of_names_stand_in_the_order_of_the_stub(tmp_path: Path) -> None:
    made = table(tmp_path, 'class B:\n    named = ("*For*", "!TF*")\nclass A:\n    named = ("*Model",)')
    assert made["PATTERNS"]["library"] == (("*For*", "library.B"), ("!TF*", "library.B"), ("*Model", "library.A"))


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("def f(x) -> Softmaxed: ...", 1, "unknown return annotation: Softmaxed"),
        ("\ndef f(x): ...", 2, "none given"),
        ('def f(x) -> Same["y"]: ...', 1, "Same names no parameter: 'y'"),
        ("def f(x: Wish) -> Raw: ...", 1, "unknown parameter annotation: Wish"),
        ("def f(x=g()) -> Raw: ...", 1, "a default is a literal"),
        ("@effect.explode\ndef f() -> None: ...", 1, "unknown decorator: effect.explode"),
        ("@effect.clear\n@effect.update\ndef f() -> None: ...", 2, "two effects: clear and update"),
        ("def f() -> Raw: ...\ndef f() -> Raw: ...", 2, "library.f is defined twice"),
        ("class A:\n    def f(self) -> Raw: ...\n    def f(self) -> Raw: ...", 3, "A.f is defined twice"),
        ("class A(B): ...", 1, "no stub defines the base 'B'"),
        ("f = g", 1, "nothing is called 'g'"),
        ('def f() -> Object["A"]: ...', 1, "nothing is called 'A'"),
        ("x: nothing", 1, "nothing is called 'nothing'"),
        ("from elsewhere import f", 1, "nothing is called 'elsewhere.f'"),
        ("print()", 1, "a stub does not say this: print()"),
        ('def f(x) -> When["x", {y: Raw}]: ...', 1, "a default is a literal"),
        ('def f(x) -> When["x", Raw]: ...', 1, "this takes {key: annotation}: Raw"),
        ('def f(x: When["x", {1: Wish}]) -> Raw: ...', 1, "unknown parameter annotation: Wish"),
        ('def f(*args) -> Each["others"]: ...', 1, "Each names no parameter: 'others'"),
        ("class A:\n    print()", 2, "a class does not say this: print()"),
        ("def f(", 1, "was never closed"),
    ],
)
def test_what_is_not_understood_is_an_error_with_its_place(tmp_path: Path, text: str, line: int, why: str) -> None:
    with pytest.raises(StubError) as caught:
        table(tmp_path, text)
    assert f"library.pyi:{line}: " in str(caught.value)
    assert why in str(caught.value)
