"""A scaler is fitted on data that is cut into parts afterwards, or on the part to test with.

What it learns, means, deviations and ranges, then holds something of the test data, which are to stand for data that
nobody has seen: the result of the test is too good. Of a series the future is known before it happened. A scaler that
is fitted on the test data for itself gives the network other numbers than those that it was trained on.

Bad:
    ```python
    import numpy as np
    import torch
    import torch.nn as nn
    from sklearn.preprocessing import StandardScaler

    data = np.random.randn(100, 4)
    data = StandardScaler().fit_transform(data)  # expect: data-leak
    cut = int(len(data) * 0.8)
    train, test = data[:cut], data[cut:]
    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    print(net(torch.tensor(train).float()).mean(), net(torch.tensor(test).float()).mean())
    ```
Good:
    ```python
    import numpy as np
    import torch
    import torch.nn as nn
    from sklearn.preprocessing import StandardScaler

    data = np.random.randn(100, 4)
    cut = int(len(data) * 0.8)
    scaler = StandardScaler().fit(data[:cut])
    train, test = scaler.transform(data[:cut]), scaler.transform(data[cut:])
    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    print(net(torch.tensor(train).float()).mean(), net(torch.tensor(test).float()).mean())
    ```
Source: scikit-learn, "Common pitfalls and recommended practices", section 2, data leakage: "the test data should never
be used to make choices about the model".
"""

from collections.abc import Iterator

from dllint import WARNING, Draft, Leak, Rule


def judge(leak: Leak) -> Iterator[Draft]:
    """Any fit on what is to test with."""
    if leak.where.test:
        return
    if leak.part:
        yield leak.draft(
            f"{leak.by} is fitted on the test data for itself; the same value becomes another number than in training; "
            "call transform() with what was fitted on the training data"
        )
    else:
        yield leak.draft(
            f"{leak.by} is fitted on all the data, and a part is cut off afterwards; it knows what the test is to "
            "measure, and the result is too good; cut first, and fit on the training part alone"
        )


RULE = Rule(code="DL205", level=WARNING, on=Leak, judge=judge)
