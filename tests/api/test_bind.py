"""bind follows Python's own rule."""

from __future__ import annotations

import inspect

from hypothesis import given
from hypothesis import strategies as st

from dllint.api import lookup, method
from dllint.api.bind import bind, choose, rest
from dllint.api.entry import REQUIRED, Function, Parameter, Returns

FORMS = {
    "positional": inspect.Parameter.POSITIONAL_OR_KEYWORD,
    "rest": inspect.Parameter.VAR_POSITIONAL,
    "keyword": inspect.Parameter.KEYWORD_ONLY,
    "options": inspect.Parameter.VAR_KEYWORD,
}


def function(name: str) -> Function:
    found = lookup(name)
    assert isinstance(found, Function)
    return found


def type_of(value: object) -> str:
    """A string stands for a tensor, an empty one for a value of unknown type."""
    return ("Tensor" if value else "") if isinstance(value, str) else type(value).__name__


def returned(name: str, *args: object, **keywords: object) -> str:
    """How the overload that is chosen returns."""
    chosen = choose(function(name), args, keywords, skip_self=False, type_of=type_of)
    assert chosen is not None
    return chosen[0].returns.how


@st.composite
def signatures(draw: st.DrawFn) -> Function:
    """A function of up to five parameters that Python would accept."""
    required = draw(st.integers(0, 2))
    parameters = [Parameter(name) for name in "ab"[:required]]
    parameters += [Parameter(name, default=0) for name in "cd"[: draw(st.integers(0, 2))]]
    if draw(st.booleans()):
        parameters.append(Parameter("rest", "rest"))
    if draw(st.booleans()):
        parameters.append(Parameter("k", "keyword", draw(st.sampled_from([REQUIRED, 0]))))
    if draw(st.booleans()):
        parameters.append(Parameter("options", "options"))
    return Function("f", tuple(parameters), Returns("none"))


def as_python(function: Function) -> inspect.Signature:
    return inspect.Signature(
        [
            inspect.Parameter(p.name, FORMS[p.form], default=p.empty if p.default is REQUIRED else p.default)
            for p in (_Python(parameter) for parameter in function.parameters)
        ]
    )


class _Python:
    """A parameter, with inspect's marker for no default within reach."""

    empty = inspect.Parameter.empty

    def __init__(self, parameter: Parameter) -> None:
        self.name, self.form, self.default = parameter.name, parameter.form, parameter.default


@given(signatures(), st.integers(0, 5), st.sets(st.sampled_from(["a", "b", "c", "d", "k", "z"])))
def test_binds_as_inspect_does(function: Function, given_args: int, names: set[str]) -> None:
    args = [f"arg{i}" for i in range(given_args)]
    keywords = {name: f"kw {name}" for name in names}
    ours = bind(function, args, keywords, skip_self=False)
    try:
        theirs = as_python(function).bind(*args, **keywords).arguments
    except TypeError:
        assert ours is None
        return
    flat = {name: value for name, value in theirs.items() if name not in ("rest", "options")}
    flat |= {f"rest[{i}]": value for i, value in enumerate(theirs.get("rest", ()))}
    assert ours == flat | theirs.get("options", {})


def test_receiver_is_passed_over() -> None:
    view = method("torch.Tensor", "view")
    assert view is not None
    bound = bind(view, [2, 3], {}, skip_self=True)
    assert bound is not None
    assert rest(bound, "size") == [2, 3]


def test_numpy_names_of_torch_bind() -> None:
    assert bind(function("torch.sum"), ["x"], {"axis": 1, "keepdims": True}, skip_self=False) == {
        "input": "x",
        "dim": 1,
        "keepdim": True,
    }


def test_numpy_name_beside_torch_name_does_not_bind() -> None:
    assert bind(function("torch.sum"), ["x"], {"axis": 1, "dim": 1}, skip_self=False) is None


def test_max_with_a_dimension_gives_a_pair() -> None:
    assert returned("torch.max", "x", 1) == "record"
    assert returned("torch.max", "x", dim=1) == "record"


def test_max_of_two_tensors_gives_a_tensor() -> None:
    assert returned("torch.max", "x", "y") == "reduced"


def test_max_over_all_gives_a_tensor() -> None:
    assert returned("torch.max", "x") == "reduced"


def test_unknown_second_argument_of_max_is_taken_for_a_dimension() -> None:
    assert returned("torch.max", "x", "") == "record"


def test_unique_with_counts_is_not_a_tensor() -> None:
    assert returned("torch.unique", "x", return_counts=True) == "unknown"
    assert returned("torch.unique", "x") == "same"
