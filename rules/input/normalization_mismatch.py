"""The mean and the deviation of Normalize are on another scale than its pixels, or one stands for the other.

ToTensor gives pixels from 0 to 1, so their mean is about 0.5; on pixels from 0 to 255 the same numbers change nothing,
and means around 120 push pixels from 0 to 1 far away from 0. A deviation that repeats the mean, number by number, was
copied.

Bad:
    ```python
    from torchvision import transforms

    steps = transforms.Compose([
        transforms.ToTensor(),
        transforms.Normalize((0.485, 0.456, 0.406), (0.485, 0.456, 0.406)),  # expect: normalization-mismatch
    ])
    ```
Good:
    ```python
    from torchvision import transforms

    steps = transforms.Compose([
        transforms.ToTensor(),
        transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    ])
    ```
Source: torchvision.transforms.Normalize, output = (input - mean) / std.
"""

from collections.abc import Iterator

from dllint import WARNING, Call, Draft, Given, Kind, Rule

LARGEST_OF_ONE = 1.0
"""No mean of pixels from 0 to 1 is above."""


def judge(call: Call) -> Iterator[Draft]:
    """A Normalize whose numbers do not fit what it is given."""
    mean, std = numbers(call, "mean"), numbers(call, "std")
    for given in call.given(wanting="float image"):
        if mean and (wrong := mistaken(given, mean, std)):
            yield call.draft(given, wrong, cause=call.where.site)


def numbers(call: Call, name: str) -> tuple[float, ...]:
    """The numbers of an argument, none where nobody knows them."""
    found = call.constant(name)
    found = found if isinstance(found, tuple) else (found,)
    return tuple(n for n in found if isinstance(n, (int, float))) if None not in found else ()


def mistaken(given: Given, mean: tuple[float, ...], std: tuple[float, ...]) -> str:
    """What is wrong with the numbers for these pixels, "" for nothing."""
    if given.kind is Kind.IMAGE_1 and max(mean) > LARGEST_OF_ONE:
        return (
            f"Normalize subtracts {max(mean):g} from pixels between 0 and 1; what comes out is far below 0 everywhere; "
            "divide mean and std by 255"
        )
    if given.kind is Kind.IMAGE_255 and 0 < max(mean) <= LARGEST_OF_ONE:
        return (
            f"Normalize subtracts {max(mean):g} from pixels between 0 and 255; they stay as large as they are; "
            "divide them by 255 first"
        )
    if len(set(mean)) > 1 and mean == std:
        return "the std of Normalize repeats its mean; channels are scaled by the wrong numbers; give it the deviations"
    return ""


RULE = Rule(code="DL207", level=WARNING, on=Call, judge=judge)
