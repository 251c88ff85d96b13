"""The result of an operation is dropped, or a method is named and not called: the line does nothing.

`x.view(…)`, `x.to(device)`, `x.detach()`, `torch.clamp(x, …)` make a new tensor and leave x as it is; only the methods
whose names end in `_` change it. (`net.to(device)` moves a network in place.) `optimizer.step` without brackets names
the method, and nothing is updated.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    x = torch.randn(8, 2, 2)
    with torch.no_grad():
        scores = net(x.flatten(1))
        scores.squeeze(1)  # expect: discarded-result
    print(scores.shape)
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    x = torch.randn(8, 2, 2)
    with torch.no_grad():
        scores = net(x.flatten(1))
        scores = scores.squeeze(1)
    print(scores.shape)
    ```
Bad: named and not called
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    nn.functional.mse_loss(net(torch.randn(8, 4)), torch.randn(8, 1)).backward()
    optimizer.step  # expect: discarded-result
    ```
Source: torch.Tensor.to: "returns"; PyTorch, "in-place operations have a _ suffix".
"""

from collections.abc import Iterator

from dllint import ERROR, Assign, Discard, Draft, Invoke, Rule


def judge(discard: Discard) -> Iterator[Draft]:
    """A statement that makes a tensor nobody gets, or names a method."""
    where = discard.where
    if where.test:
        return
    if discard.called:
        yield discard.draft(
            f"the result of {discard.what} is dropped; it makes a new tensor, and what it is called on stays as it is; "
            "give the result a name",
            Assign(where.site),
        )
    else:
        yield discard.draft(
            f"{{here}} names the method {discard.what} and does not call it; the line does nothing; write {{here}}()",
            Invoke(where.site),
        )


RULE = Rule(code="DL416", level=ERROR, on=Discard, judge=judge)
