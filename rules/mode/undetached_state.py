"""A recurrent state goes on to the next batch with the graph that made it.

The backward of the second batch runs through the first one too. Its graph is used up: torch raises. With
retain_graph=True each backward goes back to the very first batch: slower and larger with every step, until memory ends.
Detach the state; its numbers are what goes on.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net, head = nn.GRU(4, 8, batch_first=True), nn.Linear(8, 1)
    optimizer = torch.optim.SGD([*net.parameters(), *head.parameters()], lr=0.1)
    state = None
    for x, y in zip(torch.randn(10, 2, 5, 4), torch.randn(10, 2, 5, 1)):
        out, state = net(x, state)  # expect: undetached-state
        loss = nn.functional.mse_loss(head(out), y)
        optimizer.zero_grad()
        loss.backward()  # RuntimeError: backward through the graph a second time
        optimizer.step()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net, head = nn.GRU(4, 8, batch_first=True), nn.Linear(8, 1)
    optimizer = torch.optim.SGD([*net.parameters(), *head.parameters()], lr=0.1)
    state = None
    for x, y in zip(torch.randn(10, 2, 5, 4), torch.randn(10, 2, 5, 1)):
        out, state = net(x, state)
        state = state.detach()
        loss = nn.functional.mse_loss(head(out), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    ```
Source: pytorch/examples, word_language_model, repackage_hidden.
"""

from collections.abc import Iterator

from dllint import WARNING, Carry, Draft, Rule


def judge(carry: Carry) -> Iterator[Draft]:
    """A state whose graph a backward went through in an earlier pass."""
    what = "each backward goes through all batches before" if carry.retained else "the second backward raises"
    yield carry.draft(
        f"{carry.module} starts from the state of the pass before, with the graph that made it; {what}; "
        "detach the state between passes"
    )


RULE = Rule(code="DL415", level=WARNING, on=Carry, judge=judge)
