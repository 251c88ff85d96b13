"""Edits that put another loss, a sigmoid or a sum where something else was, and lines in another order."""

from __future__ import annotations

import pytest
from fixing import Judge

from dllint.fix.apply import applied

HEAD = """\
import torch
import torch.nn as nn
import torch.nn.functional as F

net, head, x = nn.Linear(4, 3), nn.Linear(4, 1), torch.randn(5, 4)
y, cut = torch.randint(3, (5,)), F.relu(net(x))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
"""

REPLACED = [
    ("log-without-eps", "torch.log(cut).mean().backward()", "torch.log(cut + 1e-6).mean().backward()"),
    ("log-without-eps", "torch.log(cut * 2).mean().backward()", "torch.log(cut * 2 + 1e-6).mean().backward()"),
    ("log-without-eps", "cut.log().mean().backward()", "(cut + 1e-6).log().mean().backward()"),
    ("log-without-eps", "(cut * 2).log().mean().backward()", "(cut * 2 + 1e-6).log().mean().backward()"),
    ("log-without-eps", "torch.log(input=cut).mean().backward()", None),
    ("sqrt-at-zero", "(cut ** 0.5).mean().backward()", "((cut + 1e-8) ** 0.5).mean().backward()"),
    ("div-without-eps", "(cut / cut.amax()).mean().backward()", "(cut / (cut.amax() + 1e-6)).mean().backward()"),
    ("logits-into-prob-loss", "F.nll_loss(net(x), y).backward()", "F.cross_entropy(net(x), y).backward()"),
    ("logits-into-prob-loss", "nn.NLLLoss()(net(x), y).backward()", "nn.CrossEntropyLoss()(net(x), y).backward()"),
    (
        "logits-into-prob-loss",
        "loss = nn.BCELoss()\nloss(head(x), torch.rand(5, 1)).backward()",
        "loss = nn.BCEWithLogitsLoss()\nloss(head(x), torch.rand(5, 1)).backward()",
    ),
    (
        "logits-into-prob-loss",
        "from torch.nn.functional import nll_loss\nnll_loss(net(x), y).backward()",
        "from torch.nn.functional import nll_loss\nF.cross_entropy(net(x), y).backward()",
    ),
    ("single-unit-softmax", "print(torch.softmax(head(x), dim=-1))", "print(torch.sigmoid(head(x)))"),
    ("single-unit-softmax", "print(head(x).softmax(-1))", "print(head(x).sigmoid())"),
    ("single-unit-softmax", "print(head(x).log_softmax(-1))", None),
    (
        "activation-before-loss",
        "F.cross_entropy(F.relu(net(x)), y).backward()",
        "F.cross_entropy(net(x), y).backward()",
    ),
]


def rewritten(rule: str, body: str, judge: Judge) -> str | None:
    """The program with the fix of its only finding of a rule; None where it has none."""
    text = f"{HEAD}{body}\n"
    (found,) = [finding for finding in judge({"a.py": text}).findings if finding.rule == rule]
    return applied(text.encode(), found.fix.edits).decode() if found.fix else None


@pytest.mark.parametrize(("rule", "before", "after"), REPLACED)
def test_one_thing_stands_for_another(rule: str, before: str, after: str | None, judge: Judge) -> None:
    assert rewritten(rule, before, judge) == (after and f"{HEAD}{after}\n")


STEP = """\
for _ in range(9):
    optimizer.zero_grad()
    F.cross_entropy(net(x), y).backward()
"""


def test_a_statement_goes_below_another_of_its_block(judge: Judge) -> None:
    clip = "    nn.utils.clip_grad_norm_(\n        net.parameters(), 1.0\n    )  # short\n"
    after = f"{STEP}{clip}    optimizer.step()\nprint(net)"
    assert rewritten("step-order", f"{STEP}    optimizer.step()\n{clip}print(net)", judge) == f"{HEAD}{after}\n"


def test_a_statement_stays_in_its_block(judge: Judge) -> None:
    late = "    if True:\n        optimizer.step()\n    nn.utils.clip_grad_norm_(net.parameters(), 1.0)"
    assert rewritten("step-order", STEP + late, judge) is None
