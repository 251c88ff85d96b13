"""What infer says of a model's output is so when Keras runs the model."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings

from dllint.infer.run import infer
from dllint.plain import replace
from dllint.project import open_project
from dllint.values.kind import Kind
from dllint.values.value import Tensor, Value
from tests.keras.models import HEAD, Model, models

keras = pytest.importorskip("keras")

HOLDS = {
    Kind.PROBABILITIES: lambda y: bool(np.allclose(y.sum(-1), 1, atol=1e-4)),
    Kind.SIGMOID: lambda y: bool((y >= 0).all() and (y <= 1).all()),
    Kind.TANH: lambda y: bool((abs(y) <= 1).all()),
    Kind.RELU: lambda y: bool((y >= 0).all()),
}


def inferred(source: str, name: str) -> Value:
    """What infer says of a name of a program when it ends."""
    with TemporaryDirectory() as folder:
        path = Path(folder).resolve() / "main.py"
        path.write_text(source + "\nprint()\n")
        project = open_project(["main.py"], cwd=path.parent)
        witness = infer(replace(project, roots=project.asked))
    assert witness.faults == []
    m = witness.machine
    found = m.store.get((m.modules[path, False], name))
    assert found is not None
    return found


def made(model: Model) -> np.ndarray[Any, Any]:
    """What Keras makes of a few random inputs."""
    x = np.random.default_rng(0).normal(size=(4, *model.shape)).astype("float32")
    names: dict[str, Any] = {"x": x}
    exec(compile(model.source, "model.py", "exec"), names)
    y: np.ndarray[Any, Any] = keras.ops.convert_to_numpy(names["made"])
    return y


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(models())
@example(Model(HEAD + "model = keras.Sequential([layers.Dense(1, activation='softmax')])\nmade = model(x)\n", (6,)))
def test_kind_and_units_are_those_of_the_output(model: Model) -> None:
    found = inferred(model.source, "made")
    assert isinstance(found, Tensor)
    assert found.kind is not Kind.UNKNOWN, found.why
    y = made(model)
    assert HOLDS.get(found.kind, lambda y: True)(y)
    units = found.shape.dims[-1] if found.shape.dims else None
    assert units in (None, y.shape[-1])
