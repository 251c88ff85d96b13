"""A parameter that nothing initialises: it starts as whatever lies in memory.

torch.empty and torch.Tensor(n) reserve memory and do not write to it. The numbers in it may be 0, as large as 1e38, or
NaN, and they are others in each run: training starts anywhere, or breaks in the first step of one run out of many.

A layer of Keras whose kernel starts at 0, with relu as its activation, gives 0 and has no gradient: it stays as it is.

Bad:
    ```python
    import torch
    import torch.nn as nn

    class Scale(nn.Module):
        def __init__(self, size):
            super().__init__()
            self.weight = nn.Parameter(torch.empty(size))  # expect: bad-init

        def forward(self, x):
            return x * self.weight

    Scale(4)(torch.randn(2, 4)).sum().backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    class Scale(nn.Module):
        def __init__(self, size):
            super().__init__()
            self.weight = nn.Parameter(torch.empty(size))
            nn.init.normal_(self.weight, 1.0, 0.02)

        def forward(self, x):
            return x * self.weight

    Scale(4)(torch.randn(2, 4)).sum().backward()
    ```
Source: torch.empty: "returns a tensor filled with uninitialized data".
"""

from collections.abc import Iterator

from dllint import ERROR, Draft, Rule, Unfilled


def judge(parameter: Unfilled) -> Iterator[Draft]:
    """A parameter of raw memory that nothing fills, or one of zeros that nothing can change."""
    if parameter.dead:
        yield parameter.draft(
            f"{parameter.module} starts with weights of 0 under {parameter.dead}, which has no gradient at 0; none "
            "of them ever changes; leave its kernel_initializer out",
        )
    elif not parameter.where.test:
        yield parameter.draft(
            f"{parameter.module}.{parameter.name} is made of memory that nothing writes to; it starts as anything, NaN "
            "too, and differently in each run; fill it with a function of nn.init",
        )


RULE = Rule(code="DL605", level=ERROR, on=Unfilled, judge=judge)
