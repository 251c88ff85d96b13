"""A network is trained and never measured on data that it has not seen.

The loss on what it is trained on falls whether it learns or only remembers. When to stop, whether it is large enough,
whether a change helped: each is read from data that was kept out of training.

Bad:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader, TensorDataset

    x, y = torch.randn(60, 4), torch.randint(2, (60,))
    loader = DataLoader(TensorDataset(x, y), batch_size=8, shuffle=True)  # expect: no-validation
    net = nn.Linear(4, 2)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for epoch in range(5):
        for inputs, labels in loader:
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(net(inputs), labels)
            loss.backward()
            optimizer.step()
        print(epoch, loss.item())
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader, TensorDataset

    x, y = torch.randn(60, 4), torch.randint(2, (60,))
    loader = DataLoader(TensorDataset(x[:40], y[:40]), batch_size=8, shuffle=True)
    net = nn.Linear(4, 2)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for epoch in range(5):
        for inputs, labels in loader:
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(net(inputs), labels)
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            print(epoch, nn.functional.cross_entropy(net(x[40:]), y[40:]).item())
    ```
Source: lecture, section 5: training error, validation error, and what the gap between them says.
"""

from collections.abc import Iterator

from dllint import ADVICE, Draft, Rule, Unvalidated


def judge(unvalidated: Unvalidated) -> Iterator[Draft]:
    """A loader of all the data there is."""
    yield unvalidated.draft(
        f"{unvalidated.module} is trained on all batches of this loader, and nothing measures it on other data; "
        "whether it learns or remembers, nobody can tell; keep a part of the data to validate with",
    )


RULE = Rule(code="DL702", level=ADVICE, on=Unvalidated, judge=judge)
