"""The best weights are kept as `state_dict()`, which goes on changing as the network is trained.

A state_dict holds the tensors of its network, not copies of them, and an optimizer changes them in place. What is
loaded at the end is what the last step left: the best epoch is lost, and early stopping restores nothing.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    x, y = torch.randn(8, 4), torch.randn(8, 1)
    least, best = float("inf"), None
    for _ in range(100):
        loss = nn.functional.mse_loss(net(x), y)
        if loss.item() < least:
            least, best = loss.item(), net.state_dict()  # expect: state-dict-alias
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    net.load_state_dict(best)
    ```
Good:
    ```python
    import copy
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    x, y = torch.randn(8, 4), torch.randn(8, 1)
    least, best = float("inf"), None
    for _ in range(100):
        loss = nn.functional.mse_loss(net(x), y)
        if loss.item() < least:
            least, best = loss.item(), copy.deepcopy(net.state_dict())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    net.load_state_dict(best)
    ```
Source: PyTorch, "Saving and loading models": "best_model_state will keep getting updated by the subsequent training
iterations".
"""

from collections.abc import Iterator

from dllint import ERROR, Draft, Restore, Rule, Wrap


def judge(restore: Restore) -> Iterator[Draft]:
    """Weights that changed since are loaded back, or saved as what a pass of the loop had found."""
    if (restore.own or restore.repeated) and not restore.where.test:
        how = "trained on" if restore.trained else "loaded over"
        end = "saved" if restore.saved else "loaded"
        yield restore.draft(
            f"{{here}} is no copy: the same tensors are {how} at {{made}}; "
            f"what is {end} in the end is not what they were here; "
            "keep copy.deepcopy({here})",
            Wrap(restore.kept, "copy.deepcopy"),
        )


RULE = Rule(code="DL410", level=ERROR, on=Restore, judge=judge)
