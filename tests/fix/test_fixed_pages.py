"""Every rule with a fix: the bad program of its page, fixed, is silent and runs as the good one does."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fixing import RULES

from dllint import rulebook
from dllint.fix.mend import Mended

FIXED = {
    "softmax-into-logit-loss": False,
    "sigmoid-into-logit-loss": False,
    "softmax-into-nll": False,
    "kldiv-input": True,
    "swapped-loss-args": False,
    "mask-polarity": False,
    "redundant-log-softmax": False,
    "log-of-softmax": True,
    "functional-dropout": True,
    "unregistered-module": True,
    "graph-retention": True,
    "state-dict-alias": True,
    "double-activation": False,
    "direct-forward": True,
    "discarded-result": False,
    "discarded-result: named and not called": False,
    "missing-eval": False,
    "bias-before-batchnorm": False,
    "missing-zero-grad": False,
    "batch-first": False,
    "no-shuffle": False,
    "logits-into-prob-loss": False,
    "activation-before-loss": False,
    "single-unit-softmax": False,
    "missing-train": False,
    "step-order": False,
    "optimizer-params: nothing is frozen": True,
    "missing-super-init: it is never called": True,
    "log-without-eps": False,
    "div-without-eps": False,
    "sqrt-at-zero": False,
    "squeeze-all": False,
    "target-shape-dtype": True,
    "channel-order": False,
    "missing-training-arg": True,
}
"""Bad program, by its rule and its title if it has one → whether its fix is safe."""

BAD = {
    f"{rule.name}: {example.title}" if example.title else rule.name: (rule, example)
    for rule in RULES
    for example in rulebook.examples(rule)
    if example.kind == "bad"
}
OTHERWISE = ("redundant-log-softmax", "missing-zero-grad", *(name for name in FIXED if ":" in name))
"""What the good program of a page does otherwise, or shows of its first bad one alone."""

OPTIONAL = ("torchvision", "PIL", "sklearn", "tensorflow")
"""What a page may import, and the tests do without."""


@pytest.mark.parametrize("name", BAD)
def test_the_bad_program_fixed_is_silent_and_runs(
    name: str, mend: Callable[..., Mended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule, bad = BAD[name]
    done = mend(bad.files)
    fixed = [(rule.name, FIXED[name])] if name in FIXED else []
    assert [(one.rule, one.fix is not None and one.fix.safe) for one in done.fixed] == fixed
    if not fixed:
        return
    assert list(done.report.findings) == []
    for path, content in done.contents.items():
        (tmp_path / path).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    known = set(sys.modules)
    try:
        runpy.run_path(list(bad.files)[-1], run_name="__main__")
    except ModuleNotFoundError as error:
        if error.name not in OPTIONAL:
            raise
        pytest.skip(f"{error.name} is not installed")
    finally:
        for new in set(sys.modules) - known:
            if str(getattr(sys.modules[new], "__file__", "")).startswith(str(tmp_path)):
                del sys.modules[new]


@pytest.mark.parametrize("name", [name for name in FIXED if name not in OTHERWISE])
def test_the_fixed_program_is_the_good_one(name: str, mend: Callable[..., Mended]) -> None:
    rule, bad = BAD[name]
    good = next(example for example in rulebook.examples(rule) if example.kind == "good")
    done = mend(bad.files)
    for path, content in done.contents.items():
        assert _statements(content.decode()) <= _statements(good.files[path]) | LEFT.get(name, set())


def _statements(text: str) -> set[str]:
    """Lines less their comments, and less what the good program of a page calls otherwise or needs no more."""
    lines = (line.partition("  #")[0].replace("log_probabilities", "probabilities") for line in text.splitlines())
    return {line for line in lines if line.strip() and line[0] != "#"}


LEFT = {
    "softmax-into-logit-loss": {"import torch.nn.functional as F"},
    "missing-train": {"net.train()"},
}
"""What a fix leaves behind: an import that nothing needs any more, a train() that does no harm."""
