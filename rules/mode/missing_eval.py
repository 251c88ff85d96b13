"""A network with dropout or batch norm is evaluated while it is in train mode.

Dropout still drops at random and batch norm still normalises by the batch, and moves its running statistics
towards the data it is evaluated on: the score is noisy, depends on the batch size, and leaks the test set into
the model.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 8, bias=False), nn.BatchNorm1d(8), nn.Linear(8, 3))
    data = torch.utils.data.TensorDataset(torch.randn(32, 4), torch.randint(3, (32,)))
    correct = 0
    with torch.no_grad():
        for x, y in torch.utils.data.DataLoader(data, batch_size=8):
            scores = net(x)  # expect: missing-eval
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
Source: lecture, section 4, "forgot to set up train/test mode correctly".
"""

from collections.abc import Iterator

from dllint import ERROR, Draft, Forward, Prepare, Rule

HURTS = {
    "batchnorm": "batch norm takes its statistics from the batch it scores",
    "dropout": "dropout changes the scores at random",
}
"""Layer → what it does to an evaluation in train mode."""


def judge(forward: Forward) -> Iterator[Draft]:
    """A measured result that no backward starts from, of a net whose every such layer is in train mode."""
    if not forward.evaluates or forward.where.test:
        return
    leaves = forward.in_train_mode()
    if leaves:
        names = sorted({name for leaf in leaves for name in leaf.name.split(" and ")})
        yield forward.draft(
            leaves,
            f"{forward.module} is evaluated in train mode ({' and '.join(names)} in it, see {{made}}); "
            f"{', and '.join(HURTS[name] for name in names)}; "
            "call eval() before the evaluation, and train() after it",
            Prepare(forward.where.site, "eval"),
        )


RULE = Rule(code="DL401", level=ERROR, on=Forward, judge=judge)
