"""A result on the test data decides which weights are kept, or when the learning rate falls.

The test is to say how well the network does on data that nobody has seen. Of many epochs the one is taken that happens
to do best on just these data: the result is too good, and nothing is left to measure the network with. The larger the
number of epochs and of attempts, the more.

Where the network is never tested with these data afterwards, and there are no validation data either, "test" may be
just a name of the part to validate with: that is merely possible, and shown on request.

Bad:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader, TensorDataset

    x, y = torch.randn(60, 4), torch.randint(2, (60,))
    train_loader = DataLoader(TensorDataset(x[:40], y[:40]), batch_size=8, shuffle=True)
    test_loader = DataLoader(TensorDataset(x[40:], y[40:]), batch_size=8)
    net = nn.Linear(4, 2)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    best = 0
    for epoch in range(5):
        for inputs, labels in train_loader:
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(inputs), labels).backward()
            optimizer.step()
        with torch.no_grad():
            correct = sum((net(inputs).argmax(1) == labels).sum().item() for inputs, labels in test_loader)
        if correct > best:  # expect: test-set-selection
            best = correct
            torch.save(net.state_dict(), "best.pt")
    net.load_state_dict(torch.load("best.pt"))
    with torch.no_grad():
        print(sum((net(inputs).argmax(1) == labels).sum().item() for inputs, labels in test_loader), "of 20")
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader, TensorDataset

    x, y = torch.randn(60, 4), torch.randint(2, (60,))
    train_loader = DataLoader(TensorDataset(x[:30], y[:30]), batch_size=8, shuffle=True)
    val_loader = DataLoader(TensorDataset(x[30:40], y[30:40]), batch_size=8)
    test_loader = DataLoader(TensorDataset(x[40:], y[40:]), batch_size=8)
    net = nn.Linear(4, 2)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    best = 0
    for epoch in range(5):
        for inputs, labels in train_loader:
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(inputs), labels).backward()
            optimizer.step()
        with torch.no_grad():
            correct = sum((net(inputs).argmax(1) == labels).sum().item() for inputs, labels in val_loader)
        if correct > best:
            best = correct
            torch.save(net.state_dict(), "best.pt")
    net.load_state_dict(torch.load("best.pt"))
    with torch.no_grad():
        print(sum((net(inputs).argmax(1) == labels).sum().item() for inputs, labels in test_loader), "of 20")
    ```
Source: lecture, section 5: what is decided by a set is overfitted to it, and only another set shows by how much.
"""

from collections.abc import Iterator

from dllint import WARNING, Choice, Draft, Rule


def judge(choice: Choice) -> Iterator[Draft]:
    """Any choice by a result on test data."""
    if not choice.where.test:
        yield choice.draft(
            f"a result on the test data decides on the {choice.of}; "
            "the test is a part of training then, and its result is too good for new data; "
            "decide by a validation part, and test once at the end"
        )


RULE = Rule(code="DL701", level=WARNING, on=Choice, judge=judge)
