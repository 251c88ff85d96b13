"""More than two hundred lines that train, and nothing in them or beside them that shows a part of them to work.

Most bugs of deep learning raise nothing. Of two hundred new lines nobody can tell which one makes the network worse; of
the ten that were added since the last thing that was checked, one can. Begin with the smallest version that trains,
assert shapes where they are made, test what is not obvious, and grow it from there.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 2)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    x, y = torch.randn(8, 4), torch.randint(2, (8,))
    for step in range(100):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(x), y).backward()
        optimizer.step()  # expect: long-first-version
    widths = [
        4,  # and 200 lines like this
    ]
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 2)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    x, y = torch.randn(8, 4), torch.randint(2, (8,))
    assert net(x).shape == (8, 2)
    for step in range(100):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(x), y).backward()
        optimizer.step()
    ```
Source: lecture, section 4: fewer than 200 new lines at first.
"""

from collections.abc import Iterator

from dllint import ADVICE, Draft, Rule, Untried

MOST = 200
"""Lines of a first version."""


def judge(untried: Untried) -> Iterator[Draft]:
    """A long file that trains and shows nothing to work."""
    if untried.lines > MOST and not untried.where.test:
        yield untried.draft(
            f"{untried.lines} lines of code come with this training step, and no assert or test shows a part of them "
            "to work; assert shapes where they are made, and test what is not obvious"
        )


RULE = Rule(code="DL609", level=ADVICE, on=Untried, judge=judge)
