"""torch is the oracle of what infer says of a value: random programs, run by both."""

from __future__ import annotations

import pytest

from dllint.values import ranges
from dllint.values.ranges import Range
from tests.oracle.trial import Contradiction, try_all

LEAST_KNOWN = {"kinds": 0.7, "shapes": 0.9}


def test_what_infer_knows_of_a_program_is_so_when_torch_runs_it() -> None:
    count = try_all(300)
    print(count)
    for fact, least in LEAST_KNOWN.items():
        assert count.share(fact) >= least, fact


def test_a_contradiction_prints_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ranges._SPANS, "sigmoid", Range(0.0, 0.5))
    with pytest.raises(Contradiction, match=r"import torch\n(.*\n)+infer says v\d+ is sigmoid.*, in \(0\.0, 0\.5\)"):
        try_all(1)
