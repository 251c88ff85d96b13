"""torch is the oracle of what comes back: sums, ranges and signs of what the table gives a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dllint.api import lookup, method, subclass
from dllint.api.entry import REQUIRED, Function
from dllint.api.table import TABLE
from dllint.values.kind import Kind

torch = pytest.importorskip("torch")

GIVEN = {"dim": -1}
"""Arguments for parameters that have no default."""


def sums_to_one(y: Any) -> bool:
    """Softmax2d sums over the channels, the rest over the last dimension."""
    return bool((y >= 0).all()) and any(
        bool(torch.allclose(y.sum(dim), torch.ones_like(y.sum(dim)))) for dim in (-1, -3)
    )


CLAIMS: dict[Kind, Callable[[Any], bool]] = {
    Kind.PROBABILITIES: sums_to_one,
    Kind.LOG_PROBABILITIES: lambda y: sums_to_one(y.exp()),
    Kind.SIGMOID: lambda y: bool(((y > 0) & (y < 1)).all()) and not sums_to_one(y),
    Kind.LOG_SIGMOID: lambda y: bool((y < 0).all()) and not sums_to_one(y.exp()),
    Kind.RELU: lambda y: bool((y >= 0).all()) and bool((y == 0).any()),
    Kind.TANH: lambda y: bool((y.abs() < 1).all()) and bool((y < 0).any()),
    Kind.NORMALISED: lambda y: bool(torch.allclose(y.norm(dim=1), torch.ones_like(y.norm(dim=1)))),
    Kind.INDEX: lambda y: not y.is_floating_point() and y.dtype is not torch.bool,
    Kind.BOOLEAN: lambda y: y.dtype is torch.bool,
}
"""Kind → what is true of every tensor of that kind that random numbers are made into."""


def real(name: str) -> Any:
    """The object of torch that a dotted name reaches."""
    found: Any = torch
    for part in name.split(".")[1:]:
        found = getattr(found, part)
    return found


def callables(how: str) -> Iterator[tuple[str, Function, Callable[[Any], Any]]]:
    """What the table says returns in this way and needs one tensor only, with a function that calls it."""
    for name in TABLE:
        entry = lookup(name)
        if not name.startswith("torch.") or name.startswith("torch.nn._"):
            continue
        if isinstance(entry, Function):
            keywords = needed(entry, 1)
            if keywords is not None and entry.returns.how == how and entry.parameters[0].wants == "tensor":
                yield name, entry, lambda x, name=name, keywords=keywords: real(name)(x, **keywords)
        elif subclass(name, "torch.nn.Module"):
            forward, init = method(name, "forward"), method(name, "__init__")
            assert forward is not None
            assert init is not None
            keywords = needed(init, 1)
            if keywords is not None and needed(forward, 2) == {} and forward.returns.how == how:
                yield name, forward, lambda x, name=name, keywords=keywords: real(name)(**keywords).eval()(x)
    for name in ("softmax", "log_softmax", "sigmoid", "tanh", "relu", "argmax", "eq", "isnan", "sigmoid_", "relu_"):
        taken = method("torch.Tensor", name)
        assert taken is not None
        keywords = needed(taken, 1)
        if keywords is not None and taken.returns.how == how:
            yield taken.name, taken, lambda x, name=name, keywords=keywords: getattr(x, name)(**keywords)


def needed(function: Function, given: int) -> dict[str, object] | None:
    """Arguments for the parameters after the first ones that have no default; None when we have none to give."""
    names = [
        parameter.name
        for parameter in function.parameters[given:]
        if parameter.default is REQUIRED and parameter.form in ("positional", "keyword")
    ]
    return {name: GIVEN[name] for name in names} if GIVEN.keys() >= set(names) else None


def scores() -> Any:
    """Random scores of both signs, (N, C, H, W) with distinct sizes."""
    torch.manual_seed(0)
    return 2 * torch.randn(5, 4, 3, 2)


def test_kind_that_the_table_claims_is_what_torch_makes() -> None:
    wrong, checked = [], set()
    for name, function, call in callables("kind"):
        claim = CLAIMS.get(function.returns.kind)
        if claim is None:
            continue
        checked.add(function.returns.kind)
        if not claim(call(scores())):
            wrong.append(f"{name} is no {function.returns.kind!r}")
    assert wrong == []
    assert checked == CLAIMS.keys()


def test_what_keeps_its_kind_keeps_its_range() -> None:
    wrong, checked = [], 0
    for name, _, call in callables("same"):
        if "dropout" in name:
            continue  # in train mode it scales by 1 / (1 - p), and the kind is meant of eval mode
        try:
            y = call(torch.softmax(scores(), 1))
        except (RuntimeError, TypeError, ValueError):
            continue  # needs another rank, or a size
        checked += 1
        if not bool(((y >= 0) & (y <= 1)).all()):
            wrong.append(name)
    assert wrong == []
    assert checked > 15


@pytest.mark.parametrize("name", ["torch.abs", "torch.sum", "torch.mean", "torch.sqrt", "torch.norm", "torch.std"])
def test_what_loses_its_kind_says_so(name: str) -> None:
    found = lookup(name)
    assert isinstance(found, Function)
    assert found.returns.how == "reduced"


def test_every_loss_gives_one_number() -> None:
    x, y = torch.rand(4, 3), torch.rand(4, 3)
    for name in ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "binary_cross_entropy", "soft_margin_loss"):
        assert real(f"torch.nn.functional.{name}")(x, y).ndim == 0


def test_losses_that_want_logits_apply_the_squash_themselves() -> None:
    functional = torch.nn.functional
    x, labels, targets = torch.randn(4, 3), torch.randint(3, (4,)), torch.rand(4, 3)
    pairs = [
        (functional.cross_entropy(x, labels), functional.nll_loss(x.log_softmax(1), labels)),
        (
            functional.binary_cross_entropy_with_logits(x, targets),
            functional.binary_cross_entropy(x.sigmoid(), targets),
        ),
        (
            functional.multilabel_soft_margin_loss(x, targets.round()),
            functional.binary_cross_entropy(x.sigmoid(), targets.round()),
        ),
        (
            functional.soft_margin_loss(x, 2 * targets.round() - 1),
            functional.binary_cross_entropy(x.sigmoid(), targets.round()),
        ),
    ]
    for inside, outside in pairs:
        assert torch.allclose(inside, outside)
