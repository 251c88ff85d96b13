"""A network is trained on data in an order that never changes.

An ImageFolder is sorted by class: without shuffling, a batch holds one class, and the network unlearns the others while
it sees it. The files of MNIST, CIFAR and their kin are mixed already: nothing is said of them.

Bad:
    ```python
    import os
    import torch
    import torch.nn as nn
    from PIL import Image
    from torch.utils.data import DataLoader
    from torchvision import datasets, transforms

    for name in ("cat", "dog"):
        os.makedirs(f"pets/{name}", exist_ok=True)
        Image.new("RGB", (4, 4)).save(f"pets/{name}/1.png")
    data = datasets.ImageFolder("pets", transform=transforms.ToTensor())
    loader = DataLoader(data, batch_size=4)  # expect: no-shuffle
    net = nn.Sequential(nn.Flatten(), nn.Linear(48, 10))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(x), y).backward()
        optimizer.step()
    ```
Good:
    ```python
    import os
    import torch
    import torch.nn as nn
    from PIL import Image
    from torch.utils.data import DataLoader
    from torchvision import datasets, transforms

    for name in ("cat", "dog"):
        os.makedirs(f"pets/{name}", exist_ok=True)
        Image.new("RGB", (4, 4)).save(f"pets/{name}/1.png")
    data = datasets.ImageFolder("pets", transform=transforms.ToTensor())
    loader = DataLoader(data, batch_size=4, shuffle=True)
    net = nn.Sequential(nn.Flatten(), nn.Linear(48, 10))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(x), y).backward()
        optimizer.step()
    ```
Source: torch.utils.data.DataLoader, "shuffle: set to True to have the data reshuffled at every epoch (default: False)".
"""

from collections.abc import Iterator

from dllint import WARNING, Confidence, Draft, Give, Iterate, Rule


def judge(loader: Iterate) -> Iterator[Draft]:
    """A loader that trains and does not shuffle what is known to lie in an order."""
    if loader.trains and loader.order and not loader.where.test:
        yield loader.draft(
            f"{loader.dataset} is read {loader.order}; a batch holds what lies side by side, the same in each epoch; "
            "pass shuffle=True",
            Confidence.CERTAIN,
            Give(loader.where.site, "shuffle", True, noticed=True),
        )


RULE = Rule(code="DL206", level=WARNING, on=Iterate, judge=judge)
