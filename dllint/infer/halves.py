"""Where numbers are of type float16, by a network's own weights or by autocast, and which numbers that cannot hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.api.entry import Function as Entry
from dllint.events import Unheld
from dllint.findings import Confidence
from dllint.infer import conditions, dtypes, modules
from dllint.values.dtype import CONVERSIONS, FLOAT, HALF, named
from dllint.values.value import FALSE, NONE, TRUE, Const, Library, Ref, Site, Step, Tensor, Union, Unknown, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

LARGEST = 65504.0
SMALLEST = 2.0**-25
"""What is no larger than this, half of the smallest number there is, becomes 0."""

AUTOCAST = ("autocast", "")
"""The cell that holds the autocast to float16 that is entered, on CUDA; or FALSE."""
TYPE = "#dtype"
"""Of a layer, the type that its parameters were turned into."""

MULTIPLIES = frozenset(
    {
        *("Linear", "linear", "Bilinear", "matmul", "mm", "bmm", "mv", "addmm", "baddbmm", "einsum"),
        *(f"{way}{n}d" for way in ("Conv", "ConvTranspose", "conv", "conv_transpose") for n in (1, 2, 3)),
        "scaled_dot_product_attention",
    }
)
"""What autocast computes in float16. Source: torch.amp, "CUDA Ops that can autocast to float16"."""
WIDENED = frozenset(
    {
        *("softmax", "Softmax", "log_softmax", "LogSoftmax", "softmin", "softplus", "Softplus", "exp", "expm1", "log"),
        *("log2", "log10", "log1p", "sum", "prod", "cumsum", "cumprod", "norm", "normalize", "cosine_similarity"),
        *("layer_norm", "LayerNorm", "group_norm", "GroupNorm", "pow", "rsqrt", "reciprocal", "cdist"),
    }
)
"""What it computes in float32. Source: the same, "can autocast to float32"."""
KEEPS = WIDENED | {
    *("relu", "ReLU", "gelu", "GELU", "leaky_relu", "LeakyReLU", "silu", "SiLU", "tanh", "Tanh", "sigmoid", "Sigmoid"),
    *("dropout", "Dropout", "sqrt", "mean", "abs", "neg", "clamp", "max_pool2d", "MaxPool2d", "BatchNorm2d", "var"),
}
"""What outside of it leaves the type as it is."""


def enabled(m: Machine, entry: Entry, bound: dict[str, Value]) -> bool:
    """Whether an autocast surely casts to float16, on CUDA."""
    device = bound.get("device_type", Const("cuda" if entry.name == "torch.cuda.amp.autocast" else ""))
    asked = bound.get("dtype", NONE)
    to = HALF if asked == NONE else named(asked.name) if type(asked) is Library else ""
    on_cuda = type(device) is Const and str(device.value).partition(":")[0] == "cuda"
    return on_cuda and to == HALF and bound.get("enabled", TRUE) == TRUE


def entered(m: Machine, region: Ref) -> tuple[Value, Value | None]:
    """What the cell of autocast holds inside of a region, and what it held before."""
    casts = m.store.get((region.id, "#casts")) == TRUE
    return (region if casts else FALSE), m.store.get(AUTOCAST)


def born(m: Machine, layer: Ref, short: str) -> None:
    """A new layer is of the type that torch takes by default."""
    if short in MULTIPLIES:
        m.store.set((layer.id, TYPE), Const(FLOAT))


def given(m: Machine, entry: Entry, bound: dict[str, Value], value: Value) -> Value:
    """The result of a call: of float16 where its layer, its region or what it is made of is."""
    short = entry.short
    if type(value) is Ref:
        if short in CONVERSIONS or short == "to":
            _turned(m, value, dtypes.converted(m, entry, bound))
        return value
    if short in MULTIPLIES:
        return dtypes.typed(value, of_product(m, bound, dtypes.of(value)))
    if short in KEEPS and dtypes.of(_tensor(bound)) == HALF:
        return dtypes.typed(value, "float32" if short in WIDENED and _region(m) is not None else HALF)
    return value


def _tensor(bound: dict[str, Value]) -> Value:
    """What a function, a layer or a method is given."""
    return next((value for value in bound.values() if type(value) is not Ref), NONE)


def _region(m: Machine) -> Ref | None:
    """The autocast to float16 that is entered."""
    found = m.store.get(AUTOCAST)
    return found if type(found) is Ref else None


def _turned(m: Machine, module: Ref, to: str) -> None:
    """net.half(), net.to(torch.float16): the parameters of all its layers are of that type."""
    if to and modules.is_module(m, module):
        for owner in modules.subtree(m, module.id):
            m.store.set((owner, TYPE), Const(to))


def of_product(m: Machine, bound: dict[str, Value], otherwise: str) -> str:
    """The type of what multiplies by weights, or multiplies two tensors."""
    if _region(m) is not None:
        return HALF
    layer = bound.get("self")
    known = m.store.get((layer.id, TYPE)) if type(layer) is Ref else None
    known = conditions.pruned(m, known) if type(known) is Union else known
    if type(known) is Const and known.value != FLOAT:
        return str(known.value)
    found = {dtypes.of(value) for value in bound.values() if type(value) is Tensor}
    return HALF if found == {HALF} else otherwise


def of_operator(m: Machine, op: str, left: Value, right: Value) -> str:
    """The type of `left @ right`, and under autocast of scores that are scaled by what no data is in: a number."""
    if op == "@":
        return of_product(m, {"left": left, "right": right}, "")
    known, scale = (left, right) if op == "/" or type(left) is Tensor else (right, left)
    number = type(scale) is Unknown and not scale.deps and (op == "/" or scale.ident is None)
    return HALF if number and dtypes.of(known) == HALF and _region(m) is not None else ""


# ---------------------------------------------------------------- what it cannot hold

FILLS = {
    **dict.fromkeys(("masked_fill", "masked_fill_", "fill_", "index_fill", "index_fill_", "pad"), ("value",)),
    **dict.fromkeys(("full_like", "new_full"), ("fill_value",)),
    **dict.fromkeys(("clamp", "clamp_", "clip"), ("min", "max")),
    **dict.fromkeys(("clamp_min", "clamp_max"), ("min", "max")),
}
"""Calls that put a number among those of a tensor: by which arguments. torch raises for one that it cannot hold."""


def filled(m: Machine, entry: Entry, bound: dict[str, Value], site: Site) -> None:
    """Write down that a number is put into float16 that this cannot hold."""
    of = bound.get("input", bound.get("self", NONE))
    for name in FILLS[entry.short]:
        number = _number(bound.get(name))
        if LARGEST < abs(number) < float("inf"):
            _note(m, entry.short, number, of, site)


def added(m: Machine, callee: str, one: Value, other: Value, site: Site) -> None:
    """Write down that a number is added to float16 that is 0 there."""
    for of, number in ((one, _number(other)), (other, _number(one))):
        if 0 < abs(number) <= SMALLEST:
            _note(m, callee, number, of, site)


def _number(value: Value | None) -> float:
    found = value.value if type(value) is Const else 0
    return float(found) if type(found) in (int, float) else 0.0  # type: ignore[arg-type]


def _note(m: Machine, callee: str, number: float, of: Value, site: Site) -> None:
    if dtypes.of(of) != HALF or m.tried or site.file in m.tests:
        return
    region, chain = _region(m), of.origin if type(of) is Tensor else ()
    if region is not None:
        chain = (Step(m.heap[region.id].site, "autocast to float16 begins here"), *chain)
    sure = Confidence.LIKELY if region is not None or m.assumed or m.conditions else Confidence.CERTAIN
    when = conditions.when(m, m.assumed.union(*m.conditions))
    m.note(Unheld(callee, number, region is not None, chain, m.where(site), sure, when))
