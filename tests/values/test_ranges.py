"""Ranges against torch: terms are made by random, computed on float32 numbers, and no number lies outside its range.

Only NaN is left aside, and the last bit of what torch rounds itself. The operations are those of the table in
dllint/values/ranges.py; a new one there needs a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

import pytest
import torch
import torch.nn.functional as F
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dllint.values import ranges
from dllint.values.ranges import span
from dllint.values.term import Term
from dllint.values.zeros import attains_zero
from tests.oracle.claims import outside

ROWS, UNITS = 64, 8
EXTREME = (0.0, -0.0, 1e-40, -1e-40, 1e-8, 1.0, -1.0, 17.0, -17.0, 90.0, -90.0, 200.0, -200.0, 1e30)

Compute = Callable[..., torch.Tensor]
Table = dict[str, Compute]
Dims = tuple[int, ...]


@dataclass(frozen=True)
class Made:
    """A term, and its numbers as torch computes them."""

    term: Term
    numbers: torch.Tensor = field(repr=False)


def leaf(number: int) -> torch.Tensor:
    """Rows of one magnitude, rows of extremes, rows that are all alike, and a row of zeros."""
    generator = torch.Generator().manual_seed(number)
    found = torch.randn(ROWS, UNITS, generator=generator) * torch.logspace(-3, 2.5, ROWS)[:, None]
    picks = torch.randint(len(EXTREME), (ROWS // 2, UNITS), generator=generator)
    found[: ROWS // 2] = torch.tensor(EXTREME)[picks]
    found[ROWS // 4 : ROWS // 2] = found[ROWS // 4 : ROWS // 2, :1].expand(-1, UNITS)
    found[0] = 0.0
    found[1], found[2] = -200.0, 200.0
    return found


def pooled(pool: Compute) -> Compute:
    return lambda x, **options: pool(x[:, None, None, :], (1, 3), stride=1, padding=(0, 1), **options)[:, 0, 0, :]


def kept(function: Compute) -> Compute:
    """A reduction along a dimension, in the shape it had."""
    return lambda x, dim, **options: function(x, dim=dim, keepdim=True, **options).expand(ROWS, UNITS)


def first(function: Compute) -> Compute:
    return lambda x, dim: function(x, dim=dim, keepdim=True)[0].expand(ROWS, UNITS)


def scattered(x: torch.Tensor, source: torch.Tensor) -> torch.Tensor:
    return x.scatter_add(1, torch.arange(UNITS).flip(0).expand(ROWS, UNITS) // 2, source)


def summed_by_groups(x: torch.Tensor) -> torch.Tensor:
    """torch_scatter.scatter_sum, in torch's words, over groups that all have members."""
    groups = torch.arange(UNITS).expand(ROWS, UNITS) // 2
    return torch.zeros(ROWS, UNITS // 2).scatter_add(1, groups, x).repeat(1, 2)


def random(x: torch.Tensor) -> torch.Tensor:
    """rand_like, which is exactly 0 once in 2 ** 24 times, here in the first row."""
    found = torch.rand_like(x)
    found[0] = 0.0
    return found


def over(one: torch.Tensor, other: torch.Tensor | float, rounding_mode: str | None = None) -> torch.Tensor:
    return torch.div(one, other, rounding_mode=rounding_mode)


def distances(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return torch.cdist(x, y)[:, :UNITS]


ONE: Table = {
    "sigmoid": torch.sigmoid,
    "hardsigmoid": F.hardsigmoid,
    "logsigmoid": F.logsigmoid,
    "tanh": torch.tanh,
    "sin": torch.sin,
    "cos": torch.cos,
    "sign": torch.sign,
    "relu": torch.relu,
    "relu6": F.relu6,
    "abs": torch.abs,
    "exp": torch.exp,
    "log": torch.log,
    "sqrt": torch.sqrt,
    "square": torch.square,
    "neg": torch.neg,
    "dropout": lambda x: F.dropout(x, 0.3),
    "compared": lambda x: (x > x.median()).float(),
    "differing": lambda x: (x != x.median()).float(),
    "logical_not": lambda x: (x == 0).float(),
    "zeros": torch.zeros_like,
    "zeros_like": torch.zeros_like,
    "ones": torch.ones_like,
    "ones_like": torch.ones_like,
    "rand": random,
    "rand_like": random,
    "moved": lambda x: x.flip(1),
    "joined": lambda x: x,
    "max_pool2d": pooled(F.max_pool2d),
    "softmax2d": lambda x: F.softmax(x, 1),
    "scatter_sum": summed_by_groups,
    "hardtanh": F.hardtanh,
    "avg_pool1d": lambda x: F.avg_pool1d(x, 3, stride=1, padding=1),
    "avg_pool2d": pooled(F.avg_pool2d),
    "max_pool1d": lambda x: F.max_pool1d(x, 3, stride=1, padding=1),
    "nan_to_num": torch.nan_to_num,
    "diag_embed": lambda x: torch.diag_embed(x)[:, 0],
}
"""Operations on one tensor."""

DIMENSION: Table = {
    "softmax": F.softmax,
    "softmin": F.softmin,
    "log_softmax": F.log_softmax,
    "gumbel_softmax": lambda x, dim: F.gumbel_softmax(x, dim=dim),
    "sum": kept(torch.sum),
    "nansum": kept(torch.nansum),
    "mean": kept(torch.mean),
    "amax": kept(torch.amax),
    "amin": kept(torch.amin),
    "norm": kept(torch.norm),
    "std": kept(torch.std),
    "var": kept(torch.var),
    "quantile": lambda x, dim: torch.quantile(x, 0.5, dim, keepdim=True).expand(ROWS, UNITS),
    "median": first(torch.median),
    "nanmedian": first(torch.nanmedian),
    "nanquantile": lambda x, dim: torch.nanquantile(x, 0.5, dim, keepdim=True).expand(ROWS, UNITS),
    "mode": first(torch.mode),
    "kthvalue": first(lambda x, dim, keepdim: x.kthvalue(1, dim, keepdim)),
    "topk": lambda x, dim: x.topk(1, dim)[0].expand(ROWS, UNITS),
    "cummax": lambda x, dim: x.cummax(dim)[0],
    "cummin": lambda x, dim: x.cummin(dim)[0],
    "max": first(torch.max),
    "min": first(torch.min),
    "cumsum": torch.cumsum,
    "count_nonzero": lambda x, dim: torch.count_nonzero(x, dim).unsqueeze(dim).expand(ROWS, UNITS).float(),
}
"""Operations along a dimension."""

TWO: Table = {
    "+": torch.add,
    "add": torch.add,
    "-": torch.sub,
    "sub": torch.sub,
    "*": torch.mul,
    "mul": torch.mul,
    "/": over,
    "div": over,
    "**": torch.pow,
    "pow": torch.pow,
    "maximum": torch.maximum,
    "fmax": torch.fmax,
    "max": torch.maximum,
    "minimum": torch.minimum,
    "fmin": torch.fmin,
    "min": torch.minimum,
    "joined": lambda one, other: torch.cat([one[: ROWS // 2], other[ROWS // 2 :]]),
    "scatter_add": scattered,
    "logical_and": lambda one, other: ((one != 0) & (other != 0)).float(),
    "logical_or": lambda one, other: ((one != 0) | (other != 0)).float(),
}
"""Operations on two tensors."""

ROW_BY_ROW: Table = {
    "cdist": distances,
    "pairwise_distance": lambda x, y: F.pairwise_distance(x, y, keepdim=True).expand(ROWS, UNITS),
    "cosine_similarity": lambda x, y: F.cosine_similarity(x, y, dim=1)[:, None].expand(ROWS, UNITS),
    "@": lambda x, y: (x @ y.T)[:, :UNITS],
    "matmul": lambda x, y: torch.matmul(x, y.T)[:, :UNITS],
    "mm": lambda x, y: torch.mm(x, y.T)[:, :UNITS],
    "bmm": lambda x, y: torch.bmm(x[None], y.T[None])[0, :, :UNITS],
}
"""Operations on the rows of two tensors."""

WITH_A_NUMBER = {op: TWO[op] for op in ("+", "add", "-", "sub", "*", "mul", "/", "div", "**", "pow")}
"""Operations on a tensor and a number."""

FROM_A_NUMBER = {op: TWO[op] for op in ("+", "-", "*", "/", "**")}
"""Operations on a number and a tensor."""

CLAMPS: Table = {
    "clamp": torch.clamp,
    "clip": torch.clip,
    "clamp_min": lambda x, min: torch.clamp_min(x, min),
    "clamp_max": lambda x, max: torch.clamp_max(x, max),
}

LARGEST: Table = {
    "max": lambda x: x.max(1, keepdim=True)[0],
    "amax": lambda x: x.amax(1, keepdim=True),
    "logsumexp": lambda x: x.logsumexp(1, keepdim=True),
}
"""Subtracted from the same numbers they leave at most 0. From others nobody subtracts them: ranges take that for
granted, so no such term is made here."""

constants = st.sampled_from(
    (0.0, 1e-12, 1e-8, 1e-6, 0.1, 0.5, 1 - 1e-8, 1.0, 1.5, 2.0, 3.0, 4.0, 50.0, 1e20, -0.5, -1.0, -2.0)
)


LEAVES = [Term("?", at=number) for number in range(6)]
Form = Callable[[st.SearchStrategy[Made]], st.SearchStrategy[Made]]


@st.composite
def terms(draw: st.DrawFn, depth: int, forms: tuple[Form, ...]) -> Made:
    """A leaf, or an operation on terms and numbers in one of the forms."""
    if depth == 0 or draw(st.integers(0, 5)) == 0:
        number = draw(st.integers(0, len(LEAVES) - 1))
        return Made(LEAVES[number], leaf(number))
    return draw(draw(st.sampled_from(forms))(terms(depth - 1, forms)))


@st.composite
def of_one(draw: st.DrawFn, part: st.SearchStrategy[Made], table: Table = ONE) -> Made:
    op, x = draw(st.sampled_from(sorted(table))), draw(part)
    return Made(Term(op, (x.term,), at=object()), table[op](x.numbers))


@st.composite
def along(draw: st.DrawFn, part: st.SearchStrategy[Made], table: Table = DIMENSION, dims: Dims = (0, 1)) -> Made:
    op, dim, x = draw(st.sampled_from(sorted(table))), draw(st.sampled_from(dims)), draw(part)
    return Made(Term(op, (x.term,), (("dim", dim),), object()), table[op](x.numbers, dim=dim))


@st.composite
def of_two(draw: st.DrawFn, part: st.SearchStrategy[Made], table: Table = TWO) -> Made:
    op, x, y = draw(st.sampled_from(sorted(table))), draw(part), draw(part)
    if draw(st.integers(0, 4)) == 0:
        y = x
    assume(op not in ("-", "sub") or (y.term.op not in LARGEST and y.term is not x.term))
    return Made(Term(op, (x.term, y.term), at=object()), table[op](x.numbers, y.numbers))


@st.composite
def with_a_number(draw: st.DrawFn, part: st.SearchStrategy[Made], table: Table = WITH_A_NUMBER) -> Made:
    op, x, c = draw(st.sampled_from(sorted(table))), draw(part), draw(constants)
    return Made(Term(op, (x.term, c), at=object()), table[op](x.numbers, c))


@st.composite
def from_a_number(draw: st.DrawFn, part: st.SearchStrategy[Made], table: Table = FROM_A_NUMBER) -> Made:
    op, c, x = draw(st.sampled_from(sorted(table))), draw(constants), draw(part)
    assume(c != 1 if op == "**" else op != "-" or x.term.op not in LARGEST)
    return Made(Term(op, (c, x.term), at=object()), table[op](torch.tensor(c), x.numbers))


@st.composite
def clamped(draw: st.DrawFn, part: st.SearchStrategy[Made], table: Table = CLAMPS) -> Made:
    op, x = draw(st.sampled_from(sorted(table))), draw(part)
    names = {"clamp_min": ["min"], "clamp_max": ["max"]}.get(op, ["min", "max"])
    options = {name: draw(constants) for name in names}
    if len(names) == 2 and draw(st.booleans()):
        del options[draw(st.sampled_from(names))]
    return Made(Term(op, (x.term,), tuple(options.items()), object()), table[op](x.numbers, **options))


@st.composite
def shifted(draw: st.DrawFn, part: st.SearchStrategy[Made]) -> Made:
    """Numbers less their largest, as a softmax by hand has them."""
    op, x = draw(st.sampled_from(sorted(LARGEST))), draw(part)
    largest = Term("moved", (Term(op, (x.term,), (("dim", 1),), object()),))
    return Made(Term("-", (x.term, largest), at=object()), x.numbers - LARGEST[op](x.numbers))


@st.composite
def similar(draw: st.DrawFn, part: st.SearchStrategy[Made]) -> Made:
    """Products of unit vectors."""
    x, y = draw(part), draw(part)
    units = Term("normalize", (x.term,)), Term("normalize", (y.term,))
    numbers = F.normalize(x.numbers, dim=1) @ F.normalize(y.numbers, dim=1).T
    return Made(Term("@", units, at=object()), numbers[:, :UNITS])


BY_OPERATION: tuple[tuple[Callable[..., st.SearchStrategy[Made]], Table], ...] = (
    (of_one, ONE),
    (along, DIMENSION),
    (of_two, TWO),
    (of_two, ROW_BY_ROW),
    (with_a_number, WITH_A_NUMBER),
    (from_a_number, FROM_A_NUMBER),
    (clamped, CLAMPS),
)
ELEMENTWISE: tuple[Form, ...] = (of_one, of_two, with_a_number, from_a_number, clamped)
FORMS: tuple[Form, ...] = (*ELEMENTWISE, along, partial(of_two, table=ROW_BY_ROW), shifted, similar)
OPERATIONS = sorted({op for _, table in BY_OPERATION for op in table})


def last(op: str, part: st.SearchStrategy[Made], dims: Dims = (0, 1)) -> st.SearchStrategy[Made]:
    """Terms whose last operation is this one."""
    forms = [partial(form, part, table={op: table[op]}) for form, table in BY_OPERATION if op in table]
    return st.one_of(*(form(dims=dims) if form.func is along else form() for form in forms))


SAME_EACH_TIME = settings(max_examples=12, deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize("op", OPERATIONS)
def test_every_number_lies_in_the_range_of_its_term(op: str) -> None:
    @SAME_EACH_TIME
    @given(last(op, terms(1, FORMS) | terms(2, FORMS)))
    def claim(made: Made) -> None:
        assert outside(span(made.term), made.numbers) == [], span(made.term)

    claim()


@pytest.mark.parametrize("op", OPERATIONS)
def test_what_attains_zero_is_zero_for_some_input(op: str) -> None:
    @SAME_EACH_TIME
    @given(last(op, terms(1, ELEMENTWISE), dims=(1,)))
    def claim(made: Made) -> None:
        assume(within_reach(made))
        assert not attains_zero(made.term) or (made.numbers == 0).any(), span(made.term)

    claim()


CUT = Term("relu", (Term("?"),))
NORM = Term("norm", (Term("?"),))


@pytest.mark.parametrize("found", [Term("**", (CUT, -1.0)), Term("max", (CUT, NORM)), Term("+", (CUT, 1e-8))])
def test_what_is_not_cut_off_at_zero_does_not_attain_it(found: Term) -> None:
    assert attains_zero(CUT)
    assert not attains_zero(found)


def within_reach(made: Made) -> bool:
    """Whether some input may saturate: of 1e20 * x and 0.99999999 ** x none does."""
    constants = all(0.1 < abs(one) < 10 and one != 1 - 1e-8 for one in numbers_in(made.term))
    return constants and not bool(made.numbers.isnan().any())


def numbers_in(found: Term) -> Iterator[float]:
    """The operands and bounds of a term that are numbers, less the bounds that clamp to 0 or 1."""
    yield from (bound for _, bound in found.options if isinstance(bound, float) and not 0 <= bound <= 1)
    for part in found.of:
        if isinstance(part, Term):
            yield from numbers_in(part)
        else:
            yield part


def test_every_operation_of_the_table_is_tried() -> None:
    assert set(OPERATIONS) == set(ranges._SPANS)
