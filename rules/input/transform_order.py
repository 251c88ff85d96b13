"""Transforms in an order that raises, or that silently cuts off what was normalised.

Normalize takes a float tensor, so it stands behind ToTensor; ToTensor takes no tensor. ColorJitter and its kin keep
what they make between 0 and 1: behind Normalize, whose pixels lie on both sides of 0, they set all that is below 0 to
0, and nothing is said. The policies of AutoAugment and RandAugment work on bytes: before ToTensor.

Bad:
    ```python
    from torchvision import transforms

    train = transforms.Compose([
        transforms.ToTensor(),
        transforms.Normalize((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
        transforms.ColorJitter(0.4, 0.4, 0.4),  # expect: transform-order
    ])
    ```
Good:
    ```python
    from torchvision import transforms

    train = transforms.Compose([
        transforms.ColorJitter(0.4, 0.4, 0.4),
        transforms.ToTensor(),
        transforms.Normalize((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
    ])
    ```
Source: torchvision.transforms.functional.adjust_brightness: float images are "expected to be in [0, 1]"; seen in
torchvision 0.29: what it makes is clamped.
"""

from collections.abc import Iterator

from dllint import ERROR, Call, Draft, Kind, Rule

TENSORS = {Kind.IMAGE, Kind.BYTE_IMAGE, Kind.IMAGE_255, Kind.IMAGE_1, Kind.IMAGE_NORMALISED}
FLOATS = TENSORS - {Kind.IMAGE, Kind.BYTE_IMAGE}
ARRAYS = {Kind.BYTE_ARRAY, Kind.ARRAY_255, Kind.ARRAY_1, Kind.ARRAY_NORMALISED}

WRONG = {
    "picture or array": (TENSORS, "takes a PIL image or an array; it raises TypeError on a tensor; leave it out"),
    "array or image": ({Kind.PICTURE}, "takes a tensor or an array; it raises TypeError on a PIL image; leave it out"),
    "image": ({Kind.PICTURE, *ARRAYS}, "takes a tensor; it raises here; put it behind ToTensor"),
    "float image": (
        {Kind.PICTURE, Kind.BYTE_IMAGE, *ARRAYS},
        "takes a float tensor; it raises TypeError here; put it behind ToTensor",
    ),
    "byte image": (
        FLOATS,
        "works on bytes; it raises TypeError on floats, at the latest in a few draws; put it before ToTensor",
    ),
    "colours": (
        {Kind.IMAGE_NORMALISED},
        "works on pixels between 0 and 1; what is below 0 after Normalize is cut off or changes its meaning; "
        "put it before Normalize",
    ),
}
"""What a transform wants → what it must not be given, and why."""


def judge(call: Call) -> Iterator[Draft]:
    """A transform that is given what it cannot take, or what it spoils: of two that changed places, one."""
    for given in call.arguments:
        wrong, why = WRONG.get(given.wants, ((), ""))
        if given.kind in wrong:
            early = given.wants in ("image", "float image")
            cause = call.where.site if early else given.made
            yield call.draft(given, f"{call.callee} gets {given.kind.value} and {why}", cause=cause)


RULE = Rule(code="DL203", level=ERROR, on=Call, judge=judge)
