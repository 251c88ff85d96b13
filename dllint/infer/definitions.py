"""Function values: a definition, with what it closes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.program import ir
from dllint.values.value import Function

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def define(m: Machine, node: ir.FunctionDef | ir.Lambda) -> Function:
    """The function value of a definition met here."""
    here = m.here
    here.kept = True
    params = node.params
    every = [*params.posonly, *params.args, *params.kwonly]
    defaults = tuple((p.name, m.eval(p.default)) for p in every if p.default is not None)
    is_class = here.node is not None and isinstance(here.node, ir.ClassDef)
    frames = here.frames[1:] if is_class else here.frames
    name = node.name if isinstance(node, ir.FunctionDef) else "lambda"
    return Function(node, here.file, frames, defaults, name, here.frame if is_class else None)
