"""What the API table says of torch that takes one tensor alone, as pieces of programs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import torch

from dllint.api import lookup, method, subclass
from dllint.api.entry import REQUIRED, Class, Function
from dllint.api.table import TABLE
from dllint.values.kind import Kind

SHORT = {"torch.nn.functional.": "F.", "torch.nn.": "nn."}

LEFT_OUT = re.compile(
    r"[dD]ropout|rrelu|RReLU|empty|\.(new|resize|cuda|xpu|pin_memory|to_sparse|distributed|onnx|jit|utils|fft)\b"
)
"""In train mode the first scale by 1 / (1 - p) or draw a slope, and the kind is meant of eval mode; then what was never
written, and what needs more than a processor."""

FOLLOWED = ("kind", "same", "reduced", "detached", "log", "exp", "tuple", "record")
"""Ways of coming back that say something of a tensor."""


def templates() -> list[str]:
    """Expressions on `{a}`, with `{d}` where a dimension is needed."""
    return sorted(f"{call}" for call, _ in entries())


def entries() -> Iterator[tuple[str, Function]]:
    """A template, and the entry of the table that says what comes back."""
    for name in TABLE:
        if not name.startswith("torch.") or "._" in name or not _real(name):
            continue
        entry = lookup(name)
        if isinstance(entry, Function):
            yield from _call(name, entry)
        elif isinstance(entry, Class) and name == "torch.Tensor":
            for short, function in entry.methods:
                yield from _method(short, function)
        elif isinstance(entry, Class) and subclass(name, "torch.nn.Module"):
            yield from _layer(name)


def _real(name: str) -> bool:
    found: object = torch
    for part in name.split(".")[1:]:
        found = getattr(found, part, None)
    return found is not None


def _call(name: str, function: Function) -> Iterator[tuple[str, Function]]:
    rest = _needed(function, 1)
    if rest is not None and function.parameters and function.parameters[0].wants and _fits(function):
        yield f"{_written(name)}({', '.join(['{a}', *rest])})", function


def _method(short: str, function: Function) -> Iterator[tuple[str, Function]]:
    rest = _needed(function, 1)
    if rest is not None and _fits(function):
        yield f"{{a}}.{short}({', '.join(rest)})", function


def _layer(name: str) -> Iterator[tuple[str, Function]]:
    forward, made = method(name, "forward"), method(name, "__init__")
    if forward is None or made is None or forward.returns.kind is Kind.LOSS or LEFT_OUT.search(name):
        return
    rest = _needed(made, 1)
    if rest is not None and _needed(forward, 2) == []:
        yield f"{_written(name)}({', '.join(rest)}).eval()({{a}})", forward


def _needed(function: Function, given: int) -> list[str] | None:
    """Arguments for what has no default after the first ones; None when there is more than a dimension to give."""
    needed = [
        parameter.name
        for parameter in function.parameters[given:]
        if parameter.default is REQUIRED and parameter.form in ("positional", "keyword")
    ]
    return ["dim={d}"] * len(needed) if needed in ([], ["dim"]) else None


def _fits(function: Function) -> bool:
    """Whether it gives back something that we can look at, and does nothing else."""
    left_out = function.effect or function.name.endswith("_") or LEFT_OUT.search(function.name)
    return function.returns.how in FOLLOWED and not left_out


def _written(name: str) -> str:
    for long, short in SHORT.items():
        if name.startswith(long):
            return short + name.removeprefix(long)
    return name
