"""The classes are unequal, and accuracy is all that is measured.

Where one sample in twenty is of the rare class, a network that never names it is right in 95 of 100 cases. The weights
in the loss or in the sampler say that its author knows of rare classes; accuracy does not show whether they helped.

Bad:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader, TensorDataset

    loader = DataLoader(TensorDataset(torch.randn(60, 4), torch.randint(2, (60,))), batch_size=8)
    net = nn.Linear(4, 2)
    criterion = nn.CrossEntropyLoss(weight=torch.tensor([0.05, 0.95]))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for x, y in loader:
        optimizer.zero_grad()
        criterion(net(x), y).backward()
        optimizer.step()
    right = 0
    with torch.no_grad():
        for x, y in loader:
            right += (net(x).argmax(1) == y).sum().item()  # expect: hidden-imbalance
    print(right / 60)
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader, TensorDataset

    loader = DataLoader(TensorDataset(torch.randn(60, 4), torch.randint(2, (60,))), batch_size=8)
    net = nn.Linear(4, 2)
    criterion = nn.CrossEntropyLoss(weight=torch.tensor([0.05, 0.95]))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for x, y in loader:
        optimizer.zero_grad()
        criterion(net(x), y).backward()
        optimizer.step()
    hits, recall = torch.zeros(2), torch.zeros(2)
    with torch.no_grad():
        for x, y in loader:
            hits += torch.bincount(y[net(x).argmax(1) == y], minlength=2)
            recall += torch.bincount(y, minlength=2)
    print(hits / recall)
    ```
Source: lecture, section 5: a single number hides how the classes fare.
"""

from collections.abc import Iterator

from dllint import ADVICE, Draft, Rule, Unbalanced


def judge(unbalanced: Unbalanced) -> Iterator[Draft]:
    """An accuracy over classes that are weighted."""
    yield unbalanced.draft(
        "the classes are weighted (at {made}), and accuracy over all of them is what is measured; a rare class hardly "
        "shows in it; measure recall and precision, or F1, by class",
    )


RULE = Rule(code="DL706", level=ADVICE, on=Unbalanced, judge=judge)
