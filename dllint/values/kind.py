"""What the numbers in a tensor mean: the one fact that no shape, dtype or type checker carries."""

from __future__ import annotations

import enum


class Kind(enum.Enum):
    """The meaning of a tensor's numbers. The value is how a message names it, after "gets"."""

    RAW = "raw scores"  # unbounded output of a linear layer, convolution, matmul or normalisation layer
    PROBABILITIES = "probabilities"  # softmax: at least 0, sums to 1 over the classes
    LOG_PROBABILITIES = "log-probabilities"  # log_softmax
    SIGMOID = "sigmoid output"  # each in (0, 1), no sum
    LOG_SIGMOID = "log-sigmoid output"
    RELU = "relu output"
    TANH = "tanh output"
    ACTIVATION = "activation output"  # any other squash: gelu, softplus, hardtanh …
    NORMALISED = "normalised vectors"  # unit norm
    INDEX = "class indices"  # argmax, randint, the second of max(dim)
    BOOLEAN = "booleans"  # comparisons
    TARGET = "targets"
    IMAGE_255 = "pixels 0..255"
    IMAGE_1 = "pixels 0..1"
    IMAGE_NORMALISED = "normalised pixels"
    DUMMY = "made-up data"  # randn, zeros, ones, rand, arange: nobody's data
    LOSS = "a loss"
    UNKNOWN = "a tensor"

    # One object a member, so its identity is hash enough; Enum's own hashes the name, in Python.
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return self.name
