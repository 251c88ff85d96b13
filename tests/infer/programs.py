"""Random straight-line programs over tensors and constants, built while torch runs them.

A line is drawn from a table of templates and tried at once: one that raises, or makes a number that is not finite,
is left out, so no rule of ours says which line is valid where.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import torch
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional as F

HEAD = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n"

# {a}, {b}: tensors (b has the shape of a where one has). {d}, {e}: dimensions. {c}: a number. {k}, {n}: a constant's
# name and a small whole number. A template that binds names does so by {r}, {s}.
SQUASH = """
torch.softmax({a}, dim={d})
{a}.softmax({d})
nn.Softmax(dim={d})({a})
F.log_softmax({a}, dim={d})
nn.LogSoftmax({d})({a})
torch.sigmoid({a})
nn.Sigmoid()({a})
F.logsigmoid({a})
torch.relu({a})
F.relu({a})
{a}.tanh()
F.gelu({a})
F.softplus({a})
F.leaky_relu({a})
F.normalize({a}, dim={d})
nn.Linear({a}.shape[-1], {n})({a})
nn.LayerNorm({a}.shape[-1])({a})
nn.Sequential(nn.Linear({a}.shape[-1], 3), nn.ReLU())({a})
nn.Sequential(nn.Identity(), nn.Softmax(dim={d}))({a})
"""
VIEW = """
{a}.view(-1)
{a}.reshape({a}.shape[0], -1)
{a}.transpose({d}, {e})
{a}.permute(*range({a}.dim() - 1, -1, -1))
{a}.flatten()
torch.flatten({a}, 1)
{a}.unsqueeze({d})
{a}.squeeze()
{a}.squeeze({d})
{a}.contiguous()
{a}.mT
{a}.expand(2, *{a}.shape)
{a}.repeat(2, *[1] * ({a}.dim() - 1))
{a}.flip({d})
torch.roll({a}, 1, {d})
{a}[0]
{a}[-1]
{a}[:, {n}]
{a}[..., None]
{a}[:{n}]
{a}[{b} > 0]
{a}.select({d}, 0)
{a}.index_select({d}, torch.tensor([0, 0]))
{a}.gather({d}, {b}.argmax({d}, keepdim=True))
torch.cat([{a}, {b}], dim={d})
torch.cat(({a}, {a}))
torch.stack([{a}, {b}], dim={d})
F.pad({a}, (1, 1))
F.avg_pool1d({a}, 2)
F.max_pool1d({a}, 2)
torch.tril({a})
{a}.masked_fill({b} > 0.5, 0)
{a}.detach()
{a}.clone().cpu()
{a}.data
{a}.to("cpu").double().float()
nn.Dropout(0.5).eval()({a})
F.dropout({a}, 0.5, training=False)
nn.Identity()({a})
nn.Flatten()({a})
torch.chunk({a}, 2, dim={d})[1]
{a}.split(1, {d})[0]
{a}.unbind({d})[-1]
"""
PICK = """
{a}.argmax({d})
{a}.max({d})[0]
{a}.max({d})[1]
torch.max({a}, dim={d})[0]
{a}.min({d})[1]
{a}.sort({d})[0]
{a}.topk(1, {d})[1]
{a}.topk(1, {d})[0]
torch.topk({a}, 1)[0]
{a} > {c}
{a} == {b}
{a}.eq({b})
~({a} > {c})
({a} > {c}).float()
{a}.argmax({d}).float()
{a}.clamp(min=0)
{a}.clamp(0, 1)
torch.clamp({a}, 1e-7, 1 - 1e-7)
{a}.clamp(-5, 5)
"""
ARITHMETIC = """
{a} + {b}
{a} - {b}
{a} * {b}
{a} * {c}
{a} / {c}
{a} + {c}
{c} - {a}
1 - {a}
-{a}
{a} + 1e-8
{a}.log()
torch.log({a} + 1e-8)
{a}.exp()
torch.exp({a})
torch.log1p({a})
{a}.abs()
{a} ** 2
{a}.sqrt()
{a}.sum()
{a}.mean({d})
{a}.sum({d}, keepdim=True)
{a}.cumsum({d})
{a}.round()
torch.maximum({a}, {b})
torch.where({a} > 0, {a}, {b})
{a} @ {b}.mT
torch.zeros_like({a})
F.mse_loss({a}, {b})
F.cross_entropy({a}, {a}.argmax(1))
F.binary_cross_entropy_with_logits({a}, {b})
"""
PYTHON = """
{n}
{k} + {n}
{k} * 2 - {n}
{k} // {n}
{k} % 5
{k} / 4
-{k}
{k} < {n}
{k} == {n}
not {k}
{k} and {n}
{k} or {n}
{n} if {k} > 2 else {a}
({k}, {a})[1]
[{a}, {b}][-1]
[{n}, {k}, 7][:-1]
[{n}, {k}, 7][1:]
({n}, {k}, 7)[::-1]
(1, *[{k}, {n}])
{{"p": {a}, "q": {b}}}["q"]
{{"p": {k}}}.get("x", {n})
len([{a}, {b}])
len(({k},)) + {n}
[z * 2 for z in ({k}, {n})]
[z for z in range(4) if z > {n}]
sum([{k}, {n}])
f"{{{k}}}/{n}"
[{k}] * 2
{n} in ({k}, 1)
(lambda z, by={n}: z * by)({k})
list(zip(({k}, 1), "ab"))
dict(a={k}, b={n})["a"]
tuple(enumerate([{k}], {n}))
"""
UNPACK = """
{r}, {s} = {a}.max({d})
{r}, {s} = {a}.chunk(2, {d})
{r}, {s} = ({a}, {k})
{r}, *{s} = [{k}, {n}, 1]
{r} = {s} = {a}
"""


def _templates(*tables: str) -> list[str]:
    return [line for table in tables for line in table.strip().splitlines()]


TEMPLATES = [
    *(f"{{r}} = {line}" for line in _templates(SQUASH, SQUASH, SQUASH, VIEW, VIEW, PICK, ARITHMETIC, PYTHON)),
    *_templates(UNPACK),
]


@dataclass(frozen=True, slots=True)
class Program:
    """Source text, and what each of its names was when it ended."""

    source: str
    values: dict[str, Any]


def programs(shortest: int = 8, longest: int = 16) -> st.SearchStrategy[Program]:
    """Programs that run: scores of a small net, and so many lines on them, less those that do not run.

    Each line has a seed of its own, so that a failing program shrinks by losing lines.
    """
    return st.builds(program, seeds(32), st.lists(seeds(32), min_size=shortest, max_size=longest))


def seeds(bits: int) -> st.SearchStrategy[int]:
    return st.integers(0, 2**bits - 1)


def program(start: int, lines: Iterable[int]) -> Program:
    """The program that these seeds give: one for its head, one for each line."""
    chance = random.Random(start)
    torch.manual_seed(start)
    source = [
        f"x = torch.randn({chance.randint(1, 3)}, {chance.randint(2, 4)}{chance.choice(['', ', 2', ', 2, 3'])})",
        f"h = nn.Linear(x.shape[-1], {chance.randint(2, 4)})(x)",
        f"k = {chance.randint(0, 3)}",
    ]
    env: dict[str, Any] = {"torch": torch, "nn": nn, "F": F}
    values: dict[str, Any] = {}
    for line in source:
        assert _runs(line, env, values)
    for number, seed in enumerate(lines):
        line = _line(random.Random(seed), number, values)
        if _runs(line, env, values):
            source.append(line)
    return Program(HEAD + "\n".join(source) + "\n", values)


def _line(chance: random.Random, number: int, values: dict[str, Any]) -> str:
    tensors = [name for name, value in values.items() if isinstance(value, torch.Tensor)]
    a = chance.choice(tensors[-6:])
    alike = [name for name in tensors if values[name].shape == values[a].shape]
    return chance.choice(TEMPLATES).format(
        r=f"v{number}",
        s=f"w{number}",
        a=a,
        b=chance.choice(alike),
        d=chance.randint(-1, max(0, values[a].dim() - 1)),
        e=chance.randint(-1, max(0, values[a].dim() - 1)),
        c=chance.choice(["0", "0.5", "2", "1e-6", "-1", "10"]),
        k=chance.choice([name for name, value in values.items() if type(value) in (int, float, bool)]),
        n=chance.randint(1, 3),
    )


def _runs(line: str, env: dict[str, Any], values: dict[str, Any]) -> bool:
    """Whether Python runs a line to finite numbers; then its names are in both."""
    made: dict[str, Any] = {}
    try:
        with torch.no_grad():
            exec(line, {**env, **values}, made)
    except (RuntimeError, IndexError, ValueError, TypeError, ZeroDivisionError, NotImplementedError):
        return False
    if not all(_fit(value) for value in made.values()):
        return False
    values.update(made)
    return True


def _fit(value: object) -> bool:
    """Not empty, finite, and small enough to go on with."""
    if not isinstance(value, torch.Tensor):
        return True
    return 0 < value.numel() < 2000 and bool((value.double().abs() < 1e6).all())
