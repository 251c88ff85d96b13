"""A recurrent layer or attention runs over the samples instead of over time.

LSTM, GRU, RNN, MultiheadAttention and the transformer layers take (time, batch, features) unless they are made with
`batch_first=True`. Given (batch, time, features) nothing fails: each time step becomes a sample of its own, and what
should remember the past mixes samples that have nothing to do with each other.

Bad:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader


    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.features = nn.Conv1d(8, 16, 3, padding=1)
            self.rnn = nn.LSTM(16, 32)
            self.head = nn.Linear(32, 4)

        def forward(self, x):
            h = self.features(x).transpose(1, 2)
            h, _ = self.rnn(h)  # expect: batch-first
            return self.head(h[:, -1])


    net = Net()
    for batch in DataLoader(torch.randn(10, 8, 20), batch_size=5):
        net(batch)
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader


    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.features = nn.Conv1d(8, 16, 3, padding=1)
            self.rnn = nn.LSTM(16, 32, batch_first=True)
            self.head = nn.Linear(32, 4)

        def forward(self, x):
            h = self.features(x).transpose(1, 2)
            h, _ = self.rnn(h)
            return self.head(h[:, -1])


    net = Net()
    for batch in DataLoader(torch.randn(10, 8, 20), batch_size=5):
        net(batch)
    ```
Source: lecture, section 4, "incorrect shapes"; torch.nn.LSTM, "batch_first".
"""

from collections.abc import Iterator

from dllint import WARNING, Draft, Give, Layout, Rule


def judge(layout: Layout) -> Iterator[Draft]:
    """The samples are known to be in one dimension, and the layer takes them from the other."""
    fix = "make it with batch_first=True" if layout.reads else "make it without batch_first"
    yield layout.draft(
        f"{layout.layer} is given {layout.shape}, with the samples in dimension {layout.batch}, and takes them from "
        f"dimension {layout.reads}; it runs over the batch as if that were time; {fix}, or transpose",
        Give(layout.made, "batch_first", bool(layout.reads), noticed=True),
    )


RULE = Rule(code="DL108", level=WARNING, on=Layout, judge=judge)
