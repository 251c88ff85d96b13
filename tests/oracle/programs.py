"""Random programs over tensors and constants, built while torch runs them.

A piece is drawn from a table of templates and tried at once: one that raises, or makes a number that is not finite,
is left out, so no rule of ours says which piece is valid where. What the API table says of torch is among the
templates by itself.
"""

from __future__ import annotations

import random
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional as F

from tests.oracle.callables import templates
from tests.oracle.sized import alone, on_tensors

HEAD = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n"

# {a}, {b}: tensors (b has the shape of a where one has). {d}, {e}: dimensions. {c}: a number. {k}, {n}: a constant's
# name and a small whole number. A template that binds names does so by {r}, {s}. «…» stands for any one-line template
# on what is between, so that it runs inside a function, a module or a loop.
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
{a}.view_as({b})
{a}.reshape({a}.shape[0], -1)
{a}.reshape_as({b})
{a}.transpose({d}, {e})
{a}.swapaxes({d}, {e})
{a}.swapdims({d}, {e})
{a}.movedim({d}, {e})
{a}.moveaxis({d}, {e})
{a}.permute(*range({a}.dim() - 1, -1, -1))
{a}.t()
{a}.flatten()
{a}.ravel()
torch.flatten({a}, 1)
{a}.unflatten({d}, (1, -1))
{a}.unsqueeze({d})
{a}.squeeze()
{a}.squeeze({d})
{a}.contiguous()
{a}.mT
{a}.expand(2, *{a}.shape)
{a}.expand_as({b})
{a}.broadcast_to({b}.shape)
{a}.repeat(2, *[1] * ({a}.dim() - 1))
{a}.repeat_interleave(2, dim={d})
{a}.tile(2)
{a}.flip({d})
torch.roll({a}, 1, {d})
{a}[0]
{a}[-1]
{a}[:, {n}]
{a}[..., None]
{a}[:{n}]
{a}[{b} > 0]
{a}.select({d}, 0)
{a}.narrow({d}, 0, 1)
{a}.take(torch.arange({a}.numel()))
{a}.masked_select({b} > 0)
{a}.index_select({d}, torch.tensor([0, 0]))
{a}.gather({d}, {b}.argmax({d}, keepdim=True))
torch.cat([{a}, {b}], dim={d})
torch.cat(({a}, {a}))
torch.concat(({a}, {a}))
torch.concatenate(({a}, {a}))
torch.hstack([{a}, {a}])
torch.vstack([{a}, {a}])
torch.dstack([{a}, {a}])
torch.stack([{a}, {a}])
torch.stack([{a}, {b}], dim={d})
F.pad({a}, (1, 1))
F.avg_pool1d({a}, 2)
F.avg_pool2d({a}, 2, padding=1)
F.avg_pool1d({a}.flatten(2), 2)
F.max_pool1d({a}, 2)
F.max_pool2d({a}, 2)
torch.tril({a})
{a}.masked_fill({b} > 0.5, 0)
{a}.detach()
{a}.clone().cpu()
{a}.data
{a}.to("cpu").double().float()
{a}.type_as(g)
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
{a}.amax({d})
{a}.amin({d})
{a}.max()
{a}.median({d})[0]
torch.max({a}, dim={d})[0]
{a}.min({d})[1]
{a}.min({d})[0]
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
{a}.clip(max=1)
{a}.clamp_min(0)
{a}.clamp_max(1)
torch.where({a} > 0, {a}, {a}.flip(0))
"""
ARITHMETIC = """
{a} + {b}
{a} - {b}
{a} * {b}
{a} * {a}
{a} / ({b}.abs() + 1)
{a} * {c}
{a} / {c}
{a} + {c}
{a}.add({c})
{a}.sub({b})
{a}.mul({b})
{a}.div({c})
{a}.pow({n})
{c} - {a}
1 - {a}
-{a}
{a}.neg()
{a} + 1e-8
{a}.log()
torch.log({a} + 1e-8)
{a}.exp()
torch.exp({a})
torch.log1p({a})
{a}.abs()
{a} ** 2
{a} ** 3
{a} ** 0.5
{a}.square()
{a}.sqrt()
{a}.sin()
{a}.cos()
{a}.sign()
{a}.sum()
{a}.mean({d})
{a}.sum({d}, keepdim=True)
{a}.nansum({d})
{a}.norm(dim={d})
{a}.std({d})
{a}.var({d})
{a}.quantile(0.5, dim={d})
{a}.count_nonzero({d})
({a} > 10).float().count_nonzero({d})
torch.log(torch.softmax({a}, dim={d}))
torch.log(torch.sigmoid({a}))
torch.exp(F.log_softmax({a}, dim={d}))
torch.exp(F.logsigmoid({a}))
{a}.cumsum({d})
{a}.logsumexp({d})
{a}.round()
torch.maximum({a}, {b})
torch.minimum({a}, {b})
torch.max({a}, {b})
torch.min({a}, {b})
{a} @ {b}.mT
torch.matmul(F.normalize({a}, dim=-1), F.normalize({b}, dim=-1).mT)
torch.mm(F.normalize({a}.reshape(-1, 2)), F.normalize({a}.reshape(-1, 2)).t())
torch.bmm(F.normalize({a}.reshape(-1, 2, 2), dim=2), F.normalize({a}.reshape(-1, 2, 2), dim=2).mT)
torch.cdist({a}, {b})
F.pairwise_distance({a}, {b})
F.cosine_similarity({a}, {b}, dim={d})
F.cosine_similarity({a}.reshape(-1, 2), {a}.reshape(-1, 2).flip(0), dim=1)
torch.exp({a}) / torch.exp({a}).sum({d}, keepdim=True)
{a}.scatter_add({d}, {b}.argmax({d}, keepdim=True), {b})
torch.zeros_like({a})
torch.ones_like({a})
torch.zeros({n}, 3)
torch.ones({n})
torch.rand({n}, 3)
torch.rand_like({a})
F.gumbel_softmax({a}, dim={d})
F.softmin({a}, dim={d})
nn.Softmax2d()({a})
F.mse_loss({a}, {b})
F.l1_loss({a}, {b})
F.cross_entropy({a}, {a}.argmax(1))
F.nll_loss({a}, {a}.argmax(1))
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
BLOCKS = [
    "if {k} > {n}:\n    {r} = «{a}»\nelse:\n    {r} = «{a}»",
    "{r} = «{a}» if {k} == {n} else «{b}»",
    "with torch.no_grad():\n    {r} = «{a}»",
    "for _ in range({n}):\n    {r} = «{a}»",
    "{r} = {a}\nfor _ in range({n}):\n    {r} = «{r}»",
    "def of_{r}(z, by={c}):\n    z = «z»\n    return «z»\n\n{r} = of_{r}({a})",
    "def of_{r}(z, o):\n    if {k} < {n}:\n        return «z»\n    return «o», «z»\n\n{r} = of_{r}({a}, o={b})",
    "{r} = (lambda z: «z»)({a})",
    "{r}, {s} = [«z» for z in ({a}, {b})]",
    "{r} = {a}.flatten(1)\n{s} = {r}.t()",
    "{r} = {a}\ntry:\n    {r} = «{r}»\nfinally:\n    {s} = {k}",
    """\
class Of_{r}(nn.Module):
    def __init__(self, size, squash=nn.Sigmoid):
        super().__init__()
        self.layer, self.squash = nn.Linear(size, {n} + 2), squash()
        self.by = {c}

    def forward(self, z):
        z = self.squash(self.layer(z))
        return «z»

{r} = Of_{r}({a}.shape[-1])({a})""",
    """\
class Of_{r}(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = nn.ModuleList([nn.Softmax({d}), nn.Identity()])

    def first(self, z):
        return self.parts[0](z)

    def forward(self, z):
        for part in self.parts[1:]:
            z = part(z)
        return self.first(z), «z»

{r}, {s} = Of_{r}()({a})""",
    "{r} = nn.Sequential(nn.Linear({a}.shape[-1], 3), nn.Tanh(), nn.Flatten())({a})",
    "box = {{'r': {a}}}\nbox['s'] = «{b}»\n{r} = box['s']\n{s} = «box['r']»",
]


def _lines(*tables: str) -> list[str]:
    return [line for table in tables for line in table.strip().splitlines()]


WRITTEN = _lines(SQUASH, SQUASH, SQUASH, VIEW, VIEW, PICK, ARITHMETIC)
EXPRESSIONS = [*WRITTEN * 5, *templates(), *on_tensors() * 2]
STANDING_ALONE = alone()
INSIDE = [line for line in EXPRESSIONS if "{b}" not in line]
"""What may stand inside a block, on one tensor."""

TEMPLATES = [
    *(f"{{r}} = {line}" for line in [*EXPRESSIONS, *STANDING_ALONE, *_lines(PYTHON) * 5]),
    *_lines(UNPACK) * 5,
    *BLOCKS * 30,
]


@dataclass(frozen=True, slots=True)
class Program:
    """Source text, and what each of its names was when it ended."""

    source: str
    values: dict[str, Any]


def programs(shortest: int = 8, longest: int = 16) -> st.SearchStrategy[Program]:
    """Programs that run: scores of a small net, and so many pieces on them, less those that do not run.

    Each piece has a seed of its own, so that a failing program shrinks by losing pieces.
    """
    return st.builds(drawn, seeds(32), st.lists(seeds(32), min_size=shortest, max_size=longest))


def seeds(bits: int) -> st.SearchStrategy[int]:
    return st.integers(0, 2**bits - 1)


def drawn(start: int, pieces: Iterable[int]) -> Program:
    """The program that these seeds give: one for its head, one for each piece."""
    return _program(start, (_drawn(random.Random(seed)) for seed in pieces))


def systematic(at_once: int = 12) -> Iterator[Program]:
    """Programs that try each template on many scores, on their sines, on probabilities and on their logarithms."""
    expressions = [*(f"{{r}} = {line}" for line in dict.fromkeys(EXPRESSIONS)), *BLOCKS]
    for name in ("g", "u", "p", "l"):
        yield from _on(name, expressions, at_once)
    yield from _on("g", [f"{{r}} = {line}" for line in STANDING_ALONE], at_once)


def _on(name: str, pieces: Sequence[str], at_once: int) -> Iterator[Program]:
    for first in range(0, len(pieces), at_once):
        yield _program(first, ((random.Random(first), piece, name) for piece in pieces[first : first + at_once]))


Choice = tuple[random.Random, str, str]
"""What draws the details of a piece, its template, and the tensor it works on; "": any."""


def _drawn(chance: random.Random) -> Choice:
    return chance, chance.choice(TEMPLATES), ""


def _program(start: int, pieces: Iterable[Choice]) -> Program:
    chance = random.Random(start)
    torch.manual_seed(start)
    source = [
        f"x = torch.randn({chance.randint(1, 3)}, {chance.randint(2, 4)}{chance.choice(['', ', 2', ', 2, 3'])})",
        f"h = nn.Linear(x.shape[-1], {chance.randint(2, 4)})(x)",
        "g = nn.Linear(7, 3)(12 * torch.randn(5, 4, 2, 7))",
        "u = 3 * torch.sin(g)",
        "p, l = torch.softmax(u, -1), torch.log_softmax(u, -1)",
        f"k = {chance.randint(0, 3)}",
    ]
    env: dict[str, Any] = {"torch": torch, "nn": nn, "F": F}
    values: dict[str, Any] = {}
    for line in source:
        assert _runs(line, env, values), line
    for number, choice in enumerate(pieces):
        piece = _piece(choice, number, values)
        if _runs(piece, env, values):
            source.append(piece)
    return Program(HEAD + "\n".join(source) + "\n", values)


def _piece(choice: Choice, number: int, values: dict[str, Any]) -> str:
    chance, template, a = choice
    tensors = [name for name, value in values.items() if isinstance(value, torch.Tensor)]
    a = a or chance.choice(["g", "u", *tensors[-6:]])
    alike = [name for name in tensors if values[name].shape == values[a].shape]

    def filled(template: str, on: str) -> str:
        return template.format(
            r=f"v{number}",
            s=f"w{number}",
            a=on,
            b=chance.choice(alike),
            d=chance.randint(-1, max(0, values[a].dim() - 1)),
            e=chance.randint(-1, max(0, values[a].dim() - 1)),
            c=chance.choice(["0", "0.5", "2", "1e-6", "-1", "10"]),
            k=chance.choice([name for name, value in values.items() if type(value) in (int, float, bool)]),
            n=chance.randint(1, 3),
        )

    return re.sub("«(.*?)»", lambda inside: filled(chance.choice(INSIDE), inside[1]), filled(template, a))


def _runs(piece: str, env: dict[str, Any], values: dict[str, Any]) -> bool:
    """Whether Python runs a piece to finite numbers; then its names are in both."""
    space = {**env, **values}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(piece, space)
    except (RuntimeError, IndexError, ValueError, TypeError, AttributeError, ZeroDivisionError, NotImplementedError):
        return False
    made = {name: value for name, value in space.items() if re.fullmatch(r"[xhguplk]|[vw]\d+", name)}
    if not all(_fit(value) for value in made.values()):
        return False
    values.update(made)
    return True


def _fit(value: object) -> bool:
    """Not empty, real, finite, and small enough to go on with."""
    if not isinstance(value, torch.Tensor):
        return True
    return 0 < value.numel() < 4000 and not value.is_complex() and bool((value.detach().double().abs() < 1e6).all())
