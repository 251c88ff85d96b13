"""All workers of a loader draw the same random numbers, in each epoch anew.

A worker begins with a copy of the data set, its numpy Generator or RandomState included, and torch, which gives every
worker a seed of its own for torch, random and numpy's global state, knows nothing of that one. So samples are changed
at random, but alike in all workers, and in each epoch as in the one before. A worker_init_fn that seeds with a constant
does the same to the global states; with torch before 1.9, numpy's is not seeded at all.

Bad:
    ```python
    import numpy as np
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader, Dataset

    class Noisy(Dataset):
        def __init__(self):
            self.rng = np.random.default_rng(0)  # expect: numpy-rng-in-workers

        def __len__(self):
            return 8

        def __getitem__(self, index):
            return torch.tensor(self.rng.normal(size=4)).float(), torch.ones(1)

    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for x, y in DataLoader(Noisy(), batch_size=4, num_workers=2):
        optimizer.zero_grad()
        nn.functional.mse_loss(net(x), y).backward()
        optimizer.step()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader, Dataset

    class Noisy(Dataset):
        def __len__(self):
            return 8

        def __getitem__(self, index):
            return torch.randn(4), torch.ones(1)

    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for x, y in DataLoader(Noisy(), batch_size=4, num_workers=2):
        optimizer.zero_grad()
        nn.functional.mse_loss(net(x), y).backward()
        optimizer.step()
    ```
Source: torch.utils.data, "Randomness in multi-process data loading"; release notes of torch 1.9, which seeds numpy.
"""

from collections.abc import Iterator

from dllint import WARNING, Draft, Repeat, Rule

WHY = {
    "generator": "{what} is copied into each worker; all of them draw the same numbers, in each epoch anew; draw from "
    "torch, or make it in the worker from torch.initial_seed()",
    "seed": "{{here}} gives every worker the same seed; all of them draw the same numbers, in each epoch anew; "
    "seed with torch.initial_seed() % 2**32",
    "global": "numpy.random.{what} draws in workers that torch before 1.9 does not seed; all of them draw the same "
    "numbers, in each epoch anew; seed numpy in worker_init_fn with torch.initial_seed() % 2**32",
}


def judge(repeat: Repeat) -> Iterator[Draft]:
    """Whatever all workers draw alike."""
    if not repeat.where.test:
        yield repeat.draft(WHY[repeat.of].format(what=repeat.what))


RULE = Rule(code="DL208", level=WARNING, on=Repeat, judge=judge)
