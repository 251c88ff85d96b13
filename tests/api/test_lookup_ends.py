"""Looking a name up ends, whatever is re-exported from where."""

from __future__ import annotations

import pytest

from dllint import api


@pytest.mark.parametrize(
    "name",
    [
        "torch.optim.nothing",
        "torch.optim.optimizer.nothing",
        "lightning.pytorch.nothing",
        "pytorch_lightning.a.b.c.d.e",
    ],
)
def test_an_unknown_name_of_a_module_that_re_exports_is_none(name: str) -> None:
    assert api.lookup(name) is None
