"""A network is kept from fitting its data before anything shows that it fits them too well.

Dropout and weight decay are remedies: they trade a worse fit of the training data for a smaller gap to new data. As
long as nothing measures that gap, they only make a first version learn worse, and hide the bugs that do the same. Start
without them, see one batch overfitted, then validate, then regularise.

Bad:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader, TensorDataset

    x, y = torch.randn(60, 4), torch.randint(2, (60,))
    loader = DataLoader(TensorDataset(x, y), batch_size=8, shuffle=True)
    net = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 2))
    optimizer = torch.optim.Adam(net.parameters(), weight_decay=0.1)  # expect: early-regularization
    for epoch in range(5):
        for inputs, labels in loader:
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(inputs), labels).backward()
            optimizer.step()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader, TensorDataset

    x, y = torch.randn(60, 4), torch.randint(2, (60,))
    loader = DataLoader(TensorDataset(x, y), batch_size=8, shuffle=True)
    net = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 2))
    optimizer = torch.optim.Adam(net.parameters())
    for epoch in range(5):
        for inputs, labels in loader:
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(inputs), labels).backward()
            optimizer.step()
    ```
Source: lecture, section 3, "start simple": no regularisation at first.
"""

from collections.abc import Iterator

from dllint import ADVICE, Draft, Rule, Unvalidated


def judge(unvalidated: Unvalidated) -> Iterator[Draft]:
    """Each remedy against an overfit that nothing measures."""
    for step in unvalidated.regularised:
        yield unvalidated.draft(
            f"{step.text} keeps {unvalidated.module} from fitting its data, and nothing measures whether it fits them "
            "too well; leave it out until a validation shows a gap"
        ).but(site=step.site, cause=step.site)


RULE = Rule(code="DL604", level=ADVICE, on=Unvalidated, judge=judge)
