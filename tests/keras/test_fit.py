"""Fit raises where a finding says that it does, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dllint import Settings, check

pytest.importorskip("keras")

RAISES = ("it raises", "and wants class indices", "the others stand for no class")

PROGRAM = """import keras
import numpy as np
from keras import layers
from keras.utils import to_categorical

x = np.random.rand(8, 6).astype("float32")
y = np.array([0, 1, 0, 1, 1, 0, 1, 0])
labels = to_categorical(y, {classes})
model = keras.Sequential([layers.Input((6,)), layers.Dense(4, activation="relu"), layers.Dense({units}{activation})])
model.compile(optimizer="sgd", loss={loss})
model.fit(x, labels, batch_size=4, verbose=0)
"""
LOSSES = (
    "'categorical_crossentropy'",
    "'sparse_categorical_crossentropy'",
    "'binary_crossentropy'",
    "'CategoricalCrossentropy'",
    "keras.losses.CategoricalCrossentropy(from_logits=True)",
    "keras.losses.BinaryCrossentropy(from_logits=True)",
    "keras.losses.SparseCategoricalCrossentropy()",
    "keras.losses.categorical_crossentropy",
)
SQUASHES = ("", ', activation="softmax"', ', activation="sigmoid"')


def raised(source: str) -> bool:
    """Whether Keras raises when the program runs."""
    names: dict[str, Any] = {}
    np.random.seed(0)
    try:
        exec(compile(source, "main.py", "exec"), names)
    except Exception:
        return True
    return False


def messages(source: str) -> list[str]:
    """What dllint says of a program."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "main.py").write_text(source)
        return [f.message for f in check([folder], Settings(), cwd=Path(folder)).findings]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(2, 4), st.integers(1, 4), st.sampled_from(SQUASHES), st.sampled_from(LOSSES))
def test_no_fit_raises_without_a_finding_and_one_that_says_so_is_right(
    classes: int, units: int, activation: str, loss: str
) -> None:
    source = PROGRAM.format(classes=classes, units=units, activation=activation, loss=loss)
    said = messages(source)
    broken = raised(source)
    assert said or not broken  # no program that raises passes without a word
    assert broken or not any(why in message for message in said for why in RAISES), said
