"""A loss is summed or collected with its graph, pass after pass.

A tensor that autograd follows keeps the graph that made it alive. A sum of such losses, or a list of them, keeps the
graphs of all passes: memory grows with every step, and after backward() nobody can use them.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    total = 0.0
    for _ in range(100):
        loss = nn.functional.mse_loss(net(torch.randn(8, 4)), torch.randn(8, 1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss  # expect: graph-retention
    print(total / 100)
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    total = 0.0
    for _ in range(100):
        loss = nn.functional.mse_loss(net(torch.randn(8, 4)), torch.randn(8, 1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.detach()
    print(total / 100)
    ```
Source: PyTorch FAQ, "My model reports cuda runtime error(2): out of memory".
"""

from collections.abc import Iterator

from dllint import WARNING, Detach, Draft, Keep, Rule


def judge(keep: Keep) -> Iterator[Draft]:
    """Whatever is kept with a graph that a backward used up."""
    yield keep.draft(
        f"{{here}} adds a loss to a {keep.to} with the graph that made it; "
        "each pass leaves its graph in memory, though backward() has used it up; "
        "add loss.detach(), or loss.item() for a plain number",
        Detach(keep.where.site),
    )


RULE = Rule(code="DL411", level=WARNING, on=Keep, judge=judge)
