"""A network is evaluated on data that random transforms change.

The figure is another one in each run, and about other pictures than those that the network will meet: a crop may miss
what is to be seen. It is too low, and no two models can be compared by it.

Bad:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader
    from torchvision import datasets, transforms

    steps = transforms.Compose([transforms.RandomHorizontalFlip(), transforms.ToTensor()])
    test = datasets.FakeData(8, (3, 4, 4), transform=steps)
    loader = DataLoader(test, batch_size=4)  # expect: eval-augmentation
    net = nn.Sequential(nn.Flatten(), nn.Linear(48, 10))
    with torch.no_grad():
        print(sum((net(x).argmax(1) == y).sum().item() for x, y in loader))
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader
    from torchvision import datasets, transforms

    steps = transforms.Compose([transforms.ToTensor()])
    test = datasets.FakeData(8, (3, 4, 4), transform=steps)
    loader = DataLoader(test, batch_size=4)
    net = nn.Sequential(nn.Flatten(), nn.Linear(48, 10))
    with torch.no_grad():
        print(sum((net(x).argmax(1) == y).sum().item() for x, y in loader))
    ```
Source: lecture, section 5, "evaluate": the same test data for each model.
"""

from collections.abc import Iterator

from dllint import WARNING, Confidence, Draft, Iterate, Rule


def judge(loader: Iterate) -> Iterator[Draft]:
    """A loader that evaluates and nowhere trains, whose samples a transform changes at random."""
    if not loader.trains and loader.drawn is not None and not loader.where.test:
        transform = loader.drawn.text.partition(" ")[0]
        yield loader.draft(
            f"the network is evaluated on batches that {transform} changes at random; each run measures something "
            "else; give this data set transforms that draw nothing",
            Confidence.LIKELY,
        )


RULE = Rule(code="DL204", level=WARNING, on=Iterate, judge=judge)
