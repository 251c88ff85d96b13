"""Every page of the rule book: its bad programs are found at their marks, the others are silent, and all run."""

from __future__ import annotations

import math
import runpy
import sys
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from judged import RULES, assert_exactly_at_its_marks

from dllint import rulebook
from dllint.page import Example
from dllint.trial import write

SHOWN = [
    pytest.param(example, id=f"{rule.name}-{example.kind}-{example.title or example.line}")
    for rule in RULES
    for example in rulebook.examples(rule)
]


@pytest.mark.parametrize("example", SHOWN)
def test_findings_are_exactly_at_the_marks(example: Example, tmp_path: Path) -> None:
    assert_exactly_at_its_marks(example, tmp_path)


@pytest.mark.parametrize("example", SHOWN)
def test_the_program_runs(example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last file drives the others."""
    write(example.files, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    known = set(sys.modules)
    try:
        runpy.run_path(list(example.files)[-1], run_name="__main__")
    finally:
        for name in set(sys.modules) - known:
            if str(getattr(sys.modules[name], "__file__", "")).startswith(str(tmp_path)):
                del sys.modules[name]


# ------------------------------------------------------ what the pages claim, asked of torch


def page(name: str) -> str:
    """The page of a rule on one line."""
    (rule,) = rulebook.find(RULES, name)
    return " ".join(rule.page.split())


@pytest.mark.parametrize("classes", [2, 3, 10, 1000])
def test_cross_entropy_of_softmax_cannot_fall_below_the_floor(classes: int) -> None:
    floor = math.log(1 + (classes - 1) / math.e)
    labels = torch.arange(classes)
    perfect = F.cross_entropy(F.one_hot(labels).float(), labels)
    torch.testing.assert_close(perfect.item(), floor)
    torch.manual_seed(0)
    for scale in (0.1, 1, 10, 1000):
        scores = torch.randn(64, classes, dtype=torch.float64) * scale
        right = scores.argmax(1)
        assert F.cross_entropy(F.softmax(scores, 1), right).item() >= floor - 1e-9
        assert F.cross_entropy(scores * 1000, right).item() < floor


def test_the_floor_for_ten_classes_is_the_figure_on_the_page() -> None:
    assert f"log(1 + (C - 1) / e), {math.log(1 + 9 / math.e):.2f} for ten classes" in page("softmax-into-logit-loss")


def test_train_mode_is_noisy_depends_on_the_batch_and_moves_the_statistics() -> None:
    torch.manual_seed(0)
    net = torch.nn.Sequential(torch.nn.BatchNorm1d(4), torch.nn.Dropout())
    images = torch.randn(8, 4)
    before = net[0].running_mean.clone()
    assert not torch.equal(net(images), net(images))
    assert not torch.equal(net[0](images)[:2], net[0](images[:2]))
    assert not torch.equal(net[0].running_mean, before)
    net.eval()
    assert torch.equal(net(images), net(images))
    torch.testing.assert_close(net(images)[:2], net(images[:2]))


def test_without_zero_grad_the_second_update_uses_the_sum_of_two_batches() -> None:
    torch.manual_seed(0)
    net = torch.nn.Linear(4, 1)
    batches = torch.randn(2, 8, 4)
    alone = [torch.autograd.grad(net(batch).sum(), net.weight)[0] for batch in batches]
    for batch in batches:
        net(batch).sum().backward()
    torch.testing.assert_close(net.weight.grad, alone[0] + alone[1])
