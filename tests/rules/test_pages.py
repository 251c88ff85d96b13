"""Every page of the rule book: its bad programs are found at their marks, the others are silent, and all run."""

from __future__ import annotations

import builtins
import math
import re
import runpy
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from judged import RULES, assert_exactly_at_its_marks

from dllint import rulebook
from dllint.page import Example
from dllint.trial import write

SHOWN = [
    pytest.param(rule.name, example, id=f"{rule.name}-{example.kind}-{example.title or example.line}")
    for rule in RULES
    for example in rulebook.examples(rule)
]


OPTIONAL = ("torchvision", "PIL", "sklearn", "transformers", "tensorflow")
"""What a page may import, and the tests do without."""


@pytest.mark.parametrize(("rule", "example"), SHOWN)
def test_findings_are_exactly_at_the_marks(rule: str, example: Example, tmp_path: Path) -> None:
    assert_exactly_at_its_marks(example, tmp_path, rule)


@pytest.mark.parametrize(("rule", "example"), SHOWN)
def test_the_program_runs(rule: str, example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last file drives the others. One that says `# RuntimeError: words` of its last line raises that."""
    write(example.files, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    known = set(sys.modules)
    main = list(example.files)[-1]
    said = re.search(r"# (RuntimeError|ValueError|TypeError): (.*)", example.files[main])
    raised = pytest.raises(vars(builtins)[said[1]], match=re.escape(said[2])) if said else nullcontext()
    try:
        with raised:
            runpy.run_path(main, run_name="__main__")
    except ModuleNotFoundError as error:
        if error.name not in OPTIONAL:
            raise
        pytest.skip(f"{error.name} is not installed")
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


def test_the_figures_of_squashed_scores_are_those_on_the_pages() -> None:
    zero, one = torch.zeros(1), torch.ones(1)
    costs = [F.binary_cross_entropy_with_logits(p, p).item() for p in (one, zero)]
    assert [f"{cost:.2f}" for cost in costs] == ["0.31", "0.69"]
    assert "below 0.31 where all labels are 1 and 0.69 where all are 0" in page("sigmoid-into-logit-loss")
    assert [f"{p:.2f}" for p in torch.sigmoid(torch.tensor([0.0, 1.0, -1.0])).tolist()] == ["0.50", "0.73", "0.27"]
    assert "between 0.5 and 0.73" in page("sigmoid-into-logit-loss")
    assert f"{math.exp(2):.1f}" == "7.4"
    assert "exp(2), 7.4 times" in page("activation-before-loss")


def test_the_scores_at_which_probabilities_are_0_in_float32_are_those_on_the_page() -> None:
    def softmax(score: float) -> float:
        return F.softmax(torch.tensor([0.0, score]), 0)[1].item()

    def sigmoid(score: float) -> float:
        return torch.sigmoid(torch.tensor([score])).item()

    assert softmax(-104.0) == 0 < softmax(-103.0)
    assert sigmoid(-89.0) == 0 < sigmoid(-88.0)
    assert sigmoid(17.0) == 1 > sigmoid(16.0)
    assert "104 below the largest, a sigmoid for a score of -89, and 1 - sigmoid for one of 17" in page(
        "log-of-softmax"
    )
    scores = torch.tensor([0.0, -104.0], requires_grad=True)
    torch.log(F.softmax(scores, 0)).sum().backward()
    assert scores.grad is not None
    assert scores.grad.isnan().all()


def test_the_score_at_which_an_exponential_overflows_is_the_one_on_the_page() -> None:
    assert torch.exp(torch.tensor([88.0, 89.0])).isinf().tolist() == [False, True]
    assert "exp(89) is infinite in float32" in page("manual-softmax")


def test_the_gradient_of_a_logarithm_at_0_is_nan_but_behind_relu() -> None:
    for zero, nan in ((torch.square, True), (torch.relu, False)):
        x = torch.zeros(1, requires_grad=True)
        torch.log(zero(x)).sum().backward()
        assert x.grad is not None
        assert x.grad.isnan().item() is nan
    assert "unless a relu stops it" in page("log-without-eps")


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
