"""An evaluation loop with autograd on: each batch builds a graph that no backward uses.

`eval()` switches dropout and batch norm, not autograd. Every layer keeps its input for a backward that never comes: the
evaluation takes the memory of training, and ends out of memory with batches that fit under `no_grad`.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 8, bias=False), nn.BatchNorm1d(8), nn.Linear(8, 3))
    data = torch.utils.data.TensorDataset(torch.randn(32, 4), torch.randint(3, (32,)))
    correct = 0
    net.eval()
    for x, y in torch.utils.data.DataLoader(data, batch_size=8):
        scores = net(x)  # expect: missing-no-grad
        correct += (scores.argmax(1) == y).sum().item()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 8, bias=False), nn.BatchNorm1d(8), nn.Linear(8, 3))
    data = torch.utils.data.TensorDataset(torch.randn(32, 4), torch.randint(3, (32,)))
    correct = 0
    net.eval()
    with torch.no_grad():
        for x, y in torch.utils.data.DataLoader(data, batch_size=8):
            scores = net(x)
            correct += (scores.argmax(1) == y).sum().item()
    ```
Source: PyTorch, "Autograd mechanics": "evaluation mode is not a mechanism to locally disable gradient computation".
"""

from collections.abc import Iterator

from dllint import WARNING, Draft, Forward, Rule, Step


def judge(forward: Forward) -> Iterator[Draft]:
    """Batch after batch is measured in eval mode while autograd surely records, and nothing trains on it."""
    if not (forward.evaluates and forward.graph and forward.looped) or forward.where.test:
        return
    modes = list(forward.in_eval_mode())
    if modes and len(modes) == len(forward.states):
        mode, sure, _ = max(modes, key=lambda one: one[1])
        yield Draft(
            forward.where.site,
            f"{forward.module} is evaluated with autograd on (eval mode is set at {{made}}); "
            "each batch keeps what a backward would need, as much memory as in training, and there is none; "
            "evaluate under torch.no_grad()",
            (Step(mode.site, "eval mode is set"),),
            sure,
            forward.where.site,
            forward.scored and forward.scored._replace(text=f"then {forward.scored.text}"),
        )


RULE = Rule(code="DL403", level=WARNING, on=Forward, judge=judge)
