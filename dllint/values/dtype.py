"""Types of numbers, by torch's names: "int64", "bool", "float32"; FLOAT is a floating type that nobody named."""

from __future__ import annotations

FLOAT = "float"
"""One of the floating types: which one, a default or autocast decides."""
HALF = "float16"
INTEGERS = frozenset({"uint8", "int8", "int16", "int32", "int64"})
FLOATS = frozenset({FLOAT, "float16", "bfloat16", "float32", "float64"})

_SHORT = {"double": "float64", "half": "float16", "long": "int64", "int": "int32", "short": "int16", "char": "int8"}
CONVERSIONS = {
    **_SHORT,
    "float": "float32",
    "byte": "uint8",
    **{name: name for name in ("bool", "bfloat16", *INTEGERS, "float16", "float32", "float64")},
}
"""torch's other names for a type, and the methods that turn a tensor into one."""

OLD = {"Tensor": FLOAT} | {
    f"{name.capitalize()}Tensor": CONVERSIONS[name] for name in (*_SHORT, "float", "byte", "bool")
}
_PYTHON = {"builtins.float": "float64", "builtins.int": "int64", "builtins.bool": "bool"}


def named(name: str) -> str:
    """The type that a name of torch, numpy or Python stands for; "" where it is none, or none that is followed."""
    library, _, short = name.rpartition(".")
    if library in ("torch", "torch.cuda"):
        return CONVERSIONS.get(short) or OLD.get(short, "")
    if library == "numpy":
        return short if short in CONVERSIONS.values() else ""
    return _PYTHON.get(name, "")


def of_number(number: object) -> str:
    """The type that torch gives a number of Python; "" for what is none."""
    return _OF_NUMBERS.get(type(number), "")


_OF_NUMBERS = {bool: "bool", int: "int64", float: FLOAT}


def together(one: str, other: str) -> str:
    """The type of what two tensors make together; "" where nobody knows."""
    if one == other or not (one and other):
        return one if one == other else ""
    for family in (FLOATS, INTEGERS):
        if (one in family) != (other in family) and "bool" in (one, other):
            return one if other == "bool" else other
    if one in FLOATS and other in FLOATS:
        return FLOAT
    if one in FLOATS or other in FLOATS:
        return one if one in FLOATS else other
    return ""


def with_number(tensor: str, number: str) -> str:
    """The type of what a tensor and a number of Python make: the tensor's, unless the number is of another sort."""
    if number == FLOAT and tensor and tensor not in FLOATS:
        return FLOAT
    return number if tensor == "bool" and number else tensor
