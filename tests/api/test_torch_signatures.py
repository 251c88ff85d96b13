"""The stubs say what torch says: names, order and defaults of parameters, wherever torch can tell."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dllint.api import attribute, lookup, mro
from dllint.api.entry import REQUIRED, Class, Function
from dllint.api.table import TABLE

torch = pytest.importorskip("torch")

FORMS = {
    inspect.Parameter.POSITIONAL_ONLY: "positional",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "positional",
    inspect.Parameter.VAR_POSITIONAL: "rest",
    inspect.Parameter.KEYWORD_ONLY: "keyword",
    inspect.Parameter.VAR_KEYWORD: "options",
}

OTHERWISE = {
    "torch.nn.Module.__init__": "torch's own is (*args, **kwargs) and refuses them",
    "torch.autograd.Variable": "the Variable of old, kept as a metaclass that gives back its argument",
    "torch.autograd.Function.apply": "a class method: inspect has left out its first parameter",
    "torch.no_grad": "a class, or a decorator when it is given a function",
    "torch.inference_mode": "a class whose __new__ takes what its __init__ does not",
    "torch.enable_grad": "a class, or a decorator when it is given a function",
    "torch.onnx.export": "thirty parameters; only the model matters",
    "torch.distributed.fsdp.FullyShardedDataParallel.__init__": "many parameters; only the module matters",
    "torch.distributed.fsdp.fully_shard": "many parameters; only the module matters",
    "torch.tensor": "all but data are keywords when it is called, whatever torch's stubs say",
    "torch.Tensor.new_tensor": "all but data are keywords when it is called, whatever torch's stubs say",
    "torch.Tensor.requires_grad_": "the parameter is called requires_grad when it is called, not mode",
    "torch.Tensor.__getitem__": "torch has one name in its stubs and one in its slot",
    "torch.numel": "its tensor is called input when it is called",
    "torch.cuda.Event.__init__": "the class has a __new__ only",
}
"""Where torch's word is not what happens, or says less than the stub, and why."""


def entries() -> Iterator[tuple[str, Function]]:
    """Every function and method of the table that belongs to torch, by name."""
    for name in TABLE:
        entry = lookup(name) if name.startswith("torch.") else None
        if isinstance(entry, Function):
            yield name, entry
        elif isinstance(entry, Class):
            yield from ((method.name, method) for _, method in entry.methods)


@cache
def real(name: str) -> Any:
    """The object of the installed torch that a dotted name reaches; AttributeError when it has none."""
    parts = name.split(".")
    for split in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:split]))
        except ImportError:
            continue
        for part in parts[split:]:
            found = getattr(found, part)
        return found
    raise AttributeError(name)


@cache
def declared() -> dict[str, list[list[str]]]:
    """Positional parameter names of torch's builtins, one list an overload, from the stubs that torch ships."""
    folder = Path(torch.__file__).parent / "_C"
    functions = ast.parse((folder / "_VariableFunctions.pyi").read_text("utf-8")).body
    classes = ast.parse((folder / "__init__.pyi").read_text("utf-8")).body
    found: dict[str, list[list[str]]] = {}
    for prefix, body in [("torch.", functions)] + [
        ("torch.Tensor.", node.body) for node in classes if isinstance(node, ast.ClassDef) and node.name == "TensorBase"
    ]:
        for node in body:
            if isinstance(node, ast.FunctionDef):
                names = [argument.arg for argument in node.args.posonlyargs + node.args.args]
                found.setdefault(prefix + node.name, []).append(names)
    return found


def says(function: Function) -> list[tuple[str, str, object]]:
    """What the stub says, comparable with `told`."""
    return [(parameter.name, parameter.form, parameter.default) for parameter in function.parameters]


def told(signature: inspect.Signature) -> list[tuple[str, str, object]]:
    """What torch says: name, form, default of each parameter."""
    return [
        (name, FORMS[parameter.kind], REQUIRED if parameter.default is parameter.empty else parameter.default)
        for name, parameter in signature.parameters.items()
    ]


def agree(ours: list[tuple[str, str, object]], theirs: list[tuple[str, str, object]]) -> bool:
    """Whether two signatures are the same, `...` standing for any default."""
    return len(ours) == len(theirs) and all(
        mine[:2] == yours[:2] and ((mine[2] is ... and yours[2] is not REQUIRED) or mine[2] == yours[2])
        for mine, yours in zip(ours, theirs, strict=True)
    )


def uninformative(signature: inspect.Signature) -> bool:
    """Whether torch only says (*args, **kwargs), as dispatchers do."""
    return {FORMS[p.kind] for n, p in signature.parameters.items() if n != "self"} <= {"rest", "options"}


def test_parameters_agree_with_torch() -> None:
    wrong, compared = [], 0
    for name, function in entries():
        if name in OTHERWISE:
            continue
        try:
            signature = inspect.signature(real(name))
        except (AttributeError, ValueError, TypeError):
            continue
        if uninformative(signature) or name.endswith("__new__"):
            continue
        compared += 1
        if not any(agree(says(each), told(signature)) for each in (function, *function.overloads)):
            wrong.append(f"{name}: stub {says(function)} torch {signature}")
    assert not wrong, "\n".join(wrong)
    assert compared > 400


def test_builtins_agree_with_the_stubs_that_torch_ships() -> None:
    wrong, compared = [], 0
    for name, function in entries():
        forms = {parameter.form for parameter in function.parameters}
        if name not in declared() or "rest" in forms or name in OTHERWISE:
            continue
        compared += 1
        for each in (function, *function.overloads):
            ours = [parameter.name for parameter in each.parameters if parameter.form == "positional"]
            if not any(ours == theirs or set(theirs) == set(ours) for theirs in declared()[name]):
                wrong.append(f"{name}: stub {ours} torch {declared()[name]}")
    assert not wrong, "\n".join(wrong)
    assert compared > 200


def test_every_name_exists_in_torch() -> None:
    missing = []
    for name in TABLE:
        private = name.startswith("torch.nn._")  # kept in torch.nn.modules.* only
        if name.startswith("torch.") and not private and not name.startswith("torch.utils.tensorboard"):
            try:
                real(name)
            except AttributeError:
                missing.append(name)
    assert missing == []


def test_every_optimizer_scheduler_loss_and_layer_of_torch_is_in_the_table() -> None:
    homes = [
        (torch.optim, torch.optim.Optimizer),
        (torch.optim.lr_scheduler, torch.optim.lr_scheduler.LRScheduler),
        (torch.nn, torch.nn.Module),
    ]
    missing = [
        f"{home.__name__}.{name}"
        for home, base in homes
        for name, found in vars(home).items()
        if inspect.isclass(found) and issubclass(found, base) and lookup(f"{home.__name__}.{name}") is None
    ]
    assert missing == []


def classes() -> Iterator[tuple[str, type]]:
    """Every class of the table that is a class of the installed torch; torch.nn's private ones from their homes."""
    homes = [torch.nn.modules.batchnorm, torch.nn.modules.conv, torch.nn.modules.dropout]
    homes += [torch.nn.modules.instancenorm, torch.nn.modules.loss]
    for name in TABLE:
        if not name.startswith("torch.") or name.startswith("torch.utils.tensorboard"):
            continue
        tail = name.rpartition(".")[2]
        if name.startswith("torch.nn._"):
            found = next(vars(home)[tail] for home in homes if tail in vars(home))
        else:
            found = real(name)
        if isinstance(lookup(name), Class) and inspect.isclass(found) and type(found).__name__ != "tensortype":
            yield name, found


def test_bases_are_bases_in_torch() -> None:
    found = dict(classes())
    wrong = [
        (name, base) for name in found for base in mro(name) if not issubclass(found[name], found.get(base, object))
    ]
    assert wrong == []
    assert len(found) > 240


def test_leaf_is_what_torch_drops_out_or_normalises_by_batch() -> None:
    batchnorm, dropout = torch.nn.modules.batchnorm._BatchNorm, torch.nn.modules.dropout._DropoutNd
    for name, found in classes():
        leaf = "batchnorm" if issubclass(found, batchnorm) else "dropout" if issubclass(found, dropout) else None
        assert attribute(name, "leaf") == leaf, name
