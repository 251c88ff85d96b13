"""The names that public code uses most are in the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from dllint.api import lookup, method

NAMES = Path(__file__).with_name("frequent.txt").read_text("utf-8").split()
"""By how many repositories use them; `.view` is a method of a value."""

VALUES = ("torch.Tensor", "torch.nn.Module", "torch.optim.Optimizer", "torch.nn.Sequential")


@pytest.mark.parametrize("name", NAMES)
def test_frequent_name_is_known(name: str) -> None:
    if name.startswith("."):
        assert any(method(value, name[1:]) for value in VALUES)
    else:
        assert lookup(name) is not None
