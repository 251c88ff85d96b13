"""A softmax over another dimension than the classes.

Over the batch, the scores of one sample depend on whoever else is in the batch: the numbers of one sample sum to
anything, and a batch of one gives all ones. Over a dimension of size 1 every result is 1. And without `dim` torch takes
dimension 0 of a tensor of three dimensions, 1 of one of two or four.

Bad:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader


    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.features = nn.Conv2d(3, 8, 3)
            self.head = nn.Linear(8, 4)

        def forward(self, images):
            scores = self.head(self.features(images).mean((2, 3)))
            return torch.softmax(scores, dim=0)  # expect: wrong-softmax-dim


    net = Net()
    for images in DataLoader(torch.rand(6, 3, 8, 8), batch_size=2):
        net(images)
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader


    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.features = nn.Conv2d(3, 8, 3)
            self.head = nn.Linear(8, 4)

        def forward(self, images):
            scores = self.head(self.features(images).mean((2, 3)))
            return torch.softmax(scores, dim=1)


    net = Net()
    for images in DataLoader(torch.rand(6, 3, 8, 8), batch_size=2):
        net(images)
    ```
Source: lecture, section 4, "incorrect shapes"; torch.nn.functional._get_softmax_dim for the implicit dimension.
"""

from collections.abc import Iterator

from dllint import ERROR, Call, Draft, Rule


def judge(call: Call) -> Iterator[Draft]:
    """A softmax over the samples, over one number, or over a dimension that nobody chose."""
    dim = call.constant("dim")
    for given in call.given(wanting="scores"):
        rank = given.shape.rank
        place = dim if isinstance(dim, int) else None
        if place is not None and place >= 0 and rank is not None:
            place -= rank
        if place is not None and place == given.batch:
            yield call.here(
                given,
                f"{call.callee} goes over dimension {dim} of {given.shape}, which holds independent samples; "
                "the scores of one depend on who else is in the batch; use the dimension of the classes",
            )
        elif (
            call.where.inside
            and given.made_by[:4] != "conv"
            and place is not None
            and rank is not None
            and given.shape.dims[place] == 1 < rank
        ):
            yield call.here(
                given,
                f"{call.callee} goes over dimension {dim} of {given.shape}, which has size 1; "
                "its result is 1 whatever the input; use the dimension that is chosen from",
            )
        elif "dim" not in call.passed and rank == 3:
            yield call.here(
                given,
                f"{call.callee} without dim takes dimension 0 of {given.shape}; of two or four dimensions it takes 1; "
                "say which",
            )


RULE = Rule(code="DL106", level=ERROR, on=Call, judge=judge)
