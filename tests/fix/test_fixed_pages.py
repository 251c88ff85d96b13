"""Every rule with a fix: the bad program of its page, fixed, is silent and runs as the good one does."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fixing import RULES, Judge

from dllint import rulebook
from dllint.fix.mend import Mended

FIXED = {
    "softmax-into-logit-loss": False,
    "sigmoid-into-logit-loss": False,
    "softmax-into-nll": False,
    "kldiv-input": True,
    "swapped-loss-args": False,
    "redundant-log-softmax": False,
    "log-of-softmax": True,
    "functional-dropout": True,
    "unregistered-module": True,
    "graph-retention": True,
    "state-dict-alias": True,
    "double-activation": False,
    "direct-forward": True,
    "discarded-result": False,
    "missing-eval": False,
    "bias-before-batchnorm": False,
    "missing-zero-grad": False,
}
"""Rule → whether the fix of its page's program is safe."""


@pytest.mark.parametrize("name", FIXED)
def test_the_bad_program_fixed_is_silent_and_runs(
    name: str, mend: Callable[..., Mended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (rule,) = rulebook.find(RULES, name)
    bad = next(example for example in rulebook.examples(rule) if example.kind == "bad")
    done = mend(bad.files)
    assert [(one.rule, one.fix is not None and one.fix.safe) for one in done.fixed] == [(name, FIXED[name])]
    assert list(done.report.findings) == []
    for path, content in done.contents.items():
        (tmp_path / path).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    known = set(sys.modules)
    try:
        runpy.run_path(list(bad.files)[-1], run_name="__main__")
    finally:
        for new in set(sys.modules) - known:
            if str(getattr(sys.modules[new], "__file__", "")).startswith(str(tmp_path)):
                del sys.modules[new]


def test_no_other_page_has_a_fix(judge: Judge) -> None:
    bad = [next(example for example in rulebook.examples(rule) if example.kind == "bad") for rule in RULES]
    fixable = {finding.rule for example in bad for finding in judge(example.files).findings if finding.fix}
    assert fixable == set(FIXED)


@pytest.mark.parametrize("name", [name for name in FIXED if name not in ("redundant-log-softmax", "missing-zero-grad")])
def test_the_fixed_program_is_the_good_one(name: str, mend: Callable[..., Mended]) -> None:
    (rule,) = rulebook.find(RULES, name)
    bad, good = (next(e for e in rulebook.examples(rule) if e.kind == kind) for kind in ("bad", "good"))
    done = mend(bad.files)
    for path, content in done.contents.items():
        assert _statements(content.decode()) <= _statements(good.files[path]) | _left(name)


def _statements(text: str) -> set[str]:
    """Lines less their comments, and less what the good program of a page calls otherwise or needs no more."""
    lines = (line.partition("  #")[0].replace("log_probabilities", "probabilities") for line in text.splitlines())
    return {line for line in lines if line.strip()}


def _left(name: str) -> set[str]:
    """What a fix leaves behind: an import that nothing needs any more."""
    return {"import torch.nn.functional as F"} if name == "softmax-into-logit-loss" else set()
